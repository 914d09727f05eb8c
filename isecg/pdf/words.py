"""People's Markdown on paper."""

import re
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from isecg import markdown

# Headings inside people's texts would break the order of levels that screen readers rely on.
HEADING = re.compile(r"<(/?)h[34]>")
# A link within the portal leads nowhere from paper.
INNER_LINK = re.compile(r'<a href="(?!https?://|mailto:)[^"]*"')


@lru_cache(maxsize=1024)
def prose(text: str) -> SafeString:
    """Markdown as safe HTML whose headings are no headings and whose links lead to the web.

    An edit leaves most texts of a report as they were: a worker then has them already.
    """
    return on_paper(markdown.render(text))


def on_paper(html: SafeString) -> SafeString:
    """Safe HTML made of people's Markdown, its headings no headings, its links to the web only."""
    text = INNER_LINK.sub("<a", str(html))
    text = HEADING.sub(lambda tag: "</p>" if tag[1] else '<p class="subhead">', text)
    return mark_safe(text)  # noqa: S308  (cleaned by `markdown`; only our own tags are put in)
