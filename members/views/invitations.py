"""Inviting, and accepting an invitation."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.http import require_safe

from isecg.access import Decision, WrongMoment, require, standing
from members import permissions, services
from members.forms import AcceptForm, InviteForm, VersionForm
from members.models import Invitation, Member
from members.services.invitations import is_meant_for, unusable
from members.views.steps import Step

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    """Every invitation, the newest first, with its state."""
    require(permissions.can_see_invitations(request.user))
    rows = Invitation.objects.visible_to(request.user).select_related("agency", "invited_by")
    page = Paginator(rows.prefetch_related("agency__names"), 50).get_page(request.GET.get("page"))
    now = timezone.now()
    context = {
        "page": page,
        "rows": [_row(invitation, request.user, now) for invitation in page],
        "may_invite": permissions.can_invite(request.user),
    }
    return render(request, "members/invitations.html", context)


def _row(invitation: Invitation, reader: Any, now: Any) -> dict[str, Any]:
    return {
        "invitation": invitation,
        "open": invitation.is_open(now),
        "waiting": invitation.is_waiting(),
        "decision": permissions.can_send_again(reader, invitation),
    }


class Invite(Step):
    """Invite an address to a role."""

    form_class = InviteForm
    title = gettext_lazy("Invite somebody")
    lead = gettext_lazy(
        "The person gets a mail with a link that works once, for this address only, for fourteen days."
    )
    save = gettext_lazy("Send the invitation")
    done = gettext_lazy("The invitation is on its way.")

    def allowed(self) -> Decision:
        return permissions.can_invite(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def act(self, **fields: Any) -> Invitation:
        return services.invite(**fields)

    def back(self) -> str:
        return reverse("members:invitations")


class _AboutInvitation(Step):
    form_class = VersionForm

    def find(self) -> Invitation:
        rows = Invitation.objects.visible_to(self.request.user).select_related("agency")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def back(self) -> str:
        return reverse("members:invitations")


class SendAgain(_AboutInvitation):
    """Send a new link."""

    title = gettext_lazy("Send this invitation again")
    lead = gettext_lazy("The person gets a new link, valid for fourteen days; the old link stops working.")
    save = gettext_lazy("Send again")
    done = gettext_lazy("The invitation is on its way again.")

    def allowed(self) -> Decision:
        return permissions.can_send_again(self.request.user, self.record)

    def act(self, **fields: Any) -> Invitation:
        return services.send_again(self.record, **fields)


class Withdraw(_AboutInvitation):
    """Make the link useless."""

    title = gettext_lazy("Withdraw this invitation")
    lead = gettext_lazy("The link stops working at once. Nobody is told.")
    save = gettext_lazy("Withdraw")
    done = gettext_lazy("The invitation is withdrawn.")
    danger = True

    def allowed(self) -> Decision:
        return permissions.can_withdraw(self.request.user, self.record)

    def act(self, **fields: Any) -> Invitation:
        return services.withdraw(self.record, **fields)


@method_decorator(login_not_required, name="dispatch")
class Accept(View):
    """The page behind the link of an invitation. Looking at it changes nothing: mail scanners do that."""

    def dispatch(self, request: HttpRequest, token: str) -> HttpResponse:
        self.by = request.user if isinstance(request.user, Member) else None
        invitation = Invitation.objects.of_token(token).select_related("agency", "invited_by").first()
        if invitation is None or not invitation.is_open(timezone.now()):
            response = self._unusable(invitation)
        else:
            self.invitation = invitation
            response = super().dispatch(request, token)  # type: ignore[assignment]
        # The address is a secret: no other site hears of it, and nothing keeps the page. (With "no-referrer"
        # browsers would send the form with the origin "null", which the protection against forgery refuses.)
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._page(AcceptForm(invitation=self.invitation))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        form = AcceptForm(request.POST, invitation=self.invitation)
        if self.by is None and not self._has_account() and not form.is_valid():
            return self._page(form, status=422)
        try:
            return self._accept(token, form)
        except ValidationError as error:
            return self._page(form, status=409, refusal=" ".join(error.messages))
        except PermissionDenied as error:
            return self._page(form, status=403, refusal=str(error))
        except WrongMoment:
            return self._unusable(None)

    def _accept(self, token: str, form: AcceptForm) -> HttpResponse:
        password = form.cleaned_data.get("password", "") if form.is_bound and form.is_valid() else ""
        member = services.accept(token, by=self.by, now=timezone.now(), password=password)
        if self.by is None:
            login(self.request, member, backend=BACKEND)
        messages.success(
            self.request, _("Welcome. You now are %(role)s.") % {"role": self.invitation.role_words}
        )
        return redirect("mfa_index" if standing(member).needs_second_factor else "desk")

    def _unusable(self, invitation: Invitation | None) -> HttpResponse:
        """One page for whatever does not work; but who has accepted it just now (a double click) goes on."""
        if invitation is not None and self.by is not None and invitation.accepted_by_id == self.by.pk:
            return redirect("desk")
        context = {"reason": unusable().reason}
        return render(self.request, "members/invitation_gone.html", context, status=404)

    def _has_account(self) -> bool:
        return Member.objects.filter(email__iexact=self.invitation.email).exists()

    def _page(self, form: AcceptForm, status: int = 200, refusal: str = "") -> HttpResponse:
        context = {
            "form": form,
            "invitation": self.invitation,
            "refusal": refusal,
            "for_another": self.by is not None and not is_meant_for(self.invitation, self.by),
            "has_account": self._has_account(),
        }
        return render(self.request, "members/accept.html", context, status=status)
