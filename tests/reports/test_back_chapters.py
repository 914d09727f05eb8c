"""What the back chapters say: the plan and its changes, goals, chair, meetings, the colophon."""

import copy
import re
from html import unescape
from typing import Any

import pypdfium2
import pytest
import segno
from django.conf import settings
from django.utils.translation import override
from PIL import Image
from weasyprint.formatting_structure import boxes

from isecg import qr
from reports import figures
from reports.pdf import document
from reports.pdf.chapters import Chapter, Medium, chapters
from reports.pdf.engine import engine
from tests.reports import stress
from tests.reports.overflow import walk

Content = dict[str, Any]


@pytest.fixture(scope="module")
def content() -> Content:
    return stress.content(4, items=10, pictures="none")


@pytest.fixture
def changed(content: Content) -> Content:
    """The content, to be changed by the test."""
    return copy.deepcopy(content)


def found(content: Content, key: str) -> Chapter | None:
    return next((each for each in chapters(stress.printed(content)) if each.key == key), None)


def html(content: Content, key: str) -> str:
    chapter = found(content, key)
    assert chapter
    page = document.fragment(stress.printed(content), [chapter])
    return page[page.index("<body") :]


def words(content: Content, key: str) -> str:
    """What a chapter says, without its tags."""
    text = re.sub(r"<svg.*?</svg>", "", html(content, key), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def part(content: Content, key: str, start: str, end: str = "") -> str:
    """The words of a chapter from a heading on, to the next if one is given."""
    text = words(content, key)
    text = text[text.index(start) :]
    return text[: text.index(end)] if end else text


def test_sections_are_chapters_under_their_own_ids(content: Content) -> None:
    assert [each.key for each in chapters(stress.printed(content)) if each.template == "section"] == [
        "section-secretariat",
        "section-technology",
    ]
    chapter = found(content, "section-technology")
    assert chapter
    assert (chapter.title, chapter.about) == ("Technology Working Group", "By a working group (ESA)")


def test_items_without_an_entry_are_named(content: Content) -> None:
    silent = [item for item in content["work_items"] if not item["reported"] and not item["dropped"]]
    named = part(content, "work-plan", "Without an entry", "Changed in content")
    assert silent
    assert all(f"{item['code']} {item['title']}" in named for item in silent)
    assert sum(item["code"] in named for item in content["work_items"]) == len(silent)


def test_where_every_item_has_an_entry_that_is_said(changed: Content) -> None:
    for item in changed["work_items"]:
        item["reported"] = True
    assert "Every item has an entry of progress in the period." in words(changed, "work-plan")


def test_a_change_of_schedule_tells_before_after_and_why(changed: Content) -> None:
    for item in changed["work_items"]:
        item["changes"] = []
    changed["work_items"][1]["changes"] = [
        {
            "kind": "rolled",
            "day": "2025-04-02",
            "why": "The rocket was late.",
            "decision": "Plenary of 1 April",
            "before": {"due": "2025-06-30", "lead": ""},
            "after": {"due": "2026-06-30", "lead": "aem"},
        }
    ]
    told = part(changed, "work-plan", "Changed in content", "Dropped Item")
    assert "2 April 2025, rolled forward" in told
    assert "Due 30 June 2025 30 June 2026" in told
    assert "nothing AEM" in told
    assert "The rocket was late. Plenary of 1 April" in told


def test_no_change_is_said_in_words(changed: Content) -> None:
    for item in changed["work_items"]:
        item["changes"], item["dropped"] = [], None
    told = words(changed, "work-plan")
    assert "No item was changed in content or schedule in the period." in told
    assert "No item was dropped in the period." in told


def test_dropped_items_tell_the_decision_and_why(content: Content) -> None:
    [item, *_others] = [each for each in content["work_items"] if each["dropped"]]
    why = next(each["why"] for each in item["changes"] if each["kind"] == "dropped")
    told = part(content, "work-plan", "Dropped Item")
    assert f"{item['code']} {item['title']} 18 June 2025 Plenary of 18 June, agenda item 7 {why}" in told


def test_what_was_done_tells_the_entries_of_the_period_only(changed: Content) -> None:
    item = changed["work_items"][0]
    item["entries"] = [
        {"day": "2024-05-01", "percent": 10, "text": "Of the year before."},
        {"day": "2025-05-01", "percent": 50, "text": "Of this year."},
    ]
    told = words(changed, "work-done")
    assert "1 May 2025 50 % Of this year." in told
    assert "Of the year before." not in told


def test_the_figures_of_the_plan_lead_to_their_working(content: Content) -> None:
    assert f'href="{settings.SITE_URL}/reports/2025/figures/work_items/?edition=1">10</a>' in html(
        content, "work-plan"
    )


def test_goals_of_the_year_tell_outcome_evidence_and_where_they_go_on(content: Content) -> None:
    goal = content["goals_kept"][1]
    told = words(content, "goals-kept")
    assert f"partly met stated on 2 December 2025 {goal['text']} What shows it {goal['evidence']}" in told
    assert 'href="#goal-2026-1">Goes on as goal 1 of 2026<' in html(content, "goals-kept")


def test_a_goal_without_an_outcome_is_said_to_have_none(changed: Content) -> None:
    changed["goals_kept"][0] |= {"outcome": "", "evidence": "", "decided_on": None}
    assert "no outcome stated yet" in words(changed, "goals-kept")


def test_the_record_over_the_years_is_a_table_too(content: Content) -> None:
    told = part(content, "goals-kept", "Year Goals Met Partly met Missed Dropped Open")
    assert told.endswith(
        "2025 5 2 1 1 1 0 2024 6 4 1 1 0 0 2023 6 5 1 0 0 0 2022 6 3 1 1 1 0 "
        "2021 6 4 1 0 1 0 2020 8 5 1 1 1 0 2019 6 3 1 0 2 0"
    )


def test_coming_goals_tell_which_goal_they_continue(content: Content) -> None:
    assert 'href="#kept-2025-2">Continues goal 2 of 2025<' in html(content, "goals")


def test_a_goal_that_is_in_no_chapter_is_no_link(changed: Content) -> None:
    changed["goals"][0]["continues"] = {"year": 2019, "number": 7}
    assert "Continues goal 7 of 2019" in words(changed, "goals")
    assert "#kept-2019-7" not in html(changed, "goals")


def test_the_chair_is_a_picture_and_a_table(content: Content) -> None:
    assert html(content, "members").count("<svg") == 1
    told = part(content, "members", "Agency Person From Until")
    assert "AEB A. Person by 8 March 2024 July 2025 AEM not known July 2025 about 14 November 2025" in told


def test_a_phone_gets_the_chair_in_its_own_width(content: Content) -> None:
    [chapter] = [each for each in chapters(stress.printed(content), Medium.SCREEN) if each.key == "members"]
    assert 'viewBox="0 0 680 ' in chapter.context["chart"]
    assert 'viewBox="0 0 344 ' in chapter.context["narrow"]


def test_nobody_known_to_chair_is_a_dashed_box(changed: Content) -> None:
    changed["chair_terms"] = [{"agency": None, "person": "", "start": None, "start_note": "", "end": None}]
    assert 'stroke-dasharray="4 3"' in html(changed, "members")
    assert "not known – not known –" in words(changed, "members")


def test_a_recommendation_that_was_superseded_says_so(content: Content) -> None:
    told = words(content, "recommendations")
    assert "Recommendations are legally non-binding" in told
    assert "2025-02 11 April 2025 common standard superseded" in told


def test_meetings_tell_both_days_where_both_are_known(content: Content) -> None:
    told = words(content, "meetings")
    assert "12–14 March 2025 plenary Plenary Tsukuba, Japan · Hosted by AEM" in told
    assert "May 2025 working group Technology Working Group" in told


@pytest.mark.parametrize("key", ["recommendations", "meetings", "publications", "goals-kept"])
def test_what_did_not_happen_has_no_chapter(changed: Content, key: str) -> None:
    changed |= {"recommendations": [], "meetings": [], "documents": [], "goals_kept": [], "goals_record": []}
    assert found(changed, key) is None


def test_the_colophon_tells_how_to_check_the_copy(content: Content) -> None:
    printed = stress.printed(content)
    address = f"{settings.SITE_URL}/check/{printed.code}/"
    told = words(content, "colophon")
    assert content["statement"] in told
    assert f"Edition 1 Code of this edition {printed.code} Address {address}" in told
    assert printed.sha256 in told.replace(" ", "")
    assert f"It leads to {address}." in html(content, "colophon")


def test_the_code_is_the_address_module_by_module() -> None:
    address = "https://example.org/check/2025-1-ABCDEFGH/"
    drawing = qr.code(address, "QR code", "words")
    dark = {
        (x // qr.MODULE - qr.QUIET, y // qr.MODULE - qr.QUIET)
        for left, top, width, height in drawing.areas[0].boxes
        for x in range(left, left + width, qr.MODULE)
        for y in range(top, top + height, qr.MODULE)
    }
    matrix = segno.make(address, error="m", micro=False).matrix
    assert dark == {(x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}


def test_other_fonts_are_named_where_names_need_them(content: Content) -> None:
    assert "Noto" not in words(content, "colophon")
    assert "names in other scripts in Noto" in words(
        stress.content(27, scripts=True, pictures="none"), "colophon"
    )


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_is_counted_is_said_in_whole_words(content: Content, language: str) -> None:
    with override(language):
        said = [(name, figure.words(count)) for name, figure in figures.FIGURES.items() for count in (1, 2)]
    assert len(said) > 50
    assert [name for name, words in said if len(words) < 4] == []


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_printed_colophon_shows_the_code_of_its_address_sharply(content: Content, paper: str) -> None:
    """The page as a picture of 200 dots an inch: every module of the code is dark or light in its middle."""
    printed, colophon = stress.printed(content, "en", paper), found(content, "colophon")
    assert colophon
    press = engine(paper)
    pages = press.lay_out(document.fragment(printed, [colophon]))
    [page] = pages.pages
    [box] = [each.box for each in walk(page._page_box) if isinstance(each.box, boxes.ReplacedBox)]
    matrix = segno.make(colophon.context["address"], error="m", micro=False).matrix
    module = box.width / (len(matrix) + 2 * qr.QUIET)
    picture: Any = drawn(press.write(pages, b"x" * 16))
    dots = picture.width / page.width
    seen = [
        [
            picture.getpixel(
                (
                    round(dots * (box.content_box_x() + (qr.QUIET + x + 0.5) * module)),
                    round(dots * (box.content_box_y() + (qr.QUIET + y + 0.5) * module)),
                )
            )
            < 128
            for x in range(len(matrix))
        ]
        for y in range(len(matrix))
    ]
    assert seen == [[bool(each) for each in row] for row in matrix]
    assert module * 0.75 * 25.4 / 72 > 0.5  # millimetres: what a telephone's camera makes out


def drawn(pdf: bytes) -> Image.Image:
    """The last page in shades of grey."""
    pages = pypdfium2.PdfDocument(pdf)
    page = pages[len(pages) - 1]
    picture: Image.Image = page.render(scale=200 / 72).to_pil().convert("L")
    page.close()
    pages.close()
    return picture
