"""Highlights: written inside their agency, edited by the secretariat once they are submitted."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from isecg import markdown
from isecg.access import Decision, WrongMoment, require, standing
from reports import permissions
from reports.forms import AddHighlightForm, HighlightForm, RemoveDraftForm, RemoveForm, WriteHighlightForm
from reports.models import AnnualReport, Contribution, Highlight
from reports.permissions.contributions import can_write_highlight
from reports.queries import contributions as queries
from reports.services.highlights import add_highlight, edit_highlight, remove_highlight, write_highlight
from reports.services.previews import preview
from reports.snapshot.highlights import highlight as said
from reports.snapshot.part import part_of
from reports.views import previews
from reports.views.contributions import contribution_of
from reports.views.writing import RemovePage, WriteNewPage, WritePage

UNTITLED = gettext_lazy("Not titled yet")


@require_safe
def highlight(request: HttpRequest, pk: int) -> HttpResponse:
    """One highlight as it stands."""
    rows = visible(request).prefetch_related("agency__names", "activities", "recommendations")
    row = get_object_or_404(rows, pk=pk)
    require(permissions.can_read_highlight(request.user, row))
    context = {"highlight": row, "edit": can_edit_now(request, row), **above(row, request)}
    return render(request, "reports/highlight.html", context)


def visible(request: HttpRequest) -> Any:
    """Highlights this reader may know of."""
    return Highlight.objects.visible_to(request.user).select_related("agency", "photograph")


def can_edit_now(request: HttpRequest, row: Highlight) -> Decision:
    """Whether this person can change it now; if not, why not."""
    decision = permissions.can_edit_highlight(request.user, row)
    around = queries.contribution_around(row) if decision and row.inside_agency else None
    return queries.is_open(around, timezone.now()) if around else decision


def report_around(row: Highlight) -> AnnualReport | None:
    """The report in whose period the highlight lies, if there is one."""
    reports = AnnualReport.objects.filter(period_start__lte=row.day).order_by("-period_start")
    return next((report for report in reports[:1] if row.day < report.period_end), None)


def above(row: Highlight, request: HttpRequest) -> dict[str, Any]:
    """The page where people work on it, as `back` (address) and `up` (words): the agency's part of its
    report; else the workshop, else its own page."""
    around = queries.contribution_around(row)
    if around and Contribution.objects.visible_to(request.user).filter(pk=around.pk).exists():
        return {"back": around.get_absolute_url() + "#highlights", "up": in_words(around)}
    report = report_around(row)
    if report and standing(request.user).secretariat:
        return {"back": reverse("reports:workshop", args=[report.year]) + "#highlights", "up": str(report)}
    return {"back": row.get_absolute_url(), "up": str(row)}


def page_of(row: Highlight, request: HttpRequest) -> str:
    """The address of the page above."""
    return str(above(row, request)["back"])


def in_words(part: Contribution) -> str:
    """An agency's part by what it is."""
    return _("%(agency)s in %(report)s") % {"agency": part.agency, "report": part.report}


class Printed:
    """The button *Preview*: the highlight as typed, on the page of the report as it would be printed.

    The picture is the one that is saved: a new one is in no file yet. Where the day lies in no report, only
    the text is shown. A subclass says `report_of`.
    """

    request: Any
    object: Any
    template_name = "reports/write-highlight.html"

    def report_of(self, row: Highlight) -> AnnualReport | None:
        raise NotImplementedError

    def preview(self) -> HttpResponse:
        self.object = self.get_object() if "pk" in self.kwargs else None  # type: ignore[attr-defined]
        form = self.get_form()  # type: ignore[attr-defined]
        row = typed(form)
        report = self.report_of(row) if row.agency_id else None
        if report is None:
            read = markdown.render(row.text)
            context = self.get_context_data(form=form, read=read)  # type: ignore[attr-defined]
            return self.show(context)
        content = part_of(report, row.agency, [said(row)])
        wanted = preview(report, row.agency, content, by=self.request.user)
        if self.request.htmx:
            return previews.shown(self.request, wanted)
        context = self.get_context_data(form=form, preview=previews.told(wanted))  # type: ignore[attr-defined]
        return self.show(context)

    def show(self, context: dict[str, Any]) -> HttpResponse:
        part = "#preview" if self.request.htmx else ""
        return render(self.request, f"{self.template_name}{part}", context)


