"""The gallery shows every component; only staff need it."""

from typing import Any

from isecg import ROOT, palette

FRAME = {"header.html", "footer.html", "messages.html", "htmx.html", "trajectory.html"}


def test_gallery_is_for_the_secretariat(sign_in: Any, editor: Any, head_a: Any) -> None:
    assert sign_in(head_a).get("/design/").status_code == 403
    assert "<h1>Components</h1>" in sign_in(editor).get("/design/").content.decode()


def test_gallery_shows_every_component(sign_in: Any, editor: Any) -> None:
    used = {each.name for each in sign_in(editor).get("/design/").templates if each.name}
    every = {f"components/{path.name}" for path in (ROOT / "templates" / "components").glob("*.html")}
    missing = every - used - {f"components/{name}" for name in FRAME}
    assert missing == {
        "components/post-button.html",
        "components/form-page.html",
        "components/held.html",
    }  # forms that change something


def test_gallery_prints_the_contrast_it_computes(sign_in: Any, editor: Any) -> None:
    page = sign_in(editor).get("/design/").content.decode()
    worst = min(palette.meetings("dark"), key=lambda each: each.contrast)
    assert f'<td class="number">{worst.contrast:.2f}</td>' in page


def test_gallery_form_shows_refusals_and_keeps_what_was_typed(sign_in: Any, editor: Any) -> None:
    page = sign_in(editor).get("/design/?sent-title=Kept").content.decode()
    assert 'value="Kept"' in page
    assert '<a href="#id_sent-day">' in page
