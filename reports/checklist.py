"""What a report still lacks, each point in words with the place to mend it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isecg.canonical import digest
from reports import snapshot
from reports.models import AnnualReport, Edition, Goal
from reports.queries import Chapter, unreported


@dataclass(frozen=True)
class Point:
    """One line of the list: `done` or not, what there is, and where to go on."""

    title: str
    done: bool
    words: str
    action: str = ""
    address: str = ""


def points(report: AnnualReport, chapters: list[Chapter]) -> list[Point]:
    """The list for this report. Three queries; nothing on it keeps anybody from rendering."""
    return [_foreword(report), _highlights(report, chapters), _entries(report), _goals(report)]


def _foreword(report: AnnualReport) -> Point:
    words = _("Written.") if report.foreword else _("Not written yet.")
    if report.foreword and not report.foreword_by:
        words = _("Written, but it does not say by whom.")
    address = reverse("reports:edit", args=[report.year])
    return Point(_("Foreword"), bool(report.foreword and report.foreword_by), words, _("Write"), address)


def _highlights(report: AnnualReport, chapters: list[Chapter]) -> Point:
    told = sum(bool(each.highlights) for each in chapters)
    words = ngettext(
        "%(told)s of %(count)s agency has a highlight.",
        "%(told)s of %(count)s agencies have a highlight.",
        len(chapters),
    )
    address = f"{reverse('reports:add_highlight')}?day={report.period_start}"
    return Point(
        _("Highlights"),
        told == len(chapters) > 0,
        words % {"told": told, "count": len(chapters)},
        _("Add"),
        address,
    )


def _entries(report: AnnualReport) -> Point:
    missing = list(unreported(report))
    if not missing:
        return Point(_("Work plan"), True, _("Every work item of the period has an entry in it."))
    words = _("Without an entry in the period: %(items)s.") % {
        "items": ", ".join(item.code for item in missing)
    }
    return Point(
        _("Work plan"), False, words, _("Write"), reverse("reports:add_progress", args=[missing[0].code])
    )


def _goals(report: AnnualReport) -> Point:
    year = report.year + 1
    count = Goal.objects.filter(year=year).count()
    words = ngettext("%(count)s goal for %(year)s.", "%(count)s goals for %(year)s.", count)
    address = f"{reverse('reports:add_goal')}?year={year}"
    return Point(_("Goals"), count > 0, words % {"count": count, "year": year}, _("Add"), address)


def unchanged(report: AnnualReport, editions: list[Edition]) -> Edition | None:
    """The newest edition that says exactly what the records say now, None when they have changed since."""
    now: Any = digest(snapshot.collect(report))
    return next((edition for edition in editions if edition.snapshot.sha256 == now), None)
