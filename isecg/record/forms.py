from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """The words that are looked for."""

    q = forms.CharField(
        label=_("Words"), max_length=200, required=False, widget=forms.TextInput({"type": "search"})
    )
