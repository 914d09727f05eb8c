"""Recommendations of the demonstration: one in every state, told through the services, marked as composed."""

import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from agencies.models import Agency, ChairTerm
from isecg.audit.models import Event
from isecg.mail.models import Message
from isecg.seed.stories.reading import COMPOSED, stories
from isecg.seed.stories.steps import VERBS
from members.models import Member
from recommendations.models import (
    Approval,
    Comment,
    Consultation,
    Disposition,
    Extension,
    Grace,
    Issue,
    Kind,
    Objection,
    Outcome,
    Paragraph,
    Phase,
    Placement,
    Position,
    Recommendation,
    Response,
    Revision,
    Role,
    Satisfaction,
    SilenceProcedure,
    Stand,
    State,
    Verdict,
)
from recommendations.queries.comments import stands
from recommendations.queries.dispositions import undecided
from recommendations.queries.promises import unexplained

STORIES = stories(dt.date(2026, 11, 23))
DOCKING = "Docking and berthing: one set of interfaces"
ARCHIVES = "Archiving the data of planetary missions in a common format"


def load() -> str:
    output = io.StringIO()
    call_command("load_demo", stdout=output, stderr=output)
    return output.getvalue()


def of(title: str) -> Recommendation:
    return Recommendation.objects.get(title=title)


def in_state(state: State) -> list[Recommendation]:
    return list(Recommendation.objects.filter(state=state))


# What there is


def test_every_story_is_told(demonstration: None) -> None:
    assert {story.title for story in STORIES} == set(Recommendation.objects.values_list("title", flat=True))


def test_there_is_one_in_every_state(demonstration: None) -> None:
    assert set(Recommendation.objects.values_list("state", flat=True)) == set(State)


def test_every_class_is_there_more_than_once(demonstration: None) -> None:
    counts = Counter(Recommendation.objects.values_list("kind", flat=True))
    assert set(counts) == set(Kind)
    assert min(counts.values()) >= 2


def test_numbers_are_given_in_the_order_in_which_they_were_drafted(demonstration: None) -> None:
    drafted = list(Recommendation.objects.order_by("drafted_at").values_list("number", flat=True))
    assert drafted == sorted(drafted)
    assert drafted[0] == "2025-01"


def test_one_consultation_is_open_and_one_is_over_with_comments_to_decide(demonstration: None) -> None:
    now = timezone.now()
    asking = Consultation.objects.filter(recommendation__state=State.IN_CONSULTATION)
    assert {each.phase(now) for each in asking} == {Phase.OPEN, Phase.CLOSED}
    over = next(each for each in asking if each.phase(now) == Phase.CLOSED)
    decided = Disposition.objects.filter(comment__consultation=over).count()
    assert 4 <= len(undecided(over.recommendation)) <= decided + 4
    assert decided >= 4


def test_agencies_have_working_notes_in_the_open_consultation(demonstration: None) -> None:
    notes = Comment.objects.notes()
    now = timezone.now()
    assert {each.consultation.phase(now) for each in notes} == {Phase.OPEN}
    assert notes.values("agency").distinct().count() == 2
    assert Comment.objects.submitted().filter(consultation__in=notes.values("consultation")).count() >= 4


def test_outcomes_of_silence_are_what_the_instants_say(demonstration: None) -> None:
    now = timezone.now()
    running = SilenceProcedure.objects.filter(concluded_at=None)
    assert Counter(each.outcome(now) for each in running) == {Outcome.RUNNING: 1, Outcome.BROKEN: 1}
    for each in SilenceProcedure.objects.filter(concluded_at__isnull=False):
        assert each.outcome(each.concluded_at or now) == each.concluded_as


def test_a_broken_silence_was_started_again_and_held(demonstration: None) -> None:
    agreed = in_state(State.AGREED)[0]
    ended = agreed.silence_procedures.order_by("made_at").values_list("concluded_as", flat=True)
    assert list(ended) == [Outcome.BROKEN, Outcome.AGREED]


def test_an_objection_stands_with_its_reason_and_one_was_withdrawn(demonstration: None) -> None:
    assert Objection.objects.filter(withdrawn_at=None, procedure__concluded_at=None).get().reason
    assert Objection.objects.exclude(withdrawn_at=None).get().withdrawal_reason


def test_the_agreed_one_waits_for_nothing_but_the_chair(demonstration: None) -> None:
    agreed = in_state(State.AGREED)[0]
    assert unexplained(agreed) == []
    assert not agreed.approvals.exists()


def test_several_are_issued_with_all_four_positions(demonstration: None) -> None:
    assert len(in_state(State.ISSUED)) >= 4
    stated = Position.objects.filter(procedure__recommendation__state=State.ISSUED)
    assert set(stated.values_list("stand", flat=True)) >= set(Stand) - {Stand.NO_STATEMENT}


