"""Pictures people upload: opened, checked and written anew, so that only the picture itself is kept.

What is stored is a JPEG in sRGB without metadata, upright, scaled once to print size (300 dpi at the
printed width), named by its content; and smaller ones for pages.
"""

import hashlib
import io
import re
import warnings
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from isecg.files import put
from reports.models import Photograph

FORMATS = ["JPEG", "PNG", "WEBP"]
MAX_BYTES = 15_000_000
MAX_PIXELS = 40_000_000
MIN_WIDTH = 600
PRINT_WIDTH = 2008  # 170 mm at 300 dpi
PRINT_HEIGHT = 2008
WEB_WIDTHS = (480, 960)
QUALITY = 88

REFUSALS = {
    "empty": _("This file is empty."),
    "heavy": _("This file is larger than 15 MB; please save the picture smaller."),
    "kind": _(
        "Only JPEG, PNG and WebP pictures can be used; this file is something else, whatever its name says."
    ),
    "mixed": _("Something else is hidden in this file besides the picture; please save the picture anew."),
    "broken": _("This picture is damaged or incomplete; please save or copy it again."),
    "large": _("This picture has more than 40 million pixels; please save it smaller."),
    "narrow": _("This picture is less than 600 pixels wide, too little for print."),
}
# Where a JPEG's compressed data stops: any marker but a stuffed zero, a restart or filling.
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def store(file: UploadedFile) -> Photograph:
    """Check the upload and store the picture; returns its row, the earlier one for the same picture.

    Writes files into the data folder before the row; a file without a row harms nobody. Raises
    ValidationError with a sentence, and NoRoom.
    """
    picture = opened(file)
    data = _jpeg(picture)
    sha256 = hashlib.sha256(data).hexdigest()
    name = put(f"photographs/{sha256}.jpg", data)
    for width in WEB_WIDTHS:
        smaller = picture.copy()
        smaller.thumbnail((width, width * 2), Image.Resampling.LANCZOS)
        put(web_name(sha256, width), _jpeg(smaller))
    photograph, _new = Photograph.objects.get_or_create(
        sha256=sha256, defaults={"file": name, "width": picture.width, "height": picture.height}
    )
    return photograph


def web_name(sha256: str, width: int) -> str:
    """The file of a photograph at one of WEB_WIDTHS."""
    return f"photographs/{sha256}-{width}.jpg"


def web_url(photograph: Photograph, width: int) -> str:
    """The address of a photograph at one of WEB_WIDTHS."""
    return default_storage.url(web_name(photograph.sha256, width))


def opened(file: Any) -> Image.Image:
    """The picture in an upload: upright, sRGB, at print size; opened once, whoever asks. Raises
    ValidationError with a sentence."""
    if not hasattr(file, "picture"):
        file.picture = _opened(file)
    picture: Image.Image = file.picture
    return picture


def _opened(file: UploadedFile) -> Image.Image:
    if not file.size:
        raise _refusal("empty")
    if file.size > MAX_BYTES:
        raise _refusal("heavy")
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    picture = _identified(data)
    if picture.width * picture.height > MAX_PIXELS:
        raise _refusal("large")
    if _hides_something(data, picture.format or ""):
        raise _refusal("mixed")
    picture = _decoded(picture)
    if picture.width < MIN_WIDTH:
        raise _refusal("narrow")
    picture.thumbnail((PRINT_WIDTH, PRINT_HEIGHT), Image.Resampling.LANCZOS)
    return picture


def _refusal(code: str) -> ValidationError:
    return ValidationError(REFUSALS[code], code=code)


def _identified(data: bytes) -> Image.Image:
    """What the content says it is; only the header has been read. Pillow's own bomb check comes first."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return Image.open(io.BytesIO(data), formats=FORMATS)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise _refusal("large") from error
        except UnidentifiedImageError as error:
            raise _refusal("kind") from error
        except Exception as error:  # a broken header makes Pillow raise nearly anything
            raise _refusal("broken") from error


def _decoded(picture: Image.Image) -> Image.Image:
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # importing WeasyPrint lets half pictures through, for everybody
    try:
        picture.draft("RGB", (2 * PRINT_WIDTH, 2 * PRINT_HEIGHT))  # a JPEG may be decoded smaller at once
        picture.load()
        return _in_srgb(ImageOps.exif_transpose(picture))
    except Exception as error:  # broken data makes Pillow raise nearly anything
        raise _refusal("broken") from error


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if picture.mode in ("I", "I;16", "I;16B", "I;16L"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        converted = _by_profile(picture, profile)
        if converted:
            return converted
    if picture.mode == "P" or "A" in picture.getbands() or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture)
    return picture.convert("RGB")


def _by_profile(picture: Image.Image, profile: bytes) -> Image.Image | None:
    """Converted by its colour profile; None where it does not fit (its numbers are then taken as sRGB)."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)  # a new picture has no metadata to carry over
    clean.save(out, "JPEG", quality=QUALITY, optimize=True, dpi=(300, 300))
    return out.getvalue()


def _hides_something(data: bytes, kind: str) -> bool:
    """Is there anything behind the picture's end, or the head of a PDF where readers look for one?"""
    end = {"JPEG": _jpeg_end, "PNG": _png_end, "WEBP": _webp_end}[kind](data)
    rest = data[end:].strip(b"\0")
    # Cameras put further JPEGs (previews) behind the first.
    return bool(rest and not rest.startswith(b"\xff\xd8\xff")) or b"%PDF-" in data[:1024]


def _png_end(data: bytes) -> int:
    at = 8
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        at += 12 + length
        if kind == b"IEND":
            return at
    return len(data)  # cut off: decoding says so


def _webp_end(data: bytes) -> int:
    return 8 + int.from_bytes(data[4:8], "little")


def _jpeg_end(data: bytes) -> int:
    at = 2
    while at + 4 <= len(data):
        marker: Any = MARKER.search(data, at)
        if marker is None:
            break
        at, kind = marker.end(), data[marker.start() + 1]
        if kind == 0xD9:
            return at
        if kind not in (0x01, 0xD8):
            at += int.from_bytes(data[at : at + 2], "big")
    return len(data)  # cut off: decoding says so
