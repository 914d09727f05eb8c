"""What the event log is filtered by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from isecg.audit.words import VERBS
from isecg.forms import DateInput


def verbs() -> list[tuple[str, str]]:
    """Every verb by its words, in the order of the reader's alphabet."""
    named = sorted(((code, str(words)) for code, words in VERBS.items()), key=lambda each: each[1].casefold())
    return [("", str(_("anything"))), *named]


class LogForm(forms.Form):
    """Who, what, which record, which day; each may stay empty."""

    who = forms.CharField(label=_("Who"), required=False, max_length=200)
    what = forms.ChoiceField(label=_("What"), required=False, choices=verbs)
    record = forms.CharField(label=_("Which record"), required=False, max_length=300)
    day = forms.DateField(label=_("Day"), required=False, widget=DateInput())
