"""Deciding on comments, in the table and on a page of its own; and what follows from a verdict."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView

from isecg.access import WrongMoment, require
from isecg.forms import take_errors
from isecg.pages import conflict
from isecg.versions import Stale
from recommendations.forms.dispositions import MOST, DisposeForm
from recommendations.models import Comment, Disposition
from recommendations.permissions.steps import can_dispose
from recommendations.queries.rows import TableRow
from recommendations.queries.table import load
from recommendations.services.dispositions import dispose
from recommendations.situation import Situation
from recommendations.views.lookup import recommendation_of
from recommendations.views.table import around, may_dispose

NOT_KEPT = ("seen", "csrfmiddlewaretoken")


class Dispose(FormView):
    """One verdict for the comments that the address names: ?comment=12&comment=15.

    For htmx a part of the table; the same form on a page of its own without it.
    """

    form_class = DisposeForm
    template_name = "recommendations/dispose.html"
    http_method_names = ["get", "post", "head"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return self.asked(request, *args, **kwargs)
        except (WrongMoment, PermissionDenied) as refusal:
            if not request.htmx:  # type: ignore[attr-defined]
                raise
            # A part of a page cannot say it: the page is shown anew, with the sentence on top.
            reason: Any = refusal.reason if isinstance(refusal, WrongMoment) else str(refusal)
            messages.error(request, reason)
            return HttpResponse(status=409, headers={"HX-Refresh": "true"})

    def asked(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Whether this person decides now, before anything else. Raises PermissionDenied, WrongMoment."""
        self.recommendation = recommendation_of(request, kwargs["number"])
        require(can_dispose(request.user, self.recommendation))
        if not (decision := may_dispose(request, Situation(self.recommendation, timezone.now()))):
            raise WrongMoment(decision.reason, (_("To the comments"), self.table()))
        return super().dispatch(request, *args, **kwargs)

    def table(self) -> str:
        return reverse("recommendations:comments", args=[self.recommendation.number])

    def chosen(self, pks: list[int]) -> list[Comment]:
        """The comments, in the order of the text's consultation. 404 if one cannot be seen: nothing of the
        batch is decided then."""
        visible = Comment.objects.visible_to(self.request.user).submitted()
        mine = visible.filter(consultation__recommendation=self.recommendation, pk__in=pks)
        rows = mine.select_related("consultation__recommendation", "agency", "disposition__duplicate_of")
        found = list(rows.order_by("consultation", "agency", "number"))
        if len(found) != len(set(pks)):
            raise Http404
        return found

    def asked_for(self) -> list[int]:
        named = self.request.GET.getlist("comment")[: MOST + 1]
        return [int(each) for each in named if each.isascii() and each.isdigit() and len(each) < 16]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        named = self.asked_for()
        if not named:
            messages.info(request, _("Choose the comments first."))
            return redirect(self.table())
        found = self.chosen(named)
        first = getattr(found[0], "disposition", None)
        seen = [f"{each.pk}:{_version(each)}" for each in found]
        form = DisposeForm(instance=first, initial={"seen": seen})
        return self.answer(form, found)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = DisposeForm(request.POST)
        form.is_valid()
        seen = form.cleaned_data.get("seen") or {}
        if not seen:
            raise WrongMoment(_("Choose the comments first."), (_("To the comments"), self.table()))
        found = self.chosen([*seen])
        if form.errors:
            return self.answer(form, found, status=422)
        try:
            decision = form.decision(found[0].consultation)
            made = dispose(found, by=request.user, versions=seen, **decision)
        except Stale as stale:
            return self.stale(form, stale.current)
        except ValidationError as error:
            take_errors(form, error)
            return self.answer(form, found, status=422)
        return self.done(made)

    def answer(self, form: DisposeForm, found: list[Comment], status: int = 200) -> HttpResponse:
        everything = load(self.recommendation, self.request.user)
        rows = _rows(everything, [each.pk for each in found])
        context = {"form": form, "rows": rows, **around(self.request, self.recommendation, everything)}
        if self.request.htmx:  # type: ignore[attr-defined]
            row = {"row": rows[0], "deciding": form, "chosen": rows}
            return render(self.request, "recommendations/comment_row.html", {**context, **row}, status=status)
        return render(self.request, self.template_name, context, status=status)

    def stale(self, form: DisposeForm, current: Any) -> HttpResponse:
        """Another editor decided meanwhile: both texts, and nothing overwritten."""
        mine = f"{current.comment_id}:"
        seen = [each for each in self.request.POST.getlist("seen") if not each.startswith(mine)]
        kept = [(name, str(value)) for name, value in self.request.POST.items() if name not in NOT_KEPT]
        again = [*kept, *(("seen", each) for each in [*seen, f"{mine}{current.version}"])]
        back = f"{self.table()}#c{current.comment_id}"
        response = conflict(self.request, form, current, again=again, back=back)
        if self.request.htmx:  # type: ignore[attr-defined]
            response["HX-Retarget"], response["HX-Reselect"] = "main", "main"
            response["HX-Reswap"], response["HX-Push-Url"] = "outerHTML", self.request.path
        return response

    def done(self, made: list[Disposition]) -> HttpResponse:
        first = made[0]
        if not self.request.htmx:  # type: ignore[attr-defined]
            words = ngettext("%(count)s comment decided.", "%(count)s comments decided.", len(made))
            messages.success(self.request, words % {"count": len(made)})
            query = self.request.POST.get("back", "")[:500]
            return redirect(f"{self.table()}{'?' if query else ''}{query}#c{first.comment_id}")
        everything = load(self.recommendation, self.request.user)
        rows = _rows(everything, [each.comment_id for each in made])
        context = {"row": rows[0], "others": rows[1:], "focus": rows[0].pk, "said": rows}
        context |= around(self.request, self.recommendation, everything)
        return render(self.request, "recommendations/comment_row.html", context)


def _rows(everything: list[TableRow], pks: list[int]) -> list[TableRow]:
    """The rows of these comments, in that order."""
    by_pk = {row.pk: row for row in everything}
    return [by_pk[pk] for pk in pks if pk in by_pk]


def _version(comment: Comment) -> int:
    disposition = getattr(comment, "disposition", None)
    return disposition.version if disposition else 0
