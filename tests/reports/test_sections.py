"""Sections: written by their owners, figures quoted, reviewed, and when a review no longer counts."""

import datetime as dt
import re
import uuid
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.mail.models import Message
from isecg.versions import Stale
from members.models import Mandate, Member
from reports import snapshot
from reports.models import AnnualReport, Highlight, Review, Section, State
from reports.queries.sections import Line, lines, needs, since_review, unreviewed
from reports.services.sections import add_section, edit_section, remove_section, review_section

Browser = Callable[[Member | None], Client]
LIST = "/reports/2025/sections/"
PAGE = f"{LIST}iawg/"


@pytest.fixture
def section(report: AnnualReport, editor: Member, delegate_a: Member) -> Section:
    """Of a working group, owned by a delegate of DLR."""
    return add_section(
        report,
        by=editor,
        kind="working_group",
        slug="iawg",
        number=1,
        title="Architecture",
        text="We are [[members]] and tell [[highlights]] stories.",
        owner=delegate_a,
    )


def line(section: Section) -> Line:
    return lines(section.report, Section.objects.filter(pk=section.pk))[0]


def reviewed(section: Section, by: Member) -> Review:
    return review_section(section, by=by, seen=line(section).seen)


def text(answer: object) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())  # type: ignore[attr-defined]


# writing


def test_add_section_refuses_a_figure_that_does_not_exist_and_names_those_that_do(
    report: AnnualReport, editor: Member
) -> None:
    with pytest.raises(ValidationError) as refused:
        add_section(report, by=editor, kind="secretariat", slug="s", title="S", text="[[membres]]")
    (sentence,) = refused.value.message_dict["text"]
    assert sentence.startswith("There is no figure called [[membres]]. Known are: activities, ")
    assert "members" in sentence


def test_add_section_refuses_an_address_that_is_taken(section: Section, editor: Member) -> None:
    with pytest.raises(ValidationError, match="Another section of this report has this address"):
        add_section(section.report, by=editor, kind="secretariat", slug="iawg", title="Another")


def test_add_section_refuses_the_address_of_another_page(report: AnnualReport, editor: Member) -> None:
    with pytest.raises(ValidationError, match="another page"):
        add_section(report, by=editor, kind="secretariat", slug="add", title="Add")


def test_add_section_is_refused_to_a_delegate(report: AnnualReport, delegate_a: Member) -> None:
    with pytest.raises(PermissionDenied, match="Only the secretariat adds a section"):
        add_section(report, by=delegate_a, kind="secretariat", slug="s", title="S")


def test_edit_section_by_its_owner_changes_words_and_nothing_else(
    section: Section, delegate_a: Member
) -> None:
    edit_section(section, by=delegate_a, version=1, title="New", text="Other", owner=None, number=9)
    kept = Section.objects.get(pk=section.pk)
    assert (kept.title, kept.text, kept.owner, kept.number) == ("New", "Other", delegate_a, 1)


def test_edit_section_is_refused_to_a_colleague_of_the_owner(section: Section, head_a: Member) -> None:
    with pytest.raises(PermissionDenied, match="Only its owner and the secretariat"):
        edit_section(section, by=head_a, version=1, text="x")


def test_edit_section_is_refused_to_an_owner_whose_mandate_ended(
    section: Section, delegate_a: Member
) -> None:
    Mandate.objects.filter(member=delegate_a).update(end=timezone.now().date())
    with pytest.raises(PermissionDenied):
        edit_section(section, by=Member.objects.get(pk=delegate_a.pk), version=1, text="x")


@pytest.mark.parametrize("state", [State.CONFIRMING, State.APPROVED, State.PUBLISHED])
def test_edit_section_by_its_owner_is_too_late_once_agencies_confirm(
    section: Section, delegate_a: Member, state: State
) -> None:
    AnnualReport.objects.update(state=state)
    section = Section.objects.get(pk=section.pk)
    with pytest.raises(WrongMoment, match="no longer being written"):
        edit_section(section, by=delegate_a, version=1, text="x")


def test_edit_section_by_the_secretariat_goes_on_for_a_correction(section: Section, editor: Member) -> None:
    AnnualReport.objects.update(state=State.PUBLISHED)
    edit_section(Section.objects.get(pk=section.pk), by=editor, version=1, text="Corrected.")
    assert Section.objects.get(pk=section.pk).text == "Corrected."


def test_edit_section_of_an_older_version_is_refused(section: Section, editor: Member) -> None:
    edit_section(section, by=editor, version=1, text="First.")
    with pytest.raises(Stale):
        edit_section(section, by=editor, version=1, text="Second.")


