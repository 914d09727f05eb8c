"""Nobody outside an agency learns of its working notes: not by words, by numbers, by addresses, by a count,
nor by an answer that differs from the one about nothing.

A marker stands in every field of an agency's notes. Every address of the portal is then asked as everybody
else, whatever it serves (new addresses are found by themselves), and must answer to the letter as it did
before the notes were written.
"""

import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import pypdf
import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from agencies.models import Agency
from isecg.audit.models import Event
from isecg.mail.models import Message
from members.models import Member
from recommendations.models import Comment, Consultation
from recommendations.services.consultations import close
from tests.access.world import every_address
from tests.recommendations.commenting import hand_in, key_of, note
from tests.recommendations.world import DAY, HOUR, START, WEEKS

MARKER = "quagga-canary"
OUTSIDE = ["delegate_b", "head_b", "observer_a", "editor", "administrator", "chair", "former", "stranger"]
# Who goes through every address: one for each set of rights. A head reads all that a delegate does, an
# administrator all that an editor does; which rows each of them sees is asked of everybody.
WALKING = ["head_b", "observer_a", "administrator", "chair", "former", "stranger"]
UNGUESSED = 999_999_999_999
# What a page says anew each time it is asked, whoever asks.
FRESH = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"'
    r"|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|/prints/\d+/"
)
# Apps whose pages could know of comments, and the pages that gather from all; new ones among them are found
# by themselves. Agencies cannot (the order of imports), accounts say secrets that are drawn anew each time.
ASKED = {"recommendations", "members", "audit", "mail", "home", "desk"}
STAGES = {"open": START + DAY, "over": START + WEEKS + DAY}
# What is asked when the consultation is over, and of whom: the pages and the readers for whom that differs.
AFTERWARDS = {"recommendations", "home", "desk"}
AFTER_ALL = ["head_b", "administrator", "chair"]
WALKS = [*((who, "open") for who in WALKING), *((who, "over") for who in AFTER_ALL)]


@dataclass
class Said:
    """The answer of an address, as text: also what stands inside of sheets, documents and PDFs."""

    status: int
    text: str


@pytest.fixture
def shared(
    consultation: Consultation, head_a: Member, head_b: Member, dlr: Agency, jaxa: Agency, chair: Member
) -> Consultation:
    """An open consultation in which both agencies have submitted something, so that pages have content."""
    for head, agency in ((head_a, dlr), (head_b, jaxa)):
        hand_in(consultation, head, note(consultation, head, agency, f"Said by {agency}."))
    note(consultation, head_b, jaxa, "A note of JAXA.")
    return consultation


def plant(consultation: Consultation, by: Member, agency: Agency) -> list[Comment]:
    """Notes of the agency with the marker wherever words can stand."""
    everywhere = dict.fromkeys(("text", "from_text", "to_text", "reason"), f"It says {MARKER}.")
    places = [
        {"key": ""},
        {"quote": "common events"},
        {"key": key_of(consultation, "3"), "kind": "editorial"},
    ]
    return [note(consultation, by, agency, **everywhere, **place) for place in places * 2]


def addresses(
    consultation: Consultation, pk: int, apps: Collection[str] = ASKED
) -> Iterator[tuple[str, str]]:
    """(name, address) of everything: `pk` stands wherever an address has an identity in it."""
    known = {
        "number": consultation.recommendation.number,
        "revision": 1,
        "pk": pk,
        "day": "2026-03-03",
        "slug": "dlr",
        "year": 2026,
        "code": "WP-01",
        "form": "bib",
    }
    for name, pattern in every_address().items():
        if name.partition(":")[0] not in apps:
            continue
        needed = pattern.pattern.converters
        if name.startswith("recommendations:"):
            unknown = set(needed) - set(known)
            assert not unknown, f"{name}: say above what stands for {unknown}"
        given = {each: known.get(each, pk) for each in needed}
        try:
            yield name, reverse(name, kwargs=given)
        except NoReverseMatch:
            assert not name.startswith("recommendations:"), name


def walk(
    client: Client, consultation: Consultation, pk: int, stage: str = "open", apps: Collection[str] = ASKED
) -> dict[str, Said]:
    """What every address answers at that stage; whatever the question changed is rolled back."""
    with time_machine.travel(STAGES[stage], tick=False):
        return {name: ask(client, at, "get") for name, at in addresses(consultation, pk, apps)}


def naming(client: Client, consultation: Consultation, pk: int, method: str) -> dict[str, Said]:
    """What every address answers in which `pk` stands."""
    with time_machine.travel(STAGES["open"], tick=False):
        asked = [(name, at) for name, at in addresses(consultation, pk) if str(pk) in at]
        return {name: ask(client, at, method) for name, at in asked}


def ask(client: Client, address: str, method: str) -> Said:
    kept = dict(client.cookies)
    with transaction.atomic():
        answer = getattr(client, method)(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(kept)
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items() if name in TELLING)
    return Said(answer.status_code, FRESH.sub("", headers + "\n" + text_of(body)))