def test_what_is_issued_keeps_its_content(demonstration: None) -> None:
    assert Issue.objects.count() == Recommendation.objects.filter(issued_at__isnull=False).count() == 6


def test_the_superseded_one_names_its_successor(demonstration: None) -> None:
    successor = in_state(State.SUPERSEDED)[0].superseded_by
    assert successor is not None
    assert successor.state == State.ISSUED


# Texts and comments


def test_texts_have_the_length_of_real_ones(demonstration: None) -> None:
    counts = [each.paragraphs.count() for each in Revision.objects.all()]
    assert min(counts) >= 10
    assert 35 <= max(counts) <= 45


def test_texts_use_every_kind_of_paragraph(demonstration: None) -> None:
    assert set(Paragraph.objects.values_list("role", flat=True)) >= set(Role) - {Role.OTHER}


def test_what_was_consulted_and_went_on_has_several_revisions(demonstration: None) -> None:
    assert of(DOCKING).revisions.count() == 2
    assert in_state(State.AGREED)[0].revisions.count() == 3


def test_the_concordance_of_a_second_revision_names_splits_moves_and_more(demonstration: None) -> None:
    rows = of(DOCKING).revisions.get(number=2).concordance
    assert {row["change"] for row in rows} >= {"kept", "changed", "moved", "added", "removed", "split"}


def test_words_to_be_changed_stand_in_their_paragraphs(demonstration: None) -> None:
    texts = {(row.revision_id, row.key): row.text for row in Paragraph.objects.all()}
    placed = Comment.objects.exclude(key="").select_related("consultation")
    assert placed.count() > 50
    for each in placed:
        text = texts[each.consultation.revision_id, each.key]
        assert each.from_text in text
        assert each.quote in text


def test_at_least_ten_agencies_comment(demonstration: None) -> None:
    assert Comment.objects.submitted().values("agency").distinct().count() >= 10


def test_comments_are_of_every_kind_and_have_every_verdict(demonstration: None) -> None:
    assert set(Comment.objects.values_list("kind", flat=True)) == {"general", "technical", "editorial"}
    assert set(Disposition.objects.values_list("verdict", flat=True)) == set(Verdict)


def test_equal_comments_of_several_agencies_are_decided_alike(demonstration: None) -> None:
    accepted = Comment.objects.filter(disposition__verdict=Verdict.ACCEPTED).exclude(to_text="")
    same = Counter((each.consultation_id, each.to_text) for each in accepted)
    assert same.most_common(1)[0][1] == 3


def test_one_comment_came_late_by_grace(demonstration: None) -> None:
    late = Comment.objects.get(late=True)
    assert Grace.objects.get().agency == late.agency
    assert Extension.objects.get().before < Extension.objects.get().after < late.submitted_at  # type: ignore[operator]


def test_comments_on_a_removed_paragraph_are_lost_and_a_person_said_so(demonstration: None) -> None:
    newest = of(DOCKING).revisions.get(number=2)
    comments = list(Comment.objects.filter(consultation__recommendation=of(DOCKING)))
    found = stands(comments, newest)
    gone = [each for each in comments if not found[each.pk].place.key and each.key]
    assert {each.from_text[:40] for each in gone} == {"Agencies should keep a stock of common s"}
    assert [found[each.pk].taken_up for each in gone].count(True) == 1  # one agency asked for just that
    assert Placement.objects.get(key="").comment in gone


def test_no_comment_waits_to_be_placed(demonstration: None) -> None:
    for each in Recommendation.objects.all():
        newest = each.revisions.latest("number")
        comments = list(Comment.objects.filter(consultation__recommendation=each))
        waiting = [
            stand for stand in stands(comments, newest).values() if stand.is_lost and not stand.decided
        ]
        assert waiting == []


def test_agencies_are_satisfied_or_say_why_not(demonstration: None) -> None:
    assert set(Satisfaction.objects.values_list("satisfied", flat=True)) == {True, False}


def test_comments_are_public_only_where_the_text_is(demonstration: None) -> None:
    public = Comment.objects.exclude(published_at=None)
    assert public.count() >= 15
    assert not public.exclude(consultation__recommendation__issued_at__isnull=False).exists()


# Answers


def test_answers_are_released_kept_back_and_old(demonstration: None) -> None:
    today = timezone.now().date()
    assert Response.objects.released().count() >= 20
    assert Response.objects.filter(submitted_at__isnull=False, released_at=None, public=True).exists()
    assert Response.objects.filter(public=False).exists()
    assert [each for each in Response.objects.released() if each.is_old(today)]


def test_several_agencies_state_both_facts(demonstration: None) -> None:
    both = Response.objects.filter(aspect="stance", agency=F("recommendation__responses__agency"))
    both = both.filter(recommendation__responses__aspect="follow_through")
    assert both.values("agency").distinct().count() >= 5


