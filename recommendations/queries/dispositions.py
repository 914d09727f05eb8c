"""What became of comments."""

from django.db.models import QuerySet

from recommendations.models import Comment, Recommendation


def undecided(recommendation: Recommendation) -> QuerySet[Comment]:
    """Submitted comments without a verdict, of every consultation, in order; withdrawn ones need none."""
    return (
        Comment.objects.submitted()
        .filter(
            consultation__recommendation=recommendation,
            consultation__recalled_at__isnull=True,
            disposition__isnull=True,
        )
        .select_related("consultation", "agency")
        .order_by("consultation__circulated_at", "number")
    )
