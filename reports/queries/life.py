"""How far a report has come, and the one thing that is to be done next."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isecg import deadlines
from isecg.audit.models import Event
from reports.models import AnnualReport, Contribution, Edition, Publication, State
from reports.workflow import TABLE

LINE = (
    State.OPEN,
    State.COLLECTING,
    State.EDITING,
    State.CONFIRMING,
    State.APPROVED,
    State.PUBLISHED,
)

HOLDING = ("recall", "send_now")


@dataclass(frozen=True)
class LifeStep:
    """A state on the line of steps."""

    words: Any
    stands: str  # done, now, ahead
    at: dt.datetime | None = None


def life(report: AnnualReport, now: dt.datetime) -> list[LifeStep]:
    """The states in their order, with the day each was last reached. One query."""
    state = report.state_at(now)
    line = [*LINE, state] if state not in LINE else list(LINE)
    reached, here = _reached(report), line.index(state)
    done = [LifeStep(each.label, "done", reached.get(each)) for each in line[:here]]
    ahead = [LifeStep(each.label, "ahead") for each in line[here + 1 :]]
    return [*done, LifeStep(state.label, "now", reached.get(state)), *ahead]


def _reached(report: AnnualReport) -> dict[str, dt.datetime]:
    """{state: when a step last led to it}, from the event log."""
    leads = {row.verb: next(iter(row.moves.values()))[0] for row in TABLE if row.verb not in HOLDING}
    leads["open_report"] = State.OPEN
    events = Event.objects.about(report).filter(verb__in=leads).order_by("at").values_list("verb", "at")
    return {leads[verb]: at for verb, at in events}


@dataclass(frozen=True)
class Next:
    """The one next step: what waits, and the button."""

    words: str
    action: str
    address: str
    verb: str = ""  # of the workflow, where the button leads to its page
    post: bool = False  # whether the address is a button's own


@dataclass(frozen=True)
class Situation:
    """What the next step depends on."""

    report: AnnualReport
    now: dt.datetime
    newest: Edition | None
    unchanged: bool  # the newest edition says what the records say now
    held: Publication | None  # is not yet seen by readers
    current: Publication | None
    blocked: list[Any]  # the gate's points that stop
    missing: list[Contribution]  # agencies that have not handed in

    @property
    def year(self) -> list[int]:
        return [self.report.year]


def next_step(at: Situation) -> Next | None:
    """The one thing to do next; None where nothing waits."""
    if at.held:
        return _held(at, at.held)
    return STEPS[State(at.report.state)](at)


def _held(at: Situation, held: Publication) -> Next:
    named = {"number": held.edition.number, "instant": deadlines.utc(held.at)}
    words = _("Edition %(number)s waits: readers see it from %(instant)s on.") % named
    address = reverse("reports:edition", args=[at.report.year, held.edition.number])
    return Next(words, _("Read it once more"), address)


def _open(at: Situation) -> Next:
    count = at.report.contributions.count()
    words = ngettext("%(count)s agency will be asked.", "%(count)s agencies will be asked.", count)
    return _verb(at, "collect", words % {"count": count}, _("Begin collecting"))


def _collecting(at: Situation) -> Next:
    if not at.missing:
        return _verb(at, "edit_texts", _("Every agency asked has submitted."), _("End the collecting"))
    names = ", ".join(str(row.agency) for row in at.missing)
    if at.report.due_at and at.report.due_at > at.now:
        words = _("Agencies write until %(deadline)s. Not submitted yet: %(agencies)s.")
        said = words % {"deadline": deadlines.say(at.report.due_at), "agencies": names}
        return Next(said, _("See how far they are"), reverse("reports:collection", args=at.year))
    words = _("The deadline has passed. Not submitted: %(agencies)s.") % {"agencies": names}
    return _verb(at, "edit_texts", words, _("End the collecting"))


def _editing(at: Situation) -> Next:
    if not at.unchanged:
        return _render(at, _("When the texts are edited: make the PDF that goes round."))
    words = _("Edition %(number)s says what the records say: it can go round.")
    return _verb(at, "ask_to_confirm", words % {"number": _number(at)}, _("Ask the agencies to confirm"))


def _confirming(at: Situation) -> Next:
    for point in at.blocked:
        if point.key != "records":
            return Next(point.words, point.action, point.address)
    if not at.unchanged:
        return _render(at, _("The records have changed since the newest edition: make the PDF again."))
    words = _("Everybody stands behind edition %(number)s: now the chair approves it.")
    return _edition(at, "approve", words, _("To the approval"))


def _approved(at: Situation) -> Next:
    approval = at.report.approvals.select_related("edition").first()
    number = approval.edition.number if approval else _number(at)
    words = _("The chair has approved edition %(number)s.") % {"number": number}
    address = reverse("reports:publish", args=[at.report.year, number])
    return Next(words, _("Look and publish"), address, verb="publish")


def _public(at: Situation) -> Next | None:
    if not at.unchanged:
        return _render(at, _("The records have changed since the newest edition: a correction can be made."))
    if at.current and at.newest and at.current.edition_id != at.newest.pk:
        words = _("Edition %(number)s is ready and not what readers see.")
        return _edition(at, "correct", words, _("Look and publish the correction"))
    return None


def _withdrawn(at: Situation) -> Next:
    if not at.unchanged:
        return _render(at, _("To bring the report back: make the PDF of what the records say now."))
    words = _("Edition %(number)s can be published in place of what was withdrawn.")
    return _edition(at, "correct", words, _("Look and publish the correction"))


STEPS = {
    State.OPEN: _open,
    State.COLLECTING: _collecting,
    State.EDITING: _editing,
    State.CONFIRMING: _confirming,
    State.APPROVED: _approved,
    State.PUBLISHED: _public,
    State.CORRECTED: _public,
    State.WITHDRAWN: _withdrawn,
}


def _number(at: Situation) -> int:
    return at.newest.number if at.newest else 0


def _verb(at: Situation, verb: str, words: str, action: str) -> Next:
    return Next(words, action, reverse(f"reports:{verb}", args=at.year), verb=verb)


def _edition(at: Situation, verb: str, words: str, action: str) -> Next:
    number = _number(at)
    address = reverse(f"reports:{verb}", args=[at.report.year, number])
    return Next(words % {"number": number}, action, address, verb=verb)


def _render(at: Situation, words: str) -> Next:
    return Next(words, _("Make the PDF"), reverse("reports:render", args=at.year), post=True)
