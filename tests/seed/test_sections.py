"""The sections of the demonstration's reports."""

import pytest

from isecg.seed import rows
from reports.figures import FIGURES, quoted
from reports.models import AnnualReport, Section
from reports.queries.sections import lines


def test_sections_quote_figures_that_exist() -> None:
    names = {name for row in rows.composed("sections") for name in quoted(row["text"])}
    assert names <= set(FIGURES)
    assert len(names) > 10


def test_sections_that_are_written_say_that_they_were_composed() -> None:
    written = [row["text"] for row in rows.composed("sections") if row["text"]]
    assert all(text.startswith("*Composed for the demonstration") for text in written)


def test_sections_of_a_published_report_are_reviewed(demonstration: None) -> None:
    found = lines(AnnualReport.objects.get(year=2025))
    assert [line.section.slug for line in found] == ["secretariat", "technology", "exploration-roadmap"]
    assert all(line.reviewed for line in found)


def test_sections_of_the_report_in_the_making_are_in_every_state(demonstration: None) -> None:
    states = [
        (line.written, line.reviewed, line.fell_away) for line in lines(AnnualReport.objects.get(year=2026))
    ]
    assert states == [(True, True, False), (True, False, True), (False, False, False)]


def test_the_published_report_has_the_figures_in_its_sections(demonstration: None) -> None:
    edition = AnnualReport.objects.get(year=2025).publications.get().edition
    told = edition.snapshot.content["sections"]
    assert len(told) == 3
    assert not any("[[" in row["text"] for row in told)


@pytest.mark.django_db
def test_sections_have_owners_who_write(demonstration: None) -> None:
    assert not Section.objects.filter(owner__isnull=True).exists()
