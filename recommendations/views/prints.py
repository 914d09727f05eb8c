"""PDFs: wanted, waited for, handed out; and what was issued as JSON. Who may have one is asked each time."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from isecg.access import WrongMoment
from isecg.canonical import Content
from isecg.downloads import send
from recommendations.models import Print, Recommendation, Revision
from recommendations.queries import prints as queries
from recommendations.queries.current import current
from recommendations.queries.steps import issue_of
from recommendations.services import prints as services
from recommendations.views.lookup import recommendation_of


@login_not_required
@require_safe
def pdf(request: HttpRequest, number: str) -> HttpResponseBase:
    """What was issued; before that, the newest revision this reader may see, marked as a draft."""
    recommendation = recommendation_of(request, number)
    if content := queries.issued_text(recommendation, request.user, timezone.now()):
        return handed(request, recommendation, Print.What.TEXT, content, shared=True)
    newest = Revision.objects.visible_to(request.user).filter(recommendation=recommendation).first()
    if newest is None:
        raise Http404
    return revision_pdf(request, number, newest.number)


@login_not_required
@require_safe
def revision_pdf(request: HttpRequest, number: str, revision: int) -> HttpResponseBase:
    """One revision, marked as a draft on every page; the one that was issued is the issued text."""
    recommendation, now = recommendation_of(request, number), timezone.now()
    issued = queries.issued_text(recommendation, request.user, now)
    if issued and issued["said"]["revision"] == revision:
        return handed(request, recommendation, Print.What.TEXT, issued, shared=True)
    found = queries.visible_revision(recommendation, request.user, revision, now)
    if found is None:
        raise Http404
    return handed(request, recommendation, Print.What.TEXT, queries.draft_text(found, now))


@login_not_required
@require_safe
def redline_pdf(request: HttpRequest, number: str) -> HttpResponseBase:
    """What has changed between two revisions, `from` and `to`; without them, the last two."""
    recommendation = recommendation_of(request, number)
    seen = Revision.objects.visible_to(request.user).filter(recommendation=recommendation)
    revisions = {str(each.number): each for each in seen.select_related("recommendation")}
    newest = [*revisions, "", ""]
    old = revisions.get(request.GET.get("from", newest[1]))
    new = revisions.get(request.GET.get("to", newest[0]))
    if old is None or new is None:
        raise Http404
    return handed(request, recommendation, Print.What.REDLINE, queries.redline(old, new))


@login_not_required
@require_safe
def json(request: HttpRequest, number: str) -> HttpResponse:
    """What was issued, as data: the frozen content, how it stands now, and where the rest is."""
    recommendation = recommendation_of(request, number)
    issue = issue_of(recommendation) if recommendation.is_public(timezone.now()) else None
    if issue is None:
        raise Http404
    newer = recommendation.superseded_by
    told = {
        "content": issue.content,
        "sha256": issue.sha256,
        "state": recommendation.state,
        "ended_at": queries.instant(recommendation.ended_at) if recommendation.ended_at else None,
        "end_reason": recommendation.end_reason,
        "links": {
            "html": queries.address_of(recommendation),
            "pdf": request.build_absolute_uri(reverse("recommendations:pdf", args=[number])),
            "json": request.build_absolute_uri(reverse("recommendations:json", args=[number])),
            "superseded_by": queries.address_of(newer) if newer else None,
        },
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})


def handed(
    request: HttpRequest, recommendation: Recommendation, what: str, content: Content, *, shared: bool = False
) -> HttpResponseBase:
    """The file of this content if it is ready, else the page that says how far it is.

    `shared`: the same file for everybody; otherwise it is this reader's own.
    """
    reader = request.user if request.user.is_authenticated and not shared else None
    language = get_language() or "en"
    wanted = services.want(recommendation, what, content, reader=reader, language=language)
    return _file(request, wanted) if wanted.state == Print.State.READY else redirect(wanted)


@login_not_required
@require_safe
def print_file(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """The finished file, as long as it says what this reader may read now."""
    wanted = _print(request, number, pk)
    if wanted.state != Print.State.READY:
        return redirect(wanted)
    return _file(request, wanted)


@login_not_required
@require_safe
def print_page(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """How far it is; the part alone for htmx, which is told to load the page again at the end."""
    wanted = _print(request, number, pk)
    context = {"print": progress(wanted), "recommendation": wanted.recommendation}
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "recommendations/print.html", context)
    response = render(request, "recommendations/print.html#progress", context)
    if wanted.state in (Print.State.READY, Print.State.FAILED):
        response["HX-Refresh"] = "true"
    return response


@login_not_required
@require_POST
def print_again(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Try again what failed."""
    return redirect(services.want_again(_print(request, number, pk)))


