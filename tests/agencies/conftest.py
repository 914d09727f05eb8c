"""Seats and terms for the tests of agencies and the chair."""

import datetime as dt
from collections.abc import Callable

import pytest

from agencies.models import Agency, ChairTerm
from isecg.audit.models import Event


@pytest.fixture
def esa(make_agency: Callable[..., Agency]) -> Agency:
    return make_agency("ESA", name="European Space Agency")


@pytest.fixture
def terms(dlr: Agency, jaxa: Agency) -> list[ChairTerm]:
    """JAXA chaired from 2022, DLR chairs since 30 September 2024."""
    return [
        ChairTerm.objects.create(agency=jaxa, start=dt.date(2022, 1, 1), start_precision="year"),
        ChairTerm.objects.create(agency=dlr, start=dt.date(2024, 9, 30), source="Notes of the meeting"),
    ]


@pytest.fixture
def last_event(db: None) -> Callable[[], Event | None]:
    """What was done last, or None."""
    return lambda: Event.objects.first()
