"""Forms of comments: writing a note, choosing what is submitted, placing a lost comment."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.forms import OnceForm, VersionedForm
from recommendations.anchors import plain
from recommendations.models import Comment, Consultation, Paragraph
from recommendations.models.limits import SHORT

GONE = WHOLE = "-"  # no key looks like it
CHOSEN = re.compile(r"([0-9]{1,15}):([0-9]{1,9})")


def lines(rows: int) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


def places(paragraphs: Iterable[Paragraph]) -> list[tuple[str, str]]:
    """Paragraphs to choose from: number, or what it is, and the first words."""
    return [(each.key, f"{_called(each)}: {Truncator(plain(each.text)).chars(70)}") for each in paragraphs]


def _called(paragraph: Paragraph) -> str:
    return paragraph.number or capfirst(str(paragraph.get_role_display()))


class CommentFields(forms.ModelForm):
    """What an agency says of a paragraph, of words in it, or of the whole text."""

    key = forms.ChoiceField(label=_("About"))
    field_order = ["key", "quote", "kind", "text", "from_text", "to_text", "reason", "prefix", "suffix"]

    class Meta:
        model = Comment
        fields = ["key", "quote", "kind", "text", "from_text", "to_text", "reason", "prefix", "suffix"]
        widgets = {
            "quote": lines(2),
            "kind": forms.RadioSelect,
            "text": lines(5),
            "from_text": lines(3),
            "to_text": lines(3),
            "reason": lines(3),
            "prefix": forms.HiddenInput,
            "suffix": forms.HiddenInput,
        }
        help_texts = {
            "quote": _("Copied from the paragraph, exactly. Empty: the comment is on the whole paragraph."),
            "from_text": _("The words that should change, if you propose another wording."),
            "to_text": _("The wording you propose."),
        }

    def __init__(self, *args: Any, consultation: Consultation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = consultation or self.instance.consultation
        self.paragraphs = list(Paragraph.objects.filter(revision=asked.revision_id))
        key: Any = self.fields["key"]
        key.choices = [(WHOLE, _("The whole text")), *places(self.paragraphs)]
        self.initial["key"] = self.initial.get("key") or WHOLE

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"])
        return "" if key == WHOLE else key

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        if not fields.get("key"):
            fields |= {"quote": "", "prefix": "", "suffix": ""}
        if not any(fields.get(name, "").strip() for name in ("text", "from_text", "to_text")):
            self.add_error("text", _("Write a comment or propose another wording."))
        return fields

    def validate_constraints(self) -> None:
        """The same rules, said above at their fields."""


class AddCommentForm(OnceForm, CommentFields):
    """A new working note; who writes for several agencies says for which."""

    agency: Any = forms.ModelChoiceField(label=_("For"), queryset=None)
    field_order = ["agency", *CommentFields.field_order]

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        agency.queryset = Agency.objects.filter(pk__in=[each.pk for each in agencies])
        if len(agencies) == 1:
            agency.widget = forms.HiddenInput()
            self.initial["agency"] = agencies[0].pk


class CommentForm(CommentFields, VersionedForm):
    """A working note as it stands."""

    class Meta(CommentFields.Meta):
        pass


class RemoveForm(forms.Form):
    """Asks whether; remembers what was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class ChosenNotes(forms.Field):
    """Notes that were ticked, each with the version that was read: ["17:2", …] becomes {17: 2}."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> dict[int, int]:
        read = [CHOSEN.fullmatch(each) for each in value or []]
        if not all(read):
            raise ValidationError(_("This choice cannot be understood; tick the notes again."))
        return {int(each[1]): int(each[2]) for each in read if each}


class SubmitForm(forms.Form):
    """Which working notes become the agency's comments; `sure` once what stays behind was shown."""

    agency = forms.SlugField(widget=forms.HiddenInput)
    note = ChosenNotes(
        label=_("Notes"), error_messages={"required": _("Choose at least one note to submit.")}
    )
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    """Why a comment is taken back."""

    why = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=SHORT,
        widget=lines(3),
        help_text=_("The secretariat reads it."),
    )


class PlaceForm(forms.Form):
    """Where a lost comment belongs."""

    key = forms.ChoiceField(label=_("Where it belongs"))
    reason = forms.CharField(
        label=_("Why"), max_length=SHORT, widget=lines(3), help_text=_("The agency reads it.")
    )

    def __init__(self, *args: Any, paragraphs: Iterable[Paragraph], likely: Iterable[Paragraph], **kw: Any):
        super().__init__(*args, **kw)
        best, named = places(likely), places(paragraphs)
        rest = [each for each in named if each not in best]
        gone = [(GONE, _("Its place is gone: nothing in the text corresponds to it any more"))]
        groups = [(_("Most like what it was said of"), best)] if best else []
        key: Any = self.fields["key"]
        key.choices = [
            ("", _("Choose a paragraph")),
            *groups,
            (_("Other paragraphs"), rest),
            (_("None"), gone),
        ]

    def values(self) -> dict[str, Any]:
        """The fields for the service: no key when the place is gone."""
        key = self.cleaned_data["key"]
        return {"key": "" if key == GONE else key, "reason": self.cleaned_data["reason"]}
