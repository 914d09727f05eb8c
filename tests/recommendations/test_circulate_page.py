"""The page on which a draft is circulated: what it would do first, then the button."""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import Agency
from isecg import deadlines
from isecg.audit.models import Event
from isecg.dated import say
from isecg.deadlines import day_of, end_of
from isecg.mail.models import Message
from members.models import Mandate, Member, Role
from recommendations.models import Consultation, Recommendation, State
from recommendations.queries.steps import consultation_of
from recommendations.services import texts
from tests.recommendations import world
from tests.recommendations.pages import address, hidden, look, press, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asked")]

AGO = timezone.now() - dt.timedelta(days=1)


def today() -> dt.date:
    return timezone.now().date()


def closing() -> dt.date:
    """The day at whose end consultations of these tests close."""
    return today() + dt.timedelta(days=25)


def day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).isoformat()


@pytest.fixture
def office(sign_in: Any, editor: Member) -> Client:
    client: Client = sign_in(editor)
    return client


def asking(*agencies: Agency, last: str = "", **more: Any) -> dict[str, Any]:
    return {
        "agencies": [each.pk for each in agencies],
        "closes_at_day": last or closing().isoformat(),
        **more,
    }


def test_page_proposes_all_members_and_the_end_of_a_day_in_four_weeks(
    office: Client, revised: Recommendation, dlr: Agency, jaxa: Agency
) -> None:
    page = office.get(address("circulate", revised))
    closes = day_of(page.context["form"].initial["closes_at"])
    assert closes is not None
    assert dt.timedelta(days=28) <= closes - today() <= dt.timedelta(days=30)
    assert closes.weekday() < 5
    assert page.content.decode().count("checked") == 2


def test_looking_changes_nothing(office: Client, revised: Recommendation, head_a: Member) -> None:
    events = Event.objects.count()
    for _again in range(2):
        look(office, "circulate", revised, **asking(*Agency.objects.all()))
    assert world.again(revised).state == State.DRAFTING
    assert not Consultation.objects.exists()
    assert not Message.objects.exists()
    assert Event.objects.count() == events


def test_dry_run_names_people_roles_and_instants(
    office: Client, revised: Recommendation, dlr: Agency, head_a: Member, delegate_a: Member, head_b: Member
) -> None:
    page = words_of(look(office, "circulate", revised, **asking(dlr)))
    assert "2 people, 2 mails" in page
    assert "DLR, head of delegation head of delegation, DLR" in page
    assert "JAXA, head" not in page
    assert f"until the end of {say(closing())}, anywhere on earth" in page
    assert f"Opens, if you press now {say(today())}," in page
    assert "The text: revision 1 , PDF" in page
    assert (
        f"Inner deadline of the agencies until {deadlines.say(deadlines.inner(end_of(closing())))[:20]}"
        in page
    )


def test_dry_run_shows_the_mail_in_the_readers_language(
    office: Client, revised: Recommendation, dlr: Agency, head_a: Member, delegate_a: Member
) -> None:
    Member.objects.filter(pk=head_a.pk).update(language="de")
    found = look(office, "circulate", revised, **asking(dlr, words="Please read *all* of it."))
    mail = found.context["dry"].previews[0]
    assert mail.language == "en"
    assert f"Your agency can comment until the end of {say(closing())}, anywhere on earth" in mail.text
    assert "Please read *all* of it." in mail.text
    assert mail.subject in words_of(found)


def test_an_agency_asked_where_nobody_gets_a_mail_is_named(
    office: Client, revised: Recommendation, dlr: Agency, jaxa: Agency, head_a: Member
) -> None:
    page = words_of(look(office, "circulate", revised, **asking(dlr, jaxa)))
    assert "Asked, but nobody there gets a mail JAXA." in page


def test_an_empty_audience_is_nobody(office: Client, revised: Recommendation, dlr: Agency) -> None:
    page = words_of(look(office, "circulate", revised, **asking(dlr)))
    assert "Nobody: no mail is written." in page


