"""Asking the agencies: circulate, extend, close, accept late comments."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from recommendations.forms.steps import AcceptLateForm, CirculateForm, ExtendForm, ReasonForm
from recommendations.models import Consultation, Extension, Grace
from recommendations.queries.steps import consultation_of
from recommendations.services import consultations
from recommendations.views.steps.base import Instant, Instants, StepPage


class Circulate(StepPage):
    verb = "circulate"
    service = consultations.circulate
    form_class = CirculateForm
    deadline = "closes_at"
    title = _("Circulate the draft?")
    lead = _("The agencies chosen can read the newest revision and comment on it until the deadline.")
    effects = (
        _("Nothing becomes public: who is not asked does not learn of the draft."),
        _("The text is frozen until the consultation is over."),
        _("Until it opens it can be recalled whole, and no mail leaves."),
    )
    done = _("Circulated. Until it opens, it can be recalled whole.")

    def instants(self, made: Consultation) -> Instants:
        return [
            Instant(_("Opens, if you press now"), made.opens_at, begins=True),
            Instant(_("Inner deadline of the agencies"), made.inner_at),
            Instant(_("Deadline"), made.closes_at),
        ]


class Extend(StepPage):
    verb = "extend"
    service = consultations.extend
    form_class = ExtendForm
    deadline = "closes_at"
    title = _("Extend the consultation?")
    lead = _("The old deadline stays visible beside the new one.")
    effects = (_("The agencies can comment longer, at once."), _("Nothing becomes public."))
    done = _("Extended. Everybody who was asked, or has read it, is told.")

    def instants(self, made: Extension) -> Instants:
        return [
            Instant(_("Deadline until now"), made.before),
            Instant(_("New inner deadline of the agencies"), made.consultation.inner_at),
            Instant(_("New deadline"), made.after),
        ]

    def agencies(self, values: dict[str, Any]) -> Iterable[Agency]:
        return asked(consultation_of(self.recommendation))


class Close(StepPage):
    verb = "close"
    service = consultations.close
    form_class = ReasonForm
    danger = True
    title = _("Close the consultation before its deadline?")
    lead = _("It is over at once and cannot be opened again.")
    effects = (
        _("No comment is taken any more; working notes not submitted by then stay with their agency."),
        _("Agencies that were asked can read each other's comments."),
        _("Nothing becomes public."),
    )
    done = _("Closed. Everybody who was asked, or has read it, is told.")

    def instants(self, made: Consultation) -> Instants:
        return [Instant(_("Deadline until now"), made.closes_at)]


class AcceptLate(StepPage):
    verb = "accept_late"
    service = consultations.accept_late
    form_class = AcceptLateForm
    title = _("Accept late comments of one agency?")
    lead = _("What it submits until then is marked as late.")
    effects = (_("Other agencies can comment no longer."), _("Nothing becomes public."))
    done = _("That agency can comment again.")

    def instants(self, made: Grace) -> Instants:
        return [Instant(_("Late comments are accepted"), made.until)]


def asked(asking: Any) -> Iterable[Agency]:
    """The agencies a consultation or silence procedure asks, with their names of today."""
    if asking is None:
        return []
    keys = asking.agencies.values("pk")
    return Agency.objects.named(timezone.now().date()).filter(pk__in=keys)
