"""What the head of every page of a recommendation needs: {% load recommendations %}."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isecg import deadlines
from recommendations import workflow
from recommendations.models import STATEMENT, Recommendation, State
from recommendations.queries import public
from recommendations.queries.steps import effect_of

register = template.Library()

HELD: dict[State, Any] = {
    State.IN_CONSULTATION: _("The consultation opens at %(instant)s"),
    State.UNDER_SILENCE: _("The silence procedure starts at %(instant)s"),
    State.ISSUED: _("It becomes public at %(instant)s"),
}


def _reader(context: template.Context) -> Any:
    return getattr(getattr(context, "request", None), "user", None)


@register.simple_tag(takes_context=True)
def status_of(context: template.Context, recommendation: Recommendation) -> public.Status:
    """How the recommendation stands now, as far as this reader may know."""
    return public.status(recommendation, _reader(context), timezone.now())


@register.simple_tag(takes_context=True)
def last_word_on(context: template.Context, recommendation: Recommendation) -> public.End | None:
    """Why and since when it no longer counts, and what stands in its place."""
    return public.end(recommendation, _reader(context), timezone.now())


@register.simple_tag(takes_context=True)
def tabs_of(context: template.Context, recommendation: Recommendation, tab: str = "") -> list[dict[str, Any]]:
    """The pages of a recommendation this reader may open; `tab` is the URL name of the one shown."""
    return public.tabs(recommendation, _reader(context), timezone.now(), tab)


@register.simple_tag(takes_context=True)
def held_of(context: template.Context, recommendation: Recommendation) -> dict[str, Any] | None:
    """The last step while it waits for its effect, for who may take it back; None for others, and later."""
    now, effect = timezone.now(), effect_of(recommendation)
    if effect is None or effect <= now:
        return None
    options = workflow.options(recommendation, _reader(context), now)
    if not options["recall"].decision:
        return None
    words = HELD[State(recommendation.state)] % {"instant": deadlines.utc(effect)}
    return {"words": words, **{verb: options[verb].decision for verb in ("recall", "send_now")}}


@register.simple_tag
def statement() -> Any:
    """The sentence that stands on every page and PDF of a recommendation."""
    return STATEMENT
