"""PDFs that workers make: a text, a redline, a comment table, a text with comments."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from isecg.jobs import Job, JobQuerySet
from recommendations.models.recommendations import Recommendation


class PrintQuerySet(JobQuerySet):
    def visible_to(self, reader: Any) -> Self:
        """What everybody may have, and what was made for this reader alone."""
        own = getattr(reader, "pk", None)
        return self.filter(Q(reader__isnull=True) | Q(reader=own, reader__isnull=False))


class Print(Job):
    """The wish for a PDF, and how far it is. `content` is all that goes into it, as the reader may see it;
    the same content is printed once. `reader` is null where everybody who sees the page may have the file."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        RENDERING = "rendering", _("rendering")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    class What(models.TextChoices):
        TEXT = "text", _("text")
        REDLINE = "redline", _("redline")
        COMMENTS = "comments", _("comment table")
        COMMENTED = "commented", _("text with comments")

    RUNNING = State.RENDERING
    DONE = State.READY

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    percent = models.PositiveSmallIntegerField(_("percent"), default=0)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="prints")
    what = models.CharField(_("what"), max_length=10, choices=What.choices)
    language = models.CharField(max_length=5)
    reader = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="+", null=True)
    content = models.JSONField()
    content_key = models.CharField(max_length=64, editable=False)
    file = models.FileField(_("PDF"), blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(_("pages"), default=0)
    checks = models.JSONField(default=list, help_text="What `isecg.pdf.conformance` found, a row a check.")

    objects: ClassVar[Any] = PrintQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_print_per_content",
                fields=["content_key", "reader"],
                condition=~Q(state="failed"),
                nulls_distinct=False,
            )
        ]
        verbose_name = _("print")
        verbose_name_plural = _("prints")

    def __str__(self) -> str:
        return f"{self.recommendation.number} {self.what} ({self.content_key[:12]})"

    def get_absolute_url(self) -> str:
        return reverse("recommendations:print", args=[self.recommendation.number, self.pk])
