"""What became of comments."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from recommendations.lineage import Keyed, align, between, parse, with_keys
from recommendations.models import Comment, Disposition, Paragraph, Recommendation, Verdict
from recommendations.promises import Promise, Texts
from recommendations.queries.texts import before, keyed

NAMED = 20  # undecided comments in a sentence; the table has them all
PROMISED = (Verdict.ACCEPTED, Verdict.CHANGED)


def promise_of(disposition: Disposition, placed: str = "") -> Promise:
    """What an accepted comment promises; `placed` is the paragraph it belongs to now."""
    comment = disposition.comment
    return Promise(
        comment=disposition.comment_id,
        key=comment.key,
        agreed=disposition.text if disposition.verdict == Verdict.CHANGED else comment.to_text,
        gone=comment.from_text or (comment.to_text and comment.quote),
        placed=placed,
    )


def taken_up(decided: Iterable[Disposition], old: Sequence[Keyed], new: Sequence[Keyed]) -> dict[int, str]:
    """The comments whose agreed words stand in the text `new`, each with the key of that paragraph ("" if it
    had to go). `old` is the text they were made on. Comments that propose no wording are not among them."""
    promises = [promise_of(each) for each in decided if each.verdict in PROMISED]
    wordings = [each for each in promises if each.key and (each.agreed or each.gone)]
    texts = Texts(old, new, between(old, new)) if wordings else None
    found = {each.comment: texts.place(each) for each in wordings} if texts else {}
    return {pk: key for pk, key in found.items() if key is not None}


def in_working_text(recommendation: Recommendation, decided: Iterable[Disposition]) -> set[int]:
    """The comments whose agreed words stand in the working text, which only the secretariat reads."""
    rounds: dict[int, list[Disposition]] = defaultdict(list)
    for each in decided:
        if each.verdict in PROMISED:
            rounds[each.comment.consultation.revision_id].append(each)
    if not rounds:
        return set()
    paragraphs: dict[int, list[Paragraph]] = defaultdict(list)
    for row in Paragraph.objects.filter(revision__in=rounds).order_by("revision", "position"):
        paragraphs[row.revision_id].append(row)
    now = _working(recommendation)
    return {pk for asked, group in rounds.items() for pk in taken_up(group, keyed(paragraphs[asked]), now)}


def _working(recommendation: Recommendation) -> list[Keyed]:
    """The paragraphs of the working text with the keys they would get in the next revision."""
    newest, earlier = before(recommendation)
    parts = parse(recommendation.text)
    return with_keys(parts, align(newest, parts, retired=earlier).keys)


def undecided(recommendation: Recommendation) -> QuerySet[Comment]:
    """Submitted comments without a verdict, of every consultation, in order; withdrawn ones need none."""
    return (
        Comment.objects.submitted()
        .filter(
            consultation__recommendation=recommendation,
            consultation__recalled_at__isnull=True,
            disposition__isnull=True,
        )
        .select_related("consultation__recommendation", "agency")
        .prefetch_related("agency__names")
        .order_by("consultation__circulated_at", "agency", "number")
    )


def undecided_words(comments: Sequence[Comment]) -> SafeString:
    """The sentence with which a step is refused while comments are undecided: each by agency and number, as
    a link to it."""
    number = comments[0].consultation.recommendation.number
    links = ((reverse("recommendations:comment", args=[number, each.pk]), each) for each in comments[:NAMED])
    names = format_html_join(", ", '<a href="{}">{}</a>', links)
    more = len(comments) - NAMED
    if more > 0:
        also = ngettext("{names} and {more} more", "{names} and {more} more", more)
        names = format_html(also, names=names, more=more)
    sentence = ngettext(
        "This comment has no verdict yet: {names}.",
        "{count} comments have no verdict yet: {names}.",
        len(comments),
    )
    return format_html(sentence, count=len(comments), names=names)
