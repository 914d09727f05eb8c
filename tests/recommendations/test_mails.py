"""What the mails about a recommendation say: what happened, the reason, the deadline, one link, why."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from agencies.models import Agency
from isecg.deadlines import end_of, say
from isecg.mail.models import Message
from members.models import Member
from recommendations.emails import KINDS
from recommendations.models import Recommendation
from recommendations.services import consultations, issues, silence
from tests.recommendations import world
from tests.recommendations.world import DAY, HOUR, START

pytestmark = pytest.mark.django_db

CLOSES = end_of(dt.date(2026, 3, 20))
OF_STEPS = sorted(
    set(KINDS) - {name for name in KINDS if name.startswith(("comment", "verdicts", "response"))}
)

REASONS = [
    ("circulated", "Please *read* <all> of it."),
    ("extended", "Easter & more."),
    ("closed", "All have answered."),
    ("late_accepted", "A storm."),
    ("abandoned", "No longer needed."),
    ("silence_started", "Once more."),
    ("objected", "Too vague."),
    ("objection_withdrawn", "Explained."),
    ("concluded", "Too vague."),
    ("recommendation_superseded", "A later text."),
    ("recommendation_withdrawn", "A mistake."),
]


@pytest.fixture(params=["en", "de"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def told(
    language: str,
    editor: Member,
    administrator: Member,
    chair: Member,
    head_a: Member,
    delegate_a: Member,
    dlr: Agency,
    asked: list[Agency],
) -> dict[str, Message]:
    """A mail of every kind that steps write, from stories in which each step was taken."""
    Member.objects.update(language=language)
    for story in (_asking, _silence, _ends):
        story(editor, administrator, chair, head_a, dlr, asked)
    return {mail.kind: mail for mail in Message.objects.order_by("-pk")}


def _asking(editor: Member, _admin: Any, _chair: Any, _head: Any, dlr: Agency, asked: list[Agency]) -> None:
    rec = world.in_consultation(
        editor, asked, closes_at=CLOSES, words="Please *read* <all> of it."
    ).recommendation
    consultations.extend(
        rec, by=editor, closes_at=CLOSES + 7 * DAY, reason="Easter & more.", now=START + HOUR
    )
    consultations.close(rec, by=editor, reason="All have answered.", now=START + DAY)
    consultations.accept_late(
        rec, by=editor, agency=dlr, until=CLOSES, reason="A storm.", now=START + 2 * DAY
    )
    issues.abandon(rec, by=editor, reason="No longer needed.", now=START + 3 * DAY)


def _silence(
    editor: Member, _admin: Any, _chair: Any, head: Member, dlr: Agency, asked: list[Agency]
) -> None:
    rec = world.under_silence(editor, asked, words="Once more.").recommendation
    silence.object_to(rec, by=head, agency=dlr, reason="Too soon.", now=START + HOUR)
    silence.withdraw_objection(rec, by=head, agency=dlr, reason="Explained.", now=START + 2 * HOUR)
    silence.object_to(rec, by=head, agency=dlr, reason="Too vague.", now=START + 3 * HOUR)
    silence.conclude(rec, by=editor, now=START + DAY)


def _ends(editor: Member, admin: Member, chair: Member, _head: Any, _dlr: Any, asked: list[Agency]) -> None:
    old = world.superseded(editor, asked, chair)
    assert old.superseded_by
    issues.withdraw(old.superseded_by, by=admin, reason="A mistake.", now=START + DAY)


def parts(mail: Message) -> Iterator[str]:
    yield from (mail.subject, mail.text, mail.html)


def test_every_kind_is_written_by_some_step(told: dict[str, Message]) -> None:
    assert set(OF_STEPS) <= set(told)


def test_mails_are_whole_sentences_in_the_readers_language(told: dict[str, Message], language: str) -> None:
    for kind in OF_STEPS:
        mail = told[kind]
        assert mail.language == language
        assert "Times of common events" in mail.subject
        assert mail.html.count("<p>") >= 4
        for part in parts(mail):
            assert not re.search(r"\bNone\b|\{\{|\{%|  \n\n\n", part), kind


def test_every_mail_says_why_it_comes_and_leads_to_one_page(told: dict[str, Message]) -> None:
    for kind in OF_STEPS:
        links = re.findall(rf"{settings.SITE_URL}(?:/de)?/recommendations/\S+", told[kind].text)
        assert len(links) == 1, kind
        assert f'href="{links[0]}"' in told[kind].html
        words = told[kind].text.split("\n-- \n")[1]
        if told[kind].language == "en":
            assert words.startswith("You get this mail because"), kind


def test_a_mail_carries_the_reason_as_it_was_typed(told: dict[str, Message]) -> None:
    for kind, reason in REASONS:
        rows = Message.objects.filter(kind=kind)
        assert any(reason in mail.text for mail in rows), kind
        escaped = reason.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        assert any(escaped in mail.html for mail in rows), kind


def test_deadlines_are_said_by_the_one_formatter(editor: Member, head_a: Member, asked: list[Agency]) -> None:
    rec = world.in_consultation(editor, asked, closes_at=CLOSES, inner_at=CLOSES - 2 * DAY).recommendation
    consultations.extend(rec, by=editor, closes_at=CLOSES + 7 * DAY, reason="Easter.", now=START + HOUR)
    circulated, extended = (Message.objects.get(kind=kind).text for kind in ("circulated", "extended"))
    assert f"until {say(CLOSES)}." in circulated
    assert f"by {say(CLOSES - 2 * DAY)}:" in circulated
    assert f"is open longer: until {say(CLOSES + 7 * DAY)}." in extended
    assert f"Before, it was open until {say(CLOSES)}." in extended


def test_an_agreement_is_told_without_objections(
    editor: Member, head_a: Member, asked: list[Agency], chair: Member
) -> None:
    world.agreed(editor, asked)
    text = Message.objects.get(kind="concluded", to=head_a.email).text
    assert "is agreed." in text
    assert "Objections that stood" not in text


def test_mail_about_an_objection_leads_to_the_procedure(
    editor: Member, head_a: Member, head_b: Member, dlr: Agency, asked: list[Agency]
) -> None:
    rec: Recommendation = world.under_silence(editor, asked).recommendation
    silence.object_to(rec, by=head_a, agency=dlr, reason="Too soon.", now=START + HOUR)
    mail = Message.objects.get(kind="objected", to=head_b.email)
    assert mail.subject.startswith("Objection of DLR: ")
    assert f"/recommendations/{rec.number}/silence/" in mail.text