TELLING = ("Location", "ETag", "Last-Modified", "Content-Length", "Content-Disposition")


def text_of(body: bytes) -> str:
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    if body.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    return body.decode(errors="replace")


@pytest.fixture
def browsers(request: pytest.FixtureRequest, sign_in: Callable[[Member | None], Client]) -> dict[str, Client]:
    """A browser of each of WALKING, by the name of who is signed in."""
    people = {who: request.getfixturevalue(who) for who in WALKING if who != "stranger"}
    return {who: sign_in(people.get(who)) for who in WALKING}


def test_notes_change_nothing_for_anybody_outside(
    browsers: dict[str, Client], shared: Consultation, delegate_a: Member, dlr: Agency
) -> None:
    """One world for all: what takes the time is asking for everything."""

    def everything() -> dict[tuple[str, str, str], Said]:
        return {
            (who, stage, name): said
            for who, stage in WALKS
            for name, said in walk(
                browsers[who], shared, UNGUESSED, stage, ASKED if stage == "open" else AFTERWARDS
            ).items()
        }

    before = everything()
    notes = plant(shared, delegate_a, dlr)
    after = everything()
    assert {where: said for where, said in after.items() if said != before[where]} == {}
    assert [where for where, said in after.items() if MARKER in said.text] == []
    assert [where for where, said in after.items() for note in notes if str(note.pk) in said.text] == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_notes_address_answers_as_one_of_nothing(
    browsers: dict[str, Client], shared: Consultation, delegate_a: Member, dlr: Agency, method: str
) -> None:
    hidden, *_others = plant(shared, delegate_a, dlr)
    sizes = re.compile(r"Content-Length: \d+")  # the identity itself may be echoed, and has its length
    for who, browser in browsers.items():
        real = naming(browser, shared, hidden.pk, method)
        nothing = naming(browser, shared, UNGUESSED, method)
        assert real.keys() == nothing.keys()
        for name, said in real.items():
            unnamed = said.text.replace(str(hidden.pk), "")
            answer = nothing[name].text.replace(str(UNGUESSED), "")
            assert (said.status, sizes.sub("", unnamed)) == (nothing[name].status, sizes.sub("", answer)), (
                who,
                name,
            )


def test_the_marker_is_there_to_leak(
    shared: Consultation, delegate_a: Member, dlr: Agency, sign_in: Callable[[Member], Client]
) -> None:
    [first, *_others] = plant(shared, delegate_a, dlr)
    said = walk(sign_in(delegate_a), shared, first.pk, apps={"recommendations"})
    found = {name for name, answer in said.items() if MARKER in answer.text}
    own = {"consultation", "edit_comment", "remove_comment"}
    assert {f"recommendations:{name}" for name in own} <= found


def test_notes_are_in_no_mail_and_no_event(
    shared: Consultation, delegate_a: Member, head_a: Member, dlr: Agency, editor: Member
) -> None:
    """Neither while they are written nor when others of the agency are submitted and it goes on."""
    [taken, *_left] = plant(shared, delegate_a, dlr)
    before = Event.objects.count(), Message.objects.count()
    plant(shared, head_a, dlr)
    assert (Event.objects.count(), Message.objects.count()) == before
    hand_in(shared, head_a, taken)
    close(shared.recommendation, by=editor, reason="All have answered.", now=START + 3 * HOUR)
    told = [f"{mail.subject}{mail.text}{mail.html}" for mail in Message.objects.all()]
    logged = [f"{event.record}{event.why}{event.changes}" for event in Event.objects.all()]
    assert [words for words in [*told, *logged] if MARKER in words] == []


@pytest.mark.parametrize("who", OUTSIDE)
def test_notes_are_outside_every_queryset_of_others(
    who: str, shared: Consultation, delegate_a: Member, dlr: Agency, request: pytest.FixtureRequest
) -> None:
    reader = None if who == "stranger" else request.getfixturevalue(who)
    hidden = {each.pk for each in plant(shared, delegate_a, dlr)}
    for now in (START + DAY, START + WEEKS, START + 99 * WEEKS):
        seen = set(Comment.objects.visible_to(reader, now).values_list("pk", flat=True))
        assert not seen & hidden


def test_numbers_of_an_agency_have_no_gap_where_notes_stand(
    shared: Consultation, delegate_a: Member, head_a: Member, dlr: Agency, head_b: Member, jaxa: Agency
) -> None:
    [taken, *_left] = plant(shared, delegate_a, dlr)[::-1]
    made = [
        *hand_in(shared, head_a, taken).submitted,
        *hand_in(shared, head_b, note(shared, head_b, jaxa)).submitted,
    ]
    assert [(str(each.agency), each.number) for each in made] == [("DLR", 2), ("JAXA", 2)]
