"""The library."""

from urllib.parse import urlsplit

import pghistory
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from isecg.dated import Precision, say
from isecg.versions import Versioned
from reports.models.limits import SHORT, TEXT


class DocumentKind(models.TextChoices):
    FOUNDING = "founding", _("founding document")
    ROADMAP = "roadmap", _("roadmap")
    ARCHITECTURE = "architecture", _("reference architecture")
    WHITE_PAPER = "white_paper", _("white paper")
    GAP_ASSESSMENT = "gap_assessment", _("technology and gap assessment")
    ANNUAL_REPORT = "annual_report", _("earlier annual report")
    OTHER = "other", _("other")


# Over several of a kind.
KINDS_OF_DOCUMENTS = {
    DocumentKind.FOUNDING: _("Founding documents"),
    DocumentKind.ROADMAP: _("Roadmaps"),
    DocumentKind.ARCHITECTURE: _("Reference architectures"),
    DocumentKind.WHITE_PAPER: _("White papers"),
    DocumentKind.GAP_ASSESSMENT: _("Technology and gap assessments"),
    DocumentKind.ANNUAL_REPORT: _("Earlier annual reports"),
    DocumentKind.OTHER: _("Other documents"),
}


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
    about = models.TextField(_("description"), blank=True, max_length=TEXT, help_text=_("Markdown."))
    link = models.URLField(_("link"), blank=True, max_length=500)
    source = models.TextField(_("source"), blank=True, max_length=SHORT)

    class Meta:
        ordering = [F("day").desc(nulls_last=True), "title"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title

    @property
    def day_words(self) -> str:
        return say(self.day, self.day_precision) if self.day else ""

    @property
    def host(self) -> str:
        """Where the link leads, in short."""
        return (urlsplit(self.link).hostname or "").removeprefix("www.")
