"""The work plan and the goals."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isecg.forms import DateInput, OnceForm, VersionedForm, keys_instead_of_rows
from members.queries import agencies_to_choose
from reports.forms.fields import lines
from reports.models import Goal, ProgressEntry, WorkItem

IN_USE = [MinValueValidator(dt.date(2007, 1, 1)), MaxValueValidator(dt.date(2199, 12, 31))]


class AsOfForm(forms.Form):
    """Which day a page is read as of."""

    on = forms.DateField(label=_("As of"), required=False, widget=DateInput(), validators=IN_USE)


class WorkItemFields(forms.ModelForm):
    """An item of the work plan."""

    markdown: ClassVar[list[str]] = ["description"]

    class Meta:
        model = WorkItem
        fields = ["title", "description", "lead", "contributors", "working_group", "start", "due", "source"]
        widgets = {
            "description": lines(6),
            "contributors": forms.CheckboxSelectMultiple,
            "start": DateInput(),
            "due": DateInput(),
            "source": lines(2),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = agencies_to_choose(timezone.now().date())
        self.fields["lead"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["contributors"].queryset = agencies  # type: ignore[attr-defined]
        keys_instead_of_rows(self, "contributors")


class AddWorkItemForm(OnceForm, WorkItemFields):
    """A new item; its code is part of its address and stays."""

    class Meta(WorkItemFields.Meta):
        fields = ["code", *WorkItemFields.Meta.fields]


class WorkItemForm(WorkItemFields, VersionedForm):
    """An item as it stands."""

    class Meta(WorkItemFields.Meta):
        pass


class ProgressFields(forms.ModelForm):
    """How far an item was on a day."""

    markdown: ClassVar[list[str]] = ["text"]

    class Meta:
        model = ProgressEntry
        fields = ["day", "percent", "text", "source"]
        widgets = {"day": DateInput(), "text": lines(8), "source": lines(2)}


class AddProgressForm(OnceForm, ProgressFields):
    """A new entry."""


class ProgressForm(ProgressFields, VersionedForm):
    """An entry as it stands."""

    class Meta(ProgressFields.Meta):
        pass


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
