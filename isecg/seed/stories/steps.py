"""What each verb of a story does: one service, with what its line says."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from isecg.deadlines import inner
from isecg.seed.stories.reading import Step
from isecg.seed.stories.telling import CannotTell, Told, account, head_of
from recommendations.models import Comment, Disposition, Recommendation
from recommendations.queries.promises import unexplained
from recommendations.services import (
    comments,
    consultations,
    dispositions,
    issues,
    promises,
    publishing,
    responses,
    silence,
    texts,
)

AT_ONCE = dt.timedelta(0)
WORDS = {"from": "from_text", "to": "to_text"}
A_DAY = dt.timedelta(days=1)
ADMINISTRATOR = "administrator@demo.invalid"


def draft(told: Told, step: Step) -> None:
    rec = texts.draft(by=told.by(step), now=step.now, **told.story.fields)
    Recommendation.objects.filter(pk=rec.pk).update(is_demonstration=True)
    told.pk = rec.pk


def write(told: Told, step: Step) -> None:
    """Change the working text: every passage must stand in it exactly once."""
    rec = told.rec
    text = rec.text
    for passage in step.get("changes", []):
        if text.count(passage["from"]) != 1:
            raise CannotTell(
                f"{told.story.name}: “{passage['from']}” stands {text.count(passage['from'])} times"
            )
        text = text.replace(passage["from"], passage["to"])
    texts.write(rec, by=told.by(step), version=rec.version, text=text, now=step.now)


def revise(told: Told, step: Step) -> None:
    if step.get("changes"):
        write(told, step)
    texts.revise(told.rec, by=told.by(step), note=step.get("note"), now=step.now)


def circulate(told: Told, step: Step) -> None:
    consultations.circulate(
        told.rec,
        by=told.by(step),
        agencies=told.asked(step),
        closes_at=step.until,
        inner_at=inner(step.until),
        hold=AT_ONCE,
        now=step.now,
        **step.picked("observers", "words"),
    )


def extend(told: Told, step: Step) -> None:
    consultations.extend(
        told.rec,
        by=told.by(step),
        closes_at=step.until,
        inner_at=inner(step.until),
        reason=step.get("reason"),
        now=step.now,
    )


def accept_late(told: Told, step: Step) -> None:
    late = told.consultation.agencies.get(slug=step.get("agency"))
    consultations.accept_late(
        told.rec, by=told.by(step), agency=late, until=step.until, reason=step.get("reason"), now=step.now
    )


def comment(told: Told, step: Step) -> None:
    """A working note: on the words it quotes, on a paragraph (known by these or other words), or on all."""
    asked = told.consultation
    words = {name: step.get(word) for word, name in WORDS.items()}
    where = step.get("on") or step.get("quote") or words["from_text"]
    paragraph = told.paragraph(where, asked.revision) if where else None
    if paragraph and not all(each in paragraph.text for each in (step.get("quote"), words["from_text"])):
        raise CannotTell(f"{told.story.name}: the words of {step.get('name')} do not stand in {paragraph}")
    note = comments.add_comment(
        asked,
        by=told.by(step),
        agency=told.agency(step),
        key=paragraph.key if paragraph else "",
        now=step.now,
        **{"quote": "", **words, **step.picked("kind", "text", "reason", "quote")},
    )
    told.comments[step.get("name")] = note.pk


def submit(told: Told, step: Step) -> None:
    """Everything the agency has written."""
    agency = told.agency(step)
    notes = Comment.objects.notes().filter(consultation=told.consultation, agency=agency)
    chosen = dict(notes.values_list("pk", "version"))
    comments.submit(told.consultation, by=told.by(step), agency=agency, chosen=chosen, now=step.now)


def place(told: Told, step: Step) -> None:
    """Say where lost comments belong in the newest revision; without `on`, that their place is gone."""
    key = told.paragraph(step.get("on"), told.newest).key if step.get("on") else ""
    for lost in told.named(step):
        comments.place_comment(
            lost, by=told.by(step), revision=told.newest, key=key, reason=step.get("reason"), now=step.now
        )


def dispose(told: Told, step: Step) -> None:
    other = step.get("duplicate_of")
    dispositions.dispose(
        told.named(step),
        by=told.by(step),
        duplicate_of=Comment.objects.get(pk=told.comments[other]) if other else None,
        now=step.now,
        **step.picked("verdict", "text", "reason", "target"),
    )


def release_verdicts(told: Told, step: Step) -> None:
    dispositions.release_verdicts(told.consultation, by=told.by(step), now=step.now)


def answer(told: Told, step: Step) -> None:
    """Each agency answers the verdict on its own comment, by its head of delegation."""
    for each in told.named(step):
        dispositions.answer_verdict(
            Disposition.objects.get(comment=each),
            by=head_of(each.agency, step.now.date()),
            now=step.now,
            **step.picked("satisfied", "because"),
        )


def start_silence(told: Told, step: Step) -> None:
    silence.start_silence(
        told.rec,
        by=told.by(step),
        agencies=told.asked(step),
        expires_at=step.until,
        words=step.get("words"),
        hold=AT_ONCE,
        now=step.now,
    )


def object_(told: Told, step: Step) -> None:
    silence.object_to(
        told.rec, by=told.by(step), agency=told.agency(step), reason=step.get("reason"), now=step.now
    )


def withdraw_objection(told: Told, step: Step) -> None:
    silence.withdraw_objection(
        told.rec, by=told.by(step), agency=told.agency(step), reason=step.get("reason"), now=step.now
    )


def state_position(told: Told, step: Step) -> None:
    silence.state_position(
        told.rec,
        by=told.by(step),
        agency=told.agency(step),
        now=step.now,
        **step.picked("stand", "statement", "resolves"),
    )


def conclude(told: Told, step: Step) -> None:
    silence.conclude(told.rec, by=told.by(step), now=step.now)


def explain(told: Told, step: Step) -> None:
    """Of the paragraph that begins `on`, or of all that is not explained yet."""
    place = step.get("on")
    wanted = told.paragraph(place, told.newest).key if place else ""
    for each in unexplained(told.rec):
        if not place or each.name == wanted:
            about = {"comment": each.comment} if each.comment else {"key": each.finding.key}
            promises.explain(told.rec, by=told.by(step), reason=step.get("reason"), now=step.now, **about)


def approve(told: Told, step: Step) -> None:
    issues.approve(told.rec, by=told.by(step), words=step.get("words"), hold=AT_ONCE, now=step.now)


def publish_comments(told: Told, step: Step) -> None:
    publishing.publish_comments(told.rec, by=told.by(step), comments=told.named(step), now=step.now)


def supersede(told: Told, step: Step) -> None:
    """This one takes the place of another story's."""
    old = told.other(step.get("old"))
    told.touched.append(old)
    issues.supersede(
        old,
        by=told.by(step),
        successor=told.rec,
        reason=step.get("reason"),
        now=step.now,
    )


