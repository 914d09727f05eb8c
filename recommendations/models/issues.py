"""The chair's approval and what was issued: both frozen by triggers."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.codes import short_code
from recommendations.models.limits import SHORT
from recommendations.models.recommendations import Recommendation
from recommendations.models.revisions import Revision


class Approval(models.Model):
    """The head of the chairing agency approves the agreed text. Frozen by a trigger."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="approvals")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="approvals")
    sha256 = models.CharField("SHA-256", max_length=64)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(_("words of the chair"), blank=True, max_length=SHORT)
    at = models.DateTimeField(_("approved"), default=timezone.now)
    by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")

    def __str__(self) -> str:
        return f"{self.revision}: {self.agency}"


class Issue(models.Model):
    """What was issued, with everything of that day kept beside it. Frozen by a trigger.

    `content` is JSON: number, title, kind, statement, addressees, members and chair of the day (acronym,
    name), paragraphs (key, number, role, level, text), positions and statements, dates. PDF, HTML and
    JSON are made from it alone. `sha256` is that of its canonical JSON; `text_sha256` that of the text.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="issues")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="issues")
    content = models.JSONField()
    sha256 = models.CharField("SHA-256", max_length=64)
    text_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(_("issued"), default=timezone.now)
    by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("issued text")
        verbose_name_plural = _("issued texts")

    def __str__(self) -> str:
        return f"{self.recommendation.number} ({self.sha256[:12]})"

    @property
    def code(self) -> str:
        """The short code that stands in its PDFs, for example `2026-03-7K3M9QXA`."""
        number = self.content["number"]
        year, sequence = map(int, number.split("-"))
        return f"{number}-{short_code(year, sequence, self.sha256).rpartition('-')[2]}"
