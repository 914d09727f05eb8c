"""Making the PDF of a snapshot, in a worker: the work behind a `Rendering` row.

Each step is told to the row, which is what the progress page shows. The file is written whole under the
name of its content; the edition and "ready" are one transaction, fenced by the claim: a worker that lost
its claim stores nothing. What failed leaves the last good edition as it is.
"""

import hashlib

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from isecg.audit.services import record
from isecg.canonical import digest
from isecg.files import put
from isecg.pdf.check import Finished, look_at
from isecg.pdf.engine import undisturbed
from isecg.pdf.errors import CannotRender
from reports.codes import short_code
from reports.models import AnnualReport, Copy, Edition, Rendering
from reports.pdf import document
from reports.pdf.engine import engine
from reports.pdf.fetcher import ReportFetcher
from reports.pdf.printed import Printed, variants

Phase = Rendering.Phase


def perform(rendering: Rendering) -> None:
    """Make the PDF and store it as the report's next edition. Changes the row's phase and percent on the way.

    What no second attempt can mend (a missing photograph, a forbidden address) ends it as failed;
    what may pass (memory, a full disk) is raised for another attempt. Raises Lost when it was taken over.
    """
    try:
        with undisturbed():
            pdf = _make(rendering)
        rendering.note(phase=Phase.CHECKING, percent=90)
        _store(rendering, pdf, look_at(pdf, rendering.snapshot.content["statement"]))
    except CannotRender as error:
        rendering.fail(error.sentence)


def _make(rendering: Rendering) -> bytes:
    snapshot = rendering.snapshot
    rendering.note(phase=Phase.READING, percent=2)
    if digest(snapshot.content) != snapshot.sha256:
        raise CannotRender(_("The snapshot no longer matches its checksum."))
    rendering.note(phase=Phase.DRAWING, percent=5)
    copy = Printed.of(rendering, variants(rendering.report)[0])
    html, photographs = document.html(copy), document.photographs(copy)
    rendering.note(phase=Phase.LAYING_OUT, percent=15)
    press = engine(copy.variant.paper)
    pages = press.lay_out(html, ReportFetcher(photographs))
    rendering.note(phase=Phase.WRITING, percent=65)
    return press.write(pages, bytes.fromhex(snapshot.sha256)[:16])


def _store(rendering: Rendering, pdf: bytes, finished: Finished) -> Edition:
    sha256 = hashlib.sha256(pdf).hexdigest()
    file, cover = put(f"editions/{sha256}.pdf", pdf), put(f"editions/{sha256}.webp", finished.cover)
    with transaction.atomic():
        report = AnnualReport.objects.select_for_update().get(pk=rendering.report_id)
        edition = Edition.objects.create(
            report=report,
            number=rendering.number,
            rendering=rendering,
            snapshot_id=rendering.snapshot_id,
            code=short_code(report.year, rendering.number, rendering.snapshot.sha256),
            cover=cover,
        )
        Copy.objects.create(
            edition=edition,
            place=0,
            language=report.languages[0],
            paper=report.papers[0],
            file=file,
            sha256=sha256,
            size=len(pdf),
            pages=finished.pages,
        )
        rendering.finish(percent=100)
        record(by=None, verb="finish", what=edition)
    return edition
