"""The silence procedure: start it, object, withdraw the objection, state a position, conclude."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Sentence
from recommendations.forms.steps import (
    ObjectForm,
    StartSilenceForm,
    StatePositionForm,
    StepForm,
    WithdrawObjectionForm,
)
from recommendations.models import Outcome, SilenceProcedure
from recommendations.queries.steps import silence_of
from recommendations.services import silence
from recommendations.views.steps.base import Instant, Instants, OfSilence

QUIET = _("Nothing becomes public.")


class StartSilence(OfSilence):
    verb = "start_silence"
    service = silence.start_silence
    form_class = StartSilenceForm
    deadline = "expires_at"
    least = 5
    title = _("Start the silence procedure?")
    lead = _("The newest revision is agreed unless an objection stands when the procedure expires.")
    effects = (
        _("The text is frozen by its checksum."),
        _("Nothing becomes public: who is not asked does not learn of it."),
        _("Until it starts it can be recalled whole, and no mail leaves."),
    )
    done = _("Put under silence. Until it starts, it can be recalled whole.")

    def instants(self, made: SilenceProcedure) -> Instants:
        return [
            Instant(_("Starts, if you press now"), made.starts_at, begins=True),
            Instant(_("Expires"), made.expires_at),
        ]


class Object(OfSilence):
    verb = "object"
    service = silence.object_to
    form_class = ObjectForm
    danger = True
    looked_at = False  # an objection counts from the press: it never waits for anybody to look again
    title = _("Object for your agency?")
    lead = _("It takes effect at once. While the objection stands, the text is not agreed.")
    effects = (
        _("Your reason is read by every agency asked, and stays with the text for ever."),
        _("The objection can be withdrawn, with a reason, until the procedure expires."),
        QUIET,
    )
    done = _("Your agency has objected. Everybody asked has been told.")


class WithdrawObjection(OfSilence):
    verb = "withdraw_objection"
    service = silence.withdraw_objection
    form_class = WithdrawObjectionForm
    looked_at = False
    title = _("Withdraw your agency's objection?")
    lead = _("It no longer stands, at once. Both reasons stay on record.")
    effects = (_("Until the procedure expires, your agency can object again."), QUIET)
    done = _("Your agency's objection is withdrawn. Everybody asked has been told.")


class StatePosition(OfSilence):
    verb = "state_position"
    service = silence.state_position
    form_class = StatePositionForm
    looked_at = rehearsed = False
    title = _("State your agency's position")
    lead = _("For the record; it breaks no silence. Nobody needs to state anything.")
    effects = (
        _("Everybody asked can read it, and it stays with the text for ever."),
        _("A newer position stands beside an older one; neither can be changed."),
        _("When the text is issued, positions and statements become public with it."),
    )
    done = _("Your agency's position is on record.")


class Conclude(OfSilence):
    verb = "conclude"
    service = silence.conclude
    form_class = StepForm
    title = _("Conclude the silence procedure?")
    lead = _("This only writes down how it ended; objections and the expiry have decided.")
    done = _("Concluded. Everybody asked, the chair and the secretariat are told.")

    def effects_now(self, values: dict[str, Any]) -> Sequence[Sentence]:
        found = silence_of(self.recommendation)
        if found is not None and found.outcome(self.now) == Outcome.AGREED:
            return (_("No objection stood when it expired: the text is agreed."), QUIET)
        back = _("An objection stands: the text is not agreed and goes back to drafting.")
        early = _("It ends before it expires: until then the objection could still be withdrawn.")
        return (back, early, QUIET) if found and self.now < found.expires_at else (back, QUIET)
