"""Two editions of a report held against each other."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from isecg.access import standing
from isecg.canonical import Content
from reports import snapshot
from reports.differences import differences
from reports.models import AnnualReport, Edition
from reports.queries.editions import edition_for
from reports.views.withdrawals import unless_withdrawn

NOW = "now"


@dataclass(frozen=True)
class Side:
    """One of the two; without an edition the records as they are."""

    content: Content
    edition: Edition | None = None

    @property
    def words(self) -> str:
        if self.edition is None:
            return _("the records now")
        return _("edition %(number)s") % {"number": self.edition.number}

    @property
    def note(self) -> str:
        """What was said of the change when it was published."""
        said = self.edition.publications.counting().first() if self.edition else None
        return said.note if said else ""


@login_not_required
@require_safe
@unless_withdrawn
def compare(request: HttpRequest, year: int) -> HttpResponse:
    """What one edition says otherwise than another; for the secretariat also what a new one would say."""
    report = get_object_or_404(AnnualReport.objects.circulated_to(request.user), year=year)
    editions = list(
        Edition.objects.visible_to(request.user).filter(report=report).defer("snapshot").order_by("number")
    )
    if not editions:
        raise Http404
    inside = standing(request.user).secretariat
    new = _new(request, report, inside)
    old = _old(request, report, new)
    parts = differences(old.content, new.content)
    context: dict[str, Any] = {
        "report": report,
        "editions": editions,
        "old": old,
        "new": new,
        "now": inside,
        "parts": parts,
        "count": sum(len(part.entries) for part in parts),
    }
    return render(request, "reports/compare.html", context)


def _new(request: HttpRequest, report: AnnualReport, inside: bool) -> Side:
    wanted = request.GET.get("to", "")
    return Side(snapshot.collect(report)) if inside and wanted == NOW else _edition(request, report, wanted)


def _old(request: HttpRequest, report: AnnualReport, new: Side) -> Side:
    """The one asked for; else the one before the new one, or the newest before the records."""
    if wanted := request.GET.get("from", ""):
        return _edition(request, report, wanted)
    visible = Edition.objects.visible_to(request.user).filter(report=report).select_related("snapshot")
    earlier = visible.filter(number__lt=new.edition.number) if new.edition else visible
    found = earlier.first() or new.edition
    return _side(found) if found else new


def _edition(request: HttpRequest, report: AnnualReport, wanted: str) -> Side:
    found = edition_for(report, request.user, wanted)
    if found is None:
        raise Http404
    return _side(found)


def _side(edition: Edition) -> Side:
    return Side(snapshot.upgrade(edition.snapshot.content), edition)
