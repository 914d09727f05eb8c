"""The offline sheet: taken away, filled, uploaded, looked at, imported."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from isecg.access import Allowed, Decision, Denied, require
from isecg.pages import AddPage
from recommendations.forms.sheets import UploadForm
from recommendations.models import Upload
from recommendations.permissions.comments import can_add_comment
from recommendations.queries import beside
from recommendations.queries import sheets as queries
from recommendations.services import sheets as services
from recommendations.sheets.recognise import Outcome, Verdict, counts, outcome
from recommendations.sheets.write import write
from recommendations.views.comments import NOT_ASKED, consultation_or_404, page_of
from recommendations.views.tables import XLSX, attached

LOOKS = {
    Verdict.ADDED: "good",
    Verdict.UPDATED: "info",
    Verdict.MOVED: "info",
    Verdict.UNCHANGED: "",
    Verdict.NOT_UNDERSTOOD: "warn",
}


@require_safe
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The sheet of one's agency: its own notes and comments, nobody else's."""
    now, consultation = timezone.now(), consultation_or_404(request, number)
    own = beside.acting(consultation, request.user, now, chosen=request.GET.get("for", ""))
    if own.agency is None:
        require(Denied(NOT_ASKED))
    assert own.agency is not None
    contents = queries.contents(consultation, own.agency, request.user, now)
    name = f"ISECG-{number}-comments-{own.agency.slug}-revision-{consultation.revision.number}.xlsx"
    return attached(write(contents), XLSX, name)


class UploadSheet(AddPage):
    """Upload a filled sheet. It is shown first; nothing is taken over by this."""

    form_class = UploadForm
    template_name = "recommendations/upload_sheet.html"
    done = gettext_lazy("The sheet was read. Nothing has been taken over yet.")

    def allowed(self) -> Decision:
        self.consultation = consultation_or_404(self.request, self.kwargs["number"])
        named = self.request.GET.get("for", "")
        self.own = beside.acting(self.consultation, self.request.user, timezone.now(), chosen=named)
        return Denied(NOT_ASKED) if self.own.agency is None else Allowed()

    def get_initial(self) -> dict[str, Any]:
        return {"agency": self.own.agency and self.own.agency.slug}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "agencies": self.own.agencies}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            recommendation=self.consultation.recommendation,
            consultation=self.consultation,
            own=self.own,
            back=page_of(self.consultation, query=self.own.query),
            **kwargs,
        )

    def save(self, **fields: Any) -> Upload:
        file = fields["file"]
        return services.upload_sheet(
            self.consultation,
            by=self.request.user,
            agency=fields["agency"],
            name=file.name or "",
            data=file.read(),
        )

    def get_success_url(self) -> str:
        return address_of(self.object)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """What was understood, row by row; posted, it is imported whole, or shown again if it would differ."""
    found = _upload(request, number, pk)
    if request.method != "POST":
        return _shown(request, found)
    already = found.imported_at is not None
    try:
        services.import_sheet(found, by=request.user)
    except services.Changed:
        return _shown(request, services.look_again(found), changed=True)
    messages.success(request, _done(found, already=already))
    return redirect(page_of(found.consultation))


def address_of(found: Upload) -> str:
    """Where the rows of an upload are shown."""
    return reverse("recommendations:upload", args=[found.consultation.recommendation.number, found.pk])


def _upload(request: HttpRequest, number: str, pk: int) -> Upload:
    """One's own upload, as long as one writes for the agency; 404 otherwise."""
    rows = queries.own_uploads(request.user).filter(consultation__recommendation__number=number)
    found = get_object_or_404(rows.select_related("consultation__recommendation", "agency"), pk=pk)
    require(can_add_comment(request.user, found.consultation, found.agency))
    return found


def _shown(request: HttpRequest, found: Upload, *, changed: bool = False) -> HttpResponse:
    outcomes = [outcome(row) for row in found.rows]
    context = {
        "upload": found,
        "recommendation": found.consultation.recommendation,
        "rows": [_row(each) for each in outcomes],
        "counts": counts(outcomes),
        "changes": sum(each.changes for each in outcomes),
        "missed": sum(each.verdict == Verdict.NOT_UNDERSTOOD for each in outcomes),
        "changed": changed,
    }
    return render(request, "recommendations/upload.html", context, status=409 if changed else 200)


def _row(each: Outcome) -> dict[str, Any]:
    """A row as the page shows it: what was understood, or the cells as they are."""
    cells = each.cells
    return {
        "number": each.row,
        "kind": LOOKS[each.verdict],
        "words": each.words,
        "place": each.place or cells.get("place", ""),
        **{name: cells.get(name, "") for name in ("text", "from_text", "to_text", "reason")},
    }


def _done(found: Upload, *, already: bool) -> str:
    if already:
        return _("This sheet was taken over before; nothing has changed.")
    taken = sum(outcome(row).changes for row in found.rows)
    words = ngettext(
        "%(n)s row was taken over into your agency's working notes. Nobody else sees them.",
        "%(n)s rows were taken over into your agency's working notes. Nobody else sees them.",
        taken,
    )
    return words % {"n": taken}
