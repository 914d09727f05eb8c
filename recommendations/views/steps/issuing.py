"""Approving and issuing, what may come after, and taking a held step back."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Decision, Sentence
from isecg.steps import HeldPage, RecallPage, SendNowPage
from recommendations import workflow
from recommendations.forms.steps import (
    AbandonForm,
    ApproveForm,
    PublicReasonForm,
    StepForm,
    SupersedeForm,
)
from recommendations.models import Issue
from recommendations.queries.steps import effect_of
from recommendations.services import holding, issues
from recommendations.views.lookup import recommendation_of
from recommendations.views.steps.base import Instant, Instants, StepPage

READABLE = _("Everybody can read and download the text, its positions and statements, and its history.")
FOR_EVER = _("What was issued stays as it is; it can be superseded or withdrawn, not changed.")


class Approve(StepPage):
    verb = "approve"
    service = issues.approve
    form_class = ApproveForm
    title = _("Approve the agreed text?")
    lead = _("As the chair of this day. Your approval stays with the text.")
    effects = (READABLE, FOR_EVER, _("Until it is public it can be recalled whole, and no mail leaves."))
    done = _("Approved.")

    def effects_now(self, values: dict[str, Any]) -> Sequence[Sentence]:
        if values.get("issue_now", True):
            return self.effects
        return (_("The secretariat can then issue it."), _("Nothing becomes public yet."))

    def instants(self, made: Any) -> Instants:
        issue = Issue.objects.filter(recommendation=self.recommendation).first()
        return [Instant(_("Public, if you press now"), issue.at, begins=True)] if issue else []


class IssueIt(StepPage):
    verb = "issue"
    service = issues.issue
    form_class = StepForm
    title = _("Issue the recommendation?")
    lead = _("Under the number reserved for it, legally non-binding.")
    effects = (READABLE, FOR_EVER, _("Until it is public it can be recalled whole, and no mail leaves."))
    done = _("Issued. Until it is public, it can be recalled whole.")

    def instants(self, made: Issue) -> Instants:
        return [Instant(_("Public, if you press now"), made.at, begins=True)]


class Supersede(StepPage):
    verb = "supersede"
    service = issues.supersede
    form_class = SupersedeForm
    danger = True
    title = _("Mark it as superseded?")
    lead = _("It stays readable. Its page, PDF and data say at once what takes its place, and why.")
    effects = (_("Agencies can no longer answer it."), _("This cannot be taken back."))
    done = _("Superseded. Its page says so at its top.")


class Withdraw(StepPage):
    verb = "withdraw"
    service = issues.withdraw
    form_class = PublicReasonForm
    danger = True
    title = _("Withdraw the recommendation?")
    lead = _("It stays readable. Its page, PDF and data say at once that it was withdrawn, and why.")
    effects = (_("Agencies can no longer answer it."), _("This cannot be taken back."))
    done = _("Withdrawn. Its page says so at its top.")


class Abandon(StepPage):
    verb = "abandon"
    service = issues.abandon
    form_class = AbandonForm
    danger = True
    title = _("Give the recommendation up?")
    lead = _("It will not be issued, and its number is not used again.")
    effects = (
        _("Its texts and comments stay with who could read them."),
        _("Nothing becomes public."),
        _("This cannot be taken back."),
    )
    done = _("Given up.")


class HeldStep(HeldPage):
    template_name = "recommendations/held_step.html"

    def allowed(self) -> Decision:
        self.record = recommendation_of(self.request, self.kwargs["number"])
        self.action = workflow.ACTIONS[self.verb]
        return self.action.may(self.request.user, self.record)

    def moment(self, now: dt.datetime) -> Decision:
        return workflow.options(self.record, self.request.user, now)[self.verb].decision

    def effect(self) -> dt.datetime | None:
        return effect_of(self.record)

    def way_out(self, decision: Decision) -> tuple[Sentence, Any]:
        return workflow.way_out(self.record, decision)


class Recall(HeldStep, RecallPage):
    service = holding.recall


class SendNow(HeldStep, SendNowPage):
    service = holding.send_now
