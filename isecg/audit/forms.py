"""What the event log is filtered by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from isecg.forms import DateInput


class LogForm(forms.Form):
    """Who, what, which record, which day; each may stay empty."""

    who = forms.CharField(label=_("Who"), required=False, max_length=200)
    what = forms.CharField(label=_("What"), required=False, max_length=40)
    record = forms.CharField(label=_("Which record"), required=False, max_length=300)
    day = forms.DateField(label=_("Day"), required=False, widget=DateInput())
