"""A PDF as bytes in which every reader finds the same end of each stream.

Compressed data may end in a carriage return by chance: their checksum does. A validator that takes it, and
the line's end behind it, for one line's end finds the stream shorter than it says it is.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name, ObjectStreamMode, Pdf, Stream

AMBIGUOUS = re.compile(rb"\r\nendstream")
OBJECT = re.compile(rb"(\d+) 0 obj\b")
# Entries of the catalogue that may be objects of their own: each that becomes one moves those behind it.
MOVABLE = ("/ViewerPreferences", "/MarkInfo", "/PageLabels")


def written(pdf: Pdf, **how: Any) -> bytes:
    """The file; `how` is what `pikepdf.Pdf.save` takes. The same objects give the same bytes.

    An unlucky stream gets a byte that no reader decodes. What is in streams of objects is shared out anew,
    and is left out of them where that does not help.
    """
    data = _saved(pdf, how)
    if not AMBIGUOUS.search(data):
        return data
    with pikepdf.open(io.BytesIO(data)) as again:
        for stream in _unlucky(again, data):
            _end_otherwise(stream)
        for entry in filter(again.Root.__contains__, MOVABLE):
            again.Root[entry] = again.make_indirect(again.Root[entry])
            if not AMBIGUOUS.search(data := _saved(again, how)):
                return data
        return _saved(again, {**how, "object_stream_mode": ObjectStreamMode.disable})


def _saved(pdf: Pdf, how: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def _unlucky(pdf: Pdf, data: bytes) -> Iterator[Stream]:
    """The streams of the written file that are to end otherwise; those of objects are made anew anyway."""
    begun = [(head.start(), int(head[1])) for head in OBJECT.finditer(data)]
    for found in AMBIGUOUS.finditer(data):
        number = max(row for row in begun if row[0] < found.start())[1]
        stream = pdf.get_object(number, 0)
        if isinstance(stream, Stream) and stream.get("/Type") not in (Name.ObjStm, Name.XRef):
            yield stream


def _end_otherwise(stream: Stream) -> None:
    kept: Any = {"filter": stream.get(Name.Filter), "decode_parms": stream.get(Name.DecodeParms)}
    stream.write(stream.read_raw_bytes() + b"\n", **kept)
