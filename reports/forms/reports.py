"""The report of a year: its words, and the questions before a step that others notice."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from isecg.forms import DateInput, OnceForm, VersionedForm
from reports.forms.fields import lines
from reports.models import AnnualReport
from reports.models.limits import SHORT


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
