"""What goes into a print, as a reader may see it now."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agency
from isecg.access import standing
from isecg.canonical import Content
from recommendations.models import (
    Issue,
    Paragraph,
    Print,
    Recommendation,
    Revision,
    State,
)
from recommendations.pdf.key import content_key
from recommendations.queries import table
from recommendations.queries.rows import Filters, tallies
from recommendations.queries.steps import issue_of, silence_of
from recommendations.tables.cells import cells, headers, totals


def issued_text(recommendation: Recommendation, reader: Any, now: dt.datetime) -> Content | None:
    """What was issued, with the notice at its top once it no longer counts. None for who may not read it
    yet; the secretariat and the chair may as soon as the step is taken."""
    own = standing(reader)
    known = recommendation.is_public(now) or own.secretariat or own.chairs is not None
    issue = issue_of(recommendation) if known else None
    return text_of(issue, recommendation) if issue else None


def text_of(issue: Issue, recommendation: Recommendation) -> Content:
    """The content of the PDF of what was issued."""
    return {
        "status": "issued",
        "number": recommendation.number,
        "said": issue.content,
        "sha256": issue.sha256,
        "code": issue.code,
        "check": settings.SITE_URL + _in_english("reports:check_code", issue.code),
        "address": address_of(recommendation),
        "end": _end(recommendation),
    }


@dataclass(frozen=True)
class File:
    """A PDF of an issued text; `language` in its own words, `address` gives it in that language. `print` is
    None while it is not made: who asks for it waits a moment."""

    print: Print | None
    code: str
    language: str
    address: str


def files_of(issue: Issue, recommendation: Recommendation) -> list[File]:
    """The PDFs that say how it stands now, in every language; one query."""
    content, number = text_of(issue, recommendation), recommendation.number
    keys = [content_key(Print.What.TEXT, content, code) for code, _name in settings.LANGUAGES]
    made: Any = Print.objects.filter(content_key__in=keys, reader=None, state=Print.State.READY)
    ready = {each.language: each for each in made.defer("content")}
    return [
        File(ready.get(code), code, str(name), _in(code, "recommendations:pdf", number))
        for code, name in settings.LANGUAGES
    ]


def draft_text(revision: Revision, now: dt.datetime) -> Content:
    """The content of the PDF of a revision that is not issued; whether it may be read is asked before."""
    rec, day = revision.recommendation, now.date()
    addressees: Any = [] if rec.for_all else Agency.objects.named(day).filter(pk__in=rec.addressees.all())
    return {
        "status": "draft",
        "number": rec.number,
        "revision": revision.number,
        "agreed": was_agreed(revision),
        "address": settings.SITE_URL + _in_english("recommendations:revision", rec.number, revision.number),
        "made_at": instant(revision.made_at),
        "end": None,
        "said": {
            "language": settings.LANGUAGE_CODE,
            "number": rec.number,
            "title": rec.title,
            "kind": rec.kind,
            "summary": "",
            "background": "",
            "addressees": {"all": rec.for_all, "agencies": [{"acronym": str(each)} for each in addressees]},
            "revision": revision.number,
            "text_sha256": revision.sha256,
            "paragraphs": paragraphs_of(revision),
            "is_demonstration": rec.is_demonstration,
        },
    }


def was_agreed(revision: Revision) -> bool:
    """Whether it is the text that silence agreed to, as long as that counts."""
    rec = revision.recommendation
    if rec.state not in (State.AGREED, State.ISSUED):
        return False
    procedure = silence_of(rec)
    return procedure is not None and procedure.revision_id == revision.pk


def redline(old: Revision, new: Revision) -> Content:
    """The content of a redline; whether both may be read is asked before."""
    rec = new.recommendation
    path = _in_english("recommendations:redline", rec.number)
    return {
        "number": rec.number,
        "title": rec.title,
        "language": settings.LANGUAGE_CODE,
        "address": f"{settings.SITE_URL}{path}?from={old.number}&to={new.number}",
        "made_at": instant(new.made_at),
        "old": {"revision": old.number, "paragraphs": paragraphs_of(old)},
        "new": {"revision": new.number, "paragraphs": paragraphs_of(new)},
        "earlier": _earlier_keys(old),
    }


def comments(
    recommendation: Recommendation, reader: Any, *, filters: Filters, sort: str, now: dt.datetime
) -> Content:
    """The comment table as this reader sees it now, in the language that is active. What was chosen is kept
    in it, so that it can be asked again whether the table still reads so."""
    rows = table.rows(recommendation, reader, filters=filters, sort=sort, now=now)
    everything = rows_of_all(recommendation, reader, now) if filters != Filters() else rows
    title = _("Comments on recommendation %(number)s: %(title)s")
    total_headers, total_rows = totals(tallies(rows))
    return {
        "number": recommendation.number,
        "language": settings.LANGUAGE_CODE,
        "address": settings.SITE_URL + _in_english("recommendations:comments", recommendation.number),
        "made_at": instant(max((row.submitted_at for row in rows), default=recommendation.drafted_at)),
        "filters": asdict(filters),
        "sort": sort,
        "table": {
            "number": recommendation.number,
            "title": title % {"number": recommendation.number, "title": recommendation.title},
            "chosen": _chosen(len(rows), len(everything)),
            "headers": headers(),
            "rows": [cells(row) for row in rows],
            "total_title": _("Comments per agency"),
            "total_headers": total_headers,
            "totals": total_rows,
        },
    }


def visible_revision(rec: Recommendation, reader: Any, number: int, now: dt.datetime) -> Revision | None:
    """A revision by its number, if this reader may see it."""
    seen = Revision.objects.visible_to(reader, now).filter(recommendation=rec, number=number)
    return seen.select_related("recommendation").first()


def rows_of_all(rec: Recommendation, reader: Any, now: dt.datetime) -> list[table.TableRow]:
    """Every row this reader may see."""
    return table.rows(rec, reader, now=now)


def paragraphs_of(revision: Revision) -> list[Content]:
    """The paragraphs of a revision as an issue has them."""
    return [
        {"key": row.key, "number": row.number, "role": row.role, "level": row.level, "text": row.text}
        for row in revision.paragraphs.order_by("position")
    ]


def _earlier_keys(revision: Revision) -> list[str]:
    """Keys of the revisions before: a paragraph that has one of them has returned."""
    before = Paragraph.objects.filter(
        revision__recommendation=revision.recommendation_id, revision__number__lt=revision.number
    )
    return sorted(set(before.values_list("key", flat=True)))


def _chosen(found: int, all_of_them: int) -> str:
    if found == all_of_them:
        return ngettext("%(n)s comment.", "%(n)s comments.", found) % {"n": found}
    return _("%(n)s of %(all)s comments, as filtered on the page.") % {"n": found, "all": all_of_them}


def address_of(recommendation: Recommendation) -> str:
    """Its own address, the same in every language's PDF."""
    return settings.SITE_URL + _in_english("recommendations:detail", recommendation.number)


def instant(moment: dt.datetime) -> str:
    """ISO 8601 in UTC, to the second."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _in_english(name: str, *arguments: Any) -> str:
    return _in(settings.LANGUAGE_CODE, name, *arguments)


def _in(language: str, name: str, *arguments: Any) -> str:
    with translation.override(language):
        return reverse(name, args=arguments)


def _end(recommendation: Recommendation) -> Content | None:
    """Why it no longer counts; None while it does."""
    if recommendation.state not in (State.SUPERSEDED, State.WITHDRAWN) or recommendation.ended_at is None:
        return None
    newer = recommendation.superseded_by
    by = newer and {"number": newer.number, "title": newer.title, "address": address_of(newer)}
    return {
        "state": recommendation.state,
        "at": instant(recommendation.ended_at),
        "reason": recommendation.end_reason,
        "by": by,
    }
