"""The working of a number in the browser: definition, rows, what counts otherwise today; for whom."""

import csv
import datetime as dt
import hashlib
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agencies.models import Agency
from members.models import Member
from reports import figures
from reports.models import AnnualReport, Edition, Highlight, Snapshot, State
from reports.snapshot import SCHEMA

Browser = Callable[[Member | None], Client]
ALL = "/reports/2025/figures/"
ONE = f"{ALL}highlights/"


def text(answer: object) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())  # type: ignore[attr-defined]


@pytest.fixture
def public(edition: Edition, walk: Callable[..., AnnualReport]) -> Edition:
    """The first edition, published."""
    walk(edition.report, State.PUBLISHED)
    return edition


@pytest.fixture
def stranger(sign_in: Browser) -> Client:
    return sign_in(None)


def test_a_figure_shows_definition_rows_and_day(public: Edition, stranger: Client) -> None:
    page = text(stranger.get(ONE))
    assert "Highlights whose day lies in the period" in page
    assert "Landing zanzibar-canary" in page
    assert "2 March 2025" in page
    assert "Counted for edition 1 from the records of" in page
    assert public.snapshot.sha256 in page


def test_every_figure_has_a_page_and_stands_in_the_list(public: Edition, stranger: Client) -> None:
    page = text(stranger.get(ALL))
    for name in figures.FIGURES:
        assert f'href="{ALL}{name}/?edition=1"' in page
    for name in ("members", "work_items", "progress_entries", "goals", "goals_met", "chairs", "meetings"):
        assert figures.FIGURES[name].label in text(stranger.get(f"{ALL}{name}/"))


def test_records_corrected_since_are_said_with_the_rows(
    public: Edition, editor: Member, dlr: Agency, sign_in: Browser
) -> None:
    Highlight.objects.create(agency=dlr, day=dt.date(2025, 9, 9), title="Added since", text="x")
    Highlight.objects.filter(title__startswith="Landing").update(title="Renamed since")
    page = text(sign_in(editor).get(ONE))
    assert "The records were corrected since: now 2 instead of 1." in page
    assert page.index("Counted then, and not now") < page.index("Landing zanzibar-canary")
    assert page.index("Counted now, and not then") < page.index("Added since")
    assert "1 figure counts otherwise today" not in text(sign_in(editor).get(ALL))  # members with one, too


def test_rows_that_are_not_public_yet_are_not_shown_to_strangers(
    public: Edition, dlr: Agency, stranger: Client
) -> None:
    Highlight.objects.create(agency=dlr, day=dt.date(2025, 9, 9), title="Added since", text="x")
    page = text(stranger.get(ONE))
    assert "now 2 instead of 1" in page
    assert "Added since" not in page
    assert "shown when a corrected edition is published" in page


def test_a_number_that_stays_while_its_rows_change_is_said(public: Edition, stranger: Client) -> None:
    Highlight.objects.update(title="Renamed since")
    assert "still 1, but of other rows" in text(stranger.get(ONE))


def test_differing_is_empty_when_nothing_changed(public: Edition) -> None:
    assert figures.differing(public) == []


def test_differing_names_a_planted_figure(public: Edition) -> None:
    """Which no hand can plant in the database: the snapshot is frozen and hashed."""
    content = json.loads(json.dumps(public.snapshot.content))
    next(row for row in content["figures"] if row["name"] == "members")["value"] = 28
    public.snapshot = Snapshot(report=public.report, content=content, sha256=public.snapshot.sha256)
    found = {each.figure.name: each for each in figures.differing(public)}
    assert (found["members"].printed, found["members"].itself) == (28, True)


def test_csv_and_json_say_the_same_rows(public: Edition, stranger: Client) -> None:
    told = stranger.get(f"{ALL}highlights.json").json()
    assert told["value"] == 1
    assert told["edition"] == 1
    assert told["snapshot"] == public.snapshot.sha256
    table = list(csv.reader(io.StringIO(stranger.get(f"{ALL}highlights.csv").content.decode("utf-8-sig"))))
    assert table == [told["columns"], *[[row[key] for key in told["columns"]] for row in told["rows"]]]


@pytest.mark.parametrize(
    "address",
    [
        f"{ALL}nothing/",
        f"{ALL}nothing.csv",
        f"{ALL}nothing.json",
        f"{ONE}?edition=2",
        f"{ONE}?edition=now",
        f"{ONE}?edition=%00",
        f"{ONE}?edition=99999999999999999999",
        f"{ONE}?edition=-1",
        f"{ONE}?edition=²",
        "/reports/2031/figures/",
        "/reports/2025/edition-2.json",
        "/reports/2025/compare/?from=9",
        "/reports/2025/compare/?to=now",
        "/reports/2025/compare/?from=%00&to=1",
    ],
)
def test_what_there_is_not_answers_that_there_is_no_page(
    public: Edition, stranger: Client, address: str
) -> None:
    assert stranger.get(address).status_code == 404


