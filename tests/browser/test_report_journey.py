"""A year's report from its opening to a corrected edition: secretariat, three agencies, chair, stranger."""

import io
import itertools
import re
from collections.abc import Callable
from typing import Any

import pypdf
import pytest
from playwright.sync_api import expect

from isecg.codes import ALPHABET, LENGTH
from tests.browser.conftest import Walker

A_RENDERING_TAKES = 600_000  # milliseconds at most, on a machine that is busy with other tests
ASKED = ("DLR", "ESA", "JAXA")
WRITTEN = "A landing rehearsed in a hall of sand"
EDITED = "The rover drove for three days without a rest."
years = itertools.count(2022)
Walk = Callable[..., Walker]


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_a_year_from_its_opening_to_a_corrected_edition(walk: Walk, javascript: bool) -> None:
    year, options = next(years), {"java_script_enabled": javascript}
    editor = walk("Secretariat, editor", **options)
    open_year(editor, year)
    step(editor, year, "collect", "Begin collecting")

    delegate = walk("DLR, delegate", **options)
    write(delegate, year, "dlr", WRITTEN, "It came down where it was meant to.")
    expect(stand(editor, year, "DLR")).to_contain_text("writing")
    assert WRITTEN not in editor.page.content()
    head = walk("DLR, head of delegation", **options)
    submit(head, year, "dlr", "Submit")
    jaxa = walk("JAXA, head of delegation", **options)
    write(jaxa, year, "jaxa", "A rover in the desert", "It drove.")
    submit(jaxa, year, "jaxa", "Submit")
    esa = walk("ESA, head of delegation", **options)
    submit(esa, year, "esa", "Nothing to report")
    for agency, words in (("DLR", "submitted"), ("JAXA", "submitted"), ("ESA", "nothing to report")):
        expect(stand(editor, year, agency)).to_contain_text(words)

    step(editor, year, "edit-texts", "End the collecting and edit")
    edit_highlight(editor, year, "jaxa")
    add_goal(editor, year)
    make_pdf(editor, year, editions=1)
    step(editor, year, "ask-to-confirm", "Ask the agencies to confirm")

    chair = walk("ASI, head of delegation", **options)
    page = chair.go(f"/reports/{year}/approve/1/")
    expect(page.locator("#point-confirmed")).to_contain_text("JAXA")
    expect(page.locator("#point-goals_kept")).to_contain_text(f"A goal of {year} has no outcome")
    confirm(jaxa, year, "jaxa", EDITED)
    decide_goal(editor, year)
    make_pdf(editor, year, editions=2)
    step(chair, year, "approve/2", "Approve")
    step(editor, year, "publish/2", "Publish")
    stranger = walk(**options)
    expect(stranger.go(f"/reports/{year}/").locator("main")).not_to_contain_text(EDITED)
    held(editor, year, "Recall", "Recalled. Nobody has been told.")
    step(editor, year, "publish/2", "Publish")
    held(editor, year, "Do not wait", "it has taken effect")

    pdf = download(stranger, year)
    assert WRITTEN in text_of(pdf)
    assert EDITED in text_of(pdf)
    expect(stranger.page.locator("main")).to_contain_text(EDITED)
    expect(check(stranger, year, pdf, javascript=javascript)).to_contain_text("Genuine and current")

    write_foreword(editor, year, "A word that was missing.")
    make_pdf(editor, year, editions=3)
    correct(editor, year)
    expect(check(stranger, year, pdf, javascript=javascript)).to_contain_text("no longer current")
    stranger.press("See every difference", role="link")
    expect(stranger.page.locator("main")).to_contain_text("A word that was missing.")


def open_year(editor: Walker, year: int) -> None:
    """Only the three agencies are asked."""
    page = editor.go(f"/reports/open/?year={year}")
    for box in page.locator("input[name=agencies]").all():
        name = " ".join((page.locator(f"label:has(#{box.get_attribute('id')})").inner_text()).split())
        box.set_checked(any(name.startswith(each) for each in ASKED))
    editor.press("Open")
    page.wait_for_url(f"**/reports/{year}/workshop/")


def step(walker: Walker, year: int, path: str, words: str) -> None:
    """Takes a step after its page has said what it would do."""
    page = walker.go(f"/reports/{year}/{path}/")
    expect(page.get_by_role("heading", name="What will happen")).to_be_visible()
    page.get_by_role("button", name=words, exact=True).click()
    page.wait_for_url(lambda address: not address.endswith(f"/{path}/"))


def stand(editor: Walker, year: int, agency: str) -> Any:
    page = editor.go(f"/reports/{year}/collection/")
    return page.get_by_role("row").filter(has_text=agency).first


def write(walker: Walker, year: int, slug: str, title: str, text: str) -> None:
    page = walker.go(f"/reports/{year}/agencies/{slug}/highlights/add/")
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_label("Day", exact=True).fill(f"{year}-05-04")
    page.get_by_label("Text", exact=True).fill(text)
    walker.press("Save")
    page.wait_for_url(f"**/reports/{year}/agencies/{slug}/**")
    expect(page.locator("main")).to_contain_text(title)


