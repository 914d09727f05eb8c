"""Parts of a report that somebody owns: the secretariat's and the working groups'."""

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from isecg.versions import Versioned
from reports.models.limits import TEXT
from reports.models.reports import AnnualReport

slug_is_an_id = RegexValidator(
    r"^[a-z][a-z0-9-]*\Z", _("Small letters, digits and hyphens only: it is part of an address.")
)


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

    class Meta:
        ordering = ["report", "number", "slug"]
        constraints = [
            models.UniqueConstraint(
                name="sections_have_addresses",
                fields=["report", "slug"],
                violation_error_message=_("Another section of this report has this address."),
            )
        ]
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        return self.title


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
