"""Where the demonstration may be loaded, and what happens when a load is cut short."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from members.models import Member
from reports import rendering
from reports.models import AnnualReport, Edition, State
from tests.seed.conftest import quickly


def load() -> str:
    output = io.StringIO()
    call_command("load_demo", stdout=output, stderr=output)
    return output.getvalue()


def test_load_demo_is_refused_in_production(facts: None, settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="only where DEMO=1: anybody can sign in to its accounts"):
        load()
    assert not Member.objects.exists()


def test_a_load_whose_renderings_failed_goes_on_with_the_reports(
    facts: None, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings.DEMO, settings.SECOND_FACTOR_FOR_SECRETARIAT = True, False
    quickly(monkeypatch, tmp_path)
    with monkeypatch.context() as full:
        full.setattr(rendering, "perform", lambda row: row.fail("No room left."))
        assert "Annual report 2024 could not be published: No room left." in load()
    assert not Edition.objects.exists()
    assert load().splitlines() == [
        "load_demo: annual report 2024, with its PDF files ...",
        "load_demo: annual report 2025, with its PDF files ...",
        "Demonstration: 2 added.",
    ]
    assert AnnualReport.objects.filter(state=State.PUBLISHED).count() == 2
