"""Taking a record out."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RemoveForm(forms.Form):
    """Why a record is taken out."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(label=_("Reason"), max_length=1000, help_text=_("Kept in the log."))


class RemoveDraftForm(forms.Form):
    """A text that never left its agency goes without a reason and without a trace."""

    version = forms.IntegerField(widget=forms.HiddenInput)
