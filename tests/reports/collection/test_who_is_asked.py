"""Who is asked, after the year was opened: one agency more, one less; and where mails lead."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.mail.models import Message
from isecg.versions import Stale
from members.models import Mandate, Member, Role
from reports.models import AnnualReport, Contribution, Highlight, State
from reports.services.asking import ask_agency, leave_out
from reports.services.highlights import add_highlight, write_highlight
from reports.services.reports import collect, edit_texts, open_report
from tests.reports.pressing import TOKEN, text

Browser = Callable[[Member | None], Client]
ASK = "/reports/2026/collection/ask/"
WHY = "It joined in May."


@pytest.fixture
def csa(make_agency: Callable[..., Agency]) -> Agency:
    return make_agency("CSA")


@pytest.fixture
def head_c(make_member: Callable[..., Member], csa: Agency) -> Member:
    return make_member(Role.HEAD, csa)


def of(report: AnnualReport, agency: Agency) -> Contribution:
    return Contribution.objects.get(report=report, agency=agency)


def test_ask_agency_while_collecting_asks_at_once(
    collecting: AnnualReport, csa: Agency, head_c: Member, head_a: Member, editor: Member
) -> None:
    Message.objects.all().delete()
    row = ask_agency(collecting, by=editor, agency=csa, reason=WHY)
    assert row.asked_at is not None
    mail = Message.objects.get()
    assert (mail.kind, mail.to) == ("report_collecting", head_c.email)
    assert WHY in mail.text
    assert "/reports/2026/agencies/csa/" in mail.text
    event = Event.objects.about(collecting).get(verb="ask_agency")
    assert (event.why, event.changes) == (WHY, {"agencies": ["", "CSA"]})


def test_ask_agency_before_collecting_asks_with_the_others(
    editor: Member, dlr: Agency, head_a: Member
) -> None:
    report = open_report(by=editor, year=2026, period_start=dt.date(2026, 1, 1))
    assert ask_agency(report, by=editor, agency=dlr, reason=WHY).asked_at is None
    assert not Message.objects.exists()


def test_ask_agency_while_editing_needs_a_deadline_of_its_own(
    collecting: AnnualReport, csa: Agency, head_c: Member, editor: Member
) -> None:
    edit_texts(collecting, by=editor)
    with pytest.raises(ValidationError, match="one of its own"):
        ask_agency(collecting, by=editor, agency=csa, reason=WHY)
    due = timezone.now() + dt.timedelta(days=9)
    row = ask_agency(collecting, by=editor, agency=csa, reason=WHY, due_at=due)
    written = write_highlight(row, by=head_c, day=dt.date(2026, 3, 1), title="A launch", text="It flew.")
    assert written.agency == csa


def test_ask_agency_without_a_reason(collecting: AnnualReport, csa: Agency, editor: Member) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        ask_agency(collecting, by=editor, agency=csa, reason=" ")
    assert not Contribution.objects.filter(agency=csa).exists()


def test_ask_agency_with_a_deadline_that_has_passed(
    collecting: AnnualReport, csa: Agency, editor: Member
) -> None:
    past = timezone.now() - dt.timedelta(days=1)
    with pytest.raises(ValidationError, match="has passed"):
        ask_agency(collecting, by=editor, agency=csa, reason=WHY, due_at=past)


def test_ask_agency_that_is_asked_already(collecting: AnnualReport, dlr: Agency, editor: Member) -> None:
    with pytest.raises(ValidationError, match="asked already"):
        ask_agency(collecting, by=editor, agency=dlr, reason=WHY)


@pytest.mark.parametrize("state", [State.CONFIRMING, State.APPROVED, State.PUBLISHED])
def test_ask_agency_when_it_could_not_write_any_more(
    collecting: AnnualReport, csa: Agency, editor: Member, state: State
) -> None:
    AnnualReport.objects.update(state=state)
    with pytest.raises(WrongMoment, match="Send it back to editing"):
        ask_agency(collecting, by=editor, agency=csa, reason=WHY)


def test_who_is_asked_is_the_secretariat_s(
    collecting: AnnualReport, part: Contribution, csa: Agency, head_a: Member
) -> None:
    with pytest.raises(PermissionDenied, match="Only the secretariat"):
        ask_agency(collecting, by=head_a, agency=csa, reason=WHY)
    with pytest.raises(PermissionDenied, match="Only the secretariat"):
        leave_out(part, by=head_a, version=1, why=WHY)


def test_leave_out_takes_an_agency_off_and_tells_it(
    part: Contribution, head_a: Member, head_b: Member, editor: Member, sign_in: Browser
) -> None:
    Message.objects.all().delete()
    leave_out(part, by=editor, version=part.version, why="It left the group.")
    mail = Message.objects.get()
    assert (mail.kind, mail.to) == ("report_not_asked", head_a.email)
    assert "It left the group." in mail.text
    assert sign_in(head_a).get("/reports/2026/agencies/dlr/").status_code == 404
    board = text(sign_in(editor).get("/reports/2026/collection/"))
    assert "/reports/2026/agencies/dlr/" not in board
    assert "/reports/2026/agencies/jaxa/" in board
    event = Event.objects.about(part.report).get(verb="leave_out")
    assert (event.why, event.changes) == ("It left the group.", {"agencies": ["DLR", ""]})


def test_leave_out_and_ask_again(
    part: Contribution, dlr: Agency, editor: Member, collecting: AnnualReport
) -> None:
    leave_out(part, by=editor, version=part.version, why="A mistake.")
    again = ask_agency(collecting, by=editor, agency=dlr, reason="It was one.")
    assert of(collecting, dlr) == again != part


def test_leave_out_an_agency_that_writes(draft: Highlight, part: Contribution, editor: Member) -> None:
    with pytest.raises(WrongMoment, match="stays on the list"):
        leave_out(part, by=editor, version=part.version, why="x")
    assert Contribution.objects.filter(pk=part.pk).exists()


def test_leave_out_an_agency_that_has_nothing_to_report(
    part: Contribution, submit: Callable[..., Any], editor: Member
) -> None:
    submit(nothing=True)
    with pytest.raises(WrongMoment, match="stays on the list"):
        leave_out(part, by=editor, version=part.version, why="x")


def test_leave_out_does_not_do_away_with_a_word_that_is_needed(
    part: Contribution, dlr: Agency, editor: Member
) -> None:
    """The secretariat wrote something of the agency: it has to confirm that."""
    add_highlight(by=editor, agency=dlr, day=dt.date(2026, 2, 1), title="A launch", text="It flew.")
    with pytest.raises(WrongMoment, match="stays on the list"):
        leave_out(part, by=editor, version=part.version, why="x")


def test_leave_out_after_somebody_changed_it(part: Contribution, editor: Member) -> None:
    Contribution.objects.filter(pk=part.pk).update(version=7)
    with pytest.raises(Stale):
        leave_out(part, by=editor, version=part.version, why="x")


def test_leave_out_without_a_reason(part: Contribution, editor: Member) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        leave_out(part, by=editor, version=part.version, why=" ")
    assert Contribution.objects.filter(pk=part.pk).exists()


def test_asked_and_left_out_in_the_browser(
    collecting: AnnualReport, csa: Agency, editor: Member, sign_in: Browser
) -> None:
    desk = sign_in(editor)
    assert ASK in text(desk.get("/reports/2026/collection/"))
    page = text(desk.get(ASK))
    assert "CSA" in page
    assert "DLR –" not in page
    token = TOKEN.findall(page)[0]
    answer = desk.post(ASK, {"token": token, "agency": csa.pk, "reason": WHY}, follow=True)
    assert "The agency is in the collection." in text(answer)
    assert "/reports/2026/agencies/csa/leave-out/" in text(desk.get("/reports/2026/agencies/csa/"))
    page = text(desk.get("/reports/2026/agencies/csa/leave-out/"))
    assert "Ask CSA no longer?" in page
    answer = desk.post("/reports/2026/agencies/csa/leave-out/", {"version": 1, "why": "x"}, follow=True)
    assert "The agency is no longer asked." in text(answer)
    assert desk.get("/reports/2026/agencies/csa/").status_code == 404


def test_leave_out_page_of_an_agency_that_writes_says_why_not(
    draft: Highlight, editor: Member, sign_in: Browser
) -> None:
    answer = sign_in(editor).get("/reports/2026/agencies/dlr/leave-out/")
    assert answer.status_code == 409
    assert "stays on the list" in text(answer)


def test_mails_of_a_step_lead_to_the_agency_s_own_page(
    head_a: Member, delegate_b: Member, collecting: AnnualReport
) -> None:
    mails = Message.objects.filter(kind="report_collecting")
    for reader, own, other in ((head_a, "dlr", "jaxa"), (delegate_b, "jaxa", "dlr")):
        mail = mails.get(to=reader.email)
        for words in (mail.text, mail.html):
            assert f"/reports/2026/agencies/{own}/" in words
            assert f"/agencies/{other}/" not in words
            assert "/desk/" not in words


def test_mail_of_who_writes_for_two_agencies_leads_to_both(
    editor: Member, dlr: Agency, jaxa: Agency, head_a: Member
) -> None:
    Mandate.objects.create(member=head_a, role=Role.DELEGATE, agency=jaxa, start=dt.date(2021, 1, 1))
    due, start = timezone.now() + dt.timedelta(days=9), dt.date(2026, 1, 1)
    report = open_report(by=editor, year=2026, period_start=start, agencies=[dlr, jaxa], due_at=due)
    collect(report, by=editor)
    mail = Message.objects.get(kind="report_collecting", to=head_a.email)
    assert "/agencies/dlr/" in mail.text
    assert "/agencies/jaxa/" in mail.text


def test_ask_page_where_every_agency_is_asked_says_so(
    collecting: AnnualReport, editor: Member, sign_in: Browser
) -> None:
    page = text(sign_in(editor).get(ASK))
    assert "Every agency is asked already" in page
    assert "Ask the agency" not in page
