"""Whether a finished PDF may stand: PDF/A-3a and PDF/UA-1 by a validator, and how it reads aloud.

`examine` looks at a file once, in a worker, and its answer is kept with the file. What cannot be checked
here (no Java) is said as such and is no failure.
"""

import io
import logging
from collections.abc import Sequence
from typing import TypedDict

import page
import pikepdf
from django.utils.translation import gettext_noop as _

from isecg.pdf import reading, verapdf
from isecg.pdf.sentences import Words, in_words, said

log = logging.getLogger(__name__)
NAMES = {"pdf-a": "PDF/A-3a", "pdf-ua": "PDF/UA-1"}
OTHERS = {"pdf-a": "3a", "pdf-ua": "ua1"}
SHOWN = 5


class Check(TypedDict):
    """A row of `Copy.checks`; `passed` is None where it could not be found out.

    Its words are stored as `isecg.pdf.sentences` says, or as plain text in rows that are older than those.
    """

    check: str
    passed: bool | None
    words: Words | list[Words]


def examine(pdf: bytes) -> list[Check]:
    """All checks of a finished PDF, in the order they are told. Takes seconds; changes nothing."""
    return [*_standards(pdf), *_read_aloud(pdf)]


def told(check: Check) -> str:
    """What came of a check, in the language that is active now."""
    return in_words(check["words"])


def _standards(pdf: bytes) -> list[Check]:
    try:
        found = verapdf.validate(pdf)
    except verapdf.CannotValidate as error:
        log.warning("veraPDF did not check a PDF: %s", error)
        return [*(_not_validated(key) for key in NAMES), *(_by_another(pdf, key) for key in NAMES)]
    return [_validated(key, found[key]) for key in NAMES]


def _validated(key: str, result: verapdf.Result) -> Check:
    name = NAMES[key]
    if not result.failed:
        words = _("%(name)s: veraPDF asked %(count)s rules, and the file breaks none.")
        return Check(check=key, passed=True, words=said(words, name=name, count=result.rules))
    broken: list[Words] = [f"{each.rule} ({each.times}×): {each.words}" for each in result.failed]
    words = _("The file breaks %(count)s rules of %(name)s. %(rules)s")
    return Check(
        check=key, passed=False, words=said(words, count=len(broken), name=name, rules=_some(broken))
    )


def _not_validated(key: str) -> Check:
    words = _("%(name)s was not checked by veraPDF: this machine has no Java, or it did not come to an end.")
    return Check(check=key, passed=None, words=said(words, name=NAMES[key]))


def _by_another(pdf: bytes, key: str) -> Check:
    """The validator that needs no Java: it agreed with veraPDF on every file of ours that was tried."""
    check, name = f"{key}-again", NAMES[key]
    try:
        report = page.validate_pdf_bytes(pdf, profile=OTHERS[key])
    except page.PageError as error:
        words = _("%(name)s: the file could not be read by the second validator. %(error)s")
        return Check(check=check, passed=False, words=said(words, name=name, error=str(error)))
    faults: list[Words] = [each.message for each in report.failures]
    if not faults:
        words = _("%(name)s: a second validator found nothing wrong.")
        return Check(check=check, passed=True, words=said(words, name=name))
    words = _("%(name)s: a second validator found faults. %(rules)s")
    return Check(check=check, passed=False, words=said(words, name=name, rules=_some(faults)))


def _read_aloud(pdf: bytes) -> list[Check]:
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            found = reading.findings(document)
    except pikepdf.PdfError:
        words = said(_("The PDF that was written cannot be opened."))
        return [Check(check="structure", passed=False, words=words)]
    if found and found[0].check not in reading.CHECKS:
        return [Check(check=found[0].check, passed=False, words=found[0].words)]
    return [
        _heard(key, title, [each.words for each in found if each.check == key])
        for key, (title, _check) in reading.CHECKS.items()
    ]


def _heard(key: str, title: str, found: Sequence[Words]) -> Check:
    return Check(check=key, passed=not found, words=_some(found) or said(title))


def _some(sentences: Sequence[Words]) -> list[Words]:
    """The first of many sentences."""
    more = len(sentences) - SHOWN
    return [*sentences[:SHOWN], *([said(_("And %(count)s more."), count=more)] if more > 0 else [])]
