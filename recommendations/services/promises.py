"""Explaining what the promise check found."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from isecg.access import WrongMoment, require
from isecg.audit.services import record
from isecg.markdown import printable
from isecg.versions import store
from members.models import acting
from recommendations import workflow
from recommendations.models import ENDED, WAS_ISSUED, Comment, Explanation, Recommendation
from recommendations.permissions import dispositions as permissions
from recommendations.queries.promises import check
from recommendations.services.checks import said


@transaction.atomic
def explain(
    recommendation: Recommendation,
    *,
    by: Any,
    reason: str,
    comment: Comment | None = None,
    key: str = "",
    now: dt.datetime | None = None,
) -> Explanation:
    """Say why the newest revision does not keep what was accepted of `comment`, or why paragraph `key`
    changed unasked. The explanation belongs to that revision and stays in the record; said again, it is
    replaced. Nobody is told.

    Raises PermissionDenied, WrongMoment (the text is final), ValidationError (no reason; there is nothing
    of that name to explain).
    """
    current, now = workflow.lock(recommendation, now)
    by = acting(by, now)
    require(permissions.can_explain(by, current))
    if current.state in (*WAS_ISSUED, *ENDED):
        way_out = (_("To the promise check"), reverse("recommendations:promises", args=[current.number]))
        raise WrongMoment(_("The text is final: what was explained stands."), way_out)
    found = check(current)
    name = str(comment.pk) if comment else key
    if found is None or name not in {each.name for each in found.findings}:
        raise ValidationError(_("The promise check no longer finds this: nothing is left to explain."))
    about = {"revision": found.after, "comment": comment, "key": "" if comment else key}
    before = Explanation.objects.filter(**about).first()
    was, explanation = (before.reason, before) if before else ("", Explanation(**about))
    explanation.reason, explanation.by = said(printable(reason), _("Say why.")), by
    store(explanation)
    changes = {"explanation": [was, explanation.reason], "of": ["", str(comment or key)]}
    record(by=by, verb="explain", what=current, why=explanation.reason, changes=changes)
    return explanation
