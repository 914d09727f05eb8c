"""The end of a year: what becomes of its unfinished items and goals, on one page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from isecg.access import WrongMoment, require
from isecg.versions import Stale
from reports import permissions, queries
from reports.forms.roll_forward import RollForwardForms
from reports.models import AnnualReport, Goal
from reports.services.roll_forward import Step
from reports.services.roll_forward import roll_forward as take


@require_http_methods(["GET", "HEAD", "POST"])
def roll_forward(request: HttpRequest, year: int) -> HttpResponse:
    """Every unfinished item and goal of the report's year with what can be done about it."""
    report = get_object_or_404(AnnualReport.objects.visible_to(request.user), year=year)
    require(permissions.can_roll_forward(request.user))
    if request.method != "POST":
        return _page(request, report, _forms(report))
    asked = _forms(report, request.POST)
    steps = asked.steps()
    if asked.failed:
        return _page(request, report, asked, status=422)
    if not steps:
        asked.refusals.append(_("Nothing was chosen: say of at least one item or goal what becomes of it."))
        return _page(request, report, asked, status=422)
    return _take(request, report, asked, steps)


def _take(
    request: HttpRequest, report: AnnualReport, asked: RollForwardForms, steps: list[Step]
) -> HttpResponse:
    """Take the steps; where one is refused none was taken, and the page keeps what was typed."""
    try:
        count = take(steps, by=request.user, day=asked.shared.cleaned_data["day"])
    except ValidationError as error:
        asked.refusals = error.messages
        return _page(request, report, asked, status=422)
    except WrongMoment as error:
        asked.refusals = [str(error.reason)]
        return _page(request, report, asked, status=409)
    except Stale as stale:
        return _look_again(request, report, stale.current)
    words = ngettext("%(count)s step was taken.", "%(count)s steps were taken.", count)
    messages.success(request, words % {"count": count})
    return redirect(request.path)


def _look_again(request: HttpRequest, report: AnnualReport, current: Any) -> HttpResponse:
    """Somebody changed one of them after the page was opened: it is shown as it stands, and asked again."""
    data: QueryDict = request.POST.copy()
    kind = "goal" if isinstance(current, Goal) else "item"
    data[f"{kind}-{current.pk}-version"] = str(current.version)
    asked = _forms(report, data)
    words = _("%(record)s was changed after you opened this page. It is shown as it stands now; look again.")
    asked.refusals = [words % {"record": current}]
    return _page(request, report, asked, status=409)


def _forms(report: AnnualReport, data: QueryDict | None = None) -> RollForwardForms:
    lines = queries.work_plan(timezone.now().date(), queries.items_of(report))
    unfinished = [line for line in lines if line.unfinished]
    goals = Goal.objects.filter(year=report.year, outcome="")
    return RollForwardForms(sorted(unfinished, key=lambda line: line.due), list(goals), data)


def _page(
    request: HttpRequest, report: AnnualReport, asked: RollForwardForms, status: int = 200
) -> HttpResponse:
    over = [row for row in asked.items if row.line.due <= report.last_day]
    decided = Goal.objects.filter(year=report.year).exclude(outcome="").select_related("continued_by")
    context = {
        "report": report,
        "asked": asked,
        "over": over,
        "later": [row for row in asked.items if row not in over],
        "decided": decided,
        "next_year": report.year + 1,
    }
    return render(request, "reports/roll_forward.html", context, status=status)
