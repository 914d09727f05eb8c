"""The record an address names, for those who may know of it."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from recommendations.models import Recommendation


def recommendation_of(request: HttpRequest, number: str) -> Recommendation:
    """The recommendation, or 404 for those who may not know of it."""
    return get_object_or_404(Recommendation.objects.visible_to(request.user), number=number)
