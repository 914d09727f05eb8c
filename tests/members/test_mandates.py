"""Giving a role, correcting its days, ending it; at least one administrator remains."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from isecg.audit.models import Event
from isecg.mail.models import Message
from members import services
from members.models import Mandate, Member, Role

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]


@pytest.fixture
def now() -> dt.datetime:
    return timezone.now()


@pytest.fixture
def today(now: dt.datetime) -> dt.date:
    return now.date()


def test_appoint_gives_the_role_from_its_first_day_on(
    editor: Member, former: Member, dlr: Any, now: dt.datetime
) -> None:
    tomorrow = now.date() + dt.timedelta(days=1)
    services.appoint(former, by=editor, role=Role.DELEGATE, agency=dlr, start=tomorrow, now=now)
    assert former.mandates.on(now.date()).count() == 0
    assert former.mandates.on(tomorrow).get().role == "delegate"


def test_appoint_tells_the_person_and_why(editor: Member, former: Member, dlr: Any, now: dt.datetime) -> None:
    services.appoint(
        former, by=editor, role=Role.DELEGATE, agency=dlr, start=now.date(), now=now, why="Letter of 3 May"
    )
    mail = Message.objects.get(kind="appointed", member_id=former.pk)
    assert "delegate, DLR" in mail.text
    assert "Letter of 3 May" in mail.text
    assert "You get this mail because" in mail.text


def test_appoint_to_a_past_role_tells_nobody(
    editor: Member, former: Member, dlr: Any, now: dt.datetime
) -> None:
    past: dict[str, Any] = {"start": dt.date(2015, 1, 1), "end": dt.date(2016, 1, 1)}
    services.appoint(former, by=editor, role=Role.DELEGATE, agency=dlr, now=now, **past)
    assert not Message.objects.exists()


def test_appoint_a_second_head_is_refused_with_a_sentence(
    head_a: Member, former: Member, dlr: Any, editor: Member, sign_in: Make
) -> None:
    posted = {"role": "head", "agency": dlr.pk, "start": "2024-01-01"}
    page = sign_in(editor).post(f"/people/{former.pk}/appoint/", posted)
    assert page.status_code == 422
    assert "The agency has another head of delegation on some of these days" in page.text
    assert dlr.mandates.filter(role="head").count() == 1


def test_appoint_to_the_same_role_twice_is_refused(
    editor: Member, delegate_a: Member, dlr: Any, now: dt.datetime
) -> None:
    with pytest.raises(ValidationError, match="already holds this role"):
        services.appoint(delegate_a, by=editor, role=Role.DELEGATE, agency=dlr, start=now.date(), now=now)


def test_appoint_to_an_end_before_the_start_is_refused(
    editor: Member, former: Member, dlr: Any, sign_in: Make
) -> None:
    posted = {"role": "delegate", "agency": dlr.pk, "start": "2024-01-01", "end": "2023-01-01"}
    page = sign_in(editor).post(f"/people/{former.pk}/appoint/", posted)
    assert page.status_code == 422
    assert former.mandates.count() == 1


@pytest.mark.parametrize("day", ["2024-02-30", "never", "\0", "99999-01-01", ""])
def test_appoint_from_a_day_that_is_none_is_refused(
    day: str, editor: Member, former: Member, dlr: Any, sign_in: Make
) -> None:
    posted = {"role": "delegate", "agency": dlr.pk, "start": day}
    page = sign_in(editor).post(f"/people/{former.pk}/appoint/", posted)
    assert page.status_code == 422
    assert "From:" in page.text


def test_appoint_to_the_secretariat_is_refused_to_an_editor(
    editor: Member, former: Member, now: dt.datetime
) -> None:
    with pytest.raises(PermissionDenied, match="Only an administrator"):
        services.appoint(former, by=editor, role=Role.EDITOR, start=now.date(), now=now)


@pytest.mark.django_db(transaction=True)
def test_appoint_two_heads_at_the_same_instant_gives_one_and_a_sentence(
    editor: Member, make_member: Make, dlr: Any, now: dt.datetime
) -> None:
    people = [make_member(name=f"Candidate {number}") for number in range(4)]
    together = Barrier(4)

    def appoint(member: Member) -> str:
        together.wait()
        try:
            services.appoint(member, by=editor, role=Role.HEAD, agency=dlr, start=now.date(), now=now)
        except ValidationError as error:
            return " ".join(error.messages)
        finally:
            connection.close()
        return "appointed"

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(appoint, people))
    assert answers[-1] == "appointed"
    assert all("another head of delegation" in answer for answer in answers[:-1])
    assert dlr.mandates.filter(role="head").count() == 1


def test_edit_mandate_corrects_the_days_and_keeps_the_old_ones_on_record(
    editor: Member, head_a: Member, sign_in: Make
) -> None:
    mandate = head_a.mandates.get()
    posted = {
        "start": "2021-03-01",
        "start_precision": "month",
        "end": "",
        "end_precision": "day",
        "version": 1,
    }
    page = sign_in(editor).post(f"/people/roles/{mandate.pk}/edit/", posted)
    assert page.status_code == 302
    mandate.refresh_from_db()
    assert mandate.start_words == "March 2021"
    event = Event.objects.about(mandate).first()
    assert event is not None
    assert event.changes["start"] == ["2020-01-01", "2021-03-01"]


def test_edit_mandate_from_an_old_page_shows_both_and_overwrites_nothing(
    editor: Member, head_a: Member, now: dt.datetime, sign_in: Make
) -> None:
    mandate = head_a.mandates.get()
    browser = sign_in(editor)
    posted = {"start": "2021-03-01", "start_precision": "day", "end_precision": "day", "version": 1}
    services.edit_mandate(mandate, by=editor, version=1, now=now, start=dt.date(2022, 5, 5))
    page = browser.post(f"/people/roles/{mandate.pk}/edit/", posted)
    assert page.status_code == 409
    assert "2022-05-05" in page.text
    assert "2021-03-01" in page.text
    mandate.refresh_from_db()
    assert mandate.start == dt.date(2022, 5, 5)


def test_end_mandate_ends_the_rights_on_that_day(
    editor: Member, head_a: Member, dlr: Any, now: dt.datetime
) -> None:
    mandate = head_a.mandates.get()
    services.end_mandate(mandate, by=editor, version=1, day=now.date(), now=now)
    assert Member.objects.get(pk=head_a.pk).standing.speaks_for == frozenset()


def test_end_mandate_in_an_open_session_counts_at_the_next_request(
    administrator: Member, editor: Member, sign_in: Make, now: dt.datetime
) -> None:
    browser = sign_in(editor)
    assert browser.get("/people/invitations/").status_code == 200
    services.end_mandate(editor.mandates.get(), by=administrator, version=1, day=now.date(), now=now)
    page = browser.get("/people/invitations/")
    assert page.status_code == 403
    assert "Only the secretariat may do this" in page.text


def test_end_mandate_tells_the_person_why(
    editor: Member, head_a: Member, now: dt.datetime, sign_in: Make
) -> None:
    posted = {"version": 1, "day": now.date().isoformat(), "why": "Succeeded by Dr Example & Co"}
    sign_in(editor).post(f"/people/roles/{head_a.mandates.get().pk}/end/", posted)
    mail = Message.objects.get(kind="mandate_ended", member_id=head_a.pk)
    assert "Reason: Succeeded by Dr Example & Co" in mail.text
    assert "Dr Example &amp; Co" in mail.html


def test_end_mandate_that_has_not_begun_removes_it_and_history_keeps_it(
    editor: Member, former: Member, dlr: Any, now: dt.datetime
) -> None:
    later = now.date() + dt.timedelta(days=9)
    mandate = services.appoint(former, by=editor, role=Role.DELEGATE, agency=dlr, start=later, now=now)
    pk = mandate.pk
    assert services.end_mandate(mandate, by=editor, version=1, day=now.date(), now=now) is None
    assert not Mandate.objects.filter(pk=pk).exists()
    labels = Mandate.pgh_event_model.objects.filter(pgh_obj_id=pk)  # type: ignore[attr-defined]
    assert list(labels.values_list("pgh_label", flat=True).order_by("pgh_id")) == ["insert", "delete"]
    assert Event.objects.filter(record_type="members.mandate", record_id=str(pk), verb="end_mandate").exists()


def test_end_mandate_before_it_began_long_ago_is_refused(
    editor: Member, head_a: Member, now: dt.datetime
) -> None:
    with pytest.raises(ValidationError, match="after"):
        services.end_mandate(head_a.mandates.get(), by=editor, version=1, day=dt.date(2019, 1, 1), now=now)
    assert head_a.mandates.get().end is None


def test_end_mandate_of_the_last_administrator_is_refused(
    administrator: Member, sign_in: Make, today: dt.date
) -> None:
    mandate = administrator.mandates.get()
    page = sign_in(administrator).post(
        f"/people/roles/{mandate.pk}/end/", {"version": 1, "day": today.isoformat()}
    )
    assert page.status_code == 422
    assert "left without an administrator" in page.text
    mandate.refresh_from_db()
    assert mandate.end is None


def test_end_mandate_of_an_administrator_when_the_other_one_ends_soon_is_refused(
    administrator: Member, make_member: Make, now: dt.datetime
) -> None:
    make_member(Role.ADMINISTRATOR, name="Leaving", end=now.date() + dt.timedelta(days=30))
    with pytest.raises(ValidationError, match="without an administrator"):
        services.end_mandate(
            administrator.mandates.get(), by=administrator, version=1, day=now.date(), now=now
        )


def test_edit_mandate_of_the_last_administrator_to_an_end_is_refused(
    administrator: Member, now: dt.datetime
) -> None:
    mandate = administrator.mandates.get()
    with pytest.raises(ValidationError, match="without an administrator"):
        services.edit_mandate(mandate, by=administrator, version=1, now=now, end=dt.date(2100, 1, 1))


@pytest.mark.django_db(transaction=True)
def test_two_administrators_ending_each_other_at_once_leave_one(make_member: Make, now: dt.datetime) -> None:
    one, other = make_member(Role.ADMINISTRATOR, name="One"), make_member(Role.ADMINISTRATOR, name="Other")
    together = Barrier(2)

    def end(by: Member, whose: Member) -> bool:
        mandate = whose.mandates.get()
        together.wait()
        try:
            services.end_mandate(mandate, by=by, version=1, day=now.date(), now=now)
        except (ValidationError, PermissionDenied):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(end, [one, other], [other, one]))
    assert sorted(answers) == [False, True]
    assert Mandate.objects.on(now.date()).filter(role="administrator").count() == 1


def test_mandate_of_the_secretariat_with_an_agency_is_refused_by_the_database(
    former: Member, dlr: Any, today: dt.date
) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError, match="agency_roles_have_an_agency"):
        Mandate.objects.create(member=former, role=Role.EDITOR, agency=dlr, start=today)


def test_mandate_that_overlaps_is_refused_by_the_database(head_a: Member, former: Member, dlr: Any) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError, match="one_head_at_a_time"):
        Mandate.objects.create(member=former, role=Role.HEAD, agency=dlr, start=dt.date(2021, 1, 1))
