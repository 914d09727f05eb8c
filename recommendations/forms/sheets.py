"""Uploading a filled sheet."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.forms import OnceForm
from recommendations.sheets.guard import SIZE, TOO_LARGE


class UploadForm(OnceForm):
    """The file, and for which agency; a file that is too large is refused before it is read."""

    agency = forms.ModelChoiceField(
        queryset=Agency.objects.none(), widget=forms.HiddenInput, to_field_name="slug"
    )
    file = forms.FileField(
        label=_("The filled sheet"),
        help_text=_("An Excel workbook (.xlsx) of at most 2 MB, as Excel and LibreOffice save it."),
        allow_empty_file=True,  # our own sentence says what to do
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agency"]
        field.queryset = Agency.objects.filter(pk__in=[each.pk for each in agencies])

    def clean_file(self) -> Any:
        """Refuses a file that is too large without reading it."""
        file = self.cleaned_data["file"]
        if file.size > SIZE:
            raise ValidationError(TOO_LARGE)
        return file
