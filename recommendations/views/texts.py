"""Working on a text: draft, edit, write with a preview, revise."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from isecg.access import WrongMoment, require
from isecg.forms import take_errors
from isecg.pages import AddPage, EditPage
from isecg.versions import Stale
from recommendations import workflow
from recommendations.forms.texts import DraftForm, EditForm, ReviseForm, WriteForm
from recommendations.models import Recommendation
from recommendations.permissions import steps, texts
from recommendations.queries.compared import Compared, with_working_text
from recommendations.queries.compared import texts as compare_texts
from recommendations.queries.texts import still_written
from recommendations.services import texts as services
from recommendations.views.lookup import recommendation_of
from recommendations.views.steps.base import check_moment


class Draft(AddPage):
    """A new recommendation; then its text."""

    template_name = "recommendations/draft.html"
    form_class = DraftForm
    permission = staticmethod(steps.can_draft)
    service = services.draft
    done = gettext_lazy("Drafted. The number is reserved; now write its text.")

    def get_success_url(self) -> str:
        return reverse("recommendations:write", args=[self.object.number])


class Working(EditPage):
    """A page on which a recommendation is worked on, as long as it is being written."""

    model = Recommendation
    slug_field = slug_url_kwarg = "number"
    context_object_name = "recommendation"

    def get_queryset(self) -> Any:
        return Recommendation.objects.visible_to(self.request.user)

    def get_object(self, queryset: Any = None) -> Recommendation:
        recommendation = super().get_object(queryset)
        if not (decision := still_written(recommendation)):
            raise WrongMoment(
                decision.reason, (_("To the recommendation"), recommendation.get_absolute_url())
            )
        return recommendation


class Edit(Working):
    """Title, class, summary, background, addressees."""

    template_name = "recommendations/edit.html"
    form_class = EditForm
    permission = staticmethod(texts.can_edit)
    service = services.edit


class Write(Working):
    """The working text. *Preview* shows numbers, keys and what became of each paragraph; nothing is saved."""

    template_name = "recommendations/write.html"
    form_class = WriteForm
    permission = staticmethod(texts.can_write)
    service = services.write

    def get_success_url(self) -> str:
        return reverse("recommendations:write", args=[self.object.number])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, **previewed(self.object, str(context["form"]["text"].value() or ""))}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "preview" not in request.POST:
            return super().post(request, *args, **kwargs)
        self.object = self.get_object()
        part = "#preview" if request.htmx else ""  # type: ignore[attr-defined]
        context = self.get_context_data(form=self.get_form())
        return self.response_class(request, [f"{self.template_name}{part}"], context)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.object = services.write(self.object, by=self.request.user, **form.cleaned_data)
        except Stale as stale:
            return self.both(form, stale.current)
        except ValidationError as error:
            take_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Saved. Readers see it when you make a revision of it."))
        return redirect(self.get_success_url())

    def both(self, form: Any, current: Any) -> HttpResponse:
        """Somebody saved the text meanwhile: theirs, what is different in yours, and yours to go on with."""
        self.object = current
        form.data = form.data.copy()
        form.data["version"] = str(current.version)
        context = self.get_context_data(form=form, theirs=current, between=_against(current, form))
        return self.render_to_response(context, status=409)


def _against(current: Recommendation, form: Any) -> Compared | None:
    try:
        return compare_texts(current.text, services.readable(form.cleaned_data["text"]))
    except ValidationError:
        return None  # it is refused anyway, with its sentence, when it is sent again


def previewed(recommendation: Recommendation, text: str) -> dict[str, Any]:
    """What the text would become as the next revision, or why it cannot be read."""
    try:
        return {"preview": with_working_text(recommendation, services.readable(text))}
    except ValidationError as error:
        return {"problems": error.messages}


class Revise(FormView):
    """Freeze the working text: the concordance and the redline are shown before."""

    template_name = "recommendations/revise.html"
    form_class = ReviseForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.recommendation = recommendation_of(request, kwargs["number"])
        require(steps.can_revise(request.user, self.recommendation))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        check_moment(self.recommendation, "revise", request.user, timezone.now())
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.recommendation.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        recommendation = self.recommendation
        context = super().get_context_data(recommendation=recommendation, **kwargs)
        newest = recommendation.revisions.first()
        return {
            **context,
            **previewed(recommendation, recommendation.text),
            "newest": newest,
            "number": newest.number + 1 if newest else 1,
            "action": workflow.ACTIONS["revise"],
        }

    def form_valid(self, form: ReviseForm) -> HttpResponse:
        try:
            made = services.revise(self.recommendation, by=self.request.user, **form.cleaned_data)
        except Stale as stale:
            return self.look_again(form, stale.current)
        except ValidationError as error:
            take_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Revision %(number)s is frozen.") % {"number": made.number})
        return redirect(made)

    def look_again(self, form: Any, current: Any) -> HttpResponse:
        """The text was written after this page was opened: it is shown as it stands, the note is kept."""
        self.recommendation = current
        form.data = form.data.copy()
        form.data["version"] = str(current.version)
        return self.render_to_response(self.get_context_data(form=form, changed=True), status=409)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
