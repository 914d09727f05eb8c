"""What agencies did, with a photograph."""

import datetime as dt
from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.access import standing
from isecg.dated import Precision, say
from isecg.versions import Versioned
from reports.models.limits import SHORT, TEXT


def photograph_path(photograph: "Photograph", filename: str) -> str:
    """Named by content: the same picture is stored once, and a name can never be chosen by a stranger."""
    return f"photographs/{photograph.sha256}.jpg"


class Photograph(models.Model):
    """A picture, opened and written anew on upload (`reports/pictures.py`); immutable."""

    file = models.ImageField(
        _("picture"), upload_to=photograph_path, width_field="width", height_field="height"
    )
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)

    class Meta:
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")

    def __str__(self) -> str:
        return self.sha256[:12]


class HighlightQuerySet(models.QuerySet["Highlight"]):
    def within(self, start: dt.date, end: dt.date) -> Self:
        """Highlights of the period: `start` counts, `end` no longer does."""
        return self.filter(day__gte=start, day__lt=end)

    def visible_to(self, reader: Any) -> Self:
        """The secretariat sees all, delegates their own agency's; others read the published report."""
        seen = standing(reader)
        return self if seen.secretariat else self.filter(agency__in=seen.reads_for)


@pghistory.track()
class Highlight(Versioned):
    """What an agency did, on a day."""

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="highlights", verbose_name=_("agency")
    )
    day = models.DateField(_("day"))
    day_precision = models.CharField(
        _("day is exact to the"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), max_length=TEXT, help_text=_("Markdown."))
    photograph = models.ForeignKey(
        Photograph,
        on_delete=models.PROTECT,
        related_name="highlights",
        null=True,
        blank=True,
        verbose_name=_("photograph"),
    )
    credit = models.CharField(_("credit of the photograph"), max_length=200, blank=True)
    alt_text = models.CharField(
        _("alternative text"),
        max_length=500,
        blank=True,
        help_text=_("What the picture shows, for people who do not see it."),
    )
    source = models.TextField(_("source"), blank=True, max_length=SHORT)

    objects = HighlightQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_photograph_has_credit_and_words",
                condition=Q(photograph__isnull=True) | (~Q(credit="") & ~Q(alt_text="")),
                violation_error_message=_("A photograph needs its credit and an alternative text."),
            )
        ]
        verbose_name = _("highlight")
        verbose_name_plural = _("highlights")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:highlight", args=[self.pk])

    @property
    def day_words(self) -> str:
        return say(self.day, self.day_precision)
