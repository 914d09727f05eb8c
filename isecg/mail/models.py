"""A message is a row with a state; "handed over" is never said before a server took it."""

import uuid
from typing import ClassVar

from django.core import mail
from django.db import models
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from isecg.jobs import Job
from isecg.pdf.sentences import said

PRIVATE = "[[private-link]]"


class Message(Job):
    """One mail to one address.

    A link that opens a door (an invitation, a new password) stands in `private`, its place in the text is
    PRIVATE. It is erased from the row as soon as nobody will send it any more.
    """

    class State(models.TextChoices):
        DRAFTED = "drafted", _("drafted")
        HELD = "held", _("held")
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("being handed over")
        HANDED_OVER = "handed_over", _("handed over")
        REFUSED = "refused", _("refused")
        ABANDONED = "abandoned", _("abandoned")

    RUNNING = State.SENDING
    DONE = State.HANDED_OVER
    FAILED = State.ABANDONED
    LIMIT: ClassVar[int] = 8
    ERASED = {"private": ""}

    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFTED)
    kind = models.CharField(_("kind"), max_length=60)
    to = models.EmailField(pgettext_lazy("mail", "to"))
    member_id = models.BigIntegerField(null=True, db_index=True)
    language = models.CharField(_("language"), max_length=5)
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"))
    private = models.TextField(blank=True, editable=False)
    about_type = models.CharField(max_length=100, blank=True)
    about_id = models.CharField(max_length=100, blank=True)
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["-wanted_at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"

    def refuse(self) -> None:
        """The server will not take it for this address, now or later. Raises Lost."""
        self.note(
            state=self.State.REFUSED,
            failure=said(gettext_noop("The mail server refused the address.")),
            ended_at=timezone.now(),
            lease_until=None,
            **self.ERASED,
        )

    def outgoing(self) -> mail.EmailMultiAlternatives:
        """The mail as it is handed over, its private link in place."""
        # The same Message-ID at every attempt, so that a doubled delivery can be recognised.
        message = mail.EmailMultiAlternatives(
            self.subject,
            self.text.replace(PRIVATE, self.private),
            to=[self.to],
            headers={"Message-ID": f"<{self.message_id}@isecg.portal>"},
        )
        message.attach_alternative(self.html.replace(PRIVATE, escape(self.private)), "text/html")
        return message
