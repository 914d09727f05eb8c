"""What recommendations want of somebody now: only what this person can do, and nobody else has done yet.

A fixed number of queries; only texts that wait to be issued, of which there are few, cost some each.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agency
from isecg.access import Standing, standing
from isecg.needs import Need
from recommendations.models import (
    ENDED,
    WAS_ISSUED,
    Approval,
    Comment,
    Consultation,
    Disposition,
    Grace,
    Outcome,
    Phase,
    Position,
    Recommendation,
    Response,
    Revision,
    SilenceProcedure,
    State,
)
from recommendations.queries import public
from recommendations.queries.comments import stands
from recommendations.queries.promises import unexplained


def needs(member: Any, now: dt.datetime) -> list[Need]:
    """What waits for this person: as a writer or speaker of an agency, as chair, in the secretariat."""
    own = standing(member)
    asking = [source for may, source in SOURCES if may(own)]
    if not asking:
        return []
    rows = list(public.whole(_under_way(now)))
    return [need for source in asking for need in source(rows, own, now)]


def _under_way(now: dt.datetime) -> QuerySet[Recommendation]:
    """Recommendations between the first circulation and their issue, with how many comments wait."""
    waiting = Comment.objects.submitted().filter(
        consultation__recommendation=OuterRef("pk"),
        consultation__recalled_at__isnull=True,
        disposition__isnull=True,
    )
    counted = waiting.order_by().values("consultation__recommendation").annotate(count=Count("pk"))
    undecided = Coalesce(Subquery(counted.values("count")), 0)
    found = Recommendation.objects.annotate(undecided=undecided)
    states = [State.IN_CONSULTATION, State.UNDER_SILENCE, State.AGREED]
    return found.filter(Q(state__in=states) | Q(state=State.DRAFTING, undecided__gt=0)).order_by("number")


Rows = Iterable[Any]


def _open_consultations(
    rows: Rows, agencies: frozenset[int], now: dt.datetime
) -> Iterator[tuple[Recommendation, Consultation, Any, dt.datetime]]:
    """(recommendation, consultation, agency, until) of each of these agencies that can comment now."""
    graces = Grace.objects.filter(agency__in=agencies, until__gt=now, at__lte=now)
    late = {(each.consultation_id, each.agency_id): each.until for each in graces.order_by("until")}
    for row in rows:
        consultation = public.consultation_of(row)
        if row.state != State.IN_CONSULTATION or consultation is None:
            continue
        if (phase := consultation.phase(now)) == Phase.HELD:
            continue
        for agency in consultation.agencies.all():
            until = consultation.end if phase == Phase.OPEN else late.get((consultation.pk, agency.pk))
            if agency.pk in agencies and until:
                yield row, consultation, agency, until


def _comment(rows: Rows, own: Standing, now: dt.datetime) -> Iterator[Need]:
    """Who writes for an agency that has submitted nothing yet. Who only writes has the inner deadline."""
    said = Comment.objects.submitted().filter(agency__in=own.writes_for)
    done = set(said.values_list("consultation", "agency"))
    for row, consultation, agency, until in _open_consultations(rows, own.writes_for, now):
        if (consultation.pk, agency.pk) not in done:
            inner = agency.pk not in own.speaks_for and now < consultation.inner_at
            yield Need(
                deadline=consultation.inner_at if inner else until,
                words=_("%(recommendation)s: %(agency)s can comment on it")
                % {"recommendation": row, "agency": agency},
                action=_("Read and comment"),
                address=public.page("consultation", row),
            )


def _submit(rows: Rows, own: Standing, now: dt.datetime) -> Iterator[Need]:
    """Working notes of an agency, for who can submit them, and for nobody else."""
    notes = Comment.objects.notes().filter(agency__in=own.speaks_for)
    counts = Counter(notes.values_list("consultation", "agency"))
    for row, consultation, agency, until in _open_consultations(rows, own.speaks_for, now):
        if count := counts[consultation.pk, agency.pk]:
            words = ngettext(
                "%(recommendation)s: %(count)d working note of %(agency)s is not submitted",
                "%(recommendation)s: %(count)d working notes of %(agency)s are not submitted",
                count,
            )
            yield Need(
                deadline=until,
                words=words % {"recommendation": row, "agency": agency, "count": count},
                action=_("Look and submit"),
                address=public.page("submit", row),
            )


def _silence(rows: Rows, own: Standing, now: dt.datetime) -> Iterator[Need]:
    """Who speaks for an agency that has neither objected nor stated its position."""
    stated = set(Position.objects.filter(agency__in=own.speaks_for).values_list("procedure", "agency"))
    for row, procedure in _silences(rows, now, Outcome.RUNNING):
        waiting = [
            each
            for each in procedure.agencies.all()
            if each.pk in own.speaks_for and (procedure.pk, each.pk) not in stated
        ]
        if waiting:
            yield Need(
                deadline=procedure.expires_at,
                words=_("%(recommendation)s is agreed unless an agency objects") % {"recommendation": row},
                action=_("Read or object"),
                address=public.page("silence", row),
            )


def _silences(
    rows: Rows, now: dt.datetime, *outcomes: Outcome
) -> Iterator[tuple[Recommendation, SilenceProcedure]]:
    for row in rows:
        procedure = public.silence_of(row) if row.state == State.UNDER_SILENCE else None
        if procedure and procedure.outcome(now) in outcomes:
            yield row, procedure


def _verdicts(rows: Rows, own: Standing, now: dt.datetime) -> Iterator[Need]:
    """Released verdicts that the agency has not answered, while its answer still counts."""
    released = Disposition.objects.filter(
        comment__agency__in=own.speaks_for,
        comment__withdrawn_at__isnull=True,
        comment__consultation__released_at__lte=now,
        satisfaction__isnull=True,
    ).exclude(comment__consultation__recommendation__state__in=[*WAS_ISSUED, *ENDED])
    acronyms = {each.pk: str(each) for each in Agency.objects.named(now.date())} if own.speaks_for else {}
    for row, agency, count in _counted_by_agency(released):
        words = ngettext(
            "%(recommendation)s: %(count)d verdict on your agency's comments",
            "%(recommendation)s: %(count)d verdicts on your agency's comments",
            count,
        )
        named = {"recommendation": row, "count": count}
        table = f"{public.page('comments', row)}?{urlencode({'agency': acronyms[agency]})}"
        yield Need(None, words % named, _("Say whether you are satisfied"), table)


def _answers(rows: Rows, own: Standing, now: dt.datetime) -> Iterator[Need]:
    """Drafts of an agency's answers, for who can submit them; returned ones for who can change them."""
    drafts = Response.objects.filter(submitted_at__isnull=True, recommendation__state=State.ISSUED)
    for row, count in _counted(drafts.filter(agency__in=own.speaks_for, return_reason=""), "recommendation"):
        words = ngettext(
            "%(recommendation)s: %(count)d draft of your agency's answer",
            "%(recommendation)s: %(count)d drafts of your agency's answer",
            count,
        )
        named = {"recommendation": row, "count": count}
        yield Need(None, words % named, _("Look and submit"), public.page("responses", row) + "#own")
    returned = drafts.filter(agency__in=own.writes_for).exclude(return_reason="")
    for row, _count in _counted(returned, "recommendation"):
        words = _("%(recommendation)s: the secretariat returned your agency's answer")
        yield Need(
            *(None, words % {"recommendation": row}, _("Change it"), public.page("responses", row) + "#own")
        )


