"""Keeping the library of documents."""

from typing import Any

from django.db import transaction

from isecg.access import require
from isecg.audit.services import record
from isecg.versions import change, lock, store
from reports import permissions
from reports.models import Document


@transaction.atomic
def add_document(*, by: Any, **fields: Any) -> Document:
    """A new entry of the library. Raises PermissionDenied, ValidationError (its address is taken)."""
    require(permissions.can_edit_document(by))
    document = store(Document(**fields))
    record(by=by, verb="add_document", what=document)
    return document


@transaction.atomic
def edit_document(document: Document, *, by: Any, version: int, **fields: Any) -> Document:
    """Change an entry. Raises PermissionDenied, Stale, ValidationError."""
    require(permissions.can_edit_document(by, document))
    document, changes = change(document, version=version, **fields)
    if changes:
        record(by=by, verb="edit_document", what=document, changes=changes)
    return document


@transaction.atomic
def remove_document(document: Document, *, by: Any, version: int, why: str) -> None:
    """Take an entry out; its history stays. Raises PermissionDenied, Stale."""
    require(permissions.can_edit_document(by, document))
    document = lock(document, version)
    record(by=by, verb="remove_document", what=document, why=why, changes={"title": [document.title, ""]})
    document.delete()
