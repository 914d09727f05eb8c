"""Opening the report of a year, and writing what it says of itself."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isecg.pages import AddPage
from reports import permissions
from reports.forms import OpenReportForm, ReportForm
from reports.models import AnnualReport
from reports.services.reports import edit_report, open_report
from reports.views.workshop import report_of
from reports.views.writing import WritePage


class OpenReport(AddPage):
    """The report of another year; `?year=` proposes for that one."""

    form_class = OpenReportForm
    permission = staticmethod(permissions.can_open_report)
    object: Any
    service = open_report
    extra_context = {
        "title": _("Open the report of a year"),
        "lead": _(
            "Proposed as the report before had it. Nobody is told yet: agencies are asked when "
            "collecting begins."
        ),
        "save": _("Open the report"),
    }
    done = _("Opened. The next step is to begin collecting.")

    def get_form_kwargs(self) -> dict[str, Any]:
        asked = self.request.GET.get("year", "")
        known = asked.isascii() and asked.isdigit() and 2007 <= int(asked[:5]) <= 2200
        more = {"now": timezone.now(), "year": int(asked) if known else None}
        return {**super().get_form_kwargs(), **more}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=reverse("reports:list"), **kwargs)

    def get_success_url(self) -> str:
        return reverse("reports:workshop", args=[self.object.year])


class EditReport(WritePage):
    """Foreword, signature, cover, languages and papers, deadlines, the period."""

    model = AnnualReport
    form_class = ReportForm
    permission = staticmethod(permissions.can_edit_report)
    service = edit_report

    def find(self) -> AnnualReport:
        return report_of(self.request, self.kwargs["year"])

    def get_success_url(self) -> str:
        return reverse("reports:workshop", args=[self.object.year])
