"""Approving and issuing, what may come after, and taking a held step back."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View

from isecg.access import Sentence, require
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
from recommendations.views.steps.base import Instant, Instants, StepPage, check_moment

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


class HeldStep(View):
    """A step that waits for its effect is taken back, or ends its wait. The button alone is enough."""

    verb: str
    service: Any
    title: Sentence
    words: Sentence
    done: Sentence

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.recommendation = recommendation_of(request, self.kwargs["number"])
        self.action = workflow.ACTIONS[self.verb]
        require(self.action.may(request.user, self.recommendation))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        check_moment(self.recommendation, self.verb, request.user, timezone.now())
        context = {
            "recommendation": self.recommendation,
            "action": self.action,
            "page": self,
            "effect": effect_of(self.recommendation),
        }
        return render(request, "recommendations/held_step.html", context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        type(self).service(self.recommendation, by=request.user)
        messages.success(request, str(self.done))
        return redirect(self.recommendation)


class Recall(HeldStep):
    verb = "recall"
    service = holding.recall
    title = _("Recall the step?")
    words = _("It is undone whole. Its mails are never sent, and nobody learns of it.")
    done = _("Recalled. Nobody has been told.")


class SendNow(HeldStep):
    verb = "send_now"
    service = holding.send_now
    title = _("Not wait any longer?")
    words = _("The step takes effect at once, and its mails leave. It can no longer be recalled.")
    done = _("Done: it has taken effect.")
