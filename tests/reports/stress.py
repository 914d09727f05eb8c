"""Contents of reports of any size, made up without a database: for looking at layouts and for benches.

Few agencies or all 27, short words or long, pictures of every shape or none, names in any script. The same
arguments give the same content to the byte, and every content fits the schema of snapshots.
"""

import datetime as dt
import hashlib
import io
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from isecg.canonical import Content, digest
from isecg.codes import short_code
from reports import figures
from reports.pdf.printed import Printed, Variant
from reports.snapshot import statement, validator
from reports.snapshot.content import SCHEMA
from tests.reports.world import NAMES, SENTENCES, photograph

YEAR = 2025
START, LAST = dt.date(YEAR, 1, 1), dt.date(YEAR, 12, 31)
TAKEN = dt.datetime(2026, 2, 3, 4, 5, 6, tzinfo=dt.UTC)
OWN_SCRIPT = {
    "CNSA": "国家航天局",
    "GISTDA": "สำนักงานพัฒนาเทคโนโลยีอวกาศและภูมิสารสนเทศ",
    "ISRO": "भारतीय अंतरिक्ष अनुसंधान संगठन",
    "JAXA": "宇宙航空研究開発機構",
    "KASA": "우주항공청",
    "Roscosmos": "Государственная корпорация по космической деятельности «Роскосмос»",
    "UAESA": "وكالة الإمارات للفضاء",
    "VNSC": "Trung tâm Vũ trụ Việt Nam",
}
IN_OTHER_SCRIPTS = (
    "The partners, among them סוכנות החלל הישראלית and وكالة الإمارات للفضاء (Abu Dhabi), met at 国家航天局 "
    "in 北京, with guests of 宇宙航空研究開発機構 and 우주항공청; 3 + 4 interfaces were agreed."
)
MORE = [
    "Ground stations on three continents followed the spacecraft through the eclipse without losing a frame.",
    "The joint team wrote down what went wrong, too: a connector that two drawings named differently.",
    "The catalogue of samples now lists 1,284 entries, each with the conditions under which it may be lent.",
    "A common reference frame for the south pole was adopted, so that maps of different agencies lie on each "
    "other without being stretched.",
    "The review board asked for a second source of propellant margins before it would agree to the landing "
    "site; the answer took four months and is public.",
    "Crew time on the analogue campaign was shared by lot, which all sides found fair.",
    "Thermal models were exchanged in a neutral format for the first time.",
    "Two payload places remain open to members until the end of June.",
]
ENDLESS = "Langstreckenkommunikationsinfrastrukturverträglichkeitsprüfungsverfahren" * 2
DESTINATIONS = ["moon", "mars", "earth_orbit", "small_bodies", "technology", "farther", ""]
PLACES = ["Noordwijk, Netherlands", "Tsukuba, Japan", "Adelaide, Australia", "online", ""]
# Width and height as stored: wide, tall, a strip, a square.
SHAPES = ((2000, 1250), (1250, 1786), (2000, 692), (900, 900))
KINDS = {"wide": [0], "tall": [1], "strip": [2], "square": [3], "mixed": [0, 1, 2, 3], "none": []}
# (agencies, highlights each, paragraphs each, work items) for about so many pages.
SIZES = {20: (3, 1, 1, 3), 60: (27, 1, 2, 14), 200: (27, 4, 5, 30)}


def of_size(pages: int) -> Content:
    """The content of a report of about 20, 60 or 200 pages."""
    agencies, highlights, paragraphs, items = SIZES[pages]
    return content(agencies, highlights=highlights, paragraphs=paragraphs, items=items)


