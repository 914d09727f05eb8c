"""People and their dated roles. Rights come from the mandates that hold now, read in every request."""

import datetime as dt
from typing import Any, Self

import pghistory
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, ChairTerm
from isecg.access import Standing
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


@pghistory.track(exclude=["password", "last_login"])
class Member(Versioned, AbstractBaseUser):
    """A person. Signs in by e-mail; may do what the mandates that hold now say."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    is_demonstration = models.BooleanField(default=False, editable=False)

    objects = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(models.functions.Lower("email"), name="one_member_per_address")]
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

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


class MandateQuerySet(DatedQuerySet):
    def of_secretariat(self) -> Self:
        return self.filter(role__in=OF_SECRETARIAT)


@pghistory.track()
class Mandate(Dated, Versioned):
    """A person holds a role, of an agency or in the secretariat, from a day on, perhaps until another."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("member"))
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="mandates", null=True, blank=True, verbose_name=_("agency")
    )
    role = models.CharField(_("role"), max_length=15, choices=Role.choices)

    objects = MandateQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            models.CheckConstraint(
                name="agency_roles_have_an_agency",
                condition=Q(role__in=OF_SECRETARIAT, agency__isnull=True)
                | (~Q(role__in=OF_SECRETARIAT) & Q(agency__isnull=False)),
            ),
            ends_after_start("mandate_ends_after_start"),
            never_twice("one_role_once", "member", "role", "agency", condition=Q(agency__isnull=False)),
            never_twice("one_secretariat_role_once", "member", "role", condition=Q(agency__isnull=True)),
            never_twice("one_head_at_a_time", "agency", condition=Q(role=Role.HEAD)),
        ]
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")

    def __str__(self) -> str:
        of = f" ({self.agency})" if self.agency else ""
        return f"{self.member}: {self.get_role_display()}{of}"


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


def _lacks_second_factor(member: Member) -> bool:
    """The secretariat's rights begin with the second factor (waived in the demonstration)."""
    return settings.SECOND_FACTOR_FOR_SECRETARIAT and not member.authenticator_set.exists()  # type: ignore[attr-defined]


@pghistory.track(exclude=["token_hash"])
class Invitation(Versioned):
    """An address is invited to a role. The link works once, for this address, until it expires."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=200)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="invitations", null=True, blank=True, verbose_name=_("agency")
    )
    role = models.CharField(_("role"), max_length=15, choices=Role.choices)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("invited by"))
    invited_at = models.DateTimeField(_("invited"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("accepted by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.CheckConstraint(
                name="accepted_by_somebody",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invited_roles_have_an_agency",
                condition=Q(role__in=OF_SECRETARIAT, agency__isnull=True)
                | (~Q(role__in=OF_SECRETARIAT) & Q(agency__isnull=False)),
            ),
        ]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.email} ({self.get_role_display()})"

    def is_open(self, now: dt.datetime) -> bool:
        """Whether the link can still be used at `now`."""
        return self.accepted_at is None and self.withdrawn_at is None and now < self.expires_at
