"""Wanting, publishing and withdrawing a report never talks to the broker, not even after the commit."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from members.models import Member
from reports.models import AnnualReport, Edition, Highlight, Rendering, State
from tests.foundations.test_broker import calls  # noqa: F401 -- a fixture
from tests.reports.pressing import press


@pytest.fixture
def browser(administrator: Member, sign_in: Callable[..., Client]) -> Client:
    return sign_in(administrator)


def test_render_without_a_broker(
    report: AnnualReport,
    highlight: Highlight,
    browser: Client,
    calls: list[Any],  # noqa: F811
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/reports/2025/render/")
    assert Rendering.objects.get().state == "queued"
    assert calls == []


def test_publish_and_withdraw_without_a_broker(
    edition: Edition,
    head_a: Member,
    walk: Callable[..., AnnualReport],
    browser: Client,
    calls: list[Any],  # noqa: F811
    django_capture_on_commit_callbacks: Any,
) -> None:
    walk(edition.report, State.APPROVED)
    states = []
    words: dict[str, dict[str, str]] = {"publish/1/": {}, "withdraw/": {"reason": "A wrong figure."}}
    for address, fields in words.items():
        with django_capture_on_commit_callbacks(execute=True):
            press(browser, f"/reports/2025/{address}", **fields)
            browser.post("/reports/2025/send-now/")
        states.append(AnnualReport.objects.get().state)
    assert states == ["published", "withdrawn"]
    assert calls == []
