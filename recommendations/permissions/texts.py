"""Who may work on the text of a recommendation; the answer carries its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Decision, Denied, Sentence, secretariat_only, standing
from recommendations.models import Recommendation


def can_edit(by: Any, recommendation: Recommendation) -> Decision:
    """The secretariat says what a recommendation is called, whom it addresses, where it comes from."""
    return _secretariat(by, _("Only the secretariat edits a recommendation."))


def can_write(by: Any, recommendation: Recommendation) -> Decision:
    """The secretariat writes the working text; nobody else reads it."""
    return _secretariat(by, _("Only the secretariat writes the text of a recommendation."))


def _secretariat(by: Any, otherwise: Sentence) -> Decision:
    """`secretariat_only`, which also knows who merely lacks the second factor, with a sentence of its own."""
    decision = secretariat_only(by)
    return decision if decision or standing(by).needs_second_factor else Denied(otherwise)
