"""The one way in which values are written as JSON, so that the same values have the same checksum."""

import hashlib
import json
from typing import Any

Content = dict[str, Any]


def canonical(content: Content) -> bytes:
    """Sorted keys, no spaces, UTF-8, no floating numbers that are none."""
    return json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def digest(content: Content) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(content)).hexdigest()
