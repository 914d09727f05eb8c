"""What the list of mails is filtered by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from isecg.mail.models import Message


class MailForm(forms.Form):
    """To whom, and in which state; both may stay empty."""

    to = forms.CharField(label=_("To"), required=False, max_length=254)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("any")), *Message.State.choices]
    )
