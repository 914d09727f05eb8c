"""What the chapters that list something share."""

from isecg.canonical import Content

FEW = 12
SHORT = 4000  # letters of what is told of all of them


def few(rows: list[Content]) -> bool:
    """Whether a list is so short that it begins on the page of the chapter before."""
    return len(rows) <= FEW and sum(len(row["about"]) for row in rows) < SHORT
