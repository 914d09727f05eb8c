"""An agency's part of a report: its page, the steps on it, and the secretariat's board of all of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from isecg.access import Decision, Sentence, WrongMoment, require, standing
from isecg.pages import AddPage, EditPage
from isecg.versions import Stale
from reports import changes
from reports.forms.contributions import (
    BoardForm,
    ConfirmContributionForm,
    ExtendContributionForm,
    SubmitContributionForm,
    TakeBackContributionForm,
)
from reports.models import Contribution, Highlight
from reports.permissions import contributions as permissions
from reports.queries import contributions as queries
from reports.queries.turns import next_step
from reports.services import contributions as services
from reports.standing import EMPTY, Part, part_of
from reports.views.workshop import report_of


def contribution_of(request: HttpRequest, year: int, slug: str) -> Contribution:
    """The agency's part, or 404 for those who may not know of it."""
    rows = Contribution.objects.visible_to(request.user).select_related("report", "agency")
    return get_object_or_404(rows, report__year=year, agency__slug=slug)


@require_safe
def collection(request: HttpRequest, year: int) -> HttpResponse:
    """Where all agencies stand: as a picture, and as a list with the next thing to do."""
    report = report_of(request, year)
    require(permissions.can_collect_from(request.user, report))
    form = BoardForm(request.GET)
    rows = queries.board(report, timezone.now())
    chosen = form.cleaned_data if form.is_valid() else {}
    context = {
        "report": report,
        "form": form,
        "ask": permissions.can_ask_agency(request.user, report) and queries.can_ask_now(report),
        "columns": queries.columns(rows),
        "rows": [row for row in rows if _listed(row, chosen)],
        "count": len(rows),
        "late": sum(row.is_late for row in rows),
        "filtered": bool(chosen.get("state") or chosen.get("late")),
    }
    return render(request, "reports/collection.html", context, status=200 if form.is_valid() else 422)


def _listed(row: queries.Row, chosen: dict[str, Any]) -> bool:
    state = chosen.get("state")
    return (not state or row.part.stand == state) and (not chosen.get("late") or row.is_late)


