"""Writing, removing, withdrawing and placing comments."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django.views.generic import DetailView, FormView

from isecg.access import Allowed, Decision, Denied, WrongMoment, require
from isecg.forms import take_errors
from isecg.pages import AddPage, EditPage
from isecg.versions import Stale
from recommendations import anchors
from recommendations.forms.comments import (
    AddCommentForm,
    CommentForm,
    PlaceForm,
    RemoveForm,
    WithdrawForm,
)
from recommendations.models import Comment, Consultation, Paragraph, Recommendation, Revision
from recommendations.permissions import comments as permissions
from recommendations.queries import beside
from recommendations.queries import comments as queries
from recommendations.services import comments as services
from recommendations.shown import shown
from recommendations.views.lookup import recommendation_of

NOT_ASKED = gettext_lazy("Only the delegations of the agencies that are asked comment on this text.")
NOT_THERE = gettext_lazy(
    "The selected words do not stand in this paragraph. Your comment is kept, on the whole paragraph."
)


def consultation_or_404(request: HttpRequest, number: str) -> Consultation:
    """The newest consultation on this recommendation that the reader may open."""
    recommendation = recommendation_of(request, number)
    rows = queries.consultations_of(recommendation, request.user, timezone.now())
    return get_object_or_404(rows[:1])


def page_of(consultation: Consultation, key: str = "", query: str = "") -> str:
    """The consultation's page, at a paragraph."""
    address = reverse("recommendations:consultation", args=[consultation.recommendation.number])
    return f"{address}?{query}#{key or 'whole'}" if query else f"{address}#{key or 'whole'}"


def quoted(key: str, quote: str, paragraphs: list[Paragraph], **around: str) -> dict[str, Any]:
    """The paragraph a form is about, cut into what stands before, in and after the selected words."""
    paragraph = next((each for each in paragraphs if each.key == key), None)
    if paragraph is None:
        return {"paragraph": None, "pieces": None}
    found = anchors.anchor(key, paragraph.text, quote, **around) if quote else None
    span = anchors.place(found, [paragraph], [paragraph]).span if found else None
    pieces = anchors.marked(anchors.plain(paragraph.text), span)
    return {"paragraph": paragraph, "pieces": pieces, "not_there": bool(quote) and found is None}


class AddComment(AddPage):
    """A new working note. The address may name the paragraph, the selected words, and for whom it is."""

    form_class = AddCommentForm
    template_name = "recommendations/comment_form.html"
    done = gettext_lazy("Kept as a working note of your agency. Nobody else sees it.")

    def allowed(self) -> Decision:
        self.consultation = consultation_or_404(self.request, self.kwargs["number"])
        now, named = timezone.now(), self.request.GET.get("for", "")
        self.own = beside.acting(self.consultation, self.request.user, now, chosen=named)
        if self.own.agency is None:
            return Denied(NOT_ASKED)
        if self.request.method != "POST" and not self.own.window:
            raise WrongMoment(self.own.window.reason, (_("To the consultation"), page_of(self.consultation)))
        return Allowed()

    @cached_property
    def named(self) -> dict[str, str]:
        """What the address says the comment is about."""
        given = {name: self.request.GET.get(name, "") for name in ("key", "quote", "prefix", "suffix")}
        return {name: anchors.squeeze(words) if name == "quote" else words for name, words in given.items()}

    def get_initial(self) -> dict[str, Any]:
        return {**self.named, "from_text": self.named["quote"], "agency": self.own.agency}

    def get_form_kwargs(self) -> dict[str, Any]:
        own = {"consultation": self.consultation, "agencies": self.own.agencies}
        return {**super().get_form_kwargs(), **own}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.setdefault("form", self.get_form())
        return super().get_context_data(
            title=_("Comment"),
            recommendation=self.consultation.recommendation,
            consultation=self.consultation,
            own=self.own,
            back=page_of(self.consultation, self.named["key"], self.own.query),
            **about(form),
            **kwargs,
        )

    def save(self, **fields: Any) -> Comment:
        comment = services.add_comment(self.consultation, by=self.request.user, **fields)
        if fields["quote"] and not comment.quote:
            messages.warning(self.request, NOT_THERE)
        return comment

    def get_success_url(self) -> str:
        several = f"for={self.object.agency.slug}" if self.own.query else ""
        return page_of(self.consultation, self.object.key, several)


def about(form: Any) -> dict[str, Any]:
    """The paragraph that stands above a form, as far as the form names one."""
    named = {name: str(form[name].value() or "") for name in ("key", "quote", "prefix", "suffix")}
    return quoted(paragraphs=form.paragraphs, **named)


