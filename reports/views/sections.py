"""Sections of a report: where they stand, written, reviewed, taken out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from isecg import markdown
from isecg.access import Decision, Denied, WrongMoment, require, standing
from reports import figures
from reports.figures import FIGURES
from reports.forms.sections import AddSectionForm, OwnSectionForm, ReviewForm, SectionForm
from reports.models import AnnualReport, Section
from reports.models.limits import TEXT
from reports.permissions import sections as permissions
from reports.queries.sections import WRITING, Line, lines, since_review, values
from reports.services.sections import add_section, edit_section, remove_section, review_section
from reports.views.workshop import report_of
from reports.views.writing import RemovePage, WriteNewPage, WritePage

WRITE = "reports/write-section.html"


def section_of(request: HttpRequest, year: int, slug: str) -> Section:
    """The section, or 404 for those who may not know of it."""
    visible = Section.objects.visible_to(request.user).select_related("report", "owner")
    return get_object_or_404(visible, report__year=year, slug=slug)


@require_safe
def sections(request: HttpRequest, year: int) -> HttpResponse:
    """All sections of a report, and where each stands."""
    report = report_of(request, year)
    require(permissions.can_read_sections(request.user, report))
    context = {"report": report, "lines": lines(report)}
    return render(request, "reports/sections.html", context)


@require_safe
def section(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """One section as readers will see it, its figures, and whether it was found right."""
    row = section_of(request, year, slug)
    counted = values(row.report)
    line = lines(row.report, Section.objects.filter(pk=row.pk), counted)[0]
    context = {
        "report": row.report,
        "section": row,
        "line": line,
        "html": markdown.render(figures.filled(row.text, counted)),
        "redline": since_review(line),
        "reviews": row.reviews.select_related("by").order_by("-at"),
        "edit": may_write(request.user, row),
        "review": _may_review(request.user, line),
        "remove": permissions.can_remove_section(request.user, row),
        "form": ReviewForm(initial={"seen": line.seen}),
        "sections": permissions.can_read_sections(request.user, row.report),
    }
    return render(request, "reports/section.html", context)


def may_write(member: Any, row: Section) -> Decision:
    """The permission, and whether it is the moment for somebody who is not of the secretariat."""
    may = permissions.can_edit_section(member, row)
    if may and row.report.state not in WRITING and not standing(member).secretariat:
        return Denied(gettext_lazy("The report is no longer being written."))
    return may


def _may_review(member: Any, line: Line) -> Decision:
    may = permissions.can_review_section(member, line.section)
    if may and not line.written:
        return Denied(gettext_lazy("There is nothing to review yet."))
    return may


@require_POST
def review(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Say that the section is right as it was read."""
    row = section_of(request, year, slug)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        raise WrongMoment(
            _("It is not clear what was read. Read the section and press the button there."),
            (_("To the section"), row.get_absolute_url()),
        )
    review_section(row, by=request.user, seen=form.cleaned_data["seen"])
    messages.success(request, _("Reviewed: this text, with these figures."))
    return redirect(row)


class Quoting:
    """A form for a text that quotes figures: the preview has them filled in, the page lists them."""

    request: Any

    def report(self) -> AnnualReport:
        raise NotImplementedError

    def read(self, form: forms.BaseForm, name: str) -> str:
        words = str(form[name].value() or "")[:TEXT]
        return markdown.render(figures.filled(words, self.counted))

    @cached_property
    def counted(self) -> dict[str, int]:
        return values(self.report())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = [(figure, self.counted[name]) for name, figure in FIGURES.items()]
        return super().get_context_data(figures=known, **kwargs)  # type: ignore[misc]


class AddSection(Quoting, WriteNewPage):
    """A new section; the next place is proposed."""

    template_name = WRITE
    form_class = AddSectionForm

    def report(self) -> AnnualReport:
        return self._report

    def allowed(self) -> Decision:
        self._report = report_of(self.request, self.kwargs["year"])
        return permissions.can_add_section(self.request.user, self._report)

    def get_initial(self) -> dict[str, Any]:
        last = self._report.sections.order_by("-number").first()
        return {"number": last.number + 1 if last else 1}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("reports:sections", args=[self._report.year])
        return super().get_context_data(title=_("Add a section"), back=back, **kwargs)

    def save(self, **fields: Any) -> Section:
        return add_section(self._report, by=self.request.user, **fields)


class EditSection(Quoting, WritePage):
    """A section's words; for the secretariat also its place, its owner and its deadline."""

    model = Section
    template_name = WRITE
    permission = staticmethod(permissions.can_edit_section)
    service = edit_section

    def report(self) -> AnnualReport:
        return self.object.report

    def find(self) -> Section:
        return section_of(self.request, self.kwargs["year"], self.kwargs["slug"])

    def get_form_class(self) -> Any:
        return SectionForm if standing(self.request.user).secretariat else OwnSectionForm

    def get_success_url(self) -> str:
        return self.object.get_absolute_url()


class RemoveSection(RemovePage):
    """The question before a section is taken out."""

    model = Section
    permission = staticmethod(permissions.can_remove_section)
    service = remove_section

    def get_object(self, queryset: Any = None) -> Section:
        row = section_of(self.request, self.kwargs["year"], self.kwargs["slug"])
        require(permissions.can_remove_section(self.request.user, row))
        return row

    def after(self, record: Section) -> str:
        return reverse("reports:sections", args=[record.report.year])
