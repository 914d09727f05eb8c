"""Meetings of the group and of its working groups."""

import datetime as dt
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.dated import Precision, say, span
from isecg.versions import Versioned
from reports.models.limits import SHORT, TEXT


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def within(self, start: dt.date, end: dt.date) -> Self:
        """Meetings that began in the period: `start` counts, `end` no longer does."""
        return self.filter(day__gte=start, day__lt=end)


@pghistory.track()
class Meeting(Versioned):
    """A meeting, as far as it is known."""

    class Kind(models.TextChoices):
        SENIOR_MANAGERS = "senior_managers", _("senior agency managers")
        PLENARY = "plenary", _("plenary")
        WORKING_GROUP = "working_group", _("working group")
        WORKSHOP = "workshop", _("workshop")

    slug = models.SlugField(_("address"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    day = models.DateField(_("first day"), null=True, blank=True)
    day_precision = models.CharField(
        _("first day is exact to the"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    last_day = models.DateField(_("last day"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    host = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="hosted_meetings",
        null=True,
        blank=True,
        verbose_name=_("host"),
    )
    about = models.TextField(_("description"), blank=True, max_length=TEXT, help_text=_("Markdown."))
    link = models.URLField(_("link"), blank=True, max_length=500)
    source = models.TextField(_("source"), blank=True, max_length=SHORT)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = [F("day").desc(nulls_last=True), "slug"]
        constraints = [
            models.CheckConstraint(
                name="a_meeting_ends_after_it_begins",
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("day")),
                violation_error_message=_("A meeting cannot end before it begins."),
            )
        ]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    def __str__(self) -> str:
        return self.title

    @property
    def day_words(self) -> str:
        """First and last day as far as they are known; empty where nothing is."""
        if not self.day:
            return ""
        if self.last_day and self.last_day != self.day:
            return span(self.day, self.last_day)
        return say(self.day, self.day_precision)
