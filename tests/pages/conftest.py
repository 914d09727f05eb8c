"""Templates as a page would show them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template import engines


@pytest.fixture
def show() -> Callable[..., str]:
    """`show("{% include … %}", name=value)`: what a template with these words gives, spaces made one."""

    def render(words: str, **context: Any) -> str:
        return " ".join(engines["django"].from_string(words).render(context).split())

    return render
