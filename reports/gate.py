"""What stands between a report and its readers: points, each in words with the place to mend it.

Those that stop are asked when the chair approves, when it is published, and of every correction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isecg.access import Allowed, Decision, Denied
from isecg.canonical import Content, digest
from isecg.pdf import conformance
from reports import figures, queries, snapshot, standing
from reports.models import AnnualReport, Copy, Edition
from reports.queries import sections


@dataclass(frozen=True)
class Point:
    """One line of the list. `key` is its one word; `stops` says whether it keeps the report from readers."""

    key: str
    title: str
    done: bool
    words: str
    action: str = ""
    address: str = ""
    stops: bool = False


@dataclass
class Records:
    """What the points are asked of: each read at most once, when the first point asks."""

    report: AnnualReport

    @cached_property
    def now(self) -> Content:
        return snapshot.collect(self.report)

    @cached_property
    def parts(self) -> list[standing.Part]:
        return standing.parts(self.report, told=self.now["highlights"])

    @cached_property
    def chapters(self) -> list[queries.Chapter]:
        return queries.chapters(self.report)

    @cached_property
    def sections(self) -> list[sections.Line]:
        known = {row["name"]: row["value"] for row in self.now["figures"]}
        return sections.lines(self.report, known=known)

    @property
    def blank_goals(self) -> list[Content]:
        """Goals of the year without an outcome."""
        return [row for row in self.now["goals_kept"] if not row["outcome"]]

    @property
    def unreported(self) -> list[Content]:
        """Work items that the report names as such: without an entry in the period, and not dropped."""
        return [row for row in self.now["work_items"] if not row["reported"] and not row["dropped"]]


def points(
    report: AnnualReport, edition: Edition | None = None, records: Records | None = None
) -> list[Point]:
    """All points of the report; those about an edition are of `edition`, or else of the newest."""
    edition, records = edition or newest(report), records or Records(report)
    return [*of_edition(records, edition), *of_records(records)]


def newest(report: AnnualReport) -> Edition | None:
    """The newest edition with its snapshot and copies, None before the first."""
    return report.editions.select_related("snapshot").prefetch_related("copies").first()


def stopping(found: Iterable[Point]) -> list[Point]:
    """Those that keep the report from its readers now."""
    return [point for point in found if point.stops and not point.done]


def decision(report: AnnualReport, edition: Edition) -> Decision:
    """Whether this edition may go on to its readers; the no has every sentence."""
    stopped = stopping(points(report, edition))
    return Denied(" ".join(point.words for point in stopped)) if stopped else Allowed()


def of_edition(records: Records, edition: Edition | None) -> list[Point]:
    """What a finished edition is asked."""
    workshop = reverse("reports:workshop", args=[records.report.year])
    if edition is None:
        words = _("There is no edition yet: make the PDF.")
        return [Point("records", _("The edition"), False, words, _("Make it"), workshop, stops=True)]
    return [
        _records(records, edition, workshop),
        _figures(records, edition),
        _pictures(edition, workshop),
        *_checks(edition, workshop),
    ]


def _records(records: Records, edition: Edition, workshop: str) -> Point:
    """The edition says what the records say now, whole."""
    done = edition.snapshot.sha256 == digest(records.now)
    words = _("Edition %(number)s says exactly what the records say now.")
    if not done:
        words = _("The records have changed since edition %(number)s was made: make the PDF again.")
    return Point(
        "records",
        _("The edition"),
        done,
        words % {"number": edition.number},
        _("Make it again"),
        workshop,
        stops=True,
    )


def _figures(records: Records, edition: Edition) -> Point:
    """Every number printed in it follows from what it says, and from the records now."""
    differs = [_difference(each) for each in figures.differing(edition, records.now)]
    words = _("Every figure counts as it is printed.")
    if differs:
        words = _("Figures that count otherwise than they are printed: %(figures)s.")
        words %= {"figures": "; ".join(differs)}
    address = reverse("reports:figures", args=[records.report.year]) + f"?edition={edition.number}"
    return Point("figures", _("Figures"), not differs, words, _("See their working"), address, stops=True)


def _difference(each: figures.Difference) -> str:
    said = {"figure": each.figure.label, "printed": each.printed, "counted": each.counted}
    if each.printed == each.counted:
        return _("%(figure)s, still %(printed)s, but of other rows") % said
    return _("%(figure)s, printed %(printed)s, counted %(counted)s") % said


def _pictures(edition: Edition, workshop: str) -> Point:
    """Every photograph in it has words for people who do not see it."""
    missing = [name for name, picture in _photographs(edition.snapshot.content) if not picture["alt"].strip()]
    words = _("Every picture has an alternative text.")
    if missing:
        words = _("Without an alternative text: %(pictures)s.") % {"pictures": ", ".join(missing)}
    return Point("pictures", _("Pictures"), not missing, words, _("Write it"), workshop, stops=True)


def _photographs(content: dict[str, Any]) -> Iterable[tuple[str, dict[str, Any]]]:
    if cover := content["report"].get("cover"):
        yield _("the picture of the cover"), cover
    for highlight in content["highlights"]:
        if highlight.get("photograph"):
            yield _("the picture of “%(title)s”") % {"title": highlight["title"]}, highlight["photograph"]


def _checks(edition: Edition, workshop: str) -> list[Point]:
    """What was checked in the files: what failed stops, what could not be checked here is said."""
    rows = [(copy, check) for copy in edition.copies.all() for check in copy.checks]
    failed = [_check(copy, check) for copy, check in rows if check["passed"] is False]
    unasked = sorted({conformance.told(check) for _copy, check in rows if check["passed"] is None})
    words = _("Every check of the files was passed.") if rows else _("Nothing was checked in the files.")
    if failed:
        words = _("The files did not pass every check: %(checks)s.") % {"checks": "; ".join(failed)}
    found = [Point("files", _("The files"), not failed, words, _("Make it again"), workshop, stops=True)]
    if unasked:
        found.append(Point("unchecked", _("Not checked here"), False, " ".join(unasked)))
    return found


def _check(copy: Copy, check: conformance.Check) -> str:
    return f"{conformance.told(check)} ({copy.get_language_display()}, {copy.get_paper_display()})".replace(
        ". (", " ("
    )


def unchanged(report: AnnualReport, editions: Iterable[Edition]) -> Edition | None:
    """The newest of the editions that says exactly what the records say now, None when they have changed."""
    now = digest(snapshot.collect(report))
    return next((edition for edition in editions if edition.snapshot.sha256 == now), None)


def of_records(records: Records) -> list[Point]:
    """What the records are asked."""
    return [
        _confirmed(records),
        _goals_kept(records),
        *_sections(records),
        _foreword(records.report),
        _highlights(records),
        _entries(records),
        _next_goals(records),
    ]


def _confirmed(records: Records) -> Point:
    """Every agency asked handed in, or agreed to, exactly what the report says of it."""
    waiting = [str(row.agency) for row in standing.unconfirmed(records.parts)]
    words = _("Every agency asked stands behind its text.")
    if waiting:
        words = ngettext(
            "%(count)s agency has not confirmed its text as it is now: %(agencies)s.",
            "%(count)s agencies have not confirmed their texts as they are now: %(agencies)s.",
            len(waiting),
        ) % {"count": len(waiting), "agencies": ", ".join(waiting)}
    address = reverse("reports:collection", args=[records.report.year])
    return Point("confirmed", _("Agencies"), not waiting, words, _("See who"), address, stops=True)


def _goals_kept(records: Records) -> Point:
    """Every goal of the report's year has an outcome."""
    report, blank = records.report, [str(goal["number"]) for goal in records.blank_goals]
    words = _("Every goal of %(year)s has an outcome.") % {"year": report.year}
    if blank:
        words = ngettext(
            "A goal of %(year)s has no outcome: number %(numbers)s.",
            "%(count)s goals of %(year)s have no outcome: numbers %(numbers)s.",
            len(blank),
        ) % {"year": report.year, "count": len(blank), "numbers": ", ".join(blank)}
    address = reverse("reports:roll_forward", args=[report.year]) + "#goals"
    return Point("goals_kept", _("Goals kept"), not blank, words, _("State the outcome"), address, stops=True)


