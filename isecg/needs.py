"""What needs a person: the rows of the desk. Each app says its own in `queries.needs(member, now)`."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from isecg.access import Sentence
from isecg.deadlines import last_day


@dataclass(frozen=True)
class Need:
    """Something that waits for this person, with its one next action.

    `deadline` is an instant (aware) or a day, None where there is none; `words` says what waits, `action`
    what the button says, `address` where it leads.
    """

    deadline: dt.datetime | dt.date | None
    words: Sentence
    action: Sentence
    address: str

    @property
    def day(self) -> dt.date | None:
        """The day a deadline names: the end of a day anywhere on earth is that day."""
        return last_day(self.deadline) if isinstance(self.deadline, dt.datetime) else self.deadline

    def is_late(self, now: dt.datetime) -> bool:
        """Whether the deadline has passed at `now`; a day passes at its end."""
        if isinstance(self.deadline, dt.datetime):
            return self.deadline < now
        return self.deadline is not None and self.deadline < now.date()


def by_deadline(
    sources: Iterable[Callable[[Any, dt.datetime], Iterable[Need]]], member: Any, now: dt.datetime
) -> list[Need]:
    """What all `sources` say this member must do, the soonest first, what has no deadline last."""
    rows = [need for needs in sources for need in needs(member, now)]
    return sorted(rows, key=lambda need: (need.day is None, need.day or dt.date.max))
