"""What the world sees change when an edition becomes the one that counts."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.models import AnnualReport, Edition


@dataclass(frozen=True)
class Change:
    """An address, and what becomes of it."""

    address: str
    words: str
    new: bool


def changes(report: AnnualReport, edition: Edition) -> list[Change]:
    """Addresses that appear or change for everybody when `edition` is published. One query."""
    there = report.is_public
    year, number = report.year, edition.number
    of_report = [
        ("detail", [year], _("the report, to read")),
        ("pdf", [year], _("the file that counts, to download")),
        ("figures", [year], _("the working of every number")),
        ("cite", [year], _("how to cite it")),
    ]
    again = edition.publications.counting().exists() and there
    return [
        *[Change(_at(name, args), words, not there) for name, args, words in of_report],
        *[Change(address, words, not again) for address, words in _files(report, edition)],
        Change(_at("edition_json", [year, number]), _("everything it says, as data"), not again),
        Change(_at("list", []), _("the list of annual reports"), False),
        Change(reverse("home"), _("the first page, with what is new"), False),
    ]


def _files(report: AnnualReport, edition: Edition) -> list[tuple[str, str]]:
    words = _("edition %(number)s, %(language)s, %(paper)s")
    return [
        (
            _at("copy_pdf", [report.year, edition.number, copy.language, copy.paper]),
            words
            % {
                "number": edition.number,
                "language": copy.get_language_display(),
                "paper": copy.get_paper_display(),
            },
        )
        for copy in edition.copies.all()
    ]


def _at(name: str, args: list[Any]) -> str:
    return reverse(f"reports:{name}", args=args)
