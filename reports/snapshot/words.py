"""How texts and days stand in a snapshot."""

import datetime as dt

from isecg.canonical import Content
from isecg.dated import Precision


def text(words: str) -> str:
    """Line ends of browsers differ; what people see does not."""
    return words.replace("\r\n", "\n").replace("\r", "\n").strip()


def day(known: dt.date, precision: str) -> Content:
    """A day, and how exactly it is known."""
    return {"day": known.isoformat(), "precision": Precision(precision).value}


def date(known: dt.date | None) -> str | None:
    """An exact day; None where there is none."""
    return known.isoformat() if known else None
