"""Where the secretariat puts a report together, renders it, publishes it and takes it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from isecg.access import Decision, require
from isecg.pages import AddPage
from reports import gate, permissions, queries, workflow
from reports.forms import OpenReportForm, PublishForm, ReportForm, WithdrawForm
from reports.models import AnnualReport, Goal, Rendering
from reports.services import editions as editing
from reports.services.reports import correct, edit_report, open_report, publish, withdraw
from reports.views.writing import WritePage


def report_of(request: HttpRequest, year: int) -> AnnualReport:
    """The report, or 404 for those who may not know of it."""
    return get_object_or_404(AnnualReport.objects.visible_to(request.user), year=year)


@require_safe
def workshop(request: HttpRequest, year: int) -> HttpResponse:
    """Everything about one report in the making, on one page."""
    report = report_of(request, year)
    require(permissions.can_edit_report(request.user, report))
    chapters = queries.chapters(report)
    editions = list(
        report.editions.select_related("snapshot").defer("snapshot__content").prefetch_related("copies")
    )
    context = {
        "report": report,
        "points": gate.points(report),
        "chapters": chapters,
        "goals": Goal.objects.filter(year=report.year + 1).prefetch_related("items"),
        "editions": editions,
        "publications": list(report.publications.select_related("edition", "by")),
        "unchanged": gate.unchanged(report, editions),
        "rendering": _shown(report),
        "options": workflow.options(report, request.user),
    }
    return render(request, "reports/workshop.html", context)


def _shown(report: AnnualReport) -> dict[str, Any] | None:
    """The latest rendering, in the words of the progress component."""
    rendering = report.renderings.select_related("report", "edition").first()
    return progress(rendering) if rendering else None


PROGRESS = {
    Rendering.State.QUEUED: "queued",
    Rendering.State.RENDERING: "running",
    Rendering.State.READY: "done",
    Rendering.State.FAILED: "failed",
}


def progress(rendering: Rendering) -> dict[str, Any]:
    """How far a rendering is, for the progress component."""
    edition = getattr(rendering, "edition", None)
    return {
        "record": rendering,
        "report": rendering.report,
        "edition": edition,
        "state": PROGRESS[Rendering.State(rendering.state)],
        "words": rendering.get_phase_display(),
        "label": str(edition or rendering.report),
        "poll": rendering.get_absolute_url(),
    }


@require_safe
def rendering(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one rendering is; the part alone for htmx, which is told to reload the page at the end."""
    visible = Rendering.objects.filter(report__in=AnnualReport.objects.visible_to(request.user))
    row = get_object_or_404(visible.select_related("report", "edition"), pk=pk)
    require(permissions.can_render(request.user, row.report))
    context = {"rendering": progress(row)}
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "reports/rendering.html", context)
    response = render(request, "reports/rendering.html#progress", context)
    if row.state in (Rendering.State.READY, Rendering.State.FAILED):
        response["HX-Refresh"] = "true"
    return response


@require_POST
def render_report(request: HttpRequest, year: int) -> HttpResponse:
    """Want the PDF. What has been rendered already is not rendered again, and is said."""
    report = report_of(request, year)
    by: Any = request.user
    row = editing.render(report, by=by)
    if row.state == Rendering.State.READY:
        words = _("Nothing has changed since %(edition)s was made: here it is again.")
        messages.info(request, words % {"edition": row.edition})
    return redirect(reverse("reports:workshop", args=[report.year]) + "#rendering")


class OpenReport(AddPage):
    """The report of another year."""

    form_class = OpenReportForm
    permission = staticmethod(permissions.can_open_report)
    object: Any
    service = open_report
    extra_context = {
        "title": gettext_lazy("Open the report of a year"),
        "save": gettext_lazy("Open the report"),
    }

    def get_initial(self) -> dict[str, Any]:
        today = timezone.now().date()
        return {"year": today.year, "period_start": today.replace(month=1, day=1)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=reverse("reports:list"), **kwargs)

    def get_success_url(self) -> str:
        return reverse("reports:workshop", args=[self.object.year])


class EditReport(WritePage):
    """Foreword, signature, the line on the cover, the period."""

    model = AnnualReport
    form_class = ReportForm
    permission = staticmethod(permissions.can_edit_report)
    service = edit_report

    def find(self) -> AnnualReport:
        return report_of(self.request, self.kwargs["year"])

    def get_success_url(self) -> str:
        return reverse("reports:workshop", args=[self.object.year])


class Publish(AddPage):
    """The question before an edition becomes public: what readers will get, and who is told."""

    template_name = "reports/publish.html"
    done = gettext_lazy("Published: this is what readers see now.")
    form_class = PublishForm

    def allowed(self) -> Decision:
        self.report = report_of(self.request, self.kwargs["year"])
        self.edition = get_object_or_404(self.report.editions, number=self.kwargs["number"])
        self.before = queries.current_publication(self.report)
        return permissions.can_publish(self.request.user, self.report)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "correction": self.before is not None}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = queries.heads_and_alternates(timezone.now().date())
        more = {"report": self.report, "edition": self.edition, "before": self.before, "told": list(told)}
        return super().get_context_data(**more, **kwargs)

    def save(self, **fields: Any) -> Any:
        if self.before is None:
            return publish(self.report, by=self.request.user, edition=self.edition)
        return correct(self.report, by=self.request.user, edition=self.edition, **fields)

    def get_success_url(self) -> str:
        return self.report.get_absolute_url()


class Withdraw(AddPage):
    """The question before a report is taken back."""

    template_name = "reports/withdraw.html"
    done = gettext_lazy("Withdrawn. Readers find the day and your reason where the report was.")
    form_class = WithdrawForm

    def allowed(self) -> Decision:
        self.report = report_of(self.request, self.kwargs["year"])
        return permissions.can_withdraw(self.request.user, self.report)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = queries.heads_and_alternates(timezone.now().date())
        return super().get_context_data(report=self.report, told=list(told), **kwargs)

    def save(self, **fields: Any) -> Any:
        return withdraw(self.report, by=self.request.user, **fields)

    def get_success_url(self) -> str:
        return reverse("reports:workshop", args=[self.report.year])
