"""What every chapter's module needs: a chapter, the medium it is drawn for, and the words they share.

Modules of chapters know nothing of each other, so that each chapter can be laid out by itself.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from isecg.canonical import Content
from isecg.dated import say
from reports import charts


class Medium(StrEnum):
    """What a chapter is drawn for. Words and ids are the same; addresses and sizes of pictures are not."""

    PAPER = "paper"
    SCREEN = "screen"

    @property
    def palette(self) -> charts.Palette:
        return charts.SCREEN if self is Medium.SCREEN else charts.PRINT

    @property
    def small(self) -> bool:
        """Whether it may be as small as a phone, where charts are drawn for that as well."""
        return self is Medium.SCREEN


@dataclass
class Chapter:
    """A part of the report. The contents list has those with a title, and under each of them those behind it
    that have a `name` only.

    It begins a page, unless it `follows`: then it stands on the page of the one before, if it fits there.
    `running` is the head of its pages, its title unless told otherwise; a `bare` chapter's pages have neither
    head nor number.
    """

    key: str
    template: str
    title: str = ""
    about: str = ""
    context: Content = field(default_factory=dict)
    follows: bool = False
    bare: bool = False
    running: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        self.running = self.running or self.title

    @property
    def path(self) -> str:
        return f"reports/chapters/{self.template}.html"


def said(day: Content | None) -> str:
    """A day of the snapshot in words, as exactly as it is known."""
    return say(dt.date.fromisoformat(day["day"]), day["precision"]) if day else ""


def date(day: str) -> str:
    """A day in words that is known exactly."""
    return say(dt.date.fromisoformat(day))


def period(content: Content) -> tuple[dt.date, dt.date]:
    """The period's first day and the first day behind it."""
    days = content["report"]["period"]
    start, last = (dt.date.fromisoformat(days[end]) for end in ("start", "last_day"))
    return start, last + dt.timedelta(days=1)


def agencies(content: Content) -> Content:
    """The report's agencies by their slug."""
    return {each["slug"]: each for each in content["agencies"]}
