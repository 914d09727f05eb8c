"""The page on which a year's unfinished items and goals are settled: a row for each, all sent at once."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from isecg.forms import DateInput
from reports.forms.fields import lines
from reports.forms.plan import IN_USE, day_of_change
from reports.models import Goal, Outcome
from reports.models.goals import UNFINISHED
from reports.models.limits import SHORT, TEXT
from reports.queries import Line
from reports.services.roll_forward import Decide, Drop, Forward, Step

LEAVE, FORWARD, DROP = "", "forward", "drop"


class ForAllForm(forms.Form):
    """What counts where a row says nothing of its own."""

    day = day_of_change(label=_("Decided on"))
    due = forms.DateField(label=_("New due day"), required=False, widget=DateInput(), validators=IN_USE)
    why = forms.CharField(label=_("Reason"), required=False, max_length=SHORT)
    decision = forms.CharField(
        label=_("Decision, where something is dropped"), required=False, max_length=300
    )


class ItemRow(forms.Form):
    """What becomes of one work item."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    what = forms.ChoiceField(
        label=_("What becomes of it"),
        required=False,
        choices=[
            (LEAVE, _("leave it as it is")),
            (FORWARD, _("roll it forward")),
            (DROP, _("drop it, by a decision")),
        ],
    )
    due = forms.DateField(label=_("New due day"), required=False, widget=DateInput(), validators=IN_USE)
    why = forms.CharField(label=_("Reason"), required=False, max_length=SHORT)
    decision = forms.CharField(label=_("Decision"), required=False, max_length=300)

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        self.line, self.item = line, line.item
        kwargs |= {"prefix": f"item-{self.item.pk}", "initial": {"version": self.item.version}}
        super().__init__(*args, **kwargs)

    def step(self, shared: dict[str, Any]) -> Step | None:
        """The step this row asks for, with `shared` where it is silent; None to leave the item. Says at
        its fields what is missing."""
        names = ("due", "why", "decision")
        said: dict[str, Any] = {name: self.cleaned_data.get(name) or shared.get(name) for name in names}
        wanted = {FORWARD: ("due", "why"), DROP: ("why", "decision")}.get(self.cleaned_data["what"], ())
        for name in wanted:
            if not said[name]:
                self.add_error(name, _("Fill this in, here or above for all."))
        if self.errors or not wanted:
            return None
        version: int = self.cleaned_data["version"]
        if wanted == ("due", "why"):
            return Forward(self.item, version, said["due"], said["why"])
        return Drop(self.item, version, said["why"], said["decision"])


class GoalRow(forms.Form):
    """What became of one goal."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", _("not stated yet")), *Outcome.choices]
    )
    evidence = forms.CharField(label=_("Evidence"), required=False, max_length=TEXT, widget=lines(2))
    carry = forms.BooleanField(label=_("carry it into the next year, in the same words"), required=False)

    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        self.goal = goal
        kwargs |= {"prefix": f"goal-{goal.pk}", "initial": {"version": goal.version}}
        super().__init__(*args, **kwargs)

    def step(self) -> Step | None:
        """The step this row asks for; None to leave the goal open. Says at its fields what is missing."""
        outcome, carry = self.cleaned_data["outcome"], self.cleaned_data["carry"]
        if outcome and not self.cleaned_data["evidence"]:
            self.add_error("evidence", _("Say what shows it."))
        if carry and outcome not in UNFINISHED:
            self.add_error("carry", _("Only a goal that was missed or partly met is carried on."))
        if self.errors or not outcome:
            return None
        return Decide(self.goal, self.cleaned_data["version"], outcome, self.cleaned_data["evidence"], carry)


class RollForwardForms:
    """All forms of the page together."""

    def __init__(self, lines: list[Line], goals: list[Goal], data: QueryDict | None = None) -> None:
        self.shared = ForAllForm(data, prefix="all")
        self.items = [ItemRow(data, line=line) for line in lines]
        self.goals = [GoalRow(data, goal=goal) for goal in goals]
        self.refusals: list[str] = []

    def __iter__(self) -> Iterator[forms.Form]:
        return iter([self.shared, *self.items, *self.goals])

    def steps(self) -> list[Step]:
        """What is asked for; empty as long as a form has an error."""
        valid = [form.is_valid() for form in self]  # every form: each says what it lacks
        if not all(valid):
            return []
        steps = [row.step(self.shared.cleaned_data) for row in self.items]
        steps += [row.step() for row in self.goals]
        return [] if self.failed else [step for step in steps if step]

    @property
    def failed(self) -> bool:
        """Whether a form has an error."""
        return any(form.errors for form in self if form.is_bound)
