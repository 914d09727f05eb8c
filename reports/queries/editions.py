"""Which edition a reader means."""

from typing import Any

from reports.models import AnnualReport, Edition
from reports.queries.reports import current_publication


def edition_for(report: AnnualReport, reader: Any, number: str = "") -> Edition | None:
    """The edition with this number, as it stands in an address; without one the current edition, else the
    newest. None where the reader may not see it, or it does not exist."""
    visible = Edition.objects.visible_to(reader).filter(report=report).select_related("snapshot", "report")
    if number:
        known = number.isascii() and number.isdigit() and len(number) < 5
        return visible.filter(number=int(number)).first() if known else None
    publication = current_publication(report)
    current = visible.filter(pk=publication.edition_id).first() if publication else None
    return current or visible.first()
