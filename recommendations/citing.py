"""How an issued recommendation is cited: as it was issued, so that a citation never changes."""

import datetime as dt

from isecg.canonical import Content
from isecg.citation import AUTHOR, Work

SERIES = "ISECG Recommendation"
NON_BINDING = "Legally non-binding"
DEMONSTRATION = "Demonstration, not a recommendation of ISECG"


def work(content: Content, address: str) -> Work:
    """From the content that was issued (`Issue.content`); the words around it are in its own language."""
    notes = [NON_BINDING, *([DEMONSTRATION] if content["is_demonstration"] else [])]
    return Work(
        key=f"isecg-recommendation-{content['number']}",
        title=content["title"],
        author=AUTHOR,
        place="Noordwijk",
        publisher="ISECG Secretariat",
        day=dt.datetime.fromisoformat(content["issued_at"]).date(),
        edition="",
        address=address,
        number=content["number"],
        language=content["language"],
        note=". ".join(notes),
        series=SERIES,
    )
