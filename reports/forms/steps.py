"""Forms of the steps that others notice. Each knows the report, who looks, and when."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import standing
from isecg.forms import DeadlineField, TrialForm
from recommendations.forms.steps import ahead, free_words
from reports.models import AnnualReport

WEEKS_TO_CONFIRM, WEEKS_MORE = dt.timedelta(weeks=3), dt.timedelta(weeks=2)


class StepForm(TrialForm):
    """A step without a question of its own."""

    def __init__(self, *args: Any, report: AnnualReport, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report, self.by = report, by
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the report."""


class CollectAgainForm(StepForm):
    """Until when, and why."""

    due_at = DeadlineField(label=_("New deadline for highlights"))
    reason = free_words(_("Reason"), _("Everybody who is told of it reads it."), required=True)

    def prepare(self) -> None:
        self.initial["due_at"] = ahead(self.now, WEEKS_MORE)

    def clean_due_at(self) -> dt.datetime | None:
        return self.ahead("due_at")


class AskToConfirmForm(StepForm):
    """Until when."""

    confirm_by = DeadlineField(label=_("Deadline for confirming"))

    def prepare(self) -> None:
        planned = self.report.confirm_by
        self.initial["confirm_by"] = (
            planned if planned and planned > self.now else ahead(self.now, WEEKS_TO_CONFIRM)
        )

    def clean_confirm_by(self) -> dt.datetime | None:
        return self.ahead("confirm_by")


class EditAgainForm(StepForm):
    """Why."""

    reason = free_words(_("Reason"), _("Everybody who is told of it reads it."), required=True)


class ApproveForm(StepForm):
    """Words of the chair; of an administrator in the chair's place, why the approval is given."""

    words = free_words(_("Words of the chair"), _("They go to the secretariat with the approval."))

    def prepare(self) -> None:
        if not standing(self.by).chairs:
            self.fields["words"].required = True
            self.fields["words"].label = _("On what the approval rests")
            self.fields["words"].help_text = _("Nobody is known to chair today. It stays with the approval.")


class CorrectForm(StepForm):
    """What changed since the edition before."""

    note = free_words(
        _("What changed"), _("Public: it stands beside the edition, and in the mail."), required=True
    )


class WithdrawForm(StepForm):
    """Why the report is taken back."""

    reason = free_words(
        _("Reason"), _("Public: it stands where the report was, and in the mail."), required=True
    )
