"""Writing highlights."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isecg.forms import DateInput, OnceForm, VersionedForm
from members.queries import agencies_to_choose
from reports.forms.fields import PICTURES, lines
from reports.models import Highlight


class HighlightFields(forms.ModelForm):
    """What an agency did; a photograph needs its credit and an alternative text."""

    picture = forms.FileField(
        label=_("Photograph"),
        required=False,
        widget=forms.FileInput(attrs={"accept": PICTURES}),
        help_text=_("JPEG, PNG or WebP, at least 600 pixels wide, at most 15 MB."),
    )
    markdown: ClassVar[list[str]] = ["text"]
    field_order = [
        *("agency", "title", "day", "day_precision", "text"),
        *("picture", "remove_picture", "alt_text", "credit", "source"),
    ]

    class Meta:
        model = Highlight
        fields = ["agency", "title", "day", "day_precision", "text", "alt_text", "credit", "source"]
        widgets = {"day": DateInput(), "text": lines(14), "source": lines(2), "alt_text": lines(2)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies_to_choose(timezone.now().date())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        kept = self.instance.photograph_id and not fields.get("remove_picture")
        if fields.get("picture") or kept:
            if not fields.get("credit") and "credit" not in self.errors:
                self.add_error("credit", _("Say whose photograph it is."))
            if not fields.get("alt_text") and "alt_text" not in self.errors:
                self.add_error("alt_text", _("Say what the picture shows, for people who do not see it."))
        return fields


class AddHighlightForm(OnceForm, HighlightFields):
    """A new highlight."""


class HighlightForm(HighlightFields, VersionedForm):
    """A highlight as it stands; its picture can be replaced or taken out."""

    remove_picture = forms.BooleanField(
        label=_("Take the photograph out, with its credit and alternative text"), required=False
    )

    class Meta(HighlightFields.Meta):
        pass

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.photograph_id:
            del self.fields["remove_picture"]
