"""The sourced facts: what they say, and that loading them again changes nothing."""

import datetime as dt
import io
import re
from collections.abc import Callable

import pytest
from django.core.management import call_command

from agencies.models import Agency, AgencyName, ChairTerm, Membership
from isecg.audit.models import Event
from isecg.dated import Precision
from isecg.seed import rows
from reports.models import Document, Highlight

KINDS = ["agencies", "names", "memberships", "chair_terms", "documents", "highlights"]
# Everybody whom the sources name as chair.
PERSONS = {
    "Yoshiyuki Hasegawa",
    "Bernhard Hufenbach",
    "Kathleen Laurini",
    "Naoki Sato",
    "Christian Lange",
    "Daniel Neuenschwander",
}


def load() -> str:
    output = io.StringIO()
    call_command("load_reference", stdout=output)
    return output.getvalue()


@pytest.mark.parametrize(
    ("day", "members"),
    [
        ("2007-11-05", 0),
        ("2007-11-06", 14),
        ("2015-10-04", 14),
        ("2015-10-05", 15),
        ("2019-12-31", 20),
        ("2020-03-31", 22),
        ("2020-09-30", 24),
        ("2020-12-31", 26),
        ("2021-12-31", 27),
        ("2026-11-23", 27),
    ],
)
def test_members_on_a_day_agree_with_the_totals_of_the_sources(facts: None, day: str, members: int) -> None:
    assert Agency.objects.members_on(dt.date.fromisoformat(day)).count() == members


def test_founders_are_fourteen(facts: None) -> None:
    assert Membership.objects.filter(founder=True).count() == 14


@pytest.mark.parametrize(
    ("slug", "day", "acronym"),
    [
        ("uksa", "2010-03-31", "BNSC"),
        ("uksa", "2010-04-01", "UKSA"),
        ("ssau", "2010-12-31", "NSAU"),
        ("ssau", "2013-12-20", "SSAU"),
        ("kasa", "2024-05-26", "KARI"),
        ("kasa", "2024-05-27", "KASA"),
    ],
)
def test_a_seat_keeps_its_place_when_its_name_changes(facts: None, slug: str, day: str, acronym: str) -> None:
    seat = Agency.objects.get(slug=slug)
    assert seat.acronym_on(dt.date.fromisoformat(day)) == acronym
    assert seat.memberships.count() == 1


def test_every_seat_has_a_name_from_its_first_day_as_member_on(facts: None) -> None:
    nameless = [
        seat.agency.slug
        for seat in Membership.objects.select_related("agency")
        if not AgencyName.objects.on(seat.start).filter(agency=seat.agency).exists()
    ]
    assert nameless == []


def test_australia_has_two_seats(facts: None) -> None:
    assert set(Agency.objects.filter(country="AU").values_list("slug", flat=True)) == {"asa", "csiro"}


@pytest.mark.parametrize(
    ("day", "chair"),
    [
        ("2008-07-11", None),
        ("2009-05-19", "jaxa"),
        ("2009-05-20", "esa"),
        ("2014-09-29", "csa"),
        ("2014-09-30", "esa"),
        ("2021-06-01", "csa"),
        ("2025-01-01", None),
        ("2026-11-23", None),
    ],
)
def test_chair_on_a_day_is_what_is_sourced_and_unknown_otherwise(
    facts: None, day: str, chair: str | None
) -> None:
    term = ChairTerm.objects.on(dt.date.fromisoformat(day)).get()
    assert (term.agency.slug if term.agency else None) == chair


def test_chair_terms_say_in_words_what_is_not_known_exactly(facts: None) -> None:
    vague = ChairTerm.objects.exclude(start_precision=Precision.DAY)
    assert vague.count() == 9
    assert not vague.filter(start_note="").exists()


def test_persons_are_those_of_the_sources(facts: None) -> None:
    assert set(ChairTerm.objects.exclude(person="").values_list("person", flat=True)) == PERSONS


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_names_its_source(kind: str) -> None:
    found = rows.read(kind)
    assert found
    assert [row for row in found if len(row["source"]) < 8] == []


@pytest.mark.parametrize("kind", KINDS)
def test_sources_are_spelled_out(kind: str) -> None:
    short = [row["source"] for row in rows.read(kind) if re.search(r"\[[A-Z0-9]\w*\]", row["source"])]
    assert short == []


def test_documents_link_to_web_pages_or_nowhere(facts: None) -> None:
    links = list(Document.objects.exclude(link="").values_list("link", flat=True))
    assert len(links) > 15
    assert [link for link in links if not link.startswith(("https://", "http://"))] == []


def test_highlights_of_the_facts_stay_out_of_the_years_of_the_demonstration(facts: None) -> None:
    assert not Highlight.objects.filter(day__year__gte=2024).exists()


def test_loading_again_changes_no_row_count(facts: None, row_counts: Callable[[], dict[str, int]]) -> None:
    before = row_counts()
    assert before["agencies_agency"] == before["agencies_agencyevent"] == 27
    assert load() == "Facts: nothing added.\n"
    assert row_counts() == before


def test_loading_again_takes_less_than_two_seconds(facts: None) -> None:
    begin = dt.datetime.now(dt.UTC)
    load()
    assert (dt.datetime.now(dt.UTC) - begin).total_seconds() < 2


def test_every_record_is_in_the_event_log_with_its_source(facts: None) -> None:
    term = ChairTerm.objects.get(start=dt.date(2009, 5, 20))
    event = Event.objects.about(term).get()
    assert (event.actor, event.verb, event.why) == ("the portal", "load", term.source)


def test_loading_again_leaves_what_people_corrected(facts: None) -> None:
    ChairTerm.objects.filter(start=dt.date(2024, 1, 1)).update(start=dt.date(2024, 3, 1), source="A new page")
    load()
    assert ChairTerm.objects.count() == 12
    assert ChairTerm.objects.get(start=dt.date(2024, 3, 1)).source == "A new page"


def test_loading_again_does_not_bring_back_what_people_removed(facts: None) -> None:
    Document.objects.get(slug="public-engagement").delete()
    load()
    assert not Document.objects.filter(slug="public-engagement").exists()
