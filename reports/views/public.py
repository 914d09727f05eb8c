"""What everybody reads: the library of reports, one report, the work plan, the documents."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from isecg.access import standing
from reports import permissions, queries, reading, workflow
from reports.forms import AsOfForm
from reports.models import (
    PUBLIC,
    AnnualReport,
    Document,
    DocumentKind,
    Edition,
    Publication,
    WorkItem,
    stands_in,
)
from reports.queries.contributions import own_parts
from reports.queries.goals import of_item
from reports.views.withdrawals import unless_withdrawn
from reports.views.workshop import holding


@login_not_required
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The published reports with their covers, and the real ones of earlier years."""
    context = {
        "shelves": queries.library(),
        "earlier": Document.objects.filter(kind=DocumentKind.ANNUAL_REPORT).order_by("-title"),
        "open": permissions.can_open_report(request.user),
        "drafts": AnnualReport.objects.visible_to(request.user).exclude(stands_in(PUBLIC, timezone.now())),
        "parts": own_parts(request.user),
    }
    return render(request, "reports/library.html", context)


@login_not_required
@require_safe
def detail(request: HttpRequest, year: int) -> HttpResponse:
    """One report: the edition that counts, to download and to read; 410 when it was withdrawn."""
    report = get_object_or_404(AnnualReport.objects.known_to(request.user), year=year)
    if report.is_withdrawn and not standing(request.user).secretariat:
        return render(request, "reports/withdrawn.html", {"report": report}, status=410)
    publications = _publications(report)
    return _page(request, report, _shown(report, publications), publications)


@login_not_required
@require_safe
@unless_withdrawn
def edition(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """An edition to read, also one that a later one has replaced, which it says at its top."""
    visible = Edition.objects.visible_to(request.user).select_related("report", "snapshot")
    shown = get_object_or_404(visible.prefetch_related("copies"), report__year=year, number=number)
    return _page(request, shown.report, shown, _publications(shown.report))


def _page(
    request: HttpRequest, report: AnnualReport, edition: Edition | None, publications: list[Publication]
) -> HttpResponse:
    """The report in one edition; `publication` is its own, `current` the one that counts."""
    current = publications[0] if publications else None
    own = [each for each in publications if edition and each.edition_id == edition.pk]
    context = {
        "report": report,
        "edition": edition,
        "publications": publications,
        "publication": own[0] if own else None,
        "current": current,
        "replaced": bool(own and current) and own[0].edition_id != publications[0].edition_id,
        "twin": edition and reading.twin(edition),
        "held": holding(report, workflow.options(report, request.user)),
        "edit": permissions.can_edit_report(request.user, report),
    }
    return render(request, "reports/detail.html", context)


def _publications(report: AnnualReport) -> list[Publication]:
    """Newest first, each with its edition and that edition's copies."""
    return list(report.publications.counting().select_related("edition").prefetch_related("edition__copies"))


def _shown(report: AnnualReport, publications: list[Publication]) -> Edition | None:
    """The current edition; before there is one, the newest (only the secretariat gets that far)."""
    editions = report.editions.select_related("snapshot").prefetch_related("copies")
    return editions.get(pk=publications[0].edition_id) if publications else editions.first()


@login_not_required
@require_safe
def work_plan(request: HttpRequest) -> HttpResponse:
    """All work items as of a day: two charts, and the table that says the same."""
    form = AsOfForm(request.GET)
    on = _day(form)
    lines = queries.work_plan(on)
    context = {
        "form": form,
        "on": on,
        "lines": lines,
        "counts": queries.counts(lines),
        "rule": queries.STATUS_RULE,
        "charts": reading.charts_of(lines, on),
        "edit": permissions.can_edit_work_item(request.user),
    }
    return render(request, "reports/work_plan.html", context, status=200 if form.is_valid() else 422)


def _day(form: AsOfForm) -> dt.date:
    return (form.is_valid() and form.cleaned_data["on"]) or timezone.now().date()


@login_not_required
@require_safe
def work_item(request: HttpRequest, code: str) -> HttpResponse:
    """One work item with its dated entries, newest first."""
    today = timezone.now().date()
    item = get_object_or_404(WorkItem, code=code)
    line = queries.work_plan(today, WorkItem.objects.filter(pk=item.pk))[0]
    context: dict[str, Any] = {
        "line": line,
        "item": line.item,
        "entries": item.entries.order_by("-day"),
        "changes": queries.told(line),
        "goals": of_item(item.code, request.user),
        "rule": queries.STATUS_RULE,
        "edit": permissions.can_edit_work_item(request.user, item),
        "add_progress": line.dropped is None and permissions.can_add_progress(request.user, item),
        "drop": line.unfinished and permissions.can_drop_work_item(request.user, item),
        "take_up": item.dropped_on is not None and permissions.can_take_up_work_item(request.user, item),
    }
    return render(request, "reports/work_item.html", context)


@login_not_required
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """The library of documents, by kind."""
    kinds = queries.documents_by_kind()
    context = {"kinds": kinds, "edit": permissions.can_edit_document(request.user)}
    return render(request, "reports/documents.html", context)
