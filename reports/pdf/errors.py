"""What can go wrong with a report's own parts, with the sentence staff read."""

from django.utils.translation import gettext_lazy as _

from isecg.pdf.errors import CannotRender


def missing_photograph(name: str) -> CannotRender:
    return CannotRender(
        _("The file of a photograph is missing or has changed ({name}); please upload it again.").format(
            name=name[:12]
        )
    )
