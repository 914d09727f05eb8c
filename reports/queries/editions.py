"""Which edition a reader means."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, Subquery

from reports.models import AnnualReport, Edition


def edition_for(report: AnnualReport, reader: Any, number: str = "") -> Edition | None:
    """The edition with this number, as it stands in an address; without one the current edition, else the
    newest. None where the reader may not see it, or it does not exist."""
    visible = Edition.objects.visible_to(reader).filter(report=report).select_related("snapshot", "report")
    if number:
        known = number.isascii() and number.isdigit() and len(number) < 5
        return visible.filter(number=int(number)).first() if known else None
    current = report.publications.counting().values("edition")[:1]
    counts = ExpressionWrapper(Q(pk=Subquery(current)), BooleanField())
    return visible.order_by(counts.desc(nulls_last=True), "-number").first()
