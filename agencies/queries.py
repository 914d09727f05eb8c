"""Reading agencies and the chair as of any day. Each function asks the database a fixed number of times."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies import rotation
from agencies.models import Activity, Agency, AgencyName, ChairTerm, Destination, Membership, Waiver
from isecg.audit.models import Event
from isecg.dated import say

NEXT = 5
GROUNDS = {
    rotation.Ground.NEVER_CHAIRED: _("Not known to have chaired; a member since: %(day)s."),
    rotation.Ground.CHAIRED: _("Chaired before; handed over: %(day)s."),
    rotation.Ground.DECLINED: _("Declined its last turn: %(day)s."),
}


def members(day: dt.date) -> QuerySet[Agency]:
    """Members on `day`, with `acronym`, `name`, `joined` (and its precision), `founder`; by acronym."""
    held = Membership.objects.on(day).filter(agency=OuterRef("pk"))
    return (
        Agency.objects.members_on(day)
        .named(day)
        .annotate(
            joined=Subquery(held.values("start")[:1]),
            joined_precision=Subquery(held.values("start_precision")[:1]),
            founder=Subquery(held.values("founder")[:1]),
        )
        .prefetch_related("names")
    )


def terms() -> QuerySet[ChairTerm]:
    """Every chair term with its end, oldest first; names at hand."""
    return (
        ChairTerm.objects.with_end()
        .select_related("agency")
        .prefetch_related("agency__names")
        .order_by("start")
    )


def chair_on(day: dt.date) -> ChairTerm | None:
    """The term that runs on `day`, with its end; None before the first."""
    return ChairTerm.objects.on(day).select_related("agency").prefetch_related("agency__names").first()


def waivers(day: dt.date) -> QuerySet[Waiver]:
    """What was declined or swapped by `day`, newest first, with what was taken back; agencies at hand."""
    rows = Waiver.objects.filter(day__lte=day).select_related("agency", "other")
    return rows.prefetch_related("agency__names", "other__names").order_by("-day", "-pk")


@dataclass(frozen=True)
class Turn:
    """A turn of the proposal, with agencies instead of keys."""

    agency: Agency
    place: rotation.Place
    swapped_with: Agency | None
    chairs_now: bool

    @property
    def why(self) -> str:
        """What the place rests on, in words."""
        if self.chairs_now:
            return gettext("In the chair now; comes again when all others had their turn.")
        if self.swapped_with:
            return gettext("Swapped with %(agency)s, whose place this was.") % {"agency": self.swapped_with}
        return str(GROUNDS[self.place.ground]) % {"day": say(self.place.day, self.place.precision)}


def proposal(day: dt.date, count: int | None = None) -> list[Turn]:
    """The next `count` chairs after the newest term, by what is known on `day`."""
    agencies = {each.pk: each for each in Agency.objects.named(day).prefetch_related("names")}
    seats = _seats(agencies, day)
    turns = rotation.propose(seats, _rotation_terms(), _rotation_waivers(day), count)
    return [
        Turn(
            agencies[turn.seat.agency],
            turn.place,
            agencies[turn.swapped_with] if turn.swapped_with else None,
            turn.chairs_now,
        )
        for turn in turns
    ]


def _seats(agencies: dict[int, Agency], day: dt.date) -> list[rotation.Seat]:
    """Everybody who ever was a member by `day`: the latest membership counts."""
    latest = {row.agency_id: row for row in Membership.objects.filter(start__lte=day).order_by("start")}
    return [
        rotation.Seat(
            agency=key,
            acronym=agencies[key].acronym_on(day),
            joined=row.start,
            joined_precision=row.start_precision,
            member=row.end is None or row.end > day,
        )
        for key, row in latest.items()
    ]


def _rotation_terms() -> list[rotation.Term]:
    rows = ChairTerm.objects.values_list("agency_id", "start", "start_precision")
    return [rotation.Term(agency, start, precision) for agency, start, precision in rows]


def _rotation_waivers(day: dt.date) -> list[rotation.Waiver]:
    rows = Waiver.objects.on(day).values_list("pk", "agency_id", "day", "other_id")
    return [rotation.Waiver(number, agency, said, other) for number, agency, said, other in rows]


def whole(slug: str) -> QuerySet[Agency]:
    """The agency of that address with names, memberships and chair terms, oldest first, and activities."""
    return Agency.objects.filter(slug=slug).prefetch_related(
        Prefetch("names", AgencyName.objects.order_by("start")),
        Prefetch("memberships", Membership.objects.order_by("start")),
        Prefetch("chair_terms", ChairTerm.objects.with_end().order_by("start")),
        "activities",
    )


def history(agency: Agency, limit: int = 50) -> list[Event]:
    """What was done to the agency, its names, its memberships and its turns, newest first."""
    about = Q(record_type=agency._meta.label_lower, record_id=str(agency.pk))
    for rows in (
        agency.names.all(),
        agency.memberships.all(),
        agency.chair_terms.all(),
        agency.waivers.all(),
    ):
        about |= Q(record_type=rows.model._meta.label_lower, record_id__in=[str(row.pk) for row in rows])
    return list(Event.objects.filter(about)[:limit])


def chair_history(limit: int = 20) -> list[Event]:
    """What was done to chair terms, declines and swaps, newest first; removed ones too."""
    kinds: list[Any] = [model._meta.label_lower for model in (ChairTerm, Waiver)]
    return list(Event.objects.filter(record_type__in=kinds)[:limit])


def running(terms: list[ChairTerm], day: dt.date) -> ChairTerm | None:
    """The one of `terms` (oldest first) that runs on `day`; None before the first."""
    begun = [term for term in terms if term.start <= day]
    return begun[-1] if begun else None


def last_known(terms: list[ChairTerm], day: dt.date) -> ChairTerm | None:
    """The newest term begun by `day` whose agency is known."""
    return running([term for term in terms if term.agency_id], day)


@dataclass(frozen=True)
class Group:
    """The activities that go to one destination, by name."""

    destination: Destination
    activities: list[Activity]


def activity(day: dt.date) -> QuerySet[Activity]:
    """Activities with their agencies as they were called on `day`, by acronym. Two queries."""
    return Activity.objects.prefetch_related(Prefetch("agencies", Agency.objects.named(day)))


def activities(day: dt.date, *, destination: str = "", agency: str = "") -> list[Group]:
    """The activities by destination, the nearest first; of one destination or agency if asked for. Two
    queries."""
    rows = activity(day)
    if destination:
        rows = rows.filter(destination=destination)
    if agency:
        rows = rows.filter(pk__in=Activity.objects.filter(agencies__slug=agency).values("pk"))
    found = list(rows)
    groups = [Group(each, [row for row in found if row.destination == each]) for each in Destination]
    return [group for group in groups if group.activities]
