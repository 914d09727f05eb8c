"""Markdown in, a safe subset of HTML out: for pages and for the PDF alike."""

from unicodedata import category

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# No attribute that scales (colspan, width) and none that loads: what people write can neither reach
# a server nor keep a worker busy.
TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "code", "h3", "h4", "table", "thead"}
TAGS |= {"tbody", "tr", "th", "td", "del", "sup", "sub", "hr"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
TURNERS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
cleaner = nh3.Cleaner(tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer")


def render(text: str) -> SafeString:
    """HTML of `text`; scripts, pictures, file links and odd characters are gone, words are kept."""
    return mark_safe(cleaner.clean(parser.render(printable(text))))  # noqa: S308  (nh3 has just cleaned it)


def inline(text: str) -> SafeString:
    """HTML of words inside a line, a heading's for instance: no paragraph around them."""
    return mark_safe(cleaner.clean(parser.renderInline(printable(text))))  # noqa: S308  (as above)


def printable(text: str) -> str:
    """`text` without control characters, lone surrogates, and marks that turn the reading direction."""
    return "".join(letter for letter in text if letter in "\n\t" or not _odd(letter))


def _odd(letter: str) -> bool:
    return letter in TURNERS or category(letter) in ("Cc", "Cs")
