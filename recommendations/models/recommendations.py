"""A recommendation from its first draft to its end, and who may see it when."""

import datetime as dt
from typing import Any, Self

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.access import standing
from isecg.versions import Versioned
from recommendations.models.limits import SHORT, TEXT

NUMBER = r"[12][0-9]{3}-[0-9]{2,3}"
STATEMENT = _("This recommendation is legally non-binding.")


class State(models.TextChoices):
    """Where a recommendation is; moved only through `recommendations.workflow`."""

    DRAFTING = "drafting", _("being drafted")
    IN_CONSULTATION = "in_consultation", _("in consultation")
    UNDER_SILENCE = "under_silence", _("under silence")
    AGREED = "agreed", _("agreed")
    ISSUED = "issued", _("issued")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", _("withdrawn")
    ABANDONED = "abandoned", _("abandoned")


WAS_ISSUED = [State.ISSUED, State.SUPERSEDED, State.WITHDRAWN]
ENDED = [State.SUPERSEDED, State.WITHDRAWN, State.ABANDONED]


class Kind(models.TextChoices):
    """The classes in which recommendations are issued."""

    EVENT = "event", _("event for coordination")
    STANDARD = "standard", _("common standard")
    EXCHANGE = "exchange", _("exchange of payloads and data")
    EXPERIENCE = "experience", _("sharing of experience")


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def public(self, now: dt.datetime | None = None) -> Self:
        """Issued and not merely about to be; superseded and withdrawn ones stay readable."""
        return self.filter(state__in=WAS_ISSUED, issued_at__lte=now or timezone.now())

    def visible_to(self, reader: Any, now: dt.datetime | None = None) -> Self:
        """Issued ones for everybody; all for the secretariat and the chair; for delegations what was
        circulated to their agency (for observers only if it was circulated to observers too)."""
        from recommendations.models.consultations import Consultation
        from recommendations.models.silence import SilenceProcedure

        now, own = now or timezone.now(), standing(reader)
        if own.secretariat or own.chairs:
            return self.all()
        circulated = Consultation.objects.reaching(own, now).filter(recommendation=OuterRef("pk"))
        asked = SilenceProcedure.objects.reaching(own, now).filter(recommendation=OuterRef("pk"))
        seen = Exists(circulated) | Exists(asked)
        return self.filter(Q(state__in=WAS_ISSUED, issued_at__lte=now) | Q(seen))


@pghistory.track()
class Recommendation(Versioned):
    """One recommendation. Its number is reserved when it is drafted, so that the PDF carries its own address.

    `text` is the working text in Markdown; `revise` freezes it as the next Revision. An issued row cannot
    change in the database (migration `issued`).
    """

    number = models.CharField(
        _("number"), max_length=8, unique=True, editable=False, validators=[RegexValidator(rf"^{NUMBER}$")]
    )
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("class"), max_length=10, choices=Kind.choices)
    summary = models.TextField(
        _("summary"), blank=True, max_length=SHORT, help_text=_("Two or three plain sentences for readers.")
    )
    background = models.TextField(
        _("background"),
        blank=True,
        max_length=SHORT,
        help_text=_("Markdown. Where it comes from: who made which agreement, when, and the source."),
    )
    for_all = models.BooleanField(_("addressed to all participating agencies"), default=True)
    addressees = models.ManyToManyField(
        Agency, verbose_name=_("addressees"), related_name="recommendations", blank=True
    )
    text = models.TextField(_("working text"), blank=True, max_length=TEXT, help_text=_("Markdown."))
    state = models.CharField(
        _("state"), max_length=15, choices=State.choices, default=State.DRAFTING, editable=False
    )
    drafted_at = models.DateTimeField(_("drafted"), default=timezone.now, editable=False)
    drafted_by = models.ForeignKey(
        "members.Member", on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True, editable=False)
    issued_revision = models.ForeignKey(
        "recommendations.Revision",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    end_reason = models.TextField(_("reason of its end"), blank=True, max_length=SHORT, editable=False)
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="supersedes",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("superseded by"),
    )
    is_demonstration = models.BooleanField(default=False, editable=False)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                name="issued_at_an_instant_with_a_text",
                condition=Q(state__in=WAS_ISSUED, issued_at__isnull=False, issued_revision__isnull=False)
                | (~Q(state__in=WAS_ISSUED) & Q(issued_at__isnull=True, issued_revision__isnull=True)),
            ),
            models.CheckConstraint(
                name="an_end_has_an_instant_and_a_reason",
                condition=(Q(state__in=ENDED, ended_at__isnull=False) & ~Q(end_reason=""))
                | (~Q(state__in=ENDED) & Q(ended_at__isnull=True, end_reason="")),
            ),
            models.CheckConstraint(
                name="superseded_by_another",
                condition=Q(state=State.SUPERSEDED, superseded_by__isnull=False) & ~Q(superseded_by=F("pk"))
                | (~Q(state=State.SUPERSEDED) & Q(superseded_by__isnull=True)),
            ),
        ]
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("recommendations:detail", args=[self.number])

    def is_public(self, now: dt.datetime) -> bool:
        """Whether everybody may read it at `now`."""
        return self.issued_at is not None and self.issued_at <= now


class Reading(models.Model):
    """The revision a member last read: the default start of their redline, and who is told of changes."""

    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="readings")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="readings")
    revision = models.ForeignKey("recommendations.Revision", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(name="one_last_reading", fields=["member", "recommendation"])]

    def __str__(self) -> str:
        return f"{self.member}: {self.revision}"
