"""A measured process: one run for each line it reads, and its figures as a line of JSON.

`bare` only calls write_pdf on the HTML file of the line; `worker` makes the copy of the rendering whose
number the line has, as a worker does; `helper` helps with it until it is done.
"""

import gc
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any


def bare(html: str) -> int:
    """WeasyPrint by itself on the same HTML and CSS, as its documentation shows it. Returns bytes."""
    import weasyprint

    from isecg.pdf.engine import OPTIONS, TYPOGRAPHY
    from reports.pdf.engine import sheets
    from reports.pdf.fetcher import ReportFetcher

    file = Path(html)
    fetcher = ReportFetcher(json.loads(file.with_suffix(".json").read_text()))
    fonts = weasyprint.text.fonts.FontConfiguration()
    read = [
        weasyprint.CSS(string=path.read_text(), url_fetcher=fetcher, font_config=fonts)
        for path in (TYPOGRAPHY, *sheets("a4"))
    ]
    page = weasyprint.HTML(string=file.read_text(), url_fetcher=fetcher, base_url="portal:")
    options = {**OPTIONS, "uncompressed_pdf": False}
    return len(page.write_pdf(stylesheets=read, font_config=fonts, **options))


def worker(pk: str) -> int:
    """The first copy of a rendering, from claim to sealed bytes; it is not examined. Returns its pages."""
    import pikepdf
    from django.utils import timezone

    from isecg.pdf.engine import undisturbed
    from reports.attachments import attachments
    from reports.models import Rendering
    from reports.pdf.printed import Printed, variants
    from reports.rendering import copies

    row: Any = Rendering.objects.claim(int(pk), timezone.now())
    with undisturbed():
        along = attachments(row.snapshot.content, row.snapshot.sha256)
        pdf = copies.make(
            row, Printed.of(row, variants(row.report)[0]), along, lambda phase, _share: row.note(phase=phase)
        )
    row.fail("measured")
    path = Path(os.environ["BENCH_MEDIA"]) / "made.pdf"
    path.write_bytes(pdf)
    with pikepdf.open(path) as document:
        return len(document.pages)


def helper(pk: str) -> int:
    """Another worker, woken for the same rendering. Returns nothing of interest."""
    from isecg.pdf.engine import undisturbed
    from reports.models import Rendering
    from reports.rendering.work import help_with

    ended = (Rendering.DONE, Rendering.FAILED)
    with undisturbed():
        while (row := Rendering.objects.get(pk=pk)).state not in ended:
            if row.state == Rendering.RUNNING:
                help_with(row)
            time.sleep(0.01)
    return 0


def set_up() -> None:
    """Django on the database and the files of the test that asks."""
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = os.environ["BENCH_DATABASE"]
    settings.MEDIA_ROOT = Path(os.environ["BENCH_MEDIA"])
    settings.DATA_DIR = settings.MEDIA_ROOT.parent
    django.setup()


def main(kind: str) -> None:
    set_up()
    work = {"bare": bare, "worker": worker, "helper": helper}[kind]
    for line in sys.stdin:
        begin, cpu = time.perf_counter(), time.process_time()
        result = work(line.strip())
        told = {"seconds": time.perf_counter() - begin, "cpu": time.process_time() - cpu}
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps({**told, "peak": peak, "result": result}), flush=True)
        gc.freeze()  # as a worker does when it starts: what was imported is never looked through again


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isecg.settings")
    main(*sys.argv[1:])
