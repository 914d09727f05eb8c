"""What became of comments."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from recommendations.models import Comment, Recommendation

NAMED = 20  # undecided comments in a sentence; the table has them all


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
        .order_by("consultation__circulated_at", "number")
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
