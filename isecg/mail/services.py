"""Writing mail, in the transaction of what it tells of."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from isecg.access import WrongMoment
from isecg.jobs import wake
from isecg.mail.models import PRIVATE, Message
from isecg.pdf.sentences import said


def post(kind: str, *, to: Iterable[Any], about: models.Model | None = None, **context: Any) -> list[Message]:
    """Queue a mail of `kind` for each member of `to`, in that member's language.

    `templates/mail/<kind>/` holds subject.txt, body.txt and body.html. An empty audience is nobody.
    `not_before` keeps the mails back until that instant.
    """
    return [post_to(kind, address=member.email, member=member, about=about, **context) for member in to]


def post_to(
    kind: str,
    *,
    address: str,
    member: Any | None = None,
    language: str = "",
    about: Any = None,
    private: str = "",
    not_before: dt.datetime | None = None,
    **context: Any,
) -> Message:
    """Queue one mail of `kind` to an address, which may not belong to a member yet.

    `private` is a link that opens a door: templates write `{{ private }}`; it is kept apart from the text.
    """
    language = language or getattr(member, "language", "") or settings.LANGUAGE_CODE
    with translation.override(language):
        words = {
            "member": member,
            "about": about,
            "site_url": settings.SITE_URL,
            "private": PRIVATE,
            **context,
        }
        subject, text, html = (
            _render(f"mail/{kind}/{part}", words) for part in ("subject.txt", "body.txt", "body.html")
        )
    return Message.objects.want(
        kind=kind,
        to=address,
        member_id=getattr(member, "pk", None),
        language=language,
        subject=" ".join(subject.split())[:300],
        text=text.strip() + "\n",
        html=html,
        private=private,
        not_before=not_before or timezone.now(),
        about_type=about._meta.label_lower if about is not None else "",
        about_id=str(about.pk) if about is not None else "",
    )


def recall(about: models.Model, *, kind: str, due: dt.datetime) -> int:
    """Abandon the mails of this kind that are kept back until `due`; returns how many they were.

    Raises WrongMoment when a worker has begun to hand them over. Call inside a transaction.
    """
    kept = _kept(about, kind, due)
    return kept.update(
        state=Message.State.ABANDONED,
        failure=said(gettext_noop("Recalled before it was sent.")),
        ended_at=timezone.now(),
        **Message.ERASED,
    )


def release(about: models.Model, *, kind: str, due: dt.datetime, now: dt.datetime) -> int:
    """Keep the mails of this kind back no longer than `now`; returns how many they were.

    Raises WrongMoment when a worker has begun to hand them over. Call inside a transaction.
    """
    kept = _kept(about, kind, due)
    messages = list(kept)
    kept.update(not_before=now, wake_at=None)
    for message in messages:
        wake(message)
    return len(messages)


def _kept(about: models.Model, kind: str, due: dt.datetime) -> models.QuerySet[Message]:
    """The mails, locked: no worker claims one of them before this transaction ends."""
    rows = Message.objects.filter(
        about_type=about._meta.label_lower, about_id=str(about.pk), kind=kind, not_before=due
    )
    if any(
        state != Message.State.QUEUED for state in rows.select_for_update().values_list("state", flat=True)
    ):
        raise WrongMoment(_("The first mails are on their way already."))
    return rows


def _render(name: str, words: dict[str, Any]) -> str:
    """A template of a mail; what is plain text is not escaped as if it were HTML."""
    template: Any = get_template(name)
    return template.template.render(Context(words, autoescape=name.endswith(".html")))
