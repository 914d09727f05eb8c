"""What makes a PDF's bytes what they are, beside its content. Read by web processes, too."""

import ctypes
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version

from isecg import ROOT
from isecg.pdf import fonts

# Changed typography, words, filters or engine make another PDF, whichever app it is of.
SHARED = (
    "isecg/pdf/*.css",
    "isecg/pdf/**/*.py",
    "isecg/pdf/metadata.xml",
    "isecg/markdown.py",
    "isecg/dated.py",
    "isecg/drawing.py",
    "isecg/qr.py",
    "templates/components/drawing.svg",
    "isecg/templatetags/*.py",
    "isecg/locale/*/LC_MESSAGES/django.po",
)
PACKAGES = ["weasyprint", "pydyf", "pikepdf", "fonttools", "markdown-it-py", "nh3", "pyphen", "segno"]
PACKAGES += ["manimgx-fonts", "pylopdf-fonts-zh-cn", "pylopdf-fonts-ko"]
# The machine's own libraries, which no package brings: they break lines, choose glyphs, compress. Each with
# what tells its version; asked directly, since web processes never import WeasyPrint.
LIBRARIES = {
    "libpango-1.0.so.0": "pango_version_string",
    "libharfbuzz.so.0": "hb_version_string",
    "libz.so.1": "zlibVersion",
}


def libraries() -> Iterator[str]:
    """The machine's own libraries with their versions."""
    for name, asked in LIBRARIES.items():
        try:
            ask = getattr(ctypes.CDLL(name), asked)
        except OSError:
            yield f"{name} is not here"
            continue
        ask.restype = ctypes.c_char_p
        yield f"{name} {ask().decode()}"


@cache
def drawing(*own: str) -> bytes:
    """Hash of all that draws, once a process: what is shared and the files of the patterns in `own`."""
    told = hashlib.sha256()
    for package in PACKAGES:
        told.update(f"{package} {version(package)}\n".encode())
    told.update("\n".join(libraries()).encode())
    files = [path for pattern in own + SHARED for path in sorted(ROOT.glob(pattern)) if path.is_file()]
    for path in [*files, *map(fonts.path, fonts.NAMES)]:
        told.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return told.digest()