def content(
    agencies: int = 4,
    *,
    highlights: int = 1,
    paragraphs: int = 2,
    items: int = 8,
    pictures: str = "mixed",
    scripts: bool = False,
    endless: bool = False,
    arrangement: str = "agency",
    year: int = YEAR,
) -> Content:
    """A snapshot's content. `pictures` is a key of KINDS, `scripts` puts names into their own writing,
    `endless` adds words that no column holds; 0 paragraphs make texts of a few words."""
    chance = random.Random(f"{agencies} {highlights} {paragraphs} {items} {pictures}")
    chosen = list(NAMES)[:agencies]
    slugs = [_slug(acronym) for acronym in chosen]
    write = _writer(chance, paragraphs, scripts, endless)
    told: Content = {
        "schema": SCHEMA,
        "language": "en",
        "statement": statement(),
        "report": _report(year, arrangement, write, pictures),
        "agencies": [_agency(acronym, number, scripts) for number, acronym in enumerate(chosen)],
        "membership_changes": [
            {"what": "joined", "on": _day(year, 3, 1, "month"), "agency": slugs[-1]},
        ],
        "chair_terms": _terms(slugs, year),
        "highlights": [
            _highlight(slug, number, turn, year, write, KINDS[pictures])
            for number, slug in enumerate(slugs)
            for turn in range(highlights if number % 6 != 5 else 0)
        ],
        "nothing_to_report": slugs[5::12],
        "activities": _activities(slugs, year),
        "work_items": [_item(number, slugs, year, write, endless) for number in range(items)],
        "goals": _goals(year, write),
        "goals_kept": _kept(year, write),
        "goals_record": [
            {
                "year": year - back,
                "met": 3 + back % 3,
                "partly": 1,
                "missed": back % 2,
                "dropped": back // 3,
                "open": 0,
            }
            for back in range(6, 0, -1)
        ]
        + [{"year": year, "met": 2, "partly": 1, "missed": 1, "dropped": 1, "open": 0}],
        "recommendations": _recommendations(year, write),
        "meetings": _meetings(slugs, year, write),
        "documents": _documents(year, write),
    }
    counted = figures.counted(told)
    told |= {"figures": counted, "sections": _sections(write, scripts)}
    validator().validate(told)
    return told


def printed(content: Content, language: str = "en", paper: str = "a4", number: int = 1) -> Printed:
    """The copy of a content in a variant, as a rendering would be given it."""
    sha256 = digest(content)
    code = short_code(content["report"]["year"], number, sha256)
    return Printed(content, sha256, TAKEN, number, code, Variant(language, paper))


def put_photographs(folder: Path) -> None:
    """Store every photograph the contents name, below the media folder."""
    (folder / "photographs").mkdir(parents=True, exist_ok=True)
    for number in range(len(SHAPES)):
        data, sha256 = _picture(number)
        (folder / "photographs" / f"{sha256}.jpg").write_bytes(data)


@cache
def _picture(number: int) -> tuple[bytes, str]:
    with Image.open(io.BytesIO(photograph(number))) as picture:
        out = io.BytesIO()
        picture.resize(SHAPES[number]).save(out, "JPEG", quality=85)
    return out.getvalue(), hashlib.sha256(out.getvalue()).hexdigest()


def _photograph(number: int, agency: str) -> Content:
    width, height = SHAPES[number]
    return {
        "sha256": _picture(number)[1],
        "width": width,
        "height": height,
        "credit": f"{agency} / flight team, image processing by the University of Somewhere",
        "alt": "A grey plain with craters under a dark sky, the Earth small above the horizon.",
        "focal": [50, 60],
    }


def _writer(chance: random.Random, paragraphs: int, scripts: bool, endless: bool) -> Callable[..., str]:
    """`write()`: a text of so many paragraphs, or of the given number of sentences."""
    bank = SENTENCES + MORE

    def write(sentences: int = 0, *, whole: bool = False) -> str:
        if sentences or not paragraphs:
            return " ".join(chance.choice(bank) for _ in range(sentences or 1))
        parts = [" ".join(chance.sample(bank, 5)) for _ in range(paragraphs)]
        if whole and scripts:
            parts.insert(1, IN_OTHER_SCRIPTS)
        if whole and endless:
            parts.append(f"The {ENDLESS} was agreed. See https://example.org/{'long-address-' * 12}end.")
        if whole and paragraphs > 1:
            parts.append(
                f"- **{chance.choice(bank)[:30]}**\n- {chance.choice(bank)}\n- {chance.choice(bank)}"
            )
        return "\n\n".join(parts)

    return write


def _report(year: int, arrangement: str, write: Callable[..., str], pictures: str) -> Content:
    return {
        "year": year,
        "period": {"start": f"{year}-01-01", "last_day": f"{year}-12-31"},
        "foreword": write(),
        "foreword_by": "The chair of the International Space Exploration Coordination Group",
        "cover_note": "Demonstration, made up for testing. Not a publication of ISECG.",
        "cover": _photograph(KINDS[pictures][0], "ESA") if KINDS[pictures] else None,
        "arrangement": arrangement,
    }


def _slug(acronym: str) -> str:
    return acronym.lower().replace(" ", "-")


