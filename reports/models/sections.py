"""Parts of a report that somebody owns: the secretariat's and the working groups'."""

from typing import Any, Self

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from isecg.access import standing
from isecg.versions import Versioned
from reports.models.limits import TEXT
from reports.models.reports import AnnualReport

slug_is_an_id = RegexValidator(
    r"^[a-z][a-z0-9-]*\Z", _("Small letters, digits and hyphens only: it is part of an address.")
)


class SectionQuerySet(models.QuerySet["Section"]):
    def visible_to(self, reader: Any) -> Self:
        """The secretariat sees all, their owners their own while they write for an agency; others read the
        published report."""
        seen = standing(reader)
        if seen.secretariat:
            return self
        return self.filter(owner=reader) if seen.writes_for else self.none()


class StandingSections(models.Manager.from_queryset(SectionQuerySet)):  # type: ignore[misc]
    """Without those that were taken out: their reviews and their history stay, and nothing else asks."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(removed_at__isnull=True)


@pghistory.track()
class Section(Versioned):
    """A section with its own owner. Its text may quote figures by name: `[[members]]`."""

    class Kind(models.TextChoices):
        SECRETARIAT = "secretariat", _("of the secretariat")
        WORKING_GROUP = "working_group", _("of a working group")

    report = models.ForeignKey(
        AnnualReport, on_delete=models.PROTECT, related_name="sections", verbose_name=_("annual report")
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    slug = models.CharField(_("address"), max_length=40, validators=[slug_is_an_id])
    number = models.PositiveSmallIntegerField(_("place in the report"), default=1)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True, max_length=TEXT, help_text=_("Markdown."))
    owner = models.ForeignKey(
        "members.Member",
        on_delete=models.PROTECT,
        related_name="sections",
        null=True,
        blank=True,
        verbose_name=_("owner"),
    )
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    removed_at = models.DateTimeField(_("taken out"), null=True, blank=True, editable=False)

    objects = StandingSections()

    class Meta:
        ordering = ["report", "number", "slug"]
        constraints = [
            models.UniqueConstraint(
                name="sections_have_addresses",
                fields=["report", "slug"],
                condition=models.Q(removed_at__isnull=True),
                violation_error_message=_("Another section of this report has this address."),
            )
        ]
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:section", args=[self.report.year, self.slug])


class Review(models.Model):
    """That somebody read a section and found it right: this text, with these figures. Frozen by a trigger.

    It counts as long as both are the same (`reports.queries`); no job has to take it away.
    """

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="reviews")
    at = models.DateTimeField(_("reviewed"))
    by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, help_text="Of the section's title and text.")
    figures = models.JSONField(help_text="{name: value} of every figure the text quotes.")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self) -> str:
        return f"{self.section} {self.at:%Y-%m-%d}"
