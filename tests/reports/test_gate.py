"""The gate: each thing that must not reach readers stops approve, publish and correct, and says so."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils.translation import override

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.canonical import digest
from members.models import Member
from reports import gate
from reports.models import (
    AnnualReport,
    Contribution,
    Copy,
    Edition,
    Goal,
    Highlight,
    ProgressEntry,
    Publication,
    Snapshot,
    State,
)
from reports.services import contributions, publishing
from reports.services import reports as steps
from reports.services.highlights import edit_highlight
from reports.standing import part_of

Walk = Callable[..., AnnualReport]
Make = Callable[..., Edition]


def unfrozen(table: str, sql: str, *values: Any) -> None:
    """Change what nobody can change: as somebody would who broke into the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def blank_goal(edition: Edition, world: "World") -> None:
    Goal.objects.create(year=2025, number=7, text="Agree.")
    world.remake()


def wrong_figure(edition: Edition, world: "World") -> None:
    """A number in the snapshot that its own rows do not give."""
    snapshot = world.newest.snapshot
    content = snapshot.content
    figure = next(row for row in content["figures"] if row["name"] == "highlights")
    figure["value"] = 77
    unfrozen(
        Snapshot._meta.db_table,
        f"UPDATE {Snapshot._meta.db_table} SET content = %s::jsonb, sha256 = %s WHERE id = %s",
        json.dumps(content),
        digest(content),
        snapshot.pk,
    )


def unconfirmed_edit(edition: Edition, world: "World") -> None:
    highlight = Highlight.objects.get()
    edit_highlight(
        highlight, by=world.editor, version=highlight.version, title="Other words of the secretariat"
    )
    world.remake()


def missing_alternative_text(edition: Edition, world: "World") -> None:
    """What the check of the finished file found."""
    found = [{"check": "figures", "passed": False, "words": "The figure on page 4 has no alternative text."}]
    unfrozen(
        Copy._meta.db_table,
        f"UPDATE {Copy._meta.db_table} SET checks = %s::jsonb WHERE edition_id = %s",
        json.dumps(found),
        world.newest.pk,
    )


def changed_records(edition: Edition, world: "World") -> None:
    AnnualReport.objects.update(foreword="Words that no edition has.")


FAULTS = {
    blank_goal: "A goal of 2025 has no outcome: number 7.",
    wrong_figure: "printed 77",
    unconfirmed_edit: "1 agency has not confirmed its text as it is now: DLR.",
    missing_alternative_text: "The figure on page 4 has no alternative text",
    changed_records: "The records have changed since edition",
}


class World:
    """A report of which DLR has submitted its part, in whatever state, and its newest edition."""

    def __init__(self, report: AnnualReport, make: Make, walk: Walk, editor: Member, admin: Member) -> None:
        self.pk, self.make, self.walk, self.editor, self.admin = report.pk, make, walk, editor, admin

    @property
    def report(self) -> AnnualReport:
        return AnnualReport.objects.get(pk=self.pk)

    @property
    def newest(self) -> Edition:
        return self.report.editions.select_related("snapshot").all()[0]

    def remake(self) -> None:
        self.make(self.report)

    def approve(self) -> Any:
        return steps.approve(self.report, by=self.admin, edition=self.newest, words="Agreed.")

    def publish(self) -> Any:
        return publishing.publish(self.report, by=self.editor, edition=self.newest)

    def correct(self) -> Any:
        return publishing.correct(self.report, by=self.editor, edition=self.newest, note="Mended.")


@pytest.fixture
def world(
    report: AnnualReport,
    highlight: Highlight,
    head_a: Member,
    make_edition: Make,
    walk: Walk,
    editor: Member,
    administrator: Member,
) -> World:
    part = Contribution.objects.create(report=report, agency=highlight.agency)
    walk(report, State.COLLECTING)
    part.refresh_from_db()
    seen = contributions.handed_over(report, highlight.agency)
    contributions.submit_contribution(part, by=head_a, seen=seen)
    make_edition(AnnualReport.objects.get())
    return World(report, make_edition, walk, editor, administrator)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_approve_is_stopped_by(fault: Callable[..., None], world: World) -> None:
    world.walk(world.report, State.CONFIRMING)
    fault(world.newest, world)
    with pytest.raises(WrongMoment, match=FAULTS[fault]):
        world.approve()
    assert world.report.state == State.CONFIRMING


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_publish_is_stopped_by(fault: Callable[..., None], world: World) -> None:
    approved = world.walk(world.report, State.APPROVED).editions.all()[0]
    fault(world.newest, world)
    with pytest.raises(WrongMoment) as refused:
        publishing.publish(world.report, by=world.editor, edition=approved)
    # What needed another edition is stopped because the approved one no longer is what the records say.
    assert FAULTS[fault] in str(refused.value.reason) or "The records have changed" in str(
        refused.value.reason
    )
    assert world.report.state == State.APPROVED
    assert not Publication.objects.exists()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_correct_is_stopped_by(fault: Callable[..., None], world: World) -> None:
    world.walk(world.report, State.PUBLISHED)
    ProgressEntry.objects.all().delete()
    AnnualReport.objects.update(foreword="Mended words.")
    world.remake()
    fault(world.newest, world)
    with pytest.raises(WrongMoment, match=FAULTS[fault]):
        world.correct()
    assert (world.report.state, Publication.objects.count()) == (State.PUBLISHED, 1)


