"""Sections of a report: added, written, taken out, and found right."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from isecg.access import WrongMoment, require, standing
from isecg.audit.services import record
from isecg.versions import change, lock, store
from reports.emails import tell_owner
from reports.figures import FIGURES, unknown
from reports.models import AnnualReport, Review, Section
from reports.permissions import sections as permissions
from reports.queries.sections import WRITING, lines, text_digest

RESERVED = ("add",)  # an address of its own


@transaction.atomic
def add_section(report: AnnualReport, *, by: Any, **fields: Any) -> Section:
    """A new section of the report; its owner is told. Raises PermissionDenied, and ValidationError (address
    taken, a figure that does not exist)."""
    require(permissions.can_add_section(by, report))
    _refuse(**fields)
    section = store(Section(report=report, **fields))
    record(by=by, verb="add_section", what=section)
    tell_owner(section, by=by)
    return section


@transaction.atomic
def edit_section(section: Section, *, by: Any, version: int, **fields: Any) -> Section:
    """Change a section; a review of its former words counts no more. Who becomes its owner is told.

    Owners write title and text while the report is put together, the secretariat everything at any time.
    Raises PermissionDenied, WrongMoment, Stale, and ValidationError (address taken, a figure that does not
    exist).
    """
    require(permissions.can_edit_section(by, section))
    _refuse_late(section, by)
    if not standing(by).secretariat:
        fields = {name: value for name, value in fields.items() if name in ("title", "text")}
    _refuse(**fields)
    section, changes = change(section, version=version, **fields)
    if changes:
        record(by=by, verb="edit_section", what=section, changes=changes)
    if "owner" in changes:
        tell_owner(section, by=by)
    return section


@transaction.atomic
def remove_section(section: Section, *, by: Any, version: int, why: str) -> None:
    """Take a section out; its reviews, its history and editions that have it stay. Raises PermissionDenied,
    Stale."""
    require(permissions.can_remove_section(by, section))
    section = lock(section, version)
    record(by=by, verb="remove_section", what=section, why=why, changes={"text": [section.text, ""]})
    section.removed_at = timezone.now()
    section.version += 1
    section.save(update_fields=["removed_at", "version"])


@transaction.atomic
def review_section(section: Section, *, by: Any, seen: str, now: dt.datetime | None = None) -> Review:
    """Say that the section is right: these words, with these figures. `seen` is `Line.seen` of what was read.

    Raises PermissionDenied, and WrongMoment when nothing is written, or the words or a figure are no longer
    what was read.
    """
    require(permissions.can_review_section(by, section))
    section = Section.objects.select_for_update().get(pk=section.pk)
    line = lines(section.report, Section.objects.filter(pk=section.pk))[0]
    if not line.written:
        raise WrongMoment(_("There is nothing to review: the section has no text."), _way_out(section))
    if line.seen != seen:
        words = _("The text or a figure in it was changed while you read. Read it as it is now.")
        raise WrongMoment(words, _way_out(section))
    review = Review.objects.create(
        section=section,
        at=now or timezone.now(),
        by=by,
        sha256=text_digest(section),
        figures={each.figure.name: each.value for each in line.quoted},
    )
    record(by=by, verb="review_section", what=section)
    return review


def _way_out(section: Section) -> tuple[str, str]:
    return _("To the section"), section.get_absolute_url()


def _refuse_late(section: Section, by: Any) -> None:
    """While agencies confirm and the chair approves, owners ask the secretariat."""
    if section.report.state not in WRITING and not standing(by).secretariat:
        words = _("The report is no longer being written; tell the secretariat what is to be changed.")
        raise WrongMoment(words, _way_out(section))


def _refuse(text: str = "", slug: str = "", **_other: Any) -> None:
    """Raises ValidationError for a figure that does not exist, and for an address that is another page's."""
    if slug in RESERVED:
        raise ValidationError({"slug": _("This address is another page's; choose another.")})
    if names := unknown(text):
        words = _("There is no figure called %(names)s. Known are: %(known)s.")
        quoted = ", ".join(f"[[{name}]]" for name in names)
        raise ValidationError({"text": words % {"names": quoted, "known": ", ".join(sorted(FIGURES))}})
