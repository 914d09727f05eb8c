"""What a step would do, found by taking it and taking it back: nothing of it is kept.

The people who would be told are those whose mails were written, not those of a second list.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max, QuerySet

from isecg.mail.models import Message
from recommendations.models import Recommendation

Seen = TypeVar("Seen")


class _Enough(Exception):
    """Everything has been seen; the transaction goes back."""


def watched(recommendation: Recommendation, take: Callable[[], Any]) -> tuple[Any, list[Message]]:
    """What `take` made, and the mails about the recommendation that it wrote. Call inside a transaction."""
    before = mails_about(recommendation).aggregate(last=Max("pk"))["last"] or 0
    made = take()
    return made, list(mails_about(recommendation).filter(pk__gt=before).order_by("pk"))


def rehearse(
    recommendation: Recommendation,
    take: Callable[[], Any],
    look: Callable[[Any, list[Message]], Seen],
) -> Seen:
    """What `look` sees of what `take` made and of its mails, after which all of it is undone.

    Whatever `take` raises passes through.
    """
    seen: list[Seen] = []
    try:
        with transaction.atomic():
            seen.append(look(*watched(recommendation, take)))
            raise _Enough
    except _Enough:
        return seen[0]


def mails_about(recommendation: Recommendation) -> QuerySet[Message]:
    """Every mail about the recommendation, kept or sent."""
    return Message.objects.filter(
        about_type=recommendation._meta.label_lower, about_id=str(recommendation.pk)
    )
