"""A seat and what is known of it over time: names, membership, terms in the chair.

Names and memberships are dated rows; a chair term stores its start only, so that terms can neither
overlap nor leave a gap.
"""

import datetime as dt
from typing import Self
from zoneinfo import available_timezones

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, Least
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isecg.dated import Dated, Precision, ends_after_start, never_twice, say
from isecg.versions import Versioned


class AgencyQuerySet(models.QuerySet["Agency"]):
    def named(self, day: dt.date) -> Self:
        """With `acronym`, `name`, `name_en` as they were on `day` (or as first known), by acronym."""
        rows = AgencyName.objects.filter(agency=OuterRef("pk"))
        then, first = rows.filter(start__lte=day).order_by("-start"), rows.order_by("start")
        return self.annotate(
            **{
                field: Coalesce(Subquery(then.values(field)[:1]), Subquery(first.values(field)[:1]))
                for field in ("acronym", "name", "name_en")
            }
        ).order_by("acronym")

    def members_on(self, day: dt.date) -> Self:
        """Agencies that were members on `day`."""
        return self.filter(Exists(Membership.objects.on(day).filter(agency=OuterRef("pk"))))


def known_zone(name: str) -> None:
    """Raises ValidationError unless the IANA database has a zone of this name."""
    if name not in available_timezones():
        raise ValidationError(_("This is no time zone. One is called “Europe/Berlin”, for example."))


@pghistory.track()
class Agency(Versioned):
    """One seat. Its names may change (BNSC became the UK Space Agency); the seat and its address stay."""

    slug = models.SlugField(
        _("address"), unique=True, help_text=_("Part of the page's address; never changes.")
    )
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}$")],
        help_text=_("ISO 3166 code; empty for an international organisation."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        validators=[known_zone],
        help_text=_("Of its seat, as in the IANA database (Europe/Berlin); empty where it is not known."),
    )
    website = models.URLField(_("website"), blank=True)
    about = models.TextField(_("description"), blank=True, help_text=_("Markdown."))
    source = models.TextField(_("source"), blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")

    def __str__(self) -> str:
        return getattr(self, "acronym", None) or self.acronym_on(timezone.now().date())

    def get_absolute_url(self) -> str:
        return reverse("agencies:detail", args=[self.slug])

    def acronym_on(self, day: dt.date) -> str:
        """The acronym as of `day`; the first one known before that."""
        name = self.name_on(day)
        return name.acronym if name else self.slug.upper()

    def name_on(self, day: dt.date) -> "AgencyName | None":
        """What it was called on `day`; the first name known before that."""
        rows = sorted(self.names.all(), key=lambda each: each.start)
        past = [row for row in rows if row.start <= day]
        return past[-1] if past else next(iter(rows), None)


@pghistory.track()
class AgencyName(Dated, Versioned):
    """What a seat was called from a day on."""

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="names", verbose_name=_("agency")
    )
    acronym = models.CharField(_("acronym"), max_length=20)
    name = models.CharField(_("official name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta(Dated.Meta):
        constraints = [
            never_twice(
                "one_name_at_a_time",
                "agency",
                sentence=_("The agency already has another name on some of these days."),
            ),
            ends_after_start("name_ends_after_start"),
        ]
        verbose_name = _("agency name")
        verbose_name_plural = _("agency names")

    def __str__(self) -> str:
        return f"{self.acronym} ({self.start_words})"


@pghistory.track()
class Membership(Dated, Versioned):
    """An agency is a member from a day on, perhaps until another."""

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("agency")
    )
    founder = models.BooleanField(_("founder"), default=False)
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta(Dated.Meta):
        constraints = [
            never_twice(
                "one_membership_at_a_time",
                "agency",
                sentence=_("The agency already is a member on some of these days."),
            ),
            ends_after_start("membership_ends_after_start"),
        ]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self) -> str:
        return f"{self.agency} {self.start_words} – {self.end_words}".rstrip(" –")


