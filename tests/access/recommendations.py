"""Recommendations in every state, for the table of addresses: who may ask for what of them."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from agencies.models import Agency
from members.models import Member
from recommendations.models import (
    Answer,
    Comment,
    Consultation,
    Disposition,
    Print,
    Response,
    Upload,
    Verdict,
)
from recommendations.services import comments, consultations, issues, prints, responses, silence
from recommendations.services.dispositions import dispose, release_verdicts
from recommendations.services.promises import explain
from tests.access.world import EVERYBODY, SECRETARIAT, SIGNED_IN, Address
from tests.recommendations import world as states

ADMINISTRATORS = {"administrator"}
WRITING_A = {"delegate_a", "alternate_a", "head_a"}
SPEAKING_A = {"alternate_a", "head_a"}
ASKED = WRITING_A | {"head_b"}  # DLR and JAXA are asked; an observer is not
SEEING = ASKED | {"chair"} | SECRETARIAT
UNASKED = frozenset(SIGNED_IN - SEEING)
OUTSIDE_A = frozenset(SIGNED_IN - WRITING_A)
ROOM = frozenset(SIGNED_IN - {"chair"} - SECRETARIAT)  # who does not see what is only being prepared
PUBLIC = Address(get=EVERYBODY)


def states_of(people: dict[str, Member | None], asked: list[Agency]) -> SimpleNamespace:
    """Recommendations by what they are there for; the agencies asked are DLR and JAXA."""
    now, editor, administrator = timezone.now(), _person(people, "editor"), _person(people, "administrator")
    opened = states.in_consultation(editor, asked, now=now - states.DAY)
    over = states.closed(editor, asked, now=now - states.HOUR)
    judged = states.submitted(over, asked[0], _person(people, "head_a"))
    dispose([judged], by=editor, verdict=Verdict.NOT_ACCEPTED, reason="It is said in 3.")
    release_verdicts(over, by=administrator)
    issued = _issued(editor, asked, _person(people, "chair"), now=now - states.DAY)
    return SimpleNamespace(
        asked=opened.recommendation,
        over=over.recommendation,
        judged=judged,
        undecided=_undecided(editor, asked, _person(people, "head_a"), now),
        issued=issued,
        held=_held(editor, asked).recommendation,
        silent=states.under_silence(editor, asked, now=now - states.DAY).recommendation,
        note=_note(opened, people, asked[0]),
        comment=states.submitted(opened, asked[0], _person(people, "head_a")),
        answer=_answer(issued, people, asked[0]),
        told=_told(issued, people, asked[0]),
        released=_released(issued, people, asked[0]),
        print=_print(issued, editor),
        upload=Upload.objects.create(
            consultation=opened, agency=asked[0], by=_person(people, "delegate_a"), name="sheet.xlsx"
        ),
        disposition=Disposition.objects.get(comment=judged),
    )


def _issued(editor: Member, asked: list[Agency], chair: Member, *, now: dt.datetime) -> Any:
    """Issued in its second revision; both were circulated, so that everybody may compare them."""
    begun = now - 10 * states.DAY
    recommendation = states.closed(editor, asked, now=begun).recommendation
    text = states.TEXT.replace("several scales", "many scales")
    revision = states.rewritten(recommendation, editor, text, now=begun)
    states.under_silence(editor, asked, now=begun, recommendation=states.again(recommendation))
    silence.conclude(recommendation, by=editor, now=now)
    key = revision.paragraphs.get(text__contains="many scales").key
    explain(recommendation, by=editor, key=key, reason="A better word.", now=now)
    issues.approve(states.again(recommendation), by=chair, now=now, hold=states.AT_ONCE)
    return states.again(recommendation)


def _person(people: dict[str, Member | None], role: str) -> Member:
    member = people[role]
    assert member
    return member


def _undecided(editor: Member, asked: list[Agency], head: Member, now: dt.datetime) -> Comment:
    over = states.closed(editor, asked, now=now - states.HOUR)
    return states.submitted(over, asked[0], head)


def _held(editor: Member, asked: list[Agency]) -> Consultation:
    """Circulated, and nobody has noticed yet."""
    now = timezone.now()
    draft = states.revised(editor)
    return consultations.circulate(
        draft,
        by=editor,
        agencies=asked,
        closes_at=now + states.WEEKS,
        inner_at=now + states.WEEKS,
        hold=states.HOUR,  # as long as the tests of a file take
    )


def _note(consultation: Consultation, people: dict[str, Member | None], agency: Agency) -> Comment:
    return comments.add_comment(
        consultation, by=_person(people, "delegate_a"), agency=agency, key="p1", text="Only among us."
    )


def _answer(recommendation: Any, people: dict[str, Member | None], agency: Agency) -> Response:
    """A draft of the agency."""
    day = timezone.now().date()
    return responses.respond(
        recommendation, by=_person(people, "delegate_a"), agency=agency, answer=Answer.PLANNED, day=day
    )


def _told(recommendation: Any, people: dict[str, Member | None], agency: Agency) -> Response:
    """Submitted to the secretariat."""
    draft = _answer(recommendation, people, agency)
    return responses.submit_response(draft, by=_person(people, "head_a"), version=draft.version)


def _released(recommendation: Any, people: dict[str, Member | None], agency: Agency) -> Response:
    told = _told(recommendation, people, agency)
    return responses.release_response(told, by=_person(people, "administrator"), version=told.version)


def _print(recommendation: Any, editor: Member) -> Print:
    """A redline that the editor alone asked for."""
    from recommendations.queries import prints as queries

    revision = recommendation.issued_revision
    return prints.want(
        recommendation,
        Print.What.TEXT,
        queries.draft_text(revision, timezone.now()),
        reader=editor,
        language="en",
    )


def of(name: str, *more: Any) -> Any:
    """Arguments: the number of one of the recommendations, and what follows it."""
    return lambda world: (getattr(world.recommendations, name).number, *more)


def part(name: str) -> Any:
    """Arguments: the number and the key of a response."""

    def args(world: Any) -> tuple[Any, ...]:
        record = getattr(world.recommendations, name)
        return record.recommendation.number, record.pk

    return args


def comment(name: str) -> Any:
    """Arguments: the number and the key of a comment."""

    def args(world: Any) -> tuple[Any, ...]:
        record = getattr(world.recommendations, name)
        return record.consultation.recommendation.number, record.pk

    return args


def reads(args: Any, who: set[str] = SEEING, unseen: Any = UNASKED, **more: Any) -> Address:
    return Address(get=who, args=args, unseen=unseen, **more)


def does(args: Any, who: set[str] = SECRETARIAT, unseen: Any = UNASKED) -> Address:
    """A page with a form: who may see it may send it."""
    return Address(get=who, post=who, args=args, unseen=unseen)


RECOMMENDATIONS: dict[str, Address] = {
    f"recommendations:{name}": address
    for name, address in {
        # for everybody
        "list": PUBLIC,
        "matrix": PUBLIC,
        "matrix_csv": PUBLIC,
        "detail": Address(get=EVERYBODY, args=of("issued")),
        "on": Address(get=EVERYBODY, args=of("issued", "2030-01-01")),
        "revision": Address(get=EVERYBODY, args=of("issued", 1)),
        "concordance": Address(get=EVERYBODY, args=of("issued", 2)),
        "redline": Address(get=EVERYBODY, args=of("issued")),
        "history": Address(get=EVERYBODY, args=of("issued")),
        "pdf": Address(get=EVERYBODY, args=of("issued")),
        "revision_pdf": Address(get=EVERYBODY, args=of("issued", 1)),
        "redline_pdf": Address(get=EVERYBODY, args=of("issued")),
        "json": Address(get=EVERYBODY, args=of("issued")),
        "cite": Address(get=EVERYBODY, args=of("issued")),
        "citation": Address(get=EVERYBODY, args=of("issued", "bib")),
        "you_said": Address(get=EVERYBODY, args=of("issued")),
        "responses": Address(get=EVERYBODY, args=of("issued")),
        # texts
        "draft": does(lambda world: (), unseen=frozenset()),
        "edit": does(of("asked")),
        "write": does(of("asked")),
        "revise": does(of("asked")),
        # steps
        "circulate": does(of("asked")),
        "extend": does(of("asked")),
        "close": does(of("asked")),
        "accept_late": does(of("asked")),
        "start_silence": does(of("asked")),
        "object": does(of("silent"), ASKED - {"delegate_a"}),
        "withdraw_objection": does(of("silent"), ASKED - {"delegate_a"}),
        "state_position": does(of("silent"), ASKED - {"delegate_a"}),
        "conclude": does(of("silent")),
        "approve": does(of("asked"), {"chair"}),
        "issue": does(of("asked"), SECRETARIAT | {"chair"}),
        "recall": does(of("held"), unseen=ROOM),
        "send_now": does(of("held"), unseen=ROOM),
        "supersede": does(of("issued"), unseen=frozenset()),
        "withdraw": does(of("issued"), ADMINISTRATORS, unseen=frozenset()),
        "abandon": does(of("asked")),
        "silence": reads(of("silent")),
        "told": reads(of("asked"), SECRETARIAT),
        # comments
        "consultation": reads(of("asked")),
        "consultation_pdf": reads(of("asked")),
        "add_comment": does(of("asked"), ASKED),
        "edit_comment": does(comment("note"), WRITING_A, unseen=OUTSIDE_A),
        "remove_comment": does(comment("note"), WRITING_A, unseen=OUTSIDE_A),
        "withdraw_comment": does(comment("comment"), SPEAKING_A, unseen=UNASKED | {"head_b"}),
        "place_comment": does(comment("comment"), unseen=UNASKED | {"head_b"}),
        "submit": does(of("asked"), ASKED - {"delegate_a"}),
        # dispositions
        "comments": reads(of("over")),
        "comment": reads(comment("comment"), SEEING - {"head_b"}, unseen=UNASKED | {"head_b"}),
        "dispose": does(of("over")),
        "release_verdicts": does(of("over"), ADMINISTRATORS),
        "publish_comments": does(of("over"), ADMINISTRATORS),
        "withdraw_verdict": does(comment("judged")),
        "apply": does(comment("judged")),
        "answer_verdict": does(comment("judged"), SPEAKING_A),
        "redact_comment": does(comment("judged"), ADMINISTRATORS),
        "promises": reads(of("over"), SECRETARIAT),
        "explain": Address(get=None, post=SECRETARIAT, args=of("over"), unseen=UNASKED),
        "comments_xlsx": reads(of("over")),
        "comments_docx": reads(of("over")),
        "comments_pdf": reads(of("over")),
        # the offline sheet
        "sheet": reads(of("asked"), ASKED),
        "upload_sheet": does(of("asked"), ASKED),
        "upload": Address(
            get={"delegate_a"},
            post={"delegate_a"},
            args=comment("upload"),
            unseen=frozenset(SIGNED_IN - {"delegate_a"}),
        ),
        # responses
        "respond": does(of("issued"), ASKED | {"chair"}, unseen=frozenset()),
        "edit_response": does(part("answer"), WRITING_A, unseen=OUTSIDE_A),
        "remove_response": does(part("answer"), WRITING_A, unseen=OUTSIDE_A),
        "submit_response": does(part("answer"), SPEAKING_A, unseen=OUTSIDE_A),
        "return_response": does(part("told"), unseen=OUTSIDE_A - SECRETARIAT - {"chair"}),
        "release_response": does(part("told"), ADMINISTRATORS, unseen=OUTSIDE_A - SECRETARIAT - {"chair"}),
        "retract_response": does(part("released"), ADMINISTRATORS, unseen=frozenset()),
        # prints: this one is the editor's own
        "print": Address(
            get={"editor"}, args=part("print"), unseen=frozenset(SIGNED_IN - {"editor"}), stranger="404"
        ),
        "print_file": Address(
            get={"editor"}, args=part("print"), unseen=frozenset(SIGNED_IN - {"editor"}), stranger="404"
        ),
        "print_again": Address(
            get=None,
            post={"editor"},
            args=part("print"),
            unseen=frozenset(SIGNED_IN - {"editor"}),
            stranger="404",
        ),
    }.items()
}