def submit(walker: Walker, year: int, slug: str, words: str) -> None:
    page = walker.go(f"/reports/{year}/agencies/{slug}/submit/")
    page.locator("main").get_by_role("button", name=words, exact=True).click()
    page.wait_for_url(f"**/reports/{year}/agencies/{slug}/")


def edit_highlight(editor: Walker, year: int, slug: str) -> None:
    page = editor.go(f"/reports/{year}/agencies/{slug}/")
    page.get_by_role("link", name="Edit").first.click()
    page.get_by_label("Text", exact=True).fill(EDITED)
    editor.press("Save")
    expect(page.locator("main")).to_contain_text(EDITED)


def add_goal(editor: Walker, year: int) -> None:
    page = editor.go(f"/goals/add/?year={year}")
    page.get_by_label("Year", exact=True).fill(str(year))
    page.get_by_label("Number", exact=True).fill("1")
    page.get_by_label("Goal", exact=True).fill("Agree on a common list of words.")
    editor.press("Save")
    page.wait_for_url(lambda address: "/goals/add/" not in address)


def decide_goal(editor: Walker, year: int) -> None:
    page = editor.go(f"/reports/{year}/workshop/")
    page.locator("#point-goals_kept").get_by_role("link").click()
    page.get_by_role("combobox", name="Outcome").select_option("met")
    page.get_by_label("Evidence").fill("The list was adopted in Cologne.")
    editor.press("Do what is chosen")
    expect(page.locator("main")).to_contain_text("1 step was taken.")


def make_pdf(editor: Walker, year: int, *, editions: int) -> None:
    """Presses the button and looks until the edition is there."""
    page = editor.go(f"/reports/{year}/workshop/")
    page.get_by_role("button", name="Make the PDF").last.click()
    page.wait_for_url("**/workshop/#rendering")
    page.goto("about:blank")  # it reloads itself when the PDF is there, and would cross the way below
    for _ in range(A_RENDERING_TAKES // 1000):
        if f"/reports/{year}/edition-{editions}.pdf" in page.request.get(f"/reports/{year}/workshop/").text():
            return
        page.wait_for_timeout(1000)
    page = editor.go(f"/reports/{year}/workshop/")
    raise AssertionError(page.locator("#rendering").inner_text())


def confirm(head: Walker, year: int, slug: str, words: str) -> None:
    """The redline shows what was changed; the head agrees to exactly that."""
    page = head.go(f"/reports/{year}/agencies/{slug}/confirm/")
    expect(page.locator("ins").first).to_be_visible()
    expect(page.locator("main")).to_contain_text(words.split()[-1])
    page.get_by_label("We agree to this text").check()
    head.press("Send it")
    page.wait_for_url(f"**/reports/{year}/agencies/{slug}/")


def write_foreword(editor: Walker, year: int, words: str) -> None:
    page = editor.go(f"/reports/{year}/edit/")
    page.get_by_role("textbox", name="Foreword").first.fill(words)
    editor.press("Save")
    page.wait_for_url(lambda address: not address.endswith("/edit/"))


def correct(editor: Walker, year: int) -> None:
    page = editor.go(f"/reports/{year}/correct/3/")
    page.get_by_label("What changed").fill("The foreword was missing.")
    editor.press("Publish a correction")
    page.wait_for_url(lambda address: "/correct/" not in address)
    held(editor, year, "Do not wait", "it has taken effect")


def held(editor: Walker, year: int, button: str, said: str) -> None:
    """What is done about a publication in the minutes before readers see it."""
    page = editor.go(f"/reports/{year}/workshop/")
    expect(page.locator("main")).to_contain_text("It becomes public at")
    editor.press(button)
    expect(page.locator("body")).to_contain_text(said)


def download(stranger: Walker, year: int) -> bytes:
    page = stranger.go(f"/reports/{year}/")
    with page.expect_download() as under_way:
        page.get_by_role("link", name="Download the PDF").first.click()
    return under_way.value.path().read_bytes()


def check(stranger: Walker, year: int, pdf: bytes, *, javascript: bool) -> Any:
    """The file, which the browser reads; without JavaScript the code from its last page."""
    page = stranger.go("/check/")
    if javascript:
        file: Any = {"name": "copy.pdf", "mimeType": "application/pdf", "buffer": pdf}
        page.get_by_label("PDF to check").set_input_files(file)
        page.wait_for_url("**sha256=**")
    else:
        page.get_by_role("textbox", name="Code").fill(code_in(pdf, year))
        stranger.press("Check")
    return page.get_by_role("status").first


def code_in(pdf: bytes, year: int) -> str:
    found = re.search(rf"{year}-2-[{ALPHABET}]{{{LENGTH}}}", text_of(pdf))
    assert found
    return found[0]


def text_of(pdf: bytes) -> str:
    """The words of all pages, lines joined."""
    pages: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)
