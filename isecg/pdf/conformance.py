"""Whether a finished PDF may stand: PDF/A-3a and PDF/UA-1 by a validator, and how it reads aloud.

`examine` looks at a file once, in a worker, and its answer is kept with the file. What cannot be checked
here (no Java) is said as such and is no failure.
"""

import io
import logging
from typing import TypedDict

import page
import pikepdf
from django.utils.translation import gettext as _

from isecg.pdf import reading, verapdf

log = logging.getLogger(__name__)
NAMES = {"pdf-a": "PDF/A-3a", "pdf-ua": "PDF/UA-1"}
OTHERS = {"pdf-a": "3a", "pdf-ua": "ua1"}
SHOWN = 5


class Check(TypedDict):
    """A row of `Copy.checks`; `passed` is None where it could not be found out."""

    check: str
    passed: bool | None
    words: str


def examine(pdf: bytes) -> list[Check]:
    """All checks of a finished PDF, in the order they are told. Takes seconds; changes nothing."""
    return [*_standards(pdf), *_read_aloud(pdf)]


def failed(checks: list[Check]) -> list[str]:
    """The sentences of those that did not pass."""
    return [check["words"] for check in checks if check["passed"] is False]


def not_checked(checks: list[Check]) -> list[str]:
    """The sentences of those that could not be checked."""
    return [check["words"] for check in checks if check["passed"] is None]


def _standards(pdf: bytes) -> list[Check]:
    try:
        found = verapdf.validate(pdf)
    except verapdf.CannotValidate as error:
        log.warning("veraPDF did not check a PDF: %s", error)
        return [*(_not_validated(key) for key in NAMES), *(_by_another(pdf, key) for key in NAMES)]
    return [_validated(key, found[key]) for key in NAMES]


def _validated(key: str, result: verapdf.Result) -> Check:
    if not result.failed:
        words = _("%(name)s: veraPDF asked %(count)s rules, and the file breaks none.")
        return Check(check=key, passed=True, words=words % {"name": NAMES[key], "count": result.rules})
    told = [f"{each.rule} ({each.times}×): {each.words}" for each in result.failed]
    words = _("The file breaks %(count)s rules of %(name)s. %(rules)s")
    return Check(
        check=key,
        passed=False,
        words=words % {"count": len(told), "name": NAMES[key], "rules": _some(told)},
    )


def _not_validated(key: str) -> Check:
    words = _("%(name)s was not checked by veraPDF: this machine has no Java, or it did not come to an end.")
    return Check(check=key, passed=None, words=words % {"name": NAMES[key]})


def _by_another(pdf: bytes, key: str) -> Check:
    """The validator that needs no Java: it agreed with veraPDF on every file of ours that was tried."""
    name = {"name": NAMES[key]}
    try:
        report = page.validate_pdf_bytes(pdf, profile=OTHERS[key])
    except page.PageError as error:
        words = _("%(name)s: the file could not be read by the second validator. %(error)s")
        return Check(check=f"{key}-again", passed=False, words=words % {**name, "error": error})
    told = [each.message for each in report.failures]
    if not told:
        words = _("%(name)s: a second validator found nothing wrong.")
        return Check(check=f"{key}-again", passed=True, words=words % name)
    words = _("%(name)s: a second validator found faults. %(rules)s")
    return Check(check=f"{key}-again", passed=False, words=words % {**name, "rules": _some(told)})


def _read_aloud(pdf: bytes) -> list[Check]:
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            found = reading.findings(document)
    except pikepdf.PdfError:
        return [Check(check="structure", passed=False, words=_("The PDF that was written cannot be opened."))]
    if found and found[0].check not in reading.CHECKS:
        return [Check(check=found[0].check, passed=False, words=found[0].words)]
    told = {key: [each.words for each in found if each.check == key] for key in reading.CHECKS}
    return [
        Check(check=key, passed=not words, words=_some(words) or str(reading.CHECKS[key][0]))
        for key, words in told.items()
    ]


def _some(sentences: list[str]) -> str:
    """The first of many sentences."""
    more = len(sentences) - SHOWN
    if more > 0:
        return " ".join([*sentences[:SHOWN], _("And %(count)s more.") % {"count": more}])
    return " ".join(sentences)
