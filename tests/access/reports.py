"""Reports in every state and what they are made from, for the table of addresses: who may ask for what."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from agencies.models import Agency
from members.models import Member
from reports.models import (
    AnnualReport,
    Contribution,
    Edition,
    Highlight,
    Meeting,
    Preview,
    Section,
)
from reports.services import contributions
from reports.services import reports as steps
from reports.services.highlights import write_highlight
from tests.access.world import AGENCY_A, EVERYBODY, NOBODY, SECRETARIAT, SIGNED_IN, Address

ADMINISTRATORS = {"administrator"}
WRITING_A = {"delegate_a", "alternate_a", "head_a"}
SPEAKING_A = {"alternate_a", "head_a"}
DELEGATIONS = AGENCY_A | {"head_b", "chair"}
OUTSIDE_SECRETARIAT = frozenset(SIGNED_IN - SECRETARIAT)
# A draft that goes round is known to every delegation, an agency's part to the agency and the secretariat.
NOT_ROUND = frozenset(SIGNED_IN - SECRETARIAT - DELEGATIONS)
NOT_A = frozenset(SIGNED_IN - SECRETARIAT - AGENCY_A)
OWNERS = SECRETARIAT | {"head_b"}
NO_OWNERS = frozenset(SIGNED_IN - OWNERS)
PUBLIC = Address(get=EVERYBODY)


def reports_of(
    people: dict[str, Member | None], agency: Agency, make_edition: Callable[..., Edition]
) -> SimpleNamespace:
    """A report that is collected, one that goes round, and what stands around them; DLR is asked."""
    editor, delegate = _person(people, "editor"), _person(people, "delegate_a")
    collecting = _report(2027, agency, editor)
    part = collecting.contributions.get(agency=agency)
    day = dt.date(2027, 5, 1)
    inside = write_highlight(part, by=delegate, day=day, title="Only among us", text="Not yet.")
    confirming, edition = _confirming(people, agency, make_edition)
    return SimpleNamespace(
        collecting=collecting,
        part=part,
        inside=inside,
        confirming=confirming,
        edition=edition,
        round_part=confirming.contributions.get(agency=agency),
        section=Section.objects.create(
            report=collecting, kind=Section.Kind.WORKING_GROUP, slug="group", title="A working group",
            owner=_person(people, "head_b"),
        ),
        meeting=Meeting.objects.create(
            slug="plenary", title="Plenary", kind=Meeting.Kind.PLENARY, day=dt.date(2025, 5, 1)
        ),
        preview=Preview.objects.create(
            report=collecting, agency=agency, content={}, content_key="0" * 64, wanted_by=delegate,
            state=Preview.State.FAILED,
        ),
    )  # fmt: skip


def _report(year: int, agency: Agency, editor: Member) -> AnnualReport:
    now = timezone.now()
    report = AnnualReport.objects.create(
        year=year, period_start=dt.date(year, 1, 1), due_at=now + dt.timedelta(days=30)
    )
    Contribution.objects.create(report=report, agency=agency)
    return steps.collect(report, by=editor)


def _confirming(
    people: dict[str, Member | None], agency: Agency, make_edition: Callable[..., Edition]
) -> tuple[AnnualReport, Edition]:
    """Handed in, edited since, and going round."""
    editor, head = _person(people, "editor"), _person(people, "head_a")
    report = _report(2028, agency, editor)
    part = report.contributions.get(agency=agency)
    written = write_highlight(part, by=head, day=dt.date(2028, 5, 1), title="A landing", text="It landed.")
    contributions.submit_contribution(part, by=head, seen=contributions.handed_over(report, agency))
    steps.edit_texts(report, by=editor)
    Highlight.objects.filter(pk=written.pk).update(text="It landed softly.")
    edition = make_edition(report)
    return steps.ask_to_confirm(report, by=editor, confirm_by=timezone.now() + dt.timedelta(days=9)), edition


def _person(people: dict[str, Member | None], role: str) -> Member:
    member = people[role]
    assert member
    return member


def key(attribute: str) -> Any:
    """Arguments: the key of one record of the world."""
    return lambda world: (getattr(world, attribute).pk,)


def code(world: Any) -> tuple[Any, ...]:
    return (world.item.code,)


def draft(world: Any) -> tuple[Any, ...]:
    return (world.draft.year,)


def issued(*more: Any) -> Any:
    return lambda world: (world.published.report.year, *more)


def edition(*more: Any) -> Any:
    """Arguments: the published edition."""
    return lambda world: (world.published.report.year, world.published.edition.number, *more)


def collecting(*more: Any) -> Any:
    return lambda world: (world.reports.collecting.year, *more)


def round_(*more: Any) -> Any:
    """Arguments: the report that goes round."""
    return lambda world: (world.reports.confirming.year, *more)


def edits(args: Any = lambda world: (), who: set[str] = SECRETARIAT, unseen: Any = frozenset()) -> Address:
    """A page with a form: who may see it may send it."""
    return Address(get=who, post=who, args=args, unseen=unseen)


REPORTS: dict[str, Address] = {
    # what everybody reads
    "reports:list": PUBLIC,
    "reports:detail": Address(get=EVERYBODY, args=issued()),
    "reports:pdf": Address(get=EVERYBODY, args=issued()),
    "reports:edition": Address(get=EVERYBODY, args=edition()),
    "reports:edition_pdf": Address(get=EVERYBODY, args=edition()),
    "reports:edition_json": Address(get=EVERYBODY, args=edition()),
    "reports:copy_pdf": Address(get=EVERYBODY, args=edition("en", "a4")),
    "reports:cover": Address(get=EVERYBODY, args=edition()),
    "reports:schema": PUBLIC,
    "reports:check": PUBLIC,
    "reports:check_code": Address(get=EVERYBODY, args=lambda world: (world.published.edition.code,)),
    "reports:cite": Address(get=EVERYBODY, args=issued()),
    "reports:citation": Address(get=EVERYBODY, args=issued("bib")),
    "reports:figures": Address(get=EVERYBODY, args=issued()),
    "reports:figure": Address(get=EVERYBODY, args=issued("members")),
    "reports:figure_csv": Address(get=EVERYBODY, args=issued("members")),
    "reports:figure_json": Address(get=EVERYBODY, args=issued("members")),
    "reports:compare": Address(get=EVERYBODY, args=issued()),
    "reports:photograph": Address(
        get=EVERYBODY, args=lambda world: (world.photographed.photograph.sha256, 480)
    ),
    # the year, from its opening to its withdrawal
    "reports:open_report": edits(),
    "reports:workshop": Address(get=SECRETARIAT, args=draft, unseen=OUTSIDE_SECRETARIAT),
    "reports:edit": edits(draft, unseen=OUTSIDE_SECRETARIAT),
    "reports:render": Address(get=None, post=SECRETARIAT, args=draft, unseen=OUTSIDE_SECRETARIAT),
    "reports:rendering": Address(get=SECRETARIAT, args=lambda world: (world.published.edition.rendering_id,)),
    "reports:collect": edits(draft, unseen=OUTSIDE_SECRETARIAT),
    "reports:edit_texts": edits(collecting(), unseen=OUTSIDE_SECRETARIAT),
    "reports:collect_again": edits(collecting(), unseen=OUTSIDE_SECRETARIAT),
    "reports:ask_to_confirm": edits(collecting(), unseen=OUTSIDE_SECRETARIAT),
    "reports:edit_again": edits(round_(), who=SECRETARIAT | {"chair"}, unseen=NOT_ROUND),
    "reports:approve": edits(round_(1), who={"chair"}, unseen=NOT_ROUND),
    "reports:draft": Address(get=DELEGATIONS | SECRETARIAT, args=round_(), unseen=NOT_ROUND),
    "reports:publish": edits(edition()),
    "reports:correct": edits(edition()),
    "reports:recall": edits(issued()),
    "reports:send_now": edits(issued()),
    "reports:withdraw": edits(issued(), who=ADMINISTRATORS),
    # collection
    "reports:collection": Address(get=SECRETARIAT, args=collecting(), unseen=OUTSIDE_SECRETARIAT),
    "reports:remind": edits(collecting(), unseen=OUTSIDE_SECRETARIAT),
    "reports:ask_agency": edits(collecting(), unseen=OUTSIDE_SECRETARIAT),
    "reports:leave_out": edits(collecting("dlr"), unseen=NOT_A),
    "reports:contribution": Address(get=AGENCY_A | SECRETARIAT, args=collecting("dlr"), unseen=NOT_A),
    "reports:write_highlight": edits(collecting("dlr"), who=WRITING_A, unseen=NOT_A),
    "reports:contribution_changes": Address(get=AGENCY_A | SECRETARIAT, args=round_("dlr"), unseen=NOT_A),
    "reports:submit_contribution": edits(collecting("dlr"), who=SPEAKING_A, unseen=NOT_A),
    "reports:take_back_contribution": edits(round_("dlr"), who=SPEAKING_A, unseen=NOT_A),
    "reports:confirm_contribution": edits(round_("dlr"), who=SPEAKING_A, unseen=NOT_A),
    "reports:extend_contribution": edits(collecting("dlr"), unseen=NOT_A),
    "reports:preview": Address(
        get={"delegate_a"},
        args=lambda world: (world.reports.preview.pk,),
        unseen=frozenset(SIGNED_IN - {"delegate_a"}),
    ),
    "reports:preview_page": Address(
        get=NOBODY,  # it failed: there is no page
        args=lambda world: (world.reports.preview.pk, 1),
        unseen=frozenset(SIGNED_IN),
    ),
    # sections; one is owned by the head of another delegation
    "reports:sections": Address(get=SECRETARIAT, args=collecting(), unseen=OUTSIDE_SECRETARIAT),
    "reports:add_section": edits(collecting(), unseen=OUTSIDE_SECRETARIAT),
    "reports:section": Address(get=OWNERS, args=collecting("group"), unseen=NO_OWNERS),
    "reports:edit_section": edits(collecting("group"), who=OWNERS, unseen=NO_OWNERS),
    "reports:remove_section": edits(collecting("group"), unseen=NO_OWNERS),
    "reports:review_section": Address(get=None, post=OWNERS, args=collecting("group"), unseen=NO_OWNERS),
    # what a report is made from
    "reports:highlight": Address(
        get=AGENCY_A | SECRETARIAT, args=key("highlight"), unseen=OUTSIDE_SECRETARIAT - AGENCY_A
    ),
    "reports:add_highlight": edits(),
    "reports:edit_highlight": edits(key("highlight"), unseen=OUTSIDE_SECRETARIAT - AGENCY_A),
    "reports:remove_highlight": edits(key("highlight"), unseen=OUTSIDE_SECRETARIAT - AGENCY_A),
    "reports:work_plan": PUBLIC,
    "reports:work_item": Address(get=EVERYBODY, args=code),
    "reports:add_work_item": edits(),
    "reports:edit_work_item": edits(code),
    "reports:drop_work_item": edits(code),
    "reports:take_up_work_item": edits(code),
    "reports:roll_forward": edits(draft, unseen=OUTSIDE_SECRETARIAT),
    "reports:add_progress": edits(code),
    "reports:edit_progress": edits(key("entry")),
    "reports:goals": PUBLIC,
    "reports:add_goal": edits(),
    "reports:edit_goal": edits(key("goal")),
    "reports:remove_goal": edits(key("goal")),
    "reports:decide_goal": edits(key("goal")),
    "reports:carry_goal": edits(key("goal")),
    "reports:meetings": PUBLIC,
    "reports:add_meeting": edits(),
    "reports:edit_meeting": edits(lambda world: (world.reports.meeting.slug,)),
    "reports:remove_meeting": edits(lambda world: (world.reports.meeting.slug,)),
    "reports:documents": PUBLIC,
    "reports:add_document": edits(),
    "reports:edit_document": edits(lambda world: (world.document.slug,)),
    "reports:remove_document": edits(lambda world: (world.document.slug,)),
}
