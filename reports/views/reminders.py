"""Reminding agencies by hand: who would get which mail, then the button."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from isecg.access import Decision
from isecg.pages import AddPage
from reports.forms.contributions import RemindForm
from reports.models import AnnualReport
from reports.permissions.contributions import can_remind
from reports.queries import reminders as queries
from reports.services.reminders import remind
from reports.views.workshop import report_of


class Remind(AddPage):
    """The question before agencies are reminded. The address may name one: ?agency=dlr."""

    template_name = "reports/remind.html"
    form_class = RemindForm
    done = gettext_lazy("Reminded: the mails are on their way.")

    def allowed(self) -> Decision:
        self.report = report_of(self.request, self.kwargs["year"])
        self.now = timezone.now()
        decision = can_remind(self.request.user, self.report)
        self.dues = (
            [each for each in queries.due(self.report, self.now) if each.contribution] if decision else []
        )
        return decision

    def get_form_kwargs(self) -> dict[str, Any]:
        waiting = [(row.agency_id, str(row.agency)) for each in self.dues if (row := each.contribution)]
        return {**super().get_form_kwargs(), "waiting": waiting}

    def get_initial(self) -> dict[str, Any]:
        named = self.request.GET.get("agency")
        chosen = [
            row.agency_id for each in self.dues if (row := each.contribution) and row.agency.slug == named
        ]
        return {"agencies": chosen} if chosen else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = queries.lines(self.dues, self.now)
        told = [
            (due, [each for each, lines in people.items() if due in [line.due for line in lines]])
            for due in self.dues
        ]
        more = {"report": self.report, "told": told, "back": self.get_success_url()}
        return super().get_context_data(**more, **kwargs)

    def save(self, **fields: Any) -> AnnualReport:
        remind(self.report, by=self.request.user, **fields)
        return self.report

    def get_success_url(self) -> str:
        return reverse("reports:collection", args=[self.report.year])
