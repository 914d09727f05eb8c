"""Whatever changes a record asks for permission itself, whichever page, command or import calls it."""

import datetime as dt
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from typing import Any, get_origin, get_type_hints

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

import agencies.services
import members.services
import recommendations.services
import reports.services
from agencies.models import Activity, Agency, AgencyName, ChairTerm, Membership, Waiver
from isecg.audit.models import Event
from members.models import Invitation, Mandate, Member
from recommendations.models import (
    Answer,
    Comment,
    Consultation,
    Disposition,
    Recommendation,
    Response,
    Revision,
    Upload,
)
from reports.models import (
    AnnualReport,
    Contribution,
    Document,
    Edition,
    Goal,
    Highlight,
    Meeting,
    ProgressEntry,
    Section,
    WorkItem,
)

PACKAGES = [agencies.services, members.services, recommendations.services, reports.services]
# Whoever is invited accepts by the token alone; what somebody has read is remembered for nobody else; the
# other one only answers a question.
OPEN = {"accept", "read", "is_meant_for"}
RECORDS: dict[type, Callable[[Any], Any]] = {
    Agency: lambda world: world.agency,
    AgencyName: lambda world: world.name,
    Membership: lambda world: world.membership,
    ChairTerm: lambda world: world.term,
    Waiver: lambda world: world.waiver,
    Activity: lambda world: world.activity,
    Member: lambda world: world.people["delegate_a"],
    Mandate: lambda world: world.mandate,
    Invitation: lambda world: Invitation.objects.get(pk=world.invitation.pk),
    AnnualReport: lambda world: world.draft,
    Edition: lambda world: world.published.edition,
    Contribution: lambda world: world.reports.part,
    Highlight: lambda world: world.highlight,
    Section: lambda world: world.reports.section,
    Meeting: lambda world: world.reports.meeting,
    WorkItem: lambda world: world.item,
    ProgressEntry: lambda world: world.entry,
    Goal: lambda world: world.goal,
    Document: lambda world: world.document,
    Recommendation: lambda world: world.recommendations.asked,
    Revision: lambda world: world.recommendations.asked.revisions.get(),
    Consultation: lambda world: world.recommendations.note.consultation,
    Comment: lambda world: world.recommendations.comment,
    Disposition: lambda world: world.recommendations.disposition,
    Response: lambda world: world.recommendations.told,
    Upload: lambda world: world.recommendations.upload,
}
VALUES: dict[type, Any] = {
    int: 1,
    str: "delegate",
    bytes: b"",
    bool: True,
    Answer: Answer.PLANNED,
    dt.date: dt.date(2025, 1, 1),
    dt.datetime: timezone.now(),
}


def parameters(service: Callable[..., Any]) -> list[inspect.Parameter]:
    return list(inspect.signature(service).parameters.values())


def services() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of the services that somebody calls as somebody."""
    for package in PACKAGES:
        for found in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            module = importlib.import_module(found.name)
            for name, function in inspect.getmembers(module, inspect.isroutine):
                ours = getattr(function, "__module__", "") == found.name and not name.startswith("_")
                if ours and "by" in {each.name for each in parameters(function)}:
                    yield f"{found.name}.{name}", function


SERVICES = dict(services())


def test_every_service_is_refused_to_who_may_not(world: Any) -> None:
    before = Event.objects.count()
    wrong = {name: answer for name in SERVICES if (answer := outcome(name, world)) != "refused"}
    assert {name.rpartition(".")[2] for name in wrong} == OPEN
    assert Event.objects.count() == before
    assert len(SERVICES) > 80


def outcome(name: str, world: Any) -> str:
    """ "refused", if it was with a sentence; whatever else came of it is undone."""
    named = filled(SERVICES[name], world)
    placed = [
        named.pop(each.name) for each in parameters(SERVICES[name]) if each.kind is each.POSITIONAL_ONLY
    ]
    try:
        with transaction.atomic():
            SERVICES[name](*placed, **named)
            transaction.set_rollback(True)
    except PermissionDenied as refusal:
        return "refused" if str(refusal.args[0]).endswith(".") else f"without a sentence: {refusal}"
    except Exception as error:
        return repr(error)
    return "done"


def filled(service: Callable[..., Any], world: Any) -> dict[str, Any]:
    """Arguments of the right kind, by a person without any right."""
    hints = get_type_hints(inspect.unwrap(service))
    given = {
        each.name: _value(hints.get(each.name), world)
        for each in parameters(service)
        if each.default is each.empty and each.kind is not each.VAR_KEYWORD
    }
    return {**given, "by": Member.objects.get(pk=world.people["former"].pk)}


def _value(kind: Any, world: Any) -> Any:
    kinds = [each for each in (kind, *getattr(kind, "__args__", ())) if isinstance(each, type)]
    records = [RECORDS[each](world) for each in kinds if each in RECORDS]
    if get_origin(kind) is Iterable:
        return records
    return next(iter([*records, *(VALUES[each] for each in kinds if each in VALUES)]), None)
