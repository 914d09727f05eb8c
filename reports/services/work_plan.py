"""Keeping the work plan: items, and dated entries on how far they are."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from agencies.models import Agency
from isecg.access import require
from isecg.audit.services import record
from isecg.links import change_with_links
from isecg.versions import change, store
from reports import permissions
from reports.models import ProgressEntry, WorkItem


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
    item: WorkItem, *, by: Any, version: int, contributors: Iterable[Agency], **fields: Any
) -> WorkItem:
    """Change an item and who contributes to it. Raises PermissionDenied, Stale, ValidationError."""
    require(permissions.can_edit_work_item(by, item))
    item, changes = change_with_links(item, version=version, links={"contributors": contributors}, **fields)
    if changes:
        record(by=by, verb="edit_work_item", what=item, changes=changes)
    return item


@transaction.atomic
def add_progress(item: WorkItem, *, by: Any, **fields: Any) -> ProgressEntry:
    """How far the item was on a day. Raises PermissionDenied, ValidationError (one entry a day)."""
    require(permissions.can_add_progress(by, item))
    entry = store(ProgressEntry(item=item, **fields))
    record(by=by, verb="add_progress", what=entry)
    return entry


@transaction.atomic
def edit_progress(entry: ProgressEntry, *, by: Any, version: int, **fields: Any) -> ProgressEntry:
    """Correct an entry; its history keeps the old words. Raises PermissionDenied, Stale, ValidationError."""
    require(permissions.can_edit_progress(by, entry))
    entry, changes = change(entry, version=version, **fields)
    if changes:
        record(by=by, verb="edit_progress", what=entry, changes=changes)
    return entry
