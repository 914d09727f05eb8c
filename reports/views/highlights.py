"""Highlights: read by their agency and the secretariat, written by the secretariat."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from isecg.access import require
from reports import permissions
from reports.forms import AddHighlightForm, HighlightForm
from reports.models import AnnualReport, Highlight
from reports.services.highlights import add_highlight, edit_highlight, remove_highlight
from reports.views.writing import RemovePage, WriteNewPage, WritePage


@require_safe
def highlight(request: HttpRequest, pk: int) -> HttpResponse:
    """One highlight as it stands."""
    rows = Highlight.objects.visible_to(request.user).select_related("agency", "photograph")
    row = get_object_or_404(rows.prefetch_related("agency__names"), pk=pk)
    require(permissions.can_read_highlight(request.user, row))
    context = {
        "highlight": row,
        "edit": permissions.can_edit_highlight(request.user, row),
        "report": report_around(row) if permissions.can_edit_highlight(request.user, row) else None,
    }
    return render(request, "reports/highlight.html", context)


def report_around(row: Highlight) -> AnnualReport | None:
    """The report in whose period the highlight lies, if there is one."""
    reports = AnnualReport.objects.filter(period_start__lte=row.day).order_by("-period_start")
    return next((report for report in reports[:1] if row.day < report.period_end), None)


def page_of(row: Highlight) -> str:
    """Where the secretariat works on it: the workshop of its report; else its own page."""
    report = report_around(row)
    return (
        reverse("reports:workshop", args=[report.year]) + "#highlights" if report else row.get_absolute_url()
    )


class AddHighlight(WriteNewPage):
    """A new highlight; the address may name the agency and a day to begin with."""

    form_class = AddHighlightForm
    permission = staticmethod(permissions.can_edit_highlight)
    service = add_highlight

    def get_initial(self) -> dict[str, Any]:
        return {name: self.request.GET[name][:20] for name in ("agency", "day") if name in self.request.GET}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=_("Add a highlight"), back=reverse("reports:list"), **kwargs)

    def get_success_url(self) -> str:
        return page_of(self.object)


class EditHighlight(WritePage):
    """The highlight's words and picture."""

    model = Highlight
    form_class = HighlightForm
    permission = staticmethod(permissions.can_edit_highlight)
    service = edit_highlight

    def find(self) -> Highlight:
        rows = Highlight.objects.visible_to(self.request.user).select_related("agency", "photograph")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=page_of(self.object), **kwargs)

    def get_success_url(self) -> str:
        return page_of(self.object)


class RemoveHighlight(RemovePage):
    """The question before a highlight is taken out."""

    model = Highlight
    permission = staticmethod(permissions.can_edit_highlight)
    service = remove_highlight

    def get_queryset(self) -> Any:
        return Highlight.objects.visible_to(self.request.user)

    def after(self, record: Highlight) -> str:
        return page_of(record)
