"""What the account pages do differently here."""

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
