"""Who is asked for a part of a report: one agency more, or one less."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from isecg.access import Decision, WrongMoment, require
from isecg.pages import AddPage
from reports.forms.contributions import AskAgencyForm, LeaveOutForm
from reports.models import Contribution
from reports.permissions import contributions as permissions
from reports.queries import contributions as queries
from reports.services.asking import ask_agency, leave_out
from reports.standing import part_of
from reports.views.contributions import contribution_of
from reports.views.workshop import report_of
from reports.views.writing import RemovePage


class AskAgency(AddPage):
    """One more agency."""

    form_class = AskAgencyForm
    template_name = "reports/ask-agency.html"
    done = gettext_lazy("The agency is in the collection.")

    def allowed(self) -> Decision:
        self.report = report_of(self.request, self.kwargs["year"])
        return permissions.can_ask_agency(self.request.user, self.report)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (decision := queries.can_ask_now(self.report)):
            raise WrongMoment(decision.reason, (gettext_lazy("To the collection"), self.get_success_url()))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "agencies": queries.unasked(self.report)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        some = queries.unasked(self.report).exists()
        return super().get_context_data(report=self.report, back=self.get_success_url(), some=some, **kwargs)

    def save(self, **fields: Any) -> Contribution:
        return ask_agency(self.report, by=self.request.user, **fields)

    def get_success_url(self) -> str:
        return reverse("reports:collection", args=[self.report.year])


class LeaveOut(RemovePage):
    """One agency less."""

    model = Contribution
    template_name = "reports/leave-out.html"
    permission = staticmethod(permissions.can_leave_out)
    service = leave_out
    done = gettext_lazy("The agency is no longer asked.")

    def get_object(self, queryset: Any = None) -> Contribution:
        row = contribution_of(self.request, self.kwargs["year"], self.kwargs["slug"])
        require(permissions.can_leave_out(self.request.user, row))
        if self.request.method != "POST" and not (decision := queries.can_leave_out_now(part_of(row))):
            raise WrongMoment(decision.reason, (gettext_lazy("To the agency's part"), row.get_absolute_url()))
        return row

    def form_class(self) -> type[LeaveOutForm]:
        return LeaveOutForm

    def after(self, record: Contribution) -> str:
        return reverse("reports:collection", args=[record.report.year])
