"""What comes of a report: a snapshot, a rendering (a job), an edition that never changes, its publication."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isecg.access import standing
from isecg.jobs import Job
from reports.models.limits import SHORT
from reports.models.reports import CIRCULATED, PUBLIC, AnnualReport, Language, Paper, stands_in


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
    number = models.PositiveSmallIntegerField(help_text="Of the edition that comes of it; printed in it.")
    content_key = models.CharField(max_length=64, editable=False)
    wanted_by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_rendering_per_number",
                fields=["report", "number"],
                condition=~Q(state="failed"),
            ),
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


class Preview(Job):
    """The wish to see a chapter as it would be printed, while it is written. One per content key."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        DRAWING = "drawing", _("being drawn")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    RUNNING = State.DRAWING
    DONE = State.READY

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="previews")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.CASCADE, related_name="+", null=True)
    content = models.JSONField(help_text="A snapshot's content, of this chapter only.")
    content_key = models.CharField(max_length=64, editable=False)
    pictures = models.JSONField(default=list)  # names of files, a page each
    wanted_by = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_preview_per_content_and_person",
                fields=["content_key", "wanted_by"],
                condition=~Q(state="failed"),
            )
        ]
        verbose_name = _("preview")
        verbose_name_plural = _("previews")

    def __str__(self) -> str:
        return f"{self.report} ({self.content_key[:12]})"


class Approval(models.Model):
    """The chair's word that an edition may be published. Frozen by a trigger."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="approvals")
    edition = models.ForeignKey("reports.Edition", on_delete=models.PROTECT, related_name="approvals")
    at = models.DateTimeField(_("approved"))
    by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+")
    words = models.TextField(_("words of the chair"), blank=True, max_length=SHORT)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")

    def __str__(self) -> str:
        return f"{self.edition} {self.at:%Y-%m-%d}"


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, reader: Any) -> Self:
        """The secretariat sees every edition, others those that were published and not withdrawn; members
        of a delegation those of a draft that goes round, too."""
        if standing(reader).secretariat:
            return self
        now = timezone.now()
        published = Publication.objects.counting(now).values("edition")
        shown = Q(pk__in=published) & stands_in(PUBLIC, now, "report__")
        if standing(reader).reads_for:
            shown |= stands_in(CIRCULATED, now, "report__")
        return self.filter(shown)


class Edition(models.Model):
    """A finished report, in one copy for each language and paper size. Frozen by a trigger: a correction is
    another edition. `code` stands in every copy and finds it again (`isecg/codes.py`)."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("edition"))
    rendering = models.OneToOneField(Rendering, on_delete=models.PROTECT, related_name="edition")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="editions")
    code = models.CharField(_("short code"), max_length=20, unique=True)
    cover = models.FileField(_("picture of the cover"), blank=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-report__year", "-number"]
        constraints = [models.UniqueConstraint(name="editions_are_numbered", fields=["report", "number"])]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self) -> str:
        return str(_("%(report)s, edition %(number)s") % {"report": self.report, "number": self.number})

    @property
    def main(self) -> "Copy":
        """The copy readers get unless they choose: the report's first language and paper."""
        return self.copies.all()[0]


class Copy(models.Model):
    """One file of an edition. Frozen by a trigger."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="copies")
    place = models.PositiveSmallIntegerField(help_text="The first is the main one.")
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    paper = models.CharField(_("paper size"), max_length=6, choices=Paper.choices)
    file = models.FileField(_("PDF"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("size in bytes"))
    pages = models.PositiveSmallIntegerField(_("pages"))
    checks = models.JSONField(default=list, help_text="What `isecg.pdf.conformance` found, a row a check.")

    class Meta:
        ordering = ["edition", "place"]
        constraints = [
            models.UniqueConstraint(name="one_copy_of_a_kind", fields=["edition", "language", "paper"]),
            models.UniqueConstraint(name="copies_have_places", fields=["edition", "place"]),
        ]
        verbose_name = _("copy")
        verbose_name_plural = _("copies")

    def __str__(self) -> str:
        return f"{self.edition} ({self.language}, {self.paper})"


class PublicationQuerySet(models.QuerySet["Publication"]):
    def standing(self) -> Self:
        """Those that were not recalled, be they for later."""
        return self.filter(recall__isnull=True)

    def counting(self, now: dt.datetime | None = None) -> Self:
        """Those that readers know of."""
        return self.standing().filter(at__lte=now or timezone.now())

    def current(self, now: dt.datetime | None = None) -> Self:
        """Of each report that is public the one whose edition readers see."""
        now = now or timezone.now()
        rows = self.counting(now).filter(stands_in(PUBLIC, now, "report__"))
        return rows.order_by("report_id", "-at", "-pk").distinct("report_id")


class Publication(models.Model):
    """From this instant on, some minutes after the press, the edition is the report's current one, unless it
    is recalled before. Frozen by a trigger."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="publications")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="publications")
    at = models.DateTimeField(_("published"), default=timezone.now)
    by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", null=True)
    note = models.TextField(_("what changed"), blank=True, max_length=SHORT)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def __str__(self) -> str:
        return f"{self.edition} {self.at:%Y-%m-%d}"


class Recall(models.Model):
    """A publication that was taken back before its instant: no reader has seen it. Frozen by a trigger."""

    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="recall")
    at = models.DateTimeField(_("recalled"), default=timezone.now)
    by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("recall")
        verbose_name_plural = _("recalls")

    def __str__(self) -> str:
        return f"{self.publication}, recalled"
