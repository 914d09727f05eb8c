"""Who may do what with reports; the answer carries its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Allowed, Decision, Denied, secretariat_only, standing
from reports.models import AnnualReport, Document, Goal, Highlight, ProgressEntry, WorkItem


def can_open_report(member: Any) -> Decision:
    """The secretariat opens the report of a year."""
    return _secretariat(member, _("Only the secretariat opens the report of a year."))


def can_edit_report(member: Any, report: AnnualReport) -> Decision:
    """The secretariat puts the report together."""
    return _secretariat(member, _("Only the secretariat puts the report together."))


def can_render(member: Any, report: AnnualReport) -> Decision:
    """The secretariat makes PDFs, of drafts and of published reports alike."""
    return _secretariat(member, _("Only the secretariat makes the PDF of a report."))


def can_publish(member: Any, report: AnnualReport) -> Decision:
    """The secretariat publishes an edition."""
    return _secretariat(member, _("Only the secretariat publishes a report."))


def can_withdraw(member: Any, report: AnnualReport) -> Decision:
    """Taking back what is public is kept to administrators."""
    if standing(member).administrator:
        return Allowed()
    return Denied(_("Only an administrator of the secretariat takes a published report back."))


def can_read_highlight(member: Any, highlight: Highlight) -> Decision:
    """The secretariat, and everybody who holds a role in the highlight's agency."""
    if highlight.agency_id in standing(member).reads_for:
        return Allowed()
    return _secretariat(member, _("Highlights are read by their own agency until the report is published."))


def can_edit_highlight(member: Any, highlight: Highlight | None = None) -> Decision:
    """The secretariat writes and edits highlights; `None` is one that is to be added."""
    return _secretariat(member, _("Only the secretariat edits highlights."))


def can_edit_work_item(member: Any, item: WorkItem | None = None) -> Decision:
    """The secretariat keeps the work plan; `None` is an item that is to be added."""
    return _secretariat(member, _("Only the secretariat keeps the work plan."))


def can_add_progress(member: Any, item: WorkItem) -> Decision:
    """The secretariat writes down how far an item is."""
    return _secretariat(member, _("Only the secretariat writes down how far a work item is."))


def can_edit_progress(member: Any, entry: ProgressEntry) -> Decision:
    """Whoever may add an entry may correct one."""
    return can_add_progress(member, entry.item)


def can_edit_goal(member: Any, goal: Goal | None = None) -> Decision:
    """The secretariat writes down the goals; `None` is one that is to be added."""
    return _secretariat(member, _("Only the secretariat writes down the goals of a year."))


def can_edit_document(member: Any, document: Document | None = None) -> Decision:
    """The secretariat keeps the library; `None` is an entry that is to be added."""
    return _secretariat(member, _("Only the secretariat keeps the library of documents."))


def _secretariat(member: Any, otherwise: Any) -> Decision:
    """`secretariat_only`, which also knows who merely lacks the second factor, with a sentence of its own."""
    decision = secretariat_only(member)
    return decision if decision or standing(member).needs_second_factor else Denied(otherwise)
