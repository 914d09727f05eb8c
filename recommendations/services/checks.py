"""What several steps ask of what was typed."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.models import Agency


def said(words: str, otherwise: str, field: str = "reason") -> str:
    """The words without blanks around them. Raises ValidationError with the sentence when there are none."""
    if not words.strip():
        raise ValidationError({field: otherwise})
    return words.strip()


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


def held_for(hold: dt.timedelta | None) -> dt.timedelta:
    """How long a step waits before others can notice it: `hold`, or what the installation says."""
    return settings.HOLD if hold is None else hold
