"""Keeping the library of documents."""

from typing import Any

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _

from reports import permissions
from reports.forms import AddDocumentForm, DocumentForm
from reports.models import Document
from reports.services.documents import add_document, edit_document, remove_document
from reports.views.writing import RemovePage, WriteNewPage, WritePage


class AddDocument(WriteNewPage):
    """A new entry."""

    form_class = AddDocumentForm
    permission = staticmethod(permissions.can_edit_document)
    service = add_document
    success_url = reverse_lazy("reports:documents")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Add a document"), back=reverse("reports:documents"), **kwargs
        )


class EditDocument(WritePage):
    """An entry's words."""

    model = Document
    form_class = DocumentForm
    permission = staticmethod(permissions.can_edit_document)
    service = edit_document
    success_url = reverse_lazy("reports:documents")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=reverse("reports:documents"), **kwargs)


class RemoveDocument(RemovePage):
    """The question before an entry is taken out."""

    model = Document
    permission = staticmethod(permissions.can_edit_document)
    service = remove_document

    def after(self, record: Document) -> str:
        return reverse("reports:documents")
