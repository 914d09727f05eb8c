"""The report of a year: opening it, and its own words."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg import deadlines
from isecg.forms import DateInput, DeadlineField, OnceForm, VersionedForm
from recommendations.forms.steps import AgenciesField
from reports.forms.fields import PictureField, lines
from reports.models import AnnualReport, Language, Paper, Section
from reports.queries.reports import members_within

WEEKS_TO_WRITE, WEEKS_TO_CONFIRM = dt.timedelta(weeks=6), dt.timedelta(weeks=14)


class ReportFields(forms.ModelForm):
    """What a report is like: languages, papers, arrangement, the picture on its cover."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Of the report's own words; what people wrote stays as they wrote it."),
    )
    papers = forms.MultipleChoiceField(
        label=_("Paper sizes"), choices=Paper.choices, widget=forms.CheckboxSelectMultiple
    )
    picture = PictureField(
        label=_("Picture of the year"),
        help_text=_("On the cover. JPEG, PNG or WebP, at least 600 pixels wide, at most 15 MB."),
    )

    class Meta:
        model = AnnualReport
        fields = ["period_start", "arrangement", "languages", "papers", "cover_credit", "cover_alt"]
        widgets = {"period_start": DateInput(), "cover_alt": lines(2), "arrangement": forms.RadioSelect}
        help_texts = {
            "period_start": _("The first of the twelve months the report tells of."),
            "cover_alt": _("What the picture shows, for people who do not see it."),
        }

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        kept = self.instance.cover_picture_id and not fields.get("remove_picture")
        if fields.get("picture") or kept:
            if not fields.get("cover_credit") and "cover_credit" not in self.errors:
                self.add_error("cover_credit", _("Say whose picture it is."))
            if not fields.get("cover_alt") and "cover_alt" not in self.errors:
                self.add_error("cover_alt", _("Say what the picture shows, for people who do not see it."))
        return fields


class SectionsField(forms.ModelMultipleChoiceField):
    """Sections of last year's report."""

    widget = forms.CheckboxSelectMultiple


class OpenReportForm(OnceForm, ReportFields):
    """The report of another year: as last year's, until somebody says otherwise."""

    due_at = DeadlineField(label=_("Deadline for highlights"))
    confirm_by = DeadlineField(label=_("Deadline for confirming"))
    agencies = AgenciesField(
        label=_("Agencies asked for their part"),
        help_text=_("At first everybody who was a member in the period."),
    )
    sections = SectionsField(
        label=_("Sections, as in the report before"),
        queryset=Section.objects.none(),
        required=False,
        help_text=_("With their owners and without their texts. More can be added later."),
    )
    field_order = [
        *("year", "period_start", "due_at", "confirm_by", "agencies", "sections"),
        *("arrangement", "languages", "papers", "picture", "cover_alt", "cover_credit"),
    ]

    class Meta(ReportFields.Meta):
        fields = ["year", *ReportFields.Meta.fields]

    def __init__(self, *args: Any, now: dt.datetime, year: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        before = AnnualReport.objects.filter(year__lt=year or 9999).first()
        self._propose(before, year or (before.year + 1 if before else now.year))

    def _propose(self, before: AnnualReport | None, year: int) -> None:
        """The period a whole number of years after the report before, or else the year itself."""
        start = dt.date(year, 1, 1)
        if before:
            start = before.period_start.replace(year=before.period_start.year + year - before.year)
        end = start.replace(year=start.year + 1)
        chosen: Any = self.fields["agencies"]
        chosen.queryset = Agency.objects.named(end - dt.timedelta(days=1))
        self.initial.update(
            {
                "year": year,
                "period_start": start,
                "agencies": [agency.pk for agency in members_within(start, end)],
                "due_at": self._day(end, WEEKS_TO_WRITE),
                "confirm_by": self._day(end, WEEKS_TO_CONFIRM),
            }
        )
        self._like(before)

    def _day(self, end: dt.date, span: dt.timedelta) -> dt.datetime:
        """A working day so long after the period, or after today where the period is over."""
        day = max(end, self.now.date()) + span
        while day.weekday() in deadlines.WEEKEND:
            day += dt.timedelta(days=1)
        return deadlines.end_of(day)

    def _like(self, before: AnnualReport | None) -> None:
        """As the report before, or as reports are; and its sections to choose from."""
        model = before or AnnualReport()
        self.initial.update({name: getattr(model, name) for name in ("languages", "papers", "arrangement")})
        sections: Any = self.fields["sections"]
        sections.queryset = before.sections.all() if before else Section.objects.none()
        self.initial["sections"] = [section.pk for section in sections.queryset]
        if not self.initial["sections"]:
            del self.fields["sections"]

    def clean(self) -> dict[str, Any]:
        fields = super().clean()
        due, confirm = fields.get("due_at"), fields.get("confirm_by")
        if due and due <= self.now:
            self.add_error("due_at", _("This instant has passed."))
        elif due and confirm and confirm <= due:
            self.add_error("confirm_by", _("Agencies confirm after they have written."))
        start, year = fields.get("period_start"), fields.get("year")
        if start and year and not year - 1 <= start.year <= year:
            self.add_error("period_start", _("The period begins in this year or in the one before."))
        return fields


class ReportForm(ReportFields, VersionedForm):
    """The report's own words, what it is like, and its deadlines."""

    markdown: ClassVar[list[str]] = ["foreword"]
    remove_picture = forms.BooleanField(
        label=_("Take the picture out, with its credit and alternative text"), required=False
    )
    due_at = DeadlineField(label=_("Deadline for highlights"), required=False)
    confirm_by = DeadlineField(label=_("Deadline for confirming"), required=False)
    field_order = [
        *("foreword", "foreword_by", "cover_note", "picture", "remove_picture", "cover_alt", "cover_credit"),
        *("arrangement", "languages", "papers", "due_at", "confirm_by", "period_start"),
    ]

    class Meta(ReportFields.Meta):
        fields = ["foreword", "foreword_by", "cover_note", "due_at", "confirm_by", *ReportFields.Meta.fields]
        widgets = {**ReportFields.Meta.widgets, "foreword": lines(18), "cover_note": lines(2)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.cover_picture_id:
            del self.fields["remove_picture"]

    def clean_languages(self) -> list[str]:
        return self._in_order("languages")

    def clean_papers(self) -> list[str]:
        return self._in_order("papers")

    def _in_order(self, name: str) -> list[str]:
        """As the record has them: the first stays the main one while it is chosen."""
        kept = [each for each in getattr(self.instance, name) if each in self.cleaned_data[name]]
        return [*kept, *(each for each in self.cleaned_data[name] if each not in kept)]
