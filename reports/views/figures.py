"""The working of every number that a report prints: what it counts, which rows, whether they still stand."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from isecg.access import standing
from isecg.canonical import Content, digest
from reports import figures as counting
from reports import snapshot
from reports.figures import FIGURES, GROUPS, Difference, Figure
from reports.figures.files import csv_of, described
from reports.figures.words import NUMBERS, head, said
from reports.models import AnnualReport, Edition
from reports.queries.editions import edition_for
from reports.views.withdrawals import unless_withdrawn

NOW = "now"


@dataclass(frozen=True)
class Source:
    """Where figures are read from: an edition's snapshot, or (for the secretariat) the records now."""

    report: AnnualReport
    content: Content
    sha256: str
    edition: Edition | None

    @property
    def query(self) -> str:
        return f"?edition={self.edition.number if self.edition else NOW}"

    @property
    def by_name(self) -> dict[str, Content]:
        return {row["name"]: row for row in self.content["figures"] if row["name"] in FIGURES}


def source_of(request: HttpRequest, year: int) -> Source:
    """What the address names, or 404 for those who may not see it.

    The secretariat, where there is no edition yet or it asks for `now`, counts the records as they are.
    """
    report = get_object_or_404(AnnualReport.objects.circulated_to(request.user), year=year)
    wanted, inside = request.GET.get("edition", ""), standing(request.user).secretariat
    edition = None if inside and wanted == NOW else edition_for(report, request.user, wanted)
    if edition is not None:
        return Source(report, snapshot.upgrade(edition.snapshot.content), edition.snapshot.sha256, edition)
    if not inside or wanted not in ("", NOW):
        raise Http404
    content = snapshot.collect(report)
    return Source(report, content, digest(content), None)


@login_not_required
@require_safe
@unless_withdrawn
def figures(request: HttpRequest, year: int) -> HttpResponse:
    """Every figure of an edition, by what it counts."""
    source = source_of(request, year)
    rows, differing = source.by_name, _differing(source)
    groups = [
        (words, [_line(figure, rows[figure.name], differing) for figure in group if figure.name in rows])
        for words, group in GROUPS
    ]
    context = {"source": source, "groups": groups, "differing": differing}
    return render(request, "reports/figures.html", context)


def _line(figure: Figure, row: Content, differing: dict[str, Difference]) -> dict[str, Any]:
    return {"figure": figure, "value": row["value"], "differs": differing.get(figure.name)}


def _differing(source: Source) -> dict[str, Difference]:
    found = counting.differing(source.edition) if source.edition else []
    return {each.figure.name: each for each in found}


@login_not_required
@require_safe
@unless_withdrawn
def figure(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """One figure: its definition, the rows counted, and what would be counted today."""
    source, row = _figure(request, year, name)
    shown = FIGURES[name]
    differs = _differing(source).get(name)
    context = {
        "source": source,
        "figure": shown,
        "value": row["value"],
        "words": shown.words(row["value"]),
        "heads": [(column, head(column), column in NUMBERS) for column in shown.columns],
        "rows": _cells(shown, row["rows"]),
        "differs": differs,
        "gone": _cells(shown, differs.gone) if differs else [],
        "new": _cells(shown, differs.new) if differs and _may_see(request, shown) else [],
        "hidden": bool(differs and differs.new and not _may_see(request, shown)),
        "quoted_in": [each for each in source.content["sections"] if name in each["quotes"]],
    }
    return render(request, "reports/figure.html", context)


def _may_see(request: HttpRequest, shown: Figure) -> bool:
    """What agencies tell is theirs until it is published; everything else that is counted is public."""
    return not shown.inside or standing(request.user).secretariat


def _cells(shown: Figure, rows: list[Content]) -> list[list[dict[str, Any]]]:
    """Rows with their columns in order, each cell with the head of its column."""
    return [
        [
            {
                "head": head(column),
                "words": said(column, row.get(column, "")),
                "number": column in NUMBERS,
                "address": reverse("reports:work_item", args=[row[column]]) if column == "code" else "",
            }
            for column in shown.columns
        ]
        for row in rows
    ]


def _figure(request: HttpRequest, year: int, name: str) -> tuple[Source, Content]:
    source = source_of(request, year)
    if name not in source.by_name:
        raise Http404
    return source, source.by_name[name]


@login_not_required
@require_safe
@unless_withdrawn
def figure_csv(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """The rows counted, for a spreadsheet: the same file as in the PDF."""
    source, row = _figure(request, year, name)
    response = HttpResponse(csv_of(row), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="isecg-{source.report.year}-{name}.csv"'
    return response


@login_not_required
@require_safe
@unless_withdrawn
def figure_json(request: HttpRequest, year: int, name: str) -> JsonResponse:
    """Definition, value and rows, with the snapshot they come from."""
    source, row = _figure(request, year, name)
    page = reverse("reports:figure", args=[source.report.year, name])
    more = {
        "edition": source.edition and source.edition.number,
        "page": f"{settings.SITE_URL}{page}{source.query}",
    }
    told = described(row, source.content, source.sha256) | more
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
