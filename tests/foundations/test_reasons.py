"""Why a job failed is told in the reader's language, whatever language the worker had."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext_noop, override

from isecg import jobs
from isecg.mail.models import Message
from isecg.pdf.errors import CannotRender
from isecg.pdf.sentences import in_words, said
from members.models import Member
from reports.models import AnnualReport, Rendering
from reports.pdf.errors import missing_photograph
from reports.services import editions

ENGLISH = "The file of a photograph is missing or has changed (a1b2); please upload it again."
GERMAN = "Die Datei einer Fotografie fehlt oder wurde verändert (a1b2)"


def cannot() -> CannotRender:
    """As `reports.pdf.errors` says it."""
    return missing_photograph("a1b2")


@pytest.fixture
def failed(report: AnnualReport, editor: Member) -> Rendering:
    """A rendering that ended while the worker spoke German."""
    wanted = editions.render(report, by=editor)
    claimed = Rendering.objects.claim(wanted.pk, timezone.now())
    assert claimed is not None
    with override("de"):
        claimed.fail(jobs.explain(cannot()))
    return Rendering.objects.get(pk=wanted.pk)


@pytest.fixture
def report(db: None) -> AnnualReport:
    return AnnualReport.objects.create(year=2025, period_start="2025-01-01")


@pytest.mark.parametrize(("language", "words"), [("en", ENGLISH), ("de", GERMAN)])
def test_a_failure_is_read_in_the_language_of_the_reader(
    failed: Rendering, language: str, words: str
) -> None:
    with override(language):
        assert Rendering.objects.get(pk=failed.pk).failure.startswith(words)


def test_the_workshop_tells_it_in_the_language_of_the_page(
    failed: Rendering, editor: Member, sign_in: Callable[[Member | None], Client]
) -> None:
    client = sign_in(editor)
    assert ENGLISH in client.get("/reports/2025/workshop/").content.decode()
    assert GERMAN in client.get("/de/reports/2025/workshop/").content.decode()


@pytest.mark.parametrize(
    "error", [MemoryError(), ZeroDivisionError(), cannot()], ids=lambda error: type(error).__name__
)
def test_every_reason_has_its_german(error: BaseException) -> None:
    sentence = jobs.explain(error)
    assert isinstance(sentence, dict)
    with override("de"):
        assert in_words(sentence) != sentence["msgid"] % sentence["holes"]


def test_plain_words_stay_as_they_are() -> None:
    field: Any = Message._meta.get_field("failure")
    assert field.from_db_value(field.get_prep_value("Refused."), None, None) == "Refused."
    told = field.get_prep_value(said(gettext_noop("It took longer than a worker may take.")))
    with override("en"):
        assert field.from_db_value(told, None, None) == "It took longer than a worker may take."
