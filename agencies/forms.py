"""Forms for seats, names, memberships and the chair."""

import datetime as dt
from typing import Any
from unicodedata import normalize
from zoneinfo import available_timezones

import pycountry
from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.models import Activity, Agency, AgencyName, ChairTerm, Destination, Membership, Waiver
from isecg.dated import Precision
from isecg.forms import DateInput, OnceForm, VersionedForm, keys_instead_of_rows

DAYS = {"start": DateInput, "end": DateInput, "day": DateInput, "withdrawn": DateInput}
NAMING = ["acronym", "name", "name_en"]
DATED = ["start", "start_precision", "end", "end_precision"]
RESERVED = {"add"}  # words that are addresses of their own below /agencies/ and /activities/
REGIONS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)
EXACT = _(
    "A day known only by its month or year is entered as the first day of it. “Day by which it had begun” is "
    "for what was so on that day, and began nobody knows when."
)


def countries() -> list[tuple[str, str]]:
    """ISO codes with their names in the reader's language, by name."""
    names = Locale.parse(get_language() or "en", sep="-").territories
    rows = [(each.alpha_2, names.get(each.alpha_2, each.name)) for each in pycountry.countries]
    rows.sort(key=lambda row: normalize("NFKD", row[1]))  # Österreich beside Oman, not behind Zypern
    return [("", str(_("International organisation"))), *rows]


def zones() -> list[tuple[str, str]]:
    """The time zones of places, by name; the old and technical names of the database are left out."""
    places = sorted(name for name in available_timezones() if name.startswith(REGIONS))
    return [("", str(_("Not known"))), *((name, name.replace("_", " ")) for name in places)]


class AsOfForm(forms.Form):
    """Which day a page is read as of."""

    on = forms.DateField(
        label=_("As of"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=DateInput(),
        error_messages={"invalid": _("This is not a day. Write it as year-month-day, such as 2015-10-05.")},
    )


class AgencyFields(forms.ModelForm):
    """What a seat is, apart from its names."""

    country = forms.ChoiceField(label=_("Country"), choices=lazy(countries, list), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lazy(zones, list),
        required=False,
        help_text=_("Of its seat: deadlines are shown as they fall there."),
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https", max_length=200)

    class Meta:
        model = Agency
        fields = ["country", "time_zone", "website", "about", "source"]


class AgencyForm(VersionedForm, AgencyFields):
    """Edit a seat."""

    class Meta(AgencyFields.Meta):
        pass


class NewAgencyForm(OnceForm, AgencyFields):
    """A new seat and its first name."""

    acronym = AgencyName._meta.get_field("acronym").formfield()
    name = AgencyName._meta.get_field("name").formfield()
    name_en = AgencyName._meta.get_field("name_en").formfield()
    start = forms.DateField(label=_("Called so since"), widget=DateInput())
    start_precision = forms.ChoiceField(
        label=_("This is exact to the"), choices=Precision.choices, initial=Precision.DAY, help_text=EXACT
    )
    field_order = [*NAMING, "start", "start_precision", "slug", "country", "time_zone"]

    class Meta(AgencyFields.Meta):
        fields = ["slug", *AgencyFields.Meta.fields]

    def clean_slug(self) -> str:
        return _not_reserved(self.cleaned_data["slug"])


def _not_reserved(slug: str) -> str:
    """In small letters. Raises ValidationError where a page of the portal has this address."""
    if slug.lower() in RESERVED:
        raise ValidationError(_("This address is taken by a page of the portal."))
    return slug.lower()


class NameFields(forms.ModelForm):
    class Meta:
        model = AgencyName
        fields = [*NAMING, *DATED, "source"]
        widgets = DAYS
        help_texts = {"start_precision": EXACT}


class NameForm(VersionedForm, NameFields):
    """Correct a name."""

    class Meta(NameFields.Meta):
        pass


class NewNameForm(OnceForm, NameFields):
    """A name of the past."""

    class Meta(NameFields.Meta):
        pass


class RenameForm(OnceForm, NameFields):
    """The name from a day on."""

    class Meta(NameFields.Meta):
        fields = [*NAMING, "start", "start_precision", "source"]


class MembershipFields(forms.ModelForm):
    class Meta:
        model = Membership
        fields = [*DATED, "founder", "note", "source"]
        widgets = DAYS
        help_texts = {"start_precision": EXACT}


class MembershipForm(VersionedForm, MembershipFields):
    """Correct a membership."""

    class Meta(MembershipFields.Meta):
        pass


class NewMembershipForm(OnceForm, MembershipFields):
    """A membership, of now or of the past."""

    class Meta(MembershipFields.Meta):
        pass


class EndMembershipForm(VersionedForm):
    """Since when an agency is no member."""

    class Meta:
        model = Membership
        fields = ["end", "end_precision", "note"]
        widgets = DAYS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["end"].required = True


class AgencyChoice(forms.ModelChoiceField):
    """An agency by acronym and name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Agency.objects.none(), **kwargs)

    def label_from_instance(self, agency: Any) -> str:
        return f"{agency.acronym} – {agency.name}"


def _offer(form: forms.BaseForm, *names: str, members: bool = True) -> None:
    """Fill the choices with today's members, or with every agency."""
    today = timezone.now().date()
    rows = Agency.objects.named(today)
    for name in names:
        form.fields[name].queryset = rows.members_on(today) if members else rows  # type: ignore[attr-defined]


class TermFields(forms.ModelForm):
    """A chair term; any agency, since the past knows others than today's members."""

    agency = AgencyChoice(
        label=_("Agency"),
        required=False,
        empty_label=_("Unknown or vacant"),
        help_text=_("Without an agency nobody, or nobody we know of, chairs from this day on."),
    )

    class Meta:
        model = ChairTerm
        fields = ["agency", "start", "start_precision", "start_note", "person", "source"]
        widgets = DAYS
        help_texts = {"start_precision": EXACT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "agency", members=False)


class TermForm(VersionedForm, TermFields):
    """Correct a chair term."""

    class Meta(TermFields.Meta):
        pass


class NewTermForm(OnceForm, TermFields):
    """A chair term of the past."""

    class Meta(TermFields.Meta):
        pass


class HandOverForm(OnceForm):
    """To whom the chair goes, and from when on. `seen` is the newest term when the form was opened."""

    to = AgencyChoice(label=_("The chair goes to"))
    start = forms.DateField(
        label=_("From"), widget=DateInput(), help_text=_("The first day of the new term.")
    )
    start_precision = forms.ChoiceField(
        label=_("This is exact to the"), choices=Precision.choices, initial=Precision.DAY, help_text=EXACT
    )
    person = forms.CharField(
        label=_("Person"), required=False, max_length=200, help_text=_("Who chairs for the agency, if known.")
    )
    source = forms.CharField(
        label=_("Source"), required=False, max_length=2000, help_text=_("Where this can be read; printed.")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62)
    confirmed = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "to", members=False)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "confirmed"}


