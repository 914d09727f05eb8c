"""A sealed PDF says what it is, holds its files, and repeats to the byte wherever it is made."""

import datetime as dt
import hashlib
import io
import itertools
import os
import subprocess
import sys
import zlib
from pathlib import Path

import pikepdf
import pytest

from isecg import ROOT
from isecg.pdf.archive import About, Attachment, seal
from isecg.pdf.check import look_at
from isecg.pdf.conformance import examine
from isecg.pdf.errors import CannotRender

PROCESS = """
import django, hashlib, io, pikepdf, sys
django.setup()
from pathlib import Path
from isecg.pdf.archive import About, Attachment, seal
from isecg.pdf.engine import Engine
from tests.pdf import world
sheet = Path("sheet.css"); sheet.write_text(world.SHEET)
engine = Engine([sheet])
pages = engine.lay_out(world.HTML)
about = About.of(pages, b"0123456789abcdef")
with pikepdf.open(io.BytesIO(engine.write(pages, b"x" * 16))) as pdf:
    data = seal(pdf, about, [Attachment("data.json", "application/json", b"{}", "The data")])
print(hashlib.sha256(data).hexdigest())
"""


def test_it_says_what_it_is(sealed: bytes) -> None:
    with pikepdf.open(io.BytesIO(sealed)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["pdfaid:part"] + metadata["pdfaid:conformance"] == "3A"
        assert metadata["dc:title"] == str(pdf.docinfo.Title) == "A document"
        assert metadata["dc:description"] == str(pdf.docinfo.Subject) == "A subject & more"
        assert metadata["xmp:CreateDate"] == "2026-03-01T09:00:00Z"
        assert str(pdf.docinfo.CreationDate) == str(pdf.docinfo.ModDate) == "D:20260301090000Z"
        assert str(pdf.docinfo.Keywords) == "one, two"
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_both_identifications_stand_in_one_block(sealed: bytes) -> None:
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        words = pdf.Root.Metadata.read_bytes().decode()
    assert words.count("<rdf:RDF") == words.count("<rdf:Description") == 1


def test_its_files_come_out_as_they_went_in(raw: bytes, about: About) -> None:
    files = [
        Attachment("b.csv", "text/csv", b"a,b\r\n1,2\r\n", "A table", "Supplement"),
        Attachment("a.json", "application/json", '{"ä": 1}'.encode(), "The data", "Source"),
    ]
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        data = seal(pdf, about, files)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()} == {
            each.name: each.data for each in files
        }
        specs = list(pdf.Root.AF)
        assert [str(spec.UF) for spec in specs] == ["a.json", "b.csv"]
        assert [str(spec.AFRelationship) for spec in specs] == ["/Source", "/Supplement"]
        assert str(specs[1].EF.F.Subtype) == "/text/csv"
        assert bytes(specs[1].EF.F.Params.CheckSum) == hashlib.md5(files[0].data).digest()


def test_an_unknown_relationship_is_refused() -> None:
    with pytest.raises(ValueError, match="Friend"):
        Attachment("a", "text/plain", b"", "", "Friend")


def test_only_declared_files_may_be_inside(sealed: bytes) -> None:
    assert look_at(sealed, "Only words in a box", attached=["data.json"]).pages > 4
    for declared in ([], ["other.json"], ["data.json", "other.json"]):
        with pytest.raises(CannotRender, match="other files inside"):
            look_at(sealed, "Only words in a box", attached=declared)


def test_no_stream_ends_so_that_its_length_could_be_doubted(raw: bytes, about: About) -> None:
    """Compressed data end in their checksum, by chance in a carriage return, before the line's end."""
    tried = (hashlib.sha256(bytes(number)).hexdigest().encode() * 9 for number in itertools.count())
    unlucky = next(data for data in tried if zlib.compress(data).endswith(b"\r"))
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        data = seal(pdf, about, [Attachment("a.txt", "text/plain", unlucky, "Unlucky")])
    assert b"\r\nendstream" not in data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.attachments["a.txt"].get_file().read_bytes() == unlucky
    assert [row for row in examine(data) if row["passed"] is False] == []


def test_sealing_again_puts_nothing_in_twice(sealed: bytes, about: About) -> None:
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        again = seal(pdf, about)
    with pikepdf.open(io.BytesIO(again)) as pdf:
        assert not pdf.attachments
        assert "/AF" not in pdf.Root
        assert len(pdf.Root.OutputIntents) == 1


def test_another_word_makes_other_bytes(raw: bytes, about: About, sealed: bytes) -> None:
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        assert seal(pdf, about, [Attachment("data.json", "application/json", b"[]", "The data")]) != sealed
    other = About(**{**about.__dict__, "created": about.created + dt.timedelta(seconds=1)})
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        assert seal(pdf, other) != sealed


@pytest.mark.parametrize(
    ("seed", "zone", "words"), [("1", "Pacific/Kiritimati", "C"), ("2", "America/New_York", "de_DE.UTF-8")]
)
def test_another_process_elsewhere_makes_the_same_bytes(
    sealed: bytes, tmp_path: Path, seed: str, zone: str, words: str
) -> None:
    """Another seed of hashes, another time zone, another language of the machine, another working folder."""
    place = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": words, "LANG": words, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "ignore", "-c", PROCESS]
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, **place}, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == hashlib.sha256(sealed).hexdigest(), done.stderr
