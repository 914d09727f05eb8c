"""Where the secretariat puts a report together, renders it, publishes it and takes it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from isecg import deadlines
from isecg.access import require
from reports import gate, permissions, standing, workflow
from reports.models import AnnualReport, Language, Paper, Rendering
from reports.pdf.printed import Variant, variants
from reports.queries import life
from reports.services import editions as editing


def report_of(request: HttpRequest, year: int) -> AnnualReport:
    """The report, or 404 for those who may not know of it."""
    return get_object_or_404(AnnualReport.objects.visible_to(request.user), year=year)


@require_safe
def workshop(request: HttpRequest, year: int) -> HttpResponse:
    """The secretariat's desk for a year: how far the report is, the one next step, what stands in its way."""
    report = report_of(request, year)
    require(permissions.can_edit_report(request.user, report))
    editions = list(
        report.editions.select_related("snapshot").defer("snapshot__content").prefetch_related("copies")
    )
    now = timezone.now()
    publications = list(report.publications.standing().select_related("edition", "by"))
    held = publications[0] if publications and publications[0].at > now else None
    records = gate.Records(report)
    points = gate.points(report, editions[0] if editions else None, records)
    situation = life.Situation(
        report=report,
        now=now,
        newest=editions[0] if editions else None,
        unchanged=any(point.key == "records" and point.done for point in points),
        held=held,
        current=next((each for each in publications if each.at <= now), None),
        blocked=gate.stopping(points),
        missing=standing.missing(records.parts),
    )
    options, following = workflow.options(report, request.user, now), life.next_step(situation)
    context = {
        "report": report,
        "life": life.life(report, now),
        "next": following,
        "may_go_on": options[following.verb].decision if following and following.verb else None,
        "situation": situation,
        "points": points,
        "editions": editions,
        "publications": publications,
        "approval": report.approvals.select_related("edition", "by").first(),
        "held": holding(report, options),
        "rendering": _shown(report),
        "options": options,
        "variants": [_words(variant) for variant in variants(report)],
        "parts": _parts(records),
    }
    return render(request, "reports/workshop.html", context)


def holding(report: AnnualReport, options: dict[str, workflow.Option]) -> dict[str, Any] | None:
    """A publication that waits for its effect, for who may take it back; None for others, and later."""
    recall, send_now = (options[verb].decision for verb in ("recall", "send_now"))
    if not recall or report.held_until is None:
        return None
    words = _("It becomes public at %(instant)s") % {"instant": deadlines.utc(report.held_until)}
    return {"words": words, "recall": recall, "send_now": send_now}


def _words(variant: Variant) -> str:
    return f"{Language(variant.language).label}, {Paper(variant.paper).label}"


def _parts(records: gate.Records) -> dict[str, Any]:
    """What the cards say of the parts that a report is made from; asks nothing that the gate has not."""
    return {
        "asked": len(records.parts),
        "submitted": sum(part.submission is not None for part in records.parts),
        "chapters": records.chapters,
        "told": sum(bool(chapter.highlights) for chapter in records.chapters),
        "sections": len(records.sections),
        "unwritten": sum(not line.section.text for line in records.sections),
        "blank_goals": len(records.blank_goals),
        "next_goals": len(records.now["goals"]),
        "unreported": len(records.unreported),
    }


def _shown(report: AnnualReport) -> dict[str, Any] | None:
    """The latest rendering, in the words of the progress component."""
    rendering = report.renderings.select_related("report", "edition__report").first()
    return progress(rendering) if rendering else None


PROGRESS = {
    Rendering.State.QUEUED: "queued",
    Rendering.State.RENDERING: "running",
    Rendering.State.READY: "done",
    Rendering.State.FAILED: "failed",
}


def progress(rendering: Rendering) -> dict[str, Any]:
    """How far a rendering is, for the progress component."""
    edition = getattr(rendering, "edition", None)
    return {
        "record": rendering,
        "report": rendering.report,
        "edition": edition,
        "state": PROGRESS[Rendering.State(rendering.state)],
        "words": rendering.get_phase_display(),
        "label": str(edition or rendering.report),
        "poll": rendering.get_absolute_url(),
    }


@require_safe
def rendering(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one rendering is; the part alone for htmx, which is told to reload the page at the end."""
    visible = Rendering.objects.filter(report__in=AnnualReport.objects.visible_to(request.user))
    row = get_object_or_404(visible.select_related("report", "edition"), pk=pk)
    require(permissions.can_render(request.user, row.report))
    context = {"rendering": progress(row)}
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "reports/rendering.html", context)
    response = render(request, "reports/rendering.html#progress", context)
    if row.state in (Rendering.State.READY, Rendering.State.FAILED):
        response["HX-Refresh"] = "true"
    return response


@require_POST
def render_report(request: HttpRequest, year: int) -> HttpResponse:
    """Want the PDF. What has been rendered already is not rendered again, and is said."""
    report = report_of(request, year)
    by: Any = request.user
    row = editing.render(report, by=by)
    if row.state == Rendering.State.READY:
        words = _("Nothing has changed since %(edition)s was made: here it is again.")
        messages.info(request, words % {"edition": row.edition})
    return redirect(reverse("reports:workshop", args=[report.year]) + "#rendering")