def test_pressing_circulates_as_it_was_shown(
    office: Client, revised: Recommendation, dlr: Agency, jaxa: Agency, head_a: Member, head_b: Member
) -> None:
    shown = look(office, "circulate", revised, **asking(dlr, jaxa)).context["dry"]
    response = press(office, "circulate", revised, **asking(dlr, jaxa, words="Hello."))
    assert response.status_code == 302
    consultation = Consultation.objects.get()
    assert consultation.closes_at == end_of(closing())
    assert consultation.inner_at == deadlines.inner(end_of(closing()))
    assert set(consultation.agencies.all()) == {dlr, jaxa}
    told = {person.member.email for group in shown.groups for person in group.people}
    assert set(Message.objects.values_list("to", flat=True)) == told == {head_a.email, head_b.email}
    assert set(Message.objects.values_list("not_before", flat=True)) == {consultation.opens_at}


def test_what_was_not_looked_at_is_not_done(
    office: Client, revised: Recommendation, dlr: Agency, head_a: Member
) -> None:
    first = hidden(office.get(address("circulate", revised)))
    response = office.post(address("circulate", revised), {**first, **asking(dlr, last=day(40))})
    assert response.status_code == 422
    assert "Nothing has been done yet" in words_of(response)
    assert world.again(revised).state == State.DRAFTING
    # The page now shows it; pressing again does it.
    again = {**hidden(response), **asking(dlr, last=day(40))}
    assert office.post(address("circulate", revised), again).status_code == 302
    assert Consultation.objects.get().closes_at == end_of(today() + dt.timedelta(days=40))


def test_a_head_replaced_after_looking_is_shown_anew(
    office: Client, revised: Recommendation, dlr: Agency, head_a: Member, make_member: Any
) -> None:
    form = {**hidden(look(office, "circulate", revised, **asking(dlr))), **asking(dlr)}
    Mandate.objects.filter(member=head_a).update(end=today())
    make_member(Role.HEAD, dlr, name="Somebody new", start=today())
    response = office.post(address("circulate", revised), form)
    assert response.status_code == 422
    assert "Somebody new" in words_of(response)
    assert not Message.objects.exists()


def test_words_may_change_after_looking(office: Client, revised: Recommendation, dlr: Agency) -> None:
    form = {**hidden(look(office, "circulate", revised, **asking(dlr))), **asking(dlr, words="Later words.")}
    assert office.post(address("circulate", revised), form).status_code == 302
    assert Consultation.objects.get().words == "Later words."


def test_pressing_twice_circulates_once(
    office: Client, revised: Recommendation, dlr: Agency, head_a: Member
) -> None:
    form = {**hidden(look(office, "circulate", revised, **asking(dlr))), **asking(dlr)}
    for _again in range(2):
        assert office.post(address("circulate", revised), form).status_code == 302
    assert Consultation.objects.count() == 1
    assert Message.objects.count() == 1


def test_fair_window_is_shown_for_the_day_named(
    office: Client, revised: Recommendation, dlr: Agency, jaxa: Agency
) -> None:
    Agency.objects.filter(pk=jaxa.pk).update(time_zone="Asia/Tokyo")
    page = words_of(look(office, "circulate", revised, **asking(dlr, jaxa, last=day(4))))
    end = deadlines.local(end_of(today() + dt.timedelta(days=4)), ZoneInfo("Asia/Tokyo"))
    assert re.search(rf"JAXA \d {end}", page)
    assert re.search(r"Only \d working days?\.", page)
    assert re.search(r"DLR \d time zone not known", page)