def _print(request: HttpRequest, number: str, pk: int) -> Print:
    """The print, or 404 for whom it is not. Raises WrongMoment when it would read differently now."""
    rows: Any = Print.objects
    visible = rows.visible_to(request.user).filter(recommendation__number=number)
    wanted: Print = get_object_or_404(visible.select_related("recommendation"), pk=pk)
    content = current(wanted, request.user, timezone.now())
    if content is None:
        raise Http404
    if content != wanted.content:
        way_out = (_("To the recommendation"), wanted.recommendation.get_absolute_url())
        raise WrongMoment(_("What it says has changed since this PDF was made. Ask for it again."), way_out)
    return wanted


PROGRESS = {
    Print.State.QUEUED: "queued",
    Print.State.RENDERING: "running",
    Print.State.READY: "done",
    Print.State.FAILED: "failed",
}


def progress(wanted: Print) -> dict[str, Any]:
    """How far a print is, for the progress component."""
    state = PROGRESS[Print.State(wanted.state)]
    return {
        "record": wanted,
        "state": state,
        "going": state in ("queued", "running"),
        "words": _phase(wanted),
        "label": _label(wanted),
        "poll": wanted.get_absolute_url(),
        "pages": wanted.pages,
    }


def _phase(wanted: Print) -> str:
    if wanted.state == Print.State.QUEUED:
        return _("waiting for a worker")
    return _("laying out pages") if wanted.percent < 65 else _("writing the PDF")


def _label(wanted: Print) -> str:
    content, number = wanted.content, wanted.recommendation.number
    if wanted.what == Print.What.REDLINE:
        ends = {"old": content["old"]["revision"], "new": content["new"]["revision"], "number": number}
        return _("%(number)s, changes from revision %(old)s to %(new)s (PDF)") % ends
    if wanted.what == Print.What.COMMENTS:
        return _("Comments on recommendation %(number)s (PDF)") % {"number": number}
    if wanted.what == Print.What.COMMENTED:
        words = {"number": number, "revision": content["revision"]}
        return _("Recommendation %(number)s, revision %(revision)s, with comments (PDF)") % words
    if content["status"] == "draft":
        words = {"number": number, "revision": content["revision"]}
        return _("Draft of recommendation %(number)s, revision %(revision)s (PDF)") % words
    return _("Recommendation %(number)s (PDF)") % {"number": number}


def _file(request: HttpRequest, wanted: Print) -> HttpResponseBase:
    name = f"ISECG-{wanted.recommendation.number}{_suffix(wanted)}.pdf"
    return send(request, wanted.file, etag=wanted.sha256, at=wanted.ended_at, attachment=name)


def _suffix(wanted: Print) -> str:
    content = wanted.content
    if wanted.what == Print.What.REDLINE:
        return f"-changes-{content['old']['revision']}-to-{content['new']['revision']}"
    if wanted.what == Print.What.COMMENTS:
        return "-comments"
    if wanted.what == Print.What.COMMENTED:
        return f"-revision-{content['revision']}-commented"
    return f"-draft-revision-{content['revision']}" if content["status"] == "draft" else ""
