"""All that a copy of a report is made from. The same gives the same bytes."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from isecg.canonical import Content
from isecg.codes import short_code
from reports.models import AnnualReport, Edition, Rendering, Snapshot
from reports.snapshot.upgrade import upgrade


@dataclass(frozen=True)
class Variant:
    """The language of the report's own words and the paper: what copies of an edition differ in."""

    language: str
    paper: str


def variants(report: AnnualReport) -> list[Variant]:
    """Every copy an edition of the report comes in; the first is the main one."""
    return [Variant(language, paper) for language in report.languages for paper in report.papers]


@dataclass(frozen=True)
class Printed:
    """A copy before it is laid out: a snapshot's content, what finds it again, and the variant."""

    content: Content
    sha256: str
    taken_at: dt.datetime
    number: int
    code: str
    variant: Variant

    @classmethod
    def of(cls, made: Rendering | Edition, variant: Variant) -> Self:
        """The copy that a rendering makes, or has made, in a variant."""
        return cls.from_snapshot(made.snapshot, made.number, variant)

    @classmethod
    def from_snapshot(cls, snapshot: Snapshot, number: int, variant: Variant) -> Self:
        """The copy of a snapshot as the edition `number`; its code follows from both."""
        return cls(
            content=upgrade(snapshot.content),
            sha256=snapshot.sha256,
            taken_at=snapshot.taken_at,
            number=number,
            code=short_code(snapshot.content["report"]["year"], number, snapshot.sha256),
            variant=variant,
        )

    @property
    def year(self) -> int:
        return self.content["report"]["year"]

    @property
    def created(self) -> str:
        """The instant the records were read, which is the document's own date."""
        return self.taken_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
