"""Fields that several forms of reports share."""

from typing import Any

from django import forms

from reports.pictures import opened

PICTURES = "image/jpeg,image/png,image/webp"


class PictureField(forms.FileField):
    """A picture. One that cannot be used is told with the form's other mistakes, not after them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.FileInput(attrs={"accept": PICTURES}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file:
            opened(file)
        return file


def lines(rows: int) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea(attrs={"rows": rows})