def _approve(rows: Rows, own: Standing, now: dt.datetime) -> Iterator[Need]:
    """The chair, once a text is agreed."""
    for row, approved in _agreed(rows):
        if not approved:
            words = _("%(recommendation)s is agreed and waits for the chair") % {"recommendation": row}
            yield Need(None, words, _("Read and approve"), public.page("approve", row))


def _agreed(rows: Rows) -> list[tuple[Recommendation, bool]]:
    """Agreed ones, and whether the chair has approved the text that silence agreed to."""
    agreed = [row for row in rows if row.state == State.AGREED]
    if not agreed:
        return []
    approved = set(
        Approval.objects.filter(recommendation__in=agreed).values_list("recommendation", "revision")
    )
    texts = {row.pk: silence.revision_id for row in agreed if (silence := public.silence_of(row))}
    return [(row, (row.pk, texts.get(row.pk)) in approved) for row in agreed]


def _after_consultation(rows: Rows, own: Standing, now: dt.datetime) -> Iterator[Need]:
    """The secretariat: comments that wait for a verdict; then, that the text can go on."""
    for row in rows:
        consultation = public.consultation_of(row)
        if consultation is None or consultation.phase(now) != Phase.CLOSED:
            continue
        if row.undecided and row.state in (State.IN_CONSULTATION, State.DRAFTING):
            words = ngettext(
                "%(recommendation)s: %(count)d comment waits for its verdict",
                "%(recommendation)s: %(count)d comments wait for their verdicts",
                row.undecided,
            )
            named = {"recommendation": row, "count": row.undecided}
            yield Need(None, words % named, _("Decide"), public.page("comments", row))
        elif row.state == State.IN_CONSULTATION:
            words = _("%(recommendation)s: the consultation is over and every comment is decided")
            yield Need(
                *(None, words % {"recommendation": row}, _("Revise, or start silence")),
                public.page("detail", row),
            )


