"""The text of a recommendation: drafted, edited, written, and frozen as revisions."""

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Agency
from isecg import markdown
from isecg.access import WrongMoment, require
from isecg.audit.services import record
from isecg.clock import clock
from isecg.links import change_with_links
from isecg.versions import Stale, change, lock, store
from members.models import acting
from recommendations import lineage, workflow
from recommendations.models import Paragraph, Reading, Recommendation, Revision
from recommendations.models.limits import PARAGRAPH, PARAGRAPHS, TEXT
from recommendations.permissions import steps, texts
from recommendations.queries.texts import before, still_written

LAST = 999


@transaction.atomic
def draft(
    *,
    by: Any,
    title: str,
    kind: str,
    for_all: bool = True,
    addressees: Iterable[Agency] = (),
    summary: str = "",
    background: str = "",
    text: str = "",
    now: dt.datetime | None = None,
) -> Recommendation:
    """A new recommendation; reserves the next number of the year. Nobody is told.

    Raises PermissionDenied; ValidationError (no addressee, a text that `readable` refuses).
    """
    now = now or clock()
    by = acting(by, now)
    require(steps.can_draft(by))
    chosen = _addressed(for_all, addressees)
    said = {"title": title, "kind": kind, "for_all": for_all, "summary": summary, "background": background}
    recommendation = store(
        Recommendation(
            number=_next_number(now.year),
            text=readable(text),
            drafted_at=now,
            drafted_by=by,
            **{name: _clean(value) for name, value in said.items()},
        )
    )
    recommendation.addressees.set(chosen)
    record(by=by, verb="draft", what=recommendation)
    return recommendation


@transaction.atomic
def edit(
    recommendation: Recommendation,
    *,
    by: Any,
    version: int,
    for_all: bool = True,
    addressees: Iterable[Agency] = (),
    now: dt.datetime | None = None,
    **fields: Any,
) -> Recommendation:
    """Change title, class, addressees, summary and background. Nobody is told.

    Raises PermissionDenied, WrongMoment (no longer being written), Stale, ValidationError.
    """
    require(texts.can_edit(acting(by, now or clock()), recommendation))
    _while_written(lock(recommendation, version))
    links: dict[str, Iterable[Any]] = {"addressees": _addressed(for_all, addressees)}
    said = {name: _clean(value) for name, value in fields.items()}
    recommendation, changes = change_with_links(
        recommendation, version=version, links=links, for_all=for_all, **said
    )
    if changes:
        record(by=by, verb="edit", what=recommendation, changes=changes)
    return recommendation


@transaction.atomic
def write(
    recommendation: Recommendation, *, by: Any, version: int, text: str, now: dt.datetime | None = None
) -> Recommendation:
    """Change the working text, which only the secretariat reads; revisions stay as they are.

    Raises PermissionDenied, WrongMoment (no longer being written), Stale, and ValidationError with a
    sentence that names what cannot be read (see `readable`).
    """
    require(texts.can_write(acting(by, now or clock()), recommendation))
    _while_written(lock(recommendation, version))
    recommendation, changes = change(recommendation, version=version, text=readable(text))
    if changes:
        record(by=by, verb="write", what=recommendation)  # what was written, the row's history keeps
    return recommendation


@transaction.atomic
def revise(
    recommendation: Recommendation,
    *,
    by: Any,
    note: str = "",
    version: int | None = None,
    now: dt.datetime | None = None,
) -> Revision:
    """Freeze the working text as the next revision: paragraphs with numbers, permanent keys, concordance.

    `version` is that of the text as it was shown (None: as it stands). Nobody is told. Raises
    PermissionDenied, WrongMoment (a consultation is open, nothing has changed), Stale, ValidationError.
    """
    step = workflow.begin(recommendation, "revise", by=by, now=now)
    if version is not None and step.rec.version != version:
        raise Stale(step.rec)
    revision = _freeze(step.rec, note=_clean(note), made_at=step.now, made_by=step.by)
    step.take(why=revision.note, changes={"revision": [revision.number - 1 or None, revision.number]})
    return revision


