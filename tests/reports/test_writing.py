"""Highlights, work items, entries, goals and documents, written in the browser."""

import re
import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from agencies.models import Agency
from isecg.audit.models import Event
from members.models import Member
from reports.models import AnnualReport, Document, Goal, Highlight, ProgressEntry, WorkItem
from tests.reports.world import photograph, upload

Browser = Callable[[Member | None], Client]


@pytest.fixture
def desk(editor: Member, sign_in: Browser) -> Client:
    return sign_in(editor)


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def sent(**fields: Any) -> dict[str, Any]:
    return {"token": uuid.uuid4(), **fields}


def a_highlight(agency: Agency, **fields: Any) -> dict[str, Any]:
    told = {
        "agency": agency.pk,
        "title": "A landing",
        "day": "2025-03-02",
        "day_precision": "day",
        "text": "It *landed*.",
    }
    return sent(**{**told, **fields})


def test_add_a_highlight(dlr: Agency, desk: Client, editor: Member) -> None:
    desk.post("/highlights/add/", a_highlight(dlr))
    highlight = Highlight.objects.get()
    assert (highlight.agency, highlight.title, highlight.photograph) == (dlr, "A landing", None)
    assert Event.objects.about(highlight).get().verb == "add_highlight"
    assert Event.objects.about(highlight).get().actor_id == editor.pk


def test_add_a_highlight_with_one_form_twice(dlr: Agency, desk: Client) -> None:
    form = a_highlight(dlr)
    for _click in range(2):
        assert "Saved." in text(desk.post("/highlights/add/", form, follow=True))
    assert Highlight.objects.count() == 1


def test_add_a_work_item_with_one_form_twice_is_no_error(desk: Client) -> None:
    form = sent(code="WP-07", title="Standards", start="2025-01-01", due="2026-01-01")
    for _click in range(2):
        answer = desk.post("/work-plan/add/", form)
        assert answer.headers["Location"] == "/work-plan/WP-07/"
    assert WorkItem.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_add_a_highlight_with_two_clicks_at_once(dlr: Agency, desk: Client) -> None:
    form, seen = a_highlight(dlr), []

    def click() -> None:
        seen.append(desk.post("/highlights/add/", form).status_code)
        connection.close()

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert seen == [302] * 4
    assert Highlight.objects.count() == 1


def test_another_person_s_token_is_worth_nothing(
    dlr: Agency, desk: Client, administrator: Member, sign_in: Browser
) -> None:
    form = a_highlight(dlr)
    desk.post("/highlights/add/", form)
    sign_in(administrator).post("/highlights/add/", {**form, "title": "Another"})
    assert Highlight.objects.count() == 2


@pytest.mark.parametrize("token", ["", "x", "1" * 5000])
def test_a_broken_token(token: str, dlr: Agency, desk: Client) -> None:
    answer = desk.post("/highlights/add/", {**a_highlight(dlr), "token": token})
    assert answer.status_code == 422
    assert not Highlight.objects.exists()


def test_add_a_highlight_with_a_photograph(dlr: Agency, desk: Client) -> None:
    fields = {"picture": upload(photograph()), "credit": "DLR", "alt_text": "A crater."}
    desk.post("/highlights/add/", a_highlight(dlr, **fields))
    highlight = Highlight.objects.get()
    assert highlight.photograph is not None
    assert highlight.photograph.width >= 600


def test_a_photograph_without_credit_and_words(dlr: Agency, desk: Client) -> None:
    answer = desk.post("/highlights/add/", a_highlight(dlr, picture=upload(photograph())))
    assert answer.status_code == 422
    assert "Say whose photograph it is." in text(answer)
    assert "Say what the picture shows" in text(answer)


def test_a_picture_that_is_none_is_refused_and_the_words_are_kept(dlr: Agency, desk: Client) -> None:
    form = a_highlight(dlr, picture=upload(b"%PDF-1.7 not a picture"), credit="DLR", alt_text="A crater.")
    answer = desk.post("/highlights/add/", form)
    assert answer.status_code == 422
    assert "Only JPEG, PNG and WebP pictures can be used" in text(answer)
    assert "It *landed*." in text(answer)
    assert 'value="A landing"' in text(answer)
    assert not Highlight.objects.exists()


def edited(highlight: Highlight, **fields: Any) -> dict[str, Any]:
    told = {
        "agency": highlight.agency_id,
        "title": highlight.title,
        "day": highlight.day.isoformat(),
        "day_precision": "day",
        "text": highlight.text,
        "version": highlight.version,
        "credit": highlight.credit,
        "alt_text": highlight.alt_text,
    }
    return {**told, **fields}


def test_edit_a_highlight_leads_back_to_its_report(
    report: AnnualReport, highlight: Highlight, desk: Client
) -> None:
    answer = desk.post(f"/highlights/{highlight.pk}/edit/", edited(highlight, title="It landed"))
    assert answer.headers["Location"] == "/reports/2025/workshop/#highlights"
    highlight.refresh_from_db()
    assert (highlight.title, highlight.version) == ("It landed", 2)
    assert Event.objects.about(highlight).get(verb="edit_highlight").changes["title"][1] == "It landed"


