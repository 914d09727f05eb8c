"""The head of delegation or an alternate reads the agency's working notes and submits what is agreed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from isecg.access import WrongMoment, require
from isecg.forms import take_errors
from isecg.versions import Stale
from recommendations.forms.comments import SubmitForm
from recommendations.models import Comment, Paragraph
from recommendations.permissions import comments as permissions
from recommendations.queries import beside
from recommendations.queries import comments as queries
from recommendations.services import comments as services
from recommendations.views.comments import NOT_ASKED, consultation_or_404, page_of


class Submit(View):
    """All notes with a box each; then what is submitted and what stays behind, by name; then it is done."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.consultation = consultation_or_404(request, kwargs["number"])
        named = request.POST.get("agency") or request.GET.get("for", "")
        self.own = beside.acting(self.consultation, request.user, timezone.now(), chosen=named)
        agency = self.own.agency
        if agency is None or (named and agency.slug != named):
            raise PermissionDenied(NOT_ASKED)
        require(permissions.can_submit(request.user, self.consultation, agency))
        self.agency = agency
        if not self.own.window:
            raise WrongMoment(self.own.window.reason, (_("To the consultation"), self.back))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        return list(Paragraph.objects.filter(revision=self.consultation.revision_id))

    @property
    def back(self) -> str:
        return page_of(self.consultation, query=self.own.query)

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        return self.page(chosen=None)

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        form = SubmitForm(request.POST)
        if not form.is_valid():
            return self.page(chosen={}, form=form, status=422)
        chosen = form.cleaned_data["note"]
        if not form.cleaned_data["sure"]:
            return self.page(chosen=chosen, asking=True)
        return self.submit(form, chosen)

    def submit(self, form: SubmitForm, chosen: dict[int, int]) -> HttpResponse:
        try:
            done = services.submit(self.consultation, by=self.request.user, agency=self.agency, chosen=chosen)
        except Stale:
            return self.page(chosen=chosen, changed=True, status=409)
        except ValidationError as error:
            take_errors(form, error)
            return self.page(chosen=chosen, form=form, status=422)
        self.tell(done)
        return redirect(self.back)

    def tell(self, done: services.Submission) -> None:
        """What was done, and by name what stays behind."""
        count = len(done.submitted)
        words = ngettext("%(count)s comment submitted.", "%(count)s comments submitted.", count)
        messages.success(self.request, words % {"count": count})
        if done.left:
            count = len(done.left)
            words = ngettext(
                "%(count)s working note stays behind, with your agency only: %(names)s",
                "%(count)s working notes stay behind, with your agency only: %(names)s",
                count,
            )
            names = "; ".join(queries.name(note, self.paragraphs) for note in done.left)
            messages.warning(self.request, words % {"count": count, "names": names})

    def page(self, *, chosen: dict[int, int] | None, status: int = 200, **more: Any) -> HttpResponse:
        notes = queries.in_order(queries.notes_of(self.consultation, self.agency), self.paragraphs)
        alike = queries.alike(notes)
        rows = [self.row(note, alike.get(note.pk, []), chosen) for note in notes]
        context = {
            "recommendation": self.consultation.recommendation,
            "consultation": self.consultation,
            "own": self.own,
            "rows": rows,
            "going": [row for row in rows if row["chosen"]],
            "left": [row for row in rows if not row["chosen"]],
            "back": self.back,
            **more,
        }
        if chosen and more.get("asking") and not _as_read(context["going"], chosen):
            context |= {"asking": False, "changed": True}
            status = 409
        return render(self.request, "recommendations/submit.html", context, status=status)

    def row(self, note: Comment, alike: list[Comment], chosen: dict[int, int] | None) -> dict[str, Any]:
        read = chosen.get(note.pk) if chosen is not None else note.version
        return {
            "note": note,
            "name": queries.name(note, self.paragraphs),
            "where": queries.where(note.key, self.paragraphs),
            "chosen": read is not None,
            "changed": read is not None and read != note.version,
            "alike": [queries.name(each, self.paragraphs) for each in alike],
        }


def _as_read(going: list[dict[str, Any]], chosen: dict[int, int]) -> bool:
    """Whether every note that was ticked is still there, in the words that were read."""
    return len(going) == len(chosen) and not any(row["changed"] for row in going)