def _agency(acronym: str, number: int, scripts: bool) -> Content:
    name, english, country = NAMES[acronym]
    founder = number % 2 == 1
    own = OWN_SCRIPT.get(acronym) if scripts else None
    return {
        "slug": _slug(acronym),
        "acronym": acronym,
        "name": own or name,
        "name_en": (english or name) if own else english,
        "country": country,
        "website": f"https://www.{_slug(acronym)}.example.org/",
        "member": True,
        "founder": founder,
        "joined": _day(2007, 5, 1, "month") if founder else _day(2019, 1, 1, "year"),
        "left": None,
    }


def _day(year: int, month: int, day: int, precision: str = "day") -> Content:
    return {"day": f"{year}-{month:02}-{day:02}", "precision": precision}


def _terms(slugs: list[str], year: int) -> list[Content]:
    first = {"agency": slugs[0], "person": "A. Person", "start": _day(year - 1, 3, 8, "by"), "start_note": ""}
    second = {"agency": slugs[1], "person": "", "start": _day(year, 7, 1, "month"), "start_note": "about"}
    third = {
        "agency": slugs[2],
        "person": "Dr. B. Person-Somebody",
        "start": _day(year, 11, 14),
        "start_note": "",
    }
    ends = [second["start"], third["start"], None]
    return [{**term, "end": end} for term, end in zip([first, second, third], ends, strict=True)]


def _highlight(
    slug: str, number: int, turn: int, year: int, write: Callable[..., str], shapes: list[int]
) -> Content:
    at = number + turn
    shown = shapes and (at % 4 != 3)
    return {
        "id": f"highlight-{number * 100 + turn + 1}",
        "agency": slug,
        "title": (SENTENCES + MORE)[at % 14].split(",")[0].split(";")[0].split(":")[0].removesuffix("."),
        "on": _day(year, at * 5 % 12 + 1, at * 7 % 27 + 1, "month" if at % 5 == 4 else "day"),
        "text": write(whole=True),
        "photograph": _photograph(shapes[at % len(shapes)], slug.upper()) if shown else None,
        "source": "Agency news of that month, example.org/news/2025/a-long-address-that-goes-on"
        if at % 2
        else "",
        "destination": DESTINATIONS[at % 7],
        "activities": [{"slug": "lunar-orbiter", "name": "Lunar Orbiter"}] if at % 3 == 0 else [],
        "recommendations": [{"number": f"{year}-02", "title": "Common docking interface"}]
        if at % 5 == 0
        else [],
    }


def _activities(slugs: list[str], year: int) -> list[Content]:
    return [
        {
            "slug": "lunar-orbiter",
            "name": "Lunar Orbiter",
            "agencies": slugs[:3],
            "destination": "moon",
            "status": "in orbit",
            "status_on": f"{year}-10-01",
            "on": _day(year, 2, 1, "month"),
        }
    ]


