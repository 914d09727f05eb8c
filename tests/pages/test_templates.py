"""What no template may hold, because the content policy forbids it or a rule of ours does."""

import re
from pathlib import Path

import pytest
from django.template import engines

from isecg import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
OF_PAGES = [
    path
    for path in TEMPLATES
    if path.relative_to(ROOT / "templates").parts[0] != "mail" and "pdf" not in path.parts
]
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", re.DOTALL)
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "a handler": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "a script inside the page": re.compile(r"<script(?![^>]*\ssrc=)"),
    "an address that is a script": re.compile(r"javascript:"),
    "something from another site": re.compile(r"""<(?:script|link|img|iframe)\b[^>]*(?:src|href)="https?:"""),
    "words marked as safe": re.compile(r"\|safe\b"),
}
# Help of a field is written in code, and allauth's holds a link.
EXEMPT = {"words marked as safe": {"components/field.html"}}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_page_holds(what: str) -> None:
    found = {named(path) for path in OF_PAGES if FORBIDDEN[what].search(COMMENT.sub("", path.read_text()))}
    assert found - EXEMPT.get(what, set()) == set()


def test_forbidden_things_are_found_where_there_are_any() -> None:
    examples = {
        "a style attribute": '<p class="x" style="color:red">',
        "a style element": "<style>p{}</style>",
        "a handler": '<button onclick="go()">',
        "a script inside the page": "<script>go()</script>",
        "an address that is a script": '<a href="javascript:go()">',
        "something from another site": '<img src="https://example.org/x.png">',
        "words marked as safe": "{{ text|safe }}",
    }
    assert {what for what, words in examples.items() if FORBIDDEN[what].search(words)} == set(FORBIDDEN)


def test_every_template_can_be_read() -> None:
    for path in TEMPLATES:
        if path.suffix in (".html", ".txt"):
            engines["django"].get_template(named(path))


def test_templates_stay_short() -> None:
    long = {named(path): len(path.read_text().splitlines()) for path in TEMPLATES if path.suffix == ".html"}
    assert {name: lines for name, lines in long.items() if lines > 150} == {}


def test_every_component_says_its_arguments_on_top() -> None:
    assert [
        path.name for path in COMPONENTS if not path.read_text().startswith(("{% comment %}", "{#"))
    ] == []


def test_htmx_comes_without_what_the_policy_forbids() -> None:
    words = (ROOT / "templates" / "components" / "htmx.html").read_text()
    assert '"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true' in words


TRANSLATED = re.compile(r"\{% blocktranslate\b.*?\{% endblocktranslate %\}", re.DOTALL)
CLASSES = re.compile(r"\{% block kind %\}.*?\{% endblock %\}")  # of a print's body: names, not words
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
READ_OUT = re.compile(r"""\s(?:title|alt|placeholder|aria-label|aria-description|label)="([^"]*)\"""")
MARKUP = re.compile(r"<style\b.*?</style>|<[^>]*>", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
# The same in every language: names, an address, a kind of file, and examples.
NAMES = {"ISECG", "ESA", "Secretariat", "Keplerlaan", "PO", "Box", "AG", "Noordwijk", "NL", "esa", "int"}
NAMES |= {"PDF", "JSON", "SHA", "DLR", "JAXA", "https", "gt", "nbsp"}
NO_WORDS = {"components/htmx.html", "design/type.html"}  # htmx's settings; the names of tokens


def untranslated(words: str) -> set[str]:
    """Words that a reader of any language would see as they stand there."""
    bare = TAG.sub(" ", CLASSES.sub(" ", TRANSLATED.sub(" ", COMMENT.sub(" ", words))))
    return set(WORD.findall(" ".join([MARKUP.sub(" ", bare), *READ_OUT.findall(bare)]))) - NAMES


def test_every_visible_word_goes_through_translation() -> None:
    found = {named(path): untranslated(path.read_text()) for path in TEMPLATES if path.suffix != ".css"}
    assert {name: words for name, words in found.items() if words and name not in NO_WORDS} == {}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("<p>Moon</p>", {"Moon"}),
        ('<img alt="A crater">', {"crater"}),
        ('{% translate "Moon" %} {{ day }} <a class="button">{# words #}</a>', set()),
        ("{% blocktranslate trimmed %}A <b>moon</b> of {{ planet }}{% endblocktranslate %}", set()),
    ],
)
def test_an_untranslated_word_is_found(words: str, found: set[str]) -> None:
    assert untranslated(words) == found
