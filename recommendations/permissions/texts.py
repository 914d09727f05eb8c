"""Who may work on the text of a recommendation; the answer carries its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Decision, secretariat_only
from recommendations.models import Recommendation


def can_edit(by: Any, recommendation: Recommendation) -> Decision:
    """The secretariat says what a recommendation is called, whom it addresses, where it comes from."""
    return secretariat_only(by, _("Only the secretariat edits a recommendation."))


def can_write(by: Any, recommendation: Recommendation) -> Decision:
    """The secretariat writes the working text; nobody else reads it."""
    return secretariat_only(by, _("Only the secretariat writes the text of a recommendation."))
