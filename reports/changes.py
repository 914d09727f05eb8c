"""What was changed in an agency's part: two contents of a snapshot held against each other. Pure."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agencies.models import Destination
from isecg.canonical import Content
from isecg.dated import say
from recommendations.lineage import TooDeep
from recommendations.queries import compared
from recommendations.redline import Block, Run, compare

KEPT, CHANGED, ADDED, REMOVED = "kept", "changed", "added", "removed"
WHAT = {
    KEPT: pgettext_lazy("highlight", "as it was"),
    CHANGED: pgettext_lazy("highlight", "changed"),
    ADDED: pgettext_lazy("highlight", "new"),
    REMOVED: pgettext_lazy("highlight", "taken out"),
}
LABELS = (
    ("on", gettext_lazy("Day")),
    ("destination", gettext_lazy("Destination")),
    ("activities", gettext_lazy("Activities")),
    ("recommendations", gettext_lazy("Recommendations")),
    ("photograph", gettext_lazy("Photograph")),
    ("alt", gettext_lazy("Alternative text")),
    ("credit", gettext_lazy("Credit of the photograph")),
    ("focal", gettext_lazy("Point that must stay in sight")),
    ("source", gettext_lazy("Source")),
)


@dataclass(frozen=True)
class Fact:
    """Something beside the text that is not as it was."""

    words: str | Promise
    before: str
    after: str


@dataclass(frozen=True)
class Changed:
    """One highlight of the two parts. A text that cannot be taken apart has `runs` instead of `blocks`."""

    id: str
    what: str
    title: Sequence[Run]
    blocks: Sequence[Block] = ()
    runs: Sequence[Run] = ()
    facts: Sequence[Fact] = ()
    photograph: Content | None = None  # of the new text

    @property
    def what_words(self) -> str | Promise:
        return WHAT[self.what]

    @property
    def differs(self) -> bool:
        return self.what != KEPT


def between(old: Sequence[Content], new: Sequence[Content]) -> list[Changed]:
    """The highlights of the new part in its order, then those that are gone."""
    before = {row["id"]: row for row in old}
    after = {row["id"]: row for row in new}
    found = [_changed(before.get(row["id"]), row) for row in new]
    return found + [_changed(row, None) for row in old if row["id"] not in after]


def _changed(old: Content | None, new: Content | None) -> Changed:
    row = new or old or {}
    what = ADDED if old is None else REMOVED if new is None else KEPT if old == new else CHANGED
    one, other = (old or {}), (new or {})
    blocks, runs = _texts(one.get("text", ""), other.get("text", ""))
    return Changed(
        id=row["id"],
        what=what,
        title=compare(one.get("title", ""), other.get("title", "")),
        blocks=blocks,
        runs=runs,
        facts=list(_facts(one, other)),
        photograph=other.get("photograph"),
    )


def _texts(old: str, new: str) -> tuple[list[Block], list[Run]]:
    try:
        return compared.texts(old, new).blocks, []
    except TooDeep:
        return [], compare(old, new)


def _facts(old: Content, new: Content) -> Iterator[Fact]:
    before, after = _said(old), _said(new)
    for name, words in LABELS:
        if before.get(name) != after.get(name):
            yield Fact(words, before.get(name, ""), after.get(name, ""))


def _said(row: Content) -> dict[str, str]:
    """A highlight's facts as people read them; none of a highlight that is not there."""
    if not row:
        return {}
    picture = row["photograph"] or {}
    return {
        "on": say(dt.date.fromisoformat(row["on"]["day"]), row["on"]["precision"]),
        "destination": str(Destination(row["destination"]).label) if row["destination"] else "",
        "activities": ", ".join(each["name"] for each in row["activities"]),
        "recommendations": ", ".join(each["number"] for each in row["recommendations"]),
        "photograph": _picture(picture),
        "alt": picture.get("alt", ""),
        "credit": picture.get("credit", ""),
        "focal": _point(picture.get("focal")),
        "source": row["source"],
    }


def _picture(picture: Content) -> str:
    """Two pictures are told apart by the beginning of their checksum."""
    if not picture:
        return ""
    words = _("%(width)s × %(height)s pixels, %(sha256)s…")
    return words % {**picture, "sha256": picture["sha256"][:8]}


def _point(focal: list[int] | None) -> str:
    if not focal:
        return ""
    return _("%(x)s %% from the left, %(y)s %% from the top") % {"x": focal[0], "y": focal[1]}
