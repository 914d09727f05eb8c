"""What published reports say, read from their snapshots: what was edited since is not public yet."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from isecg.dated import say
from reports.models import Publication


@dataclass(frozen=True)
class Told:
    """A highlight as a published report has it; `address` leads to it there."""

    title: str
    acronym: str
    when: str
    year: int
    address: str


def highlights_of(activity: str) -> list[Told]:
    """Highlights of published reports that tell of the activity, the newest first. One query."""
    rows = Publication.objects.current().select_related("report", "edition__snapshot")
    found = [
        (said["on"]["day"], _told(row, said))
        for row in rows
        for said in row.edition.snapshot.content["highlights"]
        if activity in [each["slug"] for each in said.get("activities", [])]
    ]
    return [told for _day, told in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _told(row: Publication, said: dict[str, Any]) -> Told:
    acronyms = {each["slug"]: each["acronym"] for each in row.edition.snapshot.content["agencies"]}
    return Told(
        title=said["title"],
        acronym=acronyms.get(said["agency"], said["agency"]),
        when=say(dt.date.fromisoformat(said["on"]["day"]), said["on"]["precision"]),
        year=row.report.year,
        address=f"{row.report.get_absolute_url()}#{said['id']}",
    )
