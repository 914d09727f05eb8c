"""Reading the files of the stories."""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from isecg.deadlines import end_of

FOLDER = Path(__file__).parent.parent / "demonstration" / "recommendations"
COMPOSED = (
    "This is a demonstration: the text, comments, positions and answers shown here are composed for it. "
    "No agency said them, and ISECG did not issue them."
)
DAY = re.compile(r"day ([+-]\d+)|(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True)
class Step:
    """What somebody did at an instant; `asked` is what else its line says."""

    verb: str
    now: dt.datetime
    today: dt.date
    asked: Mapping[str, Any]

    def get(self, name: str, otherwise: Any = "") -> Any:
        return self.asked.get(name, otherwise)

    def picked(self, *names: str) -> dict[str, Any]:
        """Those of the fields that the line gives."""
        return {name: self.asked[name] for name in names if name in self.asked}

    @property
    def until(self) -> dt.datetime:
        """The end of the day that the line names, anywhere on earth."""
        return end_of(_day(self.asked["until"], self.today))


@dataclass(frozen=True)
class Story:
    """One recommendation and what happened to it, in order."""

    name: str
    fields: Mapping[str, Any]
    steps: tuple[Step, ...]

    @property
    def title(self) -> str:
        return str(self.fields["title"])


def stories(today: dt.date) -> list[Story]:
    """All stories, in the order in which they begin: their numbers are given in that order."""
    found = [_story(path, today) for path in FOLDER.glob("*.toml")]
    return sorted(found, key=lambda story: (story.steps[0].now, story.name))


def _story(path: Path, today: dt.date) -> Story:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    fields = {name: value.strip() for name, value in content["recommendation"].items()}
    fields["background"] = f"{fields['background']}\n\n{COMPOSED}"
    return Story(path.stem, fields, tuple(_steps(content["step"], today)))


def _steps(rows: list[dict[str, Any]], today: dt.date) -> Iterator[Step]:
    """In the order of their instants, not of the file, which tells one agency after the other."""
    steps = [Step(row["do"], _instant(row["at"], today), today, row) for row in rows]
    yield from sorted(steps, key=lambda step: step.now)


def _instant(words: str, today: dt.date) -> dt.datetime:
    clock = dt.time.fromisoformat(words[-5:])
    return dt.datetime.combine(_day(words, today), clock, dt.UTC)


def _day(words: str, today: dt.date) -> dt.date:
    found = DAY.match(words)
    if found is None:
        raise ValueError(f"not a day: {words}")
    return today + dt.timedelta(int(found[1])) if found[1] else dt.date.fromisoformat(found[2])