def _lost(rows: Rows, own: Standing, now: dt.datetime) -> Iterator[Need]:
    """The secretariat: comments whose words a later revision has not, and nobody has said where they belong.
    Only recommendations that were revised after a consultation and are not issued cost queries."""
    newest = Revision.objects.filter(recommendation=OuterRef("consultation__recommendation"))
    said = Comment.objects.submitted().filter(
        consultation__recalled_at=None,
        consultation__recommendation__state__in=[State.DRAFTING, State.IN_CONSULTATION, State.UNDER_SILENCE],
    )
    said = said.annotate(newest=Subquery(newest.order_by("-number").values("pk")[:1]))
    moved: dict[int, list[Comment]] = defaultdict(list)
    for each in (
        said.exclude(key="").exclude(newest=F("consultation__revision")).select_related("consultation")
    ):
        moved[each.newest].append(each)
    revisions = Revision.objects.filter(pk__in=moved).select_related("recommendation").defer("text")
    for revision in revisions.order_by("recommendation__number") if moved else []:
        if count := sum(each.is_lost for each in stands(moved[revision.pk], revision).values()):
            words = ngettext(
                "%(recommendation)s: the place of %(count)d comment is lost",
                "%(recommendation)s: the places of %(count)d comments are lost",
                count,
            )
            named = {"recommendation": revision.recommendation, "count": count}
            table = f"{public.page('comments', revision.recommendation)}?lost=on"
            yield Need(None, words % named, _("Say where they belong"), table)


def _after_silence(rows: Rows, own: Standing, now: dt.datetime) -> Iterator[Need]:
    """The secretariat: a silence that is over or broken is concluded."""
    words = {
        Outcome.AGREED: _("%(recommendation)s: the silence held"),
        Outcome.BROKEN: _("%(recommendation)s: an agency objects"),
    }
    for row, procedure in _silences(rows, now, Outcome.AGREED, Outcome.BROKEN):
        outcome = procedure.outcome(now)
        action = _("Conclude") if outcome == Outcome.AGREED else _("Look, then conclude")
        page = "conclude" if outcome == Outcome.AGREED else "silence"
        yield Need(None, words[outcome] % {"recommendation": row}, action, public.page(page, row))