def typed(form: Any) -> Highlight:
    """The highlight as far as it was typed, saved nowhere; what is missing or wrong stands as a word or as
    it was."""
    form.is_valid()
    row: Any = form.instance
    row.title = form.cleaned_data.get("title") or str(UNTITLED)
    row.text = form.cleaned_data.get("text", "")
    row.day = form.cleaned_data.get("day") or row.day or form.initial.get("day") or timezone.now().date()
    row.focal_x, row.focal_y = (form.cleaned_data.get(name, 50) for name in ("focal_x", "focal_y"))
    if form.cleaned_data.get("remove_picture"):
        row.photograph = None
    links = {name: list(form.cleaned_data.get(name, [])) for name in ("activities", "recommendations")}
    row.pk = row.pk or 0  # links of a row without a key cannot be read, not even these
    row._prefetched_objects_cache = links
    return row


class AddHighlight(Printed, WriteNewPage):
    """A new highlight by the secretariat; the address may name the agency and a day to begin with."""

    form_class = AddHighlightForm
    permission = staticmethod(permissions.can_edit_highlight)
    service = add_highlight
    template_name = "reports/write-highlight.html"

    def get_initial(self) -> dict[str, Any]:
        return {name: self.request.GET[name][:20] for name in ("agency", "day") if name in self.request.GET}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"title": _("Add a highlight"), "back": reverse("reports:list"), "up": _("Annual reports")}
        return super().get_context_data(**more, **kwargs)

    def report_of(self, row: Highlight) -> AnnualReport | None:
        return report_around(row)

    def get_success_url(self) -> str:
        return page_of(self.object, self.request)


class WriteHighlight(Printed, WriteNewPage):
    """A new highlight of one's own agency, for a report that is being collected."""

    form_class = WriteHighlightForm
    template_name = "reports/write-highlight.html"
    done = gettext_lazy("Saved, inside your agency.")

    def allowed(self) -> Decision:
        self.contribution = contribution_of(self.request, self.kwargs["year"], self.kwargs["slug"])
        return can_write_highlight(self.request.user, self.contribution)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.contribution
        decision = queries.can_write_now(row, queries.is_submitted(row), timezone.now())
        if not decision:
            raise WrongMoment(decision.reason, (_("To the agency's part"), row.get_absolute_url()))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        row = self.contribution
        about = {"agency": row.agency, "report": row.report}
        return {**super().get_form_kwargs(), "instance": Highlight(agency=row.agency), **about}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.contribution
        title = _("A highlight of %(agency)s") % {"agency": row.agency}
        more = {"title": title, "report": row.report, "back": row.get_absolute_url(), "up": in_words(row)}
        return super().get_context_data(inside=True, **more, **kwargs)

    def report_of(self, row: Highlight) -> AnnualReport | None:
        return self.contribution.report

    def save(self, **fields: Any) -> Highlight:
        return write_highlight(self.contribution, by=self.request.user, **fields)

    def get_success_url(self) -> str:
        return self.contribution.get_absolute_url() + "#highlights"


class EditHighlight(Printed, WritePage):
    """The highlight's words and picture."""

    model = Highlight
    form_class = HighlightForm
    permission = staticmethod(permissions.can_edit_highlight)
    service = edit_highlight
    template_name = "reports/write-highlight.html"

    def find(self) -> Highlight:
        return get_object_or_404(visible(self.request), pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        decision = can_edit_now(request, row := self.get_object())
        if not decision:
            raise WrongMoment(decision.reason, (_("To the highlight"), row.get_absolute_url()))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        row = self.object
        around = queries.contribution_around(row) if row.inside_agency else None
        about = {"agency": row.agency, "report": around.report if around else None}
        return {**super().get_form_kwargs(), **about}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.object
        more = {"inside": row.inside_agency, "report": report_around(row), **above(row, self.request)}
        return super().get_context_data(**more, **kwargs)

    def report_of(self, row: Highlight) -> AnnualReport | None:
        return report_around(row)

    def get_success_url(self) -> str:
        return page_of(self.object, self.request)


class RemoveHighlight(RemovePage):
    """The question before a highlight is taken out."""

    model = Highlight
    permission = staticmethod(permissions.can_edit_highlight)
    service = remove_highlight

    def get_queryset(self) -> Any:
        return visible(self.request)

    def get_object(self, queryset: Any = None) -> Highlight:
        row = super().get_object(queryset)
        if row.inside_agency:
            self.done = gettext_lazy("Taken out.")
        return row

    def form_class(self) -> Any:
        return RemoveDraftForm if self.object.inside_agency else RemoveForm

    def after(self, record: Highlight) -> str:
        return page_of(record, self.request)
