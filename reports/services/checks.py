"""What several steps ask of the edition they are about."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from isecg.access import WrongMoment
from reports import gate, workflow
from reports.models import AnnualReport, Edition


def belongs(edition: Edition, report: AnnualReport) -> None:
    if edition.report_id != report.pk:
        raise ValidationError(_("This edition is of another report."))


def pass_gate(step: workflow.Step, edition: Edition) -> None:
    """The gate's no, with every sentence of it."""
    decision = gate.decision(step.report, edition)
    if not decision:
        raise WrongMoment(decision.reason, workflow.way_out(step.report, step.by))
