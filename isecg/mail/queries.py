"""Reading the mails."""

from typing import Any

from isecg.jobs import JobQuerySet
from isecg.mail.models import Message


def messages(*, to: str = "", state: str = "") -> JobQuerySet:
    """Mails to an address (or a part of one) and in a state, the newest first; without their bodies."""
    wanted: dict[str, Any] = {"to__icontains": to, "state": state}
    rows = Message.objects.filter(**{name: value for name, value in wanted.items() if value})
    return rows.defer("text", "html", "private")
