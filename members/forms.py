"""Forms about people, roles and invitations."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isecg.forms import DateInput, VersionedForm
from members import permissions
from members.models import OF_SECRETARIAT, Invitation, Mandate, Member, Role
from members.queries import agencies_to_choose


class DayForm(forms.Form):
    """Which day a page is read as of."""

    on = forms.DateField(label=_("As of"), widget=DateInput())


class RoleFields(forms.Form):
    """A role, and the agency it is for; only the roles that this person may give."""

    role = forms.ChoiceField(label=_("Role"))
    agency: Any = forms.ModelChoiceField(
        label=_("Agency"),
        queryset=None,
        required=False,
        help_text=_("Left empty for roles in the secretariat."),
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(value, label) for value, label in Role.choices if permissions.can_appoint(by, value)]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["agency"].queryset = agencies_to_choose(timezone.now().date())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        role, agency = fields.get("role"), fields.get("agency")
        if role in OF_SECRETARIAT and agency:
            self.add_error("agency", _("Roles in the secretariat belong to no agency; leave this empty."))
        if role and role not in OF_SECRETARIAT and not agency and "agency" not in self.errors:
            self.add_error("agency", _("Choose the agency whose delegation this is."))
        return fields


class InviteForm(RoleFields):
    """Who is invited to what."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("Of the invitation, and of the account.")
    )
    field_order = ["email", "name", "role", "agency", "language"]


class AppointForm(RoleFields):
    """A role for a person who has an account."""

    start = forms.DateField(label=_("From"), widget=DateInput())
    end = forms.DateField(
        label=_("Until"),
        required=False,
        widget=DateInput(),
        help_text=_("The first day on which the role no longer holds; empty while nobody knows."),
    )
    why = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, help_text=_("The person reads it in the mail.")
    )


class MandateForm(VersionedForm):
    """The days of a mandate."""

    class Meta:
        model = Mandate
        fields = ["start", "start_precision", "end", "end_precision"]
        widgets = {"start": DateInput(), "end": DateInput()}


class EndForm(forms.Form):
    """From when on a role no longer holds, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    day = forms.DateField(
        label=_("Ends on"),
        widget=DateInput(),
        help_text=_("The first day on which the role no longer holds."),
    )
    why = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, help_text=_("The person reads it in the mail.")
    )


class ReasonForm(forms.Form):
    """Why an account is closed or opened again."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(label=_("Reason"), max_length=1000, help_text=_("The person reads it in the mail."))


class VersionForm(forms.Form):
    """A button that acts on the version of the record that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ProfileForm(VersionedForm):
    """What everybody may change of themselves."""

    class Meta:
        model = Member
        fields = ["name", "language"]


class AcceptForm(forms.Form):
    """The password of a new person."""

    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html(),
    )
    again = forms.CharField(
        label=_("The same password again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, Member(email=self.invitation.email, name=self.invitation.name))
        return password

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        if "password" in fields and "again" in fields and fields["password"] != fields["again"]:
            raise ValidationError({"again": _("The two passwords are not the same.")})
        return fields
