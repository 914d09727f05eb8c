"""What several steps ask of what was typed."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.models import Agency
from isecg.markdown import printable
from recommendations.models.limits import SHORT


def said(words: str, otherwise: str, field: str = "reason") -> str:
    """The words as they are kept. Raises ValidationError with the sentence when there are none."""
    kept = spoken(words, field)
    if not kept:
        raise ValidationError({field: otherwise})
    return kept


def spoken(words: str, field: str = "words") -> str:
    """The words without what cannot be printed and without blanks around them; perhaps none.

    Raises ValidationError for more than a short text holds; forms say so, too, where there is a form.
    """
    kept = printable(words).strip()
    if len(kept) > SHORT:
        sentence = _("This is %(count)s letters long; at most %(limit)s are possible.")
        raise ValidationError({field: sentence % {"count": len(kept), "limit": SHORT}})
    return kept


def chosen(agencies: Iterable[Agency]) -> list[Agency]:
    """The agencies. Raises ValidationError when there are none: nobody is never everybody."""
    found = list(agencies)
    if not found:
        raise ValidationError({"agencies": _("Choose the agencies that are asked: nobody would be.")})
    return found


def later(instant: dt.datetime, now: dt.datetime, field: str) -> None:
    """Raises ValidationError for an instant that has passed."""
    if instant <= now:
        raise ValidationError({field: _("This instant has passed.")})
