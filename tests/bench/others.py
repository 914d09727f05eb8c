"""The same content by other tools: what they would need for it."""

import resource
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings

from isecg.canonical import Content
from isecg.pdf import fonts
from isecg.pdf.engine import TYPOGRAPHY
from reports.pdf.engine import sheets

CHROMIUM = Path("/usr/bin/chromium")
Run = dict[str, Any]


def chromium(html: Path, folder: Path) -> Run | str:
    """The same HTML and CSS printed by Chromium, from its start to its end."""
    if not CHROMIUM.exists():
        return "is not on this machine"
    page, pdf = folder / "chromium.html", folder / "chromium.pdf"
    style = "\n".join(path.read_text() for path in (TYPOGRAPHY, *sheets("a4")))
    text = html.read_text().replace("</head>", f"<style>{style}</style></head>")
    page.write_text(_with_files(text))
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
    command += [
        "--no-pdf-header-footer",
        "--virtual-time-budget=10000",
        f"--print-to-pdf={pdf}",
        page.as_uri(),
    ]
    return _timed([str(part) for part in command], pdf)


def _with_files(text: str) -> str:
    """Chromium reads fonts and photographs as files."""
    for name in fonts.NAMES:
        text = text.replace(f"portal:font/{name})", f"{fonts.path(name).as_uri()})")
    photographs = Path(settings.MEDIA_ROOT) / "photographs"
    for file in photographs.glob("*.jpg"):
        text = text.replace(f"portal:photograph/{file.stem}", file.as_uri())
    return text


def typst(content: Content, folder: Path) -> Run | str:
    """The same words and pictures set by Typst, from its start to its end: plainer than our report."""
    if find_spec("typst") is None:
        return "is not installed (the package typst of PyPI)"
    source, pdf = folder / "report.typ", folder / "typst.pdf"
    source.write_text("\n\n".join(_lines(content)))
    script = f"import typst; typst.compile({str(source)!r}, output={str(pdf)!r}, root='/')"
    return _timed([sys.executable, "-c", script], pdf)


def _lines(content: Content) -> list[str]:
    """Chapters, highlights with their pictures, the work plan as a table: markup of Typst."""
    photographs = Path(settings.MEDIA_ROOT) / "photographs"
    lines = ['#set page("a4", margin: 3cm, numbering: "1")', '#set text(10.5pt, lang: "en")']
    lines += [
        f"= {_plain('Annual Report')}",
        "#outline()",
        "#pagebreak()",
        _plain(content["report"]["foreword"]),
    ]
    for agency in content["agencies"]:
        told = [row for row in content["highlights"] if row["agency"] == agency["slug"]]
        lines += ["#pagebreak()", f"= {_plain(agency['acronym'])}"] if told else []
        for row in told:
            lines.append(f"== {_plain(row['title'])}")
            if picture := row["photograph"]:
                file = photographs / f"{picture['sha256']}.jpg"
                lines.append(f'#figure(image("{file}", width: 12cm), caption: [{_plain(picture["credit"])}])')
            lines.append(_plain(row["text"]))
    rows = [
        f"[{_plain(item['code'])}], [{_plain(item['title'])}], [{item['percent']} %]"
        for item in content["work_items"]
    ]
    entries = [_plain(entry["text"]) for item in content["work_items"] for entry in item["entries"]]
    return [*lines, "#pagebreak()", f"#table(columns: 3, {', '.join(rows)})", *entries]


def _plain(text: str) -> str:
    """No letter of these is markup."""
    return "".join(f"\\{letter}" if letter in "\\#$*_`<>@=-+/~[]" else letter for letter in text)


def _timed(command: list[str], pdf: Path) -> Run:
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    seconds, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": seconds, "cpu": cpu, "result": pdf.stat().st_size}
