"""The demonstration: accounts that are roles, a plan that says it was composed, two published reports."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from isecg.audit.models import Event
from members.models import Mandate, Member, Role
from reports.models import AnnualReport, Edition, Goal, Highlight, ProgressEntry, State, WorkItem
from reports.queries import current_publication


def load() -> str:
    output = io.StringIO()
    call_command("load_demo", stdout=output, stderr=output)
    return output.getvalue()


def test_accounts_have_no_password(demonstration: None) -> None:
    assert [member.email for member in Member.objects.all() if member.has_usable_password()] == []


def test_accounts_are_marked_and_cannot_be_written_to(demonstration: None) -> None:
    assert Member.objects.filter(is_demonstration=True).count() == Member.objects.count()
    assert not Member.objects.exclude(email__endswith="@demo.invalid").exists()


def test_accounts_are_called_by_their_role(demonstration: None) -> None:
    today = dt.date(2026, 11, 23)
    for mandate in Mandate.objects.on(today).select_related("member", "agency"):
        body = mandate.agency.acronym_on(today) if mandate.agency else "Secretariat"
        role = Role(mandate.role).label.removeprefix("secretariat ")
        assert mandate.member.name == f"{body}, {role}"


def test_eleven_agencies_and_more_have_head_and_delegate(demonstration: None) -> None:
    seats = [
        set(Mandate.objects.on(dt.date(2026, 11, 23)).filter(role=role).values_list("agency", flat=True))
        for role in (Role.HEAD, Role.DELEGATE)
    ]
    assert seats[0] == seats[1]
    assert len(seats[0]) >= 11


@pytest.mark.parametrize("role", list(Role))
def test_every_role_can_be_tried(demonstration: None, role: Role) -> None:
    assert Mandate.objects.on(dt.date(2026, 11, 23)).filter(role=role).exists()


def test_somebody_holds_no_role_any_more(demonstration: None) -> None:
    held = Mandate.objects.on(dt.date(2026, 11, 23)).values("member")
    assert Member.objects.exclude(pk__in=held).get().email == "nasa-former@demo.invalid"


@pytest.mark.parametrize("year", [2024, 2025])
def test_both_reports_are_published_with_an_edition(demonstration: None, year: int) -> None:
    report = AnnualReport.objects.get(year=year)
    publication = current_publication(report)
    assert report.state == State.PUBLISHED
    assert publication is not None
    assert publication.edition.number == 1


@pytest.mark.parametrize("year", [2024, 2025])
def test_covers_say_that_this_is_a_demonstration(demonstration: None, year: int) -> None:
    content = Edition.objects.get(report__year=year).snapshot.content
    assert content["report"]["cover_note"] == (
        "A demonstration compiled from public sources. This is not an ISECG publication."
    )


@pytest.mark.parametrize("year", [2024, 2025])
def test_eleven_agencies_and_more_tell_of_each_year(demonstration: None, year: int) -> None:
    told = Highlight.objects.filter(day__year=year)
    assert told.values("agency").distinct().count() >= 11


@pytest.mark.parametrize("year", [2024, 2025])
def test_no_report_shows_a_picture_twice(demonstration: None, year: int) -> None:
    shown = list(
        Highlight.objects.filter(day__year=year, photograph__isnull=False).values_list(
            "photograph", flat=True
        )
    )
    assert len(shown) >= 10
    assert len(set(shown)) == len(shown)


def test_pictures_say_that_they_were_drawn(demonstration: None) -> None:
    credits = Highlight.objects.exclude(photograph=None).values_list("credit", flat=True)
    assert set(credits) == {"Illustration drawn for this demonstration"}


@pytest.mark.parametrize("model", [WorkItem, ProgressEntry, Goal])
def test_plan_and_goals_say_that_they_were_composed(demonstration: None, model: Any) -> None:
    words = set(model.objects.values_list("source", flat=True))
    assert words
    assert [text for text in words if "demonstration" not in text.lower()] == []


def test_highlights_name_sources_and_whose_wording_it_is(demonstration: None) -> None:
    told = Highlight.objects.filter(day__year__in=[2024, 2025])
    assert not told.exclude(source__endswith="Wording of the demonstration").exists()


def test_everything_went_through_the_services(demonstration: None) -> None:
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert verbs >= {
        "appoint",
        "add_work_item",
        "add_progress",
        "add_highlight",
        "add_goal",
        "open_report",
        "publish",
    }


def test_loading_again_changes_no_row_count(
    demonstration: None, row_counts: Callable[[], dict[str, int]]
) -> None:
    before = row_counts()
    assert before["reports_edition"] == 2
    assert load() == "Demonstration: nothing added.\n"
    assert row_counts() == before


def test_loading_again_asks_what_is_there_and_tells_no_story_again(
    demonstration: None, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_max_num_queries(100):
        load()


def test_loading_again_does_not_bring_back_a_highlight_that_was_removed(demonstration: None) -> None:
    Highlight.objects.get(title="SLIM lands where it was meant to").delete()
    load()
    assert not Highlight.objects.filter(title="SLIM lands where it was meant to").exists()
