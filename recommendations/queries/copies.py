"""Which text a copy that somebody holds is of: found by its code, or by the checksum of its file."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from isecg.codes import read_code
from recommendations.models import Issue, Print, Recommendation
from recommendations.queries.prints import visible_revision
from recommendations.queries.steps import issue_of


def issue_by_code(typed: str, now: dt.datetime) -> Issue | None:
    """What was issued under a code, however that was typed; None for what is not public."""
    code = read_code(typed)
    if code is None:
        return None
    year, number, _signs = code.split("-")
    issue = _public(Recommendation.objects.filter(number=f"{year}-{int(number):02}").first(), now)
    return issue if issue and read_code(issue.code) == code else None


def issued_file(sha256: str, now: dt.datetime) -> Print | None:
    """The PDF of an issued text with this checksum; None where it is not public, or was recalled before."""
    for found in _texts(sha256, "issued"):
        issue = _public(found.recommendation, now)
        if issue and issue.sha256 == found.content["sha256"]:
            return found
    return None


def draft_file(sha256: str, reader: Any, now: dt.datetime) -> Print | None:
    """The PDF of a revision with this checksum, for those who may read that revision."""
    for found in _texts(sha256, "draft"):
        if visible_revision(found.recommendation, reader, found.content["revision"], now):
            return found
    return None


def _texts(sha256: str, status: str) -> Iterable[Print]:
    """The same file may have been made for several readers."""
    prints: Any = Print.objects  # typed as jobs in general
    rows = prints.filter(sha256=sha256.lower(), what=Print.What.TEXT, content__status=status)
    return rows.select_related("recommendation")


def _public(recommendation: Recommendation | None, now: dt.datetime) -> Issue | None:
    return issue_of(recommendation) if recommendation and recommendation.is_public(now) else None
