"""Comments as agencies work with them: when they can be written, whose they are, where they stand."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from agencies.models import Agency
from isecg.access import Sentence, standing
from isecg.deadlines import utc
from recommendations import anchors
from recommendations.models import (
    Comment,
    Consultation,
    Disposition,
    Grace,
    Paragraph,
    Phase,
    Placement,
    Recommendation,
    Revision,
    State,
)
from recommendations.queries.dispositions import taken_up
from recommendations.queries.texts import keyed

ALIKE = 85  # two notes whose words are so like (0 to 100) may be one


@dataclass(frozen=True)
class Window:
    """Whether an agency can write and submit at an instant; if not, why. `until` is when that ends."""

    is_open: bool
    reason: Sentence = ""
    late: bool = False
    until: dt.datetime | None = None

    def __bool__(self) -> bool:
        return self.is_open


def window(consultation: Consultation, agency: Agency, now: dt.datetime) -> Window:
    """Open between the opening and the end, which itself is too late; after it, only while the secretariat
    accepts late comments of this agency. For working notes and for submitting alike."""
    phase = consultation.phase(now)
    if consultation.recalled_at or phase == Phase.HELD:
        return Window(False, _("The consultation is not open yet."))
    if phase == Phase.OPEN:
        return Window(True, until=consultation.end)
    grace = grace_of(consultation, agency, now)
    if grace and consultation.recommendation.state == State.IN_CONSULTATION:
        return Window(True, late=True, until=grace.until)
    return Window(False, _("The consultation ended at %(instant)s.") % {"instant": utc(consultation.end)})


def grace_of(consultation: Consultation, agency: Agency, now: dt.datetime) -> Grace | None:
    """What lets this agency comment late at `now`; of several the one that lasts longest."""
    running = Grace.objects.filter(consultation=consultation, agency=agency, at__lte=now, until__gt=now)
    return running.order_by("-until").first()


def consultations_of(recommendation: Recommendation, reader: Any, now: dt.datetime) -> QuerySet[Consultation]:
    """The consultations this reader may open, the newest first: all for the secretariat and the chair, for
    others those that have opened for their agency."""
    own = standing(reader)
    rows = Consultation.objects.filter(recommendation=recommendation, recalled_at__isnull=True)
    if not (own.secretariat or own.chairs):
        rows = rows.filter(pk__in=Consultation.objects.reaching(own, now).values("pk"))
    return rows.select_related("revision", "recommendation").order_by("-circulated_at", "-pk")


def acting_agencies(consultation: Consultation, reader: Any, today: dt.date) -> list[Agency]:
    """The agencies asked for which this person writes, by acronym; mostly one or none."""
    ids = consultation.agencies.filter(pk__in=standing(reader).writes_for).values("pk")
    return list(Agency.objects.named(today).filter(pk__in=ids))


def notes_of(consultation: Consultation, agency: Agency) -> QuerySet[Comment]:
    """The agency's working notes. Only for who writes for it."""
    rows = Comment.objects.filter(consultation=consultation, agency=agency).notes()
    return rows.select_related("author").order_by("written_at", "pk")


def said(consultation: Consultation, reader: Any, now: dt.datetime) -> QuerySet[Comment]:
    """Comments beside the text that this reader may see: own working notes, own withdrawn ones, submitted."""
    rows = Comment.objects.visible_to(reader, now).filter(consultation=consultation)
    return rows.select_related("author").order_by("number", "written_at", "pk")


def in_order(notes: Iterable[Comment], paragraphs: Sequence[Paragraph]) -> list[Comment]:
    """As the paragraphs stand in the text, those on the whole text first; then as they were written."""
    position = {each.key: place for place, each in enumerate(paragraphs)}
    return sorted(notes, key=lambda note: (position.get(note.key, -1), note.written_at, note.pk))


def name(comment: Comment, paragraphs: Iterable[Paragraph]) -> str:
    """What a working note, which has no number, is called: its place and its first words."""
    words = Truncator(" ".join((comment.text or comment.to_text or comment.from_text).split())).chars(70)
    return f"{where(comment.key, paragraphs)}: {words}"


def where(key: str, paragraphs: Iterable[Paragraph]) -> str:
    """A place in a text as people read it."""
    if not key:
        return _("Whole text")
    found = next((each for each in paragraphs if each.key == key), None)
    if found is None:
        return key
    kind = str(found.get_role_display())
    return f"{kind[:1].upper()}{kind[1:]} {found.number}".strip()


def alike(notes: Sequence[Comment]) -> dict[int, list[Comment]]:
    """For each note the others of the list that say nearly the same of the same paragraph."""
    found: dict[int, list[Comment]] = {}
    for note in notes:
        others = [each for each in notes if each.pk != note.pk and _alike(each, note)]
        if others:
            found[note.pk] = others
    return found


