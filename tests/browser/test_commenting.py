"""Words are selected and commented by mouse, by touch, by keyboard; without JavaScript through the form."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from agencies.models import Agency
from members.models import Member
from recommendations.models import Comment, Consultation
from tests.browsing import PATIENCE, hear
from tests.recommendations import world
from tests.recommendations.commenting import key_of, note, yesterday

TEXT = """# Times near the Moon

1. Participating agencies **state times** of common events in Coordinated Universal Time.
2. Participating agencies name the scale of every time they exchange, and the scale of every clock.
"""
PHONE: Any = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
Opened = Callable[..., Page]


@pytest.fixture
def consultation(live_server: Any, editor: Member, dlr: Agency, jaxa: Agency) -> Consultation:
    """Open by the clock, in a portal of this test's own."""
    recommendation = world.revised(editor, now=yesterday(), text=TEXT)
    return world.in_consultation(editor, [dlr, jaxa], now=yesterday(), recommendation=recommendation)


@pytest.fixture
def opened(live_server: Any, consultation: Consultation, browser: Browser) -> Iterator[Opened]:
    """`opened(member)`: the consultation's page in a browser of that person; the console says nothing."""
    said: list[str] = []
    contexts = []

    def open_page(member: Member, **options: Any) -> Page:
        client = Client()
        client.force_login(member)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        contexts.append(browser.new_context(base_url=live_server.url, **options))
        contexts[-1].set_default_timeout(PATIENCE)
        contexts[-1].add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        page = contexts[-1].new_page()
        page.on("console", lambda message: hear(message, said))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"/recommendations/{consultation.recommendation.number}/consultation/")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


def paragraph(page: Page, consultation: Consultation, number: str = "1") -> Locator:
    return page.locator(f"[data-words='{key_of(consultation, number)}']")


def keep(page: Page, words: str) -> Comment:
    """Fill in the form that is open, and keep it."""
    page.get_by_label("Comment", exact=False).and_(page.locator("textarea")).first.fill(words)
    page.get_by_role("button", name="Keep as a working note").click()
    page.wait_for_url(re.compile(r"/consultation/"))
    return Comment.objects.get(text=words)


def select(place: Locator, first: str, last: str) -> None:
    """What the browser does when a pointer or a finger's handles draw a selection over these words."""
    place.evaluate(
        """(row, [first, last]) => {
            const words = row.querySelector(".paragraph__words");
            const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
            let start = null, end = null;
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                if (!start && node.data.includes(first)) start = [node, node.data.indexOf(first)];
                if (node.data.includes(last)) end = [node, node.data.indexOf(last) + last.length];
            }
            getSelection().setBaseAndExtent(...start, ...end);
        }""",
        [first, last],
    )


def test_words_are_selected_by_mouse_and_commented(
    opened: Opened, consultation: Consultation, delegate_a: Member
) -> None:
    page = opened(delegate_a)
    words = paragraph(page, consultation).locator("strong")
    words.scroll_into_view_if_needed()
    box = words.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] + 1, box["y"] + box["height"] / 2, steps=8)
    page.mouse.up()
    page.get_by_role("link", name="Comment on these words").click()
    expect(page.locator("mark")).to_have_text("state times")
    expect(page.get_by_label("Change from")).to_have_value("state times")
    made = keep(page, "State which.")
    assert (made.quote, made.prefix, made.suffix[:10]) == (
        "state times",
        "Participating agencies ",
        " of common",
    )
    card = paragraph(page, consultation).locator(".comment-card")
    expect(card).to_contain_text("only DLR sees this")
    expect(card).to_contain_text("State which.")


def test_of_equal_words_the_selected_ones_are_meant(
    opened: Opened, consultation: Consultation, delegate_a: Member
) -> None:
    page = opened(delegate_a)
    select(paragraph(page, consultation, "2"), "and the scale of every clock", "and the scale of every clock")
    page.evaluate(
        """() => {
            const { anchorNode: node, anchorOffset: at } = getSelection();
            getSelection().setBaseAndExtent(node, at + 8, node, at + 22);
        }"""
    )
    page.get_by_role("link", name="Comment on these words").click()
    made = keep(page, "Which clock?")
    assert (made.quote, made.suffix) == ("scale of every", " clock.")


def test_selection_beyond_a_paragraph_counts_as_far_as_it_goes(
    opened: Opened, consultation: Consultation, delegate_a: Member
) -> None:
    page = opened(delegate_a)
    select(paragraph(page, consultation), "Coordinated", "Time")
    other = key_of(consultation, "2")
    page.evaluate(
        """(key) => {
            const there = document.querySelector(`[data-words='${key}'] .paragraph__words`);
            getSelection().extend(there, 1);
        }""",
        other,
    )
    page.get_by_role("link", name="Comment on these words").click()
    expect(page.locator("mark")).to_have_text("Coordinated Universal Time.")


