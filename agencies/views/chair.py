"""Editing the chair: handing over, correcting its history, declines and swaps."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.forms import HiddenInput
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies import forms, permissions, services
from agencies.models import ChairTerm, Waiver
from agencies.views.words import AboutChair
from isecg.access import Sentence
from isecg.dated import say
from isecg.forms import take_errors
from isecg.pages import AddPage, EditPage

CONFIRMED = "1"
ASKED = ("to", "start", "start_precision", "person", "source")


class HandOver(AboutChair, AddPage):
    """Hand over the chair in two steps: what it does is shown before it is done."""

    form_class = forms.HandOverForm
    permission = staticmethod(permissions.can_edit)
    service = services.hand_over
    title = _("Hand over the chair")
    lead = _("The term that runs ends on the day on which the new one begins. You see the effect first.")
    button = _("Show the effect")

    def get_initial(self) -> dict[str, Any]:
        """What the address proposes, and the newest term as it is now."""
        newest = ChairTerm.objects.order_by("start").last()
        given = {name: self.request.GET[name] for name in ASKED if name in self.request.GET}
        return {"start": timezone.now().date(), **given, "seen": newest.pk if newest else 0}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("confirmed") == CONFIRMED:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        if form.is_valid():
            try:
                return self.confirm(form)
            except ValidationError as error:
                take_errors(form, error)
        return self.form_invalid(form)

    def confirm(self, form: Any) -> HttpResponse:
        """The question, with all that was typed kept in it. Raises ValidationError if it cannot be."""
        fields = form.cleaned_data
        handover = services.prepare(to=fields["to"], start=fields["start"])
        typed = {name: form[name].value() for name in ASKED}
        form.data = {**form.data.dict(), "confirmed": CONFIRMED}
        for field in form.fields.values():
            field.widget = HiddenInput()
        day = say(fields["start"], fields["start_precision"])
        context = self.get_context_data(form=form, handover=handover, day=day, typed=urlencode(typed))
        return self.response_class(self.request, ["agencies/hand_over.html"], context)

    @property
    def done(self) -> Sentence:  # type: ignore[override]
        words = {"agency": self.object.holder, "day": self.object.start_words}
        return (
            gettext("The chair goes to %(agency)s (%(day)s). If this was a mistake, undo it below.") % words
        )


class AddTerm(AboutChair, AddPage):
    form_class = forms.NewTermForm
    permission = staticmethod(permissions.can_edit)
    service = services.add_term
    title = _("Add a term of the past")
    lead = _("The term before it then ends where this one begins. The newest term is a handover instead.")
    button = _("Add the term")


class EditTerm(AboutChair, EditPage):
    model = ChairTerm
    form_class = forms.TermForm
    permission = staticmethod(permissions.can_edit)
    service = services.edit_term
    title = _("Edit a chair term")
    lead = _("A term ends where the next one begins: to change its end, edit the start of the next.")
    template_name = "agencies/edit_term.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_remove = permissions.can_remove(self.request.user, self.object)
        return super().get_context_data(may_remove=may_remove, **kwargs)


class RemoveTerm(AboutChair, EditPage):
    model = ChairTerm
    form_class = forms.RemoveTermForm
    permission = staticmethod(permissions.can_remove)
    service = services.remove_term
    title = _("Remove this term?")
    template_name = "agencies/remove_term.html"


class Decline(AboutChair, AddPage):
    form_class = forms.DeclineForm
    permission = staticmethod(permissions.can_edit)
    service = services.decline
    title = _("Record that an agency declines its turn")
    lead = _("It comes again when all others had their turn. The reason is printed beside the order.")
    button = _("Record")


class Swap(AboutChair, AddPage):
    form_class = forms.SwapForm
    permission = staticmethod(permissions.can_edit)
    service = services.swap
    title = _("Record that two agencies swap their turns")
    lead = _("Each takes the other's place in the order; nobody else's changes.")
    button = _("Record")


class Withdraw(AboutChair, EditPage):
    model = Waiver
    form_class = forms.WithdrawForm
    permission = staticmethod(permissions.can_edit)
    service = services.withdraw
    title = _("Take this back?")
    template_name = "agencies/withdraw.html"

    def form_valid(self, form: Any) -> HttpResponse:
        form.cleaned_data["day"] = timezone.now().date()
        return super().form_valid(form)
