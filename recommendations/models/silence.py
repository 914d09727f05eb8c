"""Silence procedures, objections, and what agencies say for the record."""

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


class Outcome(models.TextChoices):
    """How a silence procedure stands at an instant; computed, stored only when it is concluded."""

    HELD_BACK = "held_back", _("about to start")
    RUNNING = "running", _("running")
    BROKEN = "broken", _("broken")
    AGREED = "agreed", _("agreed by silence")


class SilenceProcedureQuerySet(models.QuerySet["SilenceProcedure"]):
    def reaching(self, own: Standing, now: dt.datetime) -> Self:
        """Those that had started by `now` and ask one of this person's agencies; observers are not asked."""
        return self.filter(
            agencies__in=own.writes_for, starts_at__lte=now, recalled_at__isnull=True
        ).distinct()


@pghistory.track()
class SilenceProcedure(models.Model):
    """A text, frozen by its hash, is agreed unless an objection stands at the instant of expiry.

    The rule is `outcome`: instants are compared when somebody looks, no job decides.
    """

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="silence_procedures"
    )
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="silence_procedures")
    sha256 = models.CharField("SHA-256", max_length=64)
    agencies = models.ManyToManyField(Agency, verbose_name=_("may object"), related_name="silence_procedures")
    words = models.TextField(_("cover note"), blank=True, max_length=SHORT)
    made_at = models.DateTimeField(default=timezone.now)
    starts_at = models.DateTimeField(_("starts"))
    expires_at = models.DateTimeField(_("expires"))
    recalled_at = models.DateTimeField(_("recalled"), null=True, blank=True)
    concluded_at = models.DateTimeField(_("concluded"), null=True, blank=True)
    concluded_as = models.CharField(max_length=10, blank=True, choices=Outcome.choices)

    objects = SilenceProcedureQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="expires_after_it_starts",
                condition=Q(expires_at__gt=F("starts_at")),
                violation_error_message=_("The expiry must lie after the start."),
            ),
            models.CheckConstraint(
                name="concluded_with_an_outcome",
                condition=Q(concluded_at__isnull=True, concluded_as="")
                | Q(concluded_at__isnull=False, concluded_as__in=[Outcome.BROKEN, Outcome.AGREED]),
            ),
            models.UniqueConstraint(
                name="one_silence_at_a_time",
                fields=["recommendation"],
                condition=Q(concluded_at__isnull=True, recalled_at__isnull=True),
                violation_error_message=_("A silence procedure on this recommendation is running already."),
            ),
        ]
        verbose_name = _("silence procedure")
        verbose_name_plural = _("silence procedures")

    def __str__(self) -> str:
        return str(_("Silence procedure on %(revision)s") % {"revision": self.revision})

    def outcome(self, now: dt.datetime) -> Outcome:
        """How it stands at `now`. One objection that stands breaks it; the instant of expiry is too late
        to object and too late to withdraw. Reads `objections` (prefetch them for lists)."""
        if now < self.starts_at:
            return Outcome.HELD_BACK
        moment = min(now, self.expires_at)
        if any(each.stands(moment) for each in self.objections.all()):
            return Outcome.BROKEN
        return Outcome.RUNNING if now < self.expires_at else Outcome.AGREED


@pghistory.track()
class Objection(models.Model):
    """An agency breaks the silence, with a reason, at once; it may withdraw that until the expiry."""

    procedure = models.ForeignKey(SilenceProcedure, on_delete=models.PROTECT, related_name="objections")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="objections")
    reason = models.TextField(_("reason"), max_length=SHORT)
    at = models.DateTimeField(_("objected"), default=timezone.now)
    by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("why it was withdrawn"), blank=True, max_length=SHORT)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="objects_with_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("An objection needs its reason."),
            ),
            models.UniqueConstraint(
                name="one_objection_stands",
                fields=["procedure", "agency"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message=_("Your agency has objected already."),
            ),
        ]
        verbose_name = _("objection")
        verbose_name_plural = _("objections")

    def __str__(self) -> str:
        return f"{self.agency}: {self.procedure}"

    def stands(self, moment: dt.datetime) -> bool:
        """Whether it had been made and not been withdrawn by `moment`."""
        return self.at <= moment and (self.withdrawn_at is None or self.withdrawn_at > moment)


class Stand(models.TextChoices):
    """What an agency says for the record, beside objecting."""

    SUPPORTS = "supports", _("supports")
    NO_OBJECTION = "no_objection", _("no objection")
    CONCERN = "concern", _("concern")
    ASIDE = "aside", _("stands aside")
    NO_STATEMENT = "no_statement", _("no statement")


class Position(models.Model):
    """An agency's position on a text under silence. Frozen by a trigger: a newer one stands beside it."""

    procedure = models.ForeignKey(SilenceProcedure, on_delete=models.PROTECT, related_name="positions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="positions")
    stand = models.CharField(_("position"), max_length=12, choices=Stand.choices)
    statement = models.TextField(_("statement for the record"), blank=True, max_length=SHORT)
    resolves = models.TextField(_("what would resolve the concern"), blank=True, max_length=SHORT)
    at = models.DateTimeField(_("stated"), default=timezone.now)
    by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_concern_says_what_would_resolve_it",
                condition=~Q(stand=Stand.CONCERN) | ~Q(resolves=""),
                violation_error_message=_("A concern says what would resolve it."),
            )
        ]
        verbose_name = _("position")
        verbose_name_plural = _("positions")

    def __str__(self) -> str:
        return f"{self.agency}: {self.get_stand_display()}"
