"""The second schema: goals kept, changes of the plan, meetings, recommendations; a report is made of it."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from agencies.models import Activity, Agency
from members.models import Member, Role
from recommendations.models import Recommendation
from reports import snapshot
from reports.models import (
    AnnualReport,
    Contribution,
    Goal,
    Highlight,
    Meeting,
    PlanChange,
    Section,
    Snapshot,
    Submission,
    WorkItem,
)
from reports.pdf import document
from reports.pdf.printed import Printed, Variant
from tests.recommendations import world as recommending

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 6, 1)


def told(report: AnnualReport) -> dict[str, Any]:
    """The content, which fits the schema."""
    content = snapshot.collect(report)
    snapshot.validator().validate(content)
    return content


# highlights


def test_a_highlight_says_its_place_and_its_links(
    report: AnnualReport, highlight: Highlight, jaxa: Agency
) -> None:
    mmx = Activity.objects.create(
        slug="mmx", name="MMX", destination="mars", status="planned", status_on=DAY, day=dt.date(2026, 1, 1)
    )
    mmx.agencies.set([jaxa])
    highlight.activities.set([mmx])
    Highlight.objects.update(destination="mars")
    content = told(report)
    assert content["highlights"][0]["destination"] == "mars"
    assert content["highlights"][0]["activities"] == [{"slug": "mmx", "name": "MMX"}]
    assert content["activities"] == [
        {
            "slug": "mmx",
            "name": "MMX",
            "agencies": ["jaxa"],
            "destination": "mars",
            "status": "planned",
            "status_on": "2025-06-01",
            "on": {"day": "2026-01-01", "precision": "year"},
        }
    ]


def test_a_picture_says_the_point_that_stays_in_sight(report: AnnualReport, pictured: Highlight) -> None:
    Highlight.objects.update(focal_x=30, focal_y=80)
    assert told(report)["highlights"][0]["photograph"]["focal"] == [30, 80]


def test_the_cover_says_its_picture(report: AnnualReport, pictured: Highlight) -> None:
    AnnualReport.objects.update(
        cover_picture=pictured.photograph,
        cover_credit="DLR",
        cover_alt="A crater.",
        arrangement="destination",
    )
    said, picture = told(AnnualReport.objects.get())["report"], pictured.photograph
    assert picture
    assert said["cover"] == {
        "sha256": picture.sha256,
        "width": picture.width,
        "height": picture.height,
        "credit": "DLR",
        "alt": "A crater.",
        "focal": [50, 50],
    }
    assert said["arrangement"] == "destination"


def test_a_highlight_inside_its_agency_is_in_no_part_of_the_snapshot(
    report: AnnualReport, highlight: Highlight, dlr: Agency
) -> None:
    highlight.activities.set([Activity.objects.create(slug="x", name="Canary activity", destination="moon")])
    Highlight.objects.update(inside_agency=True, title="Canary", text="Canary")
    assert "Canary" not in json.dumps(told(report))
    assert snapshot.highlights_of(report, dlr) == []
    assert [row["title"] for row in snapshot.highlights_of(report, dlr, inside=True)] == ["Canary"]


def test_a_recommendation_that_is_not_public_is_not_named(
    report: AnnualReport, highlight: Highlight, editor: Member, dlr: Agency
) -> None:
    draft = recommending.drafted(editor)
    highlight.recommendations.set([draft])
    assert draft.title not in json.dumps(told(report))


def nothing(report: AnnualReport, agency: Agency, by: Member) -> Submission:
    now = timezone.now()
    part = Contribution.objects.create(report=report, agency=agency, asked_at=now)
    return Submission.objects.create(
        contribution=part, at=now, by=by, nothing=True, content=[], sha256="0" * 64
    )


def test_nothing_to_report_names_who_said_so(report: AnnualReport, dlr: Agency, head_a: Member) -> None:
    nothing(report, dlr, head_a)
    assert told(report)["nothing_to_report"] == ["dlr"]


def test_nothing_to_report_is_over_when_it_is_taken_back(
    report: AnnualReport, dlr: Agency, head_a: Member
) -> None:
    said = nothing(report, dlr, head_a)
    Submission.objects.filter(pk=said.pk).update(taken_back_at=timezone.now(), taken_back_by=head_a)
    assert told(report)["nothing_to_report"] == []


def test_nothing_to_report_does_not_count_beside_a_highlight(
    report: AnnualReport, highlight: Highlight, dlr: Agency, head_a: Member
) -> None:
    nothing(report, dlr, head_a)
    assert told(report)["nothing_to_report"] == []


# the plan


def changed(item: WorkItem, kind: str, day: dt.date, **more: Any) -> PlanChange:
    return PlanChange.objects.create(item=item, kind=kind, day=day, why="Because.", **more)


def test_an_item_stands_as_planned_on_the_last_day(report: AnnualReport, item: WorkItem) -> None:
    later = dt.date(2026, 3, 1)
    changed(item, "schedule", later, before={"due": "2025-11-30"}, after={"due": "2026-06-30"})
    (row,) = told(report)["work_items"]
    assert (row["due"], row["status"], row["changes"]) == ("2025-11-30", "late", [])


def test_changes_of_the_period_are_said(report: AnnualReport, item: WorkItem) -> None:
    changed(item, "schedule", DAY, before={"due": "2025-11-30"}, after={"due": "2026-06-30"})
    (row,) = told(report)["work_items"]
    assert row["changes"] == [
        {
            "kind": "schedule",
            "day": "2025-06-01",
            "why": "Because.",
            "decision": "",
            "before": {"due": "2025-11-30"},
            "after": {"due": "2026-06-30"},
        }
    ]


def test_an_item_dropped_in_the_period_says_by_which_decision(report: AnnualReport, item: WorkItem) -> None:
    changed(item, "dropped", DAY, decision="Plenary, June 2025")
    (row,) = told(report)["work_items"]
    assert row["dropped"] == {"on": "2025-06-01", "decision": "Plenary, June 2025"}
    assert row["status"] == "dropped"


def test_an_item_dropped_after_the_period_is_not_dropped_in_it(report: AnnualReport, item: WorkItem) -> None:
    changed(item, "dropped", dt.date(2026, 2, 1), decision="Plenary, February 2026")
    (row,) = told(report)["work_items"]
    assert (row["dropped"], row["status"]) == (None, "on_track")


def test_an_agency_that_led_in_the_period_and_no_longer_is_still_described(
    report: AnnualReport, item: WorkItem, make_agency: Callable[..., Agency]
) -> None:
    make_agency("NEW", joined=dt.date(2026, 5, 1))
    before = {"lead": "dlr"}
    changed(item, "content", dt.date(2026, 5, 2), before=before, after={"lead": "new"})
    WorkItem.objects.update(lead=Agency.objects.get(slug="new"))
    content = told(report)
    assert content["work_items"][0]["lead"] == "dlr"
    assert "new" not in [each["slug"] for each in content["agencies"]]


# goals


def test_goals_of_the_year_say_what_became_of_them(report: AnnualReport, item: WorkItem) -> None:
    kept = Goal.objects.create(
        year=2025, number=1, text="Agree.", outcome="partly", evidence="Half.", decided_on=dt.date(2026, 1, 9)
    )
    kept.items.set([item])
    Goal.objects.create(year=2026, number=4, text="Agree, at last.", continues=kept)
    content = told(report)
    assert content["goals_kept"] == [
        {
            "year": 2025,
            "number": 1,
            "text": "Agree.",
            "items": ["WP-01"],
            "outcome": "partly",
            "evidence": "Half.",
            "decided_on": "2026-01-09",
            "continued_by": {"year": 2026, "number": 4},
        }
    ]
    assert content["goals"][0]["continues"] == {"year": 2025, "number": 1}


def test_the_record_counts_every_year_up_to_the_report_s(report: AnnualReport) -> None:
    done = {"evidence": "x", "decided_on": DAY}
    for number, outcome in enumerate(["met", "met", "missed"], 1):
        Goal.objects.create(year=2024, number=number, text="x", outcome=outcome, **done)
    Goal.objects.create(year=2025, number=1, text="x")
    Goal.objects.create(year=2026, number=1, text="x")
    assert told(report)["goals_record"] == [
        {"year": 2024, "met": 2, "partly": 0, "missed": 1, "dropped": 0, "open": 0},
        {"year": 2025, "met": 0, "partly": 0, "missed": 0, "dropped": 0, "open": 1},
    ]


# what was issued, and where the group met


def test_recommendations_are_those_issued_in_the_period_as_they_stood_at_its_end(
    editor: Member, dlr: Agency, jaxa: Agency, make_member: Callable[..., Member], make_agency: Any
) -> None:
    from agencies.models import ChairTerm

    asi = make_agency("ASI")
    ChairTerm.objects.create(agency=asi, start=dt.date(2020, 1, 1))
    issued = recommending.issued(editor, [dlr, jaxa], make_member(Role.HEAD, asi))
    assert issued.issued_at
    year = issued.issued_at.year
    report = AnnualReport.objects.create(year=year, period_start=dt.date(year, 1, 1))
    row = told(report)["recommendations"][0]
    assert (row["number"], row["state"]) == (issued.number, "issued")
    other = AnnualReport.objects.create(year=year - 1, period_start=dt.date(year - 1, 1, 1))
    assert told(other)["recommendations"] == []
    assert Recommendation.objects.count() == 1


def test_meetings_are_those_that_began_in_the_period(report: AnnualReport, dlr: Agency) -> None:
    for day in (dt.date(2024, 12, 31), DAY, dt.date(2026, 1, 1), None):
        Meeting.objects.create(slug=f"m-{day}", title="Plenary", kind="plenary", day=day, host=dlr)
    (row,) = told(report)["meetings"]
    assert (row["slug"], row["host"]) == ("m-2025-06-01", "dlr")


# complete


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_report_is_made_from_the_json_alone(
    report: AnnualReport,
    pictured: Highlight,
    goal: Goal,
    language: str,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    Section.objects.create(
        report=report, kind="secretariat", slug="s", title="Secretariat", text="We are [[members]]."
    )
    content = json.loads(json.dumps(told(report)))
    taken = Snapshot(report=report, content=content, sha256="0" * 64, taken_at=timezone.now())
    with django_assert_num_queries(0):
        html = document.html(Printed.from_snapshot(taken, 1, Variant(language, "a4")))
    assert "Seen from above." in html
    assert "We are 2." in html
