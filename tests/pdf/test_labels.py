"""Words in drawings are set as a line, so that letters that join do join."""

import io

import pikepdf
import pytest

from isecg.pdf.engine import Engine
from tests.pdf.world import HEAD

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 40" width="100mm" height="10mm">{}</svg>'


def shown(label: str) -> list[bytes]:
    """What each showing of text on the page of a drawing draws, as codes of glyphs."""
    engine = Engine([])
    pages = engine.lay_out(HEAD.replace("<body>x", f"<body>{PICTURE.format(label)}"))
    with pikepdf.open(io.BytesIO(engine.write(pages, b"x" * 16))) as pdf:
        content = [*pikepdf.parse_content_stream(pdf.pages[0])]
        for form in pdf.pages[0].Resources.get("/XObject", {}).values():
            content += pikepdf.parse_content_stream(form)
    return [
        b"".join(bytes(part) for part in command.operands[0] if isinstance(part, pikepdf.String))
        for command in content
        if str(command.operator) == "TJ"
    ]


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
def test_a_label_is_one_line(anchor: str) -> None:
    [drawn] = shown(f'<text x="200" y="20" font-size="12" text-anchor="{anchor}">Avionics</text>')
    assert len(drawn) == 2 * len("Avionics")


def test_joined_letters_are_not_those_that_stand_alone() -> None:
    words = "وكالة"
    [joined] = shown(f'<text x="200" y="20" font-size="12">{words}</text>')
    alone = {code for letter in words for code in shown(f'<text x="1" y="20">{letter}</text>')}
    assert not {joined[at : at + 2] for at in range(0, len(joined), 2)} <= alone


def test_letters_with_places_of_their_own_keep_them() -> None:
    assert len(shown('<text x="10" y="20" letter-spacing="3">abc</text>')) == 3