class EditComment(EditPage):
    """A working note of one's own agency."""

    model = Comment
    form_class = CommentForm
    template_name = "recommendations/comment_form.html"
    permission = staticmethod(permissions.can_edit_comment)
    service = services.edit_comment

    def get_queryset(self) -> Any:
        return visible(self.request, self.kwargs["number"])

    def get_object(self, queryset: Any = None) -> Comment:
        comment = super().get_object(queryset)
        own = beside.acting(comment.consultation, self.request.user, timezone.now())
        self.own = own
        way_out = (_("To the consultation"), page_of(comment.consultation, comment.key))
        if not comment.is_note:
            raise WrongMoment(_("This comment has been submitted: its words can no longer change."), way_out)
        window = queries.window(comment.consultation, comment.agency, timezone.now())
        if self.request.method != "POST" and not window:
            raise WrongMoment(window.reason, way_out)
        return comment

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.setdefault("form", self.get_form())
        return super().get_context_data(
            title=_("Edit a working note"),
            recommendation=self.object.consultation.recommendation,
            consultation=self.object.consultation,
            own=self.own,
            back=self.get_success_url(),
            **about(form),
            **kwargs,
        )

    def get_success_url(self) -> str:
        several = f"for={self.object.agency.slug}" if self.own.query else ""
        return page_of(self.object.consultation, self.object.key, several)


def visible(request: HttpRequest, number: str) -> Any:
    """Comments on this recommendation that the reader may know of."""
    seen = Recommendation.objects.visible_to(request.user).filter(number=number)
    rows = Comment.objects.visible_to(request.user).filter(consultation__recommendation__in=seen)
    related = ("consultation__recommendation", "consultation__revision", "agency", "author")
    return rows.select_related(*related)


class RemoveComment(DetailView):
    """The question before a working note is taken away."""

    template_name = "recommendations/remove_comment.html"
    context_object_name = "comment"

    def get_queryset(self) -> Any:
        return visible(self.request, self.kwargs["number"])

    def get_object(self, queryset: Any = None) -> Comment:
        comment = super().get_object(queryset)
        require(permissions.can_remove_comment(self.request.user, comment))
        return comment

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", RemoveForm(initial={"version": self.object.version}))
        consultation = self.object.consultation
        more = {"recommendation": consultation.recommendation, "back": page_of(consultation, self.object.key)}
        paragraphs = Paragraph.objects.filter(revision=consultation.revision_id)
        return super().get_context_data(**more, name=queries.name(self.object, paragraphs), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        form = RemoveForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        address = page_of(self.object.consultation, self.object.key)
        try:
            services.remove_comment(self.object, by=request.user, **form.cleaned_data)
        except Stale as stale:
            self.object = stale.current
            return self.render_to_response(self.get_context_data(changed=True), status=409)
        messages.success(request, _("Removed."))
        return redirect(address)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_comment(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The question before a submitted comment is taken back, and the answer."""
    comment = get_object_or_404(visible(request, number), pk=pk)
    require(permissions.can_withdraw_comment(request.user, comment))
    form = WithdrawForm(request.POST or None)
    address = page_of(comment.consultation, comment.key)
    if request.method == "POST" and form.is_valid():
        services.withdraw_comment(comment, by=request.user, **form.cleaned_data)
        messages.success(request, _("Withdrawn. The secretariat is told."))
        return redirect(address)
    context = {
        "recommendation": comment.consultation.recommendation,
        "comment": comment,
        "form": form,
        "back": address,
        "window": queries.window(comment.consultation, comment.agency, timezone.now()),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "recommendations/withdraw_comment.html", context, status=status)


class PlaceComment(FormView):
    """The secretariat decides where a comment belongs whose words are not found in the newest revision."""

    form_class = PlaceForm
    template_name = "recommendations/place_comment.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        rows = visible(request, kwargs["number"]).submitted()
        self.comment = get_object_or_404(rows, pk=kwargs["pk"])
        require(permissions.can_place_comment(request.user, self.comment))
        recommendation = self.comment.consultation.recommendation
        self.revision = Revision.objects.filter(recommendation=recommendation).order_by("-number")[0]
        self.stand = queries.stands([self.comment], self.revision)[self.comment.pk]
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        return list(Paragraph.objects.filter(revision=self.revision))

    def get_form_kwargs(self) -> dict[str, Any]:
        old = list(Paragraph.objects.filter(revision=self.comment.consultation.revision_id))
        likely = queries.likely(self.comment, old, self.paragraphs)
        return {**super().get_form_kwargs(), "paragraphs": self.paragraphs, "likely": likely}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        old = list(Paragraph.objects.filter(revision=self.comment.consultation.revision_id))
        words = shown(self.comment, self.request.user)
        return super().get_context_data(
            recommendation=self.comment.consultation.recommendation,
            comment=self.comment,
            words=words,
            revision=self.revision,
            stand=self.stand,
            where=queries.where(self.comment.key, old),
            back=after_placing(self.comment),
            **quoted(self.comment.key, words.quote, old),
            **kwargs,
        )

    def form_valid(self, form: PlaceForm) -> HttpResponse:
        chosen = {"revision": self.revision, **form.values()}
        try:
            services.place_comment(self.comment, by=self.request.user, **chosen)
        except ValidationError as error:
            take_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Decided. The comment table shows it."))
        return redirect(after_placing(self.comment))

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def after_placing(comment: Comment) -> str:
    """The comment table, where lost ones are listed."""
    return reverse("recommendations:comments", args=[comment.consultation.recommendation.number])
