"""Forms of reports: what people write, and the questions before a step that others notice."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isecg.forms import DateInput, OnceForm, VersionedForm, keys_instead_of_rows
from members.queries import agencies_to_choose
from reports.models import AnnualReport, Document, Goal, Highlight, ProgressEntry, WorkItem
from reports.models.limits import SHORT

PICTURES = "image/jpeg,image/png,image/webp"
IN_USE = [MinValueValidator(dt.date(2007, 1, 1)), MaxValueValidator(dt.date(2199, 12, 31))]


def lines(rows: int) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


class AsOfForm(forms.Form):
    """Which day a page is read as of."""

    on = forms.DateField(label=_("As of"), required=False, widget=DateInput(), validators=IN_USE)


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


class WorkItemFields(forms.ModelForm):
    """An item of the work plan."""

    markdown: ClassVar[list[str]] = ["description"]

    class Meta:
        model = WorkItem
        fields = ["title", "description", "lead", "contributors", "working_group", "start", "due", "source"]
        widgets = {
            "description": lines(6),
            "contributors": forms.CheckboxSelectMultiple,
            "start": DateInput(),
            "due": DateInput(),
            "source": lines(2),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = agencies_to_choose(timezone.now().date())
        self.fields["lead"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["contributors"].queryset = agencies  # type: ignore[attr-defined]
        keys_instead_of_rows(self, "contributors")


class AddWorkItemForm(OnceForm, WorkItemFields):
    """A new item; its code is part of its address and stays."""

    class Meta(WorkItemFields.Meta):
        fields = ["code", *WorkItemFields.Meta.fields]


class WorkItemForm(WorkItemFields, VersionedForm):
    """An item as it stands."""

    class Meta(WorkItemFields.Meta):
        pass


class ProgressFields(forms.ModelForm):
    """How far an item was on a day."""

    markdown: ClassVar[list[str]] = ["text"]

    class Meta:
        model = ProgressEntry
        fields = ["day", "percent", "text", "source"]
        widgets = {"day": DateInput(), "text": lines(8), "source": lines(2)}


class AddProgressForm(OnceForm, ProgressFields):
    """A new entry."""


class ProgressForm(ProgressFields, VersionedForm):
    """An entry as it stands."""

    class Meta(ProgressFields.Meta):
        pass


class GoalFields(forms.ModelForm):
    """What the group wants to reach."""

    markdown: ClassVar[list[str]] = ["text"]

    class Meta:
        model = Goal
        fields = ["number", "text", "items", "source"]
        widgets = {"text": lines(6), "items": forms.CheckboxSelectMultiple, "source": lines(2)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys_instead_of_rows(self, "items")


class AddGoalForm(OnceForm, GoalFields):
    """A new goal of a year."""

    class Meta(GoalFields.Meta):
        fields = ["year", *GoalFields.Meta.fields]


class GoalForm(GoalFields, VersionedForm):
    """A goal as it stands."""

    class Meta(GoalFields.Meta):
        pass


class OpenReportForm(OnceForm, forms.ModelForm):
    """The report of another year."""

    class Meta:
        model = AnnualReport
        fields = ["year", "period_start"]
        widgets = {"period_start": DateInput()}
        help_texts = {"period_start": _("The first of the twelve months the report tells of.")}


class ReportForm(VersionedForm):
    """The report's own words and its period."""

    markdown: ClassVar[list[str]] = ["foreword"]

    class Meta:
        model = AnnualReport
        fields = ["foreword", "foreword_by", "cover_note", "period_start"]
        widgets = {"foreword": lines(18), "cover_note": lines(2), "period_start": DateInput()}


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


class PublishForm(OnceForm):
    """What changed since the edition before; the first needs no words."""

    note = forms.CharField(
        label=_("What changed"),
        widget=lines(3),
        max_length=SHORT,
        help_text=_("Public: it stands beside the edition, and in the mail."),
    )

    def __init__(self, *args: Any, correction: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = correction


class WithdrawForm(OnceForm):
    """Why the report is taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=lines(3),
        max_length=SHORT,
        help_text=_("Public: it stands where the report was, and in the mail."),
    )


class RemoveForm(forms.Form):
    """Why a record is taken out."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(label=_("Reason"), max_length=1000, help_text=_("Kept in the log."))
