"""What every step that others notice has in common: first what it would do, then the button."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.access import Decision, Sentence, WrongMoment
from isecg.mail.models import Message
from isecg.mail.rehearsal import rehearse, watched
from isecg.pages import AddPage
from recommendations import fair_window, workflow
from recommendations.forms.steps import StepForm
from recommendations.models import Recommendation
from recommendations.queries import told
from recommendations.queries.steps import newest_revision
from recommendations.views.lookup import recommendation_of

NOT_SEEN = _(
    "Nothing has been done yet: who would be told, or when, is no longer what this page showed. Look at it "
    "as it is now, below, and press again."
)


class Instant(NamedTuple):
    """What happens when; `begins` tells what begins then from what ends."""

    words: Sentence
    at: dt.datetime
    begins: bool = False


Instants = list[Instant]


class NotSeen(ValidationError):
    """The step would do something else than what was shown."""


@dataclass(frozen=True)
class DryRun:
    """What a step would do. `key` changes with who is told and with what was chosen."""

    key: str
    groups: list[told.Group]
    unreached: list[Agency]
    people: int
    mails: int
    previews: list[Message]
    instants: Instants


def check_moment(recommendation: Recommendation, verb: str, by: Any, now: dt.datetime) -> None:
    """Raises WrongMoment, with a way out, unless the step can be taken now."""
    decision = workflow.options(recommendation, by, now)[verb].decision
    if not decision:
        raise WrongMoment(decision.reason, workflow.way_out(recommendation, decision))


def key_of(mails: Iterable[Message], chosen: dict[str, str]) -> str:
    """A checksum of who is told what and of what was chosen."""
    content = [sorted((mail.kind, mail.to) for mail in mails), sorted(chosen.items())]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


class StepPage(AddPage):
    """A step of the workflow. A subclass names verb, service, form_class and what it says.

    The step is taken only as it was shown: when who is told or what was chosen has changed since, it is
    shown anew (`looked_at` is False where a step must never wait for that).
    """

    template_name = "recommendations/step.html"
    form_class: type[StepForm] = StepForm
    verb: str
    title: Sentence = ""
    lead: Sentence = ""
    effects: Sequence[Sentence] = ()
    danger = False
    looked_at = True
    rehearsed = True
    least = fair_window.LEAST
    deadline = ""  # the field whose deadline the fair window is about

    def allowed(self) -> Decision:
        self.now = timezone.now()
        self.recommendation = recommendation_of(self.request, self.kwargs["number"])
        self.action = workflow.ACTIONS[self.verb]
        return self.action.may(self.request.user, self.recommendation)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        check_moment(self.recommendation, self.verb, request.user, self.now)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show() if "show" in request.POST else super().post(request, *args, **kwargs)

    def show(self) -> HttpResponse:
        """What the step would do with what was typed so far; the part alone for htmx."""
        form = self.get_form()
        context = self.get_context_data(form=form)
        if self.request.htmx:  # type: ignore[attr-defined]
            return render(self.request, f"{self.template_name}#dry_run", context)
        return self.render_to_response(context, status=200 if form.is_valid() else 422)

    def get_form_kwargs(self) -> dict[str, Any]:
        more = {"recommendation": self.recommendation, "by": self.request.user, "now": self.now}
        return {**super().get_form_kwargs(), **more}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        values = context["form"].trial()
        known = values is not None
        dry, problem = self.dry_run(context["form"], values) if known and self.rehearsed else (None, None)
        windows = self.windows(values) if known and self.deadline else None
        return {
            **context,
            "recommendation": self.recommendation,
            "action": self.action,
            "page": self,
            "effects": self.effects_now(values or {}),
            "back": self.get_success_url(),
            "revision": newest_revision(self.recommendation),
            "dry": dry,
            "problem": problem,
            "windows": windows,
            "warned": [each for each in windows or [] if each.warnings],
            "least": self.least,
        }

    def take(self, **fields: Any) -> Any:
        return type(self).service(self.recommendation, by=self.request.user, **fields)

    def add(self, form: StepForm) -> Any:
        self.form = form
        return super().add(form)

    def save(self, **fields: Any) -> Any:
        """Take the step; undone by `once`'s transaction if it is not what was shown."""
        made, mails = watched(self.recommendation, lambda: self.take(**fields))
        chosen = self.form.chosen(fields)
        if self.looked_at and self.request.POST.get("seen") != key_of(mails, chosen):
            raise NotSeen(NOT_SEEN)
        return made

    def dry_run(self, form: StepForm, values: dict[str, Any]) -> tuple[DryRun | None, ValidationError | None]:
        """What the step would do with these values, or why it would be refused."""

        def look(made: Any, mails: list[Message]) -> DryRun:
            ids = [mail.member_id for mail in mails if mail.member_id]
            groups = told.groups(ids, self.now.date())
            return DryRun(
                key=key_of(mails, form.chosen(values)),
                groups=groups,
                unreached=told.unreached(values.get("agencies", ()), groups),
                people=len(set(ids)),
                mails=len(mails),
                previews=_previews(mails),
                instants=self.instants(made),
            )

        try:
            return rehearse(self.recommendation, lambda: self.take(**values), look), None
        except ValidationError as error:
            return None, error

    def effects_now(self, values: dict[str, Any]) -> Sequence[Sentence]:
        """What changes with these values, in sentences."""
        return self.effects

    def instants(self, made: Any) -> Instants:
        """The instants that follow from what the step made, in words."""
        return []

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


def _previews(mails: Iterable[Message]) -> list[Message]:
    """One mail of each kind, in the reader's language where somebody gets it in that."""
    found: dict[str, Message] = {}
    for mail in sorted(mails, key=lambda mail: mail.language != get_language()):
        found.setdefault(mail.kind, mail)
    return list(found.values())
