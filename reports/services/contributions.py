"""An agency's part of a report: handed in, taken back, confirmed, given more time. `collect` asks for it."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from agencies.models import Agency
from isecg.access import Decision, WrongMoment, require
from isecg.audit.services import record
from isecg.clock import clock
from isecg.mail.services import post
from isecg.versions import Stale, change
from members.models import acting
from recommendations.services.checks import later, said, spoken
from reports.models import AnnualReport, Confirmation, Contribution, Submission
from reports.permissions import contributions as permissions
from reports.queries import contributions as queries
from reports.snapshot.highlights import highlights_of
from reports.standing import Part, part_of, sha256_of

FIRST_WRITE = _("Write at least one highlight first, or say that there is nothing to report.")


def handed_over(report: AnnualReport, agency: Agency) -> str:
    """The checksum of what `submit_contribution` would hand in now: a form carries it, so that nothing is
    handed in that was not read."""
    return sha256_of(highlights_of(report, agency, inside=True))


@transaction.atomic
def submit_contribution(
    contribution: Contribution,
    *,
    by: Any,
    seen: str,
    nothing: bool = False,
    words: str = "",
    now: dt.datetime | None = None,
) -> Submission:
    """Hand in the agency's part: all its highlights of the period leave the agency, the secretariat reads
    and edits them from now on. With `nothing`: it has nothing to report.

    `seen` is `handed_over` of what was read. Writes an event and mails the secretariat. Raises
    PermissionDenied, WrongMoment, Stale (a text was changed after it was read), ValidationError.
    """
    contribution, now = _lock(contribution, now)
    by = acting(by, now)
    require(permissions.can_submit_contribution(by, contribution))
    _now(queries.can_write_now(contribution, queries.is_submitted(contribution), now), contribution)
    report, agency = contribution.report, contribution.agency
    drafts = queries.part_in(report).filter(agency=agency)
    list(drafts.select_for_update(of=("self",)).values_list("pk", flat=True))
    if handed_over(report, agency) != seen:
        raise Stale(contribution)
    _fits(drafts.exists(), nothing)
    drafts.filter(inside_agency=True).update(inside_agency=False, version=models.F("version") + 1)
    content = highlights_of(report, agency)
    handed = Submission.objects.create(
        contribution=contribution,
        at=now,
        by=by,
        nothing=nothing,
        words=spoken(words),
        content=content,
        sha256=sha256_of(content),
    )
    record(by=by, verb="submit_contribution", what=contribution, on_behalf_of=str(agency), why=handed.words)
    told = {"nothing": nothing, "count": len(content), "why": handed.words}
    post("contribution_submitted", to=queries.secretariat(now), about=contribution, **told)
    return handed


def _fits(written: bool, nothing: bool) -> None:
    if nothing and written:
        raise ValidationError(
            {"nothing": _("There are highlights. Remove them first if there is nothing to report.")}
        )
    if not nothing and not written:
        raise ValidationError(FIRST_WRITE)


@transaction.atomic
def take_back_contribution(
    contribution: Contribution, *, by: Any, why: str = "", now: dt.datetime | None = None
) -> Contribution:
    """Take back what the agency handed in, as long as it could hand in anew: what its delegation wrote is
    inside the agency again, as it stands now, with what the secretariat changed.

    Writes an event and mails the secretariat. Raises PermissionDenied, WrongMoment.
    """
    contribution, now = _lock(contribution, now)
    by = acting(by, now)
    require(permissions.can_take_back_contribution(by, contribution))
    handed = queries.standing_submission(contribution)
    _now(queries.can_take_back_now(contribution, handed is not None, now), contribution)
    assert handed is not None
    handed.taken_back_at, handed.taken_back_by = now, by
    handed.save(update_fields=["taken_back_at", "taken_back_by"])
    own = queries.part_in(contribution.report).filter(agency=contribution.agency, written_by__isnull=False)
    own.update(inside_agency=True, version=models.F("version") + 1)
    agency, why = str(contribution.agency), spoken(why)
    record(by=by, verb="take_back_contribution", what=contribution, on_behalf_of=agency, why=why)
    post("contribution_taken_back", to=queries.secretariat(now), about=contribution, why=why)
    return contribution


@transaction.atomic
def confirm_contribution(
    contribution: Contribution, *, by: Any, seen: str, now: dt.datetime | None = None
) -> Confirmation:
    """The agency agrees to its text exactly as it stands; a later change asks again.

    `seen` is the checksum of the text that was read. Writes an event and mails the secretariat. Raises
    PermissionDenied, WrongMoment, Stale (the text was changed after it was read).
    """
    return _answer(contribution, "confirm_contribution", by=by, seen=seen, words="", now=now)


@transaction.atomic
def ask_for_change(
    contribution: Contribution, *, by: Any, seen: str, words: str, now: dt.datetime | None = None
) -> Confirmation:
    """The agency does not agree to its text, and says what is to be changed.

    Writes an event and mails the secretariat. Raises PermissionDenied, WrongMoment, Stale, ValidationError
    (without words).
    """
    words = said(words, _("Say what is to be changed."), "words")
    return _answer(contribution, "ask_for_change", by=by, seen=seen, words=words, now=now)


def _answer(
    contribution: Contribution, verb: str, *, by: Any, seen: str, words: str, now: dt.datetime | None
) -> Confirmation:
    contribution, now = _lock(contribution, now)
    by = acting(by, now)
    require(permissions.can_confirm_contribution(by, contribution))
    part: Part = part_of(contribution)
    _now(queries.can_answer_now(part), contribution)
    if part.sha256 != seen:
        raise Stale(contribution)
    agrees = verb == "confirm_contribution"
    answer = Confirmation.objects.create(
        contribution=contribution,
        at=now,
        by=by,
        agrees=agrees,
        words=words,
        content=part.content,
        sha256=part.sha256,
    )
    record(by=by, verb=verb, what=contribution, on_behalf_of=str(part.agency), why=words)
    kind = "contribution_confirmed" if agrees else "change_asked_for"
    post(kind, to=queries.secretariat(now), about=contribution, why=words)
    return answer


@transaction.atomic
def extend_contribution(
    contribution: Contribution,
    *,
    by: Any,
    version: int,
    due_at: dt.datetime,
    reason: str,
    now: dt.datetime | None = None,
) -> Contribution:
    """Give the agency a deadline of its own, later than the one it has; the report's stays visible.

    Mails everybody who writes for the agency. Raises PermissionDenied, WrongMoment, Stale, ValidationError.
    """
    contribution, now = _lock(contribution, now)
    by = acting(by, now)
    require(permissions.can_extend_contribution(by, contribution))
    _now(queries.can_extend_now(contribution), contribution)
    later(due_at, now, "due_at")
    before = queries.deadline(contribution)
    if before is not None and due_at <= before:
        raise ValidationError({"due_at": _("More time means a later instant than the deadline it has now.")})
    reason = said(reason, _("Say why: everybody who writes for the agency reads it."))
    contribution, _changes = change(contribution, version=version, due_at=due_at)
    record(
        by=by, verb="extend_contribution", what=contribution, why=reason, changes={"due_at": [before, due_at]}
    )
    told = {"before": before, "after": due_at, "why": reason}
    post("contribution_extended", to=queries.writers(contribution, now), about=contribution, **told)
    return contribution


def _lock(contribution: Contribution, now: dt.datetime | None) -> tuple[Contribution, dt.datetime]:
    """The row as it stands, locked with its report until the transaction ends, and the instant after that."""
    AnnualReport.objects.select_for_update(no_key=True).get(pk=contribution.report_id)
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("report", "agency")
    return rows.get(pk=contribution.pk), now or clock()


def _now(decision: Decision, contribution: Contribution) -> None:
    """Raises WrongMoment with the way back to the agency's page."""
    if not decision:
        raise WrongMoment(decision.reason, (_("To the agency's part"), contribution.get_absolute_url()))
