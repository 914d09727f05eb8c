"""Styles taken as they are where no rule says otherwise, which is nearly always.

As it comes, WeasyPrint goes the whole way of the cascade for every property of every element and page: rules,
logical names, variables, calculations. What no rule names is its parent's or the initial value, and is so at
once. Its version is pinned exactly; a test holds both ways against each other.
"""

from typing import Any

from weasyprint.css import ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

# These depend on more than rules, parent and initial value.
OTHERWISE = {"display", "float", "page", "position"}


def install() -> None:
    """Take the short way, once a process."""
    ComputedStyle.__missing__ = _missing


def _is_plain(name: str) -> bool:
    simple = name in INHERITED or name not in INITIAL_NOT_COMPUTED
    return simple and name not in OTHERWISE and not name.startswith("text_decoration_")


def _also(name: str) -> tuple[str, str]:
    """The names under which rules may speak of a property beside its own, whichever way is written."""
    logical = PHYSICAL_FUNCTIONS.get(name)
    return (
        (logical(block="ttb", inline="ltr"), logical(block="ttb", inline="rtl")) if logical else (name, name)
    )


PLAIN = {name: _also(name) for name in INITIAL_VALUES if _is_plain(name)}
_original = ComputedStyle.__missing__


def _missing(style: Any, name: str) -> Any:
    if name in PLAIN and (parent := style.parent_style) is not None:
        one, other = PLAIN[name]
        cascaded = style.cascaded
        if name not in cascaded and one not in cascaded and other not in cascaded:
            value = style[name] = parent[name] if name in INHERITED else INITIAL_VALUES[name]
            return value
    return _original(style, name)