def test_htmx_gets_the_part_that_changes(office: Client, revised: Recommendation, dlr: Agency) -> None:
    form = {**hidden(office.get(address("circulate", revised))), **asking(dlr), "show": "1"}
    part = office.post(address("circulate", revised), form, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert part.content.decode().strip().startswith('<div class="stack step__dry" id="dry-run"')
    assert "</html>" not in part.content.decode()


BAD = [
    ({"closes_at_day": "2026-01-01"}, "This instant has passed."),
    ({"closes_at_day": day(0), "closes_at_time": "00:00"}, "This instant has passed."),
    ({"closes_at_day": "2999-01-01"}, "This is more than a year away."),
    ({"closes_at_day": "9999-12-31"}, "This day is too far away."),
    ({"closes_at_day": ""}, "This field is required."),
    ({"closes_at_day": "\x00"}, "Enter a valid date."),
    ({"inner_at_day": day(26)}, "The inner deadline cannot lie after the deadline."),
    ({"inner_at_day": "2026-01-01"}, "This instant has passed."),
    ({"inner_at_time": "12:00"}, "Name the day."),
    ({"agencies": []}, "Choose at least one agency: nobody would be asked."),
    ({"agencies": ["999999"]}, "999999 is not one of the available choices"),
    ({"agencies": ["9" * 40]}, "is not one of the available choices"),
    ({"agencies": ["\x00"]}, "Null characters are not allowed."),
    ({"agencies": ["dlr"]}, "is not a valid value"),
    ({"words": "\x00"}, "Null characters are not allowed."),
    ({"words": "x" * 100_000}, "at most 2000 characters"),
    ({"token": "not-a-token"}, "Enter a valid UUID."),
]


@pytest.mark.parametrize(("change", "sentence"), BAD)
@pytest.mark.parametrize("button", ["show", "do"])
def test_bad_input_is_answered_with_a_sentence(
    office: Client, revised: Recommendation, dlr: Agency, change: dict[str, Any], sentence: str, button: str
) -> None:
    form = {**hidden(office.get(address("circulate", revised))), **asking(dlr), **change, button: "1"}
    response = office.post(address("circulate", revised), form)
    assert response.status_code == 422
    assert sentence in words_of(response)
    assert not Consultation.objects.exists()


def test_wrong_person_is_refused_with_the_reason(
    sign_in: Any, consultation: Consultation, head_a: Member
) -> None:
    page = address("circulate", consultation.recommendation)
    for response in (sign_in(head_a).get(page), sign_in(head_a).post(page, {})):
        assert response.status_code == 403
        assert "Only the secretariat circulates recommendations." in words_of(response)


def test_who_may_not_know_of_the_draft_finds_nothing(
    sign_in: Any, revised: Recommendation, head_a: Member
) -> None:
    assert sign_in(head_a).get(address("circulate", revised)).status_code == 404


def test_wrong_moment_has_a_way_out(office: Client, draft: Recommendation) -> None:
    response = office.get(address("circulate", draft))
    assert response.status_code == 409
    assert "There is no revision yet; make one first." in words_of(response)
    assert response.context["way_out"][1]


def test_a_moment_that_passed_after_looking_is_said(
    office: Client, revised: Recommendation, dlr: Agency, editor: Member
) -> None:
    form = {**hidden(look(office, "circulate", revised, **asking(dlr))), **asking(dlr)}
    current = world.again(revised)
    texts.write(current, by=editor, version=current.version, text="Something else.")
    response = office.post(address("circulate", revised), form)
    assert response.status_code == 409
    assert "The working text differs from revision 1" in words_of(response)


def test_while_it_is_held_the_page_offers_to_recall_it(
    office: Client, revised: Recommendation, dlr: Agency, head_a: Member
) -> None:
    press(office, "circulate", revised, **asking(dlr))
    assert f"The consultation opens at {say(today())}" in words_of(office.get(address("told", revised)))
    office.post(address("recall", revised))
    assert world.again(revised).state == State.DRAFTING
    assert Message.objects.get().state == Message.State.ABANDONED


def test_not_waiting_opens_it_at_once(
    office: Client, revised: Recommendation, dlr: Agency, head_a: Member
) -> None:
    press(office, "circulate", revised, **asking(dlr))
    assert f"It takes effect at {say(today())}" in words_of(office.get(address("send_now", revised)))
    office.post(address("send_now", revised))
    assert Consultation.objects.get().opens_at <= timezone.now()


def test_too_late_to_recall_is_said(office: Client, editor: Member, dlr: Agency) -> None:
    opened = world.in_consultation(editor, [dlr], now=AGO)
    for response in (
        office.get(address("recall", opened.recommendation)),
        office.post(address("recall", opened.recommendation)),
    ):
        assert response.status_code == 409
        assert "It is too late: the step has taken effect." in words_of(response)


def test_extend_shows_old_and_new_deadline_and_tells_who_was_asked(
    office: Client, editor: Member, dlr: Agency, head_a: Member
) -> None:
    opened = world.in_consultation(editor, [dlr], now=AGO, closes_at=end_of(closing()))
    rec = opened.recommendation
    form = {"closes_at_day": day(40), "reason": "Easter."}
    page = words_of(look(office, "extend", rec, **form))
    assert f"Deadline until now until the end of {say(closing())}" in page
    assert f"New deadline until the end of {say(today() + dt.timedelta(days=40))}" in page
    press(office, "extend", rec, **form)
    opened.refresh_from_db()
    assert opened.closes_at == end_of(today() + dt.timedelta(days=40))
    mail = Message.objects.filter(kind="extended").get()
    assert "Easter." in mail.text


def test_extend_to_an_earlier_instant_would_be_refused(office: Client, editor: Member, dlr: Agency) -> None:
    rec = world.in_consultation(editor, [dlr], now=AGO).recommendation
    page = look(office, "extend", rec, closes_at_day=day(5), reason="Sooner.")
    assert "An extension moves the deadline to a later instant." in words_of(page)
    refused = press(office, "extend", rec, closes_at_day=day(5), reason="Sooner.")
    assert refused.status_code == 422


def test_close_needs_a_reason(office: Client, editor: Member, dlr: Agency) -> None:
    rec = world.in_consultation(editor, [dlr], now=AGO).recommendation
    response = press(office, "close", rec, reason=" ")
    assert response.status_code == 422
    assert Consultation.objects.get().closed_at is None
    assert press(office, "close", rec, reason="All have answered.").status_code == 302
    assert Consultation.objects.get().closed_at is not None


def test_accept_late_tells_that_agency_alone(
    office: Client, editor: Member, dlr: Agency, jaxa: Agency, head_a: Member, head_b: Member
) -> None:
    rec = world.closed(editor, [dlr, jaxa], now=AGO).recommendation
    press(office, "accept_late", rec, agency=dlr.pk, until_day=day(4), reason="A storm.")
    assert list(Message.objects.filter(kind="late_accepted").values_list("to", flat=True)) == [head_a.email]
    assert consultation_of(rec).graces.get().until == end_of(today() + dt.timedelta(days=4))  # type: ignore[union-attr]


def test_abandoning_what_was_never_circulated_tells_nobody(office: Client, revised: Recommendation) -> None:
    page = words_of(office.get(address("abandon", revised)))
    assert "Nobody: no mail is written." in page
    assert press(office, "abandon", revised, reason="No longer needed.").status_code == 302
    assert world.again(revised).state == State.ABANDONED


def test_page_asks_the_database_as_often_for_two_agencies_as_for_twenty(
    office: Client, revised: Recommendation, make_agency: Any
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert office.get(address("circulate", revised)).status_code == 200
        return len(caught)

    queries()
    two = queries()
    for number in range(18):
        make_agency(f"N{number}")
    assert queries() == two


def test_what_has_changed_since_agencies_were_asked_is_a_press_away(
    sign_in: Any, editor: Member, asked: list[Agency]
) -> None:
    """The redline to what they have read: not to a revision that only the secretariat knows."""
    then = timezone.now() - 3 * world.DAY
    draft = world.closed(editor, asked, now=then).recommendation
    world.rewritten(draft, editor, world.TEXT.replace("several", "many"), now=then)
    world.rewritten(draft, editor, world.TEXT.replace("several", "two"), now=then)
    page = words_of(sign_in(editor).get(address("circulate", draft)))
    assert "what has changed since revision 1, which agencies were asked about before" in page
    first = world.revised(editor, now=then)
    assert "what has changed since" not in words_of(sign_in(editor).get(address("circulate", first)))
