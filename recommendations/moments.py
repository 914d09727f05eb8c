"""Whether it is the moment for a step, by comparing instants; the answer is a sentence with a way out.

Asked by `recommendations.workflow`, in the states its table names. Who may take the step is another
question (`recommendations.permissions.steps`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isecg.access import Allowed, Decision, Denied, Sentence, standing
from isecg.deadlines import say, utc
from recommendations.models import Outcome, Phase, State
from recommendations.queries.dispositions import undecided_words
from recommendations.situation import Situation

Moment = Callable[[Situation, Any], Decision]


@dataclass(frozen=True)
class NotNow(Denied):
    """Not at this moment. `instead` is (words, URL name) of what can be done about it."""

    instead: tuple[Sentence, str] | None = None


def always(at: Situation, by: Any) -> Decision:
    """Whenever the recommendation is in one of the states."""
    return Allowed()


def revise(at: Situation, by: Any) -> Decision:
    """Not while agencies read the text; and only what differs from the revision before."""
    if not (heard := _nobody_comments(at)):
        return heard
    if not at.rec.text.strip():
        return NotNow(_("There is no text yet."), (_("To the text"), "write"))
    if at.newest and at.newest.text == at.rec.text:
        return NotNow(_("Nothing has changed since the last revision."), (_("To the text"), "write"))
    return Allowed()


def circulate(at: Situation, by: Any) -> Decision:
    """A frozen text, and nothing that agencies said before left undecided."""
    return _frozen(at) and _all_decided(at)


def while_open(at: Situation, by: Any) -> Decision:
    """Between the opening and the end of the consultation; the end itself is too late."""
    if at.consultation is None:
        return NotNow(_("There is no open consultation."))
    if at.phase == Phase.HELD:
        return NotNow(
            _("The consultation opens on %(instant)s.") % {"instant": utc(at.consultation.opens_at)}
        )
    if at.phase == Phase.CLOSED:
        return NotNow(_("The consultation ended on %(instant)s.") % {"instant": utc(at.consultation.end)})
    return Allowed()


def when_over(at: Situation, by: Any) -> Decision:
    """From the end of the consultation on."""
    return _no_consultation_open(at)


def dispose(at: Situation, by: Any) -> Decision:
    """As soon as agencies have been asked."""
    if at.consultation is None or at.phase == Phase.HELD:
        return NotNow(_("No agency has been asked yet."))
    return Allowed()


def start_silence(at: Situation, by: Any) -> Decision:
    """After a consultation, on a frozen text, when every comment is decided."""
    if at.consultation is None:
        return NotNow(_("The agencies have not been consulted yet."), (_("Circulate"), "circulate"))
    return _nobody_comments(at) and _frozen(at) and _all_decided(at)


def object_to(at: Situation, by: Any) -> Decision:
    """From the start until the expiry, which itself is too late; once an agency."""
    if not (running := _running(at)):
        return running
    if not (at.asked & standing(by).speaks_for) - at.objecting:
        return NotNow(_("Your agency has objected already."), (_("To the silence procedure"), "silence"))
    return Allowed()


def withdraw_objection(at: Situation, by: Any) -> Decision:
    """Before the expiry only: after it, others would be bound who relied on the objection."""
    if not (running := _running(at)):
        return running
    if not at.objecting & standing(by).speaks_for:
        sentence = _("Your agency has no objection to withdraw.")
        return NotNow(sentence, (_("To the silence procedure"), "silence"))
    return Allowed()


def state_position(at: Situation, by: Any) -> Decision:
    """From the start until the procedure is concluded."""
    return _begun(at)


def conclude(at: Situation, by: Any) -> Decision:
    """When it is broken, or when it has expired."""
    if not (begun := _begun(at)):
        return begun
    if at.silence and at.silence.outcome(at.now) == Outcome.RUNNING:
        sentence = _("The silence procedure runs until %(instant)s.")
        return NotNow(
            sentence % {"instant": say(at.silence.expires_at)}, (_("To the silence procedure"), "silence")
        )
    return Allowed()


def approve(at: Situation, by: Any) -> Decision:
    """Once."""
    if at.approval:
        return NotNow(_("This text has been approved already."))
    return Allowed()


def issue(at: Situation, by: Any) -> Decision:
    """When the chair has approved it, and what the promise check found is explained."""
    if not at.approval:
        return NotNow(_("The chair has not approved this text yet."), (_("Approve"), "approve"))
    if at.unexplained:
        sentence = ngettext(
            "The promise check found %(count)s thing that nobody has explained yet.",
            "The promise check found %(count)s things that nobody has explained yet.",
            at.unexplained,
        )
        return NotNow(sentence % {"count": at.unexplained}, (_("To the promise check"), "promises"))
    return Allowed()


def while_held(at: Situation, by: Any) -> Decision:
    """Until the step takes effect; that instant itself is too late."""
    if not at.is_held:
        return NotNow(_("It is too late: the step has taken effect."))
    return Allowed()


def unless_held(at: Situation, by: Any) -> Decision:
    """What nobody knows of yet is recalled, not ended with a mail to everybody."""
    if at.effect and at.is_held:
        sentence = _("The last step takes effect on %(instant)s; recall it first.")
        return NotNow(sentence % {"instant": utc(at.effect)}, (_("Recall"), "recall"))
    return Allowed()


def _no_consultation_open(at: Situation) -> Decision:
    """In consultation only when that is over; in drafting it is."""
    if at.rec.state != State.IN_CONSULTATION or at.consultation is None:
        return Allowed()
    if at.phase == Phase.HELD:
        sentence = _("The consultation opens on %(instant)s; recall it, or wait for its end.")
        return NotNow(sentence % {"instant": utc(at.consultation.opens_at)}, (_("Recall"), "recall"))
    if at.phase == Phase.OPEN:
        sentence = _("The consultation is open until %(instant)s; the text is frozen until then.")
        return NotNow(sentence % {"instant": say(at.consultation.end)})
    return Allowed()


def _nobody_comments(at: Situation) -> Decision:
    """The consultation is over for everybody, for who was let comment late, too."""
    if not (over := _no_consultation_open(at)):
        return over
    for grace in at.graces if at.rec.state == State.IN_CONSULTATION else ():
        sentence = _("Late comments of %(agency)s are accepted until %(instant)s.")
        return NotNow(sentence % {"agency": grace.agency, "instant": say(grace.until)})
    return Allowed()


def _frozen(at: Situation) -> Decision:
    """Whether the newest revision is the working text."""
    if at.newest is None:
        return NotNow(_("There is no revision yet; make one first."), (_("Make a revision"), "revise"))
    if at.newest.text != at.rec.text:
        sentence = _("The working text differs from revision %(number)s; make a revision first.")
        return NotNow(sentence % {"number": at.newest.number}, (_("Make a revision"), "revise"))
    return Allowed()


def _all_decided(at: Situation) -> Decision:
    """Whether every comment has its verdict."""
    if at.undecided:
        return NotNow(undecided_words(at.undecided), (_("To the comments"), "comments"))
    return Allowed()


def _begun(at: Situation) -> Decision:
    if at.silence is None:
        return NotNow(_("There is no silence procedure."))
    if at.now < at.silence.starts_at:
        sentence = _("The silence procedure starts on %(instant)s.")
        return NotNow(sentence % {"instant": utc(at.silence.starts_at)})
    return Allowed()


def _running(at: Situation) -> Decision:
    if not (begun := _begun(at)):
        return begun
    if at.silence and at.now >= at.silence.expires_at:
        sentence = _("The silence procedure expired on %(instant)s.")
        return NotNow(
            sentence % {"instant": utc(at.silence.expires_at)}, (_("To the silence procedure"), "silence")
        )
    return Allowed()
