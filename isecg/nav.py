"""The main navigation: what stands in it for whom."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from isecg.access import standing


@dataclass(frozen=True)
class Entry:
    """A link of the navigation; `current` when the page shown lies below it."""

    words: str | Promise
    address: str
    current: bool = False


PUBLIC = [
    (_("Members"), "agencies:list"),
    (_("Chair"), "agencies:chair"),
    (_("Work plan"), "reports:work_plan"),
    (_("Annual reports"), "reports:list"),
    (_("Documents"), "reports:documents"),
]
SECRETARIAT = [(_("People"), "members:list")]


def main(request: HttpRequest) -> list[Entry]:
    """The entries for this reader, the one he is in marked."""
    entries = PUBLIC + (SECRETARIAT if standing(request.user).secretariat else [])
    return [_entry(request, words, name) for words, name in entries]


def _entry(request: HttpRequest, words: str | Promise, name: str) -> Entry:
    address = reverse(name)
    return Entry(words, address, request.path.startswith(address))
