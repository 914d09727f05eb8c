"""What became of each comment: the verdict with its reason, the agency's answer, and promises explained."""

import datetime as dt
from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isecg.access import standing
from isecg.versions import Versioned
from recommendations.models.comments import Comment
from recommendations.models.limits import COMMENT, SHORT
from recommendations.models.revisions import Revision


class DispositionQuerySet(models.QuerySet["Disposition"]):
    def visible_to(self, reader: Any, now: dt.datetime | None = None) -> Self:
        """Of the comments the reader sees: for the secretariat and the chair at once, for agencies when the
        verdicts are released, for the public with the comment."""
        now, own = now or timezone.now(), standing(reader)
        mine = self.filter(comment__in=Comment.objects.visible_to(reader, now).values("pk"))
        if own.secretariat or own.chairs:
            return mine
        return mine.filter(Q(comment__consultation__released_at__lte=now) | Q(comment__published_at__lte=now))


class Verdict(models.TextChoices):
    """What becomes of a comment."""

    ACCEPTED = "accepted", _("accepted")
    CHANGED = "changed", _("accepted with change")
    NOTED = "noted", _("noted")
    NOT_ACCEPTED = "not_accepted", _("not accepted")
    DEFERRED = "deferred", _("deferred")
    DUPLICATE = "duplicate", _("duplicate")


@pghistory.track()
class Disposition(Versioned):
    """The decision on a comment and its reason: one thing. Some verdicts oblige to say more."""

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="disposition")
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict.choices)
    text = models.TextField(_("text that was agreed"), blank=True, max_length=COMMENT)
    reason = models.TextField(_("reason"), blank=True, max_length=COMMENT)
    target = models.CharField(_("deferred to"), max_length=200, blank=True)
    duplicate_of = models.ForeignKey(
        Comment,
        on_delete=models.PROTECT,
        related_name="duplicates",
        null=True,
        blank=True,
        verbose_name=_("duplicate of"),
    )
    decided_at = models.DateTimeField(_("decided"), default=timezone.now)
    decided_by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", null=True)

    objects = DispositionQuerySet.as_manager()

    class Meta:
        ordering = ["comment"]
        constraints = [
            models.CheckConstraint(
                name="a_change_says_its_text",
                condition=~Q(verdict=Verdict.CHANGED) | ~Q(text=""),
                violation_error_message=_("“Accepted with change” needs the text that was agreed."),
            ),
            models.CheckConstraint(
                name="a_refusal_has_a_reason",
                condition=~Q(verdict=Verdict.NOT_ACCEPTED) | ~Q(reason=""),
                violation_error_message=_("“Not accepted” needs a reason."),
            ),
            models.CheckConstraint(
                name="deferred_to_a_target",
                condition=~Q(verdict=Verdict.DEFERRED) | ~Q(target=""),
                violation_error_message=_("“Deferred” needs its target: to when or to what."),
            ),
            models.CheckConstraint(
                name="a_duplicate_names_the_other",
                condition=Q(verdict=Verdict.DUPLICATE, duplicate_of__isnull=False)
                & ~Q(duplicate_of=F("comment"))
                | (~Q(verdict=Verdict.DUPLICATE) & Q(duplicate_of__isnull=True)),
                violation_error_message=_("“Duplicate” names another comment, other verdicts name none."),
            ),
        ]
        verbose_name = _("disposition")
        verbose_name_plural = _("dispositions")

    def __str__(self) -> str:
        return f"{self.comment}: {self.get_verdict_display()}"


class Satisfaction(models.Model):
    """The agency's answer to a verdict: satisfied, or not satisfied, because."""

    disposition = models.OneToOneField(Disposition, on_delete=models.PROTECT, related_name="satisfaction")
    satisfied = models.BooleanField(_("satisfied"))
    because = models.TextField(_("because"), blank=True, max_length=SHORT)
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dissatisfaction_has_a_reason",
                condition=Q(satisfied=True) | ~Q(because=""),
                violation_error_message=_("Say why you are not satisfied."),
            )
        ]

    def __str__(self) -> str:
        return str(_("satisfied") if self.satisfied else _("not satisfied"))


class Explanation(models.Model):
    """Why a promise was not kept in the text, or why a paragraph changed without a comment behind it."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="explanations")
    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, related_name="explanations", null=True, blank=True
    )
    key = models.CharField(max_length=12, blank=True)
    reason = models.TextField(_("reason"), max_length=SHORT)
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_explanation_each", fields=["revision", "comment", "key"], nulls_distinct=False
            ),
            models.CheckConstraint(name="explained_with_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="explains_a_comment_or_a_paragraph",
                condition=Q(comment__isnull=False, key="") | (Q(comment__isnull=True) & ~Q(key="")),
            ),
        ]

    def __str__(self) -> str:
        return self.reason[:80]
