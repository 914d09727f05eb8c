"""Writing the working text: previewed, saved, refused with a sentence; two editors lose nothing."""

import datetime as dt
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.versions import Stale
from members.models import Member
from recommendations.models import Consultation, Recommendation, SilenceProcedure
from recommendations.services.texts import write
from tests.recommendations import world

Open = Callable[[Member | None], Client]


def address(recommendation: Recommendation, page: str = "write") -> str:
    return reverse(f"recommendations:{page}", args=[recommendation.number])


def words(response: Any) -> str:
    return " ".join(unescape(response.content.decode()).split())


def written(recommendation: Recommendation) -> str:
    return world.again(recommendation).text


def test_write_saves_and_says_who_reads_it(draft: Recommendation, editor: Member, sign_in: Open) -> None:
    browser = sign_in(editor)
    response = browser.post(
        address(draft), {"version": draft.version, "text": "1. One.\r\n2. Two.\r\n"}, follow=True
    )
    assert written(draft) == "1. One.\n2. Two."
    assert "Readers see it when you make a revision of it." in words(response)
    assert Event.objects.about(draft).first().verb == "write"  # type: ignore[union-attr]


def test_write_leaves_revisions_as_they_are(revised: Recommendation, editor: Member) -> None:
    before = revised.revisions.get().text
    write(revised, by=editor, version=revised.version, text="1. Other.", now=world.START)
    assert revised.revisions.get().text == before


def test_write_without_a_change_leaves_no_event(draft: Recommendation, editor: Member) -> None:
    count = Event.objects.count()
    write(draft, by=editor, version=draft.version, text=draft.text, now=world.START)
    assert Event.objects.count() == count


def test_write_is_refused_to_a_head_of_delegation_who_reads_it(
    consultation: Consultation, head_a: Member, sign_in: Open
) -> None:
    recommendation = consultation.recommendation
    with pytest.raises(PermissionDenied, match="Only the secretariat writes"):
        write(recommendation, by=head_a, version=recommendation.version, text="x", now=world.START)


def test_write_is_possible_while_agencies_comment(consultation: Consultation, editor: Member) -> None:
    recommendation = consultation.recommendation
    write(recommendation, by=editor, version=recommendation.version, text="1. Next.", now=world.START)
    assert written(recommendation) == "1. Next."


def test_write_is_refused_under_silence(silence: SilenceProcedure, editor: Member) -> None:
    recommendation = world.again(silence.recommendation)
    with pytest.raises(WrongMoment, match="no longer being written"):
        write(recommendation, by=editor, version=recommendation.version, text="x", now=world.START)


def test_the_page_says_that_the_text_is_no_longer_written(
    silence: SilenceProcedure, editor: Member, sign_in: Open
) -> None:
    response = sign_in(editor).get(address(silence.recommendation))
    assert response.status_code == 409
    assert "The text is no longer being written." in words(response)


def test_nobody_else_finds_the_page(draft: Recommendation, delegate_a: Member, sign_in: Open) -> None:
    assert sign_in(delegate_a).get(address(draft)).status_code == 404


def test_an_empty_text_begins_with_the_title(editor: Member, sign_in: Open) -> None:
    draft = world.drafted(editor, text="", title="Seals & latches")
    assert "# Seals & latches" in words(sign_in(editor).get(address(draft)))


# The preview


def test_preview_shows_what_becomes_of_each_paragraph_and_saves_nothing(
    revised: Recommendation, editor: Member, sign_in: Open
) -> None:
    text = revised.text.replace("share a list", "share one list").replace("Noting that times", "Noting times")
    response = sign_in(editor).post(
        address(revised), {"version": revised.version, "text": text, "preview": "1"}
    )
    shown = words(response)
    assert response.status_code == 200
    assert "<strong>2</strong> changed" in shown
    assert "inserted: </span>one" in shown
    assert '<code class="paragraph__key" title="Permanent key">p3</code>' in shown
    assert "share one list" in shown[shown.index("<textarea") : shown.index("</textarea>")]
    assert written(revised) == revised.text


def test_preview_for_htmx_is_the_part_alone(revised: Recommendation, editor: Member, sign_in: Open) -> None:
    response = sign_in(editor).post(
        address(revised),
        {"version": revised.version, "text": "1. New.", "preview": "1"},
        headers={"hx-request": "true"},
    )
    assert words(response).startswith('<section class="writing__preview stack" id="preview"')


def test_preview_of_a_first_text_marks_nothing_as_new(
    draft: Recommendation, editor: Member, sign_in: Open
) -> None:
    shown = words(sign_in(editor).get(address(draft)))
    assert "there is no revision yet" in shown
    assert "<ins>" not in shown


def test_preview_says_what_cannot_be_read(draft: Recommendation, editor: Member, sign_in: Open) -> None:
    response = sign_in(editor).post(
        address(draft), {"version": draft.version, "text": "1. " + "x" * 20_001, "preview": "1"}
    )
    assert "Paragraph 1 (“xxxx" in words(response)


# Two editors


