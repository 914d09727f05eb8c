"""Who keeps the library; the answer carries its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Decision, secretariat_only
from reports.models import Document


def can_edit_document(member: Any, document: Document | None = None) -> Decision:
    """The secretariat keeps the library; `None` is an entry that is to be added."""
    return secretariat_only(member, _("Only the secretariat keeps the library of documents."))
