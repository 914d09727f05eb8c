"""What can go wrong with a report's own parts, with the sentence staff read."""

from django.utils.translation import gettext_noop as _

from isecg.pdf.errors import CannotRender


def missing_photograph(name: str) -> CannotRender:
    return CannotRender(
        _("The file of a photograph is missing or has changed (%(name)s); please upload it again."),
        name=name[:12],
    )
