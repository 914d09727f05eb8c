"""Mails about people's roles and accounts. Each says why it comes."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from isecg.mail.services import post, post_to
from members.models import Invitation, Mandate, Member

# What allauth calls its mails, and what they are here. What is not listed only tells that something of
# the account was changed, and `templates/mail/account_changed/` has a sentence for each.
ALLAUTH = {
    "password_reset_key": "password_reset",
    "unknown_account": "unknown_account",
    "account_already_exists": "unknown_account",
    "email_confirmation": "confirm_address",
}


def invite(invitation: Invitation, token: str) -> None:
    """The link to accept; it stands only in this mail."""
    with translation.override(invitation.language):
        link = settings.SITE_URL + reverse("members:accept", args=[token])
    post_to(
        "invitation",
        address=invitation.email,
        language=invitation.language,
        about=invitation,
        private=link,
        invitation=invitation,
    )


def appoint(mandate: Mandate, why: str) -> None:
    """To the person: which role, from when on."""
    _about_mandate("appointed", mandate, why)


def edit_mandate(mandate: Mandate) -> None:
    """To the person: the days of the role were corrected."""
    _about_mandate("mandate_changed", mandate, "")


def end_mandate(mandate: Mandate, why: str) -> None:
    """To the person: the role ends, and why."""
    _about_mandate("mandate_ended", mandate, why)


def deactivate(member: Member, why: str) -> None:
    """To the person: the account is closed, and why."""
    post("account_deactivated", to=[member], about=member, why=why)


def reactivate(member: Member, why: str) -> None:
    """To the person: the account is open again."""
    post("account_reactivated", to=[member], about=member, why=why)


def from_allauth(name: str, *, address: str, context: dict[str, Any]) -> None:
    """What the account pages send: a row like every other mail, its link kept apart from the text."""
    member = Member.objects.filter(email__iexact=address).first()
    post_to(
        ALLAUTH.get(name, "account_changed"),
        address=address,
        member=member,
        language="" if member else (translation.get_language() or ""),
        private=context.get("password_reset_url") or context.get("activate_url") or "",
        what=name,
        new_address=context.get("to_email", ""),
    )


def _about_mandate(kind: str, mandate: Mandate, why: str) -> None:
    to = [mandate.member] if mandate.member.is_active else []
    post(kind, to=to, about=mandate, mandate=mandate, why=why)
