"""The comment table, and one comment with what became of it."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from isecg.access import Decision, standing
from recommendations import workflow
from recommendations.forms.dispositions import FilterForm
from recommendations.models import Comment, Recommendation
from recommendations.permissions import dispositions as permissions
from recommendations.permissions.comments import can_place_comment
from recommendations.queries.rows import SORTS, TableRow, arranged, tallies
from recommendations.queries.table import load
from recommendations.situation import Situation
from recommendations.views.lookup import recommendation_of

A_PAGE = 100


def comment_of(request: HttpRequest, recommendation: Recommendation, pk: int) -> Comment:
    """A submitted comment this reader may see, or 404."""
    visible = Comment.objects.visible_to(request.user).submitted()
    rows = visible.filter(consultation__recommendation=recommendation, consultation__recalled_at=None)
    return get_object_or_404(rows.select_related("consultation", "agency"), pk=pk)


def may_dispose(request: HttpRequest, at: Situation) -> Decision:
    """Whether this person decides on comments now."""
    row = workflow.ACTIONS["dispose"]
    return row.may(request.user, at.rec) and workflow.moment(row, at, request.user)


@require_safe
def comments(request: HttpRequest, number: str) -> HttpResponse:
    """Every comment this reader may see: filtered and sorted by the address, counted over all."""
    recommendation = recommendation_of(request, number)
    everything = load(recommendation, request.user)
    form = FilterForm(request.GET, rows=everything)
    filters = form.filters()
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "place"
    found = arranged((row for row in everything if filters.take(row)), sort)
    context = {
        "recommendation": recommendation,
        "form": form,
        "sort": sort,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "found": len(found),
        "filtered": any(value for name, value in form.data.items() if name in form.fields),
        **around(request, recommendation, everything),
    }
    return render(request, "recommendations/comments.html", context)


def around(
    request: HttpRequest, recommendation: Recommendation, everything: list[TableRow]
) -> dict[str, Any]:
    """What the table, and each part of it, needs beside its rows."""
    prefetch_related_objects([recommendation], "consultations")
    counts, at = tallies(everything), Situation(recommendation, timezone.now())
    query = {name: value for name, value in request.GET.items() if name not in ("page", "sort") and value}
    return {
        "recommendation": recommendation,
        "consultation": at.consultation,
        "agencies": counts[:-1],
        "all": counts[-1],
        "most": max((each.total for each in counts[:-1]), default=0),
        "undecided": sum(row.is_undecided for row in everything),
        "decide": may_dispose(request, at),
        "inside": standing(request.user).secretariat or standing(request.user).chairs is not None,
        "several": len({row.round for row in everything}) > 1,
        "query": f"&{urlencode(query)}" if query else "",
        "back": back(request),
        "release": at.consultation and permissions.can_release_verdicts(request.user, at.consultation),
    }


def back(request: HttpRequest) -> str:
    """The query string of the table from which somebody comes, so that they come back to the same rows."""
    htmx: Any = request.htmx  # type: ignore[attr-defined]
    if htmx:
        return urlsplit(htmx.current_url or "").query[:500]
    named = request.POST.get("back") or request.GET.get("back")
    return (named or ("" if "comment" in request.GET else request.GET.urlencode()))[:500]


@require_safe
def comment(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One comment: everything about it, what became of it, and what this reader can do about it now. For
    htmx its row of the table alone."""
    recommendation = recommendation_of(request, number)
    found = comment_of(request, recommendation, pk)
    everything = load(recommendation, request.user)
    row = row_of(everything, found.pk)
    context = {"row": row, **around(request, recommendation, everything)}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "recommendations/comment_row.html", {**context, "focus": row.pk})
    return render(request, "recommendations/comment.html", {**context, **_options(request, found, row)})


def row_of(everything: list[TableRow], pk: int) -> TableRow:
    """The row of one comment, or 404."""
    found = next((row for row in everything if row.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _options(request: HttpRequest, found: Comment, row: TableRow) -> dict[str, Any]:
    """What this reader can do with the comment, each with its reason if not."""
    own = standing(request.user)
    disposition = getattr(found, "disposition", None) if row.verdict else None
    released = found.consultation.released_at is not None
    return {
        "comment": found,
        "released": released,
        "answer": own.speaks_for
        and disposition is not None
        and permissions.can_answer_verdict(request.user, disposition),
        "place": can_place_comment(request.user, found),
        "redact": permissions.can_redact_comment(request.user, found),
        "apply": row.applies and permissions.can_apply(request.user, found),
    }
