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
    assert '{"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true}' in words
