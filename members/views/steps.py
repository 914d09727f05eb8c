"""A step with one record: a page that says what will happen, asks what it must know, and does it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView

from isecg.access import Decision, Sentence, WrongMoment, require
from isecg.forms import take_errors
from isecg.versions import Stale


class Step(FormView):
    """A subclass names its words and form; `find`, `allowed`, `act` and `back` say what it is about."""

    template_name = "members/step.html"
    title: Sentence
    lead: Sentence = ""
    save: Sentence
    done: Sentence
    danger = False
    record: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.record = self.find()
        require(self.allowed())
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def find(self) -> Any:
        """The record the step is about, or 404."""

    def allowed(self) -> Decision:
        """The permission's answer."""
        raise NotImplementedError

    def act(self, **fields: Any) -> Any:
        """Call the service."""
        raise NotImplementedError

    def back(self) -> str:
        """Where to go afterwards, or instead."""
        return self.record.get_absolute_url()

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.record.version} if self.record is not None else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"title": self.title, "lead": self.lead, "save": self.save, "danger": self.danger}
        return super().get_context_data(back=self.back(), record=self.record, **words, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.act(by=self.request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
            return self.form_invalid(form)
        except Stale as stale:
            raise changed_meanwhile(self.back()) from stale
        messages.success(self.request, str(self.done))
        return redirect(self.back())

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def changed_meanwhile(back: str) -> WrongMoment:
    """Nothing was done, because the page showed an older record."""
    return WrongMoment(
        _("Somebody changed this after you opened the page. Nothing was done; look at it again first."),
        (_("Look again"), back),
    )
