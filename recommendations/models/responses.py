"""What agencies answer to an issued recommendation: voluntary, dated, in their own words."""

import datetime as dt
from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.access import standing
from isecg.versions import Versioned
from recommendations.models.comments import unguessable
from recommendations.models.limits import COMMENT, SHORT
from recommendations.models.recommendations import Recommendation


class Aspect(models.TextChoices):
    """A response is one of two separate facts."""

    STANCE = "stance", _("stance")
    FOLLOW_THROUGH = "follow_through", _("follow-through")


class Answer(models.TextChoices):
    """The values of both facts; which belongs to which is a constraint."""

    SUPPORTS = "supports", _("supports")
    IN_PART = "in_part", _("supports in part")
    TAKES_NOTE = "takes_note", _("takes note")
    NOT_APPLICABLE = "not_applicable", _("not applicable")
    NO_STATEMENT = "no_statement", _("no statement")
    NOTHING_PLANNED = "nothing_planned", _("nothing planned")
    PLANNED = "planned", _("planned")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", _("done")
    ANOTHER_WAY = "another_way", _("done another way")


ANSWERS = {
    Aspect.STANCE: [
        Answer.SUPPORTS,
        Answer.IN_PART,
        Answer.TAKES_NOTE,
        Answer.NOT_APPLICABLE,
        Answer.NO_STATEMENT,
    ],
    Aspect.FOLLOW_THROUGH: [
        Answer.NOTHING_PLANNED,
        Answer.PLANNED,
        Answer.UNDER_WAY,
        Answer.DONE,
        Answer.ANOTHER_WAY,
    ],
}


class ResponseQuerySet(models.QuerySet["Response"]):
    def released(self) -> Self:
        """Those that everybody may read."""
        return self.filter(released_at__isnull=False, retracted_at__isnull=True)

    def visible_to(self, reader: Any) -> Self:
        """Released ones for everybody, submitted ones for the secretariat and the chair, drafts for who
        writes for the agency."""
        own = standing(reader)
        seen = Q(agency__in=own.writes_for) | Q(released_at__isnull=False, retracted_at__isnull=True)
        if own.secretariat or own.chairs:
            seen |= Q(submitted_at__isnull=False)
        return self.filter(seen)


@pghistory.track()
class Response(Versioned):
    """A stance or a follow-through of an agency as stated on a day. A newer one stands beside it.

    Its identity is drawn by lot, as a comment's is: counted ones would tell how many drafts there are.
    """

    id = models.BigIntegerField(primary_key=True, default=unguessable, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="responses")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="responses")
    aspect = models.CharField(_("about"), max_length=14, choices=Aspect.choices)
    answer = models.CharField(_("answer"), max_length=15, choices=Answer.choices)
    text = models.TextField(_("in the agency's words"), blank=True, max_length=COMMENT)
    link = models.URLField(_("link"), blank=True)
    day = models.DateField(_("stated on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    public = models.BooleanField(
        _("may be shown to everybody"), default=True, help_text=_("Shown once the secretariat releases it.")
    )
    written_by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+", null=True)
    written_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        "members.Member", on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    return_reason = models.TextField(_("why it was returned"), blank=True, max_length=SHORT, editable=False)
    released_at = models.DateTimeField(_("released"), null=True, blank=True, editable=False)
    retracted_at = models.DateTimeField(_("retracted"), null=True, blank=True, editable=False)
    retraction_reason = models.TextField(blank=True, max_length=SHORT, editable=False)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="an_answer_of_its_aspect",
                condition=Q(aspect=Aspect.STANCE, answer__in=ANSWERS[Aspect.STANCE])
                | Q(aspect=Aspect.FOLLOW_THROUGH, answer__in=ANSWERS[Aspect.FOLLOW_THROUGH]),
                violation_error_message=_("This answer belongs to the other question."),
            ),
            models.CheckConstraint(
                name="valid_until_after_it_was_stated",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=models.F("day")),
                violation_error_message=_("“Valid until” must come after the day it was stated."),
            ),
            models.CheckConstraint(
                name="released_what_was_submitted_as_public",
                condition=Q(released_at__isnull=True) | Q(submitted_at__isnull=False, public=True),
                violation_error_message=_("Only what the agency submitted as public can be released."),
            ),
            models.CheckConstraint(
                name="retracted_with_a_reason",
                condition=Q(retracted_at__isnull=True, retraction_reason="")
                | (Q(retracted_at__isnull=False, released_at__isnull=False) & ~Q(retraction_reason="")),
            ),
        ]
        verbose_name = _("response")
        verbose_name_plural = _("responses")

    def __str__(self) -> str:
        return f"{self.agency}: {self.get_answer_display()} ({self.recommendation.number})"

    def is_old(self, today: dt.date) -> bool:
        """Whether its validity has passed: shown grey as "stated in …, not reconfirmed"."""
        return self.valid_until is not None and self.valid_until <= today
