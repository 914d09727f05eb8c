"""The PDF of one copy of an edition: joined of parts, or laid out as a whole where they do not fit."""

import hashlib
import io
import logging
from collections.abc import Callable, Iterable

import pikepdf
from django.utils.translation import gettext as _
from django.utils.translation import override
from pikepdf import Array, Dictionary, Name, String

from isecg.pdf.archive import About, Attachment, seal
from isecg.pdf.join import CannotJoin, joined
from reports.models import Rendering
from reports.pdf import document
from reports.pdf.engine import engine
from reports.pdf.fetcher import ReportFetcher
from reports.pdf.printed import Printed
from reports.rendering.parts import LayOut, laid_out
from reports.rendering.work import lay_out

logger = logging.getLogger(__name__)
Phase = Rendering.Phase
WRITTEN_FROM = 0.6  # of a copy's share, when all is laid out


def make(
    rendering: Rendering,
    printed: Printed,
    attachments: Iterable[Attachment],
    tell: Callable[[Rendering.Phase, float], None],
    lay_out: LayOut = lay_out,
) -> bytes:
    """The copy's bytes; `tell` hears phase and share. The same copy gives the same bytes.

    Parts that cannot be joined are no failure: the whole document is laid out, and the log says why. Raises
    CannotRender.
    """
    try:
        tell(Phase.LAYING_OUT, 0)
        parts = laid_out(
            rendering, printed, lambda share: tell(Phase.LAYING_OUT, WRITTEN_FROM * share), lay_out
        )
        tell(Phase.WRITING, WRITTEN_FROM)
        with joined(parts, labels(printed)) as pdf:
            return seal(pdf, about(printed), attachments)
    except CannotJoin as error:
        logger.warning("%s: laid out as a whole, since %s", rendering, error)
        return whole(printed, attachments)


def whole(printed: Printed, attachments: Iterable[Attachment]) -> bytes:
    """The copy laid out at once: what parts are measured by. Raises CannotRender."""
    press = engine(printed.variant.paper)
    pages = press.lay_out(document.html(printed), ReportFetcher(document.photographs(printed)))
    with pikepdf.open(io.BytesIO(press.write(pages, about(printed).identifier))) as pdf:
        pdf.Root.PageLabels = labels(printed)
        return seal(pdf, about(printed), attachments)


def about(printed: Printed) -> About:
    """What the copy says of itself. Its identifier is the copy's, not the report's."""
    content, variant = printed.content, printed.variant
    named = f"{printed.sha256} {printed.number} {variant.language} {variant.paper}"
    with override(variant.language):
        return About(
            title=_("ISECG Annual Report %(year)s") % {"year": printed.year},
            author=_("ISECG portal"),
            subject=" ".join(filter(None, [content["report"]["cover_note"], content["statement"]])),
            language=variant.language,
            created=printed.taken_at,
            identifier=hashlib.sha256(named.encode()).digest()[:16],
            keywords=("ISECG", str(printed.year)),
        )


def labels(printed: Printed) -> Dictionary:
    """Pages named as they are printed: the cover has no number, the next page is 2."""
    with override(printed.variant.language):
        cover = Dictionary(P=String(_("Cover")))
    return Dictionary(Nums=Array([0, cover, 1, Dictionary(S=Name.D, St=2)]))
