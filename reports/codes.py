"""The short code that stands in every copy of an edition and finds it again."""

import hashlib

# Crockford's base 32: no letter that could be taken for a figure.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8


def short_code(year: int, number: int, sha256: str) -> str:
    """For example `2025-2-7K3M9QXA`: year, edition, and 40 bits that only the snapshot's checksum gives."""
    told = hashlib.sha256(f"{year} {number} {sha256}".encode()).digest()
    bits = int.from_bytes(told[:5])
    signs = [ALPHABET[bits >> 5 * place & 31] for place in reversed(range(LENGTH))]
    return f"{year}-{number}-{''.join(signs)}"