def test_remove_section_takes_it_out_and_keeps_its_reviews(section: Section, editor: Member) -> None:
    review = reviewed(section, editor)
    remove_section(section, by=editor, version=1, why="Told elsewhere.")
    assert not section.report.sections.exists()
    assert Review.objects.get(pk=review.pk).section.title == "Architecture"
    assert Event.objects.get(verb="remove_section").why == "Told elsewhere."


def test_remove_section_frees_its_address(section: Section, editor: Member) -> None:
    remove_section(section, by=editor, version=1, why="Again.")
    again = add_section(section.report, by=editor, kind="secretariat", slug="iawg", title="Again")
    assert section.report.sections.get() == again


# in the snapshot


def test_the_snapshot_says_a_section_with_its_figures_filled_in(
    section: Section, highlight: Highlight
) -> None:
    (told,) = snapshot.collect(section.report)["sections"]
    assert told == {
        "id": "section-iawg",
        "slug": "iawg",
        "kind": "working_group",
        "title": "Architecture",
        "text": "We are 1 and tell 1 stories.",
        "quotes": ["members", "highlights"],
        "by": "DLR",
    }


def test_the_snapshot_leaves_out_a_section_without_a_text(section: Section, editor: Member) -> None:
    edit_section(section, by=editor, version=1, text=" \r\n ")
    assert snapshot.collect(section.report)["sections"] == []


def test_the_snapshot_has_the_sections_in_their_order(section: Section, editor: Member) -> None:
    add_section(section.report, by=editor, kind="secretariat", slug="last", number=2, title="L", text="l")
    add_section(section.report, by=editor, kind="secretariat", slug="first", number=0, title="F", text="f")
    told = snapshot.collect(section.report)["sections"]
    assert [row["slug"] for row in told] == ["first", "iawg", "last"]
    assert told[0]["by"] == ""


# reviewed


def test_review_counts_while_nothing_changes(section: Section, editor: Member) -> None:
    reviewed(section, editor)
    assert line(section).reviewed
    assert unreviewed(lines(section.report)) == []


def test_review_falls_away_when_a_quoted_figure_changes(
    section: Section, editor: Member, dlr: Agency
) -> None:
    reviewed(section, editor)
    Highlight.objects.create(agency=dlr, day=dt.date(2025, 1, 9), title="Late", text="x")
    now = line(section)
    assert now.fell_away
    assert [(each.figure.name, each.was, each.value) for each in now.changed] == [("highlights", 0, 1)]


def test_review_stays_when_a_figure_it_does_not_quote_changes(section: Section, editor: Member) -> None:
    reviewed(section, editor)
    AnnualReport.objects.update(foreword="Other.")
    from reports.models import Document

    Document.objects.create(slug="d", title="D", kind="other", day=dt.date(2025, 2, 1))
    assert line(section).reviewed


def test_review_counts_again_when_the_figure_is_what_it_was(
    section: Section, editor: Member, highlight: Highlight
) -> None:
    reviewed(section, editor)
    Highlight.objects.update(day=dt.date(2024, 1, 1))
    assert not line(section).reviewed
    Highlight.objects.update(day=dt.date(2025, 1, 1))
    assert line(section).reviewed


def test_review_falls_away_with_the_text_and_the_change_is_a_redline(
    section: Section, editor: Member, delegate_a: Member
) -> None:
    reviewed(section, editor)
    edit_section(section, by=delegate_a, version=1, text="We are [[members]] and tell many stories.")
    now = line(Section.objects.get(pk=section.pk))
    assert now.fell_away
    assert now.text_changed
    words = [run.text for block in since_review(now) for run in block.runs if run.op == "inserted"]
    assert " ".join(words).strip() == "many"


def test_review_of_what_changed_while_it_was_read_is_refused(section: Section, editor: Member) -> None:
    seen = line(section).seen
    edit_section(section, by=editor, version=1, text="Other words.")
    with pytest.raises(WrongMoment, match="changed while you read"):
        review_section(section, by=editor, seen=seen)
    assert not Review.objects.exists()


def test_review_of_a_figure_that_changed_while_it_was_read_is_refused(
    section: Section, editor: Member, dlr: Agency
) -> None:
    seen = line(section).seen
    Highlight.objects.create(agency=dlr, day=dt.date(2025, 1, 9), title="Late", text="x")
    with pytest.raises(WrongMoment, match="changed while you read"):
        review_section(section, by=editor, seen=seen)


