"""People and their dated roles. Rights come from the mandates that hold now, read in every request."""

import datetime as dt
import hashlib
from typing import Any, Self

import pghistory
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, ChairTerm
from isecg.access import Standing, standing
from isecg.dated import Dated, DatedQuerySet, ends_after_start, never_twice
from isecg.versions import Versioned


class MemberManager(BaseUserManager["Member"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        """A member with this address; without a password nobody can sign in as them."""
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save()
        return member

    def get_by_natural_key(self, email: str | None) -> "Member":
        return self.get(email__iexact=email)


class MemberQuerySet(models.QuerySet["Member"]):
    def visible_to(self, reader: Any) -> Self:
        """The secretariat sees everybody; others themselves and who is or was in their delegations."""
        own = standing(reader)
        if own.secretariat:
            return self.all()
        with_them = Mandate.objects.filter(agency__in=own.reads_for).values("member")
        return self.filter(Q(pk__in=with_them) | Q(pk=getattr(reader, "pk", None)))


@pghistory.track(exclude=["password", "last_login", "sessions_ended"])
class Member(Versioned, AbstractBaseUser):
    """A person. Signs in by e-mail; may do what the mandates that hold now say."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    is_active = models.BooleanField(_("may sign in"), default=True)
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    is_demonstration = models.BooleanField(default=False, editable=False)

    objects = MemberManager.from_queryset(MemberQuerySet)()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_member_per_address")]
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:detail", args=[self.pk])

    def get_short_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Counting `sessions_ended` up ends every session at its next request, as a new password does.
        salt = f"members.session.{self.sessions_ended}"
        return salted_hmac(salt, self.password, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_staff(self) -> bool:
        return False

    @cached_property
    def standing(self) -> Standing:
        """What this person is now. Read once per request, since the request makes the member anew."""
        return standing_on(self, timezone.now().date())


class Role(models.TextChoices):
    HEAD = "head", _("head of delegation")
    ALTERNATE = "alternate", _("alternate")
    DELEGATE = "delegate", _("delegate")
    OBSERVER = "observer", _("observer")
    EDITOR = "editor", _("secretariat editor")
    ADMINISTRATOR = "administrator", _("secretariat administrator")


SPEAKING = {Role.HEAD, Role.ALTERNATE}
WRITING = SPEAKING | {Role.DELEGATE}
OF_SECRETARIAT = [Role.EDITOR, Role.ADMINISTRATOR]


NEEDS_AGENCY: Any = _("Roles in a delegation need an agency; roles in the secretariat have none.")


class MandateQuerySet(DatedQuerySet):
    def of_secretariat(self) -> Self:
        return self.filter(role__in=OF_SECRETARIAT)

    def visible_to(self, reader: Any) -> Self:
        """The secretariat sees every mandate; others their own and those of their delegations."""
        own = standing(reader)
        if own.secretariat:
            return self.all()
        return self.filter(Q(agency__in=own.reads_for) | Q(member=getattr(reader, "pk", None)))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Mandate(Dated, Versioned):
    """A person holds a role, of an agency or in the secretariat, from a day on, perhaps until another."""

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("member")
    )
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="mandates",
        null=True,
        blank=True,
        verbose_name=_("agency"),
    )
    role = models.CharField(_("role"), max_length=15, choices=Role.choices)

    objects = MandateQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        constraints = [
            models.CheckConstraint(
                name="agency_roles_have_an_agency",
                condition=Q(role__in=OF_SECRETARIAT, agency__isnull=True)
                | (~Q(role__in=OF_SECRETARIAT) & Q(agency__isnull=False)),
                violation_error_message=NEEDS_AGENCY,
            ),
            ends_after_start("mandate_ends_after_start"),
            never_twice(
                "one_role_once",
                "member",
                "role",
                "agency",
                condition=Q(agency__isnull=False),
                sentence=_("This person already holds this role for this agency on some of these days."),
            ),
            never_twice(
                "one_secretariat_role_once",
                "member",
                "role",
                condition=Q(agency__isnull=True),
                sentence=_("This person already holds this role in the secretariat on some of these days."),
            ),
            never_twice(
                "one_head_at_a_time",
                "agency",
                condition=Q(role=Role.HEAD),
                sentence=_(
                    "The agency has another head of delegation on some of these days; end that mandate first."
                ),
            ),
        ]
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")

    def __str__(self) -> str:
        return f"{self.member}: {self.role_words}"

    def get_absolute_url(self) -> str:
        return self.member.get_absolute_url()

    @property
    def role_words(self) -> str:
        """The role as people say it: "head of delegation, DLR" or "secretariat editor"."""
        return role_words(self.role, self.agency)


def role_words(role: str, agency: Agency | None) -> str:
    """A role and for whom it is held."""
    words = str(Role(role).label)
    return f"{words}, {agency}" if agency else words


def standing_on(member: Member, day: dt.date) -> Standing:
    """What `member` is on `day`, from the mandates that hold then and the chair of that day."""
    if not member.is_active:
        return Standing()
    held = list(Mandate.objects.on(day).filter(member=member).values_list("role", "agency_id"))
    roles = {role for role, _agency in held}
    waits = bool(roles & set(OF_SECRETARIAT)) and _lacks_second_factor(member)
    chair = ChairTerm.objects.on(day).values_list("agency_id", flat=True).first()
    return Standing(
        editor=Role.EDITOR in roles and not waits,
        administrator=Role.ADMINISTRATOR in roles and not waits,
        speaks_for=frozenset(agency for role, agency in held if role in SPEAKING),
        writes_for=frozenset(agency for role, agency in held if role in WRITING),
        reads_for=frozenset(agency for _role, agency in held if agency),
        chairs=chair if (Role.HEAD, chair) in held else None,
        needs_second_factor=waits,
    )


def acting(by: Any, now: dt.datetime) -> Any:
    """The same person with the rights of the instant `now`, read anew.

    What a request read at its beginning may have ended while it waited for a lock; and a story told of the
    past is told with the roles of that day.
    """
    if not isinstance(by, Member):
        return by
    person = Member.objects.get(pk=by.pk)
    person.__dict__["standing"] = standing_on(person, now.date())
    return person


def _lacks_second_factor(member: Member) -> bool:
    """The secretariat's rights begin with the second factor (waived in the demonstration)."""
    return settings.SECOND_FACTOR_FOR_SECRETARIAT and not is_mfa_enabled(member, [Authenticator.Type.TOTP])


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, reader: Any) -> Self:
        """Invitations are the secretariat's matter."""
        return self.all() if standing(reader).secretariat else self.none()

    def waiting(self) -> Self:
        """Neither accepted nor withdrawn; perhaps expired."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def open(self, now: dt.datetime) -> Self:
        """Those whose link can still be used."""
        return self.waiting().filter(expires_at__gt=now)

    def of_token(self, token: str) -> Self:
        """The invitation with this token; only its hash is stored."""
        return self.filter(token_hash=hash_of(token))


def hash_of(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


@pghistory.track(exclude=["token_hash"])
class Invitation(Versioned):
    """An address is invited to a role. The link works once, for this address, until it expires."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=200)
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="invitations",
        null=True,
        blank=True,
        verbose_name=_("agency"),
    )
    role = models.CharField(_("role"), max_length=15, choices=Role.choices)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    invited_at = models.DateTimeField(_("invited"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        Member,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("accepted by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "role",
                "agency",
                name="one_waiting_invitation",
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                nulls_distinct=False,
                violation_error_message=_(
                    "This address is already invited to this role; send that invitation again."
                ),
            ),
            models.CheckConstraint(
                name="accepted_by_somebody",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invited_roles_have_an_agency",
                condition=Q(role__in=OF_SECRETARIAT, agency__isnull=True)
                | (~Q(role__in=OF_SECRETARIAT) & Q(agency__isnull=False)),
                violation_error_message=NEEDS_AGENCY,
            ),
        ]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.email}: {self.role_words}"

    @property
    def role_words(self) -> str:
        """What the person is invited to, as people say it."""
        return role_words(self.role, self.agency)

    def is_open(self, now: dt.datetime) -> bool:
        """Whether the link can still be used at `now`."""
        return self.accepted_at is None and self.withdrawn_at is None and now < self.expires_at

    def is_waiting(self) -> bool:
        """Whether it can be sent again or withdrawn."""
        return self.accepted_at is None and self.withdrawn_at is None
