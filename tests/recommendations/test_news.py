"""What the first page tells of recommendations."""

from typing import Any

from agencies.models import Agency
from members.models import Member
from tests.recommendations import world
from tests.recommendations.pages import words_of


def test_what_is_in_force_is_new(client: Any, editor: Member, asked: list[Agency], chair: Member) -> None:
    rec = world.issued(editor, asked, chair)
    assert f"Recommendation {rec}" in words_of(client.get("/"))


def test_what_was_withdrawn_is_told_as_withdrawn(
    client: Any, editor: Member, asked: list[Agency], chair: Member, administrator: Member
) -> None:
    rec = world.withdrawn(editor, asked, chair, administrator)
    page = words_of(client.get("/"))
    assert f"Recommendation withdrawn {rec}" in page
    assert page.count(str(rec)) == 1


def test_of_two_the_one_that_supersedes_is_new(
    client: Any, editor: Member, asked: list[Agency], chair: Member
) -> None:
    old = world.superseded(editor, asked, chair)
    page = words_of(client.get("/"))
    assert str(old.superseded_by) in page
    assert old.number not in page