class RemoveTermForm(VersionedForm):
    """Why a term is taken out."""

    why = forms.CharField(label=_("Reason"), max_length=500, help_text=_("Kept in the event log."))

    class Meta:
        model = ChairTerm
        fields: list[str] = []


class WaiverFields(OnceForm):
    day = forms.DateField(label=_("Said on"), widget=DateInput(), initial=timezone.localdate)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In the agency's words, if it gave any. Everybody can read it."),
    )

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day > timezone.now().date():
            raise ValidationError(_("This day has not come yet."))
        return day


class DeclineForm(WaiverFields):
    """An agency lets its turn pass."""

    agency = AgencyChoice(label=_("Agency"))
    field_order = ["agency"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "agency")


class SwapForm(WaiverFields):
    """Two agencies take each other's place."""

    agency = AgencyChoice(label=_("This agency"))
    other = AgencyChoice(label=_("swaps with"))
    field_order = ["agency", "other"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "agency", "other")


class WithdrawForm(VersionedForm):
    """Taking back what was declined or swapped."""

    class Meta:
        model = Waiver
        fields: list[str] = []


class ActivityFields(forms.ModelForm):
    """A mission or programme, as far as it is known."""

    link = forms.URLField(label=_("Link"), required=False, assume_scheme="https", max_length=500)

    class Meta:
        model = Activity
        fields = [
            *("name", "agencies", "destination", "day", "day_precision", "status", "status_on"),
            *("about", "link", "source"),
        ]
        widgets = {**DAYS, "status_on": DateInput, "agencies": forms.CheckboxSelectMultiple}
        help_texts = {"day_precision": EXACT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agencies"].queryset = Agency.objects.named(timezone.now().date())  # type: ignore[attr-defined]
        keys_instead_of_rows(self, "agencies")


class ActivityForm(VersionedForm, ActivityFields):
    """Edit an activity."""

    class Meta(ActivityFields.Meta):
        pass


class NewActivityForm(OnceForm, ActivityFields):
    """A new activity; its address stays."""

    class Meta(ActivityFields.Meta):
        fields = ["slug", *ActivityFields.Meta.fields]

    def clean_slug(self) -> str:
        return _not_reserved(self.cleaned_data["slug"])


class ActivityFilterForm(forms.Form):
    """Which activities a list shows."""

    destination = forms.ChoiceField(
        label=_("Destination"), required=False, choices=[("", _("all")), *Destination.choices]
    )
    agency = forms.ChoiceField(label=_("Agency"), required=False)

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.named(day).filter(activities__isnull=False).distinct()
        names = [(agency.slug, str(agency)) for agency in agencies]
        self.fields["agency"].choices = [("", _("all")), *names]  # type: ignore[attr-defined]
