"""The public pages: members, one member, the chair."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies import queries, timeline
from agencies.forms import AsOfForm
from agencies.models import ChairTerm
from agencies.permissions import can_edit
from isecg.access import standing
from isecg.dated import Precision


@login_not_required
@require_safe
def member_list(request: HttpRequest) -> HttpResponse:
    """Who is a member, today or as of any day."""
    form, day = _as_of(request)
    rows = list(queries.members(day))
    context = {
        "form": form,
        "day": day,
        "today": timezone.now().date(),
        "count": len(rows),
        "founders": [row for row in rows if row.founder],  # type: ignore[attr-defined]
        "later": [row for row in rows if not row.founder],  # type: ignore[attr-defined]
        "chair": queries.chair_on(day),
        "may_edit": can_edit(request.user),
    }
    return render(request, "agencies/list.html", context, status=_status(form))


@login_not_required
@require_safe
def member_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One seat: what it is called and was called, its membership, its terms in the chair."""
    today = timezone.now().date()
    agency = get_object_or_404(queries.whole(slug))
    names, memberships = list(agency.names.all()), list(agency.memberships.all())
    context = {
        "agency": agency,
        "name": agency.name_on(today),
        "names": [{"row": row, "now": _holds(row, today)} for row in reversed(names)],
        "memberships": [{"row": row, "now": _holds(row, today)} for row in reversed(memberships)],
        "member": any(_holds(row, today) for row in memberships),
        "terms": [{"row": row, "now": _holds(row, today)} for row in reversed(agency.chair_terms.all())],
        "may_edit": can_edit(request.user),
        "history": queries.history(agency) if standing(request.user).secretariat else None,
    }
    return render(request, "agencies/detail.html", context)


@login_not_required
@require_safe
def chair(request: HttpRequest) -> HttpResponse:
    """Who chairs (today or as of any day), who chaired, who is proposed to chair next and why."""
    today = timezone.now().date()
    form, day = _as_of(request)
    terms = list(queries.terms())
    term = queries.running(terms, day)
    context = {
        "form": form,
        "day": day,
        "today": today,
        "term": term,
        "name": term.agency.name_on(day) if term and term.agency else None,
        "last_known": queries.last_known(terms, day),
        "terms": [{"row": term, "now": _holds(term, today)} for term in reversed(terms)],
        "pictures": _pictures(terms, today),
        "turns": queries.proposal(today, queries.NEXT),
        "waivers": queries.waivers(today),
        "may_edit": can_edit(request.user),
        "history": queries.chair_history() if standing(request.user).secretariat else None,
    }
    return render(request, "agencies/chair.html", context, status=_status(form))


def _as_of(request: HttpRequest) -> tuple[AsOfForm, dt.date]:
    """The form for the day and the day it says; today if it says none, or nonsense."""
    form = AsOfForm(request.GET if "on" in request.GET else None)
    day = form.cleaned_data["on"] if form.is_valid() else None
    if form.errors:
        form.data = {}  # a browser's date field cannot show what is no day, and complains
    return form, day or timezone.now().date()


def _status(form: AsOfForm) -> int:
    return 400 if form.errors else 200


def _holds(row: Any, day: dt.date) -> bool:
    return row.start <= day and (row.end is None or row.end > day)


def _pictures(terms: list[ChairTerm], today: dt.date) -> list[dict[str, Any]]:
    """The chair through time, once for wide screens and once for phones."""
    spans = [
        timeline.Span(
            lane=term.holder or _("not known"),
            start=term.start,
            end=term.end,  # type: ignore[attr-defined]
            exact=term.start_precision == Precision.DAY,
            known=term.agency_id is not None,
        )
        for term in terms
    ]
    widths = {"wide": 1120, "narrow": 344} if spans else {}
    draw = timeline.draw
    return [
        {
            "name": name,
            "picture": draw(
                spans, today=today, today_words=_("today"), palette=timeline.SCREEN, width=width
            ).svg(f"chair-{name}"),
        }
        for name, width in widths.items()
    ]
