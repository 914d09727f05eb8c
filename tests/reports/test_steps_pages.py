"""The pages of the steps: what each would do is shown first, then it is done once."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from agencies.models import Agency, ChairTerm
from isecg.mail.models import Message
from members.models import Mandate, Member, Role
from reports.models import AnnualReport, Approval, Contribution, Edition, Publication, State
from tests.reports.pressing import SEEN, TOKEN, press, text

Browser = Callable[[Member | None], Client]
Walk = Callable[..., AnnualReport]


@pytest.fixture
def desk(editor: Member, sign_in: Browser) -> Client:
    return sign_in(editor)


@pytest.fixture
def asked(report: AnnualReport, dlr: Agency) -> AnnualReport:
    """The report of which DLR is asked, with a deadline."""
    Contribution.objects.create(report=report, agency=dlr)
    AnnualReport.objects.update(due_at=timezone.now() + dt.timedelta(weeks=3))
    return AnnualReport.objects.get()


def test_collect_shows_who_is_told(asked: AnnualReport, delegate_a: Member, desk: Client) -> None:
    page = text(desk.get("/reports/2025/collect/"))
    assert "1 person, 1 mail" in page
    assert delegate_a.name in page
    assert not Message.objects.exists()


def test_collect_names_agencies_of_which_nobody_is_told(
    asked: AnnualReport, jaxa: Agency, delegate_a: Member, desk: Client
) -> None:
    Contribution.objects.create(report=asked, agency=jaxa)
    page = text(desk.get("/reports/2025/collect/"))
    assert "Asked, but nobody there gets a mail" in page
    assert "JAXA" in page


def test_collect_in_the_browser(asked: AnnualReport, desk: Client) -> None:
    answer = press(desk, "/reports/2025/collect/")
    assert "Collecting has begun." in text(answer)
    assert AnnualReport.objects.get().state == State.COLLECTING


def test_collect_with_a_deadline_that_has_passed_is_refused_before_anything_is_done(
    asked: AnnualReport, desk: Client
) -> None:
    AnnualReport.objects.update(due_at=timezone.now() - dt.timedelta(days=1))
    assert "Give a deadline that lies ahead" in text(desk.get("/reports/2025/collect/"))


def test_end_of_collecting_names_who_has_not_submitted(asked: AnnualReport, walk: Walk, desk: Client) -> None:
    walk(asked, State.COLLECTING)
    assert "Not submitted: DLR. Their drafts stay inside their agency" in text(
        desk.get("/reports/2025/edit-texts/")
    )


def test_collect_again_takes_a_day_and_a_reason(
    asked: AnnualReport, head_a: Member, walk: Walk, desk: Client
) -> None:
    walk(asked, State.EDITING)
    day = timezone.now().date() + dt.timedelta(days=30)
    press(desk, "/reports/2025/collect-again/", due_at_day=day.isoformat(), reason="A member joined late.")
    report = AnnualReport.objects.get()
    assert (report.state, report.due_at is not None and report.due_at.date() > day) == (
        State.COLLECTING,
        True,
    )
    assert "A member joined late." in Message.objects.get(kind="report_collecting_again").text


@pytest.mark.parametrize("day", ["1999-13-40", "2001-01-01", "9999-12-31", "\x00", ""])
def test_collect_again_with_a_day_that_cannot_be(
    asked: AnnualReport, walk: Walk, desk: Client, day: str
) -> None:
    walk(asked, State.EDITING)
    fields = {"token": uuid.uuid4(), "due_at_day": day, "reason": "x"}
    answer = desk.post("/reports/2025/collect-again/", fields)
    assert answer.status_code in (400, 422)
    assert AnnualReport.objects.get().state == State.EDITING


def test_ask_to_confirm_without_an_edition_says_so(report: AnnualReport, walk: Walk, desk: Client) -> None:
    walk(report, State.EDITING)
    assert "There is no edition yet that could go round" in text(desk.get("/reports/2025/ask-to-confirm/"))


def test_publish_shows_addresses_files_and_mails(
    edition: Edition, walk: Walk, head_a: Member, desk: Client
) -> None:
    walk(edition.report, State.APPROVED)
    page = text(desk.get("/reports/2025/publish/1/"))
    assert edition.main.sha256 in page
    assert "12 pages" in page
    assert "1 person, 1 mail" in page
    assert "/reports/2025/edition-1-en-a4.pdf" in page
    assert "readable for everybody" in page
    assert not Publication.objects.exists()


def test_publish_twice_with_one_form_publishes_once(edition: Edition, walk: Walk, desk: Client) -> None:
    walk(edition.report, State.APPROVED)
    page = text(desk.get("/reports/2025/publish/1/"))
    fields = {"token": TOKEN.findall(page)[0], "seen": SEEN.findall(page)[0]}
    for _click in range(2):
        answer = desk.post("/reports/2025/publish/1/", fields, follow=True)
        assert "it can be recalled whole" in text(answer)
    assert Publication.objects.count() == 1


def test_publish_by_two_people_publishes_once(
    edition: Edition, walk: Walk, desk: Client, administrator: Member, sign_in: Browser
) -> None:
    walk(edition.report, State.APPROVED)
    other = sign_in(administrator)
    page = text(other.get("/reports/2025/publish/1/"))
    press(desk, "/reports/2025/publish/1/")
    fields = {"token": TOKEN.findall(page)[0], "seen": SEEN.findall(page)[0]}
    answer = other.post("/reports/2025/publish/1/", fields)
    assert answer.status_code == 409
    assert "Only a report that the chair has approved is published" in text(answer)
    assert Publication.objects.count() == 1


def test_publish_is_shown_anew_when_somebody_else_would_be_told(
    edition: Edition, walk: Walk, desk: Client, make_member: Callable[..., Member], dlr: Agency
) -> None:
    walk(edition.report, State.APPROVED)
    page = text(desk.get("/reports/2025/publish/1/"))
    make_member(Role.HEAD, dlr)
    fields = {"token": TOKEN.findall(page)[0], "seen": SEEN.findall(page)[0]}
    answer = desk.post("/reports/2025/publish/1/", fields)
    assert answer.status_code == 422
    assert "Nothing has been done yet" in text(answer)
    assert not Publication.objects.exists()


def test_publish_before_the_chair_has_approved_is_the_wrong_moment(
    edition: Edition, walk: Walk, desk: Client
) -> None:
    walk(edition.report, State.CONFIRMING)
    answer = desk.get("/reports/2025/publish/1/")
    assert answer.status_code == 409
    assert "Only a report that the chair has approved is published" in text(answer)


def test_publish_another_edition_than_the_approved_one(
    edition: Edition, walk: Walk, remake: Callable[[str], Edition], desk: Client
) -> None:
    walk(edition.report, State.APPROVED)
    remake("Other words.")
    assert "The chair approved edition 1, not this one." in text(desk.get("/reports/2025/publish/2/"))


def test_publish_an_edition_that_does_not_exist(edition: Edition, walk: Walk, desk: Client) -> None:
    walk(edition.report, State.APPROVED)
    assert desk.get("/reports/2025/publish/7/").status_code == 404
    assert desk.get("/reports/2025/publish/99999999999999999999/").status_code == 404


def test_publish_by_a_delegate_who_knows_the_draft(
    edition: Edition, walk: Walk, head_a: Member, sign_in: Browser
) -> None:
    walk(edition.report, State.APPROVED)
    answer = sign_in(head_a).post("/reports/2025/publish/1/", {"token": uuid.uuid4()})
    assert answer.status_code == 403
    assert "Only the secretariat publishes a report." in text(answer)


def test_approve_by_the_chair_in_the_browser(
    chair: Member, edition: Edition, walk: Walk, editor: Member, sign_in: Browser
) -> None:
    walk(edition.report, State.CONFIRMING)
    answer = press(sign_in(chair), "/reports/2025/approve/1/", words="A good year.")
    assert "Approved." in text(answer)
    assert [(row.by, row.words) for row in Approval.objects.all()] == [(chair, "A good year.")]
    assert "A good year." in Message.objects.get(kind="report_approved", to=editor.email).text


def test_approve_when_the_chair_went_to_another_agency_meanwhile(
    chair: Member, edition: Edition, walk: Walk, dlr: Agency, head_a: Member, sign_in: Browser
) -> None:
    walk(edition.report, State.CONFIRMING)
    browser = sign_in(chair)
    page = text(browser.get("/reports/2025/approve/1/"))
    ChairTerm.objects.create(agency=dlr, start=timezone.now().date())
    fields = {"token": TOKEN.findall(page)[0], "seen": SEEN.findall(page)[0]}
    answer = browser.post("/reports/2025/approve/1/", fields)
    assert answer.status_code == 403
    assert "Only the chair approves a report" in text(answer)
    assert not Approval.objects.exists()


def test_approve_in_the_chair_s_place_needs_words(
    edition: Edition, walk: Walk, administrator: Member, sign_in: Browser
) -> None:
    walk(edition.report, State.CONFIRMING)
    browser = sign_in(administrator)
    page = text(browser.get("/reports/2025/approve/1/"))
    assert "Nobody is known to chair today." in page
    answer = browser.post(
        "/reports/2025/approve/1/",
        {"token": TOKEN.findall(page)[0], "seen": SEEN.findall(page)[0], "words": " "},
    )
    assert answer.status_code == 422
    assert AnnualReport.objects.get().state == State.CONFIRMING


def test_approve_is_not_the_editor_s_where_nobody_chairs(edition: Edition, walk: Walk, desk: Client) -> None:
    walk(edition.report, State.CONFIRMING)
    answer = desk.get("/reports/2025/approve/1/")
    assert answer.status_code == 403
    assert "only an administrator of the secretariat approves" in text(answer)


def test_approve_where_the_chairing_agency_has_no_head(
    chair: Member, edition: Edition, walk: Walk, administrator: Member, sign_in: Browser
) -> None:
    Mandate.objects.filter(member=chair).update(end=timezone.now().date())
    walk(edition.report, State.CONFIRMING)
    answer = press(sign_in(administrator), "/reports/2025/approve/1/", words="Agreed in the meeting of May.")
    assert "Approved." in text(answer)


def test_send_back_by_the_chair_takes_the_draft_from_the_delegations(
    chair: Member, edition: Edition, walk: Walk, head_a: Member, sign_in: Browser
) -> None:
    walk(edition.report, State.CONFIRMING)
    reader = sign_in(head_a)
    assert reader.get("/reports/2025/draft/").status_code == 200
    press(sign_in(chair), "/reports/2025/edit-again/", reason="The foreword is too long.")
    assert reader.get("/reports/2025/draft/").status_code == 404
    assert AnnualReport.objects.get().state == State.EDITING


def test_an_approval_no_longer_counts_after_editing_again(
    edition: Edition, walk: Walk, editor: Member, desk: Client
) -> None:
    walk(edition.report, State.APPROVED)
    press(desk, "/reports/2025/edit-again/", reason="A name was wrong.")
    assert desk.get("/reports/2025/publish/1/").status_code == 409


def test_correct_needs_a_note(published: Publication, remake: Callable[[str], Edition], desk: Client) -> None:
    remake("Other words.")
    answer = desk.post("/reports/2025/correct/2/", {"token": uuid.uuid4(), "note": ""})
    assert answer.status_code == 422
    assert Publication.objects.count() == 1


def test_correct_shows_its_note_to_readers(
    published: Publication, remake: Callable[[str], Edition], desk: Client, client: Client
) -> None:
    remake("Other words.")
    press(desk, "/reports/2025/correct/2/", note="The foreword was shortened.")
    desk.post("/reports/2025/send-now/")
    page = text(client.get("/reports/2025/"))
    assert "The foreword was shortened." in page
    assert "replaced by a later edition" in page


def test_correct_shows_what_is_different(
    published: Publication, remake: Callable[[str], Edition], desk: Client
) -> None:
    remake("Other words.")
    page = text(desk.get("/reports/2025/correct/2/"))
    assert "/reports/2025/compare/?from=1&amp;to=2" in page
    assert "it stays in the list, marked as replaced" in page


def test_correct_by_what_is_published_is_the_wrong_moment(published: Publication, desk: Client) -> None:
    answer = desk.post("/reports/2025/correct/1/", {"token": uuid.uuid4(), "note": "again"})
    assert answer.status_code == 409
    assert "This edition is the published one already." in text(answer)


def test_correct_brings_a_withdrawn_report_back(
    published: Publication, administrator: Member, sign_in: Browser, client: Client
) -> None:
    browser = sign_in(administrator)
    press(browser, "/reports/2025/withdraw/", reason="Wrong figures.")
    assert client.get("/reports/2025/").status_code == 410
    press(browser, "/reports/2025/correct/1/", note="The figures were right.")
    browser.post("/reports/2025/send-now/")
    report = AnnualReport.objects.get()
    assert (report.state, report.withdrawn_at, report.withdrawal_reason) == (State.CORRECTED, None, "")
    assert "The figures were right." in text(client.get("/reports/2025/"))


def test_withdraw_by_an_editor_is_refused_with_the_reason(published: Publication, desk: Client) -> None:
    reason = "Only an administrator of the secretariat takes a published report back."
    assert reason in text(desk.get("/reports/2025/workshop/"))
    answer = desk.post("/reports/2025/withdraw/", {"token": uuid.uuid4(), "reason": "x"})
    assert answer.status_code == 403
    assert reason in text(answer)


def test_withdraw_in_the_browser(published: Publication, administrator: Member, sign_in: Browser) -> None:
    browser = sign_in(administrator)
    assert "all its editions" in text(browser.get("/reports/2025/withdraw/"))
    press(browser, "/reports/2025/withdraw/", reason="Wrong figures.")
    assert AnnualReport.objects.get().state == State.WITHDRAWN


@pytest.mark.parametrize("verb", ["collect", "edit-texts", "collect-again", "ask-to-confirm", "edit-again"])
def test_a_step_of_a_report_one_does_not_know(
    report: AnnualReport, head_a: Member, sign_in: Browser, verb: str
) -> None:
    assert sign_in(head_a).get(f"/reports/2025/{verb}/").status_code == 404
    assert sign_in(head_a).post(f"/reports/2025/{verb}/").status_code == 404
