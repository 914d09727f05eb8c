"""What can go wrong while a PDF is made, each with the sentence staff read."""

from django.utils.translation import gettext_noop as _

from isecg.pdf.sentences import said


class CannotRender(Exception):
    """The PDF cannot be made; `sentence` says why, to each reader in their language."""

    def __init__(self, msgid: str, **holes: str | int) -> None:
        self.sentence = said(msgid, **holes)
        super().__init__(msgid % holes)


def forbidden(url: str) -> CannotRender:
    return CannotRender(
        _("The text asks for a file from outside the portal (%(url)s); that is never fetched."), url=url[:80]
    )


def unknown_letters(letters: set[str]) -> CannotRender:
    """`letters`: those that none of the fonts has."""
    named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in sorted(letters)[:5])
    return CannotRender(
        _("None of the fonts has these letters of the text: %(letters)s. Please write them in another way."),
        letters=named,
    )
