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


def unknown_letters(letters: set[str]) -> CannotRender:
    """`letters`: those that none of the fonts has."""
    named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in sorted(letters)[:5])
    return CannotRender(
        _(
            "None of the fonts has these letters of the text: {letters}. Please write them in another way."
        ).format(letters=named)
    )
