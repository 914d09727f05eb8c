"""The short code that stands in every copy of an edition, or of a recommendation, and finds it again."""

import hashlib

# Crockford's base 32: no letter that could be taken for a figure.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8


def short_code(year: int, number: int, sha256: str) -> str:
    """For example `2025-2-7K3M9QXA`: year, number (of the edition, of the recommendation), and 40 bits that
    only the checksum of what it says gives."""
    told = hashlib.sha256(f"{year} {number} {sha256}".encode()).digest()
    bits = int.from_bytes(told[:5])
    signs = [ALPHABET[bits >> 5 * place & 31] for place in reversed(range(LENGTH))]
    return f"{year}-{number}-{''.join(signs)}"


MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def read_code(typed: str) -> str | None:
    """The code somebody typed or scanned, as it is stored; None where it cannot be one.

    Small letters, spaces, missing or other dashes and letters taken for figures are forgiven.
    """
    kept = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum()).translate(MISREAD)
    year, number, signs = kept[:4], kept[4:-LENGTH], kept[-LENGTH:]
    if not (year.isdecimal() and number.isdecimal() and len(number) <= 5 and len(signs) == LENGTH):
        return None
    if not set(signs) <= set(ALPHABET):
        return None
    return f"{year}-{int(number)}-{signs}"
