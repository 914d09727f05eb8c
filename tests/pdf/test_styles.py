"""The short way to a style leads where the long one does."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from weasyprint.css import ComputedStyle

from isecg.pdf import styles
from reports.pdf import document
from reports.pdf.engine import engine
from reports.pdf.fetcher import ReportFetcher
from tests.reports import stress

LOGICAL = """<html lang="ar" dir="rtl"><head><style>
  p { margin-inline: 3mm 7mm; padding-block-start: 2mm; border-inline-end: 1pt solid; width: calc(10mm * 2) }
  p { --way: 5mm }
  .one { margin-left: 1mm; margin-inline-start: 2mm; padding-top: var(--way); text-decoration: underline }
  .two { margin-inline-start: 2mm; margin-left: 1mm; inline-size: 50mm; color: inherit }
  @page { margin: 20mm; @top-left { content: "x"; margin-inline: 1mm } }
</style></head><body><p class="one">a <b>b</b></p><p class="two">c</p></body></html>"""


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each way was taken; both are taken for each property, and have to agree."""
    taken: Counter[str] = Counter()

    def both(style: Any, name: str) -> Any:
        before = len(slow)
        short = styles._missing(style.copy(), name)
        taken["long" if len(slow) > before else "short"] += 1
        long = original(style, name)
        assert short == long, name
        return long

    slow: list[str] = []
    original = styles._original

    def noted(style: Any, name: str) -> Any:
        slow.append(name)
        return original(style, name)

    monkeypatch.setattr(styles, "_original", noted)
    monkeypatch.setattr(ComputedStyle, "__missing__", both)
    return taken


def test_every_style_of_a_report_is_what_it_would_be(ways: Counter[str], settings: Any) -> None:
    stress.put_photographs(Path(settings.MEDIA_ROOT))
    printed = stress.printed(stress.content(4, paragraphs=1, items=2))
    engine().lay_out(document.html(printed), ReportFetcher(document.photographs(printed)))
    assert ways["short"] > ways["long"] > 1000


@pytest.mark.parametrize("way", ["rtl", "ltr"])
def test_rules_by_other_names_are_followed(ways: Counter[str], way: str) -> None:
    engine().lay_out(LOGICAL.replace("rtl", way))
    assert ways["short"] > 100