@transaction.atomic
def read(revision: Revision, *, by: Any, now: dt.datetime | None = None) -> None:
    """Remember that this member has read a revision: the start of their redline. No event: reading is
    their own affair. Who reads it again changes nothing."""
    if Reading.objects.filter(member=by, revision=revision).exists():
        return
    Reading.objects.update_or_create(
        member=by, recommendation_id=revision.recommendation_id, defaults={"revision": revision}
    )


def readable(text: str) -> str:
    """`text` in one spelling: without characters that cannot be seen, letters composed, lines ended alike.

    Raises ValidationError, which names the paragraph, for what is too long or nested too deeply.
    """
    text = _clean(text)
    if len(text) > TEXT:
        words = _("The text has %(length)s characters; at most %(most)s are possible.")
        raise _refusal(words, length=len(text), most=TEXT)
    parts = _parts(text)
    if len(parts) > PARAGRAPHS:
        words = _("The text has %(length)s paragraphs; at most %(most)s are possible.")
        raise _refusal(words, length=len(parts), most=PARAGRAPHS)
    for part in parts:
        _refuse_too_long(part)
    return text


def _parts(text: str) -> list[lineage.Part]:
    try:
        return lineage.parse(text)
    except lineage.TooDeep as error:
        words = _("Line %(line)s stands inside too many lists or quotations: six lists are possible.")
        raise _refusal(words, line=error.line) from error


def _refuse_too_long(part: lineage.Part) -> None:
    if len(part.text) > PARAGRAPH:
        place = _("Paragraph %(number)s") % {"number": part.number} if part.number else part.role.label
        raise _refusal(
            _("%(place)s (“%(words)s…”) has %(length)s characters; at most %(most)s may be."),
            place=capfirst(place),
            words=part.text[:40].strip(),
            length=len(part.text),
            most=PARAGRAPH,
        )


def _refusal(words: str, /, **named: Any) -> ValidationError:
    return ValidationError({"text": words % named})


def _clean(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", markdown.printable(lines)).strip()


def _addressed(for_all: bool, addressees: Iterable[Agency]) -> list[Agency]:
    chosen = [] if for_all else list(addressees)
    if not for_all and not chosen:
        raise ValidationError(
            {"addressees": _("Choose the agencies it addresses, or address all participating agencies.")}
        )
    return chosen


def _next_number(year: int) -> str:
    """Two who draft at the same time wait for each other, so that no number is given twice or left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('recommendations_numbers'))")
    numbers = Recommendation.objects.filter(number__startswith=f"{year}-").values_list("number", flat=True)
    last = max((int(number.partition("-")[2]) for number in numbers), default=0)
    if last >= LAST:
        raise ValidationError(_("All numbers of this year have been given."))
    return f"{year}-{last + 1:02}"


def _while_written(recommendation: Recommendation) -> None:
    if not (decision := still_written(recommendation)):
        way_out = (gettext_lazy("To the recommendation"), recommendation.get_absolute_url())
        raise WrongMoment(decision.reason, way_out)


def _freeze(recommendation: Recommendation, **fields: Any) -> Revision:
    old, earlier = before(recommendation)
    parts = _parts(recommendation.text)
    aligned = lineage.align(old, parts, retired=earlier)
    last = recommendation.revisions.order_by("-number").values_list("number", flat=True).first()
    revision = store(
        Revision(
            recommendation=recommendation,
            number=(last or 0) + 1,
            text=recommendation.text,
            sha256=hashlib.sha256(recommendation.text.encode()).hexdigest(),
            concordance=[asdict(row) for row in aligned.rows],
            **fields,
        )
    )
    Paragraph.objects.bulk_create(
        Paragraph(
            revision=revision,
            position=position,
            key=key,
            number=part.number,
            role=part.role,
            level=part.level,
            text=part.text,
        )
        for position, (part, key) in enumerate(zip(parts, aligned.keys, strict=True))
    )
    return revision
