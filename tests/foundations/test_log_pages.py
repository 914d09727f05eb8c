"""The pages of mails and of the event log: for the secretariat, filtered, in constant queries."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from isecg import ROOT
from isecg.audit.models import Event
from isecg.audit.services import record
from isecg.audit.words import VERBS
from isecg.mail.models import Message
from members.models import Mandate, Member, Role

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]


@pytest.mark.parametrize("address", ["/mail/", "/log/", "/mail/1/"])
def test_page_is_for_the_secretariat_only(address: str, head_a: Member, sign_in: Make) -> None:
    page = sign_in(head_a).get(address)
    assert page.status_code == 403
    assert "Only the secretariat may do this." in page.text


def test_log_says_who_did_what_to_what_and_why(editor: Member, dlr: Any, sign_in: Make) -> None:
    record(by=editor, verb="add", what=dlr, why="Because <b>", changes={"country": ["DE", None]})
    page = sign_in(editor).get("/log/")
    assert "Secretariat, secretariat editor" in page.text
    assert "Country: DE → –" in page.text
    assert "Because &lt;b&gt;" in page.text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"who": "Secretariat"}, ["add", "join"]),
        ({"what": "join"}, ["join"]),
        ({"record": "DLR"}, ["add"]),
        ({"day": "1999-01-01"}, []),
        ({"who": "nobody"}, []),
    ],
)
def test_log_is_filtered(
    query: dict[str, str], shown: list[str], editor: Member, dlr: Any, sign_in: Make
) -> None:
    record(by=editor, verb="join", what=editor)
    record(by=editor, verb="add", what=dlr)
    page = sign_in(editor).get("/log/", query)
    assert [event.verb for event in page.context["page"]] == shown


@pytest.mark.parametrize("query", [{"day": "2024-02-30"}, {"who": "a\0"}, {"what": "x"}])
def test_log_with_a_filter_that_is_none_says_so(query: dict[str, str], editor: Member, sign_in: Make) -> None:
    page = sign_in(editor).get("/log/", query)
    assert page.status_code == 400
    assert 'role="alert"' in page.text


@pytest.mark.parametrize("number", ["0", "-1", "abc", "99999999999999999999", "\0"])
def test_log_of_an_odd_page_is_a_page(number: str, editor: Member, sign_in: Make) -> None:
    record(by=editor, verb="first", what=editor)
    assert "first" in sign_in(editor).get("/log/", {"page": number}).text


def test_mails_show_state_attempts_and_failure(make_mail: Make, editor: Member, sign_in: Make) -> None:
    mail = make_mail(subject="About something")
    Message.objects.filter(pk=mail.pk).update(state="refused", attempts=3, failure="The address is refused.")
    page = sign_in(editor).get("/mail/")
    assert "About something" in page.text
    assert "refused" in page.text
    assert "The address is refused." in page.text


def test_mails_are_filtered_by_address_and_state(make_mail: Make, editor: Member, sign_in: Make) -> None:
    make_mail(to="one@example.org")
    other = make_mail(to="two@example.org")
    Message.objects.filter(pk=other.pk).update(state="handed_over")
    browser = sign_in(editor)
    assert [m.to for m in browser.get("/mail/?to=ONE").context["page"]] == ["one@example.org"]
    assert [m.to for m in browser.get("/mail/?state=handed_over").context["page"]] == ["two@example.org"]
    assert browser.get("/mail/?state=flying").status_code == 400


def test_mail_never_shows_its_private_link(make_mail: Make, editor: Member, sign_in: Make) -> None:
    mail = make_mail(text="Click [[private-link]] now", private="https://portal/secret-door/")
    page = sign_in(editor).get(f"/mail/{mail.pk}/")
    assert "Click … now" in page.text
    assert "secret-door" not in page.text


def test_pages_ask_equally_much_for_one_and_for_thirty(
    make_mail: Make, editor: Member, sign_in: Make
) -> None:
    browser = sign_in(editor)
    counts = []
    for number in (1, 30):
        for each in range(number):
            record(by=editor, verb="look", what=make_mail(subject=f"{number} {each}"))
        with CaptureQueriesContext(connection) as queries:
            browser.get("/log/")
            browser.get("/mail/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


VERB = re.compile(r"""\bverb(?:: str)?=["'](\w+)["']""")


def test_every_verb_that_is_recorded_has_its_words() -> None:
    code = [path.read_text() for app in ("isecg", "agencies", "members", "reports") for path in sources(app)]
    recorded = {verb for text in code for verb in VERB.findall(text)} | {"edit"}
    assert len(recorded) > 30
    assert recorded <= set(VERBS)


def sources(app: str) -> Iterator[Path]:
    return (ROOT / app).rglob("*.py")


def test_log_is_read_in_plain_words_and_in_the_readers_language(
    editor: Member, dlr: Any, sign_in: Make
) -> None:
    record(by=None, verb="create", what=dlr, changes={"country": [None, "DE"]})
    page = sign_in(editor).get("/de/log/")
    assert "das Portal" in page.text
    assert "Agentur angelegt" in page.text
    assert "Land: – → DE" in page.text
    assert "the portal" not in page.text


def test_log_names_records_in_english_whoever_acts(editor: Member, dlr: Any) -> None:
    mandate = Mandate.objects.get(member=editor)
    with translation.override("de"):
        event = record(by=editor, verb="appoint", what=mandate, changes={"role": [None, Role.EDITOR.label]})
    assert event.record.endswith(": secretariat editor")
    assert event.changes == {"role": [None, "secretariat editor"]}


@pytest.mark.parametrize("changed", ["gone", [1, 2, 3], None, {"a": 1}])
def test_log_shows_what_no_model_knows_any_more(
    changed: Any, editor: Member, dlr: Any, sign_in: Make
) -> None:
    Event.objects.create(
        actor="Somebody",
        verb="forgot",
        record_type="old.thing",
        record="A thing",
        changes={"some_field": changed},
    )
    page = sign_in(editor).get("/log/")
    assert "forgot" in page.text
    assert "Some field" in page.text


def test_log_shows_days_and_instants_as_everywhere_else(
    head_a: Member, editor: Member, sign_in: Make
) -> None:
    changes = {"start": [None, "2026-11-03"], "end": ["x", None]}
    record(by=editor, verb="edit_mandate", what=Mandate.objects.get(member=head_a), changes=changes)
    record(
        by=editor,
        verb="edit_profile",
        what=head_a,
        changes={"joined_at": [None, "2026-11-03T14:02:01+00:00"]},
    )
    page = sign_in(editor).get("/log/")
    assert "→ 3 November 2026" in page.text
    assert "→ 2026-11-03 14:02 UTC" in page.text
    assert "x → –" in page.text
