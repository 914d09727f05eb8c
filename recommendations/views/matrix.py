"""All recommendations by all agencies: what was released, on one page and as a file."""

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from isecg.spreadsheets import plain
from recommendations.queries.responses import Cell, Matrix, Shown, legend
from recommendations.queries.responses import matrix as matrix_of


@login_not_required
@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """The newest released answers, two marks a cell; on a phone by recommendation."""
    found = matrix_of(timezone.now())
    return render(request, "recommendations/matrix.html", {"matrix": found, "legend": legend()})


@login_not_required
@require_safe
def matrix_csv(request: HttpRequest) -> HttpResponse:
    """The same answers as rows, for a spreadsheet."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="isecg-responses.csv"'
    response.write("\ufeff")  # Excel takes a file without it for another encoding
    writer = csv.writer(response)
    writer.writerow(
        [
            *(_("Recommendation"), _("Title"), _("Agency"), _("About"), _("Answer")),
            *(_("Stated on"), _("Valid until"), _("Reconfirmed"), _("In the agency's words"), _("Link")),
        ]
    )
    writer.writerows(_rows(matrix_of(timezone.now())))
    return response


def _rows(found: Matrix) -> Iterator[list[Any]]:
    for recommendation, cells in found.by_recommendation:
        for cell in cells:
            for shown in (cell.stance, cell.follow_through):
                if shown:
                    yield [recommendation.number, plain(recommendation.title), *_row(cell, shown)]


def _row(cell: Cell, shown: Shown) -> list[Any]:
    said = shown.response
    return [
        *(plain(str(cell.agency)), said.get_aspect_display(), said.get_answer_display()),
        *(said.day.isoformat(), said.valid_until.isoformat() if said.valid_until else ""),
        *(_("no") if shown.old else "", plain(said.text), plain(said.link)),
    ]
