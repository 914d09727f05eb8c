"""Wanting to see a chapter as it would be printed, while it is written."""

from django.db import IntegrityError, transaction

from agencies.models import Agency
from isecg.access import require
from isecg.canonical import Content
from members.models import Member
from reports import permissions
from reports.models import AnnualReport, Preview
from reports.pdf.key import preview_key


@transaction.atomic
def preview(report: AnnualReport, agency: Agency | None, content: Content, *, by: Member) -> Preview:
    """Want pictures of one chapter; a worker hears of it when this commits.

    `content` is what `reports.snapshot.part` gives: it may hold words that nobody has saved. Only `by` ever
    sees the pictures, nothing is written into the event log, and rows and files are gone within a day. The
    same words asked for twice are drawn once. Raises PermissionDenied.
    """
    require(permissions.can_preview(by, agency))
    key = preview_key(content, report)
    mine = Preview.objects.filter(content_key=key, wanted_by=by).exclude(state=Preview.FAILED)
    if found := mine.first():
        return found
    try:
        with transaction.atomic():
            return Preview.objects.want(
                report=report, agency=agency, content=content, content_key=key, wanted_by=by
            )
    except IntegrityError:  # the same click came first in another request
        return mine[0]
