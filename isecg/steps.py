"""Steps that others notice: first a page that shows what the step would do, then the button."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views import View

from isecg.access import Decision, Sentence, WrongMoment, require
from isecg.forms import TrialForm
from isecg.mail.models import Message
from isecg.mail.rehearsal import rehearse, watched
from isecg.pages import AddPage

NOT_SEEN = _(
    "Nothing has been done yet: who would be told, or when, is no longer what this page showed. Look at it "
    "as it is now, below, and press again."
)


class NotSeen(ValidationError):
    """The step would do something else than what was shown."""


@dataclass(frozen=True)
class DryRun:
    """What a step would do. `key` changes with who is told and with what was chosen."""

    key: str
    groups: Sequence[Any]  # of people, by delegation
    unreached: Sequence[Any]  # agencies asked, of which nobody is told
    people: int
    mails: int
    previews: list[Message]
    instants: Sequence[Any]


def key_of(mails: Iterable[Message], chosen: dict[str, str]) -> str:
    """A checksum of who is told what and of what was chosen."""
    content = [sorted((mail.kind, mail.to) for mail in mails), sorted(chosen.items())]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


class RehearsedPage(AddPage):
    """A step of a workflow on a record. A subclass names verb, service, form_class and what it says, sets
    `record` in `allowed`, and knows the people by their delegations.

    The step is taken only as it was shown: when who is told or what was chosen has changed since, it is
    shown anew (`looked_at` is False where a step must never wait for that).
    """

    record: models.Model
    action: Any  # the workflow's row
    form_class: type[TrialForm] = TrialForm
    verb: str
    title: Sentence = ""
    lead: Sentence = ""
    effects: Sequence[Sentence] = ()
    danger = False
    looked_at = True
    rehearsed = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show() if "show" in request.POST else super().post(request, *args, **kwargs)

    def show(self) -> HttpResponse:
        """What the step would do with what was typed so far; the part alone for htmx."""
        form = self.get_form()
        context = self.get_context_data(form=form)
        if self.request.htmx:  # type: ignore[attr-defined]
            return render(self.request, f"{self.template_name}#dry_run", context)
        return self.render_to_response(context, status=200 if form.is_valid() else 422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        values = context["form"].trial()
        known = values is not None and self.rehearsed
        dry, problem = self.dry_run(context["form"], values) if known else (None, None)
        return {
            **context,
            "action": self.action,
            "page": self,
            "values": values,
            "effects": self.effects_now(values or {}),
            "back": self.get_success_url(),
            "dry": dry,
            "problem": problem,
        }

    def effects_now(self, values: dict[str, Any]) -> Sequence[Sentence]:
        """What changes with these values, in sentences."""
        return self.effects

    def take(self, **fields: Any) -> Any:
        return type(self).service(self.record, by=self.request.user, **fields)

    def add(self, form: TrialForm) -> Any:
        self.form = form
        return super().add(form)

    def save(self, **fields: Any) -> Any:
        """Take the step; undone by `once`'s transaction if it is not what was shown."""
        made, mails = watched(self.record, lambda: self.take(**fields))
        if self.looked_at and self.request.POST.get("seen") != self.key(mails, self.form, fields):
            raise NotSeen(NOT_SEEN)
        return made

    def key(self, mails: Iterable[Message], form: TrialForm, values: dict[str, Any]) -> str:
        """Changes with whatever somebody who presses must have seen."""
        return key_of(mails, form.chosen(values))

    def dry_run(
        self, form: TrialForm, values: dict[str, Any]
    ) -> tuple[DryRun | None, ValidationError | None]:
        """What the step would do with these values, or why it would be refused."""

        def look(made: Any, mails: list[Message]) -> DryRun:
            ids = [mail.member_id for mail in mails if mail.member_id]
            groups, unreached = self.people(ids, values)
            return DryRun(
                key=self.key(mails, form, values),
                groups=groups,
                unreached=unreached,
                people=len(set(ids)),
                mails=len(mails),
                previews=_previews(mails),
                instants=self.instants(made),
            )

        try:
            return rehearse(self.record, lambda: self.take(**values), look), None
        except ValidationError as error:
            return None, error

    def people(self, ids: list[int], values: dict[str, Any]) -> tuple[Sequence[Any], Sequence[Any]]:
        """These members by delegation, and the agencies asked of which none is among them."""
        raise NotImplementedError

    def instants(self, made: Any) -> Sequence[Any]:
        """The instants that follow from what the step made, in words."""
        return []


class HeldPage(View):
    """A step that waits for its effect is taken back, or ends its wait. The button alone is enough. A
    subclass names service and template, and answers what is asked below."""

    verb: str
    service: Any
    template_name: str
    title: Sentence
    words: Sentence
    done: Sentence
    record: Any
    action: Any  # the workflow's row

    def allowed(self) -> Decision:
        """Sets `record` and `action`, and says whether this person may do it."""
        raise NotImplementedError

    def moment(self, now: dt.datetime) -> Decision:
        """Whether there is something that waits."""
        raise NotImplementedError

    def effect(self) -> dt.datetime | None:
        """The instant it waits for."""
        raise NotImplementedError

    def way_out(self, decision: Decision) -> tuple[Sentence, Any]:
        """(words, address) of what can be done instead."""
        raise NotImplementedError

    def back(self) -> str:
        return self.record.get_absolute_url()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        require(self.allowed())
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not (decision := self.moment(timezone.now())):
            raise WrongMoment(decision.reason, self.way_out(decision))
        context = {"record": self.record, "action": self.action, "page": self, "effect": self.effect()}
        return render(request, self.template_name, context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        type(self).service(self.record, by=request.user)
        messages.success(request, str(self.done))
        return redirect(self.back())


class RecallPage(HeldPage):
    verb = "recall"
    title = _("Recall the step?")
    words = _("It is undone whole. Its mails are never sent, and nobody learns of it.")
    done = _("Recalled. Nobody has been told.")


class SendNowPage(HeldPage):
    verb = "send_now"
    title = _("Not wait any longer?")
    words = _("The step takes effect at once, and its mails leave. It can no longer be recalled.")
    done = _("Done: it has taken effect.")


def _previews(mails: Iterable[Message]) -> list[Message]:
    """One mail of each kind, in the reader's language where somebody gets it in that."""
    found: dict[str, Message] = {}
    for mail in sorted(mails, key=lambda mail: mail.language != get_language()):
        found.setdefault(mail.kind, mail)
    return list(found.values())
