"""The first administrator of a new installation; everybody after comes by invitation."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from isecg.audit.services import record
from isecg.versions import store
from members import services
from members.models import Mandate, Member, Role


class Command(BaseCommand):
    help = "Make the first administrator of the secretariat and print the link to choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")

    @transaction.atomic
    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        """Refuses when somebody is administrator already: that person invites."""
        now = timezone.now()
        if Mandate.objects.on(now.date()).filter(role=Role.ADMINISTRATOR, member__is_active=True).exists():
            raise CommandError("There is an administrator already; new people come by invitation.")
        try:
            member = self._member(email.strip().lower(), name)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        services.appoint(member, by=None, role=Role.ADMINISTRATOR, start=now.date(), now=now)
        self.stdout.write(f"{member} is administrator. Choose a password within three days:\n{link(member)}")

    def _member(self, email: str, name: str) -> Member:
        member = Member(email=email, name=name)
        member.set_unusable_password()
        store(member)
        EmailAddress.objects.create(user=member, email=email, primary=True, verified=True)
        record(by=None, verb="join", what=member)
        return member


def link(member: Member) -> str:
    """Where that person chooses a password, once."""
    key = default_token_generator.make_token(member)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(member), key])
    return f"{settings.SITE_URL}{path}"
