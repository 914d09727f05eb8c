"""A measured process: one run for each line it reads, and its figures as a line of JSON.

`worker <snapshot>` makes renderings through their rows, `bare <file>` only calls write_pdf.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path


def bare(html: str) -> int:
    """WeasyPrint by itself on the same HTML and CSS, as its documentation shows it."""
    import weasyprint

    from isecg.pdf.engine import OPTIONS, TYPOGRAPHY
    from reports.pdf.engine import sheets as own
    from reports.pdf.fetcher import ReportFetcher

    file = Path(html)
    fetcher = ReportFetcher(json.loads(file.with_suffix(".json").read_text()))
    fonts = weasyprint.text.fonts.FontConfiguration()
    sheets = [
        weasyprint.CSS(string=path.read_text(), url_fetcher=fetcher, font_config=fonts)
        for path in (TYPOGRAPHY, *own("a4"))
    ]
    page = weasyprint.HTML(string=file.read_text(), url_fetcher=fetcher, base_url="portal:")
    return len(page.write_pdf(stylesheets=sheets, font_config=fonts, **OPTIONS))


def worker(pk: str) -> int:
    """A row of the snapshot: claimed, made, checked and stored as in a worker. Returns its pages."""
    from isecg import jobs
    from reports.models import Rendering, Snapshot

    snapshot = Snapshot.objects.get(pk=pk)
    row = Rendering.objects.want(
        report=snapshot.report, snapshot=snapshot, number=os.getpid(), content_key=os.urandom(32).hex()
    )
    jobs.run("reports.rendering", row.pk)
    row.refresh_from_db()
    assert row.state == "ready", row.failure
    return row.edition.main.pages


def set_up() -> None:
    """Django on the database and the files of the test that asks."""
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = os.environ["BENCH_DATABASE"]
    settings.MEDIA_ROOT = Path(os.environ["BENCH_MEDIA"])
    settings.DATA_DIR = settings.MEDIA_ROOT.parent
    django.setup()


def main(kind: str, what: str) -> None:
    set_up()
    for _line in sys.stdin:
        begin, cpu = time.perf_counter(), time.process_time()
        result = {"bare": bare, "worker": worker}[kind](what)
        told = {"seconds": time.perf_counter() - begin, "cpu": time.process_time() - cpu}
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps({**told, "peak": peak, "result": result}), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isecg.settings")
    main(*sys.argv[1:])
