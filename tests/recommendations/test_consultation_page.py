"""The page where the text is read and commented; its forms; what it is after the end."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from members.models import Mandate, Member, Role
from recommendations.models import Comment, Consultation, Disposition, Reading, Verdict
from recommendations.services.comments import edit_comment
from recommendations.services.consultations import accept_late, close, extend
from tests.conftest import PAST
from tests.recommendations import world
from tests.recommendations.commenting import hand_in, key_of, note, open_now

Browser = Callable[[Member | None], Client]


@pytest.fixture
def asked_now(editor: Member, asked: list[Agency]) -> Consultation:
    """Open since yesterday by the clock, for twenty more days."""
    return open_now(editor, asked)


def address(consultation: Consultation, name: str = "consultation", *more: Any) -> str:
    return reverse(f"recommendations:{name}", args=[consultation.recommendation.number, *more])


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def sent(consultation: Consultation, browser: Client, **fields: Any) -> dict[str, Any]:
    """What the form of a new comment sends."""
    form = browser.get(address(consultation, "add_comment")).context["form"]
    named = {"kind": "technical", "key": key_of(consultation, "1"), "text": "Say it more plainly."}
    return {"token": form["token"].value(), "agency": form["agency"].value(), **named, **fields}


def add(consultation: Consultation, browser: Client, **fields: Any) -> Any:
    return browser.post(
        address(consultation, "add_comment"), sent(consultation, browser, **fields), follow=True
    )


def test_delegate_reads_the_text_with_a_link_to_comment_at_each_paragraph(
    asked_now: Consultation, delegate_a: Member, sign_in: Browser
) -> None:
    page = sign_in(delegate_a).get(address(asked_now)).content.decode()
    paragraphs = list(asked_now.revision.paragraphs.all())
    links = re.findall(r'href="[^"]*/comments/add/\?key=(\w*)"', page)
    assert links == ["", *(each.key for each in paragraphs)]
    assert "state times of common events" in page


def test_headings_are_commented_on_whole_and_not_by_their_words(
    asked_now: Consultation, delegate_a: Member, sign_in: Browser
) -> None:
    page = sign_in(delegate_a).get(address(asked_now)).text
    headings = {each.key for each in asked_now.revision.paragraphs.filter(role__in=["title", "heading"])}
    others = {each.key for each in asked_now.revision.paragraphs.all()} - headings
    assert headings
    assert set(re.findall(r'data-words="(\w+)"', page)) == others


def test_page_leads_who_writes_to_the_sheet_and_nobody_else(
    asked_now: Consultation, delegate_a: Member, editor: Member, sign_in: Browser
) -> None:
    sheets = [f'href="{address(asked_now, name)}"' for name in ("upload_sheet", "sheet")]
    pages = [sign_in(who).get(address(asked_now)).text for who in (delegate_a, editor)]
    assert [[sheet in page for sheet in sheets] for page in pages] == [[True, True], [False, False]]


def test_reading_the_page_is_remembered(
    asked_now: Consultation, delegate_a: Member, sign_in: Browser
) -> None:
    sign_in(delegate_a).get(address(asked_now))
    assert Reading.objects.get(member=delegate_a).revision == asked_now.revision


def test_page_says_until_when_what_it_was_before_and_who_submits(
    asked_now: Consultation, editor: Member, head_a: Member, delegate_a: Member, sign_in: Browser
) -> None:
    later = asked_now.closes_at + 7 * world.DAY
    extend(asked_now.recommendation, by=editor, closes_at=later, reason="A holiday.", now=timezone.now())
    page = words(sign_in(delegate_a).get(address(asked_now)))
    assert "Reason: A holiday." in page
    assert f"{later:%-d %B %Y}" in page
    assert f"{asked_now.closes_at:%-d %B %Y}" in page
    assert "Your agency's own deadline" in page.replace("&#x27;", "'")
    assert "Submits for DLR DLR, head of delegation" in page


@pytest.mark.parametrize("who", ["editor", "administrator", "chair", "head_b"])
def test_page_can_be_read_by_who_is_asked_or_leads(
    asked_now: Consultation, who: str, request: pytest.FixtureRequest, sign_in: Browser
) -> None:
    page = sign_in(request.getfixturevalue(who)).get(address(asked_now))
    assert "state times of common events" in words(page)


@pytest.mark.parametrize("who", ["observer_a", "former"])
def test_page_is_not_there_for_who_is_not_asked(
    asked_now: Consultation, who: str, request: pytest.FixtureRequest, sign_in: Browser
) -> None:
    answer = sign_in(request.getfixturevalue(who)).get(address(asked_now))
    assert (answer.status_code, "common events" in words(answer)) == (404, False)


def test_page_is_not_there_before_the_opening_but_for_the_secretariat(
    editor: Member, asked: list[Agency], delegate_a: Member, sign_in: Browser
) -> None:
    held = world.in_consultation(editor, asked, now=timezone.now(), hold=world.HOUR)
    assert sign_in(delegate_a).get(address(held)).status_code == 404
    assert "about to open" in words(sign_in(editor).get(address(held)))


def test_comment_written_in_the_form_stands_beside_its_paragraph(
    asked_now: Consultation, delegate_a: Member, sign_in: Browser
) -> None:
    page = words(add(asked_now, sign_in(delegate_a), quote="common events", to_text="joint events"))
    made = Comment.objects.get()
    assert (made.quote, made.agency.slug, made.author) == ("common events", "dlr", delegate_a)
    assert "Working note only DLR sees this" in page
    assert "Kept as a working note of your agency." in page


def test_form_is_filled_with_the_selected_words_and_shows_the_paragraph(
    asked_now: Consultation, delegate_a: Member, sign_in: Browser
) -> None:
    named = {"key": key_of(asked_now, "1"), "quote": "common  events", "prefix": "times of ", "suffix": " in"}
    page = sign_in(delegate_a).get(address(asked_now, "add_comment"), named)
    form = page.context["form"]
    shown = {name: form[name].value() for name in ("key", "quote", "from_text", "prefix", "suffix")}
    assert shown == {**named, "quote": "common events", "from_text": "common events"}
    assert "<mark>common events</mark>" in page.content.decode()


def test_form_says_when_the_selected_words_do_not_stand_there(
    asked_now: Consultation, delegate_a: Member, sign_in: Browser
) -> None:
    named = {"key": key_of(asked_now, "1"), "quote": "regolith"}
    page = sign_in(delegate_a).get(address(asked_now, "add_comment"), named)
    assert "do not stand in this paragraph" in words(page)


def test_comment_on_words_that_do_not_stand_there_is_kept_and_said(
    asked_now: Consultation, delegate_a: Member, sign_in: Browser
) -> None:
    page = words(add(asked_now, sign_in(delegate_a), quote="regolith"))
    assert Comment.objects.get().quote == ""
    assert "Your comment is kept, on the whole paragraph." in page


def test_the_same_form_sent_twice_adds_one_note(
    asked_now: Consultation, delegate_a: Member, sign_in: Browser
) -> None:
    browser = sign_in(delegate_a)
    fields = sent(asked_now, browser)
    for _ in range(2):
        browser.post(address(asked_now, "add_comment"), fields)
    assert Comment.objects.count() == 1


BAD = {
    "empty": {"text": " ", "to_text": ""},
    "long": {"text": "x" * 100_000},
    "nul": {"text": "a\x00b"},
    "odd key": {"key": "p1' OR 1=1"},
    "unknown key": {"key": "p999"},
    "nul key": {"key": "\x00"},
    "long quote": {"quote": "y" * 100_000},
    "long prefix": {"prefix": "z" * 100_000},
    "kind": {"kind": "shout"},
    "another's agency": {"agency": "0"},
    "odd agency": {"agency": "' --"},
}


@pytest.mark.parametrize("fields", BAD.values(), ids=list(BAD))
def test_odd_input_is_answered_with_a_sentence_and_kept_in_the_form(
    asked_now: Consultation, delegate_a: Member, sign_in: Browser, fields: dict[str, str]
) -> None:
    browser = sign_in(delegate_a)
    answer = browser.post(address(asked_now, "add_comment"), sent(asked_now, browser, **fields))
    assert answer.status_code == 422
    assert "Please correct this" in words(answer)
    assert not Comment.objects.exists()


def test_odd_names_in_the_address_change_nothing(
    asked_now: Consultation, delegate_a: Member, sign_in: Browser
) -> None:
    odd: dict[str, Any] = {
        "key": "\x00",
        "quote": "\ud800".encode("utf-8", "replace"),
        "prefix": "\x00" * 9,
        "for": "'",
    }
    page = sign_in(delegate_a).get(address(asked_now, "add_comment"), odd)
    assert page.context["form"]["text"].value() in (None, "")


def test_two_delegates_editing_one_note_the_second_sees_both_texts(
    asked_now: Consultation, delegate_a: Member, head_a: Member, dlr: Agency, sign_in: Browser
) -> None:
    made = note(asked_now, delegate_a, dlr)
    edit = address(asked_now, "edit_comment", made.pk)
    browser = sign_in(delegate_a)
    form = browser.get(edit).context["form"]
    edit_comment(made, by=head_a, version=1, text="The head's words.")
    fields = {name: form[name].value() for name in form.fields}
    answer = browser.post(edit, {**fields, "text": "The delegate's words."})
    assert answer.status_code == 409
    said = words(answer).replace("&#x27;", "'")
    assert "The head's words." in said
    assert "The delegate's words." in said


def test_edit_form_saves(asked_now: Consultation, delegate_a: Member, dlr: Agency, sign_in: Browser) -> None:
    made = note(asked_now, delegate_a, dlr, quote="common events")
    edit, browser = address(asked_now, "edit_comment", made.pk), sign_in(delegate_a)
    form = browser.get(edit).context["form"]
    browser.post(edit, {**{name: form[name].value() for name in form.fields}, "text": "Better words."})
    made.refresh_from_db()
    assert (made.text, made.quote, made.version) == ("Better words.", "common events", 2)


def test_remove_asks_and_removes(
    asked_now: Consultation, delegate_a: Member, dlr: Agency, sign_in: Browser
) -> None:
    made = note(asked_now, delegate_a, dlr)
    remove, browser = address(asked_now, "remove_comment", made.pk), sign_in(delegate_a)
    assert "Say it more plainly." in words(browser.get(remove))
    browser.post(remove, {"version": "1"})
    assert not Comment.objects.exists()


def test_remove_of_what_was_changed_meanwhile_shows_it_and_asks_again(
    asked_now: Consultation, delegate_a: Member, head_a: Member, dlr: Agency, sign_in: Browser
) -> None:
    made = note(asked_now, delegate_a, dlr)
    edit_comment(made, by=head_a, version=1, text="Keep this.")
    answer = sign_in(delegate_a).post(address(asked_now, "remove_comment", made.pk), {"version": "1"})
    assert (answer.status_code, "Keep this." in words(answer)) == (409, True)
    assert Comment.objects.exists()


def chosen(*notes: Comment) -> list[str]:
    return [f"{each.pk}:{each.version}" for each in notes]


def test_submit_shows_all_notes_then_what_stays_behind_then_submits(
    asked_now: Consultation, delegate_a: Member, head_a: Member, dlr: Agency, sign_in: Browser
) -> None:
    first, left = note(asked_now, delegate_a, dlr, "First."), note(asked_now, delegate_a, dlr, "Doubtful.")
    submit, browser = address(asked_now, "submit"), sign_in(head_a)
    page = words(browser.get(submit))
    assert "First." in page
    assert "Doubtful." in page
    asking = words(browser.post(submit, {"agency": "dlr", "note": chosen(first)}))
    assert "Submitting leaves 1 note behind Operative paragraph 1: Doubtful." in asking
    assert Comment.objects.notes().count() == 2
    answer = browser.post(submit, {"agency": "dlr", "note": chosen(first), "sure": "1"}, follow=True)
    done = words(answer)
    assert "1 comment submitted." in done
    assert "1 working note stays behind, with your agency only: Operative paragraph 1: Doubtful." in done
    assert list(Comment.objects.notes()) == [left]


def test_submit_hints_at_notes_that_say_the_same(
    asked_now: Consultation, delegate_a: Member, head_a: Member, dlr: Agency, sign_in: Browser
) -> None:
    note(asked_now, delegate_a, dlr, "Name the realisation of UTC.")
    note(asked_now, head_a, dlr, "name the realisation of UTC!")
    note(asked_now, head_a, dlr, "Something else altogether.")
    page = words(sign_in(head_a).get(address(asked_now, "submit")))
    assert page.count("Much like:") == 2


def test_submit_of_a_note_that_was_changed_shows_it_and_submits_nothing(
    asked_now: Consultation, delegate_a: Member, head_a: Member, dlr: Agency, sign_in: Browser
) -> None:
    made = note(asked_now, delegate_a, dlr)
    read = chosen(made)
    edit_comment(made, by=delegate_a, version=1, text="Quite different.")
    for sure in ({}, {"sure": "1"}):
        answer = sign_in(head_a).post(address(asked_now, "submit"), {"agency": "dlr", "note": read, **sure})
        assert answer.status_code == 409
        assert "Nothing was submitted yet" in words(answer)
        assert "Quite different." in words(answer)
    assert not Comment.objects.submitted().exists()


@pytest.mark.parametrize("odd", [[], ["x"], ["1:1:1"], ["9" * 40 + ":1"], ["\x00"]])
def test_submit_of_an_odd_choice_is_answered_with_a_sentence(
    asked_now: Consultation, head_a: Member, dlr: Agency, sign_in: Browser, odd: list[str]
) -> None:
    note(asked_now, head_a, dlr)
    answer = sign_in(head_a).post(address(asked_now, "submit"), {"agency": "dlr", "note": odd, "sure": "1"})
    assert (answer.status_code, "Please correct this" in words(answer)) == (422, True)


def test_submit_by_a_head_replaced_between_looking_and_pressing_is_refused(
    asked_now: Consultation, head_a: Member, dlr: Agency, sign_in: Browser
) -> None:
    made = note(asked_now, head_a, dlr)
    submit, browser = address(asked_now, "submit"), sign_in(head_a)
    assert browser.get(submit).status_code == 200
    Mandate.objects.filter(member=head_a).update(end=timezone.now().date())
    Mandate.objects.create(member=head_a, agency=dlr, role=Role.DELEGATE, start=timezone.now().date())
    answer = browser.post(submit, {"agency": "dlr", "note": chosen(made), "sure": "1"})
    assert answer.status_code == 403
    assert "Only the head of delegation or an alternate" in words(answer)
    assert not Comment.objects.submitted().exists()


def test_person_with_two_agencies_acts_for_one_at_a_time(
    asked_now: Consultation, delegate_a: Member, jaxa: Agency, dlr: Agency, sign_in: Browser
) -> None:
    Mandate.objects.create(member=delegate_a, agency=jaxa, role=Role.HEAD, start=PAST)
    note(asked_now, delegate_a, dlr, "Said for DLR.")
    theirs = note(asked_now, delegate_a, jaxa, "Said for JAXA.")
    browser = sign_in(delegate_a)
    pages = {slug: words(browser.get(address(asked_now), {"for": slug})) for slug in ("dlr", "jaxa")}
    assert ["Said for DLR." in pages["dlr"], "Said for JAXA." in pages["dlr"]] == [True, False]
    assert ["Said for DLR." in pages["jaxa"], "Said for JAXA." in pages["jaxa"]] == [False, True]
    form = browser.get(address(asked_now, "add_comment"), {"for": "jaxa"}).context["form"]
    assert form["agency"].value() in (jaxa, jaxa.pk)
    answer = browser.post(address(asked_now, "submit"), {"agency": "dlr", "note": chosen(theirs)})
    assert answer.status_code == 403


def test_withdraw_asks_and_withdraws(
    asked_now: Consultation, head_a: Member, dlr: Agency, sign_in: Browser
) -> None:
    [made] = hand_in(asked_now, head_a, note(asked_now, head_a, dlr)).submitted
    browser, page = sign_in(head_a), address(asked_now, "withdraw_comment", made.pk)
    assert "Withdraw comment DLR 1?" in words(browser.get(page))
    answer = browser.post(page, {"why": "Said twice."}, follow=True)
    assert "DLR 1 withdrawn" in words(answer)
    made.refresh_from_db()
    assert made.withdrawn_at is not None


@pytest.mark.parametrize("name", ["add_comment", "submit"])
def test_after_the_end_nothing_is_written_and_the_page_says_so(
    asked_now: Consultation, editor: Member, head_a: Member, dlr: Agency, sign_in: Browser, name: str
) -> None:
    note(asked_now, head_a, dlr, "Never submitted.")
    close(asked_now.recommendation, by=editor, reason="All have answered.")
    browser = sign_in(head_a)
    answer = browser.get(address(asked_now, name))
    assert (answer.status_code, "The consultation ended" in words(answer)) == (409, True)
    page = browser.get(address(asked_now))
    assert "The working notes were not submitted and stay with your agency." in words(page)
    assert "/comments/add/" not in page.content.decode()


def test_comment_sent_after_the_end_is_refused_and_not_kept(
    asked_now: Consultation, editor: Member, delegate_a: Member, sign_in: Browser
) -> None:
    browser = sign_in(delegate_a)
    fields = sent(asked_now, browser)
    close(asked_now.recommendation, by=editor, reason="All have answered.")
    answer = browser.post(address(asked_now, "add_comment"), fields)
    assert (answer.status_code, "The consultation ended" in words(answer)) == (409, True)
    assert not Comment.objects.exists()


def test_late_comments_are_announced_on_the_page_and_marked(
    editor: Member, asked: list[Agency], head_a: Member, dlr: Agency, sign_in: Browser
) -> None:
    over = world.closed(editor, asked, now=timezone.now() - world.DAY)
    until = timezone.now() + world.DAY
    accept_late(over.recommendation, by=editor, agency=dlr, until=until, reason="A holiday.")
    made = note(over, head_a, dlr, now=timezone.now())
    hand_in(over, head_a, made, now=timezone.now())
    page = words(sign_in(head_a).get(address(over)))
    assert "The secretariat accepts late comments of DLR" in page
    assert "DLR 1 late" in page


def test_others_comments_stand_beside_the_text_after_the_end_only(
    asked_now: Consultation,
    editor: Member,
    head_b: Member,
    jaxa: Agency,
    delegate_a: Member,
    sign_in: Browser,
) -> None:
    hand_in(asked_now, head_b, note(asked_now, head_b, jaxa, "Said by JAXA."))
    browser = sign_in(delegate_a)
    assert "Said by JAXA." not in words(browser.get(address(asked_now)))
    close(asked_now.recommendation, by=editor, reason="All have answered.")
    assert "Said by JAXA." in words(browser.get(address(asked_now)))


def test_what_became_of_a_comment_stands_beside_it_when_verdicts_are_released(
    asked_now: Consultation, editor: Member, head_a: Member, dlr: Agency, sign_in: Browser
) -> None:
    [made] = hand_in(asked_now, head_a, note(asked_now, head_a, dlr)).submitted
    close(asked_now.recommendation, by=editor, reason="All have answered.")
    Disposition.objects.create(comment=made, verdict=Verdict.NOTED, reason="For the next edition.")
    browser = sign_in(head_a)
    assert "For the next edition." not in words(browser.get(address(asked_now)))
    Consultation.objects.update(released_at=timezone.now())
    assert "Noted : For the next edition." in words(browser.get(address(asked_now)))


def test_earlier_consultation_can_still_be_read(
    editor: Member, asked: list[Agency], delegate_a: Member, sign_in: Browser
) -> None:
    before = timezone.now() - world.WEEKS - 2 * world.DAY
    first = world.in_consultation(editor, asked, now=before)
    world.rewritten(first.recommendation, editor, world.TEXT + "\n4. One more.\n")
    recommendation = world.again(first.recommendation)
    world.in_consultation(
        editor, asked, now=timezone.now() - dt.timedelta(minutes=1), recommendation=recommendation
    )
    browser = sign_in(delegate_a)
    assert "One more." in words(browser.get(address(first)))
    assert "One more." not in words(browser.get(address(first), {"revision": "1"}))
    assert browser.get(address(first), {"revision": "7"}).status_code == 404


def test_as_many_questions_for_thirty_comments_as_for_one(
    asked_now: Consultation,
    head_a: Member,
    dlr: Agency,
    sign_in: Browser,
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:
    browser = sign_in(head_a)
    hand_in(asked_now, head_a, note(asked_now, head_a, dlr))
    note(asked_now, head_a, dlr)
    browser.get(address(asked_now))  # the first reading is written down, later ones only update it
    with django_assert_max_num_queries(30) as few:
        browser.get(address(asked_now))
    hand_in(asked_now, head_a, *[note(asked_now, head_a, dlr, f"{each}") for each in range(30)])
    with django_assert_num_queries(len(few.captured_queries)):
        browser.get(address(asked_now))
