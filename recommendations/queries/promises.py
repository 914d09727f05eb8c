"""The promise check of a recommendation: what must be explained before it is issued."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from recommendations.lineage import Keyed, between
from recommendations.models import (
    Comment,
    Disposition,
    Explanation,
    Paragraph,
    Recommendation,
    Revision,
    Role,
)
from recommendations.promises import Finding, Promise, Texts, unasked, unkept
from recommendations.queries.comments import stands
from recommendations.queries.dispositions import PROMISED, promise_of
from recommendations.queries.steps import consultation_of, newest_revision


@dataclass(frozen=True)
class Checked:
    """A finding with what there is to show: the comment, the numbers of the paragraphs, their texts, and
    the explanation of this revision (or, to begin with, the words of an earlier one)."""

    finding: Finding
    comment: Comment | None
    number: str
    before: str
    after: str
    agreed: str = ""
    explanation: Explanation | None = None
    earlier: str = ""

    @property
    def name(self) -> str:
        """What its explanation is filed under: a comment's identity, or a paragraph's key."""
        return str(self.finding.comment or self.finding.key)


@dataclass(frozen=True)
class Check:
    """The promise check between the revision that was consulted on and the newest."""

    before: Revision
    after: Revision
    unkept: tuple[Checked, ...]
    unasked: tuple[Checked, ...]

    @property
    def findings(self) -> tuple[Checked, ...]:
        return self.unkept + self.unasked

    @property
    def unexplained(self) -> list[Checked]:
        return [each for each in self.findings if each.explanation is None]


def unexplained(recommendation: Recommendation) -> list[Checked]:
    """What the promise check found and nobody has explained yet; issuing is refused while there is any."""
    found = check(recommendation)
    return found.unexplained if found else []


def check(recommendation: Recommendation) -> Check | None:
    """Every accepted comment held against the redline; None without a consultation or a revision after it.

    Comments of earlier consultations are held against the revision that they were made on; what changed
    unasked is looked for since the revision that was consulted on last.
    """
    asked, newest = consultation_of(recommendation), newest_revision(recommendation)
    if asked is None or newest is None:
        return None
    accepted = _accepted(recommendation)
    promises = _promises(accepted, newest)
    texts = _texts({asked.revision_id, *map(_asked_about, accepted)}, newest)
    explained = _Explained(recommendation, newest)
    backed = [*promises.values(), *_duplicates(recommendation, accepted)]
    since = texts[asked.revision_id]
    return Check(
        before=asked.revision,
        after=newest,
        unkept=tuple(
            explained.checked(finding, each.comment, texts[_asked_about(each)])
            for each in accepted
            for finding in unkept([promises[each.comment_id]], texts[_asked_about(each)])
        ),
        unasked=tuple(explained.checked(each, None, since) for each in unasked(backed, since)),
    )


def _asked_about(disposition: Disposition) -> int:
    """The revision that the comment was made on."""
    return disposition.comment.consultation.revision_id


def _accepted(recommendation: Recommendation) -> list[Disposition]:
    rows = Disposition.objects.filter(
        comment__consultation__recommendation=recommendation,
        comment__consultation__recalled_at=None,
        comment__withdrawn_at=None,
        verdict__in=PROMISED,
    )
    rows = rows.select_related("comment__consultation", "comment__agency").prefetch_related(
        "comment__agency__names"
    )
    return list(rows.order_by("comment__consultation__circulated_at", "comment__number"))


def _promises(accepted: Sequence[Disposition], newest: Revision) -> dict[int, Promise]:
    placed = stands([each.comment for each in accepted], newest)
    return {each.comment_id: promise_of(each, placed[each.comment_id].place.key) for each in accepted}


def _duplicates(recommendation: Recommendation, accepted: Sequence[Disposition]) -> list[Promise]:
    """A comment that says the same as an accepted one stands behind the change of its own paragraph."""
    same = Comment.objects.submitted().filter(
        Q(disposition__duplicate_of__in=[each.comment_id for each in accepted]),
        consultation__recommendation=recommendation,
    )
    return [Promise(comment=each.pk, key=each.key) for each in same]


def _texts(revisions: set[int], newest: Revision) -> dict[int, Texts]:
    """Each of the revisions against the newest."""
    parts: dict[int, list[Keyed]] = {pk: [] for pk in {*revisions, newest.pk}}
    for each in Paragraph.objects.filter(revision__in=parts).order_by("revision", "position"):
        keyed = Keyed(Role(each.role), each.level, each.number, each.text, key=each.key)
        parts[each.revision_id].append(keyed)
    after = parts[newest.pk]
    return {pk: Texts(parts[pk], after, between(parts[pk], after)) for pk in revisions}


class _Explained:
    """What was explained of the newest revision, and of those before it."""

    def __init__(self, recommendation: Recommendation, newest: Revision) -> None:
        rows = Explanation.objects.filter(revision__recommendation=recommendation)
        self.newest: dict[tuple[int | None, str], Explanation] = {}
        self.earlier: dict[tuple[int | None, str], str] = {}
        for each in rows.select_related("revision").order_by("revision__number"):
            if each.revision_id == newest.pk:
                self.newest[each.comment_id, each.key] = each
            else:
                self.earlier[each.comment_id, each.key] = each.reason

    def checked(self, finding: Finding, comment: Comment | None, texts: Texts) -> Checked:
        agreed = promise_of(comment.disposition).agreed if comment and not comment.redacted_at else ""
        name = (finding.comment, "" if finding.comment else finding.key)
        first = (finding.new or finding.old or (finding.key,))[0]
        part = texts.after.get(first) or texts.before.get(first)
        return Checked(
            finding=finding,
            comment=comment,
            number=part.number if part else "",
            before="\n\n".join(texts.before[key].text for key in finding.old if key in texts.before),
            after="\n\n".join(texts.after[key].text for key in finding.new if key in texts.after),
            agreed=agreed,
            explanation=self.newest.get(name),
            earlier=self.earlier.get(name, ""),
        )
