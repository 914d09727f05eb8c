"""The data a report is made from: the snapshot of an edition, and the schema that it fits."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from isecg.canonical import canonical
from reports.models import Edition
from reports.snapshot import SCHEMA
from reports.views.withdrawals import unless_withdrawn


@login_not_required
@require_safe
@unless_withdrawn
def edition_json(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The snapshot in its canonical form: the file's SHA-256 is the one that the edition prints."""
    visible = Edition.objects.visible_to(request.user).select_related("snapshot", "report")
    edition = get_object_or_404(visible, report__year=year, number=number)
    response = HttpResponse(canonical(edition.snapshot.content), content_type="application/json")
    name = f"ISECG-annual-report-{year}-edition-{number}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = f'"{edition.snapshot.sha256}"'
    return response


@login_not_required
@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """What every snapshot fits, as JSON Schema."""
    return HttpResponse(SCHEMA.read_bytes(), content_type="application/schema+json")
