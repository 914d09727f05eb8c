"""A recommendation from its first words to an agency's answer, by seven people at their browsers: editor,
chair, two heads, two delegates of different agencies, a stranger. With JavaScript and through forms alone.
"""

import hashlib
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Walker
from tests.browser.test_report_journey import text_of
from tests.live import Live

MARKER = "heliotrope-ledger"  # stands in what only one delegation may know of
SILENCE = "recommendations_silenceprocedure"
A_PRINT_TAKES = 300_000  # milliseconds at most, on a machine that is busy with other tests
titles = (f"Docking rehearsals, time {number}" for number in itertools.count(1))

TEXT = """# {title}

Agencies recall that crews rehearse dockings on the ground.

## Recommendations

1. Participating agencies share the plan of each rehearsal one month ahead.
2. Participating agencies publish what they learned.
"""
SOONER = "three months ahead"


@dataclass
class People:
    """Who takes part. DLR and JAXA are asked; the chair is whoever the demonstration lets chair."""

    editor: Walker
    chair: Walker
    head_a: Walker
    delegate_a: Walker
    head_b: Walker
    delegate_b: Walker
    stranger: Walker


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def people(walk: Callable[..., Walker], portal: Live, javascript: bool) -> People:
    def come(account: str = "") -> Walker:
        return walk(account, java_script_enabled=javascript)

    return People(
        editor=come("Secretariat, editor"),
        chair=come(chairing(portal)),
        head_a=come("DLR, head of delegation"),
        delegate_a=come("DLR, delegate"),
        head_b=come("JAXA, head of delegation"),
        delegate_b=come("JAXA, delegate"),
        stranger=come(),
    )


def chairing(portal: Live) -> str:
    """The account of the head of the agency that chairs today."""
    [(name,)] = portal.rows(
        "SELECT m.name FROM members_member m JOIN members_mandate r ON r.member_id = m.id "
        "WHERE r.role = 'head' AND r.\"end\" IS NULL AND r.agency_id = "
        "(SELECT agency_id FROM agencies_chairterm WHERE start <= now() ORDER BY start DESC LIMIT 1)"
    )
    return name


def test_recommendation_from_draft_to_answer(people: People, portal: Live, javascript: bool) -> None:
    title = next(titles)
    home = draft(people.editor, title)
    circulate(people.editor, home)
    write_notes(people, home, javascript=javascript)
    nobody_else_knows(people, home)
    submit(people.head_a, home, leaving=1)
    submit(people.head_b, home, leaving=0)
    close(people.editor, home)
    decide(people.editor, home)
    revise_as_promised(people.editor, home)
    start_silence(people.editor, home)
    object_and_withdraw(people.head_b, home)
    expire(portal, home)
    conclude(people.editor, home)
    approve(people.chair, home)
    unknown_to(people.stranger, home)
    do_not_wait(people.editor, home)
    read(people.stranger, home, title)
    answer(people, home)


def done(walker: Walker, words: str) -> None:
    """The page that says so has come: only then is the next one asked for, lest a press be cut short."""
    expect(walker.page.get_by_role("status").first).to_contain_text(words)


def draft(editor: Walker, title: str) -> str:
    """Drafted, written, and frozen as revision 1; returns its address, whose number was reserved at once."""
    page = editor.go("/recommendations/")
    page.get_by_role("link", name="Draft a recommendation").first.click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Class").select_option(label="event for coordination")
    editor.press("Draft it")
    page.wait_for_url(re.compile(r"/\d{4}-\d{2,3}/write/$"))
    home = "/recommendations/" + re.findall(r"\d{4}-\d{2,3}", page.url)[0] + "/"
    editor.go(home + "write/").locator("textarea").first.fill(TEXT.format(title=title))
    editor.press("Save")
    done(editor, "Saved")
    editor.go(home + "revise/")
    editor.press("Make a revision")
    done(editor, "Revision 1 is frozen")
    expect(editor.go(home + "rev/1/").locator("main")).to_contain_text("one month ahead")
    return home


def circulate(editor: Walker, home: str) -> None:
    page = editor.go(home + "circulate/")
    for box in page.get_by_role("group", name="Agencies asked").get_by_role("checkbox").all():
        box.uncheck()
    for agency in ("DLR", "JAXA"):
        page.get_by_role("checkbox", name=re.compile(f"^{agency} ")).check()
    editor.press("Show what this would do")
    expect(page.locator("#dry-run")).to_contain_text("DLR, head of delegation")
    page.locator("#dry-run").get_by_text(re.compile(r"\d people")).first.wait_for()
    expect(page.locator("#dry-run")).not_to_contain_text("NASA")
    editor.press("Circulate")
    expect(page.get_by_role("status").first).to_contain_text("Circulated")
    do_not_wait(editor, home)


