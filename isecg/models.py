"""What the project itself keeps: when each process was last seen, which forms were sent."""

from django.db import models


class Heartbeat(models.Model):
    """Written by the clock's relay; `/readyz` reads it."""

    process = models.CharField(max_length=40, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.process}: {self.seen_at:%Y-%m-%d %H:%M:%S}"


class Sent(models.Model):
    """A form that was sent, and the record it made (see `isecg.once`). Kept for a while only."""

    token = models.UUIDField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    record_type = models.CharField(max_length=100)
    record_id = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id}"
