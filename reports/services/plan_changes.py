"""Changes of the work plan, each kept with its reason and what stood before: dropping and taking up.

Editing (`reports.services.work_plan`) and rolling forward write their changes here, too.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from isecg.access import WrongMoment, require
from isecg.audit.services import record
from isecg.dated import say
from isecg.versions import change, lock, store
from reports import permissions
from reports.models import PlanChange, WorkItem
from reports.queries import planned
from reports.queries.plan import CONTENT, SCHEDULE

Kind = PlanChange.Kind
Said = dict[str, Any]


@transaction.atomic
def drop_work_item(
    item: WorkItem, *, by: Any, version: int, day: dt.date, why: str, decision: str
) -> WorkItem:
    """From `day` on the item is dropped, by a decision that is named. Its entries stay.

    Raises PermissionDenied, Stale, WrongMoment (dropped already, done), ValidationError (no reason, no
    decision, a day before the newest change).
    """
    require(permissions.can_drop_work_item(by, item))
    item = lock(item, version)
    refuse_dropped(item)
    refuse_done(item)
    if not decision.strip():
        raise ValidationError({"decision": _("Say by which decision the item is dropped.")})
    before = {"dropped_on": None}
    item, changes = change(item, version=version, dropped_on=day)
    write(item, Kind.DROPPED, by=by, day=day, why=why, before=before, decision=decision)
    record(by=by, verb="drop_work_item", what=item, why=f"{why} ({decision})", changes=changes)
    return item


@transaction.atomic
def take_up_work_item(
    item: WorkItem, *, by: Any, version: int, day: dt.date, why: str, due: dt.date
) -> WorkItem:
    """From `day` on a dropped item is work again, due on `due` (the old day or another).

    Raises PermissionDenied, Stale, WrongMoment (it is not dropped), ValidationError.
    """
    require(permissions.can_take_up_work_item(by, item))
    item = lock(item, version)
    refuse_work(item)
    before = {"dropped_on": item.dropped_on and item.dropped_on.isoformat()}
    if due != item.due:
        before["due"] = item.due.isoformat()
    item, changes = change(item, version=version, dropped_on=None, due=due)
    write(item, Kind.TAKEN_UP, by=by, day=day, why=why, before=before)
    record(by=by, verb="take_up_work_item", what=item, why=why, changes=changes)
    return item


def write_edits(item: WorkItem, before: Said, *, by: Any, day: dt.date | None, why: str) -> None:
    """A row for what an edit changed in content, one for what it changed in schedule; none for the rest.

    `before` is `planned` as it was. Raises PermissionDenied; ValidationError without a day or reason, if
    anything was changed.
    """
    require(permissions.can_edit_work_item(by, item))
    now = planned(item)
    for kind, names in ((Kind.CONTENT, CONTENT), (Kind.SCHEDULE, SCHEDULE)):
        changed = {name: before[name] for name in names if before[name] != now[name]}
        if changed:
            write(item, kind, by=by, day=day, why=why, before=changed)


def write(
    item: WorkItem, kind: str, *, by: Any, day: dt.date | None, why: str, before: Said, decision: str = ""
) -> PlanChange:
    """One change of the plan; what stands after it is read from the item. Raises PermissionDenied."""
    require(permissions.can_edit_work_item(by, item))
    if day is None or not why.strip():
        name = "why" if day else "day"
        raise ValidationError({name: _("The plan changes: say why, and since which day.")})
    _refuse_earlier(item, day)
    now = {**planned(item), "dropped_on": item.dropped_on and item.dropped_on.isoformat()}
    row = PlanChange(
        item=item,
        kind=kind,
        day=day,
        why=why.strip(),
        decision=decision.strip(),
        before=before,
        after={name: now[name] for name in before},
        by=by,
    )
    return store(row)


def _refuse_earlier(item: WorkItem, day: dt.date) -> None:
    """Changes are undone in their order when the plan is read as of a day, so they are written in it."""
    newest = item.plan_changes.last()
    if newest and day < newest.day:
        words = _("%(item)s was changed on %(day)s: a later change cannot carry an earlier day.")
        raise ValidationError({"day": words % {"item": item.code, "day": say(newest.day)}})


def refuse_dropped(item: WorkItem, on: dt.date | None = None) -> None:
    """Raises WrongMoment when the item is dropped (with `on`: when it was dropped by that day)."""
    if item.dropped_on and (on is None or on >= item.dropped_on):
        words = _("%(item)s was dropped on %(day)s. Take it up again first.")
        raise WrongMoment(words % {"item": item.code, "day": say(item.dropped_on)}, _way_out(item))


def refuse_work(item: WorkItem) -> None:
    """Raises WrongMoment unless the item is dropped."""
    if item.dropped_on is None:
        raise WrongMoment(_("%(item)s is not dropped.") % {"item": item.code}, _way_out(item))


def refuse_done(item: WorkItem) -> None:
    """Raises WrongMoment when its latest entry says 100 %."""
    latest = item.entries.last()
    if latest and latest.percent == 100:
        raise WrongMoment(_("%(item)s is done.") % {"item": item.code}, _way_out(item))


def _way_out(item: WorkItem) -> tuple[str, str]:
    return _("To the work item"), item.get_absolute_url()
