"""Everything that is issued, as JSON: complete, canonical, checked against a published schema.

Page, PDF and data file are made from this alone; names, members and chair are those of the day on which it
was issued, whatever is edited afterwards.
"""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import override
from jsonschema import Draft202012Validator

from agencies.models import Agency, ChairTerm
from isecg.canonical import Content
from recommendations.models import (
    STATEMENT,
    Approval,
    Consultation,
    Objection,
    Paragraph,
    Position,
    Recommendation,
    Revision,
    SilenceProcedure,
)

SCHEMA = Path(__file__).with_name("issue.schema.json")


@cache
def validator() -> Draft202012Validator:
    """Checks a content against the published schema."""
    schema = json.loads(SCHEMA.read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def collect(
    rec: Recommendation, *, silence: SilenceProcedure, approval: Approval, at: dt.datetime
) -> Content:
    """What is issued at `at`: the text that silence agreed to, everything of that day. Changes nothing."""
    day, revision = at.date(), silence.revision
    with override(settings.LANGUAGE_CODE):
        return {
            "schema": 1,
            "language": settings.LANGUAGE_CODE,
            "number": rec.number,
            "title": rec.title,
            "kind": rec.kind,
            "kind_words": str(rec.get_kind_display()),
            "statement": str(STATEMENT),
            "summary": _text(rec.summary),
            "background": _text(rec.background),
            "addressees": {"all": rec.for_all, "agencies": [] if rec.for_all else _agencies(rec, day)},
            "members": [_agency(each) for each in Agency.objects.members_on(day).named(day)],
            "chair": _chair(day),
            "revision": revision.number,
            "text_sha256": revision.sha256,
            "paragraphs": _paragraphs(revision),
            "consultations": _consultations(rec, day),
            "silence": _silence(silence, day),
            "approval": _approval(approval),
            "drafted_at": _instant(rec.drafted_at),
            "issued_at": _instant(at),
            "is_demonstration": rec.is_demonstration,
        }


def _agencies(rec: Recommendation, day: dt.date) -> list[Content]:
    return [_agency(each) for each in rec.addressees.all().named(day)]


def _agency(agency: Any) -> Content:
    """An agency of `named(day)`: as it was called on that day."""
    return {"slug": agency.slug, "acronym": agency.acronym, "name": agency.name, "name_en": agency.name_en}


def _called(agency: Agency, day: dt.date) -> Content:
    return _agency(Agency.objects.named(day).get(pk=agency.pk))


def _chair(day: dt.date) -> Content | None:
    """The chairing agency of the day and, where it is known, the person; None while that is not known."""
    term = ChairTerm.objects.on(day).select_related("agency").first()
    if term is None or term.agency is None:
        return None
    return {"agency": _called(term.agency, day), "person": _text(term.person)}


def _paragraphs(revision: Revision) -> list[Content]:
    rows = Paragraph.objects.filter(revision=revision).order_by("position")
    return [
        {"key": row.key, "number": row.number, "role": row.role, "level": row.level, "text": row.text}
        for row in rows
    ]


def _consultations(rec: Recommendation, day: dt.date) -> list[Content]:
    rows = Consultation.objects.filter(recommendation=rec, recalled_at__isnull=True).order_by("circulated_at")
    return [
        {
            "revision": row.revision.number,
            "opened_at": _instant(row.opens_at),
            "ended_at": _instant(row.end),
            "agencies": [_agency(each) for each in row.agencies.all().named(day)],
        }
        for row in rows.select_related("revision")
    ]


def _silence(silence: SilenceProcedure, day: dt.date) -> Content:
    called = {each.pk: _agency(each) for each in Agency.objects.named(day)}
    objections = Objection.objects.filter(procedure=silence).order_by("at", "pk")
    positions = Position.objects.filter(procedure=silence).order_by("at", "pk")
    return {
        "started_at": _instant(silence.starts_at),
        "expired_at": _instant(silence.expires_at),
        "agencies": [called[each.pk] for each in silence.agencies.all().named(day)],
        "objections": [_objection(row, called[row.agency_id]) for row in objections],
        "positions": [_position(row, called[row.agency_id]) for row in positions],
    }


def _objection(row: Objection, agency: Content) -> Content:
    return {
        "agency": agency,
        "reason": _text(row.reason),
        "at": _instant(row.at),
        "withdrawn_at": _instant(row.withdrawn_at),
        "withdrawal_reason": _text(row.withdrawal_reason),
    }


def _position(row: Position, agency: Content) -> Content:
    return {
        "agency": agency,
        "stand": row.stand,
        "statement": _text(row.statement),
        "resolves": _text(row.resolves),
        "at": _instant(row.at),
    }


def _approval(approval: Approval) -> Content:
    return {
        "agency": _called(approval.agency, approval.at.date()),
        "by": str(approval.by),
        "at": _instant(approval.at),
        "words": _text(approval.words),
    }


def _instant(instant: dt.datetime | None) -> str | None:
    """ISO 8601 in UTC."""
    return instant.astimezone(dt.UTC).isoformat().replace("+00:00", "Z") if instant else None


def _text(text: str) -> str:
    """Line ends of browsers differ; what people see does not."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
