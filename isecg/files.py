"""Files of the data folder that are named by their content: written whole or not at all, never changed."""

import errno
import os
import uuid
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class NoRoom(OSError):
    """The disk is full; nothing was stored."""

    sentence: str | Promise = _("There is no room left on the disk of the portal; nothing was stored.")


def put(name: str, data: bytes, *, lasting: bool = True) -> str:
    """Store `data` under `name`; returns the name. Does nothing where the file is there already.

    Written under another name on the same disk and then renamed, so that nobody meets half a file. What can
    be made again need not be `lasting`: it does not wait for the disk, and a machine that loses its power may
    leave half of it, which its reader has to notice. Raises NoRoom.
    """
    target = Path(default_storage.path(name))
    if target.exists() and target.stat().st_size == len(data):
        return name
    scratch = Path(settings.DATA_DIR) / "scratch"
    half = scratch / f"{uuid.uuid4().hex}.part"
    try:
        scratch.mkdir(parents=True, exist_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(half, data, lasting)
        half.replace(target)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoRoom(*error.args) from error
        raise
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
    return name


def _write(path: Path, data: bytes, lasting: bool) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        if lasting:
            os.fsync(file.fileno())
