"""Facts that cannot be loaded: nothing is, and a sentence says why."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from agencies.models import Agency, AgencyName


def test_facts_that_do_not_fit_are_refused_with_a_sentence(
    db: None, row_counts: Callable[[], dict[str, int]]
) -> None:
    dlr = Agency.objects.create(slug="dlr")
    AgencyName.objects.create(agency=dlr, acronym="DLR", name="DLR", start=dt.date(2000, 1, 1))
    before = row_counts()
    with pytest.raises(CommandError, match="do not fit what is in this portal; nothing was loaded"):
        call_command("load_reference")
    assert row_counts() == before