def test_review_of_nothing_is_refused(section: Section, editor: Member) -> None:
    edit_section(section, by=editor, version=1, text="")
    section = Section.objects.get(pk=section.pk)
    with pytest.raises(WrongMoment, match="nothing to review"):
        review_section(section, by=editor, seen=line(section).seen)


def test_review_is_refused_to_another_delegate(section: Section, delegate_b: Member) -> None:
    with pytest.raises(PermissionDenied):
        review_section(section, by=delegate_b, seen=line(section).seen)


def test_a_review_cannot_be_changed(section: Section, editor: Member) -> None:
    review = reviewed(section, editor)
    with pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(figures={})


# pages


def test_the_list_is_empty_with_a_way_on(report: AnnualReport, editor: Member, sign_in: Browser) -> None:
    page = text(sign_in(editor).get(LIST))
    assert "No section yet" in page
    assert f'href="{LIST}add/"' in page


def test_the_list_says_which_figure_made_a_review_fall_away(
    section: Section, editor: Member, dlr: Agency, sign_in: Browser
) -> None:
    reviewed(section, editor)
    Highlight.objects.create(agency=dlr, day=dt.date(2025, 1, 9), title="Late", text="x")
    page = text(sign_in(editor).get(LIST))
    assert "review fell away" in page
    assert "Highlights of the year: 0 when it was reviewed, now 1" in page


def test_the_list_asks_the_same_of_the_database_for_one_section_and_many(
    section: Section, editor: Member, sign_in: Browser, django_assert_max_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = sign_in(editor)
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for number in range(2, 12):
        add_section(
            section.report,
            by=editor,
            kind="secretariat",
            slug=f"s{number}",
            number=number,
            title="S",
            text="s",
        )
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) == len(one)


def test_the_page_shows_the_text_as_readers_will_see_it(
    section: Section, editor: Member, sign_in: Browser
) -> None:
    assert "We are 1 and tell 0 stories." in text(sign_in(editor).get(PAGE))


def test_the_page_is_its_owners_and_the_secretariats(
    section: Section, editor: Member, delegate_a: Member, head_a: Member, sign_in: Browser
) -> None:
    answers = [sign_in(who).get(PAGE).status_code for who in (editor, delegate_a, head_a, None)]
    assert answers == [200, 200, 404, 302]


def test_the_list_is_the_secretariats(section: Section, delegate_a: Member, sign_in: Browser) -> None:
    assert sign_in(delegate_a).get(LIST).status_code == 404


def test_an_owner_writes_in_the_browser(section: Section, delegate_a: Member, sign_in: Browser) -> None:
    client = sign_in(delegate_a)
    form = client.get(f"{PAGE}edit/").context["form"]
    assert list(form.fields) == ["title", "text", "version"]
    client.post(f"{PAGE}edit/", {"title": "Ours", "text": "[[members]] of us.", "version": 1})
    assert Section.objects.get(pk=section.pk).title == "Ours"


def test_a_wrong_figure_is_said_at_the_text_and_what_was_typed_stays(
    section: Section, delegate_a: Member, sign_in: Browser
) -> None:
    answer = sign_in(delegate_a).post(
        f"{PAGE}edit/", {"title": "Ours", "text": "[[moons]] of us.", "version": 1}
    )
    assert answer.status_code == 422
    page = text(answer)
    assert "There is no figure called [[moons]]" in page
    assert "[[moons]] of us." in page


def test_a_preview_has_the_figures_filled_in(section: Section, delegate_a: Member, sign_in: Browser) -> None:
    data = {"title": "Ours", "text": "[[members]] of us.", "version": 1, "preview": "1"}
    assert "1 of us." in text(sign_in(delegate_a).post(f"{PAGE}edit/", data))
    assert Section.objects.get(pk=section.pk).title == "Architecture"


def test_a_stale_form_is_answered_with_both_texts(
    section: Section, editor: Member, delegate_a: Member, sign_in: Browser
) -> None:
    edit_section(section, by=editor, version=1, text="Theirs.")
    answer = sign_in(delegate_a).post(
        f"{PAGE}edit/", {"title": "Architecture", "text": "Mine.", "version": 1}
    )
    assert answer.status_code == 409
    assert "Theirs." in text(answer)
    assert "Mine." in text(answer)


