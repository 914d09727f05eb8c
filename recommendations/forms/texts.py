"""Forms of a recommendation's text: drafted, edited, written, revised, and two revisions compared."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isecg.forms import OnceForm, VersionedForm, keys_instead_of_rows
from members.queries import agencies_to_choose
from recommendations.forms.steps import AgenciesField
from recommendations.models import Recommendation, Revision
from recommendations.models.limits import SHORT


class Fields(forms.ModelForm):
    """What a recommendation is called, what it is about, whom it addresses, where it comes from."""

    addressees = AgenciesField(
        label=_("Addressees"),
        required=False,
        help_text=_("Only if it is not addressed to all."),
    )

    class Meta:
        model = Recommendation
        fields: ClassVar[list[str]] = ["title", "kind", "summary", "background", "for_all", "addressees"]
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "background": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["addressees"].queryset = agencies_to_choose(timezone.now().date())  # type: ignore[attr-defined]
        keys_instead_of_rows(self, "addressees")


class DraftForm(OnceForm, Fields):
    """A new recommendation; its number comes with it."""


class EditForm(Fields, VersionedForm):
    """A recommendation as it stands; its text has a page of its own."""

    class Meta(Fields.Meta):
        pass


class WriteForm(VersionedForm):
    """The working text."""

    class Meta:
        model = Recommendation
        fields: ClassVar[list[str]] = ["text"]
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "text": forms.Textarea(attrs={"rows": 30, "class": "writing__text", "spellcheck": "true"})
        }
        help_texts: ClassVar[dict[str, Any]] = {"text": ""}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        # The service says how long, in one sentence; a browser would cut what is pasted without a word.
        self.fields["text"].widget.attrs.pop("maxlength", None)
        if not self.instance.text:
            self.initial["text"] = f"# {self.instance.title}\n\n"


class ReviseForm(forms.Form):
    """The note of a revision; carries the version of the text that was looked at."""

    note = forms.CharField(
        label=_("What changed, and why"),
        required=False,
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who may read this revision reads this note, too."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, max_value=2**31 - 1)


class PairForm(forms.Form):
    """Which two revisions are compared."""

    old = forms.TypedChoiceField(label=_("From revision"), coerce=int)
    new = forms.TypedChoiceField(label=_("to revision"), coerce=int)

    def __init__(self, *args: Any, revisions: list[Revision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("old", "new"):
            field = self.fields[name]
            field.choices = [(each.number, each.number) for each in revisions]  # type: ignore[attr-defined]
            field.error_messages["invalid_choice"] = _("Choose one of the revisions in the list.")
