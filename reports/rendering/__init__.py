"""Making the PDFs of a snapshot, in a worker: the work behind a `Rendering` row.

`work` shares parts among workers and keeps them, `parts` says what the parts of a copy are, `copies` makes
one file of them, `previews` draws a chapter for whoever writes it.

Each step is told to the row, which is what the progress page shows. A file is written whole under the name
of its content; the edition with all its copies and "ready" are one transaction, fenced by the claim: a worker
that lost its claim stores nothing. What failed leaves the last good edition as it is.
"""

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_noop as _

from isecg.audit.services import record
from isecg.canonical import digest
from isecg.codes import short_code
from isecg.files import put
from isecg.pdf.archive import Attachment
from isecg.pdf.check import look_at
from isecg.pdf.conformance import Check, examine
from isecg.pdf.engine import undisturbed
from isecg.pdf.errors import CannotRender
from reports.attachments import attachments
from reports.models import AnnualReport, Copy, Edition, Rendering
from reports.pdf.printed import Printed, Variant, variants
from reports.rendering import copies

Phase = Rendering.Phase
BEGUN, ENDED = 5, 98  # percent: when the first copy is begun, and when all are ready to be stored
CHECKED_FROM = 0.7  # of a copy's share, when it is written


@dataclass(frozen=True)
class Made:
    """A finished copy: its file is stored and has been looked at."""

    variant: Variant
    file: str
    sha256: str
    size: int
    pages: int
    cover: bytes
    checks: list[Check]


def perform(rendering: Rendering) -> None:
    """Make every copy and store them as the report's next edition. Changes the row's phase and percent.

    What no second attempt can mend (a missing photograph, a forbidden address) ends it as failed;
    what may pass (memory, a full disk) is raised for another attempt. Raises Lost when it was taken over.
    """
    try:
        with undisturbed():
            store(rendering, _made(rendering))
    except CannotRender as error:
        rendering.fail(error.sentence)


def _made(rendering: Rendering) -> list[Made]:
    """All copies, each written and then looked at."""
    snapshot, wanted = rendering.snapshot, variants(rendering.report)
    rendering.note(phase=Phase.READING, percent=2)
    if digest(snapshot.content) != snapshot.sha256:
        raise CannotRender(_("The snapshot no longer matches its checksum."))
    rendering.note(phase=Phase.DRAWING, percent=BEGUN)
    along = attachments(snapshot.content, snapshot.sha256)
    step = (ENDED - BEGUN) / len(wanted)
    return [
        _copy(rendering, variant, along, BEGUN + turn * step, step) for turn, variant in enumerate(wanted)
    ]


def _copy(rendering: Rendering, variant: Variant, along: list[Attachment], begun: float, step: float) -> Made:
    """One copy, which takes `step` percent of the whole from `begun` on."""

    def tell(phase: Phase, share: float) -> None:
        rendering.note(phase=phase, percent=round(begun + step * share))

    pdf = copies.make(rendering, Printed.of(rendering, variant), along, tell)
    tell(Phase.CHECKING, CHECKED_FROM)
    names = [each.name for each in along]
    finished = look_at(pdf, rendering.snapshot.content["statement"], attached=names)
    sha256 = hashlib.sha256(pdf).hexdigest()
    return Made(
        variant=variant,
        file=put(f"editions/{sha256}.pdf", pdf),
        sha256=sha256,
        size=len(pdf),
        pages=finished.pages,
        cover=finished.cover,
        checks=examine(pdf),
    )


def store(rendering: Rendering, made: list[Made]) -> Edition:
    """The next edition of the report, with these copies; the first is the main one and gives the cover.

    Adds an event "finish" and ends the rendering as ready. Raises Lost.
    """
    cover = put(f"editions/{made[0].sha256}.webp", made[0].cover)
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
        for place, each in enumerate(made):
            Copy.objects.create(
                edition=edition,
                place=place,
                language=each.variant.language,
                paper=each.variant.paper,
                file=each.file,
                sha256=each.sha256,
                size=each.size,
                pages=each.pages,
                checks=each.checks,
            )
        rendering.finish(percent=100)
        record(by=None, verb="finish", what=edition)
    return edition
