"""The work plan: items, and how far they were on which day."""

import datetime as dt
from typing import Self

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.dated import say
from isecg.versions import Versioned
from reports.models.limits import SHORT, TEXT

code_is_an_address = RegexValidator(
    r"^[A-Z0-9][A-Z0-9.-]*\Z",
    _("Capital letters, digits, full stops and hyphens only: the code is part of an address."),
)


@pghistory.track()
class WorkItem(Versioned):
    """One item of the work plan."""

    code = models.CharField(
        _("code"),
        max_length=20,
        unique=True,
        validators=[code_is_an_address],
        error_messages={"unique": _("Another work item has this code.")},
    )
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True, max_length=TEXT, help_text=_("Markdown."))
    lead = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="leads",
        null=True,
        blank=True,
        verbose_name=_("lead agency"),
        help_text=_("Empty where the lead is not known."),
    )
    contributors = models.ManyToManyField(
        Agency, related_name="contributes_to", blank=True, verbose_name=_("contributing agencies")
    )
    working_group = models.CharField(_("working group"), max_length=100, blank=True)
    start = models.DateField(_("start"))
    due = models.DateField(_("due"))
    dropped_on = models.DateField(_("dropped"), null=True, blank=True, editable=False)
    source = models.TextField(_("source"), blank=True, max_length=SHORT)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="due_after_start",
                condition=Q(due__gte=F("start")),
                violation_error_message=_("The due day cannot lie before the start."),
            )
        ]
        verbose_name = _("work item")
        verbose_name_plural = _("work items")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("reports:work_item", args=[self.code])


class PlanChange(models.Model):
    """That an item was changed in content or schedule, rolled forward, or dropped: on which day, why, and
    what stood before. Frozen by a trigger."""

    class Kind(models.TextChoices):
        CONTENT = "content", _("changed in content")
        SCHEDULE = "schedule", _("changed in schedule")
        ROLLED = "rolled", _("rolled forward")
        DROPPED = "dropped", _("dropped")
        TAKEN_UP = "taken_up", _("taken up again")

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="plan_changes")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    day = models.DateField(_("day"))
    why = models.TextField(_("why"), max_length=SHORT)
    decision = models.CharField(
        _("by which decision"), max_length=300, blank=True, help_text=_("A meeting and its day, for example.")
    )
    before = models.JSONField(default=dict)  # {field: value} of what changed
    after = models.JSONField(default=dict)
    by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="dropping_rests_on_a_decision",
                condition=~Q(kind="dropped") | ~Q(decision=""),
                violation_error_message=_("Say by which decision the item is dropped."),
            )
        ]
        verbose_name = _("change of the plan")
        verbose_name_plural = _("changes of the plan")

    def __str__(self) -> str:
        return f"{self.item.code} {self.day}: {self.kind}"


class ProgressQuerySet(models.QuerySet["ProgressEntry"]):
    def within(self, start: dt.date, end: dt.date) -> Self:
        """Entries of the period: `start` counts, `end` no longer does."""
        return self.filter(day__gte=start, day__lt=end)


@pghistory.track()
class ProgressEntry(Versioned):
    """How far a work item was on a day. Status follows from percent and due date by one rule (queries)."""

    item = models.ForeignKey(
        WorkItem, on_delete=models.PROTECT, related_name="entries", verbose_name=_("work item")
    )
    day = models.DateField(_("day"))
    percent = models.PositiveSmallIntegerField(
        _("percent done"), validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    text = models.TextField(_("what was done"), max_length=TEXT, help_text=_("Markdown."))
    source = models.TextField(_("source"), blank=True, max_length=SHORT)

    objects = ProgressQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(name="percent_to_100", condition=Q(percent__lte=100)),
            models.UniqueConstraint(
                name="one_entry_a_day",
                fields=["item", "day"],
                violation_error_message=_(
                    "There already is an entry of this day: change that one, or give another day."
                ),
            ),
        ]
        verbose_name = _("progress entry")
        verbose_name_plural = _("progress entries")

    def __str__(self) -> str:
        return f"{self.item.code} {say(self.day)}: {self.percent} %"
