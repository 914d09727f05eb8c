"""The PDF itself: what it says, in which order, how it reads aloud, and that it repeats to the byte."""

import copy
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from agencies.models import Agency
from isecg.pdf.check import look_at, plain
from isecg.pdf.engine import Engine
from isecg.pdf.words import prose
from reports import snapshot
from reports.models import Highlight, Snapshot
from reports.pdf import document
from reports.pdf.chapters import chapters
from reports.pdf.chapters.pictures import placed
from reports.pdf.engine import engine, label_pages, sheets
from reports.pdf.fetcher import ReportFetcher
from reports.pdf.printed import Printed, Variant
from tests.reports.world import make_report

pytestmark = pytest.mark.django_db
NAMES_TOLD = ["Mexican Space Agency", "Australian Space Agency", "Italian Space Agency"]


@dataclass
class Made:
    """A report's PDF and what it was made from."""

    snapshot: Snapshot
    html: str
    pdf: bytes
    folder: Path | None = None

    @cached_property
    def pages(self) -> list[str]:
        return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(self.pdf)).pages]

    @cached_property
    def words(self) -> str:
        return plain("".join(self.pages))


def made(taken: Snapshot, press: Engine | None = None) -> Made:
    press = press or engine()
    printed = Printed.from_snapshot(taken, 1, Variant("en", "a4"))
    html = document.html(printed)
    pages = press.lay_out(html, ReportFetcher(document.photographs(printed)))
    return Made(taken, html, press.write(pages, bytes.fromhex(taken.sha256)[:16]))


def copy_of(content: dict[str, Any]) -> Printed:
    taken = Snapshot(content=content, sha256="0" * 64, taken_at=dt.datetime(2026, 1, 9, tzinfo=dt.UTC))
    return Printed.from_snapshot(taken, 1, Variant("en", "a4"))


def again(report: Made, press: Engine | None = None) -> Made:
    """The report made once more, from its snapshot and its own photographs."""
    with override_settings(MEDIA_ROOT=report.folder / "media" if report.folder else None):
        result = made(report.snapshot, press)
    result.folder = report.folder
    return result


