"""Mails about the reports that several services send."""

from typing import Any

from isecg.mail.services import post
from reports.models import Section


def tell_owner(section: Section, *, by: Any) -> None:
    """Mail whom the section was given to, unless they gave it to themselves."""
    if section.owner and section.owner.is_active and section.owner != by:
        post("section_given", to=[section.owner], about=section)
