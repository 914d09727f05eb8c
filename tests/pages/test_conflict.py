"""A lost update: both texts side by side, and two ways on."""

from typing import Any, ClassVar

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import Agency
from isecg.pages import _shown
from isecg.versions import change

ADDRESS = "/agencies/dlr/edit/"


@pytest.fixture
def answer(sign_in: Any, editor: Any, dlr: Agency) -> Any:
    """What an editor sees whose form was opened before somebody else saved."""
    change(dlr, version=1, about="Theirs, with <b>signs</b>.")
    typed = {"slug": "dlr", "country": "DE", "about": "Mine, kept.", "version": "1"}
    return sign_in(editor).post(ADDRESS, typed)


def test_stale_form_gets_both_texts(answer: Any) -> None:
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs, with &lt;b&gt;signs&lt;/b&gt;." in page
    assert "Mine, kept." in page


def test_stale_form_overwrites_nothing(answer: Any, dlr: Agency) -> None:
    dlr.refresh_from_db()
    assert dlr.about == "Theirs, with <b>signs</b>."


def test_stale_form_can_be_sent_again_on_purpose(answer: Any) -> None:
    page = answer.content.decode()
    assert '<input type="hidden" name="about" value="Mine, kept.">' in page
    assert '<input type="hidden" name="version" value="2">' in page
    assert "Take mine" in page


def test_stale_form_can_be_given_up(answer: Any) -> None:
    page = answer.content.decode()
    assert f'href="{ADDRESS}"' in page
    assert "Keep theirs" in page


def test_stale_form_shows_no_difference_in_a_box_that_nobody_ticked() -> None:
    class Boxed(forms.ModelForm):
        box = forms.BooleanField(required=False)

        class Meta:
            model = Agency
            fields: ClassVar = ["about"]

    for form in (Boxed(), Boxed({"about": "x"})):
        assert _shown(form, "box") == "no"
    assert _shown(Boxed({"box": "on"}), "box") == "yes"


def test_stale_form_says_that_a_chosen_file_is_not_kept(sign_in: Any, editor: Any, dlr: Agency) -> None:
    change(dlr, version=1, about="Theirs.")
    typed = {"slug": "dlr", "country": "DE", "about": "Mine.", "version": "1"}
    browser = sign_in(editor)
    assert "A file you chose is not kept" not in browser.post(ADDRESS, typed).text
    page = browser.post(ADDRESS, {**typed, "picture": SimpleUploadedFile("a.jpg", b"a")})
    assert "A file you chose is not kept" in page.text
