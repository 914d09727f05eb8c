"""The main navigation, and the desk's ways on: what stands in them for whom."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from isecg.access import standing

Place = tuple[str | Promise, str]


@dataclass(frozen=True)
class Entry:
    """A link of the navigation; `current` when the page shown lies below it."""

    words: str | Promise
    address: str
    current: bool = False


PUBLIC: list[Place] = [
    (_("Members"), "agencies:list"),
    (_("Chair"), "agencies:chair"),
    (_("Recommendations"), "recommendations:list"),
    (_("Activities"), "agencies:activities"),
    (_("Work plan"), "reports:work_plan"),
    (_("Annual reports"), "reports:list"),
    (_("Meetings"), "reports:meetings"),
    (_("Documents"), "reports:documents"),
]
SECRETARIAT: list[Place] = [(_("People"), "members:list")]
DESK_OF_SECRETARIAT: list[Place] = [
    (_("Recommendations: draft, consult, issue"), "recommendations:list"),
    (_("Annual reports: draft, render, publish"), "reports:list"),
    (_("Work plan and progress"), "reports:work_plan"),
    (_("Goals: what was promised, what became of it"), "reports:goals"),
    (_("Missions and programmes"), "agencies:activities"),
    (_("Meetings"), "reports:meetings"),
    (_("Members and their names"), "agencies:list"),
    (_("Chair: terms and handover"), "agencies:chair"),
    (_("People, roles, invitations"), "members:list"),
    (_("Mails: queued, handed over, refused"), "mail:list"),
    (_("Log of everything that was done"), "audit:list"),
    (_("Components of the pages"), "design"),
]
DESK_OF_OTHERS: list[Place] = [
    (_("Recommendations"), "recommendations:list"),
    (_("Responses of the agencies"), "recommendations:matrix"),
    (_("Annual reports"), "reports:list"),
    (_("Work plan"), "reports:work_plan"),
    (_("Goals kept"), "reports:goals"),
    (_("Missions and programmes"), "agencies:activities"),
    (_("Meetings"), "reports:meetings"),
    (_("Who holds which role"), "members:list"),
    (_("Documents"), "reports:documents"),
]


def main(request: HttpRequest) -> list[Entry]:
    """The entries for this reader, the one he is in marked."""
    entries = PUBLIC + (SECRETARIAT if standing(request.user).secretariat else [])
    return [_entry(request, words, name) for words, name in entries]


def desk_links(request: HttpRequest) -> list[Entry]:
    """Where this reader mostly works."""
    places = DESK_OF_SECRETARIAT if standing(request.user).secretariat else DESK_OF_OTHERS
    return [_entry(request, words, name) for words, name in places]


def _entry(request: HttpRequest, words: str | Promise, name: str) -> Entry:
    address = reverse(name)
    return Entry(words, address, request.path.startswith(address))
