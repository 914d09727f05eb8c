"""What a step would do, found by taking it and taking it back: nothing of it is kept.

The people who would be told are those whose mails were written, not those of a second list.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Max, QuerySet

from isecg.mail.models import Message

Seen = TypeVar("Seen")


class _Enough(Exception):
    """Everything has been seen; the transaction goes back."""


def watched(about: models.Model, take: Callable[[], Any]) -> tuple[Any, list[Message]]:
    """What `take` made, and the mails about the record that it wrote. Call inside a transaction."""
    before = mails_about(about).aggregate(last=Max("pk"))["last"] or 0
    made = take()
    return made, list(mails_about(about).filter(pk__gt=before).order_by("pk"))


def rehearse(
    about: models.Model,
    take: Callable[[], Any],
    look: Callable[[Any, list[Message]], Seen],
) -> Seen:
    """What `look` sees of what `take` made and of its mails, after which all of it is undone.

    Whatever `take` raises passes through.
    """
    seen: list[Seen] = []
    try:
        with transaction.atomic():
            seen.append(look(*watched(about, take)))
            raise _Enough
    except _Enough:
        return seen[0]


def mails_about(about: models.Model) -> QuerySet[Message]:
    """Every mail about the record, kept or sent."""
    return Message.objects.filter(about_type=about._meta.label_lower, about_id=str(about.pk))
