"""Consultations: agencies are asked about one frozen revision until one instant."""

import datetime as dt
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.access import Standing
from recommendations.models.limits import SHORT
from recommendations.models.recommendations import Recommendation
from recommendations.models.revisions import Revision


class Phase(models.TextChoices):
    """Where a consultation stands at an instant; computed, never stored."""

    HELD = "held", _("about to open")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def reaching(self, own: Standing, now: dt.datetime) -> Self:
        """Those that were opened by `now` for one of this person's agencies."""
        observed = Q(agencies__in=own.reads_for, observers=True)
        return self.filter(
            Q(agencies__in=own.writes_for) | observed, opens_at__lte=now, recalled_at__isnull=True
        ).distinct()


@pghistory.track()
class Consultation(models.Model):
    """Opens on a frozen revision; it is over when `end` has passed, whoever looks and whatever ran.

    `opens_at` lies some minutes after the press: until then it can be recalled whole.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="consultations")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="consultations")
    agencies = models.ManyToManyField(Agency, verbose_name=_("asked"), related_name="consultations")
    observers = models.BooleanField(_("observers may read it too"), default=False)
    words = models.TextField(_("cover note"), blank=True, max_length=SHORT)
    circulated_at = models.DateTimeField(default=timezone.now)
    opens_at = models.DateTimeField(_("opens"))
    inner_at = models.DateTimeField(_("inner deadline of the agencies"))
    closes_at = models.DateTimeField(_("deadline"))
    closed_at = models.DateTimeField(_("closed early"), null=True, blank=True)
    closing_reason = models.TextField(_("why it was closed early"), blank=True, max_length=SHORT)
    recalled_at = models.DateTimeField(_("recalled"), null=True, blank=True)
    released_at = models.DateTimeField(_("verdicts released to the agencies"), null=True, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["-circulated_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="closes_after_it_opens",
                condition=Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("The deadline must lie after the opening."),
            ),
            models.CheckConstraint(
                name="inner_deadline_first",
                condition=Q(inner_at__lte=F("closes_at")),
                violation_error_message=_("The agencies' inner deadline cannot lie after the deadline."),
            ),
            models.CheckConstraint(
                name="closed_early_with_a_reason",
                condition=Q(closed_at__isnull=True, closing_reason="")
                | (Q(closed_at__isnull=False, closed_at__lt=F("closes_at")) & ~Q(closing_reason="")),
            ),
        ]
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")

    def __str__(self) -> str:
        return str(_("Consultation on %(revision)s") % {"revision": self.revision})

    @property
    def end(self) -> dt.datetime:
        """The instant from which on nothing is taken any more."""
        return self.closed_at or self.closes_at

    def phase(self, now: dt.datetime) -> Phase:
        """By comparing instants: the end itself is too late."""
        if now < self.opens_at:
            return Phase.HELD
        return Phase.OPEN if now < self.end else Phase.CLOSED


class Extension(models.Model):
    """A deadline was moved to a later instant; the old one stays visible. Frozen by a trigger."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="extensions")
    before = models.DateTimeField(_("deadline before"))
    after = models.DateTimeField(_("deadline now"))
    reason = models.TextField(_("reason"), max_length=SHORT)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="extended_to_a_later_instant",
                condition=Q(after__gt=F("before")),
                violation_error_message=_("An extension moves the deadline to a later instant."),
            ),
            models.CheckConstraint(name="extended_with_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.before:%Y-%m-%d %H:%M} → {self.after:%Y-%m-%d %H:%M}"


class Grace(models.Model):
    """The secretariat accepts late comments of one agency until an instant; they are marked late."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="graces")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("agency"))
    until = models.DateTimeField(_("until"))
    reason = models.TextField(_("reason"), max_length=SHORT)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(name="grace_with_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.agency}: {self.until:%Y-%m-%d %H:%M}"
