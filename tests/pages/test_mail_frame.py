"""The frame of every mail."""

from typing import Any

import pytest
from django.template import engines

from isecg import ROOT

KINDS = sorted(path.name for path in (ROOT / "templates" / "mail").iterdir() if path.is_dir())


def framed(part: str, **context: Any) -> str:
    words = f'{{% extends "mail/frame.{part}" %}}{{% block content %}}{{{{ text }}}}{{% endblock %}}'
    return engines["django"].from_string(words).render(context)


@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_has_subject_text_and_html_in_the_frame(kind: str) -> None:
    folder = ROOT / "templates" / "mail" / kind
    assert {path.name for path in folder.iterdir()} >= {"subject.txt", "body.txt", "body.html"}
    for part in ("txt", "html"):
        words = (folder / f"body.{part}").read_text()
        assert words.startswith(f'{{% extends "mail/frame.{part}" %}}')
        assert "{% block why %}" in words  # every mail says why it comes


def test_text_of_a_mail_is_not_escaped_and_its_html_is() -> None:
    assert "Mars & <Moon>" in framed("txt", text="Mars & <Moon>")
    assert "Mars &amp; &lt;Moon&gt;" in framed("html", text="Mars & <Moon>")


def test_both_parts_say_that_nothing_is_binding_and_whom_to_ask() -> None:
    for part in ("txt", "html"):
        assert "legally non-binding" in framed(part)
        assert "ISECG@esa.int" in framed(part)
