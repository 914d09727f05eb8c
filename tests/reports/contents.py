"""A snapshot's content with something in every place, for what is pure: no database."""

import copy
from typing import Any

from reports import figures

Content = dict[str, Any]


def day(iso: str, precision: str = "day") -> Content:
    return {"day": iso, "precision": precision}


def agency(slug: str, **more: Any) -> Content:
    return {
        "slug": slug,
        "acronym": slug.upper(),
        "name": f"Agency {slug}",
        "name_en": "",
        "country": "DE",
        "website": f"https://{slug}.example.org",
        "member": True,
        "founder": False,
        "joined": day("2019-01-01", "year"),
        "left": None,
        **more,
    }


def photograph(sign: str = "a") -> Content:
    return {
        "sha256": sign * 64,
        "width": 2400,
        "height": 1500,
        "credit": "DLR",
        "alt": "A crater.",
        "focal": [40, 60],
    }


def highlight(number: int, **more: Any) -> Content:
    return {
        "id": f"highlight-{number}",
        "agency": "dlr",
        "title": f"Landing {number}",
        "on": day("2025-03-02"),
        "text": "It landed.\n\nSoftly.",
        "photograph": None,
        "destination": "moon",
        "activities": [],
        "recommendations": [],
        "source": "",
        **more,
    }


def item(code: str, **more: Any) -> Content:
    return {
        "code": code,
        "title": "Roadmap update",
        "description": "What the roadmap says.",
        "lead": "dlr",
        "contributors": ["jaxa"],
        "working_group": "IAWG",
        "start": "2025-01-01",
        "due": "2026-06-30",
        "percent": 40,
        "status": "on_track",
        "reported": True,
        "entries": [{"day": "2025-05-01", "percent": 40, "text": "First draft."}],
        "dropped": None,
        "changes": [],
        **more,
    }


def change(**more: Any) -> Content:
    return {
        "kind": "schedule",
        "day": "2025-06-01",
        "why": "More time.",
        "decision": "",
        "before": {"due": "2025-12-31"},
        "after": {"due": "2026-06-30"},
        **more,
    }


def kept(number: int, outcome: str = "met", **more: Any) -> Content:
    return {
        "year": 2025,
        "number": number,
        "text": f"Goal {number}.",
        "items": ["WP-01"],
        "outcome": outcome,
        "evidence": "A document." if outcome else "",
        "decided_on": "2026-01-10" if outcome else None,
        "continued_by": None,
        **more,
    }


def section(**more: Any) -> Content:
    return {
        "id": "section-secretariat",
        "slug": "secretariat",
        "kind": "secretariat",
        "title": "Work of the secretariat",
        "text": "The group has 3 members.",
        "quotes": ["members"],
        "by": "",
        **more,
    }


REPORT = {
    "year": 2025,
    "period": {"start": "2025-01-01", "last_day": "2025-12-31"},
    "foreword": "A word before.",
    "foreword_by": "The chair",
    "cover_note": "Demonstration.",
    "cover": photograph("c"),
    "arrangement": "agency",
}
AGENCIES = [
    agency("csa", founder=True, joined=day("2007-05-01", "month")),
    agency("dlr"),
    agency("jaxa", left=day("2025-11-30")),
    agency("host", member=False, joined=None),
]
RECORDS: Content = {
    "highlights": [
        highlight(1, photograph=photograph()),
        highlight(
            2, agency="jaxa", destination="", recommendations=[{"number": "2025-01", "title": "Docking"}]
        ),
        highlight(3, destination="mars", activities=[{"slug": "mmx", "name": "MMX"}]),
    ],
    "nothing_to_report": ["csa"],
    "sections": [
        section(),
        section(id="section-iawg", slug="iawg", kind="working_group", by="DLR", quotes=[]),
    ],
    "work_items": [
        item("WP-01"),
        item("WP-02", percent=100, status="done", changes=[change()]),
        item("WP-03", percent=10, status="late", due="2025-06-30"),
        item("WP-04", percent=0, status="not_started", reported=False, entries=[]),
        item("WP-05", status="dropped", dropped={"on": "2025-07-01", "decision": "Plenary, July 2025"}),
    ],
    "goals_kept": [kept(1), kept(2, "partly", continued_by={"year": 2026, "number": 1}), kept(3, "")],
    "goals": [{"number": 1, "text": "Go on.", "items": ["WP-01"], "continues": {"year": 2025, "number": 2}}],
    "goals_record": [{"year": 2025, "met": 1, "partly": 1, "missed": 0, "dropped": 0, "open": 1}],
    "membership_changes": [{"what": "left", "on": day("2025-11-30"), "agency": "jaxa"}],
    "chair_terms": [
        {"agency": "dlr", "person": "", "start": day("2024-01-01", "by"), "start_note": "", "end": None}
    ],
    "recommendations": [
        {
            "number": "2025-01",
            "title": "Docking",
            "kind": "standard",
            "issued_on": "2025-02-03",
            "state": "issued",
            "summary": "One interface.",
        }
    ],
    "meetings": [
        {
            "slug": "plenary-2025",
            "title": "Plenary",
            "kind": "plenary",
            "on": day("2025-07-01", "month"),
            "last_day": None,
            "place": "Cologne",
            "host": "host",
            "about": "",
            "link": "",
        }
    ],
    "documents": [
        {
            "slug": "roadmap",
            "title": "Roadmap",
            "kind": "roadmap",
            "on": day("2025-08-01"),
            "about": "",
            "link": "https://example.org",
        }
    ],
    "activities": [
        {
            "slug": "mmx",
            "name": "MMX",
            "agencies": ["jaxa"],
            "destination": "mars",
            "status": "planned",
            "status_on": "2025-01-01",
            "on": day("2026-01-01", "year"),
        }
    ],
}


def full(**instead: Any) -> Content:
    """Everything a snapshot can say; `instead` replaces whole lists."""
    told = {
        "schema": 2,
        "language": "en",
        "statement": "Not legally binding.",
        "report": REPORT,
        "agencies": AGENCIES,
        **RECORDS,
        **instead,
    }
    told = copy.deepcopy(told)
    return {**told, "figures": figures.counted(told)}
