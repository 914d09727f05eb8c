"""Error pages: the reason in a sentence, and a way out."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.utils import translation

from isecg import errors
from isecg.access import WrongMoment


@pytest.fixture
def request_of(db: None) -> Any:
    request: Any = RequestFactory().get("/somewhere/")
    request.user = AnonymousUser()
    with translation.override("en"):
        yield request


def test_unknown_address_says_so_and_leads_home(client: Client, db: None) -> None:
    response = client.get("/there-is-no-such-page/")
    page = response.content.decode()
    assert response.status_code == 404
    assert "<h1>Page not found</h1>" in page
    assert "The address may be mistyped" in page
    assert 'href="/"' in page


def test_unknown_address_in_german_is_a_german_page(client: Client, db: None) -> None:
    assert '<html lang="de"' in client.get("/de/there-is-no-such-page/").content.decode()


def test_denied_says_the_reason_of_the_permission(request_of: Any) -> None:
    response = errors.denied(request_of, PermissionDenied("Only the head of delegation can submit."))
    assert response.status_code == 403
    assert "Only the head of delegation can submit." in response.content.decode()


def test_denied_stranger_is_offered_to_sign_in(request_of: Any) -> None:
    assert 'href="/accounts/login/"' in errors.denied(request_of, PermissionDenied()).content.decode()


def test_wrong_moment_shows_the_way_out(request_of: Any) -> None:
    error = WrongMoment("The report is published already.", ("Look at it", "/reports/2024/"))
    response = errors.wrong_moment(request_of, error)
    assert response.status_code == 409
    assert "The report is published already." in response.content.decode()
    assert '<a class="button button--primary" href="/reports/2024/"' in response.content.decode()


def test_bad_request_is_a_page(request_of: Any) -> None:
    response = errors.bad_request(request_of, SuspiciousOperation())
    assert response.status_code == 400
    assert "This request cannot be understood" in response.content.decode()


def test_our_own_fault_needs_neither_database_nor_session(
    request_of: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = errors.broken(request_of)
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/agencies/", "The portal cannot answer right now"),
        ("/de/desk/", "Das Portal kann gerade nicht antworten"),
    ],
)
def test_database_that_is_away_is_said_and_stored_nowhere(
    path: str, words: str, head_a: Any, sign_in: Any
) -> None:
    def away(*args: Any) -> None:
        raise OperationalError("the connection is lost")

    browser = sign_in(head_a)
    browser.raise_request_exception = False
    with connection.execute_wrapper(away):
        response = browser.get(path)
    assert response.status_code == 503
    assert words in response.content.decode()
    assert (response["Retry-After"], response["Cache-Control"]) == ("10", "no-store")


def test_form_with_an_old_token_says_that_nothing_was_saved(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@example.org"})
    assert response.status_code == 403
    assert "Nothing was saved." in response.content.decode()


def test_odd_characters_in_an_address_are_a_page_not_found(client: Client, db: None) -> None:
    for path in ("/agencies/%00/", "/reports/99999999999999999999/", "/work-plan/%ff/"):
        assert client.get(path).status_code == 404
