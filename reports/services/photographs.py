"""Storing a picture that came with a form."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from reports import pictures
from reports.models import Photograph


def photograph(picture: UploadedFile | None, *, field: str = "picture") -> Photograph | None:
    """The stored photograph; None without one. A refusal is a ValidationError at the field of the picture."""
    if not picture:
        return None
    try:
        return pictures.store(picture)
    except ValidationError as error:
        raise ValidationError({field: error.error_list}) from error
