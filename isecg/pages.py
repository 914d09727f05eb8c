"""What pages share: their frame, editing a record, and the answer to a lost update."""

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BooleanField, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import translate_url
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView, UpdateView

from isecg import nav
from isecg.access import Decision, Sentence, require, standing
from isecg.forms import take_errors
from isecg.once import once
from isecg.versions import Stale


def every_page(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: navigation, the reader's standing, the same page in the other languages."""
    return {
        "navigation": nav.main(request) if hasattr(request, "user") else [],
        "standing": standing(getattr(request, "user", None)),
        "demonstration": settings.DEMO,
        "site_url": settings.SITE_URL,
        "languages": [
            {
                "code": code,
                "address": translate_url(request.get_full_path(), code),
                "current": code == get_language(),
            }
            for code, _name in settings.LANGUAGES
        ],
    }


class EditPage(UpdateView):
    """Edit one record: asks `permission`, saves through `service`, answers a stale form with both texts.

    A subclass names model, form_class (a VersionedForm), permission(member, record),
    service(record, by=, version=, **fields) and success_url or the record's get_absolute_url.
    """

    template_name = "edit.html"
    permission: Callable[[Any, Any], Decision]
    service: Callable[..., models.Model]

    def get_object(self, queryset: Any = None) -> Any:
        record = super().get_object(queryset)
        require(type(self).permission(self.request.user, record))
        return record

    def form_valid(self, form: Any) -> HttpResponse:
        fields, version = form.values(), form.cleaned_data["version"]
        try:
            self.object = type(self).service(self.object, by=self.request.user, version=version, **fields)
        except Stale as stale:
            return conflict(self.request, form, stale.current)
        except ValidationError as error:
            take_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Saved."))
        return redirect(self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class AddPage(FormView):
    """Add one record: asks `permission`, adds through `service`; the same form sent twice adds it once.

    A subclass names form_class (an OnceForm), permission(member), service(by=, **fields) and success_url or
    the record's get_absolute_url; or overrides `allowed` and `save` where the address has a part in them.
    """

    template_name = "edit.html"
    done: Sentence = gettext_lazy("Saved.")
    permission: Callable[[Any], Decision]
    service: Callable[..., models.Model]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        require(self.allowed())
        return super().dispatch(request, *args, **kwargs)

    def allowed(self) -> Decision:
        return type(self).permission(self.request.user)

    def save(self, **fields: Any) -> models.Model:
        return type(self).service(by=self.request.user, **fields)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        try:
            # The form is looked at inside: what it added the first time must not refuse it the second time.
            self.object = once(_token(form), lambda: self.add(form), by=request.user)
        except ValidationError as error:
            if form.is_valid():
                take_errors(form, error)
            return self.form_invalid(form)
        messages.success(request, str(self.done))
        return redirect(self.get_success_url())

    def add(self, form: Any) -> models.Model:
        """The new record. Raises ValidationError."""
        if not form.is_valid():
            raise ValidationError(_("Nothing was saved yet."))
        return self.save(**form.values())

    def get_success_url(self) -> str:
        return str(self.success_url or self.object.get_absolute_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def _token(form: Any) -> uuid.UUID:
    """The form's token; a broken one is the form's own error."""
    return form.fields["token"].clean(form["token"].value())


def conflict(
    request: HttpRequest,
    form: Any,
    current: Any,
    *,
    again: list[tuple[str, str]] | None = None,
    back: str = "",
) -> HttpResponse:
    """409 with both texts: what stands in the record now, and what was typed. Nothing is overwritten.

    `form` takes `instance`. `again` is what is posted to overwrite on purpose, where that is more than a new
    `version`; `back` leads to the record as it stands, if that is not this address.
    """
    theirs = type(form)(instance=current)
    rows = [
        {"label": field.label, "theirs": _shown(theirs, field.name), "yours": _shown(form, field.name)}
        for field in form.visible_fields()
        if _shown(theirs, field.name) != _shown(form, field.name)
    ]
    context = {
        "rows": rows,
        "record": current,
        "again": _pairs(request, current.version) if again is None else again,
        "files": bool(request.FILES),
        "back": back or request.path,
    }
    return render(request, "conflict.html", context, status=409)


def _pairs(request: HttpRequest, version: int) -> list[tuple[str, str]]:
    """What was posted, to be sent again on purpose, now against the current version."""
    kept = [(name, value) for name, values in request.POST.lists() for value in values]
    return [
        *[pair for pair in kept if pair[0] not in ("csrfmiddlewaretoken", "version")],
        ("version", str(version)),
    ]


def _shown(form: ModelForm, name: str) -> str:
    """A field's value as people read it."""
    value = form[name].value()
    if isinstance(form.fields[name], BooleanField):
        return _("yes") if value else _("no")
    choices = getattr(form.fields[name], "choices", None)
    if choices is None:
        return "" if value is None else str(value)
    chosen = {str(each) for each in (value if isinstance(value, list | tuple) else [value])}
    return ", ".join(str(words) for key, words in choices if str(key) in chosen)
