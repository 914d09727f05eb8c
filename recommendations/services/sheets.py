"""Filled sheets: understood, shown, and then imported whole or not at all.

What comes of a sheet are working notes: nothing here leaves an event, a mail or a count outside the agency.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.access import WrongMoment, require
from isecg.clock import clock
from members.models import acting
from recommendations.models import Comment, Consultation, Recommendation, Upload
from recommendations.permissions.comments import can_add_comment
from recommendations.queries import sheets as queries
from recommendations.queries.comments import window
from recommendations.services.comments import add_comment, edit_comment
from recommendations.sheets.guard import LINKS, NotASheet
from recommendations.sheets.marks import SheetMark
from recommendations.sheets.read import Row, as_rows, read
from recommendations.sheets.recognise import Outcome, Verdict, outcome, recognise

OTHER_TEXT = _("This sheet was made for recommendation %(number)s, not for this one.")
OTHER_AGENCY = _("This sheet was not made for your agency.")
FIELDS = ("kind", "text", "from_text", "to_text", "reason")


class Changed(Exception):
    """Notes were changed after the sheet had been looked at: its rows would do something else now."""


@transaction.atomic
def upload_sheet(
    consultation: Consultation,
    *,
    by: Any,
    agency: Agency,
    name: str,
    data: bytes,
    now: dt.datetime | None = None,
) -> Upload:
    """Understand a filled sheet; changes no note yet. Earlier ones that this person left lying go.

    Raises PermissionDenied, WrongMoment (the agency cannot comment now), ValidationError with the sentence
    of what is wrong with the file.
    """
    now = now or clock()
    by = acting(by, now)
    require(can_add_comment(by, consultation, agency))
    _open(consultation, agency, now)
    try:
        sheet = read(data)
        _made_for(sheet.mark, consultation, agency)
    except NotASheet as error:
        raise ValidationError({"file": str(error.sentence)}) from error
    revision = sheet.mark.revision if sheet.mark else None
    left = Upload.objects.filter(consultation=consultation, agency=agency, by=by, imported_at=None)
    left.delete()
    return Upload.objects.create(
        consultation=consultation,
        agency=agency,
        by=by,
        at=now,
        name=name[:200],
        revision=revision,
        links=LINKS in sheet.remarks,
        rows=[each.stored() for each in _recognised(consultation, agency, sheet.rows, revision)],
    )


@transaction.atomic
def import_sheet(upload: Upload, *, by: Any, now: dt.datetime | None = None) -> Upload:
    """Take over every row as it was shown, or none; imported before, nothing happens again.

    Raises PermissionDenied, WrongMoment, ValidationError, and Changed (nothing was taken over; `look_again`).
    """
    upload = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if upload.imported_at:
        return upload
    consultation = _locked(upload)
    now = now or clock()
    require(can_add_comment(acting(by, now), consultation, upload.agency))
    _open(consultation, upload.agency, now)
    outcomes = understood(upload)
    if outcomes != [outcome(row) for row in upload.rows]:
        raise Changed
    for each in outcomes:
        _take(each, upload, by=by, now=now)
    upload.imported_at = now
    upload.save(update_fields=["imported_at"])
    return upload


@transaction.atomic
def look_again(upload: Upload) -> Upload:
    """Hold the rows against the notes as they are now. Changes the upload only."""
    upload.rows = [each.stored() for each in understood(upload)]
    upload.save(update_fields=["rows"])
    return upload


def understood(upload: Upload) -> list[Outcome]:
    """The verdicts of an upload's rows as of now."""
    return _recognised(upload.consultation, upload.agency, as_rows(upload.rows), upload.revision)


def _recognised(
    consultation: Consultation, agency: Agency, rows: list[Row], revision: int | None
) -> list[Outcome]:
    return recognise(
        rows,
        queries.known(consultation, agency),
        queries.texts(consultation, revision),
        agency=agency.pk,
        names=queries.names(agency),
    )


def _made_for(mark: SheetMark | None, consultation: Consultation, agency: Agency) -> None:
    """A sheet without a mark may be somebody's own form; one with a mark is this agency's, of this text."""
    if mark is None:
        return
    if mark.agency != agency.pk:
        raise NotASheet(OTHER_AGENCY)
    if mark.number != consultation.recommendation.number:
        sentence: str | Promise = str(OTHER_TEXT) % {"number": mark.number}
        raise NotASheet(sentence)


def _locked(upload: Upload) -> Consultation:
    """The consultation, locked with its recommendation in the order in which comments and steps lock them."""
    number = upload.consultation.recommendation_id
    recommendation = Recommendation.objects.select_for_update(no_key=True).get(pk=number)
    current = Consultation.objects.select_for_update(no_key=True).get(pk=upload.consultation_id)
    current.recommendation = recommendation
    return current


def _open(consultation: Consultation, agency: Agency, now: dt.datetime) -> None:
    if not (until := window(consultation, agency, now)):
        raise WrongMoment(until.reason)


def _take(row: Outcome, upload: Upload, *, by: Any, now: dt.datetime) -> None:
    """Do what a row's verdict says."""
    fields: dict[str, Any] = {name: getattr(row, name) for name in FIELDS}
    place = {"key": row.key, "quote": row.from_text if row.key else ""}
    if row.verdict == Verdict.ADDED:
        add_comment(upload.consultation, by=by, agency=upload.agency, now=now, **fields, **place)
    elif row.verdict in (Verdict.UPDATED, Verdict.MOVED):
        note = Comment.objects.get(pk=row.comment or 0)
        moved = place if note.key != row.key else {}
        edit_comment(note, by=by, version=note.version, now=now, **fields, **moved)
