"""How the account pages behave here: no sign-up; mails are rows; the second factor comes first."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from isecg.access import standing
from members import emails


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people come by invitation."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a mail row; a worker hands it over. No request waits for a mail server."""
        emails.from_allauth(template_prefix.rpartition("/")[2], address=email, context=context)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the person what was changed in the account, at the address it signs in with."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The desk; or, for who lacks it, the page to set up the second factor."""
        if standing(request.user).needs_second_factor:
            return reverse("mfa_index")
        return super().get_login_redirect_url(request)
