"""Writing down the goals of a year."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reports import permissions
from reports.forms import AddGoalForm, GoalForm
from reports.models import AnnualReport, Goal
from reports.services.goals import add_goal, edit_goal, remove_goal
from reports.views.writing import RemovePage, WriteNewPage, WritePage


def page_of(year: int) -> str:
    """The workshop of the report that says these goals: the one of the year before; else the library."""
    if AnnualReport.objects.filter(year=year - 1).exists():
        return reverse("reports:workshop", args=[year - 1]) + "#goals"
    return reverse("reports:list")


class AddGoal(WriteNewPage):
    """A new goal; the address may name the year, and the next number is proposed."""

    form_class = AddGoalForm
    permission = staticmethod(permissions.can_edit_goal)
    service = add_goal

    def year(self) -> int | None:
        year = self.request.GET.get("year", "")
        return int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None

    def get_initial(self) -> dict[str, Any]:
        if not (year := self.year()):
            return {}
        last = Goal.objects.filter(year=year).order_by("-number").first()
        return {"year": year, "number": last.number + 1 if last else 1}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=_("Add a goal"), back=page_of(self.year() or 0), **kwargs)

    def get_success_url(self) -> str:
        return page_of(self.object.year)


class EditGoal(WritePage):
    """A goal's words, number and work items."""

    model = Goal
    form_class = GoalForm
    permission = staticmethod(permissions.can_edit_goal)
    service = edit_goal

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=page_of(self.object.year), **kwargs)

    def get_success_url(self) -> str:
        return page_of(self.object.year)


class RemoveGoal(RemovePage):
    """The question before a goal is taken out."""

    model = Goal
    permission = staticmethod(permissions.can_edit_goal)
    service = remove_goal

    def after(self, record: Goal) -> str:
        return page_of(record.year)
