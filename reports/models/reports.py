"""The report of twelve months."""

import datetime as dt
from typing import Any, Self

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from isecg.access import standing
from isecg.versions import Versioned
from reports.models.limits import TEXT


class AnnualReportQuerySet(models.QuerySet["AnnualReport"]):
    def visible_to(self, reader: Any) -> Self:
        """The secretariat sees every report, others those that are published."""
        return self if standing(reader).secretariat else self.filter(state=AnnualReport.State.PUBLISHED)

    def known_to(self, reader: Any) -> Self:
        """Those and the withdrawn ones: their address says that they were there, and why they are not."""
        return self if standing(reader).secretariat else self.exclude(state=AnnualReport.State.DRAFTING)


@pghistory.track()
class AnnualReport(Versioned):
    """The report of twelve months. Its state moves only through `reports.workflow`."""

    class State(models.TextChoices):
        DRAFTING = "drafting", _("being drafted")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    year = models.PositiveSmallIntegerField(
        _("year"),
        unique=True,
        validators=[MinValueValidator(2007), MaxValueValidator(2200)],
        error_messages={"unique": _("There already is a report of this year.")},
    )
    period_start = models.DateField(_("period from"))
    foreword = models.TextField(_("foreword"), blank=True, max_length=TEXT, help_text=_("Markdown."))
    foreword_by = models.CharField(_("foreword signed by"), max_length=200, blank=True)
    cover_note = models.TextField(_("line on the cover"), blank=True, max_length=500)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAFTING, editable=False
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawal_reason = models.TextField(_("reason of the withdrawal"), blank=True, editable=False)

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                name="period_starts_a_month",
                condition=Q(period_start__day=1),
                violation_error_message=_("The period begins on the first day of a month."),
            ),
            models.CheckConstraint(
                name="a_withdrawal_has_a_day_and_a_reason",
                condition=(
                    Q(state="withdrawn", withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")
                    | ~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, withdrawal_reason="")
                ),
            ),
        ]
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")

    def __str__(self) -> str:
        return str(_("Annual report %(year)s") % {"year": self.year})

    def get_absolute_url(self) -> str:
        return reverse("reports:detail", args=[self.year])

    @property
    def period_end(self) -> dt.date:
        """The first day after the twelve months."""
        return self.period_start.replace(year=self.period_start.year + 1)

    @property
    def last_day(self) -> dt.date:
        return self.period_end - dt.timedelta(days=1)