# Marks of the demonstration


def test_each_is_marked_as_a_demonstration(demonstration: None) -> None:
    assert not Recommendation.objects.filter(is_demonstration=False).exists()
    assert not Recommendation.objects.exclude(background__endswith=COMPOSED).exists()


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_the_background_names_a_source_and_fits(story: Any) -> None:
    background = str(story.fields["background"])
    assert re.search(r"\b[\w-]+\.(com|org|net|gov|jp|no|it|de|ca|ua|online|edu)\b", background)
    assert len(background) < 2000


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_no_person_is_named(story: Any) -> None:
    words = " ".join([*map(str, story.fields.values()), *(str(step.asked) for step in story.steps)])
    for person in ("Hufenbach", "Laurini", "Lange", "Sato", "Hasegawa", "Neuenschwander", "Hansen", "Glover"):
        assert person not in words
    assert not re.search(r"\b(Dr|Prof|Mr|Ms|Mrs)\.? [A-Z]", words)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_steps_are_known_and_lie_in_the_past(story: Any) -> None:
    assert {step.verb for step in story.steps} <= set(VERBS)
    assert max(step.now for step in story.steps) < dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


def test_all_who_acted_are_accounts_of_the_demonstration(demonstration: None) -> None:
    authors = Comment.objects.values("author").union(Approval.objects.values("by"))
    assert not Member.objects.filter(
        pk__in=[row["author"] for row in authors], is_demonstration=False
    ).exists()


# The chair


def test_the_agency_whose_turn_it_is_chairs(demonstration: None) -> None:
    term = ChairTerm.objects.order_by("start").last()
    assert term is not None
    assert term.agency == Agency.objects.get(slug="asi")
    assert term.start_note.startswith("Demonstration, not a fact")
    assert "Composed for the demonstration" in term.source
    assert term.person == ""


def test_the_first_page_and_the_chair_page_say_that_it_is_no_fact(demonstration: None, client: Any) -> None:
    for address in ("/", "/chair/"):
        assert "Demonstration, not a fact" in client.get(address).content.decode()


def test_the_facts_before_stay_unknown(demonstration: None) -> None:
    assert ChairTerm.objects.on(dt.date(2025, 6, 1)).get().agency is None


def test_a_chair_that_is_undone_does_not_come_back(demonstration: None) -> None:
    ChairTerm.objects.filter(start_note__startswith="Demonstration").delete()
    load()
    assert not ChairTerm.objects.filter(start_note__startswith="Demonstration").exists()


# Loading


def test_no_mail_of_a_step_in_the_past_goes_out(demonstration: None) -> None:
    about = Message.objects.filter(about_type__startswith="recommendations.")
    assert about.count() > 300
    assert set(about.values_list("state", flat=True)) == {Message.State.HELD}
    assert not about.exclude(failure__startswith="Written while the demonstration was loaded").exists()


def test_mails_stand_at_the_instant_of_their_step(demonstration: None) -> None:
    about = Message.objects.filter(about_type="recommendations.recommendation", kind="recommendation_issued")
    days = {instant.date() for instant in about.values_list("not_before", flat=True)}
    issued = Recommendation.objects.filter(issued_at__isnull=False).values_list("issued_at", flat=True)
    assert days == {instant.date() for instant in issued if instant}


def test_steps_went_through_the_services(demonstration: None) -> None:
    verbs = set(
        Event.objects.filter(record_type__startswith="recommendations.").values_list("verb", flat=True)
    )
    assert verbs >= {"draft", "revise", "circulate", "submit", "dispose", "object", "approve", "issue"}


def test_loading_again_adds_nothing(demonstration: None, row_counts: Callable[[], dict[str, int]]) -> None:
    before = row_counts()
    assert load() == "Demonstration: nothing added.\n"
    assert row_counts() == before


def test_loading_again_leaves_what_people_renamed(demonstration: None) -> None:
    draft = Recommendation.objects.filter(state=State.DRAFTING).latest("number")
    Recommendation.objects.filter(pk=draft.pk).update(title="Renamed by an editor")
    load()
    draft.refresh_from_db()
    assert draft.title == "Renamed by an editor"
    assert Recommendation.objects.count() == len(STORIES)


def test_a_story_that_cannot_be_told_is_left_out_whole_and_named(
    demonstration: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = next(story for story in STORIES if story.title == ARCHIVES)
    new = type(told)(told.name, {**told.fields, "title": "Another one"}, told.steps)
    monkeypatch.setattr("isecg.management.commands.load_demo.stories", lambda today: [new])
    Member.objects.filter(email="asi-head@demo.invalid").update(is_demonstration=False)
    words = load()
    assert "“Another one” could not be told: no demonstration account heads ASI on 2026-02-20" in words
    assert not Recommendation.objects.filter(title="Another one").exists()
