"""The annual report and what it is made from.

Work items with dated progress entries, highlights, goals; the report of a twelve-month period; and what
comes of it: a snapshot, a rendering (a job), an edition that never changes, and its publication.
"""

import datetime as dt
from typing import Any, Self

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.access import standing
from isecg.dated import Precision, say
from isecg.jobs import Job, JobQuerySet
from isecg.versions import Versioned


@pghistory.track()
class WorkItem(Versioned):
    """One item of the work plan."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown."))
    lead = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="leads", null=True, blank=True, verbose_name=_("lead agency"),
        help_text=_("Empty where the lead is not known."),
    )
    contributors = models.ManyToManyField(
        Agency, related_name="contributes_to", blank=True, verbose_name=_("contributing agencies")
    )
    working_group = models.CharField(_("working group"), max_length=100, blank=True)
    start = models.DateField(_("start"))
    due = models.DateField(_("due"))
    source = models.TextField(_("source"), blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.CheckConstraint(name="due_after_start", condition=Q(due__gte=F("start")))]
        verbose_name = _("work item")
        verbose_name_plural = _("work items")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("reports:work_item", args=[self.code])


class ProgressQuerySet(models.QuerySet["ProgressEntry"]):
    def within(self, start: dt.date, end: dt.date) -> Self:
        """Entries of the period: `start` counts, `end` no longer does."""
        return self.filter(day__gte=start, day__lt=end)


@pghistory.track()
class ProgressEntry(Versioned):
    """How far a work item was on a day. Status follows from percent and due date by one rule (queries)."""

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="entries", verbose_name=_("work item"))
    day = models.DateField(_("day"))
    percent = models.PositiveSmallIntegerField(
        _("percent done"), validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    text = models.TextField(_("what was done"), help_text=_("Markdown."))
    source = models.TextField(_("source"), blank=True)

    objects = ProgressQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(name="percent_to_100", condition=Q(percent__lte=100)),
            models.UniqueConstraint(name="one_entry_a_day", fields=["item", "day"]),
        ]
        verbose_name = _("progress entry")
        verbose_name_plural = _("progress entries")

    def __str__(self) -> str:
        return f"{self.item.code} {self.day}: {self.percent} %"


def photograph_path(photograph: "Photograph", filename: str) -> str:
    """Named by content: the same picture is stored once, and a name can never be chosen by a stranger."""
    return f"photographs/{photograph.sha256}.jpg"


class Photograph(models.Model):
    """A picture, opened and written anew on upload (`reports/pictures.py`); immutable."""

    file = models.ImageField(_("picture"), upload_to=photograph_path, width_field="width", height_field="height")
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)

    class Meta:
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")

    def __str__(self) -> str:
        return self.sha256[:12]


class HighlightQuerySet(models.QuerySet["Highlight"]):
    def within(self, start: dt.date, end: dt.date) -> Self:
        """Highlights of the period: `start` counts, `end` no longer does."""
        return self.filter(day__gte=start, day__lt=end)

    def visible_to(self, reader: Any) -> Self:
        """The secretariat sees all, delegates their own agency's; others read the published report."""
        seen = standing(reader)
        return self if seen.secretariat else self.filter(agency__in=seen.reads_for)


@pghistory.track()
class Highlight(Versioned):
    """What an agency did, on a day."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="highlights", verbose_name=_("agency"))
    day = models.DateField(_("day"))
    day_precision = models.CharField(
        _("day is exact to the"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), help_text=_("Markdown."), max_length=20_000)
    photograph = models.ForeignKey(
        Photograph, on_delete=models.PROTECT, related_name="highlights", null=True, blank=True,
        verbose_name=_("photograph"),
    )
    credit = models.CharField(_("credit of the photograph"), max_length=200, blank=True)
    alt_text = models.CharField(
        _("alternative text"), max_length=500, blank=True,
        help_text=_("What the picture shows, for people who do not see it."),
    )
    source = models.TextField(_("source"), blank=True)

    objects = HighlightQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_photograph_has_credit_and_words",
                condition=Q(photograph__isnull=True) | (~Q(credit="") & ~Q(alt_text="")),
            )
        ]
        verbose_name = _("highlight")
        verbose_name_plural = _("highlights")

    def __str__(self) -> str:
        return self.title

    @property
    def day_words(self) -> str:
        return say(self.day, self.day_precision)


@pghistory.track()
class Goal(Versioned):
    """What the group wants to reach in a year."""

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("goal"), help_text=_("Markdown."))
    items = models.ManyToManyField(WorkItem, related_name="goals", blank=True, verbose_name=_("work items"))
    source = models.TextField(_("source"), blank=True)

    class Meta:
        ordering = ["year", "number"]
        constraints = [models.UniqueConstraint(name="goals_are_numbered", fields=["year", "number"])]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")

    def __str__(self) -> str:
        return f"{self.year}/{self.number}"


class AnnualReportQuerySet(models.QuerySet["AnnualReport"]):
    def visible_to(self, reader: Any) -> Self:
        """The secretariat sees every report, others those that are published."""
        return self if standing(reader).secretariat else self.filter(state=AnnualReport.State.PUBLISHED)


@pghistory.track()
class AnnualReport(Versioned):
    """The report of twelve months. Its state moves only through `reports.workflow`."""

    class State(models.TextChoices):
        DRAFTING = "drafting", _("being drafted")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    period_start = models.DateField(_("period from"))
    foreword = models.TextField(_("foreword"), blank=True, help_text=_("Markdown."))
    foreword_by = models.CharField(_("foreword signed by"), max_length=200, blank=True)
    cover_note = models.TextField(_("line on the cover"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAFTING, editable=False
    )

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(name="period_starts_a_month", condition=Q(period_start__day=1)),
        ]
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")

    def __str__(self) -> str:
        return str(_("Annual report %(year)s") % {"year": self.year})

    def get_absolute_url(self) -> str:
        return reverse("reports:detail", args=[self.year])

    @property
    def period_end(self) -> dt.date:
        """The first day after the twelve months."""
        return self.period_start.replace(year=self.period_start.year + 1)

    @property
    def last_day(self) -> dt.date:
        return self.period_end - dt.timedelta(days=1)


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

    objects = JobQuerySet.as_manager()

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

    def perform(self) -> None:
        from reports import rendering  # WeasyPrint is imported in workers only

        rendering.perform(self)


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
    note = models.TextField(_("what changed"), blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def __str__(self) -> str:
        return f"{self.edition} {self.at:%Y-%m-%d}"


class DocumentKind(models.TextChoices):
    FOUNDING = "founding", _("founding document")
    ROADMAP = "roadmap", _("roadmap")
    ARCHITECTURE = "architecture", _("reference architecture")
    WHITE_PAPER = "white_paper", _("white paper")
    GAP_ASSESSMENT = "gap_assessment", _("technology and gap assessment")
    ANNUAL_REPORT = "annual_report", _("earlier annual report")
    OTHER = "other", _("other")


@pghistory.track()
class Document(Versioned):
    """An entry of the library: what the group or its agencies published elsewhere."""

    slug = models.SlugField(_("address"), unique=True)
    title = models.CharField(_("title"), max_length=250)
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind.choices)
    day = models.DateField(_("released"), null=True, blank=True)
    day_precision = models.CharField(
        _("released is exact to the"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    about = models.TextField(_("about"), blank=True, help_text=_("Markdown."))
    link = models.URLField(_("link"), blank=True, max_length=500)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        ordering = [F("day").desc(nulls_last=True), "title"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title

    @property
    def day_words(self) -> str:
        return say(self.day, self.day_precision) if self.day else ""

