"""The rows that figures count, from a snapshot's content alone."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from isecg.canonical import Content
from reports.queries.plan import Status

Row = dict[str, Any]


def _said(day: Content | None) -> str:
    """A day as exactly as it is known: "2025", "2025-03", "2025-03-02", "by 2025-03-02"."""
    if day is None:
        return ""
    length = {"year": 4, "month": 7}.get(day["precision"], 10)
    return ("by " if day["precision"] == "by" else "") + str(day["day"][:length])


def _acronyms(content: Content) -> dict[str, str]:
    return {each["slug"]: each["acronym"] for each in content["agencies"]}


def members(content: Content) -> list[Row]:
    return [
        {
            "agency": each["acronym"],
            "name": each["name"],
            "country": each["country"],
            "joined": _said(each["joined"]),
            "left": _said(each["left"]),
        }
        for each in content["agencies"]
        if each["member"]
    ]


def founders(content: Content) -> list[Row]:
    kept = [each for each in content["agencies"] if each["founder"]]
    return [
        {"agency": each["acronym"], "name": each["name"], "joined": _said(each["joined"])} for each in kept
    ]


def changes(what: str) -> Callable[[Content], list[Row]]:
    def rows(content: Content) -> list[Row]:
        names = _acronyms(content)
        kept = [row for row in content["membership_changes"] if row["what"] == what]
        return [{"agency": names[row["agency"]], "on": _said(row["on"])} for row in kept]

    return rows


def chairs(content: Content) -> list[Row]:
    names = _acronyms(content)
    return [
        {"agency": names[slug]}
        for slug in dict.fromkeys(term["agency"] for term in content["chair_terms"] if term["agency"])
    ]


def highlights(keep: Callable[[Content], Any] = bool) -> Callable[[Content], list[Row]]:
    def rows(content: Content) -> list[Row]:
        names = _acronyms(content)
        return [
            {
                "agency": names[row["agency"]],
                "on": _said(row["on"]),
                "title": row["title"],
                "destination": row["destination"],
            }
            for row in content["highlights"]
            if keep(row)
        ]

    return rows


def highlights_at(destination: str) -> Callable[[Content], list[Row]]:
    return highlights(lambda row: row["destination"] == destination)


def telling(content: Content) -> list[Row]:
    counts = Counter(row["agency"] for row in content["highlights"])
    return [
        {"agency": each["acronym"], "highlights": counts[each["slug"]]}
        for each in content["agencies"]
        if each["slug"] in counts
    ]


def silent(content: Content) -> list[Row]:
    telling = {row["agency"] for row in content["highlights"]}
    said = set(content["nothing_to_report"])
    return [
        {"agency": each["acronym"], "nothing_to_report": each["slug"] in said}
        for each in content["agencies"]
        if each["member"] and each["slug"] not in telling
    ]


def nothing(content: Content) -> list[Row]:
    names = _acronyms(content)
    return [{"agency": names[slug]} for slug in content["nothing_to_report"]]


def items(keep: Callable[[Content], Any] = bool) -> Callable[[Content], list[Row]]:
    def rows(content: Content) -> list[Row]:
        return [
            {
                "code": row["code"],
                "title": row["title"],
                "due": row["due"],
                "percent": row["percent"],
                "status": row["status"],
            }
            for row in content["work_items"]
            if keep(row)
        ]

    return rows


def standing(status: Status) -> Callable[[Content], list[Row]]:
    return items(lambda row: row["status"] == status)


def average(rows: list[Row]) -> int:
    """The mean percentage, rounded half up; 0 of nothing."""
    return (2 * sum(row["percent"] for row in rows) + len(rows)) // (2 * len(rows)) if rows else 0


def entries(content: Content) -> list[Row]:
    start = content["report"]["period"]["start"]
    return [
        {"code": row["code"], "day": entry["day"], "percent": entry["percent"]}
        for row in content["work_items"]
        for entry in row["entries"]
        if entry["day"] >= start
    ]


def plan_changes(content: Content) -> list[Row]:
    return [
        {"code": row["code"], "day": each["day"], "kind": each["kind"], "why": each["why"]}
        for row in content["work_items"]
        for each in row["changes"]
    ]


def goals(content: Content) -> list[Row]:
    year = content["report"]["year"] + 1
    return [{"year": year, "number": row["number"], "goal": row["text"]} for row in content["goals"]]


def kept(*outcomes: str) -> Callable[[Content], list[Row]]:
    def rows(content: Content) -> list[Row]:
        return [
            {
                "year": row["year"],
                "number": row["number"],
                "goal": row["text"],
                "outcome": row["outcome"] or "open",
            }
            for row in content["goals_kept"]
            if not outcomes or row["outcome"] in outcomes
        ]

    return rows


def recommendations(content: Content) -> list[Row]:
    return [
        {"number": row["number"], "title": row["title"], "on": row["issued_on"]}
        for row in content["recommendations"]
    ]


def dated(key: str) -> Callable[[Content], list[Row]]:
    def rows(content: Content) -> list[Row]:
        return [{"title": row["title"], "on": _said(row["on"])} for row in content[key]]

    return rows


def meetings(content: Content) -> list[Row]:
    return [
        {"title": row["title"], "on": _said(row["on"]), "place": row["place"]} for row in content["meetings"]
    ]


def activities(content: Content) -> list[Row]:
    names = _acronyms(content)
    return [
        {
            "name": row["name"],
            "agencies": ", ".join(names[slug] for slug in row["agencies"]),
            "destination": row["destination"],
        }
        for row in content["activities"]
    ]
