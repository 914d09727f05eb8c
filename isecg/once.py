"""A form that adds something adds it once: a double click, the back button, a proxy that sends again.

The form carries a token made when it was shown. Whoever sends a token again is given what it made before.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isecg.access import WrongMoment
from isecg.models import Sent

KEPT = dt.timedelta(days=2)


@transaction.atomic
def once(token: uuid.UUID, make: Callable[[], models.Model], *, by: Any) -> Any:
    """`make()`'s record, or the record this person's form made when it was sent before.

    Two at the same time: the second waits until the first has ended. What `make` raises passes through,
    and the form can be sent again. Raises WrongMoment if what the form made is gone.
    """
    now = timezone.now()
    Sent.objects.filter(at__lt=now - KEPT).delete()
    key = uuid.uuid5(token, str(by.pk))  # another person's token is worth nothing
    sent, new = Sent.objects.get_or_create(pk=key, defaults={"at": now})
    if not new:
        made = apps.get_model(sent.record_type)._default_manager.filter(pk=sent.record_id).first()
        if made is None:
            raise WrongMoment(_("This form was sent before, and what it made has been removed since."))
        return made
    record = make()
    sent.record_type, sent.record_id = record._meta.label_lower, str(record.pk)
    sent.save(update_fields=["record_type", "record_id"])
    return record
