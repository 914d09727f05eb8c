"""Where the time of a rendering goes, in one process without a database: processor seconds by phase.

Run with the number of pages and a folder of photographs; prints a line of JSON for each run: cold, warm with
nothing kept, one highlight edited.
"""

import gc
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Phases = dict[str, float]


@contextmanager
def counted(phases: Phases, name: str) -> Iterator[None]:
    begin = time.process_time()
    yield
    phases[name] = phases.get(name, 0) + time.process_time() - begin


def main(pages: str, media: str) -> None:
    cold: Phases = {}
    with counted(cold, "imports"):
        from celery.signals import worker_init, worker_process_init

        from isecg.celery import app

        app.loader.import_default_modules()
        worker_init.send(sender=None)
    with counted(cold, "fonts and style sheets"):
        worker_process_init.send(sender=None)
    from django.conf import settings

    from tests.bench.measure import edited
    from tests.reports import stress

    settings.MEDIA_ROOT = Path(media)
    content, kept = stress.of_size(int(pages)), dict[str, Any]()
    tell(run(content, kept, cold))
    gc.freeze()
    kept.clear()
    tell(run(content, kept, {}))
    tell(run(edited(content), kept, {}))


def run(content: Any, kept: dict[str, Any], phases: Phases) -> Phases:
    """Make a copy; `kept` holds parts by their key. Adds to the phases."""
    from isecg.pdf.archive import seal
    from isecg.pdf.engine import undisturbed
    from isecg.pdf.join import joined
    from reports.attachments import attachments
    from reports.rendering import copies, parts
    from tests.reports import stress

    spent = 0.0

    def lay_out(_rendering: Any, orders: list[Any], _tell: Any) -> list[Any]:
        nonlocal spent
        begin = time.process_time()
        for order in orders:
            if order.key not in kept:
                kept[order.key] = order.made()
        spent += time.process_time() - begin
        return [kept[order.key] for order in orders]

    begin = time.process_time()
    with undisturbed():
        printed = stress.printed(content)
        along = attachments(content, printed.sha256)
        made = parts.laid_out(None, printed, lambda _share: None, lay_out)  # type: ignore[arg-type]
        phases["words and charts as HTML"] = time.process_time() - begin - spent
        phases["layout and drawing"] = spent
        with counted(phases, "joining"), joined(made, copies.labels(printed)) as pdf:
            phases["sealing"] = time.process_time()
            seal(pdf, copies.about(printed), along)
            phases["sealing"] = time.process_time() - phases["sealing"]
        phases["joining"] -= phases["sealing"]
        begin = time.process_time()
    phases["tidying up"] = time.process_time() - begin
    return phases


def tell(phases: Phases) -> None:
    print(json.dumps(phases), flush=True)


if __name__ == "__main__":
    import django

    django.setup()
    main(*sys.argv[1:])
