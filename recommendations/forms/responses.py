"""Forms of the agencies' answers."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isecg.access import standing
from isecg.forms import DateInput, OnceForm, VersionedForm
from members.queries import agencies_to_choose
from recommendations.models import ANSWERS, Answer, Aspect, Response
from recommendations.models.limits import SHORT

IN_USE = [MinValueValidator(dt.date(2007, 1, 1)), MaxValueValidator(dt.date(2199, 12, 31))]
QUESTIONS = {
    Aspect.STANCE: _("How your agency stands to it"),
    Aspect.FOLLOW_THROUGH: _("What your agency does about it"),
}


class ResponseFields(forms.ModelForm):
    """One of the two facts, in the agency's own words."""

    link = forms.URLField(label=_("Link"), required=False, max_length=200, assume_scheme="https")

    class Meta:
        model = Response
        fields = ["answer", "text", "link", "day", "valid_until", "public"]
        widgets = {
            "answer": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 6}),
            "day": DateInput(),
            "valid_until": DateInput(),
        }
        help_texts = {
            "text": _("Plain text. Shown as your agency's words, unedited."),
            "valid_until": _("From that day on it is shown as an older answer, not reconfirmed."),
        }

    def __init__(self, *args: Any, aspect: Aspect | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        aspect = aspect or Aspect(self.instance.aspect)
        answer: Any = self.fields["answer"]
        answer.choices = [(each.value, each.label) for each in map(Answer, ANSWERS[aspect])]
        answer.label = QUESTIONS[aspect]
        for name in ("day", "valid_until"):
            self.fields[name].validators += IN_USE


class RespondForm(OnceForm, ResponseFields):
    """A new answer; who writes for several agencies says for which."""

    agency: Any = forms.ModelChoiceField(label=_("For"), queryset=None)
    field_order = ["agency", *ResponseFields.Meta.fields]

    def __init__(self, *args: Any, writer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        agency.queryset = agencies_to_choose(timezone.now().date()).filter(pk__in=standing(writer).writes_for)
        own = list(agency.queryset)
        if len(own) == 1:
            agency.widget, agency.initial = forms.HiddenInput(), own[0].pk


class ResponseForm(ResponseFields, VersionedForm):
    """A draft as it stands."""

    class Meta(ResponseFields.Meta):
        pass


class StepForm(forms.Form):
    """The question before a step: which version of the answer was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(StepForm):
    """The same, with a reason."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It goes to the agency with the mail."),
    )
