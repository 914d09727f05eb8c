"""The list of meetings."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isecg.forms import DateInput, OnceForm, VersionedForm
from members.queries import agencies_to_choose
from reports.forms.fields import lines
from reports.forms.plan import IN_USE
from reports.models import Meeting


class MeetingFields(forms.ModelForm):
    """A meeting, as far as it is known."""

    day = forms.DateField(
        label=_("First day"),
        required=False,
        widget=DateInput(),
        validators=IN_USE,
        help_text=_("Empty where it is not known; of a month or a year alone, the first day of it."),
    )
    link = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")
    markdown: ClassVar[list[str]] = ["about"]

    class Meta:
        model = Meeting
        fields: ClassVar[list[str]] = [
            *("title", "kind", "day", "day_precision", "last_day", "place", "host", "about", "link", "source")
        ]
        widgets = {"last_day": DateInput(), "about": lines(5), "source": lines(2)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        host: Any = self.fields["host"]
        host.queryset = agencies_to_choose(timezone.now().date())
        host.empty_label = _("none, or not known")


class AddMeetingForm(OnceForm, MeetingFields):
    """A new meeting; its address stays."""

    class Meta(MeetingFields.Meta):
        fields: ClassVar[list[str]] = ["slug", *MeetingFields.Meta.fields]


class MeetingForm(MeetingFields, VersionedForm):
    """A meeting as it stands."""

    class Meta(MeetingFields.Meta):
        pass
