"""Who is told. An empty audience is nobody: there is no fallback to everybody.

Every audience is asked as of an instant: whose role has ended, or who may not sign in, is told nothing.
`agencies` and `observers` are those of a step that is about to be taken; without them they are those of
the running silence procedure or the latest consultation.
"""

import datetime as dt
from collections.abc import Callable, Iterable

from django.db.models import QuerySet

from agencies.models import Agency, ChairTerm
from members.models import OF_SECRETARIAT, SPEAKING, WRITING, Mandate, Member, Role
from recommendations.models import Consultation, Reading, Recommendation, SilenceProcedure, State
from recommendations.queries.steps import consultation_of, silence_of

Members = QuerySet[Member]
Agencies = Iterable[Agency] | None
Audience = Callable[..., Members]


def speakers(rec: Recommendation, now: dt.datetime, *, agencies: Agencies = None) -> Members:
    """Heads of delegation and alternates of the agencies asked."""
    return holding(now, role__in=SPEAKING, agency__in=_asked(rec, agencies))


def writers(rec: Recommendation, now: dt.datetime, *, agencies: Agencies = None) -> Members:
    """Everybody who writes for an agency asked: heads, alternates, delegates."""
    return holding(now, role__in=WRITING, agency__in=_asked(rec, agencies))


def asked(
    rec: Recommendation, now: dt.datetime, *, agencies: Agencies = None, observers: bool | None = None
) -> Members:
    """Who writes for an agency asked; with them its observers, where the consultation is open to them."""
    if observers is None:
        asking = asking_of(rec)
        observers = isinstance(asking, Consultation) and asking.observers
    roles = {*WRITING, Role.OBSERVER} if observers else WRITING
    return holding(now, role__in=roles, agency__in=_asked(rec, agencies))


def asked_and_readers(rec: Recommendation, now: dt.datetime, *, agencies: Agencies = None) -> Members:
    """Everybody asked, and of the secretariat and the chair who has read it."""
    others = secretariat(rec, now) | chair(rec, now)
    read = Reading.objects.filter(recommendation=rec).values("member")
    return asked(rec, now, agencies=agencies) | others.filter(pk__in=read)


def asked_and_secretariat(rec: Recommendation, now: dt.datetime, *, agencies: Agencies = None) -> Members:
    """Everybody asked, the chair, and the secretariat."""
    return asked(rec, now, agencies=agencies) | chair(rec, now) | secretariat(rec, now)


def chair(rec: Recommendation, now: dt.datetime) -> Members:
    """The head of delegation of the agency that chairs on the day."""
    return holding(now, role=Role.HEAD, agency__in=ChairTerm.objects.on(now.date()).values("agency"))


def chair_and_secretariat(rec: Recommendation, now: dt.datetime) -> Members:
    """Both."""
    return chair(rec, now) | secretariat(rec, now)


def secretariat(rec: Recommendation, now: dt.datetime) -> Members:
    """Editors and administrators."""
    return holding(now, role__in=OF_SECRETARIAT)


def everyone(rec: Recommendation, now: dt.datetime) -> Members:
    """Heads of delegation and alternates of every agency that is a member on the day."""
    members = Agency.objects.members_on(now.date()).values("pk")
    return holding(now, role__in=SPEAKING, agency__in=members)


def nobody(rec: Recommendation, now: dt.datetime) -> Members:
    """Nobody is told."""
    return Member.objects.none()


def asking_of(rec: Recommendation) -> Consultation | SilenceProcedure | None:
    """What asks agencies in the state it is in: the consultation first, the silence procedure later."""
    if rec.state in (State.DRAFTING, State.IN_CONSULTATION):
        return consultation_of(rec)
    return silence_of(rec) or consultation_of(rec)


def holding(now: dt.datetime, **role: object) -> Members:
    """Members with such a mandate on the day who may sign in; each once."""
    held = Mandate.objects.on(now.date()).filter(**role).values("member")
    return Member.objects.filter(pk__in=held, is_active=True)


def _asked(rec: Recommendation, agencies: Agencies) -> list[int]:
    if agencies is None:
        asking = asking_of(rec)
        return list(asking.agencies.values_list("pk", flat=True)) if asking else []
    return [each.pk for each in agencies]
