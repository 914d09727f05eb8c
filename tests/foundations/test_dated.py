"""Days: what holds on which day, how exactly a day is known, and what cannot be stored."""

import datetime as dt
from contextlib import nullcontext
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from agencies.models import Agency, AgencyName, Membership
from isecg.dated import Precision, say

DAY = dt.date(2010, 4, 1)


@pytest.mark.parametrize(
    ("language", "precision", "words"),
    [
        ("en", Precision.YEAR, "2010"),
        ("en", Precision.MONTH, "April 2010"),
        ("en", Precision.DAY, "1 April 2010"),
        ("en", Precision.BY, "by 1 April 2010"),
        ("de", Precision.YEAR, "2010"),
        ("de", Precision.MONTH, "April 2010"),
        ("de", Precision.DAY, "1. April 2010"),
    ],
)
def test_say_a_day_only_as_exactly_as_it_is_known(language: str, precision: str, words: str) -> None:
    with translation.override(language):
        assert say(DAY, precision) == words


def test_say_a_month_in_german() -> None:
    with translation.override("de"):
        assert say(dt.date(2020, 3, 1), Precision.MONTH) == "März 2020"


def test_say_by_a_day_in_german_names_the_day_in_german() -> None:
    with translation.override("de"):
        assert "30. August 2011" in say(dt.date(2011, 8, 30), Precision.BY)


def test_say_without_a_language_is_english() -> None:
    with translation.override(None):
        assert say(DAY) == "1 April 2010"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "holds"),
    [("2009-12-31", False), ("2010-01-01", True), ("2011-12-31", True), ("2012-01-01", False)],
)
def test_on_counts_the_first_day_and_not_the_end(day: str, holds: bool) -> None:
    agency = Agency.objects.create(slug="a")
    Membership.objects.create(agency=agency, start=dt.date(2010, 1, 1), end=dt.date(2012, 1, 1))
    assert Membership.objects.on(dt.date.fromisoformat(day)).exists() is holds


@pytest.mark.django_db
def test_on_a_row_without_an_end_holds_for_ever() -> None:
    Membership.objects.create(agency=Agency.objects.create(slug="a"), start=DAY)
    assert Membership.objects.on(dt.date(2999, 1, 1)).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end", "kept"),
    [
        ("2010-01-01", "2011-01-01", True),  # ends on the day the other begins
        ("2010-01-01", "2011-01-02", False),
        ("2013-01-01", None, True),  # begins on the day the other ends
        ("2012-12-31", None, False),
        ("2011-06-01", "2011-07-01", False),
        ("2000-01-01", None, False),
    ],
)
def test_overlap_is_refused_by_the_database(start: str, end: str | None, kept: bool) -> None:
    agency = Agency.objects.create(slug="a")
    Membership.objects.create(agency=agency, start=dt.date(2011, 1, 1), end=dt.date(2013, 1, 1))
    stored = Membership.objects.filter(start=start)
    with nullcontext() if kept else pytest.raises(IntegrityError, match="one_membership_at_a_time"):
        _store(agency, start, end)
    assert stored.exists() is kept


def _store(agency: Agency, start: str, end: str | None) -> None:
    with transaction.atomic():
        Membership.objects.create(agency=agency, start=start, end=end)


@pytest.mark.django_db
def test_overlap_of_two_agencies_is_none() -> None:
    for slug in ("a", "b"):
        Membership.objects.create(agency=Agency.objects.create(slug=slug), start=DAY)
    assert Membership.objects.on(DAY).count() == 2


@pytest.mark.django_db
def test_overlap_is_said_in_a_sentence_before_it_is_stored() -> None:
    agency = Agency.objects.create(slug="a")
    AgencyName.objects.create(agency=agency, acronym="A", name="A", start=DAY)
    with pytest.raises(ValidationError) as caught:
        AgencyName(agency=agency, acronym="B", name="B", start=dt.date(2020, 1, 1)).full_clean()
    assert all("“" not in words for words in caught.value.messages)


@pytest.mark.django_db
@pytest.mark.parametrize("end", [DAY, dt.date(2009, 1, 1)])
def test_end_before_start_is_refused_by_the_database(end: dt.date) -> None:
    agency: Any = Agency.objects.create(slug="a")
    with pytest.raises(Exception, match=r"range lower bound|membership_ends_after_start") as caught:
        Membership.objects.create(agency=agency, start=DAY, end=end)
    assert "Error" in type(caught.value).__name__


@pytest.mark.django_db
def test_end_before_start_is_said_in_a_sentence() -> None:
    agency = Agency.objects.create(slug="a")
    with pytest.raises(ValidationError, match="end"):
        Membership(agency=agency, start=DAY, end=dt.date(2009, 1, 1)).full_clean()
