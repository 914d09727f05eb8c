"""Taking a snapshot: read until the records rest, checked, kept once."""

import json
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator

from isecg.access import WrongMoment
from isecg.audit.services import record
from isecg.canonical import Content, digest
from members.models import Member
from reports.models import AnnualReport, Snapshot
from reports.snapshot import content

SCHEMA = Path(__file__).parents[1] / "snapshot.schema.json"
READINGS = 6


@transaction.atomic
def take(report: AnnualReport, by: Member | None) -> Snapshot:
    """The snapshot of the report as its records stand now; the earlier one if nothing has changed.

    Adds a row and an event "snapshot" when something has. Raises WrongMoment while the records do not come
    to rest, and jsonschema's ValidationError when the content does not fit the schema, which is a mistake
    in this package.
    """
    told = settled(report)
    validator().validate(told)
    snapshot, new = Snapshot.objects.get_or_create(
        report=report, sha256=digest(told), defaults={"content": told}
    )
    if new:
        record(by=by, verb="snapshot", what=snapshot)
    return snapshot


def settled(report: AnnualReport) -> Content:
    """The records as they stood together at one moment. Raises WrongMoment while they do not come to rest.

    Each query sees what is committed when it runs, so one reading may hold half of what somebody saves
    meanwhile. Two readings in a row that say the same: nothing changed from the first one's end to the
    second one's beginning.
    """
    before = None
    for _reading in range(READINGS):
        told = content.collect(AnnualReport.objects.get(pk=report.pk))
        if told == before:
            return told
        before = told
    raise WrongMoment(_("The records of this report are being changed right now; try again in a moment."))


@cache
def validator() -> Draft202012Validator:
    """Checks a content against the published schema."""
    schema = json.loads(SCHEMA.read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)
