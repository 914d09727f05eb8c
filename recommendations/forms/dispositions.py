"""Forms about what becomes of comments."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from recommendations.models import Comment, CommentKind, Consultation, Disposition, Verdict
from recommendations.models.limits import COMMENT, SHORT
from recommendations.queries.rows import Filters, TableRow

MOST = 500  # comments decided at once


class Seen(forms.Field):
    """{comment's pk: version of its verdict} of the comments that were shown, as "12:3"."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> dict[int, int]:
        pairs = [re.fullmatch(r"([0-9]{1,15}):([0-9]{1,6})", str(each)) for each in value or []]
        if len(pairs) > MOST or not all(pairs):
            raise ValidationError(gettext("Choose the comments again."))
        return {int(pair.group(1)): int(pair.group(2)) for pair in pairs if pair}


class DisposeForm(forms.Form):
    """One verdict for one or several comments. `instance` is the verdict of the first as it stands."""

    seen = Seen()
    verdict = forms.ChoiceField(
        label=_("Verdict"),
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a verdict.")},
    )
    text = forms.CharField(
        label=_("Text that was agreed"),
        required=False,
        max_length=COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For “accepted with change”: the words that come in place of those the comment changes."),
    )
    target = forms.CharField(
        label=_("Deferred to"),
        required=False,
        max_length=200,
        help_text=_("For “deferred”: to when or to what."),
    )
    duplicate_of = forms.CharField(
        label=_("Duplicate of comment"),
        required=False,
        max_length=40,
        help_text=_("For “duplicate”: agency and number of the other comment, such as DLR 4."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The agency reads it. “Not accepted” needs one."),
    )

    def __init__(self, *args: Any, instance: Disposition | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if instance is not None:
            self.initial = {**_decided(instance), **self.initial}

    def decision(self, consultation: Consultation) -> dict[str, Any]:
        """The fields for the service. Raises ValidationError for a number that no comment has."""
        named = self.cleaned_data["duplicate_of"]
        said = {name: self.cleaned_data[name] for name in ("verdict", "text", "target", "reason")}
        return {**said, "duplicate_of": _numbered(named, consultation) if named else None}


def _decided(disposition: Disposition) -> dict[str, Any]:
    names = ("verdict", "text", "target", "reason")
    other = disposition.duplicate_of
    return {name: getattr(disposition, name) for name in names} | {
        "duplicate_of": str(other) if other else ""
    }


def _numbered(named: str, consultation: Consultation) -> Comment:
    """The comment that people call "DLR 4"; 4 alone is enough where one agency has got that far."""
    found = re.search(r"([0-9]{1,4})\s*$", named)
    rows = Comment.objects.submitted().filter(consultation=consultation).select_related("agency")
    numbered = list(rows.filter(number=int(found.group(1)))) if found else []
    called = [each for each in numbered if str(each).casefold() == " ".join(named.split()).casefold()]
    if len(meant := called or (numbered if named.strip().isdigit() else [])) == 1:
        return meant[0]
    words = gettext("No comment of this consultation is called %(named)s; write for example DLR 4.")
    raise ValidationError({"duplicate_of": words % {"named": named}})


class FilterForm(forms.Form):
    """What to show of the table; made from the rows that the reader sees."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all kinds")), *CommentKind.choices]
    )
    verdict = forms.ChoiceField(
        label=_("Verdict"), required=False, choices=[("", _("all verdicts")), *Verdict.choices]
    )
    round = forms.TypedChoiceField(label=_("Consultation"), required=False, coerce=int)
    undecided = forms.BooleanField(label=_("undecided"), required=False)
    lost = forms.BooleanField(label=_("place lost"), required=False)
    late = forms.BooleanField(label=_("late"), required=False)
    dissatisfied = forms.BooleanField(label=_("not satisfied"), required=False)

    def __init__(self, data: Any, *, rows: list[TableRow]) -> None:
        super().__init__(data)
        fields: Any = self.fields
        agencies = sorted({row.agency for row in rows})
        fields["agency"].choices = [("", _("all agencies")), *((each, each) for each in agencies)]
        rounds = sorted({row.round for row in rows})
        fields["round"].choices = [("", _("all consultations")), *((str(each), each) for each in rounds)]
        if len(rounds) < 2:
            del self.fields["round"]

    @property
    def choices(self) -> list[forms.BoundField]:
        """Those that are typed or chosen."""
        return [self[name] for name in ("q", "agency", "kind", "verdict", "round") if name in self.fields]

    @property
    def boxes(self) -> list[forms.BoundField]:
        """Those that are ticked."""
        return [self[name] for name in ("undecided", "lost", "late", "dissatisfied")]

    def filters(self) -> Filters:
        """What was chosen; a choice that does not exist is none."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        return Filters(words=chosen.pop("q", ""), **chosen)


class AnswerForm(forms.Form):
    """The agency's answer to a verdict."""

    satisfied = forms.TypedChoiceField(
        label=_("Is your agency satisfied?"),
        choices=[("yes", _("satisfied")), ("no", _("not satisfied, because"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    because = forms.CharField(
        label=_("Because"),
        required=False,
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The secretariat and the chair read it."),
    )


class RedactForm(forms.Form):
    """Why a comment's words are hidden."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands where the words were, for everybody who may see the comment."),
    )


class VersionForm(forms.Form):
    """The version of what was shown, and nothing to type."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ExplainForm(forms.Form):
    """An explanation of one finding of the promise check, named by `name`."""

    name = forms.RegexField(r"^(p[0-9]{1,9}|[0-9]{1,15})$", widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Explanation"),
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why.")},
    )
