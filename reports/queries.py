"""Questions about the work plan and the report that more than one place asks."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    NOT_STARTED = "not_started", _("not started")
    ON_TRACK = "on_track", _("on track")
    LATE = "late", _("late")
    DONE = "done", _("done")


def status(percent: int | None, due: dt.date, on: dt.date) -> Status:
    """The one rule: how a work item stands on a day, from its latest percentage (None: no entry yet).

    Done at 100 %, whenever that was; late once the due day has passed; the due day itself is in time.
    """
    if percent == 100:
        return Status.DONE
    if on > due:
        return Status.LATE
    return Status.ON_TRACK if percent else Status.NOT_STARTED
