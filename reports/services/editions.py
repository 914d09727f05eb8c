"""Wanting the PDF of a report."""

from django.db import IntegrityError, transaction
from django.db.models import Max

from isecg.access import require
from isecg.audit.services import record
from members.models import Member
from reports import permissions, snapshot
from reports.models import AnnualReport, Rendering
from reports.pdf.key import content_key


@transaction.atomic
def render(report: AnnualReport, *, by: Member) -> Rendering:
    """Take a snapshot and want its PDF; a worker hears of it when this commits.

    Returns the rendering that exists for the same content, be it waiting, under way or ready: two clicks
    make one. One that failed may be wanted again. Writes the event "render" for a new one. Raises
    PermissionDenied.
    """
    require(permissions.can_render(by, report))
    taken = snapshot.take(report, by)
    key = content_key(taken)
    existing = Rendering.objects.filter(content_key=key).exclude(state=Rendering.FAILED)
    if found := existing.first():
        return found
    try:
        with transaction.atomic():
            rendering = Rendering.objects.want(
                report=report, snapshot=taken, number=_next(report), content_key=key, wanted_by=by
            )
    except IntegrityError:  # somebody else's click came first; the constraint is the judge
        return Rendering.objects.filter(content_key=key)[0]
    record(by=by, verb="render", what=rendering)
    return rendering


def _next(report: AnnualReport) -> int:
    """The number of the edition that comes of a rendering: reserved now, since it is printed in the file."""
    kept = report.renderings.exclude(state=Rendering.FAILED)
    return (kept.aggregate(last=Max("number"))["last"] or 0) + 1
