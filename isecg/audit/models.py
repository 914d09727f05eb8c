"""One table, no foreign keys to business rows: an event outlives what it tells of."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from isecg.access import Sentence
from isecg.audit import words


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, record: models.Model) -> "EventQuerySet":
        """What happened to this record, newest first."""
        return self.filter(record_type=record._meta.label_lower, record_id=str(record.pk))


class Event(models.Model):
    """One thing somebody did. Its table refuses update, delete and truncate (`isecg.frozen`)."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(_("who"), max_length=200)
    on_behalf_of = models.CharField(_("on behalf of"), max_length=200, blank=True)
    verb = models.CharField(_("what"), max_length=40)
    record_type = models.CharField(max_length=100)
    record_id = models.CharField(max_length=100)
    record = models.CharField(_("which record"), max_length=300)
    why = models.TextField(_("why"), blank=True)
    changes = models.JSONField(_("what changed"), default=dict, encoder=DjangoJSONEncoder)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["record_type", "record_id", "-at"], name="event_by_record")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor}: {self.verb} {self.record}"

    @property
    def verb_words(self) -> Sentence:
        """What was done, in plain words."""
        return words.verb(self.verb)

    @property
    def actor_words(self) -> str:
        """Who did it, in the reader's language where it was the portal."""
        return words.actor(self.actor)

    @property
    def change_words(self) -> list[tuple[str, str, str]]:
        """(field, before, after) as people read it."""
        return words.changes(self.record_type, self.changes)
