"""The work plan of the demonstration: its items, how they went on, how the plan changed, and its goals."""

from collections.abc import Callable
from typing import Any

from agencies.models import Agency
from isecg.seed import rows
from isecg.seed.rows import Row
from members.models import Member
from reports.models import Goal, PlanChange, ProgressEntry, WorkItem
from reports.services import goals, plan_changes, roll_forward, work_plan

Kind = PlanChange.Kind


def told(seats: dict[str, Agency], *, by: Member) -> int:
    """Add what is missing of all of it; returns how many records that were."""
    new = _items(seats, by=by)
    items = WorkItem.objects.in_bulk(field_name="code")
    return new + _progress(items, by=by) + _changes(items, seats, by=by) + _goals(items, by=by)


def _items(seats: dict[str, Agency], *, by: Member) -> int:
    missing = rows.missing(WorkItem, rows.composed("work_items"), ["code"])
    for row in missing:
        contributors = [seats[slug] for slug in row.pop("contributors")]
        work_plan.add_work_item(by=by, contributors=contributors, **{**row, "lead": seats[row["lead"]]})
    return len(missing)


def _progress(items: dict[str, WorkItem], *, by: Member) -> int:
    found = [{**row, "item": items[row["item"]]} for row in rows.composed("progress") if row["item"] in items]
    missing = rows.missing(ProgressEntry, found, ["item", "day"])
    for row in missing:
        work_plan.add_progress(row.pop("item"), by=by, **row)
    return len(missing)


def _changes(items: dict[str, WorkItem], seats: dict[str, Agency], *, by: Member) -> int:
    """Changes cannot be removed, so the table itself says which were told already. Once people changed an
    item here, the demonstration leaves it alone."""
    known = set(PlanChange.objects.values_list("item__code", flat=True))
    missing = [row for row in rows.composed("plan_changes") if row["item"] in items.keys() - known]
    for row in missing:
        CHANGES[row["kind"]](items[row["item"]], row, seats, by)
    return len(missing)


def _edited(item: WorkItem, row: Row, seats: dict[str, Agency], by: Member) -> None:
    added = [seats[row["add"]]] if "add" in row else []
    fields = {"due": row["due"]} if "due" in row else {}
    work_plan.edit_work_item(
        item,
        by=by,
        version=item.version,
        contributors=[*item.contributors.all(), *added],
        why=row["why"],
        day=row["day"],
        **fields,
    )


def _rolled(item: WorkItem, row: Row, seats: dict[str, Agency], by: Member) -> None:
    step = roll_forward.Forward(item, item.version, row["due"], row["why"])
    roll_forward.roll_forward([step], by=by, day=row["day"])


def _dropped(item: WorkItem, row: Row, seats: dict[str, Agency], by: Member) -> None:
    words = {"day": row["day"], "why": row["why"], "decision": row["decision"]}
    plan_changes.drop_work_item(item, by=by, version=item.version, **words)


CHANGES: dict[str, Callable[[WorkItem, Row, dict[str, Agency], Member], None]] = {
    Kind.CONTENT: _edited,
    Kind.SCHEDULE: _edited,
    Kind.ROLLED: _rolled,
    Kind.DROPPED: _dropped,
}


def _goals(items: dict[str, WorkItem], *, by: Member) -> int:
    missing = rows.missing(Goal, rows.composed("goals"), ["year", "number"])
    for row in missing:
        said = {name: row.pop(name) for name in ("outcome", "evidence", "decided_on") if name in row}
        goal = _goal(row, items, by)
        if said:
            goals.decide_goal(goal, by=by, version=goal.version, **said)
    return len(missing)


def _goal(row: Row, items: dict[str, WorkItem], by: Member) -> Goal:
    linked = [items[code] for code in row.pop("items")]
    earlier = Goal.objects.filter(year=row["year"] - 1, number=row.pop("continues", None)).first()
    if earlier is None:
        return goals.add_goal(by=by, items=linked, **row)
    words: dict[str, Any] = {"text": row["text"], "source": row["source"]}
    return goals.carry_goal(earlier, by=by, items=linked, **words)