def _sections(records: Records) -> list[Point]:
    """Whether somebody read each section as it is now; of a report without sections nothing is said."""
    if not records.sections:
        return []
    waiting = [str(line.section) for line in sections.unreviewed(records.sections)]
    words = _("Every section was reviewed as it is now.")
    if waiting:
        words = _("Not reviewed as they are now: %(sections)s.") % {"sections": ", ".join(waiting)}
    address = reverse("reports:sections", args=[records.report.year])
    return [Point("sections", _("Sections"), not waiting, words, _("See which"), address)]


def _foreword(report: AnnualReport) -> Point:
    words = _("Written.") if report.foreword else _("Not written yet.")
    if report.foreword and not report.foreword_by:
        words = _("Written, but it does not say by whom.")
    address = reverse("reports:edit", args=[report.year])
    done = bool(report.foreword and report.foreword_by)
    return Point("foreword", _("Foreword"), done, words, _("Write"), address)


def _highlights(records: Records) -> Point:
    chapters = records.chapters
    told = sum(bool(each.highlights) for each in chapters)
    words = ngettext(
        "%(told)s of %(count)s agency has a highlight.",
        "%(told)s of %(count)s agencies have a highlight.",
        len(chapters),
    ) % {"told": told, "count": len(chapters)}
    address = f"{reverse('reports:add_highlight')}?day={records.report.period_start}"
    done = told == len(chapters) > 0
    return Point("highlights", _("Highlights"), done, words, _("Add"), address)


def _entries(records: Records) -> Point:
    missing = records.unreported
    if not missing:
        words = _("Every work item of the period has an entry in it.")
        return Point("work_plan", _("Work plan"), True, words)
    codes = ", ".join(item["code"] for item in missing)
    words = _("Without an entry in the period, and named as such: %(items)s.") % {"items": codes}
    address = reverse("reports:add_progress", args=[missing[0]["code"]])
    return Point("work_plan", _("Work plan"), False, words, _("Write"), address)


def _next_goals(records: Records) -> Point:
    year, count = records.report.year + 1, len(records.now["goals"])
    words = ngettext("%(count)s goal for %(year)s.", "%(count)s goals for %(year)s.", count)
    address = f"{reverse('reports:add_goal')}?year={year}"
    title = _("Goals of the coming year")
    return Point("next_goals", title, count > 0, words % {"count": count, "year": year}, _("Add"), address)
