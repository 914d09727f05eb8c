"""What agencies did, with a photograph."""

import datetime as dt
from typing import Any, Self

import pghistory
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Activity, Agency, Destination
from isecg.access import standing
from isecg.dated import Precision, say
from isecg.versions import Versioned
from recommendations.models import Recommendation
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

    def submitted(self) -> Self:
        """What the report may say: not those that are still inside their agency."""
        return self.filter(inside_agency=False)

    def visible_to(self, reader: Any) -> Self:
        """Delegations see their own agency's, the secretariat all that left their agency; others read the
        published report."""
        seen = standing(reader)
        return self.filter(
            Q(agency__in=seen.reads_for) | (Q(inside_agency=False) if seen.secretariat else Q(pk=None))
        )


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
    focal_x = models.PositiveSmallIntegerField(
        _("point that must stay in sight, from the left (%)"), default=50, validators=[MaxValueValidator(100)]
    )
    focal_y = models.PositiveSmallIntegerField(
        _("point that must stay in sight, from the top (%)"), default=50, validators=[MaxValueValidator(100)]
    )
    destination = models.CharField(
        _("destination"),
        max_length=12,
        choices=Destination.choices,
        blank=True,
        help_text=_("Its place in the themes of exploration."),
    )
    activities = models.ManyToManyField(
        Activity, related_name="highlights", blank=True, verbose_name=_("activities")
    )
    recommendations = models.ManyToManyField(
        Recommendation, related_name="highlights", blank=True, verbose_name=_("recommendations")
    )
    inside_agency = models.BooleanField(
        _("inside the agency"),
        default=False,
        editable=False,
        help_text="Written by a delegate and not submitted yet: nobody outside the agency sees it.",
    )
    written_by = models.ForeignKey(
        "members.Member", on_delete=models.PROTECT, related_name="+", null=True, blank=True, editable=False
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
            ),
            models.CheckConstraint(
                name="the_focal_point_is_in_the_picture", condition=Q(focal_x__lte=100, focal_y__lte=100)
            ),
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
