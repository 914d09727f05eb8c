"""The draft that goes round among the agencies while they confirm and the chair approves."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from isecg.access import standing
from reports import gate, reading, workflow
from reports.models import AnnualReport, Contribution, Edition


@require_safe
def draft(request: HttpRequest, year: int) -> HttpResponseBase | HttpResponse:
    """The newest edition, to read; its PDF is at hand. Who is asked finds the way to the own part, the chair
    to the approval. Once the report is public, its page takes the draft's place."""
    report = get_object_or_404(AnnualReport.objects.circulated_to(request.user), year=year)
    if report.is_public:
        return redirect(report)
    visible = Edition.objects.visible_to(request.user).filter(report=report)
    edition = visible.select_related("snapshot").prefetch_related("copies").first()
    if edition is None and not standing(request.user).secretariat:
        raise Http404
    mine = Contribution.objects.filter(report=report, agency__in=standing(request.user).reads_for)
    context = {
        "report": report,
        "edition": edition,
        "changed": edition and not gate.unchanged(report, [edition]),
        "mine": mine.filter(asked_at__isnull=False).select_related("agency"),
        "options": workflow.options(report, request.user),
        "twin": edition and reading.twin(edition),
    }
    return render(request, "reports/draft.html", context)
