"""Who may do what with reports; the answer carries its reason."""

from django.utils.translation import gettext_lazy as _

from isecg.access import Allowed, Decision, Denied, standing
from members.models import Member
from reports.models import AnnualReport


def can_render(member: Member, report: AnnualReport) -> Decision:
    """The secretariat makes PDFs, of drafts and of published reports alike."""
    if standing(member).secretariat:
        return Allowed()
    return Denied(_("Only the secretariat makes the PDF of a report."))
