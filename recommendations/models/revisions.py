"""Revisions and their paragraphs: frozen by triggers. A paragraph's key is permanent, its number the
revision's."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isecg.access import standing
from recommendations.models.limits import SHORT, TEXT
from recommendations.models.recommendations import WAS_ISSUED, Recommendation


class RevisionQuerySet(models.QuerySet["Revision"]):
    def visible_to(self, reader: Any, now: dt.datetime | None = None) -> Self:
        """All for the secretariat and the chair; for delegations what was circulated to their agency; once
        the recommendation is issued, for everybody every revision that was circulated, and the issued one."""
        from recommendations.models.consultations import Consultation
        from recommendations.models.silence import SilenceProcedure

        now, own = now or timezone.now(), standing(reader)
        if own.secretariat or own.chairs:
            return self.all()
        of_this = {"revision": OuterRef("pk")}
        shown = Exists(Consultation.objects.reaching(own, now).filter(**of_this)) | Exists(
            SilenceProcedure.objects.reaching(own, now).filter(**of_this)
        )
        kept = {**of_this, "recalled_at__isnull": True}
        circulated = Exists(Consultation.objects.filter(**kept)) | Exists(
            SilenceProcedure.objects.filter(**kept)
        )
        public = Q(recommendation__state__in=WAS_ISSUED, recommendation__issued_at__lte=now)
        issued = Q(recommendation__issued_revision=F("pk"))
        return self.filter(Q(shown) | (public & (issued | Q(circulated))))


class Revision(models.Model):
    """The text as it stood when it was frozen; the concordance with the revision before is part of it.

    `concordance` is the JSON of `lineage.align`'s rows: [{"change", "old": [keys], "new": [keys],
    "score"}] in the order of the new text, removed paragraphs where they stood.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("revision"))
    text = models.TextField(_("text"), max_length=TEXT)
    sha256 = models.CharField("SHA-256", max_length=64, help_text="Of the text in UTF-8.")
    concordance = models.JSONField(default=list)
    note = models.TextField(_("what changed"), blank=True, max_length=SHORT)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", null=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["recommendation", "-number"]
        constraints = [
            models.UniqueConstraint(name="revisions_are_numbered", fields=["recommendation", "number"]),
            models.CheckConstraint(name="revisions_count_from_one", condition=Q(number__gte=1)),
        ]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")

    def __str__(self) -> str:
        return str(
            _("%(number)s, revision %(revision)s")
            % {"number": self.recommendation.number, "revision": self.number}
        )

    def get_absolute_url(self) -> str:
        return reverse("recommendations:revision", args=[self.recommendation.number, self.number])


class Role(models.TextChoices):
    """What a paragraph is in the text (`lineage.parse`)."""

    TITLE = "title", _("title")
    HEADING = "heading", _("heading")
    PREAMBLE = "preamble", _("preamble")
    OPERATIVE = "operative", _("operative paragraph")
    ITEM = "item", _("sub-item")
    TABLE = "table", _("table")
    ANNEX = "annex", _("annex")
    OTHER = "other", _("paragraph")


class Paragraph(models.Model):
    """One paragraph of a revision. `key` is the same in every revision, `number` is this revision's own."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="paragraphs")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=12, help_text="Permanent within the recommendation: p1, p2, …")
    number = models.CharField(_("number"), max_length=100, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    level = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("text"))

    class Meta:
        ordering = ["revision", "position"]
        constraints = [
            models.UniqueConstraint(name="one_paragraph_a_place", fields=["revision", "position"]),
            models.UniqueConstraint(name="one_paragraph_a_key", fields=["revision", "key"]),
        ]
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs")

    def __str__(self) -> str:
        return f"{self.number or self.key}"