def _item(number: int, slugs: list[str], year: int, write: Callable[..., str], endless: bool) -> Content:
    status = ["done", "on_track", "late", "not_started", "dropped"][number % 5]
    start = dt.date(year - number % 2, number * 3 % 12 + 1, 1)
    due = {"late": dt.date(year, 9, 30), "done": dt.date(year, 11, 30)}.get(
        status, dt.date(year + 1 + number % 2, number * 7 % 12 + 1, 28)
    )
    percent = {"done": 100, "on_track": 60, "late": 40, "not_started": 0, "dropped": 20}[status]
    told = status not in ("not_started",) and number % 7 != 2
    days = [start + (min(due, LAST) - start) * step // 4 for step in (1, 2, 3)] if told else []
    inside = [day for day in days if START <= day <= LAST]
    return {
        "code": f"WP-{number + 1:02}",
        "title": [
            "Roadmap update",
            "Standards for power and data interfaces between surface elements",
            "Lunar volatiles: a common vocabulary, a shared catalogue of samples and instruments, and who "
            "may use them when",
        ][number % 3]
        + (f" {ENDLESS[:40]}" if endless and number % 4 == 0 else ""),
        "description": write(1),
        "lead": slugs[number % len(slugs)] if number % 4 else None,
        "contributors": slugs[: number % 6],
        "working_group": "Technology Working Group" if number % 2 else "",
        "start": start.isoformat(),
        "due": due.isoformat(),
        "percent": percent,
        "status": status,
        "reported": bool(inside),
        "entries": [
            {"day": day.isoformat(), "percent": percent * (at + 1) // len(days), "text": write(2)}
            for at, day in enumerate(days)
        ],
        "dropped": {"on": f"{year}-06-18", "decision": "Plenary of 18 June, agenda item 7"}
        if status == "dropped"
        else None,
        "changes": _changes(number, slugs, year, due, status, write),
    }


def _changes(
    number: int, slugs: list[str], year: int, due: dt.date, status: str, write: Callable[..., str]
) -> list[Content]:
    changes: list[dict[str, Any]] = []
    if number % 3 == 1:
        before = {"due": (due - dt.timedelta(days=180)).isoformat()}
        changes.append(
            {"kind": "schedule", "day": f"{year}-04-02", "before": before, "after": {"due": due.isoformat()}}
        )
    if number % 4 == 2:
        changes.append(
            {
                "kind": "content",
                "day": f"{year}-05-20",
                "before": {"title": "Volatiles catalogue", "lead": "", "contributors": slugs[:1]},
                "after": {
                    "title": "Lunar volatiles: a common vocabulary",
                    "lead": slugs[0],
                    "contributors": slugs[:3],
                },
            }
        )
    if status == "dropped":
        changes.append({"kind": "dropped", "day": f"{year}-06-18", "before": {}, "after": {}})
    decision = "Plenary of 18 June, agenda item 7"
    return [
        {**change, "why": write(1), "decision": decision if change["kind"] == "dropped" else ""}
        for change in changes
    ]


def _goals(year: int, write: Callable[..., str]) -> list[Content]:
    return [
        {
            "number": number,
            "text": write(1),
            "items": [f"WP-{number:02}"] if number < 4 else [],
            "continues": {"year": year, "number": 2} if number == 1 else None,
        }
        for number in range(1, 6)
    ]


def _kept(year: int, write: Callable[..., str]) -> list[Content]:
    return [
        {
            "year": year,
            "number": number,
            "text": write(1),
            "items": [f"WP-{number:02}"],
            "outcome": outcome,
            "evidence": write(2),
            "decided_on": f"{year}-12-0{number}",
            "continued_by": {"year": year + 1, "number": 1} if outcome == "partly" else None,
        }
        for number, outcome in enumerate(["met", "partly", "missed", "dropped", "met"], 1)
    ]


def _recommendations(year: int, write: Callable[..., str]) -> list[Content]:
    return [
        {
            "number": f"{year}-{number:02}",
            "title": (SENTENCES + MORE)[number][:60].rstrip(" ,;"),
            "kind": kind,
            "issued_on": f"{year}-0{number * 2}-11",
            "state": "issued" if number != 2 else "superseded",
            "summary": write(2),
        }
        for number, kind in enumerate(["event", "standard", "exchange", "experience"], 1)
    ]


def _meetings(slugs: list[str], year: int, write: Callable[..., str]) -> list[Content]:
    kinds = ["senior_managers", "plenary", "working_group", "workshop"]
    return [
        {
            "slug": f"meeting-{number}",
            "title": [
                "Senior agency managers’ meeting",
                "Plenary",
                "Technology Working Group",
                "Workshop on volatiles",
            ][number % 4],
            "kind": kinds[number % 4],
            "on": _day(year, number * 2 + 1, 12, "month" if number == 2 else "day"),
            "last_day": f"{year}-{number * 2 + 1:02}-14" if number != 2 else None,
            "place": PLACES[number % 5],
            "host": slugs[number % len(slugs)] if number % 2 else None,
            "about": write(1) if number % 3 else "",
            "link": f"https://example.org/meetings/{number}" if number % 2 else "",
        }
        for number in range(5)
    ]


def _documents(year: int, write: Callable[..., str]) -> list[Content]:
    kinds = ["roadmap", "white_paper", "gap_assessment"]
    return [
        {
            "slug": f"document-{number}",
            "title": [
                "Global Exploration Roadmap, supplement",
                "White paper on polar volatiles",
                "Gap assessment",
            ][number],
            "kind": kind,
            "on": _day(year, 8 + number, 1, "month"),
            "about": write(2),
            "link": "https://example.org/documents/a-long-address/that-goes-on/" + "and-on/" * number * 6,
        }
        for number, kind in enumerate(kinds)
    ]


def _sections(write: Callable[..., str], scripts: bool) -> list[Content]:
    owners = [("secretariat", "From the secretariat", ""), ("technology", "Technology Working Group", "ESA")]
    return [
        {
            "id": f"section-{slug}",
            "slug": slug,
            "kind": "working_group" if by else "secretariat",
            "title": title,
            "text": write(whole=True),
            "quotes": [],
            "by": by,
        }
        for slug, title, by in owners
    ]
