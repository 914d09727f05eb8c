"""Giving a role, correcting its days, ending it."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isecg.access import Decision
from isecg.pages import EditPage
from members import permissions, services
from members.forms import AppointForm, EndForm, MandateForm
from members.models import Mandate, Member
from members.views.steps import Step


class Appoint(Step):
    """Give a role to somebody who has an account."""

    form_class = AppointForm
    title = _("Give a role")
    save = _("Give the role")
    done = _("The role is given; the person is told by mail.")

    def find(self) -> Member:
        return get_object_or_404(Member.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def allowed(self) -> Decision:
        return permissions.can_appoint(self.request.user)

    def get_initial(self) -> dict[str, Any]:
        return {"start": timezone.now().date()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def act(self, **fields: Any) -> Mandate:
        return services.appoint(self.record, **fields)


class EditMandate(EditPage):
    """Correct the days of a role."""

    model = Mandate
    form_class = MandateForm
    permission = staticmethod(permissions.can_edit_mandate)

    def get_queryset(self) -> Any:
        return Mandate.objects.visible_to(self.request.user).select_related("member", "agency")

    @staticmethod
    def service(mandate: Mandate, **fields: Any) -> Mandate:
        return services.edit_mandate(mandate, now=timezone.now(), **fields)


class EndMandate(Step):
    """End a role."""

    form_class = EndForm
    title = _("End a role")
    lead = _("From the day on that you choose the rights of this role are gone. The person is told by mail.")
    save = _("End the role")
    done = _("The role is ended; the person is told by mail.")
    danger = True

    def find(self) -> Mandate:
        mandates = Mandate.objects.visible_to(self.request.user).select_related("member", "agency")
        return get_object_or_404(mandates, pk=self.kwargs["pk"])

    def allowed(self) -> Decision:
        return permissions.can_end_mandate(self.request.user, self.record)

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "day": timezone.now().date()}

    def act(self, **fields: Any) -> Mandate | None:
        return services.end_mandate(self.record, **fields)
