"""Files: PDFs, covers, photographs; each only for those who may see it, HEAD and Range alike."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from isecg.downloads import send
from reports import pictures, queries
from reports.models import AnnualReport, Copy, Edition, Photograph
from reports.views.withdrawals import withdrawn


@login_not_required
@require_safe
def report_pdf(request: HttpRequest, year: int) -> HttpResponseBase:
    """The current edition; 410 with day and reason where the report was withdrawn."""
    if gone := withdrawn(request, year):
        return gone
    report = get_object_or_404(AnnualReport.objects.visible_to(request.user), year=year)
    publication = queries.current_publication(report)
    if publication is None:
        raise Http404
    return _pdf(request, publication.edition)


@login_not_required
@require_safe
def edition_pdf(request: HttpRequest, year: int, number: int) -> HttpResponseBase:
    """An edition by its number, also one that a later one has replaced; 410 after a withdrawal."""
    return withdrawn(request, year) or _pdf(request, _edition(request, year, number))


@login_not_required
@require_safe
def copy_pdf(request: HttpRequest, year: int, number: int, language: str, paper: str) -> HttpResponseBase:
    """An edition's copy in a language and for a paper size; 410 after a withdrawal."""
    if gone := withdrawn(request, year):
        return gone
    edition = _edition(request, year, number)
    return _pdf(request, edition, get_object_or_404(edition.copies, language=language, paper=paper))


@login_not_required
@require_safe
def cover(request: HttpRequest, year: int, number: int) -> HttpResponseBase:
    """The picture of an edition's cover."""
    edition = _edition(request, year, number)
    if not edition.cover:
        raise Http404
    return send(request, edition.cover, etag=f"{edition.main.sha256}-cover", at=edition.made_at)


@login_not_required
@require_safe
def photograph(request: HttpRequest, sha256: str, width: int) -> HttpResponseBase:
    """A photograph at one of the widths for pages: in a published edition, or one's own."""
    row = get_object_or_404(Photograph, sha256=sha256)
    mine = queries.photographs_for(request.user).filter(pk=row.pk).exists()
    if width not in pictures.WEB_WIDTHS or not (mine or queries.is_printed(sha256, request.user)):
        raise Http404
    return send(request, pictures.web_name(sha256, width), etag=f"{sha256}-{width}")


def _edition(request: HttpRequest, year: int, number: int) -> Edition:
    visible = Edition.objects.visible_to(request.user).select_related("report")
    return get_object_or_404(visible, report__year=year, number=number)


def _pdf(request: HttpRequest, edition: Edition, copy: Copy | None = None) -> HttpResponseBase:
    """A copy, the main one unless another is meant; its header says which address has the newest."""
    chosen = copy or edition.main
    which = f"-{chosen.language}-{chosen.paper}" if copy else ""
    name = f"ISECG-annual-report-{edition.report.year}-edition-{edition.number}{which}.pdf"
    response = send(request, chosen.file, etag=chosen.sha256, at=edition.made_at, attachment=name)
    newest = f"{settings.SITE_URL}{reverse('reports:pdf', args=[edition.report.year])}"
    response["Link"] = f'<{newest}>; rel="latest-version"'
    return response