def _issue(rows: Rows, own: Standing, now: dt.datetime) -> Iterator[Need]:
    """The secretariat: what the promise check found is explained, then what is approved is issued."""
    for row, approved in _agreed(rows):
        if count := len(unexplained(row)):
            words = ngettext(
                "%(recommendation)s: %(count)d finding of the promise check is not explained",
                "%(recommendation)s: %(count)d findings of the promise check are not explained",
                count,
            )
            named = {"recommendation": row, "count": count}
            yield Need(None, words % named, _("Explain"), public.page("promises", row))
        elif approved:
            words = _("%(recommendation)s: the chair has approved it") % {"recommendation": row}
            yield Need(None, words, _("Issue it"), public.page("issue", row))


def _release_verdicts(rows: Rows, own: Standing, now: dt.datetime) -> Iterator[Need]:
    """Administrators: every comment is decided, and the agencies have not been told."""
    over = [
        (row, consultation)
        for row in rows
        if row.state == State.IN_CONSULTATION and not row.undecided
        if (consultation := public.consultation_of(row)) and consultation.phase(now) == Phase.CLOSED
    ]
    waiting = [consultation.pk for _row, consultation in over if consultation.released_at is None]
    said = set(
        Comment.objects.submitted().filter(consultation__in=waiting).values_list("consultation", flat=True)
    )
    for row, consultation in over:
        if consultation.pk in said:
            words = _("%(recommendation)s: the agencies do not know the verdicts yet")
            named = {"recommendation": row}
            yield Need(None, words % named, _("Release them"), public.page("release_verdicts", row))


def _release_answers(rows: Rows, own: Standing, now: dt.datetime) -> Iterator[Need]:
    """Administrators: what agencies submitted for everybody to read."""
    submitted = Response.objects.filter(
        submitted_at__isnull=False, public=True, released_at__isnull=True, retracted_at__isnull=True
    )
    for row, count in _counted(submitted, "recommendation"):
        words = ngettext(
            "%(recommendation)s: %(count)d answer of an agency waits to be released",
            "%(recommendation)s: %(count)d answers of agencies wait to be released",
            count,
        )
        named = {"recommendation": row, "count": count}
        yield Need(None, words % named, _("Release or return"), public.page("responses", row))


def _counted(found: QuerySet[Any], path: str) -> list[tuple[Recommendation, int]]:
    """How many of `found` belong to which recommendation. Two queries."""
    counts = Counter(found.values_list(path, flat=True))
    return [(row, counts[row.pk]) for row in Recommendation.objects.filter(pk__in=counts).order_by("number")]


def _counted_by_agency(verdicts: QuerySet[Disposition]) -> list[tuple[Recommendation, int, int]]:
    """How many of these verdicts are on comments of which agency, by recommendation. Two queries."""
    paths = "comment__consultation__recommendation", "comment__agency"
    counts = Counter(verdicts.values_list(*paths))
    rows = Recommendation.objects.in_bulk({pk for pk, _agency in counts})
    ordered = sorted(counts.items(), key=lambda each: (rows[each[0][0]].number, each[0][1]))
    return [(rows[pk], agency, count) for (pk, agency), count in ordered]


SOURCES: list[tuple[Callable[[Standing], Any], Callable[[Rows, Standing, dt.datetime], Iterable[Need]]]] = [
    (lambda own: own.writes_for, _comment),
    (lambda own: own.speaks_for, _submit),
    (lambda own: own.speaks_for, _silence),
    (lambda own: own.speaks_for, _verdicts),
    (lambda own: own.writes_for, _answers),
    (lambda own: own.chairs, _approve),
    (lambda own: own.secretariat, _after_consultation),
    (lambda own: own.secretariat, _lost),
    (lambda own: own.secretariat, _after_silence),
    (lambda own: own.secretariat, _issue),
    (lambda own: own.administrator, _release_verdicts),
    (lambda own: own.administrator, _release_answers),
]
