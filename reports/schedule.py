"""What the clock starts: reminders, and clearing away what is only kept to be quick. When it runs is
`CELERY_BEAT_SCHEDULE` in the settings."""

from celery import shared_task
from django.utils import timezone

from reports.models import AnnualReport
from reports.queries.reminders import AT_WORK
from reports.services.cleaning import clean_fragments, clean_previews
from reports.services.reminders import remind_of


@shared_task(name="reports.remind")
def remind() -> int:
    """Remind of all that is due and was not said yet, however long ago this ran; returns how many mails."""
    now = timezone.now()
    return sum(len(remind_of(report, now=now)) for report in AnnualReport.objects.filter(state__in=AT_WORK))


@shared_task(name="reports.clean")
def clean() -> int:
    """Remove old previews and parts of reports that nobody asked for lately; returns how many files went."""
    now = timezone.now()
    return clean_previews(now) + clean_fragments(now)
