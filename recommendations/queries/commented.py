"""The text of a consultation with what one reader may see beside it, as the content of a print."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from isecg.canonical import Content
from isecg.dated import say
from recommendations.models import Consultation, Recommendation
from recommendations.queries import beside
from recommendations.queries.comments import consultations_of
from recommendations.queries.prints import address_of, draft_text, instant


def commented(
    recommendation: Recommendation, reader: Any, now: dt.datetime, *, revision: int, chosen: str
) -> Content | None:
    """The copy of the consultation on `revision` for the agency `chosen` (a slug; nothing for who acts for
    none), in the language that is active. None for whom there is none, or no such agency to act for."""
    for asked in consultations_of(recommendation, reader, now) if reader.is_authenticated else []:
        own = beside.acting(asked, reader, now, chosen=chosen)
        if asked.revision.number == revision and _slug(own) == chosen:
            return _content(asked, reader, own, now)
    return None


def _slug(own: beside.Acting) -> str:
    return own.agency.slug if own.agency else ""


def _content(asked: Consultation, reader: Any, own: beside.Acting, now: dt.datetime) -> Content:
    rows = beside.rows(asked, reader, own, now)
    cards = [card for row in rows for card in row.cards]
    instants = [card.comment.submitted_at or card.comment.written_at for card in cards]
    return {
        **draft_text(asked.revision, now),
        "address": f"{address_of(asked.recommendation)}consultation/",
        "for": _slug(own),
        "acting": str(own.agency) if own.agency else "",
        "made_at": instant(max([asked.revision.made_at, *instants])),
        "remarks": {row.key: [_remark(card) for card in row.cards] for row in rows if row.cards},
    }


def _remark(card: beside.Card) -> Content:
    comment, words = card.comment, card.words
    return {
        "head": _head(card),
        "kind": str(comment.get_kind_display()),
        "quote": words.quote,
        "text": words.text,
        "from": words.from_text,
        "to": words.to_text,
        "reason": words.reason,
        "verdict": _verdict(card),
        "by": f"{comment.author}, {say(comment.written_at.date())}" if card.own and comment.author else "",
    }


def _head(card: beside.Card) -> str:
    if card.is_note:
        return _("Working note, only for %(agency)s") % {"agency": card.agency}
    name = f"{card.agency} {card.comment.number}"
    if card.comment.withdrawn_at:
        return _("%(comment)s, withdrawn") % {"comment": name}
    return _("%(comment)s, late") % {"comment": name} if card.comment.late else name


def _verdict(card: beside.Card) -> str:
    if card.disposition is None:
        return ""
    verdict = str(card.disposition.get_verdict_display())
    reason = "" if card.words.hidden else card.disposition.reason
    return f"{verdict}: {reason}" if reason else verdict
