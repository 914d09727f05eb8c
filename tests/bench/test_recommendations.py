"""How often the comment table asks the database, with 20 comments and with 2,000, and how long it takes."""

import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from members.models import Member
from recommendations.models import Comment, Consultation, Disposition, Verdict
from tests.recommendations import world

Browser = Callable[[Member | None], Client]
MOST = 20  # queries of the page
VERDICTS = [Verdict.ACCEPTED, Verdict.NOTED, Verdict.NOTED, None]


@pytest.fixture
def over(editor: Member, make_agency: Callable[..., Agency]) -> Consultation:
    """Over since yesterday, of eleven agencies."""
    agencies = [make_agency(f"A{number:02}") for number in range(11)]
    return world.closed(editor, agencies, now=timezone.now() - world.DAY)


def fill(over: Consultation, numbers: range) -> None:
    """Comments all over the text, three of four decided."""
    agencies = list(over.agencies.all())
    keys = ["", *over.revision.paragraphs.values_list("key", flat=True)]
    made = [
        Comment(
            consultation=over,
            agency=agencies[number % len(agencies)],
            number=number,
            submitted_at=over.opens_at,
            key=keys[number % len(keys)],
            text=f"Comment {number} says something about this paragraph and why it should read otherwise.",
            from_text="agencies",
            to_text=f"agencies {number % 50}",
        )
        for number in numbers
    ]
    Comment.objects.bulk_create(made)
    decided = [(each, VERDICTS[number % 4]) for number, each in zip(numbers, made, strict=True)]
    Disposition.objects.bulk_create(
        Disposition(comment=each, verdict=verdict, reason="So.") for each, verdict in decided if verdict
    )


def measured(browser: Client, address: str) -> tuple[int, float]:
    """(queries, seconds) of one page."""
    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        assert "Comments and what became of them" in browser.get(address).text
    return len(asked), time.perf_counter() - begun


def test_comment_table(over: Consultation, editor: Member, sign_in: Browser) -> None:
    browser = sign_in(editor)
    address = reverse("recommendations:comments", args=[over.recommendation.number])
    fill(over, range(1, 21))
    measured(browser, address)
    few, quick = measured(browser, address)
    fill(over, range(21, 2001))
    many, slow = measured(browser, address)
    print(f"\ncomment table: {few} queries, {quick:.2f} s with 20; {many} queries, {slow:.2f} s with 2,000")
    assert many == few < MOST