def test_all_sentences_are_in_the_refusal(world: World) -> None:
    world.walk(world.report, State.CONFIRMING)
    blank_goal(world.newest, world)
    unconfirmed_edit(world.newest, world)
    with pytest.raises(WrongMoment) as refused:
        world.approve()
    assert FAULTS[blank_goal] in str(refused.value.reason)
    assert FAULTS[unconfirmed_edit] in str(refused.value.reason)


def test_the_refusal_leads_to_the_workshop(world: World) -> None:
    world.walk(world.report, State.CONFIRMING)
    changed_records(world.newest, world)
    with pytest.raises(WrongMoment) as refused:
        world.approve()
    assert refused.value.way_out is not None
    assert refused.value.way_out[1] == "/reports/2025/workshop/"


def test_an_edit_that_the_agency_confirmed_stops_nothing(world: World, head_a: Member) -> None:
    world.walk(world.report, State.CONFIRMING)
    unconfirmed_edit(world.newest, world)
    part = Contribution.objects.get()
    seen = part_of(part).sha256
    contributions.confirm_contribution(part, by=head_a, seen=seen)
    world.approve()
    assert world.report.state == State.APPROVED


def test_a_change_that_was_taken_back_needs_no_word(world: World, editor: Member) -> None:
    title = Highlight.objects.get().title
    world.walk(world.report, State.CONFIRMING)
    unconfirmed_edit(world.newest, world)
    highlight = Highlight.objects.get()
    edit_highlight(highlight, by=editor, version=highlight.version, title=title)
    assert [point.key for point in gate.stopping(gate.points(world.report))] == [
        "records",
        "figures",  # which names the highlight by its title
    ]


def test_agencies_that_were_not_asked_confirm_nothing(
    report: AnnualReport, highlight: Highlight, jaxa: Agency, editor: Member, make_edition: Make
) -> None:
    Contribution.objects.create(report=report, agency=highlight.agency)  # not asked yet
    make_edition(report)
    assert gate.stopping(gate.points(report)) == []


def test_a_check_that_could_not_be_made_is_said_and_stops_nothing(world: World) -> None:
    found = [{"check": "verapdf", "passed": None, "words": "veraPDF did not run: there is no Java here."}]
    unfrozen(
        Copy._meta.db_table,
        f"UPDATE {Copy._meta.db_table} SET checks = %s::jsonb",
        json.dumps(found),
    )
    points = gate.points(world.report)
    assert gate.stopping(points) == []
    [said] = [point for point in points if point.key == "unchecked"]
    assert said.words == "veraPDF did not run: there is no Java here."


def test_what_was_found_of_the_files_is_said_in_the_language_of_the_reader(world: World) -> None:
    found = [
        {
            "check": "figures",
            "passed": False,
            "words": [
                {"msgid": "The picture on page %(page)s has no alternative text.", "holes": {"page": 4}}
            ],
        }
    ]
    unfrozen(
        Copy._meta.db_table,
        f"UPDATE {Copy._meta.db_table} SET checks = %s::jsonb",
        json.dumps(found),
    )
    [here] = gate.stopping(gate.points(world.report))
    assert "The picture on page 4 has no alternative text (English, A4)" in here.words
    with override("de"):
        [here] = gate.stopping(gate.points(world.report))
    assert "Das Bild auf Seite 4 hat keinen Alternativtext (Englisch, A4)" in here.words


def test_a_picture_without_alternative_text_in_the_snapshot_stops(
    report: AnnualReport, pictured: Highlight, make_edition: Make
) -> None:
    edition = make_edition(report)
    content = edition.snapshot.content
    content["highlights"][0]["photograph"]["alt"] = ""
    edition.snapshot.content = content
    [point] = [each for each in gate.points(report, edition) if each.key == "pictures"]
    assert (point.done, point.stops) == (False, True)
    assert point.words == "Without an alternative text: the picture of “A crater”."


def test_a_report_without_an_edition_is_stopped(report: AnnualReport) -> None:
    assert "There is no edition yet: make the PDF." in [
        point.words for point in gate.stopping(gate.points(report))
    ]


def test_every_point_that_is_not_done_leads_somewhere_or_says_why(world: World) -> None:
    Goal.objects.create(year=2025, number=7, text="Agree.")
    for point in gate.points(world.report):
        assert point.done or point.address or point.key == "unchecked"


def test_what_stops_is_on_the_page_and_the_button_waits(
    world: World, administrator: Member, sign_in: Callable[[Member], Any]
) -> None:
    world.walk(world.report, State.CONFIRMING)
    blank_goal(world.newest, world)
    page = sign_in(administrator).get("/reports/2025/approve/2/").content.decode()
    assert "A goal of 2025 has no outcome: number 7." in page
    assert "The points above have to be mended first." in page


def test_what_stops_is_the_wrong_moment_for_who_presses_all_the_same(
    world: World, administrator: Member, sign_in: Callable[[Member], Any]
) -> None:
    world.walk(world.report, State.CONFIRMING)
    blank_goal(world.newest, world)
    fields = {"token": "6a2f41a3-c54c-4fa2-9d1e-0d2d8a2d5f11", "words": "Agreed."}
    answer = sign_in(administrator).post("/reports/2025/approve/2/", fields)
    assert answer.status_code == 409
    assert "A goal of 2025 has no outcome: number 7." in answer.content.decode()
    assert world.report.state == State.CONFIRMING