@require_safe
def contribution(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """What is asked of one agency, what it wrote, where that stands, and the next step."""
    row = contribution_of(request, year, slug)
    part, now = part_of(row), timezone.now()
    rows = Highlight.objects.within(row.report.period_start, row.report.period_end)
    shown = rows.visible_to(request.user).filter(agency=row.agency_id).select_related("photograph")
    context = {
        "contribution": part.contribution,
        "report": row.report,
        "agency": part.agency,
        "part": part,
        "due": queries.deadline(row),
        "steps": queries.steps(part),
        "highlights": shown.prefetch_related("activities", "recommendations"),
        "history": queries.history(row),
        "options": options(request, part),
        "step": next_step(part, standing(request.user), now),
        "own": row.agency_id in standing(request.user).reads_for,
        "open": queries.is_open(row, now),
    }
    return render(request, "reports/contribution.html", context)


def options(request: HttpRequest, part: Part) -> dict[str, Decision]:
    """For each step whether this person can take it now; if not, why not."""
    row, by, now = part.contribution, request.user, timezone.now()
    submitted = part.submission is not None
    writable = queries.can_write_now(row, submitted, now)
    taken = queries.can_take_back_now(row, submitted, now)
    return {
        "write": permissions.can_write_highlight(by, row) and writable,
        "submit": permissions.can_submit_contribution(by, row) and writable,
        "take_back": permissions.can_take_back_contribution(by, row) and taken,
        "confirm": permissions.can_confirm_contribution(by, row) and queries.can_answer_now(part),
        "extend": permissions.can_extend_contribution(by, row) and queries.can_extend_now(row),
        "leave_out": permissions.can_leave_out(by, row) and queries.can_leave_out_now(part),
    }


@require_safe
def contribution_changes(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """What became of the text since the agency handed it in."""
    part = part_of(contribution_of(request, year, slug))
    context = {
        "contribution": part.contribution,
        "report": part.contribution.report,
        "agency": part.agency,
        "part": part,
        **compared(part),
    }
    return render(request, "reports/contribution-changes.html", context)


def compared(part: Part) -> dict[str, Any]:
    """The redline of an agency's part, against what it handed in."""
    since = part.submission
    found = changes.between(since.content if since else [], part.content)
    return {"changed": found, "differs": any(each.differs for each in found), "since": since}


class ContributionStep(AddPage):
    """A step of one agency's part. A subclass names verb (an option) and what it says."""

    verb: str
    title: Sentence
    yes: Sentence
    danger = False

    def allowed(self) -> Decision:
        self.part = part_of(contribution_of(self.request, self.kwargs["year"], self.kwargs["slug"]))
        return self.may()

    def may(self) -> Decision:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        decision = options(request, self.part)[self.verb]
        if not decision:
            raise WrongMoment(decision.reason, (_("To the agency's part"), self.get_success_url()))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except Stale:
            self.part = part_of(self.part.contribution)
            form: Any = self.get_form_class()(initial=self.get_initial())
            form.initial |= {name: request.POST.get(name, "") for name in ("words", "answer")}
            return self.render_to_response(self.get_context_data(form=form, stale=True), status=409)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {
            "contribution": self.part.contribution,
            "report": self.part.contribution.report,
            "agency": self.part.agency,
            "part": self.part,
            "page": self,
            "back": self.get_success_url(),
        }
        return super().get_context_data(**more, **kwargs)

    def get_success_url(self) -> str:
        return self.part.contribution.get_absolute_url()


class SubmitContribution(ContributionStep):
    """The question before the agency's highlights leave it."""

    verb = "submit"
    form_class = SubmitContributionForm
    template_name = "reports/submit-contribution.html"
    done = gettext_lazy("Submitted. The secretariat reads and edits it now; you will see every change.")

    def may(self) -> Decision:
        return permissions.can_submit_contribution(self.request.user, self.part.contribution)

    def get_initial(self) -> dict[str, Any]:
        contribution = self.part.contribution
        return {"seen": services.handed_over(contribution.report, contribution.agency)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = self.part.contribution.report
        rows = Highlight.objects.within(report.period_start, report.period_end)
        own = rows.filter(agency=self.part.agency).select_related("photograph")
        return super().get_context_data(highlights=own, **kwargs)

    def save(self, **fields: Any) -> Any:
        """What was read decides: where there was no highlight, there is nothing to report."""
        nothing = fields["seen"] == EMPTY
        contribution, by = self.part.contribution, self.request.user
        return services.submit_contribution(contribution, by=by, nothing=nothing, **fields)


class TakeBackContribution(ContributionStep):
    """The question before what was handed in comes back inside the agency."""

    verb = "take_back"
    form_class = TakeBackContributionForm
    template_name = "reports/take-back-contribution.html"
    done = gettext_lazy(
        "Taken back. Your delegation can change it; nobody else reads it until you submit again."
    )

    def may(self) -> Decision:
        return permissions.can_take_back_contribution(self.request.user, self.part.contribution)

    def save(self, **fields: Any) -> Any:
        return services.take_back_contribution(self.part.contribution, by=self.request.user, **fields)


class ConfirmContribution(ContributionStep):
    """What was edited, and the agency's word on it."""

    verb = "confirm"
    form_class = ConfirmContributionForm
    template_name = "reports/confirm-contribution.html"
    done = gettext_lazy("Thank you: the secretariat knows your agency's word.")

    def may(self) -> Decision:
        return permissions.can_confirm_contribution(self.request.user, self.part.contribution)

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.part.sha256}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**compared(self.part), **kwargs)

    def save(self, **fields: Any) -> Any:
        contribution, by = self.part.contribution, self.request.user
        if fields["answer"] == ConfirmContributionForm.AGREE:
            return services.confirm_contribution(contribution, by=by, seen=fields["seen"])
        return services.ask_for_change(contribution, by=by, seen=fields["seen"], words=fields["words"])


class ExtendContribution(EditPage):
    """More time for one agency."""

    model = Contribution
    form_class = ExtendContributionForm
    template_name = "reports/extend-contribution.html"
    permission = staticmethod(permissions.can_extend_contribution)
    service = services.extend_contribution

    def get_object(self, queryset: Any = None) -> Contribution:
        row = contribution_of(self.request, self.kwargs["year"], self.kwargs["slug"])
        require(permissions.can_extend_contribution(self.request.user, row))
        if self.request.method != "POST" and not (decision := queries.can_extend_now(row)):
            raise WrongMoment(decision.reason, (_("To the agency's part"), row.get_absolute_url()))
        return row

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.object
        more = {"contribution": row, "report": row.report, "agency": row.agency, "due": queries.deadline(row)}
        return super().get_context_data(**more, back=row.get_absolute_url(), **kwargs)
