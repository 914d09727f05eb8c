"""Reminding people of what is due: by the clock once a stage, by the secretariat as often as it wants."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from isecg.access import require
from isecg.audit.services import record
from isecg.clock import clock
from isecg.mail.models import Message
from isecg.mail.services import post
from members.models import acting
from recommendations.services.checks import spoken
from reports.models import AnnualReport, Reminder
from reports.permissions.contributions import can_remind
from reports.queries import reminders as queries


@transaction.atomic
def remind_of(report: AnnualReport, *, now: dt.datetime) -> list[Message]:
    """Mail what is due in this report and was not said at this stage; running it again says nothing twice.

    Each person gets one mail, which names only what is due to them; where nobody can be told, nobody is.
    """
    report = AnnualReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    waiting = queries.unsaid(report, now)
    for due, stage in waiting:
        _note(due, stage)
    return _post(report, [due for due, _stage in waiting], now)


@transaction.atomic
def remind(
    report: AnnualReport,
    *,
    by: Any,
    agencies: Iterable[int],
    words: str = "",
    now: dt.datetime | None = None,
) -> list[Message]:
    """Remind these agencies (ids) by hand of what they still have to hand in or to confirm.

    Writes an event. Raises PermissionDenied, ValidationError (none chosen, or nothing is due of one of them
    any more).
    """
    report = AnnualReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    now = now or clock()
    by = acting(by, now)
    require(can_remind(by, report))
    chosen, words = set(agencies), spoken(words)
    waiting = {each.contribution.agency_id: each for each in queries.due(report, now) if each.contribution}
    if not chosen:
        raise ValidationError({"agencies": _("Choose whom to remind: nobody would be.")})
    if chosen - waiting.keys():
        raise ValidationError(
            {"agencies": _("Of one of these agencies nothing is due any more. Look at the list again.")}
        )
    dues = [due for agency, due in waiting.items() if agency in chosen]
    for due in dues:
        _note(due, Reminder.Stage.HAND)
    names = sorted(str(due.contribution.agency) for due in dues if due.contribution)
    record(by=by, verb="remind", what=report, why=words, changes={"agencies": ["", names]})
    return _post(report, dues, now, words)


def _note(due: queries.Due, stage: Reminder.Stage) -> None:
    Reminder.objects.create(
        contribution=due.contribution, section=due.section, what=due.what, stage=stage, due_at=due.due_at
    )


def _post(report: AnnualReport, dues: list[queries.Due], now: dt.datetime, words: str = "") -> list[Message]:
    return [
        message
        for person, lines in queries.lines(dues, now).items()
        for message in post("report_reminder", to=[person], about=report, lines=lines, why=words, now=now)
    ]
