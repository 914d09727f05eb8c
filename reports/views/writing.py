"""What all pages for writing share: a preview of the Markdown, and taking a record out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView
from django.views.generic.detail import SingleObjectMixin

from isecg import markdown
from isecg.access import Sentence, require
from isecg.pages import AddPage, EditPage
from isecg.versions import Stale
from reports.forms import RemoveForm
from reports.models.limits import TEXT

WRITE = "reports/write.html"


class Preview:
    """The button *Preview* gives the form back as it was typed, and its Markdown as readers will see it."""

    request: Any

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "preview" not in request.POST:
            return super().post(request, *args, **kwargs)  # type: ignore[misc]
        return self.preview()

    def preview(self) -> HttpResponse:
        self.object = self.get_object() if isinstance(self, SingleObjectMixin) else None
        form = self.get_form()  # type: ignore[attr-defined]
        texts = [(form.fields[name].label, self.read(form, name)) for name in form.markdown]
        page = f"{WRITE}#preview" if self.request.htmx else self.template_name  # type: ignore[attr-defined]
        context = self.get_context_data(form=form, preview=texts)  # type: ignore[attr-defined]
        return self.response_class(self.request, [page], context)  # type: ignore[attr-defined]

    def read(self, form: forms.BaseForm, name: str) -> str:
        """A text of the form as readers will see it."""
        return markdown.render(str(form[name].value() or "")[:TEXT])


class WritePage(Preview, EditPage):
    """Edit a record with Markdown in it."""

    template_name = WRITE
    object: Any

    def find(self) -> Any:
        """The record of this address."""
        return SingleObjectMixin.get_object(self)

    def get_object(self, queryset: Any = None) -> Any:
        record = self.find()
        require(type(self).permission(self.request.user, record))
        return record


class WriteNewPage(Preview, AddPage):
    """Add a record with Markdown in it."""

    template_name = WRITE
    object: Any


class RemovePage(DetailView):
    """The question before a record is taken out. A subclass names model, permission, service, `after`."""

    template_name = "reports/remove.html"
    done: Sentence = gettext_lazy("Taken out. The log and the history keep what it said.")
    permission: Any
    service: Any

    def get_object(self, queryset: Any = None) -> Any:
        record = super().get_object(queryset)
        require(type(self).permission(self.request.user, record))
        return record

    def form_class(self) -> type[forms.Form]:
        """What is asked before this record goes."""
        return RemoveForm

    def after(self, record: Any) -> str:
        """Where to go when it is gone, or back to."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.form_class()(initial={"version": self.object.version}))
        return super().get_context_data(back=self.after(self.object), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        form = self.form_class()(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        address = self.after(self.object)
        try:
            type(self).service(self.object, by=request.user, **form.cleaned_data)
        except Stale as stale:
            return self.look_again(stale)
        messages.success(request, str(self.done))
        return redirect(address)

    def look_again(self, stale: Stale) -> HttpResponse:
        """Somebody changed it after this page was opened: it is shown as it stands, and asked again."""
        self.object = stale.current
        return self.render_to_response(self.get_context_data(changed=True), status=409)
