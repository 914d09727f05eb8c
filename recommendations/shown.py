"""The words of a comment as a reader may see them: the one place where redaction is decided.

Pages, exports, mails, searches and counts take a comment's words from here and nowhere else.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from isecg.access import standing
from recommendations.models import Comment


@dataclass(frozen=True)
class Shown:
    """The words of one comment for one reader. `redacted` is the reason why they are hidden; else empty."""

    quote: str = ""
    text: str = ""
    from_text: str = ""
    to_text: str = ""
    reason: str = ""
    redacted: str = ""
    hidden: bool = False

    @property
    def says(self) -> str:
        """The comment in one line: its text, else the wording it proposes, else that it was redacted."""
        return self.text or self.to_text or self.from_text


def shown(comment: Comment, reader: Any) -> Shown:
    """What `reader` sees of the comment's words. A redacted comment keeps them for who writes for its own
    agency, marked; everybody else, the secretariat too, reads "redacted" and the reason."""
    if comment.redacted_at is None:
        return _words(comment)
    if comment.agency_id in standing(reader).writes_for:
        return replace(_words(comment), redacted=comment.redaction_reason)
    mark = _("redacted: %(reason)s") % {"reason": comment.redaction_reason}
    return Shown(text=mark, redacted=comment.redaction_reason, hidden=True)


def _words(comment: Comment) -> Shown:
    words = ("quote", "text", "from_text", "to_text", "reason")
    return Shown(*(getattr(comment, name) for name in words))
