"""Inviting people, and accepting an invitation."""

import datetime as dt
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency
from isecg.access import WrongMoment, require
from isecg.audit.services import record
from isecg.versions import lock, store
from members import emails, permissions
from members.models import Invitation, Mandate, Member, hash_of

VALID_FOR = dt.timedelta(days=14)


@transaction.atomic
def invite(
    *,
    by: Member,
    email: str,
    name: str,
    role: str,
    now: dt.datetime,
    agency: Agency | None = None,
    language: str = "en",
) -> Invitation:
    """Invite an address to a role: stores the hash of a new token and mails the link to that address.

    Raises PermissionDenied, and ValidationError when the person holds the role or is already invited to it.
    """
    require(permissions.can_invite(by, role))
    email = email.strip().lower()
    held = Mandate.objects.on(now.date()).filter(member__email__iexact=email, role=role, agency=agency)
    if held.exists():
        raise ValidationError(_("This person already holds this role."))
    token = secrets.token_urlsafe(32)
    invitation = store(
        Invitation(
            email=email,
            name=name,
            role=role,
            agency=agency,
            language=language,
            token_hash=hash_of(token),
            invited_by=by,
            expires_at=now + VALID_FOR,
        )
    )
    record(by=by, verb="invite", what=invitation)
    emails.invite(invitation, token)
    return invitation


@transaction.atomic
def send_again(invitation: Invitation, *, by: Member, version: int, now: dt.datetime) -> Invitation:
    """Mail a new link that is valid from now on; the old one no longer works.

    Raises PermissionDenied, Stale, and WrongMoment when it was accepted or withdrawn.
    """
    invitation = _waiting(invitation, permissions.can_send_again(by, invitation), version)
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.expires_at = hash_of(token), now + VALID_FOR
    _save(invitation, "token_hash", "expires_at")
    record(by=by, verb="send_again", what=invitation)
    emails.invite(invitation, token)
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Member, version: int, now: dt.datetime) -> Invitation:
    """From now on the link no longer works. Tells nobody.

    Raises PermissionDenied, Stale, and WrongMoment when it was accepted or withdrawn.
    """
    invitation = _waiting(invitation, permissions.can_withdraw(by, invitation), version)
    invitation.withdrawn_at = now
    _save(invitation, "withdrawn_at")
    record(by=by, verb="withdraw", what=invitation)
    return invitation


@transaction.atomic
def accept(token: str, *, by: Member | None, now: dt.datetime, password: str = "") -> Member:
    """Accept the invitation with this token: one account, one mandate from today on, or nothing at all.

    `by` is who is signed in. A new person (`by=None`) gets an account with `password`, which the form has
    checked. Raises WrongMoment when the link cannot be used (any more), PermissionDenied when it is somebody
    else's or the address has an account that is not signed in, ValidationError when the role is taken.
    """
    invitation = Invitation.objects.select_for_update().of_token(token).first()
    if invitation is None or not invitation.is_open(now):
        raise unusable()
    member = _person(invitation, by, password)
    _give(invitation, member, now.date())
    invitation.accepted_at, invitation.accepted_by = now, member
    _save(invitation, "accepted_at", "accepted_by")
    record(by=member, verb="accept", what=invitation)
    return member


def unusable() -> WrongMoment:
    """One sentence for every link that does not work, so that it tells nothing about others."""
    return WrongMoment(
        _(
            "This invitation cannot be used. It was used, withdrawn or replaced by a newer one, or it has "
            "expired. If you have accepted it, sign in. Otherwise ask the secretariat for a new one."
        ),
        (_("Sign in"), reverse("account_login")),
    )


def is_meant_for(invitation: Invitation, by: Member | None) -> bool:
    """Whether the person who is signed in is the one who was invited."""
    return by is not None and by.email.lower() == invitation.email.lower()


def _person(invitation: Invitation, by: Member | None, password: str) -> Member:
    """The member who accepts: who is signed in, or a new one."""
    if by is not None:
        if not is_meant_for(invitation, by):
            raise PermissionDenied(_("This invitation is for another address than yours."))
        return by
    if Member.objects.filter(email__iexact=invitation.email).exists():
        raise PermissionDenied(_("This address has an account: sign in with it, then accept."))
    return _new_member(invitation, password)


def _new_member(invitation: Invitation, password: str) -> Member:
    member = Member(email=invitation.email.lower(), name=invitation.name, language=invitation.language)
    member.set_password(password)
    store(member)
    EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)
    record(by=member, verb="join", what=member)
    return member


def _give(invitation: Invitation, member: Member, day: dt.date) -> None:
    """The role, unless the person got it in another way meanwhile."""
    wanted: dict[str, Any] = {"member": member, "role": invitation.role, "agency": invitation.agency}
    if not Mandate.objects.on(day).filter(**wanted).exists():
        mandate = store(Mandate(start=day, **wanted))
        record(by=member, verb="appoint", what=mandate, why="By invitation")


def _waiting(invitation: Invitation, allowed: Any, version: int) -> Invitation:
    require(allowed)
    invitation = lock(invitation, version)
    if not invitation.is_waiting():
        raise WrongMoment(
            _("This invitation was already accepted or withdrawn."),
            (_("All invitations"), reverse("members:invitations")),
        )
    return invitation


def _save(invitation: Invitation, *names: str) -> None:
    invitation.version += 1
    store(invitation, update_fields=[*names, "version"])
