"""Who is told: asked as of an instant, and an empty audience is nobody."""

import datetime as dt
from collections.abc import Callable, Iterable

import pytest

from agencies.models import Agency, ChairTerm, Membership
from members.models import Mandate, Member, Role
from recommendations import emails, workflow
from recommendations.models import Consultation, Reading, Recommendation, SilenceProcedure
from recommendations.queries import audiences
from tests.recommendations import world
from tests.recommendations.world import DAY, START


@pytest.fixture(autouse=True)
def everybody(
    head_a: Member,
    alternate_a: Member,
    delegate_a: Member,
    observer_a: Member,
    head_b: Member,
    delegate_b: Member,
    chair: Member,
    editor: Member,
    administrator: Member,
    former: Member,
) -> None:
    """The whole cast is there to be told by mistake."""


def names(members: Iterable[Member]) -> list[str]:
    return sorted(member.name for member in members)


def test_speakers_are_heads_and_alternates_of_the_agencies_asked(consultation: Consultation) -> None:
    assert names(audiences.speakers(consultation.recommendation, START)) == [
        "DLR, alternate",
        "DLR, head of delegation",
        "JAXA, head of delegation",
    ]


def test_writers_are_they_and_the_delegates(consultation: Consultation) -> None:
    assert names(audiences.writers(consultation.recommendation, START)) == [
        "DLR, alternate",
        "DLR, delegate",
        "DLR, head of delegation",
        "JAXA, delegate",
        "JAXA, head of delegation",
    ]


def test_asked_has_observers_only_where_they_may_read(editor: Member, asked: list[Agency]) -> None:
    closed = world.in_consultation(editor, asked).recommendation
    opened = world.in_consultation(editor, asked, observers=True).recommendation
    assert "DLR, observer" not in names(audiences.asked(closed, START))
    assert "DLR, observer" in names(audiences.asked(opened, START))


def test_asked_by_silence_has_no_observers(editor: Member, asked: list[Agency]) -> None:
    consultation = world.closed(editor, asked, observers=True)
    world.under_silence(editor, asked, recommendation=consultation.recommendation)
    rec = world.again(consultation.recommendation)
    assert "DLR, observer" not in names(audiences.asked(rec, START))


def test_asked_by_silence_are_its_own_agencies(editor: Member, dlr: Agency, jaxa: Agency) -> None:
    consultation = world.closed(editor, [dlr])
    world.under_silence(editor, [jaxa], recommendation=consultation.recommendation)
    rec = world.again(consultation.recommendation)
    assert names(audiences.asked(rec, START)) == ["JAXA, delegate", "JAXA, head of delegation"]


def test_asked_about_what_was_never_circulated_is_nobody(revised: Recommendation) -> None:
    for audience in (audiences.asked, audiences.writers, audiences.speakers, audiences.asked_and_readers):
        assert names(audience(revised, START)) == []


def test_asked_of_no_agency_is_nobody(consultation: Consultation) -> None:
    assert names(audiences.asked(consultation.recommendation, START, agencies=[])) == []


def test_readers_are_told_who_may_still_read(
    consultation: Consultation, editor: Member, administrator: Member, former: Member, observer_a: Member
) -> None:
    for reader in (editor, former, observer_a):
        Reading.objects.create(
            member=reader, recommendation=consultation.recommendation, revision=consultation.revision
        )
    told = names(audiences.asked_and_readers(consultation.recommendation, START))
    assert "Secretariat, secretariat editor" in told
    assert not {"Secretariat, secretariat administrator", "JAXA, former head", "DLR, observer"} & set(told)


def test_chair_is_the_head_of_the_agency_that_chairs_on_the_day(revised: Recommendation, dlr: Agency) -> None:
    ChairTerm.objects.create(agency=dlr, start=(START + DAY).date())
    assert names(audiences.chair(revised, START)) == ["ASI, head of delegation"]
    assert names(audiences.chair(revised, START + DAY)) == ["DLR, head of delegation"]


def test_chair_that_is_vacant_is_nobody(revised: Recommendation) -> None:
    ChairTerm.objects.create(agency=None, start=START.date())
    assert names(audiences.chair(revised, START)) == []


def test_everyone_speaks_for_an_agency_that_is_a_member_on_the_day(
    revised: Recommendation, jaxa: Agency
) -> None:
    Membership.objects.filter(agency=jaxa).update(end=START.date())
    assert names(audiences.everyone(revised, START)) == [
        "ASI, head of delegation",
        "DLR, alternate",
        "DLR, head of delegation",
    ]


def test_audience_leaves_out_whose_role_has_ended(consultation: Consultation, head_a: Member) -> None:
    Mandate.objects.filter(member=head_a).update(end=(START + DAY).date())
    rec = consultation.recommendation
    assert "DLR, head of delegation" in names(audiences.writers(rec, START))
    assert "DLR, head of delegation" not in names(audiences.writers(rec, START + DAY))


def test_audience_names_who_holds_two_roles_once(silence: SilenceProcedure, head_a: Member) -> None:
    Mandate.objects.create(member=head_a, role=Role.EDITOR, start=dt.date(2020, 1, 1))
    told = names(audiences.asked_and_secretariat(silence.recommendation, START))
    assert told.count("DLR, head of delegation") == 1


def test_every_kind_of_mail_of_the_table_has_words() -> None:
    assert {row.mail for row in workflow.TABLE if row.mail} <= set(emails.KINDS)


def test_every_audience_is_named_and_answers_as_of_an_instant(
    consultation: Consultation, make_agency: Callable[..., Agency]
) -> None:
    for row in workflow.TABLE:
        assert row.audience(consultation.recommendation, START).model is Member
