"""Bytes of a PDF whose streams end without doubt."""

import hashlib
import io
import itertools
from collections.abc import Iterator

import pikepdf
import pytest
from pikepdf import Dictionary, ObjectStreamMode

from isecg.pdf.writing import AMBIGUOUS, written

IN_STREAMS = {"object_stream_mode": ObjectStreamMode.generate}


def document(seed: int, movable: bool = True) -> pikepdf.Pdf:
    """A PDF of one page whose objects, and with them the checksum of their stream, follow from `seed`."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Seed = pdf.make_indirect(Dictionary(Words=hashlib.sha256(bytes(seed)).hexdigest()))
    pdf.Root.Data = pdf.make_stream(hashlib.sha256(bytes(seed + 1)).hexdigest().encode() * 9)
    if movable:
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    return pdf


def plain(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **IN_STREAMS)
    return out.getvalue()


def unlucky(movable: bool = True) -> Iterator[tuple[pikepdf.Pdf, bool]]:
    """Documents of which a stream ends in a carriage return, and whether it is one of objects."""
    for seed in itertools.count():
        data = plain(document(seed, movable))
        if found := AMBIGUOUS.search(data):
            head = data[data.rindex(b" obj", 0, found.start()) : found.start()]
            yield document(seed, movable), b"/ObjStm" in head


@pytest.mark.parametrize("of_objects", [False, True])
def test_an_unlucky_stream_is_written_otherwise(of_objects: bool) -> None:
    pdf = next(pdf for pdf, objects in unlucky() if objects is of_objects)
    data = written(pdf, **IN_STREAMS)
    assert AMBIGUOUS.search(data) is None
    assert b"/ObjStm" in data
    with pikepdf.open(io.BytesIO(data)) as again:
        assert again.Root.Data.read_bytes() == pdf.Root.Data.read_bytes()
        assert again.Root.Seed.Words == pdf.Root.Seed.Words
        assert bool(again.Root.MarkInfo.Marked)
        assert again.check_pdf_syntax() == []


def test_objects_that_cannot_be_moved_stand_by_themselves() -> None:
    pdf = next(pdf for pdf, objects in unlucky(movable=False) if objects)
    data = written(pdf, **IN_STREAMS)
    assert AMBIGUOUS.search(data) is None
    assert b"/ObjStm" not in data


def test_a_lucky_file_is_what_it_would_be_anyway() -> None:
    assert written(document(0), **IN_STREAMS) == plain(document(0))


def test_the_same_objects_give_the_same_bytes() -> None:
    pdf = next(pdf for pdf, _objects in unlucky())
    assert written(pdf, **IN_STREAMS) == written(pdf, **IN_STREAMS)
