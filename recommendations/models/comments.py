"""What agencies say about paragraphs: first as their own working notes, then as the agency's comments."""

import datetime as dt
import secrets
from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.access import standing
from isecg.versions import Versioned
from recommendations.models.consultations import Consultation
from recommendations.models.limits import COMMENT, SHORT
from recommendations.models.revisions import Revision


class CommentKind(models.TextChoices):
    """What a comment is about (the kinds of the ISO comment form)."""

    GENERAL = "general", _("general")
    TECHNICAL = "technical", _("technical")
    EDITORIAL = "editorial", _("editorial")


def unguessable() -> int:
    """An identity that says nothing of how many there are; exact in every browser."""
    return secrets.randbelow(2**48) + 1


class CommentQuerySet(models.QuerySet["Comment"]):
    def notes(self) -> Self:
        """Working notes: nobody outside the agency may learn that they exist."""
        return self.filter(submitted_at__isnull=True)

    def submitted(self) -> Self:
        """Submitted as the agency's, and not withdrawn."""
        return self.filter(submitted_at__isnull=False, withdrawn_at__isnull=True)

    def visible_to(self, reader: Any, now: dt.datetime | None = None) -> Self:
        """Working notes and withdrawn ones for who writes for the agency; submitted ones for the secretariat
        and the chair at once, for other agencies that were asked when the consultation is over; published
        ones for everybody."""
        now, own = now or timezone.now(), standing(reader)
        submitted = Q(submitted_at__isnull=False, withdrawn_at__isnull=True)
        seen = Q(agency__in=own.writes_for) | (submitted & Q(published_at__lte=now))
        if own.secretariat or own.chairs:
            return self.filter(seen | submitted)
        asked = Consultation.objects.reaching(own, now).filter(agencies__in=own.writes_for)
        over = Q(consultation__closes_at__lte=now) | Q(consultation__closed_at__lte=now)
        return self.filter(seen | (submitted & over & Q(consultation__in=asked.values("pk"))))


@pghistory.track()
class Comment(Versioned):
    """A comment of an agency on a paragraph, on words in it, or (without a key) on the whole text.

    Its identity stands in addresses and is drawn by lot: counted ones would tell other agencies, and the
    secretariat, how many working notes there are.
    Anchored by key, quote, prefix and suffix, never by an offset alone. Its words cannot change in the
    database once it is submitted (migration `submitted`). The author shown is the agency.
    """

    id = models.BigIntegerField(primary_key=True, default=unguessable, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="comments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", null=True)
    number = models.PositiveSmallIntegerField(_("number"), null=True, editable=False)
    key = models.CharField(_("paragraph"), max_length=12, blank=True)
    quote = models.TextField(_("selected words"), blank=True, max_length=COMMENT)
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    kind = models.CharField(
        _("kind"), max_length=10, choices=CommentKind.choices, default=CommentKind.TECHNICAL
    )
    text = models.TextField(_("comment"), blank=True, max_length=COMMENT)
    from_text = models.TextField(_("change from"), blank=True, max_length=COMMENT)
    to_text = models.TextField(_("to"), blank=True, max_length=COMMENT)
    reason = models.TextField(_("reason"), blank=True, max_length=COMMENT)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        "members.Member", on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    late = models.BooleanField(_("late"), default=False, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    redacted_at = models.DateTimeField(_("redacted"), null=True, blank=True, editable=False)
    redaction_reason = models.TextField(blank=True, max_length=SHORT, editable=False)
    published_at = models.DateTimeField(_("released to the public"), null=True, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["consultation", "number", "written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="comments_are_numbered", fields=["consultation", "agency", "number"]
            ),
            models.CheckConstraint(
                name="numbered_when_submitted",
                condition=Q(number__isnull=True, submitted_at__isnull=True)
                | Q(number__isnull=False, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="only_submitted_comments_go_on",
                condition=Q(submitted_at__isnull=False)
                | Q(
                    withdrawn_at__isnull=True, redacted_at__isnull=True, published_at__isnull=True, late=False
                ),
            ),
            models.CheckConstraint(
                name="a_comment_says_something",
                condition=~Q(text="") | ~Q(to_text="") | ~Q(from_text=""),
                violation_error_message=_("Write a comment or propose another wording."),
            ),
            models.CheckConstraint(
                name="words_are_quoted_from_a_paragraph",
                condition=Q(quote="") | ~Q(key=""),
            ),
            models.CheckConstraint(
                name="redacted_with_a_reason",
                condition=Q(redacted_at__isnull=True, redaction_reason="")
                | (Q(redacted_at__isnull=False) & ~Q(redaction_reason="")),
            ),
        ]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        # A working note has no number: what names it tells nobody how many there are.
        return f"{self.agency} {self.number}" if self.number else str(_("working note"))

    @property
    def is_note(self) -> bool:
        return self.submitted_at is None


class Placement(models.Model):
    """A person decided where a lost comment belongs in a later revision; no key: its place is gone."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="placements")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=12, blank=True)
    reason = models.TextField(_("reason"), blank=True, max_length=SHORT)
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["comment", "revision"]
        constraints = [models.UniqueConstraint(name="one_place_a_revision", fields=["comment", "revision"])]

    def __str__(self) -> str:
        return f"{self.comment} → {self.key or '–'}"


class Upload(models.Model):
    """A filled sheet as it was understood, kept until it is imported whole or left.

    `rows` is the JSON of `sheets.recognise`: what is shown is what will be imported. `revision` is the one
    the sheet was made for, as far as that is known. Its identity is drawn by lot, as a comment's is.
    """

    id = models.BigIntegerField(primary_key=True, default=unguessable, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="uploads")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=200)
    revision = models.PositiveSmallIntegerField(null=True)
    links = models.BooleanField(default=False, help_text="It links to other files; those were not followed.")
    rows = models.JSONField(default=list)
    imported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.name
