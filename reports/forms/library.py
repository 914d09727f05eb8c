"""The library."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from isecg.forms import DateInput, OnceForm, VersionedForm
from reports.forms.fields import lines
from reports.models import Document


class DocumentFields(forms.ModelForm):
    """An entry of the library."""

    link = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")
    markdown: ClassVar[list[str]] = ["about"]

    class Meta:
        model = Document
        fields = ["title", "kind", "day", "day_precision", "about", "link", "source"]
        widgets = {"day": DateInput(), "about": lines(5), "source": lines(2)}


class AddDocumentForm(OnceForm, DocumentFields):
    """A new entry; its address stays."""

    class Meta(DocumentFields.Meta):
        fields = ["slug", *DocumentFields.Meta.fields]


class DocumentForm(DocumentFields, VersionedForm):
    """An entry as it stands."""

    class Meta(DocumentFields.Meta):
        pass
