"""Whether a finished print still says what its reader may read."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import translation

from isecg.access import NOBODY, standing
from isecg.canonical import Content
from recommendations.models import Print, Recommendation
from recommendations.queries.commented import commented
from recommendations.queries.prints import comments, draft_text, issued_text, redline, visible_revision
from recommendations.queries.rows import Filters


def current(wanted: Print, reader: Any, now: dt.datetime) -> Content | None:
    """What the print would say if it were made now for this reader; None for what they may not see (any
    more). Asked again at each download: what was made before rights ended is not handed out after."""
    rec = Recommendation.objects.visible_to(reader, now).filter(pk=wanted.recommendation_id).first()
    if rec is None or (wanted.reader_id and wanted.reader_id != getattr(reader, "pk", None)):
        return None
    with translation.override(wanted.language):
        return _CURRENT[wanted.what](wanted.content, rec, reader, now)


def _text(was: Content, rec: Recommendation, reader: Any, now: dt.datetime) -> Content | None:
    if was["status"] == "issued":
        return issued_text(rec, reader, now)
    seen = visible_revision(rec, reader, was["revision"], now)
    return draft_text(seen, now) if seen else None


def _redline(was: Content, rec: Recommendation, reader: Any, now: dt.datetime) -> Content | None:
    old, new = (visible_revision(rec, reader, was[end]["revision"], now) for end in ("old", "new"))
    return redline(old, new) if old and new else None


def _comments(was: Content, rec: Recommendation, reader: Any, now: dt.datetime) -> Content | None:
    if standing(reader) is NOBODY:
        return None
    return comments(rec, reader, filters=Filters(**was["filters"]), sort=was["sort"], now=now)


def _commented(was: Content, rec: Recommendation, reader: Any, now: dt.datetime) -> Content | None:
    return commented(rec, reader, now, revision=was["revision"], chosen=was["for"])


_CURRENT: dict[str, Callable[..., Content | None]] = {
    Print.What.TEXT: _text,
    Print.What.REDLINE: _redline,
    Print.What.COMMENTS: _comments,
    Print.What.COMMENTED: _commented,
}
