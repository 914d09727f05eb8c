"""The steps of a report: each first shows what it would do, then asks."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.access import Decision, Sentence, WrongMoment, standing
from isecg.forms import TrialForm
from isecg.steps import DryRun, HeldPage, RecallPage, RehearsedPage, SendNowPage
from recommendations.queries import told
from recommendations.views.steps.base import Instant
from reports import gate, queries, snapshot, workflow
from reports import standing as parts
from reports.differences import differences
from reports.forms.steps import (
    ApproveForm,
    AskToConfirmForm,
    CollectAgainForm,
    CorrectForm,
    EditAgainForm,
    StepForm,
    WithdrawForm,
)
from reports.models import AnnualReport, Edition, Publication
from reports.queries.publishing import changes
from reports.services import publishing
from reports.services import reports as services

QUIET = _("Nothing becomes public.")
INSIDE = _("What they write stays inside their agency until its head or an alternate submits it.")
READABLE = _("Everybody can then read and download it.")
HELD = _("Until it is public it can be recalled whole, and no mail leaves.")


class ReportStep(RehearsedPage):
    """A step of a report. A subclass names verb, service, form_class and what it says."""

    template_name = "reports/step.html"
    form_class: type[StepForm] = StepForm
    asks = False  # whether the agencies asked are told: those without an account are named

    def allowed(self) -> Decision:
        self.now = timezone.now()
        known = AnnualReport.objects.circulated_to(self.request.user)
        self.record = self.report = get_object_or_404(known, year=self.kwargs["year"])
        self.action = workflow.ACTIONS[self.verb]
        return self.action.may(self.request.user, self.report)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (decision := workflow.moment(self.action, self.report, self.now)):
            raise WrongMoment(decision.reason, workflow.way_out(self.report, request.user))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        more = {"report": self.report, "by": self.request.user, "now": self.now}
        return {**super().get_form_kwargs(), **more}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "report": self.report}

    def dry_run(
        self, form: TrialForm, values: dict[str, Any]
    ) -> tuple[DryRun | None, ValidationError | None]:
        """A moment that is wrong for a reason of its own is shown where the mails would be."""
        try:
            return super().dry_run(form, values)
        except WrongMoment as wrong:
            return None, ValidationError(str(wrong.reason))

    def people(self, ids: list[int], values: dict[str, Any]) -> tuple[list[told.Group], list[Agency]]:
        groups = told.groups(ids, self.now.date())
        asked = (
            [row.agency for row in self.report.contributions.select_related("agency")] if self.asks else []
        )
        return groups, told.unreached(asked, groups)

    def get_success_url(self) -> str:
        if standing(self.request.user).secretariat:
            return reverse("reports:workshop", args=[self.report.year])
        return reverse("desk")


class Collect(ReportStep):
    verb = "collect"
    service = services.collect
    asks = True
    title = _("Begin collecting?")
    lead = _("The agencies of this report are asked what they did in its twelve months.")
    effects = (
        _("The agencies asked find the report on their desks and can write."),
        INSIDE,
        QUIET,
    )
    done = _("Collecting has begun. The agencies are told.")

    def instants(self, made: AnnualReport) -> list[Instant]:
        return [Instant(_("They write"), made.due_at)] if made.due_at else []


class EditTexts(ReportStep):
    verb = "edit_texts"
    service = services.edit_texts
    title = _("End the collecting?")
    lead = _("From then on the secretariat edits what was submitted.")
    done = _("The collecting is over. Now the texts are edited.")

    def effects_now(self, values: dict[str, Any]) -> Sequence[Sentence]:
        missing = [str(row.agency) for row in parts.missing(parts.parts(self.report))]
        who = gettext("Every agency asked has submitted.")
        if missing:
            who = gettext("Not submitted: %(agencies)s. Their drafts stay inside their agency, unread.")
            who %= {"agencies": ", ".join(missing)}
        more = _("One agency can still be given more time; the collecting can begin again for all.")
        return who, more, QUIET


class CollectAgain(ReportStep):
    verb = "collect_again"
    service = services.collect_again
    form_class = CollectAgainForm
    asks = True
    title = _("Begin the collecting again?")
    lead = _("All agencies asked can write once more, until another deadline.")
    effects = (
        _("What was submitted stands unless its agency takes it back."),
        INSIDE,
        QUIET,
    )
    done = _("The collecting has begun again. The agencies are told.")

    def instants(self, made: AnnualReport) -> list[Instant]:
        return [Instant(_("They write"), made.due_at)] if made.due_at else []


class AskToConfirm(ReportStep):
    verb = "ask_to_confirm"
    service = services.ask_to_confirm
    form_class = AskToConfirmForm
    asks = True
    title = _("Ask the agencies to confirm?")
    lead = _("The draft goes round. Each agency says whether it stands behind its text as it was edited.")
    done = _("The draft goes round. The agencies are told.")

    def effects_now(self, values: dict[str, Any]) -> Sequence[Sentence]:
        waiting = [str(row.agency) for row in parts.unconfirmed(parts.parts(self.report))]
        who = gettext("Nobody has to confirm: every text is as its agency submitted it.")
        if waiting:
            who = gettext("Their texts were edited, so their word is needed: %(agencies)s.")
            who %= {"agencies": ", ".join(waiting)}
        return self._draft(), who, QUIET

    def _draft(self) -> Sentence:
        newest = gate.newest(self.report)
        if newest is None:
            return gettext("There is no edition yet that could go round.")
        words = gettext("Members of all delegations can read edition %(number)s.")
        if not gate.unchanged(self.report, [newest]):
            words += " " + gettext("The records have changed since it was made.")
        return words % {"number": newest.number}

    def instants(self, made: AnnualReport) -> list[Instant]:
        return [Instant(_("They confirm"), made.confirm_by)] if made.confirm_by else []


class EditAgain(ReportStep):
    verb = "edit_again"
    service = services.edit_again
    form_class = EditAgainForm
    asks = True
    title = _("Send it back to editing?")
    lead = _("The draft no longer goes round, and an approval no longer counts.")
    effects = (
        _("What agencies confirmed counts as long as their text stays exactly the same."),
        _("Afterwards agencies are asked to confirm, and the chair to approve, again."),
        QUIET,
    )
    done = _("The report is being edited again. Those concerned are told.")


class EditionStep(ReportStep):
    """A step on one edition, at which the gate is asked."""

    def allowed(self) -> Decision:
        decision = super().allowed()
        visible = Edition.objects.visible_to(self.request.user).filter(report=self.report)
        found = visible.select_related("snapshot").prefetch_related("copies")
        self.edition = get_object_or_404(found, number=self.kwargs["number"])
        return decision

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.points = gate.points(self.report, self.edition)
        self.stopped = gate.stopping(self.points)
        current = queries.current_publication(self.report)
        more = {
            "edition": self.edition,
            "current": current,
            "different": self.different(current),
            "points": self.points,
            "stopped": self.stopped,
            "changes": self.changes(),
        }
        return {**super().get_context_data(**kwargs), **more}

    def changes(self) -> list[Any]:
        """What everybody sees change."""
        return []

    def different(self, current: Publication | None) -> list[Any] | None:
        """What this edition says otherwise than what readers see; None where they see nothing else."""
        if current is None or current.edition_id == self.edition.pk:
            return None
        before, after = (snapshot.upgrade(each.snapshot.content) for each in (current.edition, self.edition))
        return differences(before, after)

    def dry_run(
        self, form: TrialForm, values: dict[str, Any]
    ) -> tuple[DryRun | None, ValidationError | None]:
        return (None, None) if self.stopped else super().dry_run(form, values)

    def take(self, **fields: Any) -> Any:
        return super().take(edition=self.edition, **fields)


class Approve(EditionStep):
    verb = "approve"
    service = services.approve
    form_class = ApproveForm
    title = _("Approve the report?")
    lead = _("As the chair of this day. Your approval is of exactly this edition, and stays with it.")
    effects = (_("The secretariat can then publish it, as it is or not at all."), QUIET)
    done = _("Approved. The secretariat is told.")


class PublicStep(EditionStep):
    """After which readers see another edition."""

    def changes(self) -> list[Any]:
        return changes(self.report, self.edition)

    def instants(self, made: Publication) -> list[Instant]:
        return [Instant(_("Public, if you press now"), made.at, begins=True)]


class Publish(PublicStep):
    verb = "publish"
    service = publishing.publish
    title = _("What will be public")
    lead = _("Exactly the edition that the chair approved.")
    effects = (
        READABLE,
        _("An edition never changes: what is wrong in it is corrected in another one."),
        HELD,
    )
    done = _("Published. Until readers see it, it can be recalled whole.")


class Correct(PublicStep):
    verb = "correct"
    service = publishing.correct
    form_class = CorrectForm
    title = _("What will be public")
    lead = _("A correction: another edition, with a note on what changed.")
    effects = (
        READABLE,
        _("The edition before stays in the list and says at its top that it was replaced."),
        HELD,
    )
    done = _("Published. Until readers see it, it can be recalled whole.")


class Withdraw(ReportStep):
    verb = "withdraw"
    service = publishing.withdraw
    form_class = WithdrawForm
    danger = True
    title = _("Withdraw the report?")
    lead = _("Taken back, for a reason that everybody reads.")
    effects = (
        _("The PDF, in all its editions, and the text are gone for readers at once."),
        _("Its address says that it was withdrawn, on which day, and your reason."),
        _("Nothing is deleted: an edition can be published again, as a correction."),
    )
    done = _("Withdrawn. Readers find the day and your reason where the report was.")


class HeldStep(HeldPage):
    template_name = "reports/held-step.html"

    def allowed(self) -> Decision:
        known = AnnualReport.objects.circulated_to(self.request.user)
        self.record = get_object_or_404(known, year=self.kwargs["year"])
        self.action = workflow.ACTIONS[self.verb]
        return self.action.may(self.request.user, self.record)

    def moment(self, now: dt.datetime) -> Decision:
        return workflow.moment(self.action, self.record, now)

    def effect(self) -> dt.datetime | None:
        return self.record.held_until

    def way_out(self, decision: Decision) -> tuple[Sentence, Any]:
        return workflow.way_out(self.record, self.request.user)

    def back(self) -> str:
        return reverse("reports:workshop", args=[self.record.year])


class Recall(HeldStep, RecallPage):
    service = publishing.recall


class SendNow(HeldStep, SendNowPage):
    service = publishing.send_now
