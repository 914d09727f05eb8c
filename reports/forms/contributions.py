"""An agency's part of a report: handing in, taking back, the agency's word, more time, reminders."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.forms import DeadlineField, OnceForm, VersionedForm
from recommendations.forms.steps import AgencyField
from reports.forms.fields import lines
from reports.models import Contribution
from reports.models.limits import SHORT
from reports.standing import Stand


def _words(label: Any, help_text: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, widget=lines(3), max_length=SHORT
    )


class SeenForm(OnceForm):
    """Something said of a text: the form carries the checksum of the one that was read."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class SubmitContributionForm(SeenForm):
    words = _words(_("Words to the secretariat"), _("They do not stand in the report."))


class TakeBackContributionForm(OnceForm):
    why = _words(_("Reason"), _("The secretariat is told."))


class ConfirmContributionForm(SeenForm):
    """The agency's word on its text as it stands."""

    AGREE, CHANGE = "agree", "change"

    answer = forms.ChoiceField(
        label=_("Your agency's word"),
        widget=forms.RadioSelect,
        choices=[
            (AGREE, _("We agree to this text, exactly as it stands.")),
            (CHANGE, _("We ask for a change.")),
        ],
    )
    words = _words(_("What is to be changed"), _("Needed if you ask for a change; the secretariat is told."))

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        if fields.get("answer") == self.CHANGE and not fields.get("words") and "words" not in self.errors:
            self.add_error("words", _("Say what is to be changed."))
        return fields


class ExtendContributionForm(VersionedForm):
    """More time for one agency."""

    due_at = DeadlineField(label=_("New deadline of this agency"))
    reason = _words(_("Reason"), _("Everybody who writes for the agency reads it."), required=True)

    class Meta:
        model = Contribution
        fields = ["due_at"]


class AskAgencyForm(OnceForm):
    """One more agency that is asked."""

    agency = AgencyField(label=_("Agency"))
    due_at = DeadlineField(
        label=_("Deadline of its own"),
        required=False,
        help_text=_("Empty: the report's deadline counts, as for the others."),
    )
    reason = _words(_("Reason"), _("Everybody who writes for the agency reads it."), required=True)

    def __init__(self, *args: Any, agencies: models.QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class LeaveOutForm(forms.Form):
    """Why an agency is asked no longer."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = _words(
        _("Reason"), _("Everybody who writes for the agency reads it, if it was asked."), required=True
    )


class RemindForm(OnceForm):
    """Who is reminded of what is due, and with which words."""

    agencies = forms.TypedMultipleChoiceField(
        label=_("Agencies"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    words = _words(_("Words of your own"), _("They stand in the mail, above what is due."))

    def __init__(self, *args: Any, waiting: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agencies"].choices = waiting  # type: ignore[attr-defined]


class BoardForm(forms.Form):
    """Which agencies of the collection are listed."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *Stand.choices])
    late = forms.BooleanField(label=_("Only those that are late"), required=False)
