"""The agencies' answers to one recommendation: reading, writing, and the steps until everybody reads them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from isecg.access import Decision, Sentence, WrongMoment, require
from isecg.pages import AddPage, EditPage
from isecg.versions import Stale
from recommendations.forms.responses import ReasonForm, RespondForm, ResponseForm, StepForm
from recommendations.models import Aspect, Recommendation, Response
from recommendations.permissions import responses as permissions
from recommendations.queries import responses as queries
from recommendations.services import responses as services
from recommendations.views.lookup import recommendation_of


def page_of(recommendation: Recommendation) -> str:
    return reverse("recommendations:responses", args=[recommendation.number])


@login_not_required
@require_safe
def responses(request: HttpRequest, number: str) -> HttpResponse:
    """What the agencies answered; what waits for this reader's own agency, or for the secretariat, on top."""
    now = timezone.now()
    recommendation = recommendation_of(request, number)
    rows = list(queries.of_recommendation(recommendation, request.user))
    context = {
        "recommendation": recommendation,
        "statements": queries.statements(rows, request.user, now.date()),
        "drafts": queries.drafts(rows, request.user, now.date()),
        "can_answer": queries.can_answer(request.user, recommendation, now),
        "open": queries.open_for_answers(recommendation, now),
        "aspects": Aspect,
    }
    return render(request, "recommendations/responses.html", context)


class Respond(AddPage):
    """A new answer. The address says which of the two facts it is about: ?about=follow_through."""

    form_class = RespondForm
    template_name = "recommendations/respond.html"
    done = _("Kept as a draft of your agency. The head of delegation or an alternate submits it.")

    def allowed(self) -> Decision:
        visible = Recommendation.objects.visible_to(self.request.user)
        self.recommendation = get_object_or_404(visible, number=self.kwargs["number"])
        decision = permissions.can_respond(self.request.user, self.recommendation)
        moment = queries.open_for_answers(self.recommendation, timezone.now())
        if decision and not moment:
            raise WrongMoment(moment.reason, (_("To the responses"), page_of(self.recommendation)))
        return decision

    @property
    def aspect(self) -> Aspect:
        named = self.request.GET.get("about")
        return Aspect(named) if named in Aspect.values else Aspect.STANCE

    def get_initial(self) -> dict[str, Any]:
        return {"day": timezone.now().date()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "aspect": self.aspect, "writer": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"recommendation": self.recommendation, "aspect": self.aspect}
        return super().get_context_data(**more, back=page_of(self.recommendation), **kwargs)

    def save(self, **fields: Any) -> Response:
        return services.respond(self.recommendation, by=self.request.user, **fields)

    def get_success_url(self) -> str:
        return page_of(self.recommendation) + "#own"


class EditResponse(EditPage):
    """A draft of one's own agency."""

    model = Response
    form_class = ResponseForm
    template_name = "recommendations/respond.html"
    permission = staticmethod(permissions.can_edit_response)
    service = services.edit_response

    def get_queryset(self) -> Any:
        return visible(self.request, self.kwargs["number"])

    def get_object(self, queryset: Any = None) -> Response:
        response = super().get_object(queryset)
        if self.request.method != "POST":  # what is sent is answered by the service, with both texts
            check_moment("edit_response", response)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"recommendation": self.object.recommendation, "aspect": Aspect(self.object.aspect)}
        return super().get_context_data(**more, back=page_of(self.object.recommendation), **kwargs)

    def get_success_url(self) -> str:
        return page_of(self.object.recommendation) + "#own"


def visible(request: HttpRequest, number: str) -> Any:
    """Answers to this recommendation that the reader may know of."""
    seen = Recommendation.objects.visible_to(request.user).filter(number=number)
    rows = Response.objects.visible_to(request.user).filter(recommendation__in=seen)
    return rows.select_related("recommendation", "agency").prefetch_related("agency__names")


def check_moment(verb: str, response: Response) -> None:
    """Raises WrongMoment where the step cannot be taken any more (or not yet)."""
    decision = queries.STEPS[verb].moment(response)
    if not decision:
        raise WrongMoment(decision.reason, (_("To the responses"), page_of(response.recommendation)))


class StepPage(DetailView):
    """The question before a step. A subclass names verb, service, form_class and what it says."""

    template_name = "recommendations/response_step.html"
    form_class: type[StepForm] = StepForm
    verb: str
    service: Any
    title: Sentence
    effect: Sentence
    done: Sentence
    danger = False

    def get_queryset(self) -> Any:
        return visible(self.request, self.kwargs["number"])

    def get_object(self, queryset: Any = None) -> Response:
        response = super().get_object(queryset)
        require(queries.STEPS[self.verb].may(self.request.user, response))
        check_moment(self.verb, response)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.form_class(initial={"version": self.object.version}))
        more = {
            "recommendation": self.object.recommendation,
            "shown": queries.shown(self.object, self.request.user, timezone.now().date()),
            "step": queries.STEPS[self.verb],
            "back": page_of(self.object.recommendation),
        }
        words = {"title": self.title, "effect": self.effect, "danger": self.danger}
        return super().get_context_data(**more, **words, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            type(self).service(self.object, by=request.user, **form.cleaned_data)
        except Stale as stale:
            return self.look_again(stale)
        messages.success(request, str(self.done))
        return redirect(page_of(self.object.recommendation))

    def look_again(self, stale: Stale) -> HttpResponse:
        """Somebody changed it after this page was opened: it is shown as it stands, and asked again."""
        self.object = stale.current
        return self.render_to_response(self.get_context_data(changed=True), status=409)


class SubmitResponse(StepPage):
    verb = "submit_response"
    service = services.submit_response
    title = _("Submit this as your agency's answer?")
    effect = _("It can then not be changed; a newer answer can stand beside it. The secretariat is told.")
    done = _("Submitted. The secretariat has been told.")


class ReturnResponse(StepPage):
    verb = "return_response"
    service = services.return_response
    form_class = ReasonForm
    title = _("Return this answer to the agency?")
    effect = _("It becomes a draft again. Who speaks for the agency is told why.")
    done = _("Returned. Who speaks for the agency has been told why.")


class ReleaseResponse(StepPage):
    verb = "release_response"
    service = services.release_response
    title = _("Release this answer?")
    effect = _(
        "Everybody can read it, here and in the table of all answers. Who speaks for the agency is told."
    )
    done = _("Released. Everybody can read it now.")


class RetractResponse(StepPage):
    verb = "retract_response"
    service = services.retract_response
    form_class = ReasonForm
    danger = True
    title = _("Retract this answer?")
    effect = _("Only the agency and the secretariat can then read it. Who speaks for the agency is told why.")
    done = _("Retracted. Who speaks for the agency has been told why.")


class RemoveResponse(StepPage):
    verb = "remove_response"
    service = services.remove_response
    danger = True
    title = _("Throw this draft away?")
    effect = _("Nobody outside the agency knew of it, and nobody is told.")
    done = _("Thrown away.")


STEPS: dict[str, Any] = {
    "edit": EditResponse,
    "submit": SubmitResponse,
    "return": ReturnResponse,
    "release": ReleaseResponse,
    "retract": RetractResponse,
    "remove": RemoveResponse,
}
