"""Writing mail, in the transaction of what it tells of."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.utils import translation

from isecg.mail.models import Message


def post(kind: str, *, to: Iterable[Any], about: models.Model | None = None, **context: Any) -> list[Message]:
    """Queue a mail of `kind` for each member of `to`, in that member's language.

    `templates/mail/<kind>/` holds subject.txt, body.txt and body.html. An empty audience is nobody.
    """
    return [post_to(kind, address=member.email, member=member, about=about, **context) for member in to]


def post_to(
    kind: str, *, address: str, member: Any | None = None, language: str = "", about: Any = None, **context: Any
) -> Message:
    """Queue one mail of `kind` to an address, which may not belong to a member yet."""
    language = language or getattr(member, "language", "") or settings.LANGUAGE_CODE
    with translation.override(language):
        words = {"member": member, "about": about, "site_url": settings.SITE_URL, **context}
        subject, text, html = (
            render_to_string(f"mail/{kind}/{part}", words) for part in ("subject.txt", "body.txt", "body.html")
        )
    return Message.objects.want(
        kind=kind,
        to=address,
        member_id=getattr(member, "pk", None),
        language=language,
        subject=" ".join(subject.split()),
        text=text.strip() + "\n",
        html=html,
        about_type=about._meta.label_lower if about is not None else "",
        about_id=str(about.pk) if about is not None else "",
    )
