"""What stands beside each paragraph for one reader: notes, comments, and what became of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from agencies.models import Agency
from isecg.access import standing
from members.models import SPEAKING, Mandate
from recommendations import reading
from recommendations.models import Comment, Consultation, Disposition, Phase, Revision
from recommendations.permissions import comments as permissions
from recommendations.queries import comments as queries
from recommendations.shown import Shown, shown


@dataclass(frozen=True)
class Card:
    """One comment as this reader may see it, with what can be done with it now."""

    comment: Comment
    words: Shown
    agency: str
    own: bool
    may_edit: bool = False
    may_withdraw: bool = False
    disposition: Disposition | None = None
    stand: queries.Stand | None = None

    @property
    def is_note(self) -> bool:
        return self.comment.is_note


@dataclass(frozen=True)
class Row:
    """A paragraph with its cards; without one: the whole text."""

    paragraph: reading.Shown | None
    cards: list[Card] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.paragraph.key if self.paragraph else ""

    @property
    def notes(self) -> list[Card]:
        return [card for card in self.cards if card.is_note]

    @property
    def comments(self) -> list[Card]:
        return [card for card in self.cards if not card.is_note]


@dataclass(frozen=True)
class Acting:
    """For which agency this person acts on the page, out of which, and whether that is possible now."""

    agency: Agency | None
    agencies: list[Agency]
    window: queries.Window
    may_submit: bool

    @property
    def may_write(self) -> bool:
        return bool(self.agency and self.window)

    @property
    def query(self) -> str:
        """What an address needs so that the choice is remembered; nothing where there is none."""
        return f"for={self.agency.slug}" if self.agency and len(self.agencies) > 1 else ""


def acting(consultation: Consultation, reader: Any, now: dt.datetime, *, chosen: str = "") -> Acting:
    """The agency this person acts for: the one whose slug was `chosen`, else the first of theirs."""
    agencies = queries.acting_agencies(consultation, reader, now.date())
    agency = next((each for each in agencies if each.slug == chosen), agencies[0] if agencies else None)
    if agency is None:
        return Acting(None, [], queries.Window(False), False)
    window = queries.window(consultation, agency, now)
    return Acting(agency, agencies, window, agency.pk in standing(reader).speaks_for)


def rows(consultation: Consultation, reader: Any, own: Acting, now: dt.datetime) -> list[Row]:
    """The whole text first, then each paragraph, with the comments this reader may see. A person with two
    agencies sees the working notes of the one acted for."""
    found = _cards(consultation, reader, own, now)
    paragraphs: list[reading.Shown | None] = [None, *reading.paragraphs(consultation.revision)]
    return [Row(each, found.get(each.key if each else "", [])) for each in paragraphs]


def _cards(consultation: Consultation, reader: Any, own: Acting, now: dt.datetime) -> dict[str, list[Card]]:
    said = [each for each in queries.said(consultation, reader, now) if _belongs(each, own)]
    named = {each.pk: str(each) for each in Agency.objects.named(now.date())}
    dispositions = {
        each.comment_id: each
        for each in Disposition.objects.visible_to(reader, now)
        .filter(comment__consultation=consultation)
        .select_related("comment")
    }
    stands = _stands(consultation, said, reader, now, dispositions)
    cards: dict[str, list[Card]] = defaultdict(list)
    for each in said:
        card = _card(each, reader, own, named)
        more = {"disposition": dispositions.get(each.pk), "stand": stands.get(each.pk)}
        cards[each.key].append(Card(**{**card, **more}))
    return cards


def _belongs(comment: Comment, own: Acting) -> bool:
    """Notes and withdrawn ones belong to the agency acted for."""
    if comment.is_note or comment.withdrawn_at:
        return own.agency is not None and comment.agency_id == own.agency.pk
    return True


def _card(comment: Comment, reader: Any, own: Acting, named: Mapping[int, str]) -> dict[str, Any]:
    mine = own.agency is not None and comment.agency_id == own.agency.pk
    can_withdraw = not comment.is_note and comment.withdrawn_at is None and mine and bool(own.window)
    return {
        "comment": comment,
        "words": shown(comment, reader),
        "agency": named[comment.agency_id],
        "own": mine,
        "may_edit": comment.is_note and mine and own.may_write,
        "may_withdraw": can_withdraw and bool(permissions.can_withdraw_comment(reader, comment)),
    }


def _stands(
    consultation: Consultation,
    said: list[Comment],
    reader: Any,
    now: dt.datetime,
    known: Mapping[int, Disposition],
) -> dict[int, queries.Stand]:
    """Where submitted comments stand in the newest revision this reader may see, if it is a later one."""
    visible = Revision.objects.visible_to(reader, now).filter(recommendation=consultation.recommendation_id)
    newest = visible.order_by("-number").first()
    if newest is None or newest.number <= consultation.revision.number:
        return {}
    submitted = [each for each in said if not each.is_note and each.withdrawn_at is None]
    for each in submitted:
        each.consultation = consultation
    return queries.stands(submitted, newest, known=known)


def speakers(agency: Agency, today: dt.date) -> list[str]:
    """Who submits for the agency: the names of its head of delegation and alternates."""
    held = Mandate.objects.on(today).filter(agency=agency, role__in=SPEAKING, member__is_active=True)
    return sorted({mandate.member.name for mandate in held.select_related("member")})


def is_over(consultation: Consultation, now: dt.datetime) -> bool:
    return consultation.phase(now) == Phase.CLOSED