def test_two_editors_see_theirs_and_yours(draft: Recommendation, editor: Member, sign_in: Open) -> None:
    opened = draft.version
    theirs = draft.text.replace("name the scale", "state the scale")
    write(draft, by=editor, version=opened, text=theirs, now=world.START)
    mine = draft.text.replace("share a list", "publish a list")
    response = sign_in(editor).post(address(draft), {"version": opened, "text": mine})
    shown = words(response)
    assert response.status_code == 409
    assert written(draft) == theirs
    assert "publish a list" in shown[shown.index("<textarea") : shown.index("</textarea>")]
    assert "state the scale" in shown[shown.index("<pre") : shown.index("</pre>")]
    redline = shown[shown.index("What yours would change") : shown.index("<textarea")]
    assert "deleted: </span>share" in redline
    assert "inserted: </span>publish" in redline
    assert "inserted: </span>name" in redline


def test_after_a_conflict_mine_can_be_saved_on_purpose(
    draft: Recommendation, editor: Member, sign_in: Open
) -> None:
    opened = draft.version
    write(draft, by=editor, version=opened, text="1. Theirs.", now=world.START)
    browser = sign_in(editor)
    shown = words(browser.post(address(draft), {"version": opened, "text": "1. Mine."}))
    assert f'name="version" value="{world.again(draft).version}"' in shown
    browser.post(address(draft), {"version": world.again(draft).version, "text": "1. Joined."})
    assert written(draft) == "1. Joined."


def test_the_second_of_two_writers_is_stale(draft: Recommendation, editor: Member) -> None:
    write(draft, by=editor, version=draft.version, text="1. One.", now=world.START)
    with pytest.raises(Stale):
        write(draft, by=editor, version=draft.version, text="1. Two.", now=world.START)


# Bad input

LONG = "# T\n\nShort.\n\n1. fine\n2. " + "long " * 20_000


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (LONG, "Paragraph 2 (“long long long"),
        ("words\n" * 60_000, "The text has 359999 characters"),
        ("x\n\n" * 1_001, "The text has 1001 paragraphs"),
        ("\n".join("   " * depth + "- x" for depth in range(8)), "Line 7 stands inside too many lists"),
        (">" * 400 + " x", "stands inside too many lists or quotations"),
    ],
    ids=["paragraph", "text", "paragraphs", "lists", "quotations"],
)
def test_what_is_too_much_is_refused_with_a_sentence_and_kept_in_the_form(
    draft: Recommendation, editor: Member, sign_in: Open, text: str, sentence: str
) -> None:
    response = sign_in(editor).post(address(draft), {"version": draft.version, "text": text})
    assert response.status_code == 422
    assert sentence in words(response)
    kept = unescape(response.content.decode())
    kept = kept[kept.index("<textarea") : kept.index("</textarea>")]
    assert text.split()[-1] in kept
    assert len(kept) >= len(text)
    assert written(draft) == draft.text


def test_the_refusal_gives_both_lengths() -> None:
    from recommendations.services.texts import readable

    with pytest.raises(ValidationError) as refused:
        readable("1. " + "y" * 100_000)
    assert refused.value.messages == [
        f"Paragraph 1 (“{'y' * 40}…”) has 100000 characters; at most 20000 may be."
    ]


def test_a_title_that_is_too_long_is_named(draft: Recommendation, editor: Member) -> None:
    with pytest.raises(ValidationError, match="Title \\(“ttt"):
        write(draft, by=editor, version=draft.version, text="# " + "t" * 20_001, now=world.START)


def test_what_cannot_be_seen_is_left_out(draft: Recommendation, editor: Member) -> None:
    odd = "1. A\u202eB\u2066C \ud800D\x07E\r\n2. Gro\u0308ße."
    write(draft, by=editor, version=draft.version, text=odd, now=world.START)
    assert written(draft) == "1. ABC DE\n2. Größe."


def test_nul_is_refused_in_the_form(draft: Recommendation, editor: Member, sign_in: Open) -> None:
    response = sign_in(editor).post(address(draft), {"version": draft.version, "text": "1. A\x00B"})
    assert response.status_code == 422
    assert "Null characters are not allowed." in words(response)


def test_scripts_and_file_links_are_words_in_every_view_of_the_text(
    draft: Recommendation, editor: Member, sign_in: Open
) -> None:
    hostile = (
        "1. <script>alert(1)</script> [x](javascript:alert(1)) [y](file:///etc/passwd) ![z](http://a.b/c)"
    )
    world.rewritten(draft, editor, hostile, now=world.START)
    world.rewritten(draft, editor, hostile + " more", now=world.START)
    browser = sign_in(editor)
    pages = [
        browser.get(address(draft)),
        browser.get(address(draft, "redline")),
        browser.get(reverse("recommendations:revision", args=[draft.number, 2])),
        browser.get(reverse("recommendations:concordance", args=[draft.number, 2])),
    ]
    for page in pages:
        html = page.content.decode()
        assert "<script>alert" not in html
        assert 'href="javascript' not in html
        assert 'href="file' not in html
        assert "http://a.b/c" not in html.replace("(http://a.b/c)", "")


@pytest.mark.parametrize("version", ["", "x", "9" * 40, "-1", "1.5"])
def test_an_odd_version_is_refused(
    draft: Recommendation, editor: Member, sign_in: Open, version: str
) -> None:
    response = sign_in(editor).post(address(draft), {"version": version, "text": "1. Lost?"})
    assert response.status_code in (409, 422)
    assert "1. Lost?" in words(response)
    assert written(draft) == draft.text


def test_a_story_can_be_written_in_the_past(draft: Recommendation, editor: Member) -> None:
    write(draft, by=editor, version=draft.version, text="1. Then.", now=world.START - dt.timedelta(days=30))
    assert written(draft) == "1. Then."
