"""The goals of a year, and what became of them."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from isecg.forms import OnceForm, VersionedForm, keys_instead_of_rows
from reports.forms.fields import lines
from reports.forms.plan import day_of_change
from reports.models import Goal, Outcome
from reports.models.limits import TEXT


class GoalFields(forms.ModelForm):
    """What the group wants to reach."""

    markdown: ClassVar[list[str]] = ["text"]

    class Meta:
        model = Goal
        fields = ["number", "text", "items", "source"]
        widgets = {"text": lines(6), "items": forms.CheckboxSelectMultiple, "source": lines(2)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys_instead_of_rows(self, "items")


class AddGoalForm(OnceForm, GoalFields):
    """A new goal of a year."""

    class Meta(GoalFields.Meta):
        fields = ["year", *GoalFields.Meta.fields]


class GoalForm(GoalFields, VersionedForm):
    """A goal as it stands."""

    class Meta(GoalFields.Meta):
        pass


class DecideGoalForm(VersionedForm):
    """What became of a goal, and what shows it."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=TEXT,
        widget=lines(6),
        help_text=_("What shows it: a document, a meeting, a figure. Markdown; it stands in the report."),
    )
    decided_on = day_of_change(label=_("Stated on"))
    markdown: ClassVar[list[str]] = ["evidence"]

    class Meta:
        model = Goal
        fields: ClassVar[list[str]] = ["outcome", "evidence", "decided_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.outcome:
            del self.initial["decided_on"]  # the field's own: today


class CarryGoalForm(OnceForm, forms.ModelForm):
    """The goal of the next year that goes on with this one."""

    markdown: ClassVar[list[str]] = ["text"]

    class Meta:
        model = Goal
        fields: ClassVar[list[str]] = ["text", "items", "source"]
        widgets = {"text": lines(6), "items": forms.CheckboxSelectMultiple, "source": lines(2)}
