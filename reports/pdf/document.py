"""The HTML of a whole report, from a snapshot."""

import datetime as dt

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.models import Snapshot
from reports.pdf.chapters import chapters, said


def html(snapshot: Snapshot) -> SafeString:
    """The document WeasyPrint lays out, in the report's language. Asks the database nothing.

    The edition's number is not in it: numbers are given to finished files, and the same snapshot must
    give the same bytes. The snapshot's checksum is, so that a copy can be traced.
    """
    content = snapshot.content
    with override(content["language"]):
        words = {
            "content": content,
            "report": content["report"],
            "language": content["language"],
            "chapters": chapters(content),
            "title": _("ISECG Annual Report %(year)s") % {"year": content["report"]["year"]},
            "period": _period(content),
            "sha256": snapshot.sha256,
            "taken_at": snapshot.taken_at,
            "created": snapshot.taken_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        return render_to_string("reports/pdf/report.html", words)


def photographs(snapshot: Snapshot) -> set[str]:
    """The photographs the report shows."""
    return {row["photograph"]["sha256"] for row in snapshot.content["highlights"] if row["photograph"]}


def _period(content: dict) -> str:
    days = content["report"]["period"]
    return " – ".join(said({"day": days[end], "precision": "day"}) for end in ("start", "last_day"))
