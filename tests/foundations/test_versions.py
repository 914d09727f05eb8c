"""Lost updates are refused: 409 with both texts, nothing overwritten; sent again on purpose it is saved."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from agencies.models import Agency
from isecg.versions import Stale, change, lock, store
from members.models import Member

pytestmark = pytest.mark.django_db


def posted(**fields: Any) -> dict[str, Any]:
    return {"name": "Mine", "language": "en", "version": 1, **fields}


@pytest.fixture
def stale(delegate_a: Member, sign_in: Callable[..., Any]) -> tuple[Any, Any]:
    """A browser whose form is older than the record, and the answer it got."""
    browser = sign_in(delegate_a)
    Member.objects.filter(pk=delegate_a.pk).update(name="Theirs", version=2)
    return browser, browser.post("/profile/", posted())


def test_stale_form_gets_both_texts_and_overwrites_nothing(
    stale: tuple[Any, Any], delegate_a: Member
) -> None:
    _browser, page = stale
    assert page.status_code == 409
    assert "Theirs" in page.text
    assert "Mine" in page.text
    delegate_a.refresh_from_db()
    assert (delegate_a.name, delegate_a.version) == ("Theirs", 2)


def test_stale_form_names_only_the_fields_that_differ(stale: tuple[Any, Any]) -> None:
    _browser, page = stale
    assert [row["label"] for row in page.context["rows"]] == ["Name"]


def test_stale_form_sent_again_on_purpose_is_saved(stale: tuple[Any, Any], delegate_a: Member) -> None:
    browser, page = stale
    answer = browser.post("/profile/", dict(page.context["again"]))
    assert answer.status_code == 302
    delegate_a.refresh_from_db()
    assert (delegate_a.name, delegate_a.version) == ("Mine", 3)


def test_stale_form_sent_again_without_the_new_version_is_refused_again(stale: tuple[Any, Any]) -> None:
    browser, _page = stale
    assert browser.post("/profile/", posted()).status_code == 409


@pytest.mark.parametrize("version", ["", "one", "\0", "1.5"])
def test_form_without_a_version_is_refused(
    version: str, delegate_a: Member, sign_in: Callable[..., Any]
) -> None:
    page = sign_in(delegate_a).post("/profile/", posted(version=version))
    assert page.status_code == 422
    delegate_a.refresh_from_db()
    assert delegate_a.name != "Mine"


def test_change_says_what_changed_and_counts_up(dlr: Agency) -> None:
    with transaction.atomic():
        current, changes = change(dlr, version=1, country="FR", website="")
    assert changes == {"country": ["DE", "FR"]}
    assert current.version == 2


def test_change_of_nothing_leaves_the_version(dlr: Agency) -> None:
    with transaction.atomic():
        current, changes = change(dlr, version=1, country="DE")
    assert (current.version, changes) == (1, {})


def test_change_writes_only_the_fields_named(dlr: Agency) -> None:
    Agency.objects.filter(pk=dlr.pk).update(about="Written meanwhile by a job")
    with transaction.atomic():
        change(dlr, version=1, country="FR")
    dlr.refresh_from_db()
    assert (dlr.about, dlr.country) == ("Written meanwhile by a job", "FR")


def test_change_against_a_rule_is_said_and_not_stored(dlr: Agency) -> None:
    with pytest.raises(ValidationError), transaction.atomic():
        change(dlr, version=1, country="nowhere")
    dlr.refresh_from_db()
    assert (dlr.country, dlr.version) == ("DE", 1)


def test_lock_of_an_old_version_tells_what_stands_now(dlr: Agency) -> None:
    Agency.objects.filter(pk=dlr.pk).update(country="FR", version=2)
    with pytest.raises(Stale) as caught, transaction.atomic():
        lock(dlr, 1)
    assert caught.value.current.country == "FR"  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_change_by_ten_at_once_is_saved_for_one(dlr: Agency) -> None:
    together = Barrier(10)

    def edit(number: int) -> bool:
        connection.ensure_connection()
        together.wait()
        try:
            with transaction.atomic():
                change(dlr, version=1, about=f"Number {number}")
        except Stale:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(edit, range(10))) == 1
    dlr.refresh_from_db()
    assert dlr.version == 2


@pytest.mark.django_db(transaction=True)
def test_store_of_what_two_break_together_is_a_sentence_for_the_second(db: None) -> None:
    together = Barrier(4)

    def add(_number: int) -> bool:
        together.wait()
        try:
            with transaction.atomic():
                store(Agency(slug="same"))
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(add, range(4))) == 1
    assert Agency.objects.count() == 1
