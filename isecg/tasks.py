"""The one task: a message names a row, the row is the job."""

from celery import shared_task

from isecg import jobs


@shared_task(name="isecg.run")
def run(label: str, pk: int) -> None:
    """Do the job if it is still to be done (see `isecg.jobs.run`)."""
    jobs.run(label, pk)
