"""Telling a story: its steps through the services, with the people and comments that its file names."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from agencies.models import Agency, ChairTerm
from isecg.mail.models import Message
from isecg.seed.stories.reading import Step, Story
from members.models import Mandate, Member, Role
from recommendations.models import Comment, Consultation, Paragraph, Recommendation, Response, Revision
from recommendations.queries.steps import consultation_of, newest_revision

PAST = "Written while the demonstration was loaded: it tells of a day that has passed and is kept back."
USUAL = {
    "approve": "chair",
    "release_verdicts": "administrator",
    "publish_comments": "administrator",
    "withdraw": "administrator",
}


class CannotTell(Exception):
    """A story's file does not fit what is in this portal."""


class Told:
    """A recommendation while its story is told, and what earlier steps of it are known by."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.comments: dict[str, int] = {}
        self.touched: list[Recommendation] = []
        self.pk = 0

    @property
    def rec(self) -> Recommendation:
        """As it stands now: steps have changed it."""
        return Recommendation.objects.get(pk=self.pk)

    @property
    def consultation(self) -> Consultation:
        found = consultation_of(self.rec)
        if found is None:
            raise CannotTell(f"{self.story.name} is not in consultation")
        return found

    @property
    def newest(self) -> Revision:
        found = newest_revision(self.rec)
        if found is None:
            raise CannotTell(f"{self.story.name} has no revision")
        return found

    def by(self, step: Step) -> Member:
        """Who takes the step: the account the line names, or whoever usually does."""
        name = step.get("by", USUAL.get(step.verb, "editor"))
        if name == "chair":
            return chair(step.now.date())
        return account(f"{name}@demo.invalid")

    def agency(self, step: Step) -> Agency:
        """The agency for which the account speaks or writes."""
        held = Mandate.objects.on(step.now.date()).filter(member=self.by(step), agency__isnull=False)
        mandate = held.select_related("agency").first()
        if mandate is None or mandate.agency is None:
            raise CannotTell(f"{self.by(step)} is in no delegation")
        return mandate.agency

    def asked(self, step: Step) -> list[Agency]:
        """The agencies the line names, or all members of that day."""
        members = Agency.objects.members_on(step.now.date())
        return list(members.filter(slug__in=step.get("agencies")) if step.get("agencies") else members)

    def named(self, step: Step, name: str = "of") -> list[Comment]:
        """The comments that the line names, in its order."""
        found = Comment.objects.select_related("consultation__recommendation", "agency").in_bulk(
            [self.comments[each] for each in step.get(name)]
        )
        return [found[self.comments[each]] for each in step.get(name)]

    def other(self, title: str) -> Recommendation:
        """The recommendation that another story began, whatever it is called by now."""
        known: Any = Recommendation.pgh_event_model  # type: ignore[attr-defined]
        key = known.objects.filter(title=title).values_list("pgh_obj", flat=True).first()
        found = Recommendation.objects.filter(pk=key).first()
        if found is None:
            raise CannotTell(f"“{title}” is not there")
        return found

    def paragraph(self, words: str, revision: Revision) -> Paragraph:
        """The one paragraph of the revision in which the words stand."""
        found = [each for each in revision.paragraphs.all() if words in each.text]
        if len(found) != 1:
            raise CannotTell(f"{self.story.name}: “{words}” stands in {len(found)} paragraphs of {revision}")
        return found[0]


def account(email: str) -> Member:
    """An account of the demonstration."""
    found = Member.objects.filter(email=email, is_demonstration=True).first()
    if found is None:
        raise CannotTell(f"there is no account {email}")
    return found


def chair(day: dt.date) -> Member:
    """The account of the head of the agency that chairs on `day`."""
    term = ChairTerm.objects.on(day).select_related("agency").first()
    if term is None or term.agency is None:
        raise CannotTell(f"nobody is known to chair on {day}")
    return head_of(term.agency, day)


def head_of(agency: Agency, day: dt.date) -> Member:
    """The account of the agency's head of delegation on `day`."""
    heads = Mandate.objects.on(day).filter(role=Role.HEAD, agency=agency, member__is_demonstration=True)
    mandate = heads.select_related("member").first()
    if mandate is None:
        raise CannotTell(f"no demonstration account heads {agency} on {day}")
    return mandate.member


@transaction.atomic
def tell(story: Story, verbs: Mapping[str, Callable[[Told, Step], None]]) -> None:
    """All steps of a story, or none. Raises CannotTell, and what the services raise."""
    told = Told(story)
    for step in story.steps:
        last = Message.objects.aggregate(last=Max("pk"))["last"] or 0
        verbs[step.verb](told, step)
        _send_nothing([told.rec, *told.touched], since=last, now=step.now)


def _send_nothing(recs: list[Recommendation], *, since: int, now: dt.datetime) -> None:
    """The mails of a step stay as a record of who was told; none goes out as if it were today's."""
    written = Message.objects.filter(pk__gt=since, state=Message.State.QUEUED)
    responses = Response.objects.filter(recommendation__in=recs).values_list("pk", flat=True)
    about = {Recommendation: [rec.pk for rec in recs], Response: responses}
    for model, keys in about.items():
        mine = written.filter(about_type=model._meta.label_lower, about_id__in=[str(key) for key in keys])
        mine.update(state=Message.State.HELD, failure=PAST, not_before=now)
