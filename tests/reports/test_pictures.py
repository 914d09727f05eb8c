"""Pictures people upload: what is refused and in which words, and what is kept of the rest."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

from isecg import files
from reports import pictures
from reports.models import Photograph
from tests.reports.world import photograph, upload


def encoded(kind: str = "JPEG", size: tuple[int, int] = (800, 600), mode: str = "RGB", **how: Any) -> bytes:
    out = io.BytesIO()
    color: Any = {"RGB": (200, 30, 30), "RGBA": (200, 30, 30, 0), "CMYK": (0, 200, 200, 0)}.get(mode, 120)
    Image.new(mode, size, color).save(out, kind, **how)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG whose head promises pixels that its few bytes do not hold."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "empty": (b"", "empty"),
    "heavy": (b"\xff\xd8\xff" + b"\0" * 15_000_001, "heavy"),
    "svg": (SVG, "kind"),
    "gif": (encoded("GIF", mode="L"), "kind"),
    "tiff": (encoded("TIFF"), "kind"),
    "page": (b"<html><body>not a picture</body></html>", "kind"),
    "program": (b"MZ\x90\0" + b"\0" * 1000, "kind"),
    "cut off JPEG": (photograph()[:-20_000], "broken"),
    "cut off PNG": (encoded("PNG")[:-60], "broken"),
    "cut off WebP": (encoded("WEBP", lossless=True, size=(900, 900))[:-4], "broken"),
    "promises pixels": (png_of(2000, 2000), "broken"),
    "bomb": (png_of(60_000, 60_000), "large"),
    "41 million pixels": (png_of(6_500, 6_400), "large"),
    "narrow": (encoded(size=(599, 900)), "narrow"),
    "zip behind it": (encoded() + b"PK\x03\x04 archive", "mixed"),
    "script behind a PNG": (encoded("PNG") + b"<script>alert(1)</script>", "mixed"),
    "page behind a WebP": (encoded("WEBP") + b"<html>", "mixed"),
    "PDF in its comment": (encoded(comment=b"%PDF-1.7 1 0 obj"), "mixed"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
@pytest.mark.django_db
def test_store_refuses(data: bytes, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        pictures.store(upload(data, "holiday.jpg"))
    assert refusal.value.messages == [str(pictures.REFUSALS[code])]
    assert not Photograph.objects.exists()
    assert not list(Path(default_storage.path("")).rglob("*.*"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_opened_takes_the_three_kinds_whatever_they_are_called(kind: str) -> None:
    assert pictures.opened(SimpleUploadedFile("x.gif", encoded(kind))).size == (800, 600)


def test_opened_takes_a_preview_behind_a_photograph() -> None:
    assert pictures.opened(upload(encoded() + b"\0\0" + encoded(size=(160, 120)))).size == (800, 600)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK", "I;16", "1"])
def test_opened_gives_srgb(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert pictures.opened(upload(encoded(kind, mode=mode))).mode == "RGB"


def test_opened_puts_transparent_pictures_on_white() -> None:
    assert pictures.opened(upload(encoded("PNG", mode="RGBA"))).getpixel((0, 0)) == (255, 255, 255)


def test_opened_turns_the_picture_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert pictures.opened(upload(encoded(size=(1000, 700), exif=exif))).size == (700, 1000)


def test_opened_follows_the_colour_profile() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert pictures.opened(upload(encoded(icc_profile=lab))).getpixel((5, 5)) == pytest.approx(
        (200, 30, 30), abs=4
    )


def test_opened_takes_the_numbers_where_the_profile_is_broken() -> None:
    assert pictures.opened(upload(encoded(icc_profile=b"no profile"))).size == (800, 600)


@pytest.mark.parametrize(
    ("size", "scaled"), [((4016, 2000), (2008, 1000)), ((2000, 4016), (1000, 2008)), ((800, 600), (800, 600))]
)
def test_opened_scales_to_print_size_and_never_up(size: tuple[int, int], scaled: tuple[int, int]) -> None:
    assert pictures.opened(upload(encoded(size=size))).size == scaled


@pytest.mark.django_db
def test_store_drops_metadata() -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at a secret place"
    row = pictures.store(upload(encoded(exif=exif, comment=b"a secret comment")))
    data = Path(row.file.path).read_bytes()
    assert b"secret" not in data
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, not picture.getexif(), picture.info.get("icc_profile")) == (
            "JPEG",
            True,
            None,
        )


@pytest.mark.django_db
def test_store_twice_keeps_one() -> None:
    first, second = (
        pictures.store(upload(photograph())),
        pictures.store(upload(photograph(), "other name.png")),
    )
    assert first.pk == second.pk
    assert len(list(Path(default_storage.path("photographs")).iterdir())) == 1 + len(pictures.WEB_WIDTHS)


@pytest.mark.django_db
def test_store_names_the_file_by_its_content_and_makes_smaller_ones() -> None:
    row = pictures.store(upload(photograph(), "../../etc/passwd"))
    assert row.file.name == f"photographs/{row.sha256}.jpg"
    for width in pictures.WEB_WIDTHS:
        with Image.open(default_storage.path(pictures.web_name(row.sha256, width))) as picture:
            assert picture.width == width


def test_put_leaves_nothing_behind_when_the_disk_is_full(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("isecg.files.os.fsync", full)
    with pytest.raises(files.NoRoom, match="No space left") as error:
        files.put("editions/a.pdf", b"data")
    assert "no room left" in str(error.value.sentence)
    assert not [path for path in Path(settings.DATA_DIR).rglob("*") if path.is_file()]


def test_put_does_not_overwrite() -> None:
    files.put("editions/a.pdf", b"data")
    before = Path(default_storage.path("editions/a.pdf")).stat().st_ino
    files.put("editions/a.pdf", b"data")
    assert Path(default_storage.path("editions/a.pdf")).stat().st_ino == before
