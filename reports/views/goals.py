"""The goals over all years, their outcomes, and writing them down."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from isecg.access import Decision
from reports import charts, permissions
from reports.forms import AddGoalForm, CarryGoalForm, DecideGoalForm, GoalForm
from reports.models import Goal
from reports.queries.goals import COUNTED, Kept, Year, history, reads_records, record
from reports.services.goals import (
    add_goal,
    carry_goal,
    decide_goal,
    edit_goal,
    refuse_carrying,
    remove_goal,
)
from reports.views.writing import RemovePage, WriteNewPage, WritePage


@login_not_required
@require_safe
def goals(request: HttpRequest) -> HttpResponse:
    """What was promised for every year and what became of it, as far as the reader may know."""
    years = record(request.user)
    rows = [
        {"year": year, "goals": [{"kept": kept, "chain": _chain(years, kept)} for kept in year.goals]}
        for year in years
    ]
    tallies = [year.tally for year in years]
    context = {
        "years": rows,
        "tallies": tallies,
        "total": {name: sum(row[name] for row in tallies) for name in COUNTED},
        "chart": charts.goals_kept(tallies, charts.SCREEN).svg("goals-kept"),
        "narrow": charts.goals_kept_narrow(tallies, charts.SCREEN).svg("goals-kept-narrow"),
        "records": reads_records(request.user),
        "edit": permissions.can_edit_goal(request.user),
    }
    return render(request, "reports/goals.html", context)


def _chain(years: list[Year], kept: Kept) -> list[Kept]:
    """The goal through the years, where it did not stay alone."""
    chain = history(years, kept)
    return chain if len(chain) > 1 else []


def at(goal: Goal) -> str:
    """The goal's place on the page of all goals."""
    return f"{here()}#{goal.anchor}"


def here() -> str:
    """The page of all goals."""
    return reverse("reports:goals")


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
        return super().get_context_data(title=_("Add a goal"), back=here(), **kwargs)

    def get_success_url(self) -> str:
        return at(self.object)


class EditGoal(WritePage):
    """A goal's words, number and work items."""

    model = Goal
    form_class = GoalForm
    permission = staticmethod(permissions.can_edit_goal)
    service = edit_goal

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=at(self.object), **kwargs)

    def get_success_url(self) -> str:
        return at(self.object)


class RemoveGoal(RemovePage):
    """The question before a goal is taken out."""

    model = Goal
    permission = staticmethod(permissions.can_edit_goal)
    service = remove_goal

    def after(self, record: Goal) -> str:
        return here()


class DecideGoal(WritePage):
    """What became of a goal."""

    model = Goal
    form_class = DecideGoalForm
    permission = staticmethod(permissions.can_decide_goal)
    service = decide_goal

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = _("What became of goal %(goal)s") % {"goal": self.object}
        return super().get_context_data(title=title, lead=self.object.text, back=at(self.object), **kwargs)

    def get_success_url(self) -> str:
        return at(self.object)


class CarryGoal(WriteNewPage):
    """The goal of the next year that goes on with this one."""

    form_class = CarryGoalForm

    def allowed(self) -> Decision:
        self.goal = get_object_or_404(Goal, pk=self.kwargs["pk"])
        allowed = permissions.can_carry_goal(self.request.user, self.goal)
        if allowed and self.request.method != "POST":
            refuse_carrying(self.goal)
        return allowed

    def save(self, **fields: Any) -> Goal:
        return carry_goal(self.goal, by=self.request.user, **fields)

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.goal.text, "items": list(self.goal.items.values_list("pk", flat=True))}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"goal": self.goal, "year": self.goal.year + 1}
        title = _("Carry goal %(goal)s into %(year)s") % words
        return super().get_context_data(title=title, back=at(self.goal), **kwargs)

    def get_success_url(self) -> str:
        return at(self.object)
