"""What comes of a report: a snapshot, a rendering (a job), an edition that never changes, its publication."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from isecg.access import standing
from isecg.jobs import Job
from reports.models.limits import SHORT
from reports.models.reports import AnnualReport


class Snapshot(models.Model):
    """Everything a report says, as schema-checked JSON (`reports/snapshot.py`). Frozen by a trigger."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="snapshots")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64, help_text="Of the canonical JSON.")
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(name="one_snapshot_per_content", fields=["report", "sha256"])]

    def __str__(self) -> str:
        return self.sha256[:12]


class Rendering(Job):
    """The wish for a PDF of a snapshot, and how far it is. One per content key: two clicks make one."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        RENDERING = "rendering", _("rendering")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    class Phase(models.TextChoices):
        WAITING = "waiting", _("waiting for a worker")
        READING = "reading", _("reading the snapshot")
        DRAWING = "drawing", _("drawing charts and pictures")
        LAYING_OUT = "laying_out", _("laying out pages")
        WRITING = "writing", _("writing the PDF")
        CHECKING = "checking", _("checking the file")

    RUNNING = State.RENDERING
    DONE = State.READY

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    phase = models.CharField(_("phase"), max_length=12, choices=Phase.choices, default=Phase.WAITING)
    percent = models.PositiveSmallIntegerField(_("percent"), default=0)
    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="renderings")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="renderings")
    content_key = models.CharField(max_length=64, editable=False)
    wanted_by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_rendering_per_content", fields=["content_key"], condition=~Q(state="failed")
            ),
            models.CheckConstraint(name="rendering_percent_to_100", condition=Q(percent__lte=100)),
        ]
        verbose_name = _("rendering")
        verbose_name_plural = _("renderings")

    def __str__(self) -> str:
        return f"{self.report} ({self.content_key[:12]})"

    def get_absolute_url(self) -> str:
        return reverse("reports:rendering", args=[self.pk])


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, reader: Any) -> Self:
        """The secretariat sees every edition, others those that were published and not withdrawn."""
        if standing(reader).secretariat:
            return self
        return self.filter(publications__isnull=False, report__state=AnnualReport.State.PUBLISHED).distinct()


class Edition(models.Model):
    """A finished PDF. Frozen by a trigger: a correction is another edition."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("edition"))
    rendering = models.OneToOneField(Rendering, on_delete=models.PROTECT, related_name="edition")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="editions")
    file = models.FileField(_("PDF"))
    cover = models.FileField(_("picture of the cover"), blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))
    pages = models.PositiveSmallIntegerField(_("pages"))
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-report__year", "-number"]
        constraints = [models.UniqueConstraint(name="editions_are_numbered", fields=["report", "number"])]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self) -> str:
        return str(_("%(report)s, edition %(number)s") % {"report": self.report, "number": self.number})


class Publication(models.Model):
    """From this instant on the edition is the report's current one. Frozen by a trigger."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="publications")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="publications")
    at = models.DateTimeField(_("published"), auto_now_add=True)
    by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", null=True)
    note = models.TextField(_("what changed"), blank=True, max_length=SHORT)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def __str__(self) -> str:
        return f"{self.edition} {self.at:%Y-%m-%d}"
