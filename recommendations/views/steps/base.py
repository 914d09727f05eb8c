"""What every step that others notice has in common: first what it would do, then the button."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from isecg.access import Decision, Sentence, WrongMoment
from isecg.steps import RehearsedPage
from recommendations import fair_window, workflow
from recommendations.forms.steps import StepForm
from recommendations.models import Recommendation
from recommendations.queries import told
from recommendations.queries.steps import last_shown, newest_revision
from recommendations.views.lookup import recommendation_of


class Instant(NamedTuple):
    """What happens when; `begins` tells what begins then from what ends."""

    words: Sentence
    at: dt.datetime
    begins: bool = False


Instants = list[Instant]


def check_moment(recommendation: Recommendation, verb: str, by: Any, now: dt.datetime) -> None:
    """Raises WrongMoment, with a way out, unless the step can be taken now."""
    decision = workflow.options(recommendation, by, now)[verb].decision
    if not decision:
        raise WrongMoment(decision.reason, workflow.way_out(recommendation, decision))


class StepPage(RehearsedPage):
    """A step of a recommendation. A subclass names verb, service, form_class and what it says."""

    template_name = "recommendations/step.html"
    form_class: type[StepForm] = StepForm
    least = fair_window.LEAST
    deadline = ""  # the field whose deadline the fair window is about

    def allowed(self) -> Decision:
        self.now = timezone.now()
        self.record = self.recommendation = recommendation_of(self.request, self.kwargs["number"])
        self.action = workflow.ACTIONS[self.verb]
        return self.action.may(self.request.user, self.recommendation)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        check_moment(self.recommendation, self.verb, request.user, self.now)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        more = {"recommendation": self.recommendation, "by": self.request.user, "now": self.now}
        return {**super().get_form_kwargs(), **more}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        values = context["values"]
        windows = self.windows(values) if values is not None and self.deadline else None
        revision = newest_revision(self.recommendation)
        return {
            **context,
            "recommendation": self.recommendation,
            "revision": revision,
            "before": last_shown(self.recommendation, revision) if revision else None,
            "windows": windows,
            "warned": [each for each in windows or [] if each.warnings],
            "least": self.least,
        }

    def people(self, ids: list[int], values: dict[str, Any]) -> tuple[list[told.Group], list[Agency]]:
        groups = told.groups(ids, self.now.date())
        return groups, told.unreached(values.get("agencies", ()), groups)

    def windows(self, values: dict[str, Any]) -> list[fair_window.Window]:
        """What the deadline means at each agency."""
        agencies = list(self.agencies(values))
        return fair_window.windows(agencies, self.now, values[self.deadline], least=self.least)

    def agencies(self, values: dict[str, Any]) -> Iterable[Agency]:
        """The agencies that the deadline is for."""
        return values["agencies"]

    def get_success_url(self) -> str:
        return self.recommendation.get_absolute_url()


class OfSilence(StepPage):
    """A step of the silence procedure: afterwards its page."""

    def get_success_url(self) -> str:
        return reverse("recommendations:silence", args=[self.recommendation.number])