def test_edit_a_highlight_that_was_changed_meanwhile(highlight: Highlight, desk: Client) -> None:
    stale = edited(highlight, text="Mine.")
    desk.post(f"/highlights/{highlight.pk}/edit/", edited(highlight, text="Theirs."))
    answer = desk.post(f"/highlights/{highlight.pk}/edit/", stale)
    assert answer.status_code == 409
    assert "Theirs." in text(answer)
    assert "Mine." in text(answer)
    highlight.refresh_from_db()
    assert highlight.text == "Theirs."


def test_edit_takes_the_photograph_out(pictured: Highlight, desk: Client) -> None:
    desk.post(f"/highlights/{pictured.pk}/edit/", edited(pictured, remove_picture="on"))
    pictured.refresh_from_db()
    assert (pictured.photograph, pictured.credit, pictured.alt_text) == (None, "", "")


def test_edit_cannot_leave_a_photograph_without_its_credit(pictured: Highlight, desk: Client) -> None:
    answer = desk.post(f"/highlights/{pictured.pk}/edit/", edited(pictured, credit=""))
    assert "Say whose photograph it is." in text(answer)
    pictured.refresh_from_db()
    assert pictured.credit == "DLR"


def test_edit_ignores_fields_that_are_not_in_the_form(report: AnnualReport, desk: Client) -> None:
    form = {
        "version": report.version,
        "period_start": "2025-01-01",
        "arrangement": report.arrangement,
        "languages": report.languages,
        "papers": report.papers,
        "foreword": "Words.",
        "state": "published",
        "year": "1999",
    }
    desk.post("/reports/2025/edit/", form)
    report.refresh_from_db()
    assert (report.foreword, report.state, report.year) == ("Words.", "open", 2025)


def test_remove_a_highlight_needs_a_reason(highlight: Highlight, desk: Client) -> None:
    answer = desk.post(f"/highlights/{highlight.pk}/remove/", {"version": 1, "why": ""})
    assert answer.status_code == 422
    assert Highlight.objects.exists()


def test_remove_a_highlight_is_logged_with_the_reason(highlight: Highlight, desk: Client) -> None:
    desk.post(f"/highlights/{highlight.pk}/remove/", {"version": 1, "why": "Told twice."})
    assert not Highlight.objects.exists()
    assert Event.objects.get(verb="remove_highlight").why == "Told twice."


def test_remove_a_highlight_that_was_changed_meanwhile(highlight: Highlight, desk: Client) -> None:
    Highlight.objects.update(version=2)
    answer = desk.post(f"/highlights/{highlight.pk}/remove/", {"version": 1, "why": "Told twice."})
    assert answer.status_code == 409
    assert "please look again" in text(answer)
    assert Highlight.objects.exists()


def test_preview_shows_the_text_and_saves_nothing(dlr: Agency, desk: Client) -> None:
    answer = desk.post("/highlights/add/", {**a_highlight(dlr), "preview": "1"})
    assert "<em>landed</em>" in text(answer)
    assert "It *landed*." in text(answer)
    assert not Highlight.objects.exists()


def test_preview_for_htmx_is_the_preview_alone(highlight: Highlight, desk: Client) -> None:
    form = {**edited(highlight), "text": "<script>x</script> **bold**", "preview": "1"}
    answer = desk.post(f"/highlights/{highlight.pk}/edit/", form, headers={"HX-Request": "true"})
    assert "<html" not in text(answer)
    assert "<strong>bold</strong>" in text(answer)
    assert "<script>" not in text(answer)


def test_edit_a_work_item_and_who_contributes(item: WorkItem, dlr: Agency, desk: Client) -> None:
    form = {
        "version": 1,
        "title": "Roadmap",
        "start": "2025-01-01",
        "due": "2026-06-30",
        "contributors": [dlr.pk],
        "why": "JAXA has other work.",
        "day": "2026-01-15",
    }
    desk.post("/work-plan/WP-01/edit/", form)
    item.refresh_from_db()
    assert (item.title, list(item.contributors.all()), item.version) == ("Roadmap", [dlr], 2)
    changes = Event.objects.about(item).get().changes
    assert changes["contributors"] == [["JAXA"], ["DLR"]]


def test_a_change_of_contributors_alone_is_not_lost(
    item: WorkItem, dlr: Agency, jaxa: Agency, desk: Client
) -> None:
    form = {"version": 1, "title": item.title, "lead": dlr.pk, "start": "2025-01-01", "due": "2026-06-30"}
    form |= {"why": "As agreed.", "day": "2026-01-15"}
    desk.post("/work-plan/WP-01/edit/", {**form, "contributors": [dlr.pk, jaxa.pk]})
    answer = desk.post("/work-plan/WP-01/edit/", form)
    assert answer.status_code == 409
    assert "DLR, JAXA" in text(answer)
    assert item.contributors.count() == 2


