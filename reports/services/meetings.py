"""Keeping the list of meetings."""

from typing import Any

from django.db import transaction

from isecg.access import require
from isecg.audit.services import record
from isecg.versions import change, lock, store
from reports import permissions
from reports.models import Meeting


@transaction.atomic
def add_meeting(*, by: Any, **fields: Any) -> Meeting:
    """A new meeting. Raises PermissionDenied, ValidationError (its address is taken, it ends too early)."""
    require(permissions.can_edit_meeting(by))
    meeting = store(Meeting(**fields))
    record(by=by, verb="add_meeting", what=meeting)
    return meeting


@transaction.atomic
def edit_meeting(meeting: Meeting, *, by: Any, version: int, **fields: Any) -> Meeting:
    """Change what is known of a meeting. Raises PermissionDenied, Stale, ValidationError."""
    require(permissions.can_edit_meeting(by, meeting))
    meeting, changes = change(meeting, version=version, **fields)
    if changes:
        record(by=by, verb="edit_meeting", what=meeting, changes=changes)
    return meeting


@transaction.atomic
def remove_meeting(meeting: Meeting, *, by: Any, version: int, why: str) -> None:
    """Take a meeting out; its history stays. Raises PermissionDenied, Stale."""
    require(permissions.can_edit_meeting(by, meeting))
    meeting = lock(meeting, version)
    record(by=by, verb="remove_meeting", what=meeting, why=why, changes={"title": [meeting.title, ""]})
    meeting.delete()
