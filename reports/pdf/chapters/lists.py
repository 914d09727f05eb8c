"""What the chapters that list something share."""

from isecg.canonical import Content

FEW = 4
SHORT = 1200  # letters of what is told of all of them


def few(rows: list[Content]) -> bool:
    """Whether a list is so short that it goes on the page of the chapter before, if it fits there."""
    return len(rows) <= FEW and sum(len(row["about"]) for row in rows) < SHORT
