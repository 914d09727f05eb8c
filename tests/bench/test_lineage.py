"""How long a text of five hundred paragraphs takes: aligned with its last revision, and as a redline.

`make bench` prints the table; what is asserted is that nothing is lost, not how fast this machine is.
Times are the processor's.
"""

import random
import time
from collections.abc import Callable

import pytest

from recommendations import lineage, redline
from recommendations.lineage import Keyed, Part

COUNT, LENGTH = 500, 60
WORDS = [f"word{number}" for number in range(3000)]
Edit = Callable[[list[str], int], list[str]]


def a_few(text: list[str], at: int) -> list[str]:
    return [*text[:5], "changed", *text[6:]] if at % 10 == 0 else text


def every(text: list[str], at: int) -> list[str]:
    return [*text[:5], "changed", *text[6:]]


def anew(text: list[str], at: int) -> list[str]:
    return random.Random(at).choices(WORDS, k=LENGTH)


def text_of(edit: Edit | None = None) -> list[Part]:
    drawn = random.Random(1)
    paragraphs = [drawn.choices(WORDS, k=LENGTH) for _at in range(COUNT)]
    edited = [edit(words, at) if edit else words for at, words in enumerate(paragraphs)]
    return lineage.parse("\n".join(f"{at}. {' '.join(words)}" for at, words in enumerate(edited, 1)))


@pytest.mark.parametrize("edit", [a_few, every, anew])
def test_five_hundred_paragraphs(edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    parts = text_of()
    old: list[Keyed] = lineage.with_keys(parts, lineage.align([], parts).keys)
    parts = text_of(edit)
    begin = time.process_time()
    aligned = lineage.align(old, parts)
    middle = time.process_time()
    blocks = redline.redline(old, lineage.with_keys(parts, aligned.keys), aligned.rows)
    end = time.process_time()
    with capsys.disabled():
        print(f"\n{edit.__name__:6} changed: aligned in {middle - begin:.2f} s, redline {end - middle:.2f} s")
    assert len(parts) == COUNT
    assert len(blocks) == len(aligned.rows)