def test_add_in_the_browser_adds_once(report: AnnualReport, editor: Member, sign_in: Browser) -> None:
    client = sign_in(editor)
    form = client.get(f"{LIST}add/").context["form"]
    data = {
        "token": str(form["token"].value()),
        "kind": "secretariat",
        "slug": "secretariat",
        "number": 1,
        "title": "Work of the secretariat",
        "text": "x",
    }
    for _click in range(2):
        assert client.post(f"{LIST}add/", data).headers["Location"] == f"{LIST}secretariat/"
    assert report.sections.count() == 1


@pytest.mark.parametrize("slug", ["../x", "Übung", "add", "", "\x00", "x" * 60])
def test_add_with_an_address_that_is_none_is_refused_with_a_sentence(
    report: AnnualReport, editor: Member, sign_in: Browser, slug: str
) -> None:
    client = sign_in(editor)
    data = {"token": str(uuid.uuid4()), "kind": "secretariat", "number": 1, "title": "S", "text": "x"}
    answer = client.post(f"{LIST}add/", {**data, "slug": slug})
    assert answer.status_code == 422
    assert "slug" in answer.context["form"].errors


def test_remove_in_the_browser_asks_for_a_reason(section: Section, editor: Member, sign_in: Browser) -> None:
    client = sign_in(editor)
    assert client.post(f"{PAGE}remove/", {"version": 1, "why": ""}).status_code == 422
    client.post(f"{PAGE}remove/", {"version": 1, "why": "Told elsewhere."})
    assert not section.report.sections.exists()


def test_review_in_the_browser(section: Section, editor: Member, sign_in: Browser) -> None:
    client = sign_in(editor)
    seen = client.get(PAGE).context["line"].seen
    page = text(client.post(f"{PAGE}review/", {"seen": seen}, follow=True))
    assert "Reviewed: this text, with these figures." in page
    assert Review.objects.get().figures == {"members": 1, "highlights": 0}


@pytest.mark.parametrize("seen", ["", "\x00", "x" * 5000, "0" * 64])
def test_review_of_nonsense_is_refused_with_a_sentence(
    section: Section, editor: Member, sign_in: Browser, seen: str
) -> None:
    answer = sign_in(editor).post(f"{PAGE}review/", {"seen": seen})
    assert answer.status_code == 409
    assert "To the section" in text(answer)


@pytest.mark.parametrize(
    "typed",
    [
        {"title": "\x00", "text": "x", "version": 1},
        {"title": "x" * 300, "text": "x", "version": 1},
        {"title": "x", "text": "x" * 200_000, "version": 1},
        {"title": "x", "text": "x", "version": "nought"},
        {"title": "x", "text": "x", "version": 1, "number": 99999, "kind": "working_group"},
        {"title": "x", "text": "x", "version": 1, "number": 1, "kind": "none"},
        {"title": "x", "text": "x", "version": 1, "number": 1, "kind": "secretariat", "owner": 99999},
        {
            "title": "x",
            "text": "x",
            "version": 1,
            "number": 1,
            "kind": "secretariat",
            "due_at_day": "3026-01-01",
        },
    ],
)
def test_edit_with_nonsense_is_refused_with_a_sentence(
    section: Section, editor: Member, sign_in: Browser, typed: dict[str, str]
) -> None:
    answer = sign_in(editor).post(f"{PAGE}edit/", typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors


# the desk


def test_needs_names_an_owner_s_section_that_is_not_written(
    section: Section, editor: Member, delegate_a: Member
) -> None:
    assert needs(delegate_a, timezone.now()) == []
    edit_section(section, by=editor, version=1, text="")
    (need,) = needs(delegate_a, timezone.now())
    assert need.address == f"{PAGE}edit/"
    assert "Architecture" in str(need.words)


def test_who_is_given_a_section_is_mailed(section: Section, editor: Member, delegate_a: Member) -> None:
    mail = Message.objects.get(kind="section_given")
    assert mail.to == delegate_a.email
    assert section.title in mail.text
    assert section.get_absolute_url() in mail.text


def test_a_new_owner_is_mailed_and_an_edit_of_the_words_mails_nobody(
    section: Section, editor: Member, head_a: Member
) -> None:
    Message.objects.all().delete()
    edit_section(section, by=editor, version=section.version, text="Other words.")
    assert not Message.objects.exists()
    section.refresh_from_db()
    edit_section(section, by=editor, version=section.version, owner=head_a)
    assert Message.objects.get().to == head_a.email


def test_who_takes_a_section_is_not_mailed(section: Section, editor: Member) -> None:
    Message.objects.all().delete()
    edit_section(section, by=editor, version=section.version, owner=editor)
    assert not Message.objects.exists()