def do_not_wait(walker: Walker, home: str) -> None:
    """A step that others notice waits some minutes; this ends the wait."""
    walker.go(home)
    walker.press("Do not wait")
    done(walker, "taken effect")


def write_notes(people: People, home: str, *, javascript: bool) -> None:
    """Delegates of two agencies ask for the same; one of them keeps a thought for the delegation."""
    for delegate in (people.delegate_a, people.delegate_b):
        page = open_comment(delegate, home)
        page.get_by_label("Change from").fill("one month ahead")
        page.get_by_label("To", exact=True).or_(page.get_by_label(re.compile("^To "))).first.fill(SOONER)
        page.get_by_label("Reason").fill("Crews train longer.")
        keep(delegate)
    page = open_comment(people.delegate_a, home)
    page.locator("textarea[name=text]").fill(f"Ask at home first: {MARKER}.")
    keep(people.delegate_a)
    expect(people.delegate_a.go(home + "consultation/").locator("main")).to_contain_text(MARKER)


def keep(delegate: Walker) -> None:
    """Kept, and back beside the text."""
    delegate.press("Keep as a working note")
    delegate.page.wait_for_url(re.compile(r"/consultation/"))


def open_comment(delegate: Walker, home: str) -> Page:
    """The form on the first numbered paragraph."""
    page = delegate.go(home + "consultation/")
    page.get_by_role("link", name=re.compile(r"^Comment on .*\b1\b")).first.click()
    return page


def nobody_else_knows(people: People, home: str) -> None:
    for other in (people.delegate_b, people.head_b, people.editor, people.chair):
        for path in ("", "consultation/", "comments/"):
            expect(other.go(home + path).locator("body")).not_to_contain_text(MARKER)


def submit(head: Walker, home: str, *, leaving: int) -> None:
    page = head.go(home + "submit/")
    boxes = page.get_by_role("main").get_by_role("checkbox")
    for box in boxes.all():
        box.uncheck()
    boxes.first.check()
    head.press("Go on")
    expect(page.get_by_role("heading", name="Submit 1 comment of")).to_be_visible()
    if leaving:
        expect(page.locator("main")).to_contain_text("leaves")
        expect(page.locator("main")).to_contain_text(MARKER)
    page.get_by_role("button", name="Submit", exact=True).click()
    done(head, "1 comment submitted")


def close(editor: Walker, home: str) -> None:
    page = editor.go(home + "close/")
    page.get_by_label("Reason").fill("Both agencies have answered.")
    editor.press("Show what this would do")
    page.locator("#dry-run").get_by_text(re.compile(r"\d people")).first.wait_for()
    editor.press("Close the consultation early")
    expect(page.get_by_role("status").first).to_contain_text("Closed")


def decide(editor: Walker, home: str) -> None:
    """Going on is refused while something is undecided; then both are decided together."""
    editor.go(home + "start-silence/")
    expect(editor.page.locator("main")).to_contain_text("DLR 1")
    page = editor.go(home + "comments/")
    for box in page.locator("main").locator("input[type=checkbox][name=comment]").all():
        box.check()
    editor.press("Decide the ticked comments together")
    page.get_by_role("radio", name="accepted", exact=True).check()
    page.get_by_label("Reason").fill("Three months it is.")
    editor.press("Save the verdict")
    done(editor, "2 comments")


def revise_as_promised(editor: Walker, home: str) -> None:
    """The proposed words go into the working text in one step, and from there into revision 2."""
    page = editor.go(home + "comments/")
    page.get_by_role("link", name=re.compile("DLR 1")).first.click()
    page.wait_for_url(re.compile(r"/comments/\d+/$"))
    page.get_by_role("link", name=re.compile("working text|Apply|Put", re.I)).first.click()
    expect(page.locator("ins").first).to_contain_text("three")
    page.locator("main form").get_by_role("button").first.click()
    expect(page.get_by_role("status").first).to_contain_text("working text")
    editor.go(home + "revise/")
    editor.press("Make a revision")
    done(editor, "Revision 2 is frozen")
    expect(editor.go(home + "rev/2/").locator("main")).to_contain_text(SOONER)
    expect(editor.go(home + "promises/").locator("main")).not_to_contain_text("Promised, but")


def start_silence(editor: Walker, home: str) -> None:
    page = editor.go(home + "start-silence/")
    for box in page.get_by_role("group", name="Agencies that may object").get_by_role("checkbox").all():
        box.uncheck()
    for agency in ("DLR", "JAXA"):
        page.get_by_role("checkbox", name=re.compile(f"^{agency} ")).check()
    editor.press("Show what this would do")
    expect(page.locator("#dry-run")).to_contain_text("DLR, head of delegation")
    expect(page.locator("#dry-run")).not_to_contain_text("NASA")
    editor.press("Start the silence procedure")
    expect(page.get_by_role("status").first).to_contain_text("silence")
    do_not_wait(editor, home)


