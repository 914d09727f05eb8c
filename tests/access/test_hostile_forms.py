"""Every form of the portal is sent what nobody means to send, and fields that it does not have."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import models, transaction
from django.forms import BaseForm, FileField, HiddenInput
from django.test import Client
from django.urls import reverse

from tests.access.table import TABLE

MARKUP = "<script>alert(1)</script> \u202etxt.exe =1+1\r\nBcc: a@example.org"
EVERYWHERE = {
    "no letters": "nul \x00 and half a letter \ud800",
    "a megabyte": "x" * 1_000_000,
    "a number": "9" * 30,
    "below nothing": "-1",
    "nothing": "",
}
ANSWERS = {200, 302, 400, 403, 404, 409, 413, 422}
Values = dict[str, Any]


@pytest.fixture
def browser(world: Any, sign_in: Any) -> Client:
    client = sign_in(world.people["administrator"])
    client.raise_request_exception = False
    return client


def forms(browser: Client, world: Any) -> Iterator[tuple[str, BaseForm]]:
    """The address and the form of every page that has one."""
    for name, address in TABLE.items():
        if address.get and address.post:
            path = reverse(name, args=address.args(world))
            page = browser.get(path)
            form = page.context and page.context.get("form")
            if page.status_code == 200 and isinstance(form, BaseForm):
                yield path, form


def as_shown(form: BaseForm) -> Values:
    """What a browser would send if nothing was typed."""
    named = {form.add_prefix(name): form[name].value() for name in form.fields}
    sent = {name: [getattr(each, "pk", each) for each in _many(value)] for name, value in named.items()}
    return {name: values for name, values in sent.items() if values and name not in _files(form)}


def _many(value: Any) -> list[Any]:
    found = list(value) if isinstance(value, list | tuple | set | models.QuerySet) else [value]
    return [each for each in found if each is not None and each is not False]


def _files(form: BaseForm) -> set[str]:
    return {form.add_prefix(name) for name, field in form.fields.items() if isinstance(field, FileField)}


def send(browser: Client, path: str, values: Values) -> Any:
    """As a hostile browser does: half letters are sent as bytes. What it changes is undone by `untouched`."""
    body = urlencode(values, doseq=True, errors="surrogatepass")
    return browser.post(path, body, content_type="application/x-www-form-urlencoded")


@contextmanager
def untouched(browser: Client) -> Iterator[None]:
    """What happens inside is undone, also who is signed in."""
    cookies = dict(browser.cookies)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        browser.cookies.clear()
        browser.cookies.update(cookies)


def attempts(form: BaseForm) -> Iterator[tuple[str, Values]]:
    shown = as_shown(form)
    names = [form.add_prefix(name) for name in form.fields]
    for name in names:
        yield f"markup as {name}", {**shown, name: MARKUP}
    for kind, words in EVERYWHERE.items():
        typed = {name for name in names if not isinstance(form.fields[name].widget, HiddenInput)}
        yield f"{kind} everywhere", {**shown, **dict.fromkeys(typed, words)}


def test_hostile_words_in_any_field_get_an_answer_and_are_never_run(browser: Client, world: Any) -> None:
    wrong, tried = {}, 0
    for path, form in list(forms(browser, world)):
        for what, values in attempts(form):
            with untouched(browser):
                response = send(browser, path, values)
                if response.status_code == 302 and not response["Location"].startswith("/accounts/"):
                    response = browser.get(response["Location"])
            tried += 1
            if response.status_code not in ANSWERS or b"<script>alert" in response.content:
                wrong[f"{path}: {what}"] = response.status_code
    assert wrong == {}
    assert tried > 250


def test_fields_that_a_form_does_not_have_change_nothing(browser: Client, world: Any) -> None:
    wrong, tried = {}, 0
    for path, form in list(forms(browser, world)):
        record = getattr(form, "instance", None)
        if record is None or record.pk is None:
            continue
        forged = {name: _other(value) for name, value in _columns(record).items() if name not in form.fields}
        honest, response = outcome(browser, path, as_shown(form), record)
        hostile, _same = outcome(browser, path, {**forged, **as_shown(form)}, record)
        tried += 1
        if hostile != honest or response.status_code not in ANSWERS:
            wrong[path] = (honest, hostile)
    assert wrong == {}
    assert tried > 10


def outcome(browser: Client, path: str, values: Values, record: models.Model) -> tuple[Values, Any]:
    """What the record holds after the form was sent, and the answer."""
    with untouched(browser):
        response = send(browser, path, values)
        return _columns(record), response


def _columns(record: models.Model) -> Values:
    return dict(type(record)._default_manager.filter(pk=record.pk).values().get())


def _other(value: Any) -> Any:
    return {True: "", False: "on", None: "1"}.get(value, 7) if not isinstance(value, str) else "forged"