def withdraw(told: Told, step: Step) -> None:
    issues.withdraw(told.rec, by=told.by(step), reason=step.get("reason"), now=step.now)


def abandon(told: Told, step: Step) -> None:
    issues.abandon(told.rec, by=told.by(step), reason=step.get("reason"), now=step.now)


def respond(told: Told, step: Step) -> None:
    """Written and submitted in one go; with `release` an administrator releases it the day after."""
    response = responses.respond(
        told.rec,
        by=told.by(step),
        agency=told.agency(step),
        answer=step.get("answer"),
        day=step.now.date(),
        now=step.now,
        **{**step.picked("text", "link", "public"), **_until(step)},
    )
    response = responses.submit_response(response, by=told.by(step), version=response.version, now=step.now)
    if step.get("release"):
        responses.release_response(
            response, by=account(ADMINISTRATOR), version=response.version, now=step.now + A_DAY
        )


def _until(step: Step) -> dict[str, Any]:
    day = step.get("valid_until")
    return {"valid_until": dt.date.fromisoformat(day)} if day else {}


VERBS: dict[str, Callable[[Told, Step], None]] = {
    each.__name__.rstrip("_"): each
    for each in (
        *(draft, write, revise, circulate, extend, accept_late),
        *(comment, submit, place, dispose, release_verdicts, answer),
        *(start_silence, object_, withdraw_objection, state_position, conclude),
        *(explain, approve, publish_comments, supersede, withdraw, abandon, respond),
    )
}