def object_and_withdraw(head: Walker, home: str) -> None:
    page = head.go(home + "silence/")
    head.press("Object", role="link")
    page.wait_for_url(re.compile(r"/object/$"))
    page.get_by_label("Reason").fill("Not before our own rehearsal.")
    head.press("Object")
    done(head, "has objected")
    expect(head.go(home + "silence/").locator("main")).to_contain_text("Not before our own rehearsal.")
    expect(page.locator("main")).to_contain_text("1 objection")
    head.press("Withdraw", role="link")
    page.wait_for_url(re.compile(r"/withdraw-objection/$"))
    page.get_by_label("Reason").fill("It was moved.")
    head.press("Withdraw the objection")
    done(head, "is withdrawn")
    expect(head.go(home + "silence/").locator("main")).to_contain_text("It was moved.")


def expire(portal: Live, home: str) -> None:
    """The days of silence pass: a test cannot wait for them, and the database lets nobody else move them."""
    number = home.strip("/").rsplit("/", 1)[-1]
    of_this = "recommendation_id = (SELECT id FROM recommendations_recommendation WHERE number = %s)"
    instants = ("made_at", "starts_at", "expires_at")
    passed = ", ".join(f"{name} = {name} - interval '20 days'" for name in instants)
    with psycopg.connect(portal.servers.database_url) as wire:
        wire.execute(f"ALTER TABLE {SILENCE} DISABLE TRIGGER recommendations_silence_kept")
        moved = wire.execute(f"UPDATE {SILENCE} SET {passed} WHERE {of_this}", [number])
        wire.execute(f"ALTER TABLE {SILENCE} ENABLE TRIGGER recommendations_silence_kept")
        assert moved.rowcount == 1


def conclude(editor: Walker, home: str) -> None:
    expect(editor.go(home + "silence/").locator("main")).to_contain_text("agreed")
    page = editor.go(home + "conclude/")
    editor.press("Conclude the silence procedure")
    expect(page.get_by_role("status").first).to_contain_text("Concluded")


def approve(chair: Walker, home: str) -> None:
    page = chair.go("/desk/")
    number = home.strip("/").rsplit("/", 1)[-1]
    expect(page.locator("main")).to_contain_text(number)
    chair.go(home + "approve/")
    chair.press("Approve")
    expect(page.get_by_role("status").first).to_contain_text("Approved")


def unknown_to(stranger: Walker, home: str) -> None:
    """Approved, and about to be public: until then there is nothing for strangers."""
    response = stranger.page.goto(home)
    assert response
    assert response.status == 404


def read(stranger: Walker, home: str, title: str) -> None:
    """The issued text, its history, its PDF."""
    page = stranger.go("/recommendations/")
    page.get_by_role("link", name=re.compile(title)).first.click()
    expect(page.locator("main")).to_contain_text("legally non-binding")
    expect(page.locator("main")).to_contain_text(SOONER)
    expect(stranger.go(home + "history/").locator("main")).to_contain_text("Revision 1")
    expect(stranger.go(home + "redline/").locator("ins", has_text="three").first).to_be_visible()
    pdf = printed(stranger, home)
    text = text_of(pdf)
    assert SOONER in text
    assert "legally non-binding" in text
    checked = stranger.go(f"/check/?sha256={hashlib.sha256(pdf).hexdigest()}")
    expect(checked.get_by_role("status").first).to_contain_text("Genuine and current")
    expect(stranger.go(home + "cite/").locator("main")).to_contain_text("ISECG Recommendation")


def printed(stranger: Walker, home: str) -> bytes:
    """The PDF, once a worker has made it."""
    address: Any = home + "recommendation.pdf"
    for _ in range(A_PRINT_TAKES // 1000):
        response = stranger.context.request.get(address)
        if response.headers["content-type"] == "application/pdf":
            return response.body()
        stranger.page.wait_for_timeout(1000)
    raise AssertionError("no PDF came")


def answer(people: People, home: str) -> None:
    """The delegate writes it, the head submits it; until it is released only the secretariat reads it."""
    page = people.delegate_a.go(home + "respond/?about=follow_through")
    page.get_by_role("radio", name="planned", exact=True).check()
    page.get_by_label("In the agency's words").fill("From the next campaign on.")
    people.delegate_a.press("Keep as a draft")
    done(people.delegate_a, "Kept as a draft")
    page = people.head_a.go(home + "responses/")
    expect(page.locator("main")).to_contain_text("From the next campaign on.")
    people.head_a.press("Submit", role="link")
    page.wait_for_url(re.compile(r"/submit/$"))
    people.head_a.press("Submit")
    done(people.head_a, "Submitted")
    for other, sees in ((people.stranger, False), (people.delegate_b, False), (people.editor, True)):
        main = other.go(home + "responses/").locator("main")
        assert ("From the next campaign on." in main.inner_text()) is sees
