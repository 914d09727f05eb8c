"""Who may do what: a permission answers with a reason, and the reason is what people read.

The same sentence is the disabled button's explanation and the error page. Unknown to you is 404,
wrong person is 403 (Denied), wrong moment is 409 (WrongMoment, with a way out).
"""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise


@dataclass(frozen=True)
class Allowed:
    """Yes."""

    reason: Sentence = ""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Denied:
    """No, because."""

    reason: Sentence

    def __bool__(self) -> bool:
        return False


Decision = Allowed | Denied


class WrongMoment(Exception):
    """The right person, but not now. `way_out` is (words, address) of what can be done instead."""

    def __init__(self, reason: Sentence, way_out: tuple[Sentence, str] | None = None) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.way_out = way_out


def require(decision: Decision) -> None:
    """Raises PermissionDenied with the reason when the decision is no."""
    if not decision:
        raise PermissionDenied(decision.reason)


@dataclass(frozen=True)
class Standing:
    """What somebody is at this instant, read from the mandates in every request.

    `speaks_for`, `writes_for` and `reads_for` are ids of agencies: head of delegation or alternate;
    those and delegates; those and observers. `chairs` is the chairing agency's id if this person heads it.
    """

    editor: bool = False
    administrator: bool = False
    speaks_for: frozenset[int] = field(default_factory=frozenset)
    writes_for: frozenset[int] = field(default_factory=frozenset)
    reads_for: frozenset[int] = field(default_factory=frozenset)
    chairs: int | None = None
    needs_second_factor: bool = False

    @property
    def secretariat(self) -> bool:
        return self.editor or self.administrator


NOBODY = Standing()


def standing(reader: Any) -> Standing:
    """The reader's standing; a stranger has none."""
    return getattr(reader, "standing", NOBODY)


def secretariat_only(reader: Any, otherwise: Sentence = "") -> Decision:
    """Yes for editors and administrators of the secretariat; `otherwise` is the no in words of its own.

    Who only lacks the second factor is told that.
    """
    return _holding(reader, "secretariat", otherwise or _("Only the secretariat may do this."))


def administrators_only(reader: Any, otherwise: Sentence = "") -> Decision:
    """Yes for administrators of the secretariat; `otherwise` is the no in words of its own."""
    words = otherwise or _("Only an administrator of the secretariat may do this.")
    return _holding(reader, "administrator", words)


def _holding(reader: Any, name: str, otherwise: Sentence) -> Decision:
    held = standing(reader)
    if getattr(held, name):
        return Allowed()
    if held.needs_second_factor:
        return Denied(_("Your rights in the secretariat begin when you have set up a second factor."))
    return Denied(otherwise)