def test_words_are_selected_by_touch(opened: Opened, consultation: Consultation, delegate_a: Member) -> None:
    page = opened(delegate_a, **PHONE)
    select(paragraph(page, consultation), "common", "events")
    link = page.get_by_role("link", name="Comment on these words")
    box = link.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["y"] + box["height"] > 844 - 80  # at the foot: the finger's own menu stands at the words
    link.tap()
    assert keep(page, "Common to whom?").quote == "common events"


def test_words_are_selected_by_tapping_the_first_and_the_last(
    opened: Opened, consultation: Consultation, delegate_a: Member
) -> None:
    page = opened(delegate_a, **PHONE)
    row = paragraph(page, consultation)
    row.get_by_role("button", name="Select words").tap()
    for word in ("state", "common"):
        page.touchscreen.tap(*middle_of(row, word))
    page.get_by_role("link", name="Comment on these words").tap()
    assert keep(page, "Tapped.").quote == "state times of common"


def middle_of(row: Locator, word: str) -> tuple[float, float]:
    row.scroll_into_view_if_needed()
    x, y = row.evaluate(
        """(row, word) => {
            const walker = document.createTreeWalker(row.querySelector(".paragraph__words"), 4);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf(word);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + word.length);
                const box = range.getBoundingClientRect();
                return [box.left + box.width / 2, box.top + box.height / 2];
            }
        }""",
        word,
    )
    return x, y


def test_words_are_selected_by_keyboard_and_said(
    opened: Opened, consultation: Consultation, delegate_a: Member
) -> None:
    page = opened(delegate_a)
    row = paragraph(page, consultation)
    row.get_by_role("button", name="Select words").focus()
    keys = page.keyboard
    keys.press("Enter")
    expect(row.locator(".paragraph__words")).to_be_focused()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight"):
        keys.press(key)
    expect(page.locator("#words-said")).to_have_text("Selected: state times")
    keys.press("Enter")
    expect(page.get_by_role("link", name="Comment on these words")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("mark")).to_have_text("state times")
    assert keep(page, "By keys alone.").quote == "state times"


def test_escape_ends_selecting_and_gives_the_focus_back(
    opened: Opened, consultation: Consultation, delegate_a: Member
) -> None:
    page = opened(delegate_a)
    button = paragraph(page, consultation).get_by_role("button", name="Select words")
    button.press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")  # from the link back to the words
    expect(paragraph(page, consultation).locator(".paragraph__words")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("getSelection().isCollapsed")


def test_without_javascript_a_paragraph_is_commented_and_submitted(
    opened: Opened, consultation: Consultation, head_a: Member
) -> None:
    page = opened(head_a, java_script_enabled=False)
    row = paragraph(page, consultation, "2")
    expect(row.get_by_role("button")).to_have_count(0)
    row.get_by_role("link", name="Comment on 2").click()
    page.get_by_label("Selected words").fill("the scale of every clock")
    made = keep(page, "Name it once.")
    assert (made.key, made.quote) == (key_of(consultation, "2"), "the scale of every clock")
    page.get_by_role("link", name="Read and submit").click()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Submit 1 comment of DLR?")).to_be_visible()
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("1 comment submitted")
    made.refresh_from_db()
    assert made.number == 1


@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "phone"])
def test_pages_of_commenting_are_accessible(
    opened: Opened, consultation: Consultation, head_a: Member, dlr: Agency, options: dict[str, Any]
) -> None:
    first = note(consultation, head_a, dlr, quote="common events", to_text="joint events")
    note(consultation, head_a, dlr, "say it more plainly!")
    page = opened(head_a, bypass_csp=True, **options)
    there = page.url
    paragraph(page, consultation).get_by_role("button", name="Select words").click()
    page.keyboard.press("Enter")
    found = {"consultation": violations(page)}
    found["form"] = look(page, there.replace("consultation", f"comments/{first.pk}/edit"))
    found["submit"] = look(page, there.replace("consultation", "submit"))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Submit 2 comments")).to_be_visible()  # a click waits for no page
    found["sure"] = violations(page)
    assert found == {name: [] for name in found}


def look(page: Page, address: str) -> list[str]:
    page.goto(address)
    return violations(page)


def violations(page: Page) -> list[str]:
    """What axe says in both colour schemes, and whether the page is wider than the window."""
    said: list[str] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(page).response["violations"]
        said += [f"{scheme} {each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        said.append("wider than the window")
    return said
