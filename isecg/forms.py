"""Forms: every one looks the same, says its errors in place and in a summary, and keeps what was typed."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from isecg import deadlines

FARTHEST = dt.timedelta(days=366)


class Renderer(TemplatesSetting):
    """`{{ form }}` and `{{ field.as_field_group }}` are our components."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class DateInput(forms.DateInput):
    """The browser's own date picker; always ISO, so that it works in every language."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class TimeInput(forms.TimeInput):
    """The browser's own clock, hours and minutes."""

    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class DeadlineInput(forms.MultiWidget):
    """A day and, for those who want another instant than its end, a time in UTC."""

    template_name = "components/deadline-input.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"day": DateInput(), "time": TimeInput()}, attrs)

    def decompress(self, value: dt.datetime | None) -> list[Any]:
        if value is None:
            return [None, None]
        day = deadlines.day_of(value)
        there = value.astimezone(dt.UTC)
        return [day, None] if day else [there.date(), there.time()]


class DeadlineField(forms.MultiValueField):
    """An instant named by a day: its end anywhere on earth, or a time of that day in UTC."""

    widget = DeadlineInput

    def __init__(self, **kwargs: Any) -> None:
        day = forms.DateField(error_messages={"incomplete": _("Name the day.")})
        time = forms.TimeField(required=False)
        words = _("The end of this day, anywhere on earth. With a time: that time of the day, in UTC.")
        super().__init__(fields=(day, time), require_all_fields=False, **{"help_text": words, **kwargs})

    def compress(self, data_list: list[Any]) -> dt.datetime | None:
        """Raises ValidationError for a day that no calendar reaches."""
        if not data_list or data_list[0] in self.empty_values:
            return None
        day, time = data_list
        if not deadlines.FIRST <= day <= deadlines.LAST:
            raise ValidationError(_("This day is too far away."))
        return dt.datetime.combine(day, time, dt.UTC) if time else deadlines.end_of(day)


class VersionedForm(forms.ModelForm):
    """A form that remembers which version of the record it was opened with (see `isecg.versions`)."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def values(self) -> dict[str, Any]:
        """What was typed, without the version: the fields for a service."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class OnceForm(forms.Form):
    """A form that adds something carries a token, so that sending it twice adds it once (`isecg.once`)."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def values(self) -> dict[str, Any]:
        """What was typed, without the token: the fields for a service."""
        return {name: value for name, value in self.cleaned_data.items() if name != "token"}


class TrialForm(OnceForm):
    """The question of a step that others notice: it can be rehearsed before it is complete."""

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def trial(self) -> dict[str, Any] | None:
        """The values to rehearse with: what was typed, or else what the form proposes, with dots in place of
        words still to be written. None while something else is missing or wrong."""
        if self.is_bound:
            self.is_valid()
            complete = self.fields.keys() <= self.cleaned_data.keys()
            return self.values() if complete else None
        values = {
            name: self.get_initial_for_field(field, name)
            for name, field in self.fields.items()
            if name != "token"
        }
        for name, field in self.fields.items():
            if field.required and not values.get(name, True):
                if not isinstance(field.widget, forms.Textarea):
                    return None
                values[name] = "…"
        return self.complete(values)

    def values(self) -> dict[str, Any]:
        return self.complete(super().values())

    def complete(self, values: dict[str, Any]) -> dict[str, Any]:
        """The fields of the service: without those left empty where the service knows what is meant."""
        return {name: value for name, value in values.items() if value is not None}

    def chosen(self, values: dict[str, Any]) -> dict[str, str]:
        """What was chosen, without the free words: if it changes, so does what was shown."""
        free = {name for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea)}
        return {name: _plain(value) for name, value in values.items() if name not in free}

    def ahead(self, name: str) -> dt.datetime | None:
        """The deadline that was named; it lies ahead, and not farther than a year."""
        instant: dt.datetime | None = self.cleaned_data.get(name)
        if instant and instant <= self.now:
            raise ValidationError(_("This instant has passed."))
        if instant and instant > self.now + FARTHEST:
            raise ValidationError(_("This is more than a year away."))
        return instant


def _plain(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if hasattr(value, "pk"):
        return str(value.pk)
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return ",".join(sorted(_plain(each) for each in value))
    return str(value)


def take_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Show a service's or a constraint's refusal on the form, at its field where there is one."""
    by_field = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
    for name, errors in by_field.items():
        for each in errors:
            form.add_error(name if name in form.fields else None, each)


def keys_instead_of_rows(form: forms.ModelForm, name: str) -> None:
    """Django gives rows as a link's first value and keys as what was typed; `conflict` compares the two."""
    if name in form.initial:
        form.initial[name] = [row.pk for row in form.initial[name]]