PAGES = (ALL, ONE, f"{ALL}highlights.csv", f"{ALL}highlights.json", "/reports/2025/edition-1.json")


@pytest.mark.parametrize("address", [*PAGES, "/reports/2025/compare/"])
def test_a_report_in_the_making_is_the_secretariats(
    edition: Edition, editor: Member, head_a: Member, sign_in: Browser, address: str
) -> None:
    answers = [sign_in(who).get(address).status_code for who in (editor, head_a, None)]
    assert answers == [200, 404, 404]


@pytest.mark.parametrize("address", [*PAGES, "/reports/2025/compare/"])
def test_a_draft_that_goes_round_is_the_delegations_too(
    edition: Edition, walk: Callable[..., AnnualReport], head_a: Member, sign_in: Browser, address: str
) -> None:
    walk(edition.report, State.CONFIRMING)
    answers = [sign_in(who).get(address).status_code for who in (head_a, None)]
    assert answers == [200, 404]


def test_before_an_edition_the_secretariat_counts_the_records(
    report: AnnualReport, highlight: Highlight, editor: Member, sign_in: Browser
) -> None:
    page = text(sign_in(editor).get(ONE))
    assert "Counted now, from the records as they are" in page
    assert "Landing zanzibar-canary" in page


def test_a_draft_inside_its_agency_is_counted_nowhere(
    report: AnnualReport, highlight: Highlight, editor: Member, sign_in: Browser
) -> None:
    Highlight.objects.update(inside_agency=True)
    page = text(sign_in(editor).get(ONE))
    assert "zanzibar-canary" not in page
    assert "Nothing was counted" in page


# the data


def test_the_edition_s_data_has_the_checksum_it_prints(public: Edition, stranger: Client) -> None:
    data = stranger.get("/reports/2025/edition-1.json").content
    assert hashlib.sha256(data).hexdigest() == public.snapshot.sha256


def test_the_schema_has_an_address(db: None, stranger: Client) -> None:
    answer = stranger.get("/reports/snapshot.schema.json")
    assert answer.headers["Content-Type"] == "application/schema+json"
    assert answer.content == SCHEMA.read_bytes()


# two editions


def test_compare_says_in_words_what_changed(
    public: Edition, remake: Callable[[str], Edition], editor: Member, sign_in: Browser
) -> None:
    Highlight.objects.update(text="It landed, at last.")
    remake("Another word before.")
    page = text(sign_in(editor).get("/reports/2025/compare/?from=1&to=2"))
    assert "From edition 1 to edition 2" in page
    assert "Highlight “Landing zanzibar-canary” of DLR" in page
    assert "Foreword, cover and frame" in page
    assert re.search(r"<ins>.*?Another.*?</ins>", page)
    assert "highlights[" not in page


def test_compare_by_default_holds_the_newest_against_the_one_before(
    public: Edition, remake: Callable[[str], Edition], editor: Member, sign_in: Browser
) -> None:
    remake("Another word before.")
    context: Any = sign_in(editor).get("/reports/2025/compare/?to=2").context
    assert (context["old"].edition.number, context["new"].edition.number) == (1, 2)


def test_compare_with_the_records_now_is_the_secretariats(
    public: Edition, editor: Member, sign_in: Browser
) -> None:
    client = sign_in(editor)
    assert "They say the same" in text(client.get("/reports/2025/compare/?from=1&to=now"))
    Highlight.objects.update(title="Renamed since")
    assert "Renamed since" in text(client.get("/reports/2025/compare/?from=1&to=now"))


def test_compare_of_an_edition_that_is_not_published_is_no_strangers(
    public: Edition, remake: Callable[[str], Edition], stranger: Client
) -> None:
    remake("Another word before.")
    assert stranger.get("/reports/2025/compare/?from=1&to=2").status_code == 404
    assert stranger.get("/reports/2025/compare/").status_code == 200


@pytest.mark.parametrize("address", [*PAGES, "/reports/2025/compare/"])
def test_addresses_of_a_withdrawn_report_say_that_it_was_withdrawn(
    public: Edition, editor: Member, sign_in: Browser, address: str
) -> None:
    AnnualReport.objects.update(
        state=State.WITHDRAWN, withdrawn_at=timezone.now(), withdrawal_reason="A wrong figure."
    )
    answer = sign_in(None).get(address)
    assert answer.status_code == 410
    assert "A wrong figure." in text(answer)
    assert sign_in(editor).get(address).status_code == 200
