"""The promise check for the secretariat, and what everybody reads of comments: "You said, we did"."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from isecg.access import require
from recommendations import redline
from recommendations.forms.dispositions import ExplainForm
from recommendations.models import Comment, Recommendation
from recommendations.permissions.dispositions import can_explain
from recommendations.promises import What
from recommendations.queries.promises import Checked, check
from recommendations.queries.table import public_rows
from recommendations.services.promises import explain as explaining
from recommendations.views.lookup import recommendation_of

SAYS = {
    What.UNCHANGED: gettext_lazy("Promised, but the paragraph reads as before."),
    What.NOT_THERE: gettext_lazy("Promised, but the agreed words do not stand there."),
    What.STILL_THERE: gettext_lazy("Promised to go, but the words still stand there."),
    What.UNASKED: gettext_lazy("Changed, and no accepted comment asked for it."),
}


@require_safe
def promises(request: HttpRequest, number: str) -> HttpResponse:
    """What was accepted, held against what changed."""
    recommendation = recommendation_of(request, number)
    require(can_explain(request.user, recommendation))
    return _page(request, recommendation)


@require_POST
def explain(request: HttpRequest, number: str) -> HttpResponse:
    """Keep the explanation of one finding."""
    recommendation = recommendation_of(request, number)
    require(can_explain(request.user, recommendation))
    form = ExplainForm(request.POST)
    if not form.is_valid():
        return _page(request, recommendation, form, status=422)
    name, reason = form.cleaned_data["name"], form.cleaned_data["reason"]
    try:
        explaining(recommendation, by=request.user, reason=reason, **_about(recommendation, name))
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, recommendation, form, status=422)
    messages.success(request, _("Explained. It stands in the record of this revision."))
    return redirect(reverse("recommendations:promises", args=[number]) + f"#f{name}")


def _about(recommendation: Recommendation, name: str) -> dict[str, Any]:
    """What the finding is filed under: a comment or a paragraph."""
    if name.startswith("p"):
        return {"key": name}
    rows = Comment.objects.submitted().filter(consultation__recommendation=recommendation)
    found = rows.filter(pk=int(name)).first()
    return {"comment": found} if found else {"key": name}


def _page(
    request: HttpRequest, recommendation: Recommendation, form: ExplainForm | None = None, status: int = 200
) -> HttpResponse:
    found = check(recommendation)
    context = {
        "recommendation": recommendation,
        "check": found,
        "unkept": [_shown(each, form) for each in found.unkept] if found else [],
        "unasked": [_shown(each, form) for each in found.unasked] if found else [],
        "form": form,
    }
    return render(request, "recommendations/promises.html", context, status=status)


def _shown(checked: Checked, form: ExplainForm | None) -> dict[str, Any]:
    """A finding with its sentence, its redline and its form (the one that was sent keeps what was typed)."""
    said = checked.explanation.reason if checked.explanation else checked.earlier
    sent = form is not None and form["name"].value() == checked.name
    own = (
        form
        if sent
        else ExplainForm(initial={"name": checked.name, "reason": said}, auto_id=f"{checked.name}_%s")
    )
    return {
        "checked": checked,
        "says": SAYS[checked.finding.what],
        "runs": redline.compare(checked.before, checked.after),
        "form": own,
    }


@login_not_required
@require_safe
def you_said(request: HttpRequest, number: str) -> HttpResponse:
    """What was asked, what became of it and why: comments that were made public, for everybody."""
    recommendation = recommendation_of(request, number)
    context = {"recommendation": recommendation, "rows": public_rows(recommendation)}
    return render(request, "recommendations/you_said.html", context)
