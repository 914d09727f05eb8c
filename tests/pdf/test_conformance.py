"""What is found of a finished PDF, with Java and without, in words that people understand."""

import json
import subprocess
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from django.utils.translation import override

from isecg.pdf import conformance, reading, verapdf
from isecg.pdf.conformance import Check, examine, told
from isecg.pdf.sentences import in_words
from tests.pdf.conftest import Spoil, elements

ALL = [*conformance.NAMES, *reading.CHECKS]


def bytes_of(pdf: pikepdf.Pdf) -> bytes:
    import io

    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def by_key(checks: list[Check]) -> dict[str, Check]:
    return {check["check"]: check for check in checks}


def without_words(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Figure")[0].Alt


def without_fonts(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        described = font.DescendantFonts[0].FontDescriptor
        for key in ("/FontFile2", "/FontFile3"):
            if key in described:
                del described[key]


def test_a_good_document_passes_everything(sealed: bytes, java: None) -> None:
    checks = examine(sealed)
    assert [check["check"] for check in checks] == ALL
    assert {check["passed"] for check in checks} == {True}
    assert told(checks[0]) == "PDF/A-3a: veraPDF asked 155 rules, and the file breaks none."
    assert told(checks[1]) == "PDF/UA-1: veraPDF asked 106 rules, and the file breaks none."


def test_without_java_the_rest_is_checked_and_it_is_said_what_was_not(sealed: bytes) -> None:
    checks = by_key(examine(sealed))
    assert checks["pdf-a"]["passed"] is None
    assert "was not checked by veraPDF" in told(checks["pdf-a"])
    assert checks["pdf-a-again"]["passed"] is checks["pdf-ua-again"]["passed"] is True
    assert {checks[key]["passed"] for key in reading.CHECKS} == {True}
    assert [key for key, check in checks.items() if check["passed"] is None] == ["pdf-a", "pdf-ua"]
    assert [key for key, check in checks.items() if check["passed"] is False] == []


def test_a_picture_without_words_is_found_thrice(spoilt: Callable[[Spoil], pikepdf.Pdf], java: None) -> None:
    checks = by_key(examine(bytes_of(spoilt(without_words))))
    assert checks["pdf-ua"]["passed"] is checks["figures"]["passed"] is False
    assert "7.3-1 (1×)" in told(checks["pdf-ua"])
    assert "has no alternative text" in told(checks["figures"])


def test_without_java_a_picture_without_words_is_found_too(spoilt: Callable[[Spoil], pikepdf.Pdf]) -> None:
    checks = by_key(examine(bytes_of(spoilt(without_words))))
    assert checks["pdf-ua-again"]["passed"] is checks["figures"]["passed"] is False


def test_a_font_that_is_not_inside(spoilt: Callable[[Spoil], pikepdf.Pdf]) -> None:
    checks = by_key(examine(bytes_of(spoilt(without_fonts))))
    assert checks["pdf-a-again"]["passed"] is checks["pdf-ua-again"]["passed"] is False
    assert "font program is not embedded" in told(checks["pdf-a-again"])


def test_veraPDF_names_a_font_that_is_not_inside(spoilt: Callable[[Spoil], pikepdf.Pdf], java: None) -> None:
    assert "not embedded" in told(by_key(examine(bytes_of(spoilt(without_fonts))))["pdf-a"])


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_fails(data: bytes) -> None:
    assert told(by_key(examine(data))["structure"]) == "The PDF that was written cannot be opened."


def test_what_is_no_pdf_fails_with_java_too(java: None) -> None:
    checks = by_key(examine(b"no PDF"))
    assert checks["structure"]["passed"] is checks["pdf-a-again"]["passed"] is False


def test_a_validator_without_end_is_stopped(
    sealed: bytes, java: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verapdf, "SECONDS", 0.05)
    with pytest.raises(verapdf.CannotValidate, match="timed out"):
        verapdf.validate(sealed)


def test_the_validator_is_bounded_and_cut_off(
    sealed: bytes, java: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, Any] = {}

    def run(command: list[str], **how: Any) -> Any:
        seen.update(how, command=command)
        return subprocess.CompletedProcess(command, 1, b"", b"stopped")

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(verapdf.CannotValidate, match="stopped"):
        verapdf.validate(sealed)
    assert any(part.startswith("-Xmx") for part in seen["command"])
    assert any(part.startswith("-DsocksProxyHost") for part in seen["command"])
    assert set(seen["env"]) == {"LANG"}
    assert seen["timeout"] <= 270


def test_many_sentences_are_cut_short() -> None:
    assert in_words(conformance._some([f"{number}." for number in range(8)])) == "0. 1. 2. 3. 4. And 3 more."


def test_what_a_worker_found_is_told_in_the_language_of_who_reads_it(
    spoilt: Callable[[Spoil], pikepdf.Pdf],
) -> None:
    with override("de"):
        kept = json.loads(json.dumps(examine(bytes_of(spoilt(without_words)))))
    figures = by_key(kept)["figures"]
    assert "The picture on page 4 has no alternative text." in told(figures)
    with override("de"):
        assert "Das Bild auf Seite 4 hat keinen Alternativtext." in told(figures)


def test_sentences_within_a_sentence_are_told_in_the_same_language() -> None:
    broken = [verapdf.Failure(f"7.{number}", 1, "Broken.", "") for number in range(7)]
    check = conformance._validated("pdf-ua", verapdf.Result(106, broken))
    assert told(check).endswith("7.4 (1×): Broken. And 2 more.")
    with override("de"):
        assert told(check).endswith("7.4 (1×): Broken. Und 2 weitere.")


def test_words_of_an_earlier_release_are_told_as_they_stand() -> None:
    assert told(Check(check="figures", passed=False, words="A picture says %s.")) == "A picture says %s."
