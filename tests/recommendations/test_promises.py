"""The promise check: accepted comments against what changed, and what changed against what was asked."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from agencies.models import Agency
from isecg.audit.models import Event
from members.models import Member
from recommendations.lineage import Keyed, align, between, parse
from recommendations.models import Comment, Consultation, Explanation, Verdict
from recommendations.promises import Promise, Texts, What, unasked, unkept
from recommendations.queries.promises import check, unexplained
from recommendations.services.promises import explain
from recommendations.services.publishing import redact_comment
from tests.recommendations import world
from tests.recommendations.said import MARKER, NOW, decided, key_of, proposing

Browser = Callable[[Member | None], Client]
OLD = """# Docking

Recalling the interface.

1. Use one interface for all visiting vehicles.
2. Share results of tests within a year.
3. Meet each spring to compare what was learned.
"""


def texts(new: str) -> tuple[dict[str, str], Texts]:
    """Keys by the first word of the old paragraphs, and both texts."""
    old = parse(OLD)
    before = [Keyed(p.role, p.level, p.number, p.text, key=f"p{at}") for at, p in enumerate(old, 1)]
    parts = parse(new)
    keys = align(before, parts).keys
    pairs = zip(parts, keys, strict=True)
    after = [Keyed(p.role, p.level, p.number, p.text, key=key) for p, key in pairs]
    words = {part.text.split()[0]: part.key for part in before}
    return words, Texts(before, after, between(before, after))


def broken(new: str, paragraph: str, **promise: str) -> list[What]:
    keys, both = texts(new)
    found = unkept([Promise(1, keys.get(paragraph, ""), **promise)], both)
    return [each.what for each in found]


def asked(new: str, *promises: tuple[str, str]) -> list[str]:
    """First words of the paragraphs that changed unasked."""
    keys, both = texts(new)
    found = unasked([Promise(1, keys.get(word, ""), agreed) for word, agreed in promises], both)
    return [(both.reads(each.new) or both.was(each.old)).split()[0] for each in found]


def test_a_kept_promise_is_no_finding() -> None:
    assert broken(OLD.replace("a year", "six months"), "Share", agreed="six months", gone="a year") == []


def test_a_promise_on_a_paragraph_that_reads_as_before_is_unchanged() -> None:
    assert broken(OLD.replace("spring", "autumn"), "Share", agreed="six months") == [What.UNCHANGED]


def test_a_paragraph_that_only_moved_reads_as_before() -> None:
    moved = OLD.replace("2. Share results of tests within a year.\n", "").replace(
        "1. Use", "1. Share results of tests within a year.\n2. Use"
    )
    assert broken(moved, "Share", agreed="six months") == [What.UNCHANGED]


def test_a_promise_whose_words_do_not_stand_there_is_found() -> None:
    assert broken(OLD.replace("a year", "two years"), "Share", agreed="six months") == [What.NOT_THERE]


def test_agreed_words_that_stood_there_before_do_not_count() -> None:
    changed = OLD.replace("within a year", "within two years")
    assert broken(changed, "Share", agreed="results", gone="outcome") == [What.UNCHANGED]


def test_agreed_words_are_whole_words() -> None:
    assert broken(OLD.replace("a year", "mayhem"), "Share", agreed="may") == [What.NOT_THERE]


def test_a_promise_without_wording_is_kept_by_any_change() -> None:
    assert broken(OLD.replace("a year", "two years"), "Share") == []


def test_words_that_should_go_and_stay_are_found() -> None:
    changed = OLD.replace("Share results", "Publish results")
    assert broken(changed, "Share", gone="within a year") == [What.STILL_THERE]


def test_words_that_should_go_and_went_are_no_finding() -> None:
    assert broken(OLD.replace(" within a year", ""), "Share", gone="within a year") == []


def test_agreed_words_may_be_written_otherwise() -> None:
    changed = OLD.replace("within a year", "within **six\n   months**")
    assert broken(changed, "Share", agreed="within six months.") == []


def test_a_promise_on_the_whole_text_is_kept_anywhere() -> None:
    changed = OLD + "4. Tell the public about docking.\n"
    assert broken(changed, "", agreed="Tell the public about docking.") == []


def test_a_promise_on_the_whole_text_without_any_change_is_found() -> None:
    assert broken(OLD, "") == [What.UNCHANGED]


def test_a_promise_on_a_paragraph_that_went_is_found() -> None:
    gone = OLD.replace("2. Share results of tests within a year.\n", "")
    assert broken(gone, "Share", agreed="six months") == [What.NOT_THERE]


def test_a_change_that_a_comment_asked_for_is_no_finding() -> None:
    assert asked(OLD.replace("a year", "six months"), ("Share", "six months")) == []


def test_a_change_that_nobody_asked_for_is_found() -> None:
    assert asked(OLD.replace("a year", "six months"), ("Meet", "autumn")) == ["Share"]


def test_added_and_removed_paragraphs_that_nobody_asked_for_are_found() -> None:
    changed = OLD.replace("3. Meet each spring to compare what was learned.\n", "3. Publish a yearbook.\n")
    assert asked(changed) == ["Meet", "Publish"]


def test_an_added_paragraph_with_agreed_words_was_asked_for() -> None:
    added = OLD + "4. Publish a yearbook of dockings.\n"
    assert asked(added, ("Share", "Publish a yearbook of dockings.")) == []


def test_a_few_letters_do_not_explain_another_paragraph() -> None:
    assert asked(OLD.replace("each spring", "in the year"), ("Share", "the")) == ["Meet"]


def test_a_moved_paragraph_has_not_changed() -> None:
    moved = OLD.replace("3. Meet each spring to compare what was learned.\n", "").replace(
        "1. Use", "1. Meet each spring to compare what was learned.\n2. Use"
    )
    assert asked(moved) == []


@pytest.fixture
def comment(over: Consultation, dlr: Agency, head_a: Member) -> Comment:
    return proposing(over, dlr, head_a)


def rewritten(over: Consultation, editor: Member, *changes: tuple[str, str]) -> None:
    text = over.revision.text
    for old, new in changes:
        text = text.replace(old, new)
    world.rewritten(over.recommendation, editor, text, now=NOW)


UTC = ("Coordinated Universal Time", "UTC")
UNASKED = ("they plan operations together", "they plan missions together")


def test_unexplained_without_a_consultation_is_nothing(revised: object) -> None:
    assert check(revised) is None  # type: ignore[arg-type]
    assert unexplained(revised) == []  # type: ignore[arg-type]


def test_unexplained_when_every_promise_is_kept_is_nothing(
    comment: Comment, over: Consultation, editor: Member
) -> None:
    decided(comment, editor)
    rewritten(over, editor, UTC)
    assert unexplained(over.recommendation) == []


def test_unexplained_names_the_comment_that_was_accepted_in_vain(
    comment: Comment, over: Consultation, editor: Member
) -> None:
    decided(comment, editor)
    found = unexplained(over.recommendation)
    assert [(each.comment, each.finding.what) for each in found] == [(comment, What.UNCHANGED)]


def test_unexplained_names_the_paragraph_that_changed_unasked(
    comment: Comment, over: Consultation, editor: Member
) -> None:
    decided(comment, editor)
    rewritten(over, editor, UTC, UNASKED)
    found = unexplained(over.recommendation)
    assert [(each.finding.key, each.number) for each in found] == [(key_of(over, "recall"), "a")]


def test_unexplained_does_not_ask_about_comments_that_were_not_accepted(
    comment: Comment, over: Consultation, editor: Member
) -> None:
    decided(comment, editor, Verdict.NOT_ACCEPTED)
    assert unexplained(over.recommendation) == []


def test_a_duplicate_of_an_accepted_comment_stands_behind_its_paragraph(
    comment: Comment, over: Consultation, jaxa: Agency, head_b: Member, editor: Member
) -> None:
    other = proposing(over, jaxa, head_b, key=key_of(over, "recall"), to_text="plan missions")
    decided(comment, editor)
    decided(other, editor, Verdict.DUPLICATE, duplicate_of=comment)
    rewritten(over, editor, UTC, UNASKED)
    assert unexplained(over.recommendation) == []


def test_explain_settles_a_finding_and_stays_in_the_record(
    comment: Comment, over: Consultation, editor: Member
) -> None:
    decided(comment, editor)
    explain(over.recommendation, by=editor, comment=comment, reason="Said in the annex.", now=NOW)
    assert unexplained(over.recommendation) == []
    assert Explanation.objects.get().reason == "Said in the annex."
    assert Event.objects.filter(verb="explain").get().why == "Said in the annex."


def test_explain_again_replaces_the_words(comment: Comment, over: Consultation, editor: Member) -> None:
    decided(comment, editor)
    for reason in ("First.", "Second."):
        explain(over.recommendation, by=editor, comment=comment, reason=reason, now=NOW)
    assert Explanation.objects.get().reason == "Second."


def test_explain_holds_for_its_revision_only(comment: Comment, over: Consultation, editor: Member) -> None:
    """A later revision may be different: the words are kept to be said again."""
    decided(comment, editor)
    explain(over.recommendation, by=editor, comment=comment, reason="Said in the annex.", now=NOW)
    rewritten(over, editor, UNASKED)
    found = unexplained(over.recommendation)
    assert [each.earlier for each in found] == ["Said in the annex.", ""]


def test_explain_what_is_not_found_is_refused(comment: Comment, over: Consultation, editor: Member) -> None:
    with pytest.raises(ValidationError, match="no longer finds"):
        explain(over.recommendation, by=editor, key="p1", reason="Because.", now=NOW)


def test_explain_without_words_is_refused(comment: Comment, over: Consultation, editor: Member) -> None:
    decided(comment, editor)
    with pytest.raises(ValidationError, match="Say why"):
        explain(over.recommendation, by=editor, comment=comment, reason=" ", now=NOW)


def test_explain_is_the_secretariats(
    comment: Comment, over: Consultation, head_a: Member, editor: Member
) -> None:
    decided(comment, editor)
    with pytest.raises(PermissionDenied):
        explain(over.recommendation, by=head_a, comment=comment, reason="Because.", now=NOW)


def page_of(over: Consultation, name: str = "promises") -> str:
    return reverse(f"recommendations:{name}", args=[over.recommendation.number])


def test_promises_page_shows_findings_with_their_redline_and_takes_explanations(
    comment: Comment, over: Consultation, editor: Member, sign_in: Browser
) -> None:
    decided(comment, editor)
    rewritten(over, editor, UNASKED)
    browser = sign_in(editor)
    page = browser.get(page_of(over)).text
    assert "Promised, but the paragraph reads as before." in page
    assert "Changed, and no accepted comment asked for it." in page
    assert "2 findings wait" in page
    sent = {"name": key_of(over, "recall"), "reason": "A word was missing."}
    done = browser.post(page_of(over, "explain"), sent, follow=True).text
    assert "1 finding waits" in done
    assert "A word was missing." in done


def test_promises_page_keeps_what_was_typed_when_it_is_refused(
    comment: Comment, over: Consultation, editor: Member, sign_in: Browser
) -> None:
    decided(comment, editor)
    for name, reason in ((str(comment.pk), ""), ("p999", "Because."), ("x", "Because."), ("p1", "a\x00b")):
        page = sign_in(editor).post(page_of(over, "explain"), {"name": name, "reason": reason})
        assert page.status_code == 422
    assert not Explanation.objects.exists()


def test_promises_page_does_not_show_redacted_words(
    over: Consultation, dlr: Agency, head_a: Member, editor: Member, administrator: Member, sign_in: Browser
) -> None:
    secret = proposing(over, dlr, head_a, to_text=MARKER)
    decided(secret, editor)
    assert MARKER in sign_in(editor).get(page_of(over)).text
    redact_comment(secret, by=administrator, reason="A name.", now=NOW)
    assert MARKER not in sign_in(editor).get(page_of(over)).text


@pytest.mark.parametrize("person", ["head_a", "delegate_a"])
def test_promises_page_is_refused_for_agencies(
    over: Consultation, person: str, request: pytest.FixtureRequest, sign_in: Browser
) -> None:
    page = sign_in(request.getfixturevalue(person)).get(page_of(over))
    assert "Only the secretariat explains" in page.text
