"""Writing highlights: inside an agency, where it leaves no trace outside, and after they were submitted."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils.translation import gettext as _

from agencies.models import Activity
from isecg.access import WrongMoment, require
from isecg.audit.services import record
from isecg.clock import clock
from isecg.dated import say
from isecg.links import change_with_links
from isecg.versions import Stale, lock, store
from members.models import acting
from recommendations.models import Recommendation
from reports import permissions
from reports.models import AnnualReport, Contribution, Highlight
from reports.permissions.contributions import can_write_highlight
from reports.queries import contributions as queries
from reports.services.photographs import photograph

Activities = Iterable[Activity]
Recommendations = Iterable[Recommendation]


@transaction.atomic
def add_highlight(
    *,
    by: Any,
    picture: UploadedFile | None = None,
    activities: Activities = (),
    recommendations: Recommendations = (),
    **fields: Any,
) -> Highlight:
    """A new highlight of the secretariat's, with a photograph if `picture` is given (credit and alternative
    text with it).

    Raises PermissionDenied, and ValidationError with a sentence for a picture or words that are refused.
    """
    require(permissions.can_edit_highlight(by))
    highlight = _stored(Highlight(**fields, photograph=photograph(picture)), activities, recommendations)
    record(by=by, verb="add_highlight", what=highlight)
    return highlight


@transaction.atomic
def write_highlight(
    contribution: Contribution,
    *,
    by: Any,
    now: dt.datetime | None = None,
    picture: UploadedFile | None = None,
    activities: Activities = (),
    recommendations: Recommendations = (),
    **fields: Any,
) -> Highlight:
    """A new highlight of an agency, by its delegation: nobody outside learns of it until it is submitted, so
    there is no event. Raises PermissionDenied, WrongMoment, ValidationError (also for a day outside of the
    report's period)."""
    now = now or clock()
    contribution = _writing(contribution, acting(by, now), now)
    _in_period(fields.get("day"), contribution)
    highlight = Highlight(
        agency=contribution.agency,
        inside_agency=True,
        written_by=by,
        **fields,
        photograph=photograph(picture),
    )
    return _stored(highlight, activities, recommendations)


@transaction.atomic
def edit_highlight(
    highlight: Highlight,
    *,
    by: Any,
    version: int,
    now: dt.datetime | None = None,
    picture: UploadedFile | None = None,
    remove_picture: bool = False,
    activities: Activities | None = None,
    recommendations: Recommendations | None = None,
    **fields: Any,
) -> Highlight:
    """Change a highlight; a new picture takes the old one's place, `remove_picture` leaves it without. Links
    that are None stay as they are.

    Writes an event, except inside the agency. Raises PermissionDenied, Stale, WrongMoment (the collection is
    over for the agency, or the text was submitted meanwhile), ValidationError.
    """
    current = _as_it_stands(highlight, by, version, now, fields.get("day"))
    if picture:
        fields["photograph"] = photograph(picture)
    elif remove_picture:
        fields |= {"photograph": None, "credit": "", "alt_text": "", "focal_x": 50, "focal_y": 50}
    wanted = {"activities": activities, "recommendations": recommendations}
    links: dict[str, Iterable[models.Model]] = {name: set for name, set in wanted.items() if set is not None}
    current, changes = change_with_links(current, version=version, links=links, **fields)
    if changes and not current.inside_agency:
        record(by=by, verb="edit_highlight", what=current, changes=changes)
    return current


@transaction.atomic
def remove_highlight(
    highlight: Highlight, *, by: Any, version: int, why: str = "", now: dt.datetime | None = None
) -> None:
    """Take a highlight out; its history, and editions that have it, stay. Inside the agency without a trace.

    Raises PermissionDenied, Stale, WrongMoment.
    """
    current = _as_it_stands(highlight, by, version, now)
    if not current.inside_agency:
        record(by=by, verb="remove_highlight", what=current, why=why, changes={"text": [current.text, ""]})
    current.delete()


def _as_it_stands(
    highlight: Highlight, by: Any, version: int, now: dt.datetime | None, day: dt.date | None = None
) -> Highlight:
    """The row, locked, if `by` may change it as it is now; who may not know of it is told nothing."""
    around = queries.contribution_around(highlight) if highlight.inside_agency else None
    around = around and _held(around)
    now = now or clock()
    by = acting(by, now)
    try:
        current = lock(highlight, version)
    except Stale as stale:
        require(permissions.can_edit_highlight(by, stale.current))  # type: ignore[arg-type]
        raise
    require(permissions.can_edit_highlight(by, current))
    if current.inside_agency:
        _draft_can_change(around, now)
        if day is not None and around is not None:
            _in_period(day, around)
    return current


def _writing(contribution: Contribution, by: Any, now: dt.datetime) -> Contribution:
    current = _held(contribution)
    require(can_write_highlight(by, current))
    _draft_can_change(current, now)
    return current


def _held(contribution: Contribution) -> Contribution:
    """The part, locked before its highlights: so does who submits them."""
    AnnualReport.objects.select_for_update(no_key=True).get(pk=contribution.report_id)
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("report", "agency")
    return rows.get(pk=contribution.pk)


def _draft_can_change(contribution: Contribution | None, now: dt.datetime) -> None:
    if contribution is None:
        raise WrongMoment(_("No report is being collected into which this day falls."))
    decision = queries.can_write_now(contribution, queries.is_submitted(contribution), now)
    if not decision:
        raise WrongMoment(decision.reason, (_("To the agency's part"), contribution.get_absolute_url()))


def _in_period(day: dt.date | None, contribution: Contribution) -> None:
    """What lies outside would be in no report, and seen by nobody."""
    report = contribution.report
    if day is not None and not report.period_start <= day < report.period_end:
        words = _("The report tells of %(first)s to %(last)s: choose a day within.")
        raise ValidationError(
            {"day": words % {"first": say(report.period_start), "last": say(report.last_day)}}
        )


def _stored(highlight: Highlight, activities: Activities, recommendations: Recommendations) -> Highlight:
    stored = store(highlight)
    stored.activities.set(activities)
    stored.recommendations.set(recommendations)
    return stored
