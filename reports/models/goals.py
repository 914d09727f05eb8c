"""What the group wants to reach in a year."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from isecg.versions import Versioned
from reports.models.limits import SHORT, TEXT
from reports.models.work_plan import WorkItem


@pghistory.track()
class Goal(Versioned):
    """What the group wants to reach in a year."""

    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2007), MaxValueValidator(2200)]
    )
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    text = models.TextField(_("goal"), max_length=TEXT, help_text=_("Markdown."))
    items = models.ManyToManyField(WorkItem, related_name="goals", blank=True, verbose_name=_("work items"))
    source = models.TextField(_("source"), blank=True, max_length=SHORT)

    class Meta:
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint(
                name="goals_are_numbered",
                fields=["year", "number"],
                violation_error_message=_("Another goal of this year has this number."),
            )
        ]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")

    def __str__(self) -> str:
        return f"{self.year}/{self.number}"
