"""What the project itself keeps: when each process was last seen."""

from django.db import models


class Heartbeat(models.Model):
    """Written by the clock's relay; `/readyz` reads it."""

    process = models.CharField(max_length=40, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.process}: {self.seen_at:%Y-%m-%d %H:%M:%S}"
