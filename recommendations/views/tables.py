"""The comment table as files: what this reader sees on the page, as it is filtered and sorted there."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from isecg.canonical import Content
from recommendations.forms.dispositions import FilterForm
from recommendations.models import STATEMENT, Print, Recommendation
from recommendations.queries import prints as queries
from recommendations.queries.table import load
from recommendations.tables import docx, xlsx
from recommendations.views.lookup import recommendation_of
from recommendations.views.prints import handed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def comments_xlsx(request: HttpRequest, number: str) -> HttpResponse:
    """For Excel and LibreOffice."""
    content = _content(request, recommendation_of(request, number))
    data = xlsx.write(content["table"], str(STATEMENT))
    return attached(data, XLSX, f"ISECG-{number}-comments.xlsx")


@require_safe
def comments_docx(request: HttpRequest, number: str) -> HttpResponse:
    """For Word."""
    content = _content(request, recommendation_of(request, number))
    data = docx.write(content["table"], str(STATEMENT), get_language() or "en")
    return attached(data, DOCX, f"ISECG-{number}-comments.docx")


@require_safe
def comments_pdf(request: HttpRequest, number: str) -> HttpResponseBase:
    """On paper; made by a worker."""
    recommendation = recommendation_of(request, number)
    return handed(request, recommendation, Print.What.COMMENTS, _content(request, recommendation))


def attached(data: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be kept, not shown."""
    return HttpResponse(
        data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _content(request: HttpRequest, recommendation: Recommendation) -> Content:
    now = timezone.now()
    form = FilterForm(request.GET, rows=load(recommendation, request.user, now=now))
    sort = request.GET.get("sort", "place")
    return queries.comments(recommendation, request.user, filters=form.filters(), sort=sort[:20], now=now)
