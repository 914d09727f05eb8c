"""Forms: every one looks the same, says its errors in place and in a summary, and keeps what was typed."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """`{{ form }}` and `{{ field.as_field_group }}` are our components."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class DateInput(forms.DateInput):
    """The browser's own date picker; always ISO, so that it works in every language."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


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


def take_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Show a service's or a constraint's refusal on the form, at its field where there is one."""
    by_field = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
    for name, errors in by_field.items():
        for each in errors:
            form.add_error(name if name in form.fields else None, each)
