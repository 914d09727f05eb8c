"""What the list of recommendations is filtered by."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from isecg.forms import DateInput
from recommendations.forms.responses import IN_USE
from recommendations.models import WAS_ISSUED, Kind, State


class FilterForm(forms.Form):
    """Class, state, words; each may stay empty."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Class"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [each for each in State if signed_in or each in WAS_ISSUED]
        for name, every, choices in (("kind", _("all classes"), Kind), ("state", _("all states"), states)):
            field: Any = self.fields[name]
            field.choices = [("", every), *((each.value, capfirst(str(each.label))) for each in choices)]


class AsOfForm(forms.Form):
    """Which day a recommendation is read as of."""

    as_of = forms.DateField(label=_("How it stood on"), widget=DateInput(), validators=IN_USE)
