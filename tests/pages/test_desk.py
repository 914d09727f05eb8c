"""What needs me: by deadline, each row with its one next action."""

import datetime as dt
from typing import Any

import pytest

from isecg import home
from isecg.needs import Need, by_deadline

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


def need(words: str, deadline: Any = None) -> Need:
    return Need(deadline, words, "Do it", f"/{words}/")


def test_needs_come_by_deadline_and_those_without_one_last() -> None:
    rows = [need("never"), need("later", dt.date(2026, 4, 1)), need("sooner", NOW)]
    found = by_deadline([lambda member, now: rows[:2], lambda member, now: rows[2:]], None, NOW)
    assert [str(row.words) for row in found] == ["sooner", "later", "never"]


@pytest.mark.parametrize(
    ("deadline", "late"),
    [
        (None, False),
        (dt.date(2026, 3, 9), True),
        (dt.date(2026, 3, 10), False),  # a day passes at its end
        (NOW - dt.timedelta(seconds=1), True),
        (NOW + dt.timedelta(seconds=1), False),
    ],
)
def test_need_is_late_once_its_deadline_has_passed(deadline: Any, late: bool) -> None:
    assert need("x", deadline).is_late(NOW) is late


def test_desk_shows_each_need_with_one_button(sign_in: Any, head_a: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(home, "SOURCES", [lambda member, now: [need("Confirm", dt.date(2020, 2, 1))]])
    page = sign_in(head_a).get("/desk/").content.decode()
    assert "1 February 2020" in page
    assert "overdue" in page
    assert 'href="/Confirm/"' in page


def test_desk_with_nothing_to_do_says_so_kindly(sign_in: Any, observer_a: Any) -> None:
    assert "Nothing waits for you" in sign_in(observer_a).get("/desk/").content.decode()


def test_desk_shows_the_roles_that_hold_today(sign_in: Any, head_a: Any, former: Any) -> None:
    page = " ".join(sign_in(head_a).get("/desk/").content.decode().split())
    assert '<strong>Head of delegation</strong>, <a href="/agencies/dlr/">DLR</a>' in page
    assert "You hold no role today." in sign_in(former).get("/desk/").content.decode()


def test_desk_tells_the_secretariat_that_rights_wait_for_the_second_factor(
    sign_in: Any, editor: Any, settings: Any
) -> None:
    settings.SECOND_FACTOR_FOR_SECRETARIAT = True
    assert 'href="/accounts/2fa/"' in sign_in(editor).get("/desk/").content.decode()


def test_desk_sends_strangers_to_sign_in(client: Any, db: None) -> None:
    assert client.get("/desk/")["Location"] == "/accounts/login/?next=/desk/"
