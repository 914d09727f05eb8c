"""Writing highlights."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from isecg.access import require
from isecg.audit.services import record
from isecg.versions import change, lock, store
from reports import permissions, pictures
from reports.models import Highlight, Photograph


@transaction.atomic
def add_highlight(*, by: Any, picture: UploadedFile | None = None, **fields: Any) -> Highlight:
    """A new highlight, with a photograph if `picture` is given (credit and alternative text with it).

    Raises PermissionDenied, and ValidationError with a sentence for a picture or words that are refused.
    """
    require(permissions.can_edit_highlight(by))
    highlight = store(Highlight(**fields, photograph=_photograph(picture)))
    record(by=by, verb="add_highlight", what=highlight)
    return highlight


@transaction.atomic
def edit_highlight(
    highlight: Highlight,
    *,
    by: Any,
    version: int,
    picture: UploadedFile | None = None,
    remove_picture: bool = False,
    **fields: Any,
) -> Highlight:
    """Change a highlight; a new picture takes the old one's place, `remove_picture` leaves it without.

    Raises PermissionDenied, Stale, ValidationError.
    """
    require(permissions.can_edit_highlight(by, highlight))
    if picture:
        fields["photograph"] = _photograph(picture)
    elif remove_picture:
        fields |= {"photograph": None, "credit": "", "alt_text": ""}
    highlight, changes = change(highlight, version=version, **fields)
    if changes:
        record(by=by, verb="edit_highlight", what=highlight, changes=changes)
    return highlight


@transaction.atomic
def remove_highlight(highlight: Highlight, *, by: Any, version: int, why: str) -> None:
    """Take a highlight out; its history, and editions that have it, stay. Raises PermissionDenied, Stale."""
    require(permissions.can_edit_highlight(by, highlight))
    highlight = lock(highlight, version)
    record(by=by, verb="remove_highlight", what=highlight, why=why, changes={"text": [highlight.text, ""]})
    highlight.delete()


def _photograph(picture: UploadedFile | None) -> Photograph | None:
    """A refusal is said at the field of the picture."""
    if not picture:
        return None
    try:
        return pictures.store(picture)
    except ValidationError as error:
        raise ValidationError({"picture": error.error_list}) from error
