"""One small world in which every address has something to show, and everybody who may knock."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

ROLES = [
    "stranger",
    "without_mandate",
    "former",
    "observer_a",
    "delegate_a",
    "alternate_a",
    "head_a",
    "head_b",
    "chair",
    "editor_without_factor",
    "editor",
    "administrator",
]
"""Everybody: A is the agency whose records are asked for, B another; a third one chairs."""

AGENCY_A = {"observer_a", "delegate_a", "alternate_a", "head_a"}
SECRETARIAT = {"editor", "administrator"}
SIGNED_IN = set(ROLES) - {"stranger"}
EVERYBODY = set(ROLES)
NOBODY: set[str] = set()


@dataclass(frozen=True)
class Address:
    """Who gets in by GET and by POST. `None`: the method is not allowed, whoever asks.

    Of the others a stranger is led to the sign-in page (or what `stranger` says), those to whom it is
    `unseen` get 404 (what you may not know of does not exist for you), and everybody else gets 403.
    """

    get: set[str] | None
    post: set[str] | None = None
    args: Callable[[Any], tuple[Any, ...]] = lambda world: ()
    unseen: frozenset[str] = frozenset()
    stranger: str = "sign in"


def every_address() -> dict[str, URLPattern]:
    """Every name that the portal's addresses have, with its namespace."""
    return dict(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, space: str) -> Any:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern, inner)
        else:
            yield f"{space}{pattern.name or pattern.pattern}", pattern
