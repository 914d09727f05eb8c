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
        now = timezone.now()
        decision = can_remind(self.request.user, self.report)
        waiting = queries.due(self.report, now) if decision else []
        dues = [each for each in waiting if each.contribution]
        people = queries.lines(dues, now)
        self.told = [
            (due, [person for person, lines in people.items() if due in [line.due for line in lines]])
            for due in dues
        ]
        return decision

    def get_form_kwargs(self) -> dict[str, Any]:
        waiting = [
            (row.agency_id, str(row.agency)) for due, _people in self.told if (row := due.contribution)
        ]
        return {**super().get_form_kwargs(), "waiting": waiting}

    def get_initial(self) -> dict[str, Any]:
        """The agency that the address names, else every one in which somebody can be told."""
        rows = [(due.contribution, people) for due, people in self.told if due.contribution]
        named = [row.agency_id for row, _people in rows if row.agency.slug == self.request.GET.get("agency")]
        return {"agencies": named or [row.agency_id for row, people in rows if people]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"report": self.report, "told": self.told, "back": self.get_success_url()}
        return super().get_context_data(**more, **kwargs)

    def save(self, **fields: Any) -> AnnualReport:
        remind(self.report, by=self.request.user, **fields)
        return self.report

    def get_success_url(self) -> str:
        return reverse("reports:collection", args=[self.report.year])
