"""A word without German is found, wherever it stands."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from isecg import translations

PAGE = """
{% translate "Moon" %}
{% blocktranslate trimmed count number=1 %}
  {{ number }} lander
{% plural %}
  {{ number }} landers
{% endblocktranslate %}
{% partialdef part %}{% translate "Crater" context "a hole" %}{% endpartialdef %}
"""
CODE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext
sentence = _("From %(day)s on") % {"day": 1}
label = gettext_lazy("Rover")
"""
GERMAN = """
msgid "Moon"
msgstr "Mond"

msgid "%(number)s lander"
msgid_plural "%(number)s landers"
msgstr[0] "%(number)s Lander"
msgstr[1] "%(number)s Lander"

msgctxt "a hole"
msgid "Crater"
msgstr "Krater"

msgid "From %(day)s on"
msgstr "Ab %(day)s"

msgid "Rover"
msgstr "Rover"
"""


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project whose every word has its German."""
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "CATALOGUE", tmp_path / "django.po")
    for name, words in {"templates/page.html": PAGE, "members/code.py": CODE}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(words)
    (tmp_path / "django.po").write_text(translations.HEADER + GERMAN)
    return tmp_path / "django.po"


def test_nothing_to_say_when_every_word_has_its_german(catalogue: Path) -> None:
    assert translations.complaints() == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('msgstr "Mond"', 'msgstr ""', "No German for: Moon"),
        ('msgstr "Krater"', 'msgstr ""', "No German for: Crater"),
        ('msgctxt "a hole"\n', "", "No German for: Crater"),
        ('msgstr[1] "%(number)s Lander"', 'msgstr[1] ""', "No German for: %(number)s lander"),
        ('msgid "Rover"', 'msgid "Robot"', "No longer used: Robot"),
        ("Ab %(day)s", "Ab %(tag)s", "Other placeholders than: From %(day)s on"),
        ('\nmsgid "Moon"', '\n#, fuzzy\nmsgid "Moon"', "No German for: Moon"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_fails_the_check(
    catalogue: Path, old: str, new: str, sentence: str
) -> None:
    before = catalogue.read_text().replace(old, new, 1)
    catalogue.write_text(before)
    with pytest.raises(CommandError) as refusal:
        call_command("translations", check=True)
    assert sentence in str(refusal.value)
    assert catalogue.read_text() == before


def test_merging_keeps_what_is_translated_and_adds_the_rest(catalogue: Path, capsys: Any) -> None:
    catalogue.write_text(translations.HEADER + GERMAN.replace('msgid "Rover"', 'msgid "Robot"'))
    with pytest.raises(CommandError, match="No German for: Rover"):
        call_command("translations", check=False)
    words = catalogue.read_text()
    assert 'msgstr "Mond"' in words
    assert 'msgid "Rover"\nmsgstr ""' in words
    assert "Robot" not in words


def test_a_plural_that_took_the_letters_of_one_word_is_named(catalogue: Path) -> None:
    words = catalogue.read_text().replace('msgstr[0] "%(number)s Lander"', 'msgstr[0] "L"')
    catalogue.write_text(words)
    assert translations.complaints() == ["German of one letter: %(number)s lander"]
