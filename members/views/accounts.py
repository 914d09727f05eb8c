"""What the account pages do differently here."""

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _


@login_not_required
def by_invitation_only(request: HttpRequest) -> HttpResponse:
    """There is no sign-up."""
    raise PermissionDenied(
        _("Accounts are by invitation only. Ask your head of delegation or the ISECG secretariat for one.")
    )


def reauthenticate(request: HttpRequest) -> HttpResponse:
    """Is it still you? An account without password and second factor has nothing to show it with."""
    if not get_adapter().get_reauthentication_methods(request.user):
        raise PermissionDenied(
            _("This account has no password to ask for: a demonstration account is entered with one button.")
        )
    return account.reauthenticate(request)
