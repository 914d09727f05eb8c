"""Dated rows: facts that hold from a day on, perhaps until another, and can be read as of any day.

A day that is only known by its month or year is stored as the first day of that month or year together
with its precision, and shown as "2019" or "March 2020"; what only is known to have begun by a day is shown
as "by 30 August 2011". What is unknown is said, never invented.
"""

import datetime as dt
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_skeleton
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    YEAR = "year", _("year")
    MONTH = "month", _("month")
    DAY = "day", _("day")
    BY = "by", _("day by which it had begun")


class DatedQuerySet(models.QuerySet):
    """Questions every dated row answers."""

    def on(self, day: dt.date) -> "DatedQuerySet":
        """Rows that hold on `day`: the first day counts, the end day no longer does."""
        return self.filter(Q(start__lte=day) & (Q(end__isnull=True) | Q(end__gt=day)))


class Dated(models.Model):
    """A row with a first day and, once it is over, the first day on which it no longer holds."""

    start = models.DateField(_("from"))
    start_precision = models.CharField(
        _("from is exact to the"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    end = models.DateField(_("until (first day it no longer holds)"), null=True, blank=True)
    end_precision = models.CharField(
        _("until is exact to the"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["start"]

    def clean(self) -> None:
        """Said before the constraints are asked: PostgreSQL forms no range that ends before it starts."""
        super().clean()
        start: dt.date | None = self.__dict__.get("start")  # a form may have refused what was typed
        if start and self.end and self.end <= start:
            raise ValidationError({"end": _("The end must come after the start.")})

    @property
    def start_words(self) -> str:
        """The first day as far as it is known, in the reader's language."""
        return say(self.start, self.start_precision)

    @property
    def end_words(self) -> str:
        """The end as far as it is known; empty while the row still holds."""
        return say(self.end, self.end_precision) if self.end else ""


def say(day: dt.date, precision: str = Precision.DAY) -> str:
    """`day` in the reader's language, as exactly as it is known: "2019", "March 2020", "1 April 2010"."""
    return _said(day, precision, get_language())


@lru_cache(maxsize=4096)
def _said(day: dt.date, precision: str, _language: str | None) -> str:
    locale = _locale()
    if precision == Precision.YEAR:
        return str(day.year)
    if precision == Precision.MONTH:
        return format_skeleton("yMMMM", day, locale=locale)
    words = format_date(day, format="long", locale=locale)
    return gettext("by %(day)s") % {"day": words} if precision == Precision.BY else words


def span(first: dt.date, last: dt.date) -> str:
    """From day to day in the reader's language, what both share said once: "7–8 December 2023"."""
    if first == last:
        return say(first)
    start = format_skeleton("MMMMd", first, locale=_locale())
    if first.year != last.year:
        return f"{say(first)} – {say(last)}"
    if first.month != last.month:
        return f"{start} – {say(last)}"
    month = format_date(first, "MMMM", locale=_locale())
    return f"{start.replace(month, '').strip()}–{say(last)}"


def _locale() -> str:
    language = get_language() or "en"
    return "en_GB" if language.startswith("en") else language


def never_twice(
    name: str, *fields: str, condition: Q | None = None, sentence: Any = None
) -> ExclusionConstraint:
    """A constraint: two rows with equal `fields` cannot hold on the same day. `sentence` is the refusal."""
    days = Func(F("start"), F("end"), function="daterange", output_field=DateRangeField())
    return ExclusionConstraint(
        name=name,
        index_type="GIST",
        expressions=[(days, RangeOperators.OVERLAPS), *[(field, RangeOperators.EQUAL) for field in fields]],
        condition=condition,
        violation_error_message=sentence or _("Another entry already holds on some of these days."),
    )


def ends_after_start(name: str) -> models.CheckConstraint:
    """A constraint: what ends, ends after it began."""
    return models.CheckConstraint(
        name=name,
        condition=Q(end__isnull=True) | Q(end__gt=F("start")),
        violation_error_message=_("The end must come after the start."),
    )
