"""The one exception of this package."""


class StackError(Exception):
    """Something the person at the terminal can act on: its text is one sentence, shown without traceback."""
