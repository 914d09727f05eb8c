"""What can go wrong while a PDF is made, each with the sentence staff read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CannotRender(Exception):
    """The PDF cannot be made; `sentence` says why."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        self.sentence = str(sentence)


def forbidden(url: str) -> CannotRender:
    return CannotRender(
        _("The text asks for a file from outside the portal ({url}); that is never fetched.").format(
            url=url[:80]
        )
    )
