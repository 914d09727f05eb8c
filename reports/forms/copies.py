"""Checking a copy."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from isecg.codes import read_code

AS_TYPED = {"autocomplete": "off", "spellcheck": "false"}
is_a_checksum = RegexValidator(
    r"^[0-9A-Fa-f]{64}\Z", _("A SHA-256 has 64 signs: figures, and letters from a to f.")
)


def can_be_a_code(typed: str) -> None:
    """Raises ValidationError for what cannot be a code, so that a slip is no "unknown"."""
    if read_code(typed) is None:
        raise ValidationError(_("This is no code of ours. One looks like 2025-2-7K3M9QXA."))


class CheckForm(forms.Form):
    """A code, or the checksum of a file; the file itself is never asked for."""

    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=40,
        validators=[can_be_a_code],
        help_text=_("It stands on the last page of the PDF."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )
    sha256 = forms.CharField(
        label=_("Checksum (SHA-256)"),
        required=False,
        max_length=64,
        validators=[
            RegexValidator(r"^[0-9A-Fa-f]{64}\Z", _("A SHA-256 has 64 figures and letters from a to f."))
        ],
        widget=forms.TextInput(attrs=AS_TYPED),
    )

    @property
    def asked(self) -> bool:
        """Whether there is something to check, and it can be checked."""
        return self.is_valid() and any(self.cleaned_data.values())
