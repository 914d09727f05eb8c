"""Whether it is the moment for a step, by comparing instants; the answer is a sentence with a way out.

Asked by `recommendations.workflow`, for the states its table names. Who may take the step is another
question (`recommendations.permissions.steps`).
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isecg.access import Allowed, Decision, Denied, Sentence, standing
from isecg.deadlines import say, utc
from recommendations.models import Objection, Outcome, Phase, Recommendation, SilenceProcedure, State
from recommendations.queries.dispositions import undecided
from recommendations.queries.promises import unexplained
from recommendations.queries.steps import (
    approval_of,
    consultation_of,
    effect_of,
    newest_revision,
    silence_of,
)

Moment = Callable[[Recommendation, Any, dt.datetime], Decision]


@dataclass(frozen=True)
class NotNow(Denied):
    """Not at this moment. `instead` is (words, URL name) of what can be done about it."""

    instead: tuple[Sentence, str] | None = None


def always(rec: Recommendation, by: Any, now: dt.datetime) -> Decision:
    return Allowed()


def revise(rec: Recommendation, by: Any, now: dt.datetime) -> Decision:
    """Not while agencies read the text; and only what differs from the revision before."""
    if not (over := _no_consultation_open(rec, now)):
        return over
    newest = newest_revision(rec)
    if newest and newest.text == rec.text:
        return NotNow(_("Nothing has changed since the last revision."), (_("To the text"), "write"))
    if not rec.text.strip():
        return NotNow(_("There is no text yet."), (_("To the text"), "write"))
    return Allowed()


def circulate(rec: Recommendation, by: Any, now: dt.datetime) -> Decision:
    return _frozen(rec) and _all_decided(rec)


def while_open(rec: Recommendation, by: Any, now: dt.datetime) -> Decision:
    """Only between the opening and the end."""
    consultation = consultation_of(rec)
    if consultation is None:
        return NotNow(_("There is no open consultation."))
    phase = consultation.phase(now)
    if phase == Phase.HELD:
        return NotNow(
            _("The consultation opens at %(instant)s.") % {"instant": utc(consultation.opens_at)},
        )
    if phase == Phase.CLOSED:
        return NotNow(_("The consultation ended at %(instant)s.") % {"instant": utc(consultation.end)})
    return Allowed()


def when_over(rec: Recommendation, by: Any, now: dt.datetime) -> Decision:
    """Only after the end of the consultation."""
    return _no_consultation_open(rec, now)


def dispose(rec: Recommendation, by: Any, now: dt.datetime) -> Decision:
    """As soon as there is a consultation that has opened."""
    consultation = consultation_of(rec)
    if consultation is None or consultation.phase(now) == Phase.HELD:
        return NotNow(_("No agency has been asked yet."))
    return Allowed()


def start_silence(rec: Recommendation, by: Any, now: dt.datetime) -> Decision:
    """After a consultation, on a frozen text, when every comment is decided."""
    if consultation_of(rec) is None:
        return NotNow(_("The agencies have not been consulted yet."), (_("Circulate"), "circulate"))
    return _no_consultation_open(rec, now) and _frozen(rec) and _all_decided(rec)


def object_(rec: Recommendation, by: Any, now: dt.datetime) -> Decision:
    """From the start until the expiry, which itself is too late; once an agency."""
    silence = silence_of(rec)
    if not (running := _running(silence, now)):
        return running
    if not _may_still_object(silence, by):
        return NotNow(_("Your agency has objected already."), (_("To the silence procedure"), "silence"))
    return Allowed()


def withdraw_objection(rec: Recommendation, by: Any, now: dt.datetime) -> Decision:
    """Before the expiry: others may have relied on it afterwards."""
    silence = silence_of(rec)
    if not (running := _running(silence, now)):
        return running
    if not _standing(silence).filter(agency__in=standing(by).speaks_for).exists():
        return NotNow(
            _("Your agency has no objection to withdraw."), (_("To the silence procedure"), "silence")
        )
    return Allowed()


def state_position(rec: Recommendation, by: Any, now: dt.datetime) -> Decision:
    """From the start until it is concluded."""
    silence = silence_of(rec)
    if silence and silence.outcome(now) == Outcome.HELD_BACK:
        return NotNow(
            _("The silence procedure starts at %(instant)s.") % {"instant": utc(silence.starts_at)},
        )
    return Allowed()


def conclude(rec: Recommendation, by: Any, now: dt.datetime) -> Decision:
    """When it is broken, or when it has expired."""
    silence = silence_of(rec)
    if silence is None:
        return NotNow(_("There is no silence procedure to conclude."))
    outcome = silence.outcome(now)
    if outcome == Outcome.HELD_BACK:
        return NotNow(
            _("The silence procedure starts at %(instant)s.") % {"instant": utc(silence.starts_at)},
        )
    if outcome == Outcome.RUNNING:
        return NotNow(
            _("The silence procedure runs until %(instant)s.") % {"instant": say(silence.expires_at)},
            (_("To the silence procedure"), "silence"),
        )
    return Allowed()


def approve(rec: Recommendation, by: Any, now: dt.datetime) -> Decision:
    """Once."""
    if approval_of(rec):
        return NotNow(_("This text has been approved already."))
    return Allowed()


def issue(rec: Recommendation, by: Any, now: dt.datetime) -> Decision:
    """When the chair has approved it, and what the promise check found is explained."""
    if not approval_of(rec):
        return NotNow(_("The chair has not approved this text yet."), (_("Approve"), "approve"))
    if waiting := len(unexplained(rec)):
        sentence = ngettext(
            "The promise check found %(count)s thing that nobody has explained yet.",
            "The promise check found %(count)s things that nobody has explained yet.",
            waiting,
        )
        return NotNow(sentence % {"count": waiting}, (_("To the promise check"), "promises"))
    return Allowed()


def while_held(rec: Recommendation, by: Any, now: dt.datetime) -> Decision:
    """Until the step takes effect; that instant itself is too late."""
    effect = effect_of(rec)
    if effect is None or effect <= now:
        return NotNow(_("It is too late: the step has taken effect."))
    return Allowed()


def unless_held(rec: Recommendation, by: Any, now: dt.datetime) -> Decision:
    """What nobody knows of yet is recalled, not ended with a mail to everybody."""
    effect = effect_of(rec)
    if effect and now < effect:
        return NotNow(
            _("The last step takes effect at %(instant)s; recall it first.") % {"instant": utc(effect)},
            (_("Recall"), "recall"),
        )
    return Allowed()


def when_public(rec: Recommendation, by: Any, now: dt.datetime) -> Decision:
    """Once it can be read by everybody."""
    return unless_held(rec, by, now)


def _no_consultation_open(rec: Recommendation, now: dt.datetime) -> Decision:
    consultation = consultation_of(rec)
    if rec.state != State.IN_CONSULTATION or consultation is None:
        return Allowed()
    phase = consultation.phase(now)
    if phase == Phase.HELD:
        return NotNow(
            _("The consultation opens at %(instant)s; recall it, or wait for its end.")
            % {"instant": utc(consultation.opens_at)},
            (_("Recall"), "recall"),
        )
    if phase == Phase.OPEN:
        return NotNow(
            _("The consultation is open until %(instant)s; the text is frozen until then.")
            % {"instant": say(consultation.end)},
        )
    return Allowed()


def _frozen(rec: Recommendation) -> Decision:
    """Whether the newest revision is the working text."""
    newest = newest_revision(rec)
    if newest is None:
        return NotNow(_("There is no revision yet; make one first."), (_("Make a revision"), "revise"))
    if newest.text != rec.text:
        return NotNow(
            _("The working text differs from revision %(number)s; make a revision first.")
            % {"number": newest.number},
            (_("Make a revision"), "revise"),
        )
    return Allowed()


def _all_decided(rec: Recommendation) -> Decision:
    waiting = list(undecided(rec))
    if not waiting:
        return Allowed()
    sentence = ngettext(
        "This comment has no verdict yet: %(names)s.",
        "%(count)s comments have no verdict yet: %(names)s.",
        len(waiting),
    )
    return NotNow(
        sentence % {"count": len(waiting), "names": ", ".join(map(str, waiting))},
        (_("To the comments"), "comments"),
    )


def _running(silence: SilenceProcedure | None, now: dt.datetime) -> Decision:
    if silence is None or silence.concluded_at:
        return NotNow(_("No silence procedure is running."))
    if now < silence.starts_at:
        return NotNow(
            _("The silence procedure starts at %(instant)s.") % {"instant": utc(silence.starts_at)},
        )
    if now >= silence.expires_at:
        return NotNow(
            _("The silence procedure expired at %(instant)s.") % {"instant": utc(silence.expires_at)},
            (_("To the silence procedure"), "silence"),
        )
    return Allowed()


def _standing(silence: SilenceProcedure) -> Any:
    return Objection.objects.filter(procedure=silence, withdrawn_at__isnull=True)


def _may_still_object(silence: SilenceProcedure, by: Any) -> bool:
    asked = set(silence.agencies.filter(pk__in=standing(by).speaks_for).values_list("pk", flat=True))
    return bool(asked - set(_standing(silence).values_list("agency", flat=True)))