def _alike(one: Comment, other: Comment) -> bool:
    """Much the same comment, or much the same proposal, on the same paragraph."""
    pairs = [(one.text, other.text), (one.to_text, other.to_text)]
    return one.key == other.key and any(
        fuzz.token_sort_ratio(mine.casefold(), theirs.casefold()) >= ALIKE
        for mine, theirs in pairs
        if mine and theirs
    )


@dataclass(frozen=True)
class Stand:
    """Where a comment stands in a revision, and who decided that if a person did. `gone`: decided so.
    `taken_up`: its words are not there any more because the agreed ones replaced them."""

    place: anchors.Place
    decided: Placement | None = None
    taken_up: bool = False

    @property
    def is_lost(self) -> bool:
        """A person has to decide."""
        return self.place.found is anchors.Found.LOST and self.decided is None and not self.taken_up

    @property
    def gone(self) -> bool:
        return self.place.found is anchors.Found.LOST and self.decided is not None


def stands(
    comments: Sequence[Comment], revision: Revision, *, known: Mapping[int, Disposition] | None = None
) -> dict[int, Stand]:
    """Where each comment stands in `revision`, by its pk. What a person decided for this revision or for one
    before it counts, as long as the paragraph that was chosen stands.

    `known` are the verdicts, by comment, that a reader may know: who may not must not learn from a place
    that a comment was accepted. Without it all count.
    """
    new = list(Paragraph.objects.filter(revision=revision).order_by("position"))
    decided = _decided(comments, revision)
    found: dict[int, Stand] = {}
    for asked in {each.consultation_id: each.consultation for each in comments}.values():
        group = [each for each in comments if each.consultation_id == asked.pk]
        old = list(Paragraph.objects.filter(revision=asked.revision_id).order_by("position"))
        places = anchors.places([anchor_of(each) for each in group], old, new)
        for each, place in zip(group, places, strict=True):
            found[each.pk] = _stand(place, decided.get(each.pk), new)
        found |= _replaced([each for each in group if found[each.pk].is_lost], found, known, old, new)
    return found


def _replaced(
    lost: Sequence[Comment],
    found: Mapping[int, Stand],
    known: Mapping[int, Disposition] | None,
    old: Sequence[Paragraph],
    new: Sequence[Paragraph],
) -> dict[int, Stand]:
    """Those lost comments whose words are not there because what was agreed was done."""
    if not lost:
        return {}
    if known is None:
        decided = Disposition.objects.filter(comment__in=[each.pk for each in lost]).select_related("comment")
        known = {each.comment_id: each for each in decided}
    verdicts = [known[each.pk] for each in lost if each.pk in known]
    numbers = {each.key: each.number for each in new}
    return {
        pk: Stand(_done(found[pk].place, key, numbers.get(key, "")), taken_up=True)
        for pk, key in taken_up(verdicts, keyed(old), keyed(new)).items()
    }


def _done(place: anchors.Place, key: str, number: str) -> anchors.Place:
    """Where the agreed words stand; without a key the paragraph had to go."""
    if not key:
        return place
    kept = key == place.old_key and number == place.old_number
    return replace(
        place, found=anchors.Found.IN_PLACE if kept else anchors.Found.MOVED, key=key, number=number
    )


def anchor_of(comment: Comment) -> anchors.Anchor:
    """What a comment is about, as `recommendations.anchors` has it."""
    return anchors.Anchor(comment.key, comment.quote, comment.prefix, comment.suffix)


def _decided(comments: Sequence[Comment], revision: Revision) -> dict[int, Placement]:
    """The newest decision of a person on each comment, made for this revision or one before it."""
    rows = Placement.objects.filter(
        Q(revision__recommendation=revision.recommendation_id), revision__number__lte=revision.number
    )
    chosen = rows.filter(comment__in=[each.pk for each in comments]).order_by("revision__number")
    return {each.comment_id: each for each in chosen.select_related("revision")}


def _stand(place: anchors.Place, decided: Placement | None, new: Sequence[Paragraph]) -> Stand:
    if decided is None:
        return Stand(place)
    if not decided.key:
        return Stand(replace(place, found=anchors.Found.LOST, key="", number="", span=None), decided)
    paragraph = next((each for each in new if each.key == decided.key), None)
    if paragraph is None:
        return Stand(replace(place, found=anchors.Found.LOST, key="", number="", span=None))
    moved = replace(place, found=anchors.Found.MOVED, key=paragraph.key, number=paragraph.number, span=None)
    return Stand(moved, decided)


def likely(comment: Comment, old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs of a later revision most like the one a lost comment stood in; at most three."""
    was = next((each for each in old if each.key == comment.key), None)
    words = " ".join([anchors.plain(was.text) if was else "", comment.quote])
    scored = [(fuzz.token_set_ratio(words, anchors.plain(each.text)), each) for each in new]
    best = sorted(scored, key=lambda pair: -pair[0])[:3]
    return [each for score, each in best if score > 40]
