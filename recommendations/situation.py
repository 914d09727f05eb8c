"""Where a recommendation stands at an instant: what the moments of its steps are judged by.

Each fact is read once, when it is first asked for.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from recommendations.models import (
    Approval,
    Comment,
    Consultation,
    Grace,
    Phase,
    Recommendation,
    Revision,
    SilenceProcedure,
)
from recommendations.queries import promises, public, steps
from recommendations.queries.dispositions import undecided


@dataclass(frozen=True)
class Situation:
    """`rec` as it stands at `now`."""

    rec: Recommendation
    now: dt.datetime

    @cached_property
    def newest(self) -> Revision | None:
        return steps.newest_revision(self.rec)

    @cached_property
    def consultation(self) -> Consultation | None:
        return public.consultation_of(self.rec)

    @cached_property
    def phase(self) -> Phase | None:
        """Of the consultation; None while the recommendation has none."""
        return self.consultation.phase(self.now) if self.consultation else None

    @cached_property
    def graces(self) -> list[Grace]:
        """Agencies whose late comments are still accepted."""
        if self.consultation is None:
            return []
        rows = self.consultation.graces.filter(until__gt=self.now).select_related("agency")
        return list(rows.prefetch_related("agency__names"))

    @cached_property
    def silence(self) -> SilenceProcedure | None:
        return steps.silence_of(self.rec)

    @cached_property
    def asked(self) -> frozenset[int]:
        """Agencies that the silence procedure asks."""
        return frozenset(self.silence.agencies.values_list("pk", flat=True)) if self.silence else frozenset()

    @cached_property
    def objecting(self) -> frozenset[int]:
        """Agencies whose objection stands."""
        if self.silence is None:
            return frozenset()
        return frozenset(each.agency_id for each in self.silence.objections.all() if not each.withdrawn_at)

    @cached_property
    def approval(self) -> Approval | None:
        """The chair's approval of the text that silence agreed to."""
        return steps.approval_of(self.rec, self.silence)

    @cached_property
    def undecided(self) -> list[Comment]:
        return list(undecided(self.rec))

    @cached_property
    def unexplained(self) -> int:
        """How many findings of the promise check nobody has explained."""
        return len(promises.unexplained(self.rec))

    @cached_property
    def effect(self) -> dt.datetime | None:
        """The instant from which on others can notice the step that brought it into its state."""
        return steps.effect_of(self.rec)

    @property
    def is_held(self) -> bool:
        """Whether the last step has not taken effect yet."""
        return self.effect is not None and self.now < self.effect
