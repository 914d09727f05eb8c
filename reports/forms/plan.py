"""The work plan."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isecg.forms import DateInput, OnceForm, VersionedForm, keys_instead_of_rows
from members.queries import agencies_to_choose
from reports.forms.fields import lines
from reports.models import ProgressEntry, WorkItem
from reports.models.limits import SHORT

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


def day_of_change(**arguments: Any) -> forms.DateField:
    """Since which day something of the plan or a goal is so: today, if nothing else is said; never later."""
    return forms.DateField(
        widget=DateInput(), initial=_today, validators=[*IN_USE, _not_to_come], **arguments
    )


def _today() -> dt.date:
    return timezone.now().date()


def _not_to_come(day: dt.date) -> None:
    if day > _today():
        raise ValidationError(_("This day has not come yet."))


class WorkItemForm(WorkItemFields, VersionedForm):
    """An item as it stands; what changes the plan needs a reason and its day."""

    why = forms.CharField(
        label=_("Why the plan changes"),
        required=False,
        max_length=SHORT,
        widget=lines(2),
        help_text=_(
            "Needed for every change but that of the source: the history of the item keeps it beside what "
            "stood before, and the annual report names the change."
        ),
    )
    day = day_of_change(label=_("Changed on"), required=False)

    class Meta(WorkItemFields.Meta):
        pass


class DropForm(VersionedForm):
    """By which decision an item is dropped, and why."""

    decision = forms.CharField(
        label=_("By which decision"),
        max_length=300,
        help_text=_("A meeting and its day, for example. It stands in the annual report."),
    )
    why = forms.CharField(label=_("Why"), max_length=SHORT, widget=lines(3))
    day = day_of_change(label=_("Dropped on"))

    class Meta:
        model = WorkItem
        fields: ClassVar[list[str]] = []


class TakeUpForm(VersionedForm):
    """Why a dropped item is work again, and until when."""

    why = forms.CharField(label=_("Why"), max_length=SHORT, widget=lines(3))
    day = day_of_change(label=_("Taken up again on"))
    due = forms.DateField(
        label=_("Due"), widget=DateInput(), validators=IN_USE, help_text=_("The day it had, or another.")
    )

    class Meta:
        model = WorkItem
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("due", self.instance.due)


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
