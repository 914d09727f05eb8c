"""Who was told what about a recommendation, and who would be."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from agencies.models import Agency
from isecg.mail.models import Message
from members.models import Mandate, Member
from recommendations.models import Recommendation


@dataclass
class Person:
    """Somebody with everything they are on the day, in words."""

    member: Member
    roles: list[str] = field(default_factory=list)
    agencies: set[int | None] = field(default_factory=set)


@dataclass
class Group:
    """The people of one delegation; `name` is empty for those of none (the secretariat)."""

    name: str
    people: list[Person] = field(default_factory=list)


def groups(members: Iterable[int], day: dt.date) -> list[Group]:
    """These people with their roles on `day`, by the agency they are of; the secretariat last."""
    persons = {each.pk: Person(each) for each in Member.objects.filter(pk__in=set(members))}
    found: dict[str, Group] = {}
    for mandate in _mandates(persons, day):
        person = persons[mandate.member_id]
        if not person.roles:
            name = str(mandate.agency or "")
            found.setdefault(name, Group(name)).people.append(person)
        person.roles.append(mandate.role_words)
        person.agencies.add(mandate.agency_id)
    without = [person for person in persons.values() if not person.roles]
    if without:
        found.setdefault("", Group("")).people += without
    return sorted(found.values(), key=lambda group: (not group.name, group.name))


def unreached(asked: Iterable[Agency], found: Iterable[Group]) -> list[Agency]:
    """Those of the agencies asked from whose delegations nobody is among these people."""
    reached = {key for group in found for person in group.people for key in person.agencies}
    return [agency for agency in asked if agency.pk not in reached]


def _mandates(persons: Iterable[int], day: dt.date) -> Iterable[Mandate]:
    held = Mandate.objects.on(day).filter(member__in=list(persons)).select_related("agency", "member")
    return held.prefetch_related("agency__names").order_by("agency__slug", "member__name", "pk")


@dataclass(frozen=True)
class Telling:
    """What one step told its audience: mails of one kind that were written together, the newest first."""

    kind: str
    leaves: dt.datetime
    mails: list[Message]

    @property
    def states(self) -> list[tuple[Message, int]]:
        """How many mails are in which state: a mail of that state, and the count."""
        found: dict[str, list[Message]] = {}
        for mail in self.mails:
            found.setdefault(mail.state, []).append(mail)
        return [(rows[0], len(rows)) for rows in found.values()]


TOGETHER = dt.timedelta(minutes=1)  # the mails of one step are written in one transaction


def tellings(recommendation: Recommendation) -> list[Telling]:
    """Who was told what, step by step, the newest first."""
    found: list[Telling] = []
    for mail in mails(recommendation):
        last = found[-1] if found else None
        if last and last.kind == mail.kind and last.leaves - mail.not_before < TOGETHER:
            last.mails.append(mail)
        else:
            found.append(Telling(mail.kind, mail.not_before, [mail]))
    return found


def mails(recommendation: Recommendation) -> QuerySet[Message]:
    """Every mail about the recommendation and what belongs to it, the newest first; without their texts."""
    answers = recommendation.responses.all()
    keys = [str(key) for key in answers.values_list("pk", flat=True)]
    parts = Q(about_type=recommendation._meta.label_lower, about_id=str(recommendation.pk))
    parts |= Q(about_type=answers.model._meta.label_lower, about_id__in=keys)
    return Message.objects.filter(parts).defer("text", "html", "private").order_by("-not_before", "-pk")
