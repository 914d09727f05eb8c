"""What the group wants to reach in a year."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from isecg.versions import Versioned
from reports.models.limits import SHORT, TEXT
from reports.models.work_plan import WorkItem


class Outcome(models.TextChoices):
    """What became of a goal; blank: nobody has said yet."""

    MET = "met", _("met")
    PARTLY = "partly", _("partly met")
    MISSED = "missed", _("missed")
    DROPPED = "dropped", _("dropped")


UNFINISHED = (Outcome.PARTLY, Outcome.MISSED)


@pghistory.track()
class Goal(Versioned):
    """What the group wants to reach in a year."""

    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2007), MaxValueValidator(2200)]
    )
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    text = models.TextField(_("goal"), max_length=TEXT, help_text=_("Markdown."))
    items = models.ManyToManyField(WorkItem, related_name="goals", blank=True, verbose_name=_("work items"))
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome.choices, blank=True)
    evidence = models.TextField(
        _("evidence"), blank=True, max_length=TEXT, help_text=_("What shows it. Markdown.")
    )
    decided_on = models.DateField(_("outcome stated"), null=True, blank=True)
    continues = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        related_name="continued_by",
        null=True,
        blank=True,
        verbose_name=_("continues the goal"),
    )
    source = models.TextField(_("source"), blank=True, max_length=SHORT)

    class Meta:
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint(
                name="goals_are_numbered",
                fields=["year", "number"],
                violation_error_message=_("Another goal of this year has this number."),
            ),
            models.CheckConstraint(
                name="an_outcome_has_evidence_and_a_day",
                condition=Q(outcome="", decided_on__isnull=True)
                | (~Q(outcome="") & ~Q(evidence="") & Q(decided_on__isnull=False)),
                violation_error_message=_("An outcome needs its evidence and the day it was stated."),
            ),
        ]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")

    def __str__(self) -> str:
        return f"{self.year}/{self.number}"

    @property
    def anchor(self) -> str:
        """Its id on the page of all goals."""
        return f"goal-{self.year}-{self.number}"
