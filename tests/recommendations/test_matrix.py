"""Recommendations by agencies: what was released, for everybody; no sums, no ranking."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import Agency
from members.models import Member
from recommendations.models import Recommendation, Response
from tests.recommendations import world

MATRIX, FILE = "/recommendations/matrix/", "/recommendations/matrix/responses.csv"
NOW = timezone.now()


def state(to: Recommendation, agency: Agency, answer: str = "supports", **fields: Any) -> Response:
    """A released answer, as a row: what it takes to get there is tested where answers are."""
    aspect = "stance" if answer in ("supports", "in_part", "takes_note") else "follow_through"
    named = {"day": dt.date(2026, 4, 1), "submitted_at": NOW, "released_at": NOW, "aspect": aspect}
    return Response.objects.create(recommendation=to, agency=agency, answer=answer, **{**named, **fields})


@pytest.fixture
def table(client: Any) -> Any:
    return lambda: " ".join(client.get(MATRIX).content.decode().split())


@pytest.fixture
def rows(client: Any) -> Any:
    """The file as dictionaries."""

    def read() -> list[dict[str, str]]:
        text = client.get(FILE).content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    return read


def test_matrix_without_anything_says_so(table: Any, db: None) -> None:
    assert "No recommendation has been issued yet" in table()


def test_matrix_shows_both_facts_with_words(table: Any, issued: Recommendation, dlr: Agency) -> None:
    state(issued, dlr)
    state(issued, dlr, "under_way")
    found = table()
    assert "<span>supports</span>" in found
    assert "<span>under way</span>" in found
    assert f"/recommendations/{issued.number}/responses/" in found


def test_matrix_has_every_member_and_says_where_nothing_was_stated(
    table: Any, issued: Recommendation, dlr: Agency, jaxa: Agency
) -> None:
    found = table()
    assert found.count('<span class="only-heard">no statement</span>') == 3  # DLR, JAXA, and the chair's ASI


@pytest.mark.parametrize(
    "fields",
    [
        {"released_at": None},
        {"released_at": None, "submitted_at": None},
        {"released_at": None, "public": False},
        {"retracted_at": NOW, "retraction_reason": "A slip."},
    ],
)
def test_matrix_shows_only_what_was_released_even_to_administrators(
    sign_in: Any, administrator: Member, issued: Recommendation, dlr: Agency, fields: dict[str, Any]
) -> None:
    state(issued, dlr, text="SECRETWORDS", **fields)
    browser = sign_in(administrator)
    before_legend, _, _legend = browser.get(MATRIX).content.decode().partition('id="legend"')
    assert "<span>supports</span>" not in before_legend
    assert "SECRETWORDS" not in browser.get(FILE).content.decode()


def test_matrix_shows_the_newest_answer(table: Any, rows: Any, issued: Recommendation, dlr: Agency) -> None:
    state(issued, dlr, "supports", day=dt.date(2026, 4, 1))
    state(issued, dlr, "in_part", day=dt.date(2026, 5, 1))
    found, _, _legend = table().partition('id="legend"')
    assert "<span>supports in part</span>" in found
    assert "<span>supports</span>" not in found
    assert [row["Answer"] for row in rows()] == ["supports in part"]


def test_matrix_shows_an_old_answer_grey_and_says_so(
    table: Any, rows: Any, issued: Recommendation, dlr: Agency
) -> None:
    state(issued, dlr, valid_until=dt.date(2026, 5, 1))
    found, _, _legend = table().partition('id="legend"')
    assert "answer-mark--old" in found
    assert "stated in 2026, not reconfirmed" in found
    assert rows()[0]["Reconfirmed"] == "no"


def test_matrix_leaves_out_what_is_not_issued(
    table: Any, editor: Member, asked: list[Agency], issued: Recommendation
) -> None:
    draft = world.agreed(editor, asked)
    assert draft.number not in table()
    assert issued.number in table()


def test_matrix_says_what_no_longer_counts(
    table: Any, editor: Member, asked: list[Agency], chair: Member
) -> None:
    world.superseded(editor, asked, chair)
    assert "superseded" in table()


def test_matrix_counts_and_ranks_nothing(table: Any, issued: Recommendation, dlr: Agency) -> None:
    state(issued, dlr)
    assert "%" not in table()
    assert "badge--bad" not in table()


def test_file_has_the_same_answers_as_the_table(
    rows: Any, issued: Recommendation, dlr: Agency, jaxa: Agency
) -> None:
    state(issued, dlr, text="Since 2019.", link="https://www.dlr.de/")
    state(issued, jaxa, "planned", valid_until=dt.date(2099, 1, 1))
    found = rows()
    assert [(row["Agency"], row["About"], row["Answer"]) for row in found] == [
        ("DLR", "stance", "supports"),
        ("JAXA", "follow-through", "planned"),
    ]
    assert found[0]["In the agency's words"] == "Since 2019."
    assert found[1]["Valid until"] == "2099-01-01"


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_file_holds_no_formulas(rows: Any, issued: Recommendation, dlr: Agency, words: str) -> None:
    state(issued, dlr, text=words)
    assert rows()[0]["In the agency's words"].startswith("'")


@pytest.mark.parametrize("address", [MATRIX, FILE])
def test_matrix_asks_the_database_as_often_for_one_as_for_thirty(
    client: Any, issued: Recommendation, make_agency: Any, address: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        return len(caught)

    state(issued, make_agency("ONE"))
    one = queries()
    for number in range(29):
        state(issued, make_agency(f"N{number}"))
    assert queries() == one
