"""Writing mail, in the transaction of what it tells of."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from isecg.mail.models import PRIVATE, Message


def post(kind: str, *, to: Iterable[Any], about: models.Model | None = None, **context: Any) -> list[Message]:
    """Queue a mail of `kind` for each member of `to`, in that member's language.

    `templates/mail/<kind>/` holds subject.txt, body.txt and body.html. An empty audience is nobody.
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
        about_type=about._meta.label_lower if about is not None else "",
        about_id=str(about.pk) if about is not None else "",
    )


def _render(name: str, words: dict[str, Any]) -> str:
    """A template of a mail; what is plain text is not escaped as if it were HTML."""
    template: Any = get_template(name)
    return template.template.render(Context(words, autoescape=name.endswith(".html")))
