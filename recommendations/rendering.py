"""Making the PDF of a print, in a worker: the work behind a `Print` row.

The file is written whole under the name of its content, then the row is ready; a worker that lost its
claim stores nothing.
"""

import hashlib
import io

import pikepdf

from isecg.files import put
from isecg.pdf.archive import About, seal
from isecg.pdf.check import look_at
from isecg.pdf.conformance import examine
from isecg.pdf.engine import undisturbed
from isecg.pdf.errors import CannotRender
from recommendations.models import Print
from recommendations.pdf import document
from recommendations.pdf.engine import engine


def perform(wanted: Print) -> None:
    """Make the PDF and store it with the row; changes the row's percent on the way.

    What no second attempt can mend ends it as failed; what may pass (memory, a full disk) is raised for
    another attempt. Raises Lost when it was taken over.
    """
    try:
        with undisturbed():
            _store(wanted, _make(wanted))
    except CannotRender as error:
        wanted.fail(error.sentence)


def _store(wanted: Print, pdf: bytes) -> None:
    wanted.note(percent=90)
    finished = look_at(pdf, document.statement(wanted.language), everywhere=True)
    sha256 = hashlib.sha256(pdf).hexdigest()
    file = put(f"prints/{sha256}.pdf", pdf)
    wanted.finish(percent=100, file=file, sha256=sha256, pages=finished.pages, checks=examine(pdf))


def _make(wanted: Print) -> bytes:
    wanted.note(percent=5)
    html = document.html(wanted.what, wanted.content, wanted.language)
    wanted.note(percent=15)
    return drawn(html, wanted.content_key)


def drawn(html: str, content_key: str) -> bytes:
    """The PDF of a document; the same for the same document and key. Raises CannotRender."""
    pages = engine().lay_out(html)
    identifier = bytes.fromhex(content_key)[:16]
    with pikepdf.open(io.BytesIO(engine().write(pages, identifier))) as pdf:
        return seal(pdf, About.of(pages, identifier))
