"""Keeping the work plan: items, and dated entries on how far they are."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from agencies.models import Agency
from isecg.access import require
from isecg.audit.services import record
from isecg.links import change_with_links
from isecg.versions import change, lock, store
from reports import permissions
from reports.models import ProgressEntry, WorkItem
from reports.queries import planned
from reports.services.plan_changes import refuse_dropped, write_edits


@transaction.atomic
def add_work_item(*, by: Any, contributors: Iterable[Agency] = (), **fields: Any) -> WorkItem:
    """A new item of the plan. Raises PermissionDenied, ValidationError (code taken, due before start)."""
    require(permissions.can_edit_work_item(by))
    item = store(WorkItem(**fields))
    item.contributors.set(contributors)
    record(by=by, verb="add_work_item", what=item)
    return item


@transaction.atomic
def edit_work_item(
    item: WorkItem,
    *,
    by: Any,
    version: int,
    contributors: Iterable[Agency],
    why: str = "",
    day: dt.date | None = None,
    **fields: Any,
) -> WorkItem:
    """Change an item and who contributes to it; what changes the plan is kept with `why` and the day.

    A change of content (words, agencies, working group) and one of schedule (start, due) are a `PlanChange`
    each, and the report of the period names them. Raises PermissionDenied, Stale, and ValidationError, also
    for a changed plan without a reason or a day.
    """
    require(permissions.can_edit_work_item(by, item))
    before = planned(lock(item, version))
    item, changes = change_with_links(item, version=version, links={"contributors": contributors}, **fields)
    if changes:
        write_edits(item, before, by=by, day=day, why=why)
        record(by=by, verb="edit_work_item", what=item, why=why, changes=changes)
    return item


@transaction.atomic
def add_progress(item: WorkItem, *, by: Any, day: dt.date, **fields: Any) -> ProgressEntry:
    """How far the item was on a day. Raises PermissionDenied, WrongMoment (it was dropped by then),
    ValidationError (one entry a day)."""
    require(permissions.can_add_progress(by, item))
    item = WorkItem.objects.select_for_update().get(pk=item.pk)
    refuse_dropped(item, on=day)
    entry = store(ProgressEntry(item=item, day=day, **fields))
    record(by=by, verb="add_progress", what=entry)
    return entry


@transaction.atomic
def edit_progress(entry: ProgressEntry, *, by: Any, version: int, **fields: Any) -> ProgressEntry:
    """Correct an entry; its history keeps the old words. Raises PermissionDenied, Stale, ValidationError,
    and WrongMoment for a day on which the item was dropped."""
    require(permissions.can_edit_progress(by, entry))
    refuse_dropped(entry.item, on=fields.get("day", entry.day))
    entry, changes = change(entry, version=version, **fields)
    if changes:
        record(by=by, verb="edit_progress", what=entry, changes=changes)
    return entry
