"""Fields that several forms of reports share."""

from django import forms

PICTURES = "image/jpeg,image/png,image/webp"


def lines(rows: int) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea(attrs={"rows": rows})
