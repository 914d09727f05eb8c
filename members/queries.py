"""What people's pages ask: who held which role on a day, one person's past, what needs somebody."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency
from isecg.audit.models import Event, EventQuerySet
from isecg.needs import Need
from members.models import Invitation, Mandate, Member, Role

SOON = dt.timedelta(days=3)
ORDER = {role: place for place, role in enumerate(Role.values)}


@dataclass
class Group:
    """The people of one agency, or (without one) of the secretariat, on a day."""

    agency: Agency | None
    mandates: list[Mandate] = field(default_factory=list)


def roster(reader: Any, day: dt.date) -> list[Group]:
    """Who held which role on `day`: the secretariat first, then delegations by acronym. Two queries."""
    agencies = {agency.pk: agency for agency in Agency.objects.named(day)}
    groups: dict[int | None, Group] = {}
    for mandate in _ordered(Mandate.objects.visible_to(reader).on(day).select_related("member")):
        agency = agencies.get(mandate.agency_id or 0)
        mandate.agency = agency
        groups.setdefault(mandate.agency_id, Group(agency)).mandates.append(mandate)
    return sorted(groups.values(), key=lambda group: (group.agency is not None, str(group.agency or "")))


def _ordered(mandates: Any) -> list[Mandate]:
    return sorted(mandates, key=lambda mandate: (ORDER[mandate.role], mandate.member.name))


def without_role(reader: Any, day: dt.date) -> QuerySet[Member]:
    """People who may see the portal but held no role on `day`, each with `past`: every mandate they have."""
    every = Mandate.objects.select_related("agency").prefetch_related("agency__names").order_by("-start")
    return (
        Member.objects.visible_to(reader)
        .exclude(mandates__in=Mandate.objects.on(day))
        .prefetch_related(Prefetch("mandates", queryset=every, to_attr="past"))
    )


def mandates_of(member: Member, reader: Any) -> Any:
    """A person's mandates that the reader may see, newest first."""
    mandates = Mandate.objects.visible_to(reader).filter(member=member)
    return (
        mandates.select_related("agency", "member")
        .prefetch_related("agency__names")
        .order_by("-start", "-pk")
    )


def history_of(member: Member) -> EventQuerySet:
    """What was done to the person's account and mandates (also to those deleted since), newest first."""
    past = Mandate.pgh_event_model.objects.filter(member=member)  # type: ignore[attr-defined]
    ids = {str(pk) for pk in past.values_list("pgh_obj_id", flat=True)}
    return Event.objects.filter(
        Q(record_type="members.member", record_id=str(member.pk))
        | Q(record_type="members.mandate", record_id__in=ids)
    )


def agencies_to_choose(day: dt.date) -> QuerySet[Agency]:
    """Agencies by acronym, for forms."""
    return Agency.objects.named(day)


def needs(member: Member, now: dt.datetime) -> list[Need]:
    """What waits for this person: the second factor; for the secretariat, invitations that run out."""
    return [*_second_factor(member), *(_invitations(now) if member.standing.secretariat else [])]


def _second_factor(member: Member) -> list[Need]:
    if not member.standing.needs_second_factor:
        return []
    words = _("Set up a second factor: your rights in the secretariat begin with it.")
    return [Need(deadline=None, words=words, action=_("Set it up"), address=reverse("mfa_index"))]


def _invitations(now: dt.datetime) -> list[Need]:
    """Open ones that expire soon, and those that have expired: send again or withdraw."""
    ending = Invitation.objects.waiting().filter(expires_at__lt=now + SOON).order_by("expires_at")
    return [
        Need(
            deadline=invitation.expires_at,
            words=_("The invitation of %(name)s runs out unaccepted.") % {"name": invitation.name},
            action=_("Send again or withdraw"),
            address=reverse("members:invitations"),
        )
        for invitation in ending[:20]
    ]
