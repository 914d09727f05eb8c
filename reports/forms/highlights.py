"""Writing highlights: the delegation inside its agency, the secretariat once they are submitted."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Activity, Agency
from isecg.dated import say
from isecg.forms import DateInput, OnceForm, VersionedForm, keys_instead_of_rows
from members.queries import agencies_to_choose
from recommendations.models import Recommendation
from reports.forms.fields import PictureField, lines
from reports.models import AnnualReport, Highlight

WORDS = ["title", "day", "day_precision", "text"]
PICTURE = ["alt_text", "credit", "focal_x", "focal_y"]
PLACE = ["destination", "activities", "recommendations", "source"]


class HighlightFields(forms.ModelForm):
    """What an agency did; a photograph needs its credit and an alternative text."""

    picture = PictureField(
        label=_("File of the photograph"),
        help_text=_("JPEG, PNG or WebP, at least 600 pixels wide, at most 15 MB."),
    )
    markdown: ClassVar[list[str]] = ["text"]

    class Meta:
        model = Highlight
        fields = [*WORDS, *PICTURE, *PLACE]
        widgets = {
            "day": DateInput(),
            "text": lines(14),
            "source": lines(2),
            "alt_text": lines(2),
            "activities": forms.CheckboxSelectMultiple,
            "recommendations": forms.CheckboxSelectMultiple,
            "focal_x": forms.NumberInput(attrs={"min": 0, "max": 100}),
            "focal_y": forms.NumberInput(attrs={"min": 0, "max": 100}),
        }

    def __init__(
        self,
        *args: Any,
        agency: Agency | None = None,
        report: AnnualReport | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.report = report
        fields: Any = self.fields
        if "agency" in fields:
            fields["agency"].queryset = agencies_to_choose(timezone.now().date())
        fields["activities"].queryset = _activities(agency)
        fields["recommendations"].queryset = Recommendation.objects.public().order_by("-number")
        for name in ("focal_x", "focal_y"):
            fields[name].required = False
        for name in ("activities", "recommendations"):
            keys_instead_of_rows(self, name)

    def clean_focal_x(self) -> int:
        return _middle(self.cleaned_data["focal_x"])

    def clean_focal_y(self) -> int:
        return _middle(self.cleaned_data["focal_y"])

    def clean_day(self) -> Any:
        """What is written for a report lies in its period."""
        day, report = self.cleaned_data["day"], self.report
        if report is not None and not report.period_start <= day < report.period_end:
            words = _("The report tells of %(first)s to %(last)s: choose a day within.")
            raise ValidationError(words % {"first": say(report.period_start), "last": say(report.last_day)})
        return day

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        kept = self.instance.photograph_id and not fields.get("remove_picture")
        if fields.get("picture") or kept:
            if not fields.get("credit") and "credit" not in self.errors:
                self.add_error("credit", _("Say whose photograph it is."))
            if not fields.get("alt_text") and "alt_text" not in self.errors:
                self.add_error("alt_text", _("Say what the picture shows, for people who do not see it."))
        return fields


def _activities(agency: Agency | None) -> Any:
    """Those of the agency first."""
    own = Activity.agencies.through.objects.filter(activity=OuterRef("pk"), agency=agency)
    return Activity.objects.annotate(own=Exists(own)).order_by("-own", "name")


def _middle(percent: int | None) -> int:
    return 50 if percent is None else percent


class AddHighlightForm(OnceForm, HighlightFields):
    """A new highlight of any agency, by the secretariat."""

    class Meta(HighlightFields.Meta):
        fields = ["agency", *HighlightFields.Meta.fields]


class WriteHighlightForm(OnceForm, HighlightFields):
    """A new highlight of one's own agency."""

    class Meta(HighlightFields.Meta):
        pass


class HighlightForm(HighlightFields, VersionedForm):
    """A highlight as it stands; its picture can be replaced or taken out. What a delegation wrote stays its
    agency's."""

    remove_picture = forms.BooleanField(
        label=_("Take the photograph out, with its credit and alternative text"), required=False
    )

    class Meta(HighlightFields.Meta):
        fields = ["agency", *HighlightFields.Meta.fields]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.photograph_id:
            del self.fields["remove_picture"]
        if self.instance.written_by_id:
            del self.fields["agency"]
