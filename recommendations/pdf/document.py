"""The HTML of a print, from its content alone, with everything around the text in the print's language."""

import datetime as dt
from collections.abc import Callable

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from isecg.canonical import Content
from isecg.dated import say
from isecg.deadlines import utc
from isecg.pdf.words import on_paper, prose
from isecg.qr import code as qr
from recommendations import anchors, lineage, reading
from recommendations.lineage import Keyed
from recommendations.models import STATEMENT, Kind, Print, Role, Stand, State
from recommendations.redline import redline


def html(what: str, content: Content, language: str) -> SafeString:
    """The document WeasyPrint lays out. Asks the database nothing."""
    with override(language):
        words = {"language": language, "statement": str(STATEMENT), **_MAKERS[what](content)}
        return render_to_string(f"recommendations/pdf/{what}.html", words)


def statement(language: str) -> str:
    """The sentence that must stand on every page."""
    with override(language):
        return str(STATEMENT)


def _head(content: Content, made_at: str, title: str, state: str) -> Content:
    """What the frame of every document needs."""
    shared = {"number": content["number"], "address": content["address"], "content": content}
    return {**shared, "title": title, "state": state, "created": made_at}


def _text(content: Content) -> Content:
    said = content["said"]
    title = _("ISECG Recommendation %(number)s: %(title)s") % {
        "number": said["number"],
        "title": said["title"],
    }
    issued = content["status"] == "issued"
    made_at = said["issued_at"] if issued else content["made_at"]
    return {
        **_head(content, made_at, title, _state(content)),
        "said": said,
        "issued": issued,
        "facts": _facts(content, issued),
        "paragraphs": _paragraphs(said),
        "summary": prose(said["summary"]) if said["summary"] else "",
        "background": prose(said["background"]) if said["background"] else "",
        "end": _end(content["end"]),
        "record": _record(said) if issued else None,
        "check": _check(content) if issued else None,
    }


def _check(content: Content) -> Content:
    """By what a copy can be checked: its code, in words and as a drawing that leads to the answer."""
    address = content["check"]
    drawn = qr(address, _("QR code"), _("It leads to %(address)s.") % {"address": address})
    return {"code": content["code"], "address": address, "drawn": drawn.svg("qr")}


def _state(content: Content) -> str:
    """What stands on every page beside the number."""
    said = content["said"]
    if content["status"] == "draft":
        words = _("Draft, revision %(revision)s: not agreed, not issued")
        if content["agreed"]:
            words = _("Agreed text, revision %(revision)s: not issued")
        return words % {"revision": said["revision"]}
    if content["end"]:
        return _end_title(content["end"])
    return _("Issued on %(day)s") % {"day": _day(said["issued_at"])}


def _end_title(end: Content) -> str:
    words = {"day": _day(end["at"])}
    if end["state"] == State.SUPERSEDED:
        return _("Superseded on %(day)s") % words
    return _("Withdrawn on %(day)s") % words


def _end(end: Content | None) -> Content | None:
    return end and {**end, "title": _end_title(end)}


def _facts(content: Content, issued: bool) -> list[tuple[str, str]]:
    said = content["said"]
    addressees = ", ".join(each["acronym"] for each in said["addressees"]["agencies"])
    facts = [
        (_("Number"), said["number"]),
        (_("Class"), str(Kind(said["kind"]).label)),
        (_("Addressed to"), addressees or _("all participating agencies")),
    ]
    if issued:
        facts += [(_("Agreed by silence"), utc(_instant(said["silence"]["expired_at"])))]
        facts += [(_("Approved by the chair"), _approved(said["approval"]))]
        facts += [(_("Issued"), utc(_instant(said["issued_at"])))]
    facts += [(_("Text"), _("revision %(revision)s") % {"revision": said["revision"]})]
    return facts


def _approved(approval: Content) -> str:
    words = {"agency": approval["agency"]["acronym"], "person": approval["by"], "day": _day(approval["at"])}
    return _("%(agency)s (%(person)s), %(day)s") % words


def _paragraphs(said: Content) -> list[Content]:
    """The paragraphs as on the page, with the same ids; a title that only repeats the head is left out, and
    its place in the outline."""
    parts = _keyed(said["paragraphs"])
    if (
        parts
        and parts[0].role == Role.TITLE
        and anchors.plain(parts[0].text) == anchors.squeeze(said["title"])
    ):
        parts = parts[1:]
    return [{"part": each, "html": on_paper(each.html)} for each in reading.shown(parts)]


def _record(said: Content) -> Content:
    """What stands behind the text of an issued recommendation: how it came about, and who stood where."""
    silence = said["silence"]
    return {
        "consultations": [
            {**row, "opened": utc(_instant(row["opened_at"])), "ended": utc(_instant(row["ended_at"]))}
            for row in said["consultations"]
        ],
        "started": utc(_instant(silence["started_at"])),
        "expired": utc(_instant(silence["expired_at"])),
        "asked": ", ".join(each["acronym"] for each in silence["agencies"]),
        "positions": [
            {**row, "words": str(Stand(row["stand"]).label), "on": _day(row["at"])}
            for row in silence["positions"]
        ],
        "objections": [
            {**row, "on": _day(row["at"]), "withdrawn_on": _day(row["withdrawn_at"])}
            for row in silence["objections"]
        ],
        "day": _day(said["issued_at"]),
    }


def _commented(content: Content) -> Content:
    words = {"number": content["number"], "revision": content["revision"]}
    told, remarks = _text(content), content["remarks"]
    shown = {row["part"].key for row in told["paragraphs"]}
    return {
        **told,
        "title": _("Recommendation %(number)s, revision %(revision)s, with comments") % words,
        "state": _("Revision %(revision)s, with comments") % words,
        "whole": [said for key, rows in remarks.items() if key not in shown for said in rows],
        "paragraphs": [{**row, "remarks": remarks.get(row["part"].key, [])} for row in told["paragraphs"]],
    }


def _redline(content: Content) -> Content:
    ends = {"old": content["old"]["revision"], "new": content["new"]["revision"]}
    words = {**ends, "number": content["number"], "title": content["title"]}
    title = _("Recommendation %(number)s, changes from revision %(old)s to revision %(new)s") % words
    state = _("Changes from revision %(old)s to revision %(new)s") % words
    return {**_head(content, content["made_at"], title, state), **ends, "blocks": _blocks(content)}


def _blocks(content: Content) -> SafeString:
    old, new = (_keyed(content[end]["paragraphs"]) for end in ("old", "new"))
    blocks = redline(old, new, lineage.between(old, new, earlier=content["earlier"]))
    return on_paper(render_to_string("recommendations/redline_blocks.html", {"blocks": blocks}))


def _keyed(rows: list[Content]) -> list[Keyed]:
    return [
        Keyed(Role(row["role"]), row["level"], row["number"], row["text"], key=row["key"]) for row in rows
    ]


def _comments(content: Content) -> Content:
    table = content["table"]
    return {
        **_head(content, content["made_at"], table["title"], table["chosen"]),
        "table": table,
    }


_MAKERS: dict[str, Callable[[Content], Content]] = {
    Print.What.TEXT: _text,
    Print.What.REDLINE: _redline,
    Print.What.COMMENTS: _comments,
    Print.What.COMMENTED: _commented,
}


def _instant(words: str) -> dt.datetime:
    return dt.datetime.fromisoformat(words)


def _day(words: str | None) -> str:
    return say(_instant(words).astimezone(dt.UTC).date()) if words else ""
