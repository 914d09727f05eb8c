"""Wanting PDFs."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from isecg.canonical import Content
from recommendations.models import Print, Recommendation
from recommendations.pdf.key import content_key
from recommendations.queries import prints as queries
from recommendations.queries.steps import issue_of


@transaction.atomic
def want(
    recommendation: Recommendation, what: str, content: Content, *, reader: Any | None, language: str
) -> Print:
    """The print of this content; a worker hears of a new one when this commits.

    `content` is all that goes into it, as the reader may see it (`recommendations.queries.prints`). `reader`
    is None where everybody who sees the page may have the file. The one that exists for the same content is
    returned, be it waiting, under way, ready or failed: two clicks make one. Whether the reader may have it
    is the view's question, asked again at each download.
    """
    key = content_key(what, content, language)
    rows: Any = Print.objects.filter(content_key=key, reader=reader)
    if found := rows.first():
        return found
    return _make(recommendation, what, content, reader=reader, language=language, key=key)


@transaction.atomic
def want_again(failed: Print) -> Print:
    """A new print for one that failed; the failed row stays. One that did not fail is returned as it is."""
    if failed.state != Print.FAILED:
        return failed
    key = content_key(failed.what, failed.content, failed.language)
    others: Any = Print.objects.filter(content_key=key, reader=failed.reader).exclude(state=Print.FAILED)
    if found := others.first():
        return found
    return _make(
        failed.recommendation,
        failed.what,
        failed.content,
        reader=failed.reader,
        language=failed.language,
        key=key,
    )


def want_issued(recommendation: Recommendation) -> list[Print]:
    """The PDFs of an issued text in every language, so that they are ready before anybody asks. Called in
    the transaction of the step that issues, supersedes or withdraws."""
    issue = issue_of(recommendation)
    if issue is None:
        return []
    content = queries.text_of(issue, recommendation)
    return [
        want(recommendation, Print.What.TEXT, content, reader=None, language=code)
        for code, _name in settings.LANGUAGES
    ]


def _make(recommendation: Recommendation, what: str, content: Content, *, key: str, **fields: Any) -> Print:
    try:
        with transaction.atomic():
            return Print.objects.want(
                recommendation=recommendation, what=what, content=content, content_key=key, **fields
            )
    except IntegrityError:  # somebody else's click came first; the constraint is the judge
        same: Any = Print.objects.filter(content_key=key, reader=fields["reader"]).exclude(state=Print.FAILED)
        return same[0]
