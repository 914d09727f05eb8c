"""A measured process: one run for each line it reads, and its figures as a line of JSON.

`bare` only calls write_pdf on the HTML file of the line. `pool 2` is a Celery worker with two children as it
runs in production, without the broker: it imports once and forks, the first child makes the copy of the
rendering whose number the line has, the other helps; with the line `start` they only get ready. Django and
the portal's own apps are loaded before the first line, for both.
"""

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

START = "start"
Work = Callable[[str], tuple[int, float]]


def bare(html: str) -> tuple[int, float]:
    """WeasyPrint by itself on the same HTML and CSS, as its documentation shows it; the portal's own is only
    what finds photographs and fonts. Returns bytes, and when they were there."""
    import weasyprint

    from reports.pdf.fetcher import ReportFetcher

    file = Path(html)
    along = json.loads(file.with_suffix(".json").read_text())
    fetcher = ReportFetcher(along["photographs"])
    fonts = weasyprint.text.fonts.FontConfiguration()
    read = [
        weasyprint.CSS(string=Path(sheet).read_text(), url_fetcher=fetcher, font_config=fonts)
        for sheet in along["sheets"]
    ]
    page = weasyprint.HTML(string=file.read_text(), url_fetcher=fetcher, base_url="portal:")
    pdf = page.write_pdf(stylesheets=read, font_config=fonts, **along["options"])
    assert "isecg.pdf.engine" not in sys.modules
    return len(pdf), time.perf_counter()


def worker(pk: str) -> tuple[int, float]:
    """The first copy of a rendering, from claim to the stored file; it is not examined. Returns its pages,
    and when it was there."""
    import pikepdf
    from django.utils import timezone

    from isecg.pdf.engine import undisturbed
    from reports.attachments import attachments
    from reports.models import Rendering
    from reports.pdf.printed import Printed, variants
    from reports.rendering import copies

    row: Any = Rendering.objects.claim(int(pk), timezone.now())
    path = Path(os.environ["BENCH_MEDIA"]) / "made.pdf"
    with undisturbed():
        along = attachments(row.snapshot.content, row.snapshot.sha256)
        pdf = copies.make(
            row, Printed.of(row, variants(row.report)[0]), along, lambda phase, _share: row.note(phase=phase)
        )
        path.write_bytes(pdf)
        done = time.perf_counter()
    row.fail("measured")
    with pikepdf.open(path) as document:
        return len(document.pages), done


def helper(pk: str) -> tuple[int, float]:
    """Another child, woken for the same rendering. Returns nothing of interest."""
    from isecg.pdf.engine import undisturbed
    from reports.models import Rendering
    from reports.rendering.work import help_with

    ended = (Rendering.DONE, Rendering.FAILED)
    with undisturbed():
        while (row := Rendering.objects.get(pk=pk)).state not in ended:
            if row.state == Rendering.RUNNING:
                help_with(row)
            time.sleep(0.01)
    return 0, time.perf_counter()


class Pool:
    """A Celery worker whose children start with the first line."""

    def __init__(self, size: int) -> None:
        from isecg.celery import app

        app.loader.import_default_modules()
        self.size = size
        self.children: list[tuple[TextIO, TextIO]] = []

    def __call__(self, pk: str) -> tuple[int, float, float]:
        """Returns what the first child made, when it was there, and the children's processor time."""
        if not self.children:
            self.start()
        for ask, _answer in self.children:
            print(pk, file=ask, flush=True)
        first, *rest = [json.loads(answer.readline()) for _ask, answer in self.children]
        return first["result"], first["done"], sum(told["cpu"] for told in (first, *rest))

    def start(self) -> None:
        """Import once, then fork."""
        from celery.signals import worker_init

        worker_init.send(sender=None)
        self.children = [self._forked(work) for work in (worker, *[helper] * (self.size - 1))]

    def _forked(self, work: Work) -> tuple[TextIO, TextIO]:
        asked, ask = os.pipe()
        answer, answered = os.pipe()
        if os.fork():
            os.close(asked)
            os.close(answered)
            return os.fdopen(ask, "w"), os.fdopen(answer)
        for end in (ask, answer, *(file.fileno() for pair in self.children for file in pair)):
            os.close(end)
        from celery.signals import worker_process_init

        cpu = time.process_time()
        worker_process_init.send(sender=None)
        serve(unless_start(work), os.fdopen(asked), os.fdopen(answered, "w"), cpu)
        os._exit(0)


def unless_start(work: Work) -> Work:
    """The work of a child, which is already there when it hears that it is to get ready."""
    return lambda line: (0, time.perf_counter()) if line == START else work(line)


def serve(work: Callable[[str], tuple[Any, ...]], lines: TextIO, out: TextIO, cpu: float = 0.0) -> None:
    """Answer each line with {seconds, cpu, done, result}; the first run's processor time counts from `cpu`.

    Seconds end when the file is there; processor time has what is tidied up behind it, too.
    """
    for line in lines:
        begin = time.perf_counter()
        cpu = cpu or time.process_time()
        result, done, *others = work(line.strip())
        told = {"seconds": done - begin, "cpu": time.process_time() - cpu + sum(others)}
        print(json.dumps({**told, "done": done, "result": result}), file=out, flush=True)
        gc.freeze()  # as a worker does when it starts: what was imported is never looked through again
        cpu = 0.0


def set_up() -> None:
    """Django on the database and the files of the test that asks."""
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = os.environ["BENCH_DATABASE"]
    settings.MEDIA_ROOT = Path(os.environ["BENCH_MEDIA"])
    settings.DATA_DIR = settings.MEDIA_ROOT.parent
    django.setup()


def main(kind: str, size: str = "1") -> None:
    set_up()
    serve(Pool(int(size)) if kind == "pool" else bare, sys.stdin, sys.stdout)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isecg.settings")
    main(*sys.argv[1:])
