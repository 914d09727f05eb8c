"""Editing seats, names and memberships: pages of the secretariat."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies import forms, permissions, services
from agencies.models import Agency, AgencyName, Membership
from agencies.views.words import AboutAgency
from isecg.pages import AddPage, EditPage


class AddAgency(AddPage):
    """A new seat."""

    form_class = forms.NewAgencyForm
    permission = staticmethod(permissions.can_edit)
    service = services.add_agency
    done = _("The agency has its page. It is no member yet: add its membership below.")
    extra_context = {
        "title": _("Add an agency"),
        "lead": _("A seat and its first name. Its membership is added afterwards, on the agency's page."),
        "save": _("Add the agency"),
    }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=reverse("agencies:list"), **kwargs)

    def get_success_url(self) -> str:
        return str(self.object.get_absolute_url())


class EditAgency(AboutAgency, EditPage):
    """What a seat is, apart from its names."""

    model = Agency
    form_class = forms.AgencyForm
    permission = staticmethod(permissions.can_edit)
    service = services.edit_agency
    title = _("Edit %(agency)s")


class AddRow(AboutAgency, AddPage):
    """Something dated is added to a seat."""

    permission = staticmethod(permissions.can_edit)

    def save(self, **fields: Any) -> Any:
        return type(self).service(agency=self.agency(), by=self.request.user, **fields)


class AddName(AddRow):
    form_class = forms.NewNameForm
    service = services.add_name
    title = _("Add a name %(agency)s had")
    lead = _("For days that no other name covers. When the agency gets a new name, rename it instead.")
    button = _("Add the name")


class Rename(AddRow):
    form_class = forms.RenameForm
    service = services.rename
    title = _("Rename %(agency)s")
    lead = _("The name it has now ends on the day on which the new one begins. Seat and address stay.")
    button = _("Rename")


class Admit(AddRow):
    form_class = forms.NewMembershipForm
    service = services.admit
    title = _("Add a membership of %(agency)s")
    button = _("Add the membership")


class EditRow(AboutAgency, EditPage):
    """Something dated of a seat is edited."""

    permission = staticmethod(permissions.can_edit)

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset()
        return rows.filter(agency__slug=self.kwargs["slug"])

    # The address has the agency's slug too; the record is found by its key.
    query_pk_and_slug = False


class EditName(EditRow):
    model = AgencyName
    form_class = forms.NameForm
    service = services.edit_name
    title = _("Edit a name of %(agency)s")


class EditMembership(EditRow):
    model = Membership
    form_class = forms.MembershipForm
    service = services.edit_membership
    title = _("Edit a membership of %(agency)s")


class EndMembership(EditRow):
    model = Membership
    form_class = forms.EndMembershipForm
    service = services.end_membership
    title = _("End the membership of %(agency)s")
    lead = _("The agency keeps its page and its history; it is no longer proposed for the chair.")
    button = _("End the membership")
