"""The German catalogue: collected from code and templates with Babel, no tool outside Python is needed.

`manage.py translations` merges what is new into the catalogue, `--check` only says what is missing.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from isecg import ROOT

CATALOGUE = ROOT / "isecg" / "locale" / "de" / "LC_MESSAGES" / "django.po"
FOLDERS = ["isecg", "agencies", "members", "reports", "recommendations", "templates"]
TEMPLATES = {".html", ".txt", ".svg"}
KEYWORDS: Any = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
UNINDENTED = re.compile(r"^[ \t]+", re.MULTILINE)  # a page's indentation is none that Python knows
HOLES = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def collect() -> Catalog:
    """Every word that people are shown, with the places it stands in."""
    catalogue = Catalog(locale="de", project="ISECG portal", charset="utf-8")
    for path in _sources():
        for line, message, context in _messages(path):
            catalogue.add(message, locations=[(str(path.relative_to(ROOT)), line)], context=context)
    return catalogue


def _sources() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if _has_words(path):
                yield path


def _has_words(path: Path) -> bool:
    if path.suffix == ".py":
        return not {"migrations", "stack"} & set(path.parts)
    return path.suffix in TEMPLATES and "templates" in path.parts


def _messages(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], str | None]]:
    source = path.read_text()
    if path.suffix in TEMPLATES:
        source = UNINDENTED.sub("", templatize(source))
    calls = extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {})
    for line, function, words, _comments in cast(Iterator[tuple[int, str, Any, Any]], calls):
        message, context = _message(function, words if isinstance(words, tuple) else (words,))
        if message and all(message):
            yield line, message, context


def _message(function: str, words: tuple[str | None, ...]) -> tuple[str | tuple[str, ...], str | None]:
    """The msgid (two where there is a plural) and its context, from a call's arguments."""
    context = words[0] if "pgettext" in function else None
    rest = words[1:] if "pgettext" in function else words
    count = 2 if function.startswith("n") and function != "gettext_noop" else 1
    chosen = tuple(each or "" for each in rest[:count])
    return (chosen if count == 2 else chosen[0] if chosen else ""), context


def stored() -> Catalog:
    """The catalogue as it is in the repository."""
    if not CATALOGUE.exists():
        return Catalog(locale="de", project="ISECG portal", charset="utf-8")
    return read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="de")


def merged() -> Catalog:
    """The stored translations for exactly the words there are now; nothing guessed."""
    known = stored()
    catalogue = collect()
    for message in catalogue:
        old = known.get(message.id, message.context) if message.id else None
        if old is not None and not old.fuzzy:
            message.string = old.string
    return catalogue


def save(catalogue: Catalog) -> None:
    """Write the catalogue, without dates and line numbers, so that it only changes when words do."""
    out = io.BytesIO()
    write_po(out, catalogue, width=110, sort_output=True, no_location=True, omit_header=True)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(HEADER.encode() + out.getvalue())


def complaints() -> list[str]:
    """A sentence for each word without German, each that is no longer used, each with other holes."""
    now, old = merged(), stored()
    return [
        *(f"No German for: {_short(each)}" for each in now if each.id and not _complete(each)),
        *(f"No longer used: {_short(each)}" for each in old if each.id and not _known(now, each)),
        *(f"Other placeholders than: {_short(each)}" for each in now if each.id and _differs(each)),
        *(f"German of one letter: {_short(each)}" for each in now if each.id and _is_a_letter(each)),
    ]


def _known(catalogue: Catalog, message: Message) -> bool:
    return catalogue.get(message.id, message.context) is not None


def _complete(message: Message) -> bool:
    return bool(message.string) and all(_all(message.string))


def _differs(message: Message) -> bool:
    ids, strings = _all(message.id), _all(message.string)
    return any(strings) and any(_holes(text) != _holes(ids[-1]) for text in strings[-1:])


def _is_a_letter(message: Message) -> bool:
    """So it looks when one German text stands where singular and plural belong: each takes a letter of it."""
    return any(len(text) == 1 for text in _all(message.string)) and len(_all(message.id)[0]) > 1


def _all(words: str | list[str] | tuple[str, ...] | None) -> list[str]:
    if words is None:
        return []
    return [words] if isinstance(words, str) else list(words)


def _holes(text: str) -> set[tuple[str, str]]:
    return set(HOLES.findall(text))


def _short(message: Message) -> str:
    return _all(message.id)[0].replace("\n", " ")[:100]


HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: ISECG portal\\n"
"Language: de\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
