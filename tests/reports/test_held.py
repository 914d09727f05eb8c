"""The minutes before a publication takes effect: recalled whole, or begun at once; nobody has seen it."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from isecg import jobs
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.mail.models import Message
from members.models import Member
from reports import queries
from reports.models import AnnualReport, Edition, Publication, Recall, State
from reports.queries.copies import Answer, of_code, of_file
from reports.services.publishing import correct, publish, recall, send_now, withdraw
from tests.reports.conftest import AT_ONCE, MARKER
from tests.reports.pressing import press, text

Walk = Callable[..., AnnualReport]
Browser = Callable[[Member | None], Client]
HELD = dt.timedelta(minutes=5)
TOKEN = re.compile(rb"\b\w{64}\b")  # against forged requests: another one on each page
MARKED = "Yttrium-marked words."
# Where a reader could meet the edition that waits.
PLACES = [
    *("/", "/reports/", "/reports/2025/", "/reports/2025/report.pdf", "/reports/2025/cite/", "/goals/"),
    *("/reports/2025/figures/", "/reports/2025/compare/", "/reports/2025/draft/", "/desk/"),
    *("/agencies/dlr/", "/activities/", "/work-plan/", "/recommendations/"),
    *("/search/?q=yttrium", "/feed.atom", "/sitemap.xml", "/calendar.ics"),
]


@pytest.fixture
def approved(edition: Edition, walk: Walk) -> AnnualReport:
    return walk(edition.report, State.APPROVED)


@pytest.fixture
def held(approved: AnnualReport, editor: Member) -> Publication:
    """The first publication, waiting."""
    return publish(approved, by=editor, edition=approved.editions.get(), hold=HELD)


@pytest.fixture
def corrected(published: Publication, remake: Callable[[str], Edition], editor: Member) -> Publication:
    """A correction of the report, waiting."""
    return correct(published.report, by=editor, edition=remake(MARKED), note=f"Note: {MARKED}", hold=HELD)


@pytest.fixture
def _somebody_is_told(head_a: Member) -> None:
    """Before the step is taken."""


def again() -> AnnualReport:
    return AnnualReport.objects.get()


def after(publication: Publication) -> Any:
    return time_machine.travel(publication.at + dt.timedelta(seconds=1), tick=False)


def shown(client: Client) -> dict[str, tuple[int, bytes]]:
    """What a reader is told at each of the places."""
    answers = {place: client.get(place) for place in PLACES}
    return {
        place: (answer.status_code, b"" if answer.streaming else TOKEN.sub(b"", answer.content))
        for place, answer in answers.items()
    }


def test_publish_waits_as_long_as_the_installation_says(
    approved: AnnualReport, editor: Member, settings: Any
) -> None:
    settings.HOLD = dt.timedelta(minutes=7)
    now = timezone.now()
    publication = publish(approved, by=editor, edition=approved.editions.get(), now=now)
    assert publication.at == now + settings.HOLD
    assert (again().state, again().state_before, again().held_until) == (
        State.PUBLISHED,
        State.APPROVED,
        publication.at,
    )


def test_while_held_readers_see_nothing(held: Publication, client: Client) -> None:
    assert client.get("/reports/2025/").status_code == 404
    assert client.get("/reports/2025/report.pdf").status_code == 404
    assert client.get("/reports/2025/edition-1.json").status_code == 404
    assert MARKER not in text(client.get("/reports/"))
    assert queries.library() == []
    edition = held.edition
    assert of_code(edition.code, None).answer == Answer.UNKNOWN
    assert of_file(edition.main.sha256, None).answer == Answer.UNKNOWN
    assert not AnnualReport.objects.public().exists()


def test_when_the_wait_is_over_readers_see_it_though_no_job_ran(held: Publication, client: Client) -> None:
    with after(held):
        assert MARKER in text(client.get("/reports/2025/"))
        assert client.get("/reports/2025/report.pdf").status_code == 200
        assert of_code(held.edition.code, None).answer == Answer.CURRENT
        assert [shelf.report for shelf in queries.library()] == [held.report]


def test_while_held_delegations_go_on_reading_the_draft(
    held: Publication, head_a: Member, sign_in: Browser
) -> None:
    reader = sign_in(head_a)
    assert reader.get("/reports/2025/draft/").status_code == 200
    assert reader.get("/reports/2025/").status_code == 404
    with after(held):
        assert reader.get("/reports/2025/draft/").status_code == 302


def test_while_a_correction_is_held_every_place_is_as_before(
    published: Publication, remake: Callable[[str], Edition], editor: Member, head_a: Member, sign_in: Browser
) -> None:
    second, stranger, reader = remake(MARKED), sign_in(None), sign_in(head_a)
    with time_machine.travel(timezone.now(), tick=False):
        before = [shown(stranger), shown(reader)]
        correct(published.report, by=editor, edition=second, note=f"Note: {MARKED}", hold=HELD)
        assert [shown(stranger), shown(reader)] == before
    for place in ("edition-2/", "edition-2.pdf", "edition-2-en-a4.pdf", "edition-2.json"):
        assert stranger.get(f"/reports/2025/{place}").status_code == 404


def test_a_correction_counts_when_the_wait_is_over(corrected: Publication, client: Client) -> None:
    assert MARKED not in text(client.get("/reports/2025/"))
    with after(corrected):
        page = text(client.get("/reports/2025/"))
    assert MARKED in page
    assert f"Note: {MARKED}" in page


def test_while_it_waits_to_come_back_readers_find_the_withdrawal(
    published: Publication, administrator: Member, client: Client
) -> None:
    report = withdraw(published.report, by=administrator, reason="Wrong figures.")
    back = correct(report, by=administrator, edition=published.edition, note="They were right.", hold=HELD)
    answer = client.get("/reports/2025/")
    assert (answer.status_code, "Wrong figures." in text(answer)) == (410, True)
    assert of_code(published.edition.code, None).answer == Answer.WITHDRAWN
    with after(back):
        assert client.get("/reports/2025/").status_code == 200
        assert "Wrong figures." not in text(client.get("/reports/2025/"))


def test_what_came_back_forgets_the_withdrawal_at_its_next_step(
    published: Publication, administrator: Member, remake: Callable[[str], Edition]
) -> None:
    report = withdraw(published.report, by=administrator, reason="Wrong figures.")
    back = correct(report, by=administrator, edition=published.edition, note="They were right.", hold=HELD)
    later = back.at + dt.timedelta(hours=1)
    correct(report, by=administrator, edition=remake("Other words."), note="x", hold=HELD, now=later)
    assert (again().withdrawn_at, again().withdrawal_reason) == (None, "")


@pytest.mark.usefixtures("_somebody_is_told")
def test_mails_are_kept_back_until_readers_see_it(held: Publication, head_a: Member) -> None:
    mail = Message.objects.get(kind="report_published")
    assert (mail.to, mail.not_before) == (head_a.email, held.at)


@pytest.mark.usefixtures("_somebody_is_told")
def test_recall_puts_everything_back(held: Publication, editor: Member) -> None:
    report = recall(held.report, by=editor)
    assert (report.state, report.state_before, report.held_until) == (State.APPROVED, "", None)
    mail = Message.objects.get(kind="report_published")
    assert mail.state == Message.State.ABANDONED
    row = Recall.objects.get()
    assert (row.publication, row.by) == (held, editor)
    assert [event.verb for event in Event.objects.about(report).order_by("pk")][-2:] == ["publish", "recall"]


@pytest.mark.usefixtures("_somebody_is_told")
def test_a_recalled_mail_is_never_handed_over(
    held: Publication, editor: Member, mailoutbox: list[Any]
) -> None:
    recall(held.report, by=editor)
    with after(held):
        for mail in Message.objects.filter(kind="report_published"):
            jobs.run(Message._meta.label_lower, mail.pk)
    assert mailoutbox == []


def test_recall_leaves_no_trace_in_public(
    published: Publication, remake: Callable[[str], Edition], editor: Member, client: Client
) -> None:
    second = remake(MARKED)
    with time_machine.travel(timezone.now(), tick=False):
        before = shown(client)
        held = correct(published.report, by=editor, edition=second, note=MARKED, hold=HELD)
        recall(published.report, by=editor)
        assert shown(client) == before
    with after(held):
        assert MARKED not in text(client.get("/reports/2025/"))
        assert client.get("/reports/2025/edition-2.pdf").status_code == 404


@pytest.mark.parametrize("hold", [HELD, AT_ONCE], ids=["after the wait", "at once"])
def test_what_was_recalled_can_be_published_again(
    held: Publication, editor: Member, client: Client, hold: dt.timedelta
) -> None:
    recall(held.report, by=editor)
    second = publish(again(), by=editor, edition=held.edition, hold=hold)
    with after(second):
        assert [row.pk for row in Publication.objects.counting()] == [second.pk]
        assert client.get("/reports/2025/").status_code == 200


def test_recall_of_a_correction_of_what_was_withdrawn_leaves_it_withdrawn(
    published: Publication, administrator: Member, client: Client
) -> None:
    report = withdraw(published.report, by=administrator, reason="Wrong figures.")
    correct(report, by=administrator, edition=published.edition, note="They were right.", hold=HELD)
    report = recall(report, by=administrator)
    assert (report.state, report.withdrawal_reason) == (State.WITHDRAWN, "Wrong figures.")
    assert client.get("/reports/2025/").status_code == 410


def test_recall_at_the_very_instant_is_too_late(held: Publication, editor: Member) -> None:
    with pytest.raises(WrongMoment, match="too late"):
        recall(held.report, by=editor, now=held.at)
    recall(held.report, by=editor, now=held.at - dt.timedelta(microseconds=1))


@pytest.mark.usefixtures("_somebody_is_told")
def test_recall_when_a_mail_is_on_its_way(held: Publication, editor: Member) -> None:
    Message.objects.filter(kind="report_published").update(state=Message.State.SENDING)
    with pytest.raises(WrongMoment, match="on their way"):
        recall(held.report, by=editor)
    assert again().state == State.PUBLISHED
    assert not Recall.objects.exists()


@pytest.mark.usefixtures("_somebody_is_told")
def test_send_now_ends_the_wait(held: Publication, editor: Member, client: Client) -> None:
    report = send_now(held.report, by=editor)
    assert (report.state, report.is_public) == (State.PUBLISHED, True)
    assert MARKER in text(client.get("/reports/2025/"))
    mail = Message.objects.get(kind="report_published")
    assert (mail.state, mail.not_before <= timezone.now()) == (Message.State.QUEUED, True)
    counting = Publication.objects.counting().get()
    assert (counting.edition, counting.at <= timezone.now()) == (held.edition, True)


def test_while_held_nothing_else_is_published(
    corrected: Publication, remake: Callable[[str], Edition], editor: Member
) -> None:
    with pytest.raises(WrongMoment, match="recall it first"):
        correct(corrected.report, by=editor, edition=remake("Third."), note="x")


@pytest.mark.usefixtures("_somebody_is_told")
def test_withdraw_takes_effect_at_once_and_recalls_what_waits(
    corrected: Publication, administrator: Member, client: Client
) -> None:
    withdraw(corrected.report, by=administrator, reason="Wrong figures.")
    assert client.get("/reports/2025/").status_code == 410
    assert Message.objects.get(kind="report_corrected").state == Message.State.ABANDONED
    assert Message.objects.get(kind="report_withdrawn").not_before <= timezone.now()
    with after(corrected):
        assert client.get("/reports/2025/").status_code == 410
        assert not Publication.objects.counting().filter(pk=corrected.pk).exists()


def test_withdraw_before_anybody_has_seen_it_is_a_recall(held: Publication, administrator: Member) -> None:
    with pytest.raises(WrongMoment, match="recall it first"):
        withdraw(held.report, by=administrator, reason="Wrong figures.")


def test_a_recall_cannot_be_changed_in_the_database(held: Publication, editor: Member) -> None:
    recall(held.report, by=editor)
    for change in (Recall.objects.all().delete, lambda: Recall.objects.update(at=timezone.now())):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_held_without_a_state_before_is_refused_by_the_database(report: AnnualReport) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualReport.objects.update(held_until=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualReport.objects.update(state_before=State.APPROVED)


def test_the_workshop_offers_recall_and_to_go_on(
    approved: AnnualReport, editor: Member, sign_in: Browser
) -> None:
    desk = sign_in(editor)
    page = text(press(desk, "/reports/2025/publish/1/"))
    assert "Until readers see it, it can be recalled whole." in page
    assert "It becomes public at" in page
    assert "Edition 1 waits: readers see it from" in page
    assert "It becomes public at" in text(desk.get("/reports/2025/"))
    assert "takes effect at" in text(desk.get("/reports/2025/recall/"))
    page = text(desk.post("/reports/2025/recall/", follow=True))
    assert "Recalled. Nobody has been told." in page
    assert "The chair has approved edition 1." in page
    press(desk, "/reports/2025/publish/1/")
    page = text(desk.post("/reports/2025/send-now/", follow=True))
    assert "it has taken effect" in page
    assert "It becomes public at" not in page
    assert desk.get("/reports/2025/recall/").status_code == 409


def test_the_desk_asks_nothing_while_a_publication_waits(
    held: Publication, editor: Member, sign_in: Browser
) -> None:
    assert "ready and not published" not in text(sign_in(editor).get("/desk/"))
    assert "is approved and not published" not in text(sign_in(editor).get("/desk/"))


def test_the_dry_run_says_when_readers_see_it(
    approved: AnnualReport, editor: Member, sign_in: Browser
) -> None:
    page = text(sign_in(editor).get("/reports/2025/publish/1/"))
    assert "Public, if you press now" in page
    assert not Publication.objects.exists()
