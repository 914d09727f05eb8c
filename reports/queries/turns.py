"""Whose turn it is with an agency's part: the sentence on its page, and the rows of the desk."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Standing, standing
from isecg.needs import Need
from reports.models import AnnualReport, Contribution, State
from reports.queries.contributions import address, deadline, is_open
from reports.standing import Part, Stand, parts

AT_WORK = (
    State.COLLECTING,
    State.EDITING,
    State.CONFIRMING,
    State.APPROVED,
    State.PUBLISHED,
    State.CORRECTED,
)
LOOKED_AT = 3  # reports: of older ones nobody corrects an agency's text


@dataclass(frozen=True)
class NextStep:
    """What one person does next with an agency's part; `action` and `address` are empty where it is somebody
    else's turn."""

    words: Any
    action: Any = ""
    address: str = ""
    due: dt.datetime | None = None


def next_step(part: Part, own: Standing, now: dt.datetime) -> NextStep:
    """Whose turn it is, in a sentence for this reader; the desk asks the same."""
    mine = part.contribution.agency_id
    if mine in own.writes_for:
        return _of_agency(part, speaks=mine in own.speaks_for, now=now)
    return _of_others(part)


def _of_agency(part: Part, *, speaks: bool, now: dt.datetime) -> NextStep:
    row, stand = part.contribution, part.stand
    due = deadline(row)
    if stand is Stand.ASKED and is_open(row, now):
        words = _("Write your agency's highlights, or have it said that there is nothing to report.")
        return NextStep(words, _("Write a highlight"), address("write_highlight", row), due)
    if stand is Stand.WRITING and is_open(row, now):
        if speaks:
            words = _("When the highlights are complete, submit them: until then nobody else reads them.")
            return NextStep(words, _("Read and submit"), address("submit_contribution", row), due)
        return NextStep(
            _("When the highlights are complete, your head of delegation or an alternate submits them.")
        )
    if stand is Stand.EDITED:
        return _on_edited(part, speaks=speaks)
    return _of_others(part)


def _on_edited(part: Part, *, speaks: bool) -> NextStep:
    row = part.contribution
    if not speaks:
        words = _("The text was changed. Your head of delegation or an alternate confirms it.")
        return NextStep(words, _("See the changes"), address("contribution_changes", row))
    due = row.report.confirm_by if row.report.state == State.CONFIRMING else None
    words = _(
        "The text was changed since your agency's last word. Read the changes, then confirm them or ask for "
        "others."
    )
    return NextStep(words, _("Read and confirm"), address("confirm_contribution", row), due)


TURNS = {
    Stand.NOT_ASKED: _("Highlights have not been asked for yet."),
    Stand.ASKED: _("The agency was asked and has not submitted."),
    Stand.WRITING: _("The agency is writing. What it writes, only the agency sees."),
    Stand.SUBMITTED: _("Submitted, and unchanged since."),
    Stand.EDITED: _("Changed since the agency's last word; the agency has not confirmed this text."),
    Stand.CHANGE_ASKED: _("The agency asks for a change: it is the secretariat's turn."),
    Stand.CONFIRMED: _("The agency has confirmed exactly this text."),
    Stand.NOTHING: _("The agency has nothing to report."),
}


def _of_others(part: Part) -> NextStep:
    return NextStep(TURNS[part.stand])


def needs(member: Any, now: dt.datetime) -> list[Need]:
    """What the collection wants of this person now: of the delegation its next step, of the secretariat the
    changes that agencies ask for. A fixed number of queries for each of the newest reports."""
    own = standing(member)
    if not (own.secretariat or own.writes_for):
        return []
    found = []
    for report in AnnualReport.objects.filter(state__in=AT_WORK)[:LOOKED_AT]:
        rows = report.contributions.filter(asked_at__isnull=False)
        rows = rows if own.secretariat else rows.filter(agency__in=own.writes_for)
        found += [need for part in parts(report, rows) if (need := _need(part, own, now))]
    return found


def _need(part: Part, own: Standing, now: dt.datetime) -> Need | None:
    row = part.contribution
    named = {"agency": part.agency, "report": row.report}
    if row.agency_id in own.writes_for:
        step = next_step(part, own, now)
        if not step.address or (part.stand is Stand.EDITED and not _is_asked_to_confirm(row, own)):
            return None
        return Need(step.due, WAITS[part.stand] % named, step.action, step.address)
    if own.secretariat and part.stand is Stand.CHANGE_ASKED:
        words = _("%(report)s: %(agency)s asks for a change in its text") % named
        return Need(None, words, _("Look and edit"), row.get_absolute_url())
    return None


WAITS = {
    Stand.ASKED: _("%(report)s: highlights of %(agency)s are asked for"),
    Stand.WRITING: _("%(report)s: what %(agency)s wrote is not submitted"),
    Stand.EDITED: _("%(report)s: the edited text of %(agency)s waits to be confirmed"),
}


def _is_asked_to_confirm(contribution: Contribution, own: Standing) -> bool:
    """While the secretariat is still editing, nobody is asked for a word that might be needed again."""
    speaks = contribution.agency_id in own.speaks_for
    return speaks and contribution.report.state not in (State.COLLECTING, State.EDITING)