class ChairTermQuerySet(models.QuerySet["ChairTerm"]):
    def with_end(self) -> Self:
        """With `end` (a day or None): the start of the next term."""
        following = ChairTerm.objects.filter(start__gt=OuterRef("start")).order_by("start")
        return self.annotate(
            end=Subquery(following.values("start")[:1]),
            end_precision=Subquery(following.values("start_precision")[:1]),
        )

    def on(self, day: dt.date) -> Self:
        """The term that runs on `day` (none before the first)."""
        latest = ChairTerm.objects.filter(start__lte=day).order_by("-start").values("pk")[:1]
        return self.with_end().filter(pk__in=latest)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ChairTerm(Versioned):
    """From this day on an agency chairs; without an agency the chair is unknown or vacant.

    The end is the next term's start: overlaps and gaps cannot be written. That neighbours differ is
    held by a constraint trigger (migration `neighbours`).
    """

    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="chair_terms",
        null=True,
        blank=True,
        verbose_name=_("agency"),
    )
    start = models.DateField(
        _("from"), unique=True, error_messages={"unique": _("Another chair term begins on this day.")}
    )
    start_precision = models.CharField(
        _("from is exact to the"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    start_note = models.CharField(
        _("about the start"),
        max_length=200,
        blank=True,
        help_text=_(
            "When the handover's day is unknown: what is known, such as “in office on 30 August 2011”."
        ),
    )
    person = models.CharField(_("person"), max_length=200, blank=True)
    source = models.TextField(_("source"), blank=True)

    objects = ChairTermQuerySet.as_manager()

    class Meta:
        ordering = ["start"]
        constraints = [
            models.CheckConstraint(
                name="nobody_chairs_for_nobody",
                condition=Q(agency__isnull=False) | Q(person=""),
                violation_error_message=_("A person chairs for an agency; name the agency too."),
            )
        ]
        verbose_name = _("chair term")
        verbose_name_plural = _("chair terms")

    def __str__(self) -> str:
        return f"{self.agency or _('not known')} {say(self.start, self.start_precision)}"

    @property
    def start_words(self) -> str:
        """The first day as far as it is known, in the reader's language."""
        return say(self.start, self.start_precision)

    @property
    def is_newest(self) -> bool:
        """Whether no other term follows."""
        return not ChairTerm.objects.filter(start__gt=self.start).exists()

    @property
    def holder(self) -> str:
        """The chairing agency's acronym as it was when the term began; empty if unknown or vacant."""
        return self.agency.acronym_on(self.start) if self.agency else ""


class WaiverKind(models.TextChoices):
    DECLINED = "declined", _("declined its turn")
    SWAPPED = "swapped", _("swapped turns")


class WaiverQuerySet(models.QuerySet["Waiver"]):
    def on(self, day: dt.date) -> Self:
        """What had been said by `day` and was not taken back by then."""
        return self.filter(Q(day__lte=day) & (Q(withdrawn__isnull=True) | Q(withdrawn__gt=day)))


@pghistory.track()
class Waiver(Versioned):
    """An agency let its turn pass, or swapped it with another's; the reason is kept and printed.

    What it does to the order is the rule's (`agencies.rotation`): it is used up by the turns themselves
    and needs nobody to close it. `withdrawn` is for an agency that takes it back.
    """

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="waivers", verbose_name=_("agency")
    )
    kind = models.CharField(_("decline or swap"), max_length=10, choices=WaiverKind.choices)
    other = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("swaps with"),
    )
    day = models.DateField(_("said on"))
    withdrawn = models.DateField(_("taken back on"), null=True, blank=True)
    reason = models.TextField(_("reason"))

    objects = WaiverQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_swap_names_the_other",
                condition=Q(kind=WaiverKind.SWAPPED, other__isnull=False)
                | Q(kind=WaiverKind.DECLINED, other__isnull=True),
                violation_error_message=_("A swap names the other agency; a decline names none."),
            ),
            models.CheckConstraint(
                name="nobody_swaps_with_itself",
                condition=Q(other__isnull=True) | ~Q(agency=F("other")),
                violation_error_message=_("An agency cannot swap with itself."),
            ),
            models.CheckConstraint(
                name="taken_back_after_it_was_said",
                condition=Q(withdrawn__isnull=True) | Q(withdrawn__gte=F("day")),
                violation_error_message=_("It cannot be taken back before it was said."),
            ),
            models.CheckConstraint(
                name="a_waiver_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("The reason is printed beside the order and cannot be empty."),
            ),
            # Each pair once a day, whoever is named first: a swap written twice would undo itself.
            models.UniqueConstraint(
                F("day"),
                F("kind"),
                Least("agency", Coalesce("other", "agency")),
                Greatest("agency", Coalesce("other", "agency")),
                name="one_waiver_a_day",
                condition=Q(withdrawn__isnull=True),
                violation_error_message=_("This is recorded already."),
            ),
        ]
        verbose_name = _("decline or swap")
        verbose_name_plural = _("declines and swaps")

    def __str__(self) -> str:
        return " ".join(
            str(part) for part in (self.agency, self.get_kind_display(), self.other or "") if part
        )


class Destination(models.TextChoices):
    """The themes of exploration, nearest first."""

    EARTH_ORBIT = "earth_orbit", _("Low Earth orbit")
    MOON = "moon", _("Moon")
    MARS = "mars", _("Mars")
    SMALL_BODIES = "small_bodies", _("Asteroids and comets")
    FARTHER = "farther", _("Farther destinations")
    TECHNOLOGY = "technology", _("Enabling technology")


@pghistory.track()
class Activity(Versioned):
    """A mission or programme that agencies told the group of."""

    slug = models.SlugField(_("address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    agencies = models.ManyToManyField(
        Agency, related_name="activities", blank=True, verbose_name=_("agencies")
    )
    destination = models.CharField(_("destination"), max_length=12, choices=Destination.choices)
    day = models.DateField(_("begins"), null=True, blank=True)
    day_precision = models.CharField(
        _("begins is exact to the"), max_length=5, choices=Precision.choices, default=Precision.YEAR
    )
    status = models.CharField(_("status"), max_length=300, blank=True, help_text=_("In words, as known."))
    status_on = models.DateField(_("status as of"), null=True, blank=True)
    about = models.TextField(_("description"), blank=True, help_text=_("Markdown."), max_length=20_000)
    link = models.URLField(_("link"), blank=True, max_length=500)
    source = models.TextField(_("source"), blank=True, max_length=2_000)

    class Meta:
        ordering = ["name"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("agencies:activity", args=[self.slug])

    @property
    def day_words(self) -> str:
        return say(self.day, self.day_precision) if self.day else ""