def test_a_work_item_cannot_be_due_before_its_start(desk: Client) -> None:
    answer = desk.post("/work-plan/add/", sent(code="WP-1", title="x", start="2025-02-01", due="2025-01-31"))
    assert answer.status_code == 422
    assert "The due day cannot lie before the start." in text(answer)


@pytest.mark.parametrize("code", ["wp-1", "WP/1", "../X", "W P", "Ω1", ".A", "A" * 21])
def test_a_code_that_is_no_address(code: str, desk: Client) -> None:
    answer = desk.post("/work-plan/add/", sent(code=code, title="x", start="2025-01-01", due="2025-01-31"))
    assert answer.status_code == 422
    assert not WorkItem.objects.exists()


def test_a_code_that_is_taken(item: WorkItem, desk: Client) -> None:
    answer = desk.post("/work-plan/add/", sent(code="WP-01", title="x", start="2025-01-01", due="2025-01-31"))
    assert "Another work item has this code." in text(answer)


def test_write_down_how_far_an_item_is(item: WorkItem, desk: Client, client: Client) -> None:
    form = sent(day="2025-09-01", percent="70", text="**Second** draft.")
    assert desk.post("/work-plan/WP-01/progress/add/", form).headers["Location"] == "/work-plan/WP-01/"
    page = text(client.get("/work-plan/WP-01/"))
    assert "<strong>Second</strong> draft." in page
    assert "70 %" in page


def test_two_entries_of_one_day(item: WorkItem, desk: Client) -> None:
    answer = desk.post("/work-plan/WP-01/progress/add/", sent(day="2025-05-01", percent="70", text="x"))
    assert answer.status_code == 422
    assert "There already is an entry of this day" in text(answer)


@pytest.mark.parametrize("percent", ["-1", "101", "99999999999999999999", "x", ""])
def test_a_percentage_that_is_none(percent: str, item: WorkItem, desk: Client) -> None:
    answer = desk.post("/work-plan/WP-01/progress/add/", sent(day="2025-06-01", percent=percent, text="x"))
    assert answer.status_code == 422
    assert ProgressEntry.objects.count() == 1


def test_correct_an_entry(item: WorkItem, desk: Client) -> None:
    entry = item.entries.get()
    form = {"version": 1, "day": "2025-05-01", "percent": "45", "text": "First draft, corrected."}
    desk.post(f"/progress/{entry.pk}/edit/", form)
    entry.refresh_from_db()
    assert (entry.percent, entry.text) == (45, "First draft, corrected.")


def test_add_a_goal_is_proposed_the_next_number(goal: Goal, desk: Client) -> None:
    page = text(desk.get("/goals/add/?year=2026"))
    assert 'name="number" value="2"' in page


def test_add_a_goal(item: WorkItem, desk: Client) -> None:
    desk.post("/goals/add/", sent(year="2026", number="3", text="Agree.", items=[item.pk]))
    goal = Goal.objects.get()
    assert (goal.year, goal.number, list(goal.items.all())) == (2026, 3, [item])


def test_a_goal_whose_number_is_taken(goal: Goal, desk: Client) -> None:
    answer = desk.post("/goals/add/", sent(year="2026", number="1", text="Agree."))
    assert answer.status_code == 422
    assert "Another goal of this year has this number." in text(answer)


def test_edit_and_remove_a_goal(goal: Goal, desk: Client) -> None:
    desk.post(f"/goals/{goal.pk}/edit/", {"version": 1, "number": "1", "text": "Agree soon."})
    goal.refresh_from_db()
    assert (goal.text, goal.items.count(), goal.version) == ("Agree soon.", 0, 2)
    desk.post(f"/goals/{goal.pk}/remove/", {"version": 2, "why": "Dropped."})
    assert not Goal.objects.exists()


def test_add_edit_and_remove_a_document(desk: Client, client: Client) -> None:
    form = sent(
        slug="ger-2018",
        title="Roadmap",
        kind="roadmap",
        day="2018-01-01",
        day_precision="year",
        link="https://example.org/g.pdf",
    )
    desk.post("/documents/add/", form)
    page = text(client.get("/documents/"))
    assert "Roadmap" in page
    assert "1 January 2018" not in page, "only the year is known"
    form = {"version": 1, "title": "The roadmap", "kind": "roadmap", "day_precision": "day"}
    desk.post("/documents/ger-2018/edit/", form)
    assert Document.objects.get().title == "The roadmap"
    desk.post("/documents/ger-2018/remove/", {"version": 2, "why": "Wrong."})
    assert not Document.objects.exists()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "ftp://"])
def test_a_link_that_is_none(link: str, desk: Client) -> None:
    answer = desk.post(
        "/documents/add/", sent(slug="x", title="x", kind="other", day_precision="day", link=link)
    )
    assert answer.status_code == 422
    assert not Document.objects.exists()
