"""An agency's part of a report: asked for, submitted by its head, edited, confirmed.

Where it stands is in no column: it follows from these rows and the text as it is now (`reports/standing.py`),
so that a change, whichever way it came, asks for a confirmation again.
"""

from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.access import standing
from isecg.versions import Versioned
from reports.models.limits import SHORT
from reports.models.reports import AnnualReport


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def visible_to(self, reader: Any) -> Self:
        """The secretariat sees all, members of a delegation their own agency's."""
        seen = standing(reader)
        return self if seen.secretariat else self.filter(agency__in=seen.reads_for, asked_at__isnull=False)


class StandingContributions(models.Manager.from_queryset(ContributionQuerySet)):  # type: ignore[misc]
    """Without those of agencies that are no longer asked."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(left_out_at__isnull=True)


@pghistory.track()
class Contribution(Versioned):
    """The seat of an agency in a report's collection; `asked_at` is empty until collecting begins."""

    report = models.ForeignKey(
        AnnualReport, on_delete=models.PROTECT, related_name="contributions", verbose_name=_("annual report")
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="contributions", verbose_name=_("agency")
    )
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True, editable=False)
    due_at = models.DateTimeField(
        _("own deadline"), null=True, blank=True, help_text=_("Empty: the report's deadline counts.")
    )

    left_out_at = models.DateTimeField(_("no longer asked"), null=True, blank=True, editable=False)

    objects = StandingContributions()

    class Meta:
        ordering = ["report", "agency"]
        constraints = [
            models.UniqueConstraint(
                name="one_part_for_each_agency",
                fields=["report", "agency"],
                condition=Q(left_out_at__isnull=True),
                violation_error_message=_("This agency is asked already."),
            )
        ]
        verbose_name = _("agency's part")
        verbose_name_plural = _("agencies' parts")

    def __str__(self) -> str:
        return f"{self.report}: {self.agency}"

    def get_absolute_url(self) -> str:
        return reverse("reports:contribution", args=[self.report.year, self.agency.slug])


class Submission(models.Model):
    """What an agency's head or alternate handed in. Frozen by a trigger, but for being taken back."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="submissions")
    at = models.DateTimeField(_("submitted"))
    by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+")
    nothing = models.BooleanField(_("nothing to report"), default=False)
    words = models.TextField(_("words to the secretariat"), blank=True, max_length=SHORT)
    content = models.JSONField(help_text="The agency's highlights as `reports.snapshot` says them.")
    sha256 = models.CharField(max_length=64, help_text="Of the canonical JSON of `content`.")
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        "members.Member", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="taken_back_by_somebody",
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__gte=F("at"), taken_back_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_standing_submission",
                fields=["contribution"],
                condition=Q(taken_back_at__isnull=True),
            ),
        ]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")

    def __str__(self) -> str:
        return f"{self.contribution} {self.at:%Y-%m-%d}"


class Confirmation(models.Model):
    """An agency's word on the edited text: agreed to exactly this, or a change asked for. Frozen."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="confirmations")
    at = models.DateTimeField(_("answered"))
    by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField(_("agrees"))
    words = models.TextField(_("what is to be changed"), blank=True, max_length=SHORT)
    content = models.JSONField(help_text="The agency's highlights as they were shown.")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="no_without_words", condition=Q(agrees=True) | ~Q(words=""))
        ]
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")

    def __str__(self) -> str:
        return f"{self.contribution} {self.at:%Y-%m-%d}"


class Reminder(models.Model):
    """That somebody was reminded of something due: of each deadline once a stage by the clock, and by hand as
    often as the secretariat wants. Frozen."""

    class Stage(models.TextChoices):
        SOON = "soon", _("a week before")
        LAST = "last", _("two days before")
        OVER = "over", _("the day after")
        HAND = "hand", _("by the secretariat")

    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="reminders", null=True, blank=True
    )
    section = models.ForeignKey(
        "reports.Section", on_delete=models.PROTECT, related_name="reminders", null=True, blank=True
    )
    what = models.CharField(
        max_length=12, choices=[("submit", _("submit")), ("confirm", _("confirm")), ("write", _("write"))]
    )
    stage = models.CharField(max_length=4, choices=Stage.choices)
    due_at = models.DateTimeField(_("deadline"), null=True)
    at = models.DateTimeField(_("reminded"), auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_reminder_is_of_one_thing",
                condition=Q(contribution__isnull=True, section__isnull=False)
                | Q(contribution__isnull=False, section__isnull=True),
            ),
            models.UniqueConstraint(
                name="reminded_once_a_stage",
                fields=["contribution", "section", "what", "stage", "due_at"],
                condition=~Q(stage="hand"),
                nulls_distinct=False,
            ),
        ]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")

    def __str__(self) -> str:
        return f"{self.contribution or self.section}: {self.what}, {self.stage}"
