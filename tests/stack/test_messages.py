"""Compiled translations appear when they are needed, and only then."""

import gettext
import os
from pathlib import Path

from isecg.stack import messages

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "member"
msgstr "Mitglied"

msgctxt "verb"
msgid "member"
msgstr "erinnern"

msgid "%(n)s day"
msgid_plural "%(n)s days"
msgstr[0] "%(n)s Tag"
msgstr[1] "%(n)s Tage"

#, fuzzy
msgid "chair"
msgstr "Stuhl"
"""


def source(root: Path) -> Path:
    file = root / "app" / "locale" / "de" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(PO)
    return file


def test_missing_ones_are_compiled_and_can_be_read(tmp_path: Path) -> None:
    compiled = source(tmp_path).with_suffix(".mo")
    assert messages.compile_stale(tmp_path) == [compiled]
    with compiled.open("rb") as file:
        german = gettext.GNUTranslations(file)
    assert german.gettext("member") == "Mitglied"
    assert german.pgettext("verb", "member") == "erinnern"
    assert german.ngettext("%(n)s day", "%(n)s days", 2) == "%(n)s Tage"
    assert german.gettext("chair") == "chair"  # a guess nobody confirmed
    assert list(compiled.parent.glob("*.mo.*")) == []


def test_only_what_is_older_than_its_source_is_compiled_again(tmp_path: Path) -> None:
    file = source(tmp_path)
    messages.compile_stale(tmp_path)
    assert messages.compile_stale(tmp_path) == []
    later = file.with_suffix(".mo").stat().st_mtime + 5
    os.utime(file, (later, later))
    assert messages.compile_stale(tmp_path) == [file.with_suffix(".mo")]


def test_hidden_folders_are_left_alone(tmp_path: Path) -> None:
    source(tmp_path / ".venv")
    assert messages.compile_stale(tmp_path) == []