@pytest.fixture(scope="module")
def report(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A report with five agencies and photographs; its records are gone again when it is looked at."""
    folder = tmp_path_factory.mktemp("report")
    ours = override_settings(DATA_DIR=folder, MEDIA_ROOT=folder / "media")
    with ours, django_db_blocker.unblock(), transaction.atomic():
        annual = make_report(5, items=9)
        Highlight.objects.filter(agency__slug="cnes").delete()
        taken = snapshot.take(annual, None)
        transaction.set_rollback(True)
    return again(Made(taken, "", b"", folder))


@pytest.fixture
def structure(report: Made) -> Iterator[list[tuple[str, pikepdf.Object]]]:
    """The tags in reading order."""

    def walk(element: Any) -> Iterator[tuple[str, pikepdf.Object]]:
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield str(element.S), element
        kids: Any = element.get("/K", []) if isinstance(element, pikepdf.Dictionary) else []
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary):
                yield from walk(kid)

    with pikepdf.open(io.BytesIO(report.pdf)) as pdf:
        yield list(walk(pdf.Root.StructTreeRoot))


def outline(report: Made) -> list[tuple[int, str, int]]:
    """(level, words, page) of the bookmarks."""
    reader = pypdf.PdfReader(io.BytesIO(report.pdf))

    def walk(entries: list[Any], level: int) -> Iterator[tuple[int, str, int]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry, level + 1)
            else:
                yield level, str(entry.title), (reader.get_destination_page_number(entry) or 0) + 1

    return list(walk(reader.outline, 1))


def test_the_report_is_made_from_its_json_alone(report: Made, django_assert_num_queries: Any) -> None:
    fields: Any = {name: getattr(report.snapshot, name) for name in ("content", "sha256", "taken_at")}
    with django_assert_num_queries(0):
        assert again(Made(Snapshot(**fields), "", b"", report.folder)).pdf == report.pdf


def test_a_fresh_process_gives_the_same_bytes(report: Made) -> None:
    assert again(report, Engine(sheets("a4"), label_pages)).pdf == report.pdf


def test_the_cover_says_what_it_is(report: Made) -> None:
    words = " ".join(report.pages[0].split())
    assert "International Space Exploration Coordination Group" in words
    assert "Annual Report 2025" in words
    assert "1 January 2025 – 31 December 2025" in words
    assert "Demonstration, compiled from public sources. Not a publication of ISECG." in words


def test_agencies_stand_in_order_of_their_acronyms(report: Made) -> None:
    agencies = [
        words
        for level, words, _page in outline(report)
        if level == 2 and words in ("AEB", "AEM", "ASA", "ASI")
    ]
    assert agencies == ["AEB", "AEM", "ASA", "ASI"]


def test_agencies_that_say_little_without_a_picture_share_a_page(report: Made) -> None:
    content = copy.deepcopy(report.snapshot.content)
    for row in content["highlights"]:
        if row["agency"] in ("aem", "asa"):
            row.update(text="A short word.", photograph=None)
    taken = Snapshot(content=content, sha256=report.snapshot.sha256, taken_at=report.snapshot.taken_at)
    pages = again(Made(taken, "", b"", report.folder)).pages
    opening = next(at for at, page in enumerate(pages) if "in its own words" in page)
    told = [plain(page) for page in pages[opening:]]
    holding = {name: [plain(name) in page for page in told].index(True) for name in NAMES_TOLD}
    assert holding["Australian Space Agency"] == holding["Mexican Space Agency"]
    assert holding["Italian Space Agency"] > holding["Australian Space Agency"]


@pytest.mark.parametrize(
    ("width", "height", "first", "place"),
    [
        (2600, 900, False, "across"),
        (2400, 1500, True, "across"),
        (2400, 1500, False, "column"),
        (900, 900, True, "beside"),
        (1400, 2000, False, "beside"),
    ],
)
def test_a_picture_stands_where_its_shape_fits(width: int, height: int, first: bool, place: str) -> None:
    picture = {"width": width, "height": height, "focal": [23, 98]}
    found = placed(picture, first=first)
    assert found is not None
    assert (found["place"], found["x"], found["y"]) == (place, 20, 100)
    assert 6 <= found["lines"] <= 24  # base.css has classes for these


def test_the_first_picture_of_an_agency_stands_above_its_heading(report: Made) -> None:
    content = copy.deepcopy(report.snapshot.content)
    row = next(row for row in content["highlights"] if row["agency"] == "aeb")
    row["photograph"].update(width=2000, height=1200)
    content["highlights"] = [row, {**row, "id": "highlight-0"}]
    first, second = next(part for part in chapters(copy_of(content)) if part.template == "agency").context[
        "highlights"
    ]
    assert (bool(first["lead"]), bool(first["picture"])) == (True, False)
    assert (bool(second["lead"]), bool(second["picture"])) == (False, True)


def test_members_without_a_highlight_are_named(report: Made) -> None:
    assert plain("Members without a highlight in this report CNES") in report.words


def test_items_without_an_entry_are_named(report: Made) -> None:
    silent = [item["code"] for item in report.snapshot.content["work_items"] if not item["reported"]]
    page = next(page for page in report.pages if "Without an entry in the period" in page)
    assert silent
    assert all(code in page for code in silent)


@pytest.mark.parametrize(
    "words",
    [
        "Goals for 2026",
        "by 8 December 2023",
        "ASI",
        "CNES joined (March 2025)",
        "Picture: AEB / flight team",
        "Source: Agency news of that month",
        "Global Exploration Roadmap, supplement",
        "are not legally binding and commit no agency",
    ],
)
def test_the_report_says(report: Made, words: str) -> None:
    assert plain(words) in report.words


def test_the_contents_name_the_pages_where_the_chapters_are(report: Made) -> None:
    reader = pypdf.PdfReader(io.BytesIO(report.pdf))
    places = {name: reader.get_destination_page_number(at) for name, at in reader.named_destinations.items()}
    named = [part.key for part in chapters(copy_of(report.snapshot.content)) if part.title or part.name]
    told = re.findall(r"\b\d+\b", report.pages[1].strip().removesuffix("ISECG Annual Report 2025 2"))
    assert len(named) >= 12
    assert sorted(int(number) for number in told if int(number) < 100) == sorted(
        (places[key] or 0) + 1 for key in named
    )


def test_pages_are_labelled_as_they_are_printed(report: Made) -> None:
    labels = pypdf.PdfReader(io.BytesIO(report.pdf)).page_labels
    assert labels[:3] == ["Cover", "2", "3"]
    assert all(
        page.rstrip().endswith(label) or label in page
        for page, label in zip(report.pages[1:], labels[1:], strict=True)
    )


def test_pages_name_the_report_and_but_for_the_first_their_chapter(report: Made) -> None:
    opening = next(at for at, page in enumerate(report.pages) if "How the items of the work plan" in page)
    heads = [page.count("Progress of the work plan") for page in report.pages[opening : opening + 2]]
    assert heads == [1, 1]  # the title, then the running head
    assert "Progress by item" in report.pages[opening]
    assert all("ISECG Annual Report 2025" in page for page in report.pages[1:])


def test_language_title_author_and_dates_are_set(report: Made) -> None:
    with pikepdf.open(io.BytesIO(report.pdf)) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert str(pdf.docinfo.Title) == "ISECG Annual Report 2025"
        assert str(pdf.docinfo.Author) == "ISECG portal"
        day = report.snapshot.taken_at.astimezone(dt.UTC).strftime("D:%Y%m%d%H%M%SZ")
        assert str(pdf.docinfo.CreationDate) == day
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_it_claims_pdf_ua(report: Made) -> None:
    with pikepdf.open(io.BytesIO(report.pdf)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_heading_levels_skip_none(structure: list[tuple[str, Any]]) -> None:
    levels = [int(tag[2]) for tag, _element in structure if re.fullmatch(r"/H[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_figure_has_words(structure: list[tuple[str, Any]]) -> None:
    figures = [str(element.get("/Alt", "")) for tag, element in structure if tag == "/Figure"]
    assert len(figures) >= 5  # cover, two charts, photographs
    assert all(figures)
    assert "A grey plain with craters under a dark sky, the Earth small above the horizon." in figures


def test_tables_have_header_cells(structure: list[tuple[str, Any]]) -> None:
    tags = [tag for tag, _element in structure]
    assert tags.count("/TH") > 20
    assert tags.count("/Table") >= 3


def test_fonts_are_the_pinned_ones_and_inside(report: Made) -> None:
    with pikepdf.open(io.BytesIO(report.pdf)) as pdf:
        fonts = [found for page in pdf.pages for found in page.Resources.Font.values()]
        names = {str(font.BaseFont).split("+")[-1] for font in fonts}
        inside = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        assert all("Source" in name and "Pro" in name for name in names)
        assert all("/FontFile2" in each or "/FontFile3" in each for each in inside)


def test_the_finished_file_passes_its_checks(report: Made) -> None:
    finished = look_at(report.pdf, report.snapshot.content["statement"])
    assert finished.pages == len(report.pages)
    assert finished.cover.startswith(b"RIFF")


@pytest.fixture
def tiny() -> Callable[..., Made]:
    """The PDF of a report with one highlight made of the given fields."""

    def make(**fields: Any) -> Made:
        report = make_report(2, items=1, highlights=0, photographs=False)
        aeb = Agency.objects.get(slug="aeb")
        Highlight.objects.create(
            agency=aeb, day=dt.date(2025, 5, 5), **{"title": "Title", "text": "Text", **fields}
        )
        return made(snapshot.take(report, None))

    return make


HOSTILE = """<script>alert(1)</script> ![x](file:///etc/passwd) <img src="http://127.0.0.1/x.png">
<link rel=attachment href="file:///etc/passwd"> [run](javascript:alert(1)) [read](file:///etc/passwd)
[inside](/desk/) <svg><use href="#a"/></svg> <td colspan=1000000> {{ report.secret }} {% now "Y" %}
[web](https://example.org/) \u202eturned"""


def test_hostile_text_is_only_text(tiny: Callable[..., Made]) -> None:
    title = "<b onclick='x'>&lt;Title&gt;</b> {{ 1|add:1 }}"
    report = tiny(text=HOSTILE, title=title, source="<style>")
    finished = look_at(report.pdf, report.snapshot.content["statement"])
    links = {
        str(note.A.URI)
        for page in pikepdf.open(io.BytesIO(report.pdf)).pages
        for note in page.get("/Annots", [])
        if "/A" in note
    }
    assert finished.pages
    assert plain(title) in report.words
    assert "root:" not in "".join(report.pages)
    ours = {link for link in links if link.startswith(settings.SITE_URL)}
    assert links - ours == {"https://example.org/", "https://example.org/roadmap.pdf"}
    assert all("/figures/" in link or "/check/" in link for link in ours)


def test_a_very_long_highlight_goes_over_pages(tiny: Callable[..., Made]) -> None:
    report = tiny(text="\n\n".join(f"Paragraph {number}. " + "Words " * 60 for number in range(45)))
    assert plain("Paragraph 44.") in report.words


def test_a_word_without_end_stays_on_the_page(tiny: Callable[..., Made]) -> None:
    report = tiny(title="W" * 200, text="x" * 3000)
    assert report.words.count("x" * 20) > 10


def test_one_short_highlight_is_enough(tiny: Callable[..., Made]) -> None:
    assert len(tiny().pages) <= 14


def test_an_empty_period_still_gives_a_report(make_agency: Callable[..., Agency]) -> None:
    from reports.models import AnnualReport

    report = AnnualReport.objects.create(year=2030, period_start=dt.date(2030, 4, 1))
    empty = made(snapshot.take(report, None))
    assert plain("The work plan has no items in this period.") in empty.words
    assert plain("No agency gave a highlight for this period.") in empty.words
    assert plain("No goals have been agreed for 2031 yet.") in empty.words
    assert look_at(empty.pdf, empty.snapshot.content["statement"]).pages >= 6


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("### Sub", '<p class="subhead">Sub</p>'),
        ("[in](/desk/)", "<a rel"),
        ("[out](https://example.org/)", '<a href="https://example.org/"'),
        ("&lt;h3&gt;", "&lt;h3&gt;"),
    ],
)
def test_prose(text: str, html: str) -> None:
    assert html in prose(text)


def test_chapters_come_in_the_agreed_order(report: Made) -> None:
    assert [part.key for part in chapters(copy_of(report.snapshot.content))] == [
        *("cover", "contents", "foreword", "year"),
        *("highlights", "agency-aeb", "agency-aem", "agency-asa", "agency-asi"),
        *("work-plan", "work-done", "goals", "members", "publications", "colophon"),
    ]


def test_a_short_chart_of_the_year_shares_the_page_of_its_figures(report: Made) -> None:
    [page] = [page for page in report.pages if "What happened when" in page]
    assert "highlights of the year" in page
