"""Missions and programmes that agencies told the group of."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from agencies.models import Activity, Agency
from agencies.permissions import can_edit_activity
from agencies.services.records import as_added
from isecg.access import require
from isecg.audit.services import record
from isecg.links import change_with_links
from isecg.versions import store


@transaction.atomic
def add_activity(*, by: Any, agencies: Iterable[Agency] = (), **fields: Any) -> Activity:
    """A new activity. Raises PermissionDenied, ValidationError (its address is taken)."""
    require(can_edit_activity(by))
    activity = store(Activity(**fields))
    activity.agencies.set(agencies)
    record(by=by, verb="add_activity", what=activity, changes=as_added(activity))
    return activity


@transaction.atomic
def edit_activity(
    activity: Activity, *, by: Any, version: int, agencies: Iterable[Agency], **fields: Any
) -> Activity:
    """Change what is known of it, and whose it is. Raises PermissionDenied, Stale, ValidationError."""
    require(can_edit_activity(by, activity))
    activity, changes = change_with_links(activity, version=version, links={"agencies": agencies}, **fields)
    if changes:
        record(by=by, verb="edit_activity", what=activity, changes=changes)
    return activity
