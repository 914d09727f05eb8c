"""Forms of the steps that others notice. Each knows the recommendation, who looks, and when."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg import deadlines
from isecg.access import standing
from isecg.forms import DeadlineField, TrialForm
from recommendations.models import Recommendation, SilenceProcedure, Stand, State
from recommendations.models.limits import SHORT
from recommendations.queries.steps import consultation_of, silence_of

WEEKS_TO_COMMENT, WEEKS_OF_SILENCE = dt.timedelta(weeks=4), dt.timedelta(weeks=2)


class AgenciesField(forms.ModelMultipleChoiceField):
    """Several agencies by acronym and name."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        words = _("Choose at least one agency: nobody would be asked.")
        super().__init__(queryset=Agency.objects.none(), error_messages={"required": words}, **kwargs)

    def label_from_instance(self, agency: Any) -> str:
        return f"{agency.acronym} – {agency.name_en or agency.name}"


class AgencyField(forms.ModelChoiceField):
    """One agency by acronym and name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Agency.objects.none(), **{"empty_label": None, **kwargs})

    def label_from_instance(self, agency: Any) -> str:
        return f"{agency.acronym} – {agency.name_en or agency.name}"


def free_words(label: Any, help_text: Any = "", *, required: bool = False, rows: int = 4) -> forms.CharField:
    """Free words of a step."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class StepForm(TrialForm):
    """A step without a question of its own."""

    def __init__(self, *args: Any, recommendation: Recommendation, by: Any, now: dt.datetime, **kwargs: Any):
        super().__init__(*args, now=now, **kwargs)
        self.recommendation, self.by = recommendation, by
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the recommendation."""


class ReasonForm(StepForm):
    """A step with a reason."""

    reason = free_words(_("Reason"), _("Everybody who is told of it reads it."), required=True)


class CirculateForm(StepForm):
    """Who is asked, until when."""

    closes_at = DeadlineField(label=_("Deadline"))
    inner_at = DeadlineField(
        label=_("Inner deadline of the agencies"),
        required=False,
        help_text=_("For the delegations' own gathering. Empty: two working days before the deadline."),
    )
    agencies = AgenciesField(label=_("Agencies asked"), help_text=_("At first all members of today."))
    observers = forms.BooleanField(label=_("Observers of these agencies may read it too"), required=False)
    words = free_words(_("Cover note"), _("Stands in the mail and on the page of the consultation."))

    def prepare(self) -> None:
        offer_members(self, "agencies")
        self.initial["closes_at"] = ahead(self.now, WEEKS_TO_COMMENT)

    def clean_closes_at(self) -> dt.datetime | None:
        return self.ahead("closes_at")

    def clean_inner_at(self) -> dt.datetime | None:
        return inner_first(self)

    def complete(self, values: dict[str, Any]) -> dict[str, Any]:
        inner = values["inner_at"] or deadlines.inner(values["closes_at"])
        inner = inner if inner > self.now else values["closes_at"]
        return super().complete({**values, "inner_at": inner})


class ExtendForm(ReasonForm):
    """Until when, and why."""

    closes_at = DeadlineField(label=_("New deadline"))
    inner_at = DeadlineField(
        label=_("New inner deadline of the agencies"),
        required=False,
        help_text=_("Empty: it moves as far as the deadline."),
    )
    field_order = ["closes_at", "inner_at", "reason"]

    def prepare(self) -> None:
        consultation = consultation_of(self.recommendation)
        if consultation:
            later = deadlines.last_day(consultation.closes_at) + dt.timedelta(weeks=1)
            self.initial["closes_at"] = deadlines.end_of(later)

    def clean_closes_at(self) -> dt.datetime | None:
        return self.ahead("closes_at")

    def clean_inner_at(self) -> dt.datetime | None:
        return inner_first(self)


class AcceptLateForm(ReasonForm):
    """Whose late comments, until when, and why."""

    agency = AgencyField(label=_("Agency"), empty_label=_("Choose an agency"))
    until = DeadlineField(label=_("Until"))
    field_order = ["agency", "until", "reason"]

    def prepare(self) -> None:
        consultation = consultation_of(self.recommendation)
        rows = Agency.objects.named(self.now.date())
        offer(self, "agency", rows.filter(consultations=consultation) if consultation else rows.none())
        self.initial["until"] = ahead(self.now, dt.timedelta(weeks=1))

    def clean_until(self) -> dt.datetime | None:
        return self.ahead("until")


class StartSilenceForm(StepForm):
    """Who may object, until when."""

    expires_at = DeadlineField(label=_("Expires"))
    agencies = AgenciesField(
        label=_("Agencies that may object"), help_text=_("At first all members of today.")
    )
    words = free_words(_("Cover note"), _("Stands in the mail and on the page of the silence procedure."))

    def prepare(self) -> None:
        offer_members(self, "agencies")
        self.initial["expires_at"] = ahead(self.now, WEEKS_OF_SILENCE)

    def clean_expires_at(self) -> dt.datetime | None:
        return self.ahead("expires_at")


class ForAgencyForm(StepForm):
    """For which agency: those that are asked and that this person speaks for."""

    agency = AgencyField(label=_("For"))
    only: Agency | None = None  # the one agency it can be for

    def prepare(self) -> None:
        silence = silence_of(self.recommendation)
        asked = Agency.objects.named(self.now.date()).filter(
            pk__in=standing(self.by).speaks_for, silence_procedures=silence
        )
        rows = self.those(asked, silence) if silence else asked.none()
        offer(self, "agency", rows)
        if len(rows) == 1:  # nobody is asked for whom they speak when there is but one answer
            self.only = self.initial["agency"] = rows[0]
            self.fields["agency"].widget = forms.HiddenInput()

    def those(self, asked: Any, silence: SilenceProcedure) -> Any:
        """The agencies for which the step can be taken."""
        return asked


class ObjectForm(ForAgencyForm):
    """Why."""

    reason = free_words(
        _("Reason"),
        _("Every agency asked, the chair and the secretariat are told it at once."),
        required=True,
    )

    def those(self, asked: Any, silence: SilenceProcedure) -> Any:
        return asked.exclude(pk__in=objecting(silence))


class WithdrawObjectionForm(ForAgencyForm):
    """Whose objection, and why it is no longer made."""

    reason = free_words(
        _("Reason"),
        _("Every agency asked, the chair and the secretariat are told it at once."),
        required=True,
    )

    def those(self, asked: Any, silence: SilenceProcedure) -> Any:
        return asked.filter(pk__in=objecting(silence))


class StatePositionForm(ForAgencyForm):
    """What an agency says for the record."""

    stand = forms.ChoiceField(label=_("Position"), choices=Stand.choices, widget=forms.RadioSelect)
    statement = free_words(
        _("Statement for the record"), _("In your agency's words. It stays with the text for ever.")
    )
    resolves = free_words(_("What would resolve the concern"), _("Needed with a concern."), rows=3)

    def clean(self) -> None:
        super().clean()
        stand, resolves = self.cleaned_data.get("stand"), self.cleaned_data.get("resolves")
        if stand == Stand.CONCERN and "resolves" in self.cleaned_data and not resolves:
            self.add_error("resolves", _("A concern says what would resolve it."))


class ApproveForm(StepForm):
    """Words of the chair, and who issues it."""

    issue_now = forms.TypedChoiceField(
        label=_("Then"),
        choices=[("yes", _("issue it now")), ("no", _("leave the issuing to the secretariat"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    words = free_words(_("Words of the chair"), _("They go to the secretariat with the approval."))

    def complete(self, values: dict[str, Any]) -> dict[str, Any]:
        return super().complete({**values, "issue_now": values["issue_now"] in (True, "yes")})


class SupersedeForm(ReasonForm):
    """By which, and why."""

    successor = forms.ModelChoiceField(
        label=_("Superseded by"),
        queryset=Recommendation.objects.none(),
        empty_label=_("Choose a recommendation"),
    )
    reason = free_words(_("Reason"), _("It stands at the top of its page, for everybody."), required=True)
    field_order = ["successor", "reason"]

    def prepare(self) -> None:
        others = Recommendation.objects.public(self.now).filter(state=State.ISSUED)
        offer(self, "successor", others.exclude(pk=self.recommendation.pk))


class PublicReasonForm(ReasonForm):
    """A reason that stands on the page for ever."""

    reason = free_words(_("Reason"), _("It stands at the top of its page, for everybody."), required=True)


class AbandonForm(ReasonForm):
    reason = free_words(_("Reason"), _("It stands on its page, and goes to who was asked."), required=True)


def objecting(silence: SilenceProcedure) -> Any:
    """The agencies whose objection stands."""
    return silence.objections.filter(withdrawn_at__isnull=True).values("agency")


def offer(form: forms.BaseForm, name: str, rows: Any) -> None:
    """Fill in what can be chosen."""
    field: Any = form.fields[name]
    field.queryset = rows


def offer_members(form: StepForm, name: str) -> None:
    """Today's members, all of them chosen."""
    today = form.now.date()
    field: Any = form.fields[name]
    field.queryset = Agency.objects.members_on(today).named(today)
    form.initial[name] = list(field.queryset)


def ahead(now: dt.datetime, span: dt.timedelta) -> dt.datetime:
    """The end of the first working day at least `span` away."""
    day = now.date() + span
    while day.weekday() in deadlines.WEEKEND:
        day += dt.timedelta(days=1)
    return deadlines.end_of(day)


def inner_first(form: StepForm) -> dt.datetime | None:
    """The inner deadline lies ahead, and not after the deadline."""
    inner, outer = form.ahead("inner_at"), form.cleaned_data.get("closes_at")
    if inner and outer and inner > outer:
        raise ValidationError(_("The inner deadline cannot lie after the deadline."))
    return inner
