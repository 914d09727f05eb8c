"""What goes into an agency's offline sheet, and what its rows are held against when it comes back."""

import datetime as dt
from typing import Any

from agencies.models import Agency
from isecg.deadlines import say
from recommendations import anchors, lineage
from recommendations.lineage import Change
from recommendations.models import (
    Comment,
    CommentKind,
    Consultation,
    Disposition,
    Paragraph,
    Role,
    Upload,
)
from recommendations.queries.comments import in_order
from recommendations.queries.texts import keyed
from recommendations.sheets.marks import SheetMark, row_mark
from recommendations.sheets.places import Texts, label
from recommendations.sheets.recognise import Known
from recommendations.sheets.write import Contents, Line, Passage
from recommendations.tables.cells import lines

HEADINGS = (Role.TITLE, Role.HEADING, Role.ANNEX)


def mark_of(consultation: Consultation, agency: Agency) -> SheetMark:
    """By which a sheet made now is known again."""
    revision = consultation.revision.number
    return SheetMark(consultation.recommendation.number, consultation.pk, revision, agency.pk)


def contents(consultation: Consultation, agency: Agency, reader: Any, now: dt.datetime) -> Contents:
    """The sheet of `agency`, for who writes for it: its notes and comments, and the text beside them."""
    paragraphs = list(consultation.revision.paragraphs.order_by("position"))
    own = Comment.objects.filter(consultation=consultation, agency=agency, withdrawn_at=None)
    visible = own.visible_to(reader, now)
    ordered = in_order(visible, paragraphs)
    decided = _decided(consultation, reader, now)
    places = {each.key: label(each) for each in paragraphs}
    return Contents(
        mark=mark_of(consultation, agency),
        agency=str(agency),
        title=consultation.recommendation.title,
        deadline=say(consultation.end),
        lines=[_line(each, agency, places, decided.get(each.pk)) for each in ordered],
        passages=[_passage(each) for each in paragraphs],
    )


def _decided(consultation: Consultation, reader: Any, now: dt.datetime) -> dict[int, Disposition]:
    rows = Disposition.objects.visible_to(reader, now).filter(comment__consultation=consultation)
    return {each.comment_id: each for each in rows}


def _line(comment: Comment, agency: Agency, places: dict[str, str], decided: Disposition | None) -> Line:
    return Line(
        mark=row_mark(comment.pk, agency.pk),
        place=places.get(comment.key, comment.key) if comment.key else str(CommentKind.GENERAL.label),
        kind=str(comment.get_kind_display()),
        text=comment.text,
        from_text=comment.from_text,
        to_text=comment.to_text,
        reason=comment.reason,
        observations=_observed(decided),
        closed=not comment.is_note,
    )


def _observed(decided: Disposition | None) -> str:
    if decided is None:
        return ""
    return lines(decided.get_verdict_display(), decided.text, decided.target, decided.reason)


def _passage(paragraph: Paragraph) -> Passage:
    return Passage(label(paragraph), anchors.plain(paragraph.text), paragraph.role in HEADINGS)


def known(consultation: Consultation, agency: Agency) -> list[Known]:
    """The agency's comments of this consultation, and of those before it on the same recommendation."""
    rows = Comment.objects.filter(
        consultation__recommendation=consultation.recommendation_id,
        consultation__recalled_at=None,
        agency=agency,
        withdrawn_at=None,
    ).order_by("number", "written_at", "pk")
    return [_known(each, earlier=each.consultation_id != consultation.pk) for each in rows]


def _known(comment: Comment, *, earlier: bool) -> Known:
    return Known(
        pk=comment.pk,
        key=comment.key,
        kind=comment.kind,
        text=comment.text,
        from_text=comment.from_text,
        to_text=comment.to_text,
        reason=comment.reason,
        number=str(comment.number or ""),
        earlier=earlier,
    )


def texts(consultation: Consultation, revision: int | None) -> Texts:
    """The text a sheet was made for (None: that is not known, so today's), and the one asked about now."""
    new = list(consultation.revision.paragraphs.order_by("position"))
    if revision is None or revision == consultation.revision.number:
        return Texts(new, new)
    of_this = Paragraph.objects.filter(revision__recommendation=consultation.recommendation_id)
    old = list(of_this.filter(revision__number=revision).order_by("position"))
    rows = lineage.between(keyed(old), keyed(new))
    heirs = {key: row.new[0] for row in rows if row.change == Change.MERGED for key in row.old}
    return Texts(old, new, heirs)


def names(agency: Agency) -> set[str]:
    """What a cell may call the agency: every acronym and name it has had."""
    called = agency.names.values_list("acronym", "name", "name_en")
    return {name for row in called for name in row if name}


def own_uploads(member: Any) -> Any:
    """The uploads this member made for an agency that they still write for."""
    writes_for = getattr(getattr(member, "standing", None), "writes_for", ())
    return Upload.objects.filter(by=member, agency__in=writes_for)
