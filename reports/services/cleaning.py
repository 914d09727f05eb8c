"""Clearing away what was only kept to be quick: laid-out parts of reports, and previews of chapters."""

import datetime as dt
from pathlib import Path

from django.core.files.storage import default_storage

from reports.models import Preview

SEEN_FOR = dt.timedelta(days=1)  # a preview is looked at while one writes
KEPT_BYTES = 500_000_000  # of parts: some fifty copies of a long report
UNTOUCHED = dt.timedelta(hours=1)  # a part that was asked for since may just be joined


def clean_previews(now: dt.datetime) -> int:
    """Remove previews older than a day and pictures that no preview shows; returns how many files went."""
    Preview.objects.filter(wanted_at__lt=now - SEEN_FOR).delete()
    shown = {name for names in Preview.objects.values_list("pictures", flat=True) for name in names}
    old = [path for path in _files("previews", now - UNTOUCHED) if f"previews/{path.name}" not in shown]
    return _remove(old)


def clean_fragments(now: dt.datetime, most: int = KEPT_BYTES) -> int:
    """Remove the parts that were not asked for the longest, until no more than `most` bytes are kept, and
    what a rendering that died had written down; returns how many files went."""
    kept, gone = 0, []
    for path in _files("fragments", now):
        kept += path.stat().st_size
        if path.suffix == ".orders" or kept > most:
            gone.append(path)
    limit = (now - UNTOUCHED).timestamp()
    return _remove([path for path in gone if path.stat().st_mtime < limit])


def _files(folder: str, before: dt.datetime) -> list[Path]:
    """The files of a folder that were last touched before an instant, the latest first."""
    place = Path(default_storage.path(folder))
    found = [(path.stat().st_mtime, path) for path in place.iterdir()] if place.is_dir() else []
    return [path for touched, path in sorted(found, reverse=True) if touched <= before.timestamp()]


def _remove(paths: list[Path]) -> int:
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)
