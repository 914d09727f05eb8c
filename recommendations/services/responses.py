"""Agencies answer recommendations, voluntarily and in their own words.

Drafts stay inside the agency: writing them leaves no event and no mail. A newer answer stands beside the
older one; nothing that was submitted is overwritten.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.access import Sentence, WrongMoment, require
from isecg.audit.services import record
from isecg.clock import clock
from isecg.mail.services import post
from isecg.versions import lock, store
from members.models import acting
from recommendations.models import ANSWERS, Answer, Aspect, Recommendation, Response
from recommendations.models.limits import COMMENT
from recommendations.permissions import responses as permissions
from recommendations.queries import audiences
from recommendations.queries.responses import STEPS, open_for_answers


@transaction.atomic
def respond(
    recommendation: Recommendation,
    *,
    by: Any,
    agency: Agency,
    answer: Answer,
    day: dt.date,
    now: dt.datetime | None = None,
    **fields: Any,
) -> Response:
    """A draft of the agency's answer; returns it. `answer` says which of the two facts it is about.

    `fields`: text, link, valid_until, public. Nobody is told, and no event is written. Raises
    PermissionDenied, WrongMoment for what is not in force, ValidationError.
    """
    now = now or clock()
    by = acting(by, now)
    response = Response(
        recommendation=recommendation,
        agency=agency,
        aspect=_aspect_of(answer),
        answer=answer,
        day=day,
        written_by=by,
        written_at=now,
        **fields,
    )
    require(permissions.can_respond(by, recommendation))
    require(permissions.can_edit_response(by, response))
    if not (decision := open_for_answers(recommendation, now)):
        raise WrongMoment(decision.reason, _way_out(recommendation))
    _check_day(recommendation, day, now)
    _check_text(response.text)
    return store(response)


@transaction.atomic
def edit_response(
    response: Response, *, by: Any, version: int, now: dt.datetime | None = None, **fields: Any
) -> Response:
    """Change a draft: answer, text, link, day, valid_until, public. Nobody is told, no event is written.

    Raises PermissionDenied, Stale, WrongMoment for what was submitted, ValidationError.
    """
    now = now or clock()
    response = _take("edit_response", response, by=acting(by, now), version=version)
    if "day" in fields:
        _check_day(response.recommendation, fields["day"], now)
    if "answer" in fields:
        fields["aspect"] = _aspect_of(fields["answer"])
    return _save(response, **fields)


@transaction.atomic
def remove_response(response: Response, *, by: Any, version: int, now: dt.datetime | None = None) -> None:
    """Throw a draft away; nobody is told. Raises PermissionDenied, Stale, WrongMoment."""
    _take("remove_response", response, by=acting(by, now or clock()), version=version).delete()


@transaction.atomic
def submit_response(response: Response, *, by: Any, version: int, now: dt.datetime | None = None) -> Response:
    """The head of delegation or an alternate makes a draft the agency's answer; tells the secretariat.

    Raises PermissionDenied, Stale (what was read is not what would be submitted), WrongMoment.
    """
    now = now or clock()
    by = acting(by, now)
    response = _take("submit_response", response, by=by, version=version)
    response = _save(response, submitted_at=now, submitted_by=by, return_reason="")
    record(by=by, verb="submit_response", what=response, on_behalf_of=str(response.agency))
    recommendation = response.recommendation
    post("response_submitted", to=audiences.secretariat(recommendation, now), about=response, now=now)
    return response


@transaction.atomic
def return_response(
    response: Response, *, by: Any, version: int, reason: str, now: dt.datetime | None = None
) -> Response:
    """The secretariat gives an answer back, with the reason; it is a draft again. Tells who speaks for the
    agency. Raises PermissionDenied, Stale, WrongMoment, ValidationError without a reason."""
    now = now or clock()
    by = acting(by, now)
    response = _take("return_response", response, by=by, version=version)
    response = _save(response, submitted_at=None, submitted_by=None, return_reason=_said(reason))
    return _tell(response, "return_response", "response_returned", by=by, now=now, why=reason)


@transaction.atomic
def release_response(
    response: Response, *, by: Any, version: int, now: dt.datetime | None = None
) -> Response:
    """Everybody can read the answer from now on. Tells who speaks for the agency.

    Raises PermissionDenied, Stale, WrongMoment (not submitted, or not as public).
    """
    now = now or clock()
    by = acting(by, now)
    response = _take("release_response", response, by=by, version=version)
    response = _save(response, released_at=now)
    return _tell(response, "release_response", "response_released", by=by, now=now)


@transaction.atomic
def retract_response(
    response: Response, *, by: Any, version: int, reason: str, now: dt.datetime | None = None
) -> Response:
    """Nobody but the agency and the secretariat can read the answer any more. Tells who speaks for the
    agency why. Raises PermissionDenied, Stale, WrongMoment, ValidationError without a reason."""
    now = now or clock()
    by = acting(by, now)
    response = _take("retract_response", response, by=by, version=version)
    response = _save(response, retracted_at=now, retraction_reason=_said(reason))
    return _tell(response, "retract_response", "response_retracted", by=by, now=now, why=reason)


def _take(verb: str, response: Response, *, by: Any, version: int) -> Response:
    """The answer, locked, if this person may take the step now, and `version` is what they saw."""
    step = STEPS[verb]
    require(step.may(by, response))
    current = Response.objects.select_for_update().filter(pk=response.pk).first()
    if current is None:
        gone = _("The draft was thrown away meanwhile.")
        raise WrongMoment(gone, _way_out(response.recommendation))
    if verb == "edit_response":
        lock(current, version)  # first: what was typed is shown beside what stands, even if that is submitted
    if not (decision := step.moment(current)):
        raise WrongMoment(decision.reason, _way_out(current.recommendation))
    return lock(current, version)


def _save(response: Response, **fields: Any) -> Response:
    _check_text(fields.get("text", ""))
    for name, value in fields.items():
        setattr(response, name, value)
    response.version += 1
    return store(response, update_fields=[*fields, "version"])


def _tell(response: Response, verb: str, mail: str, *, by: Any, now: dt.datetime, why: str = "") -> Response:
    record(by=by, verb=verb, what=response, why=why)
    told = audiences.speakers(response.recommendation, now, agencies=[response.agency])
    post(mail, to=told, about=response, why=why, now=now)
    return response


def _said(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    return reason


def _aspect_of(answer: str) -> Aspect:
    """The fact an answer belongs to. Raises ValidationError for what is no answer."""
    for aspect, answers in ANSWERS.items():
        if answer in answers:
            return aspect
    raise ValidationError({"answer": _("Choose one of the answers.")})


def _check_day(recommendation: Recommendation, day: dt.date, now: dt.datetime) -> None:
    """Stated since it was issued, and not in the future (in the time zone that is ahead of all others)."""
    if day > (now + dt.timedelta(hours=14)).date():
        raise ValidationError({"day": _("The day it is stated on cannot lie in the future.")})
    if recommendation.issued_at and day < recommendation.issued_at.date():
        raise ValidationError({"day": _("The recommendation was issued later than that.")})


def _check_text(text: str) -> None:
    """The database itself would take more."""
    if len(text) > COMMENT:
        raise ValidationError({"text": _("This is too long.")})


def _way_out(recommendation: Recommendation) -> tuple[Sentence, str]:
    return (_("To the responses"), reverse("recommendations:responses", args=[recommendation.number]))
