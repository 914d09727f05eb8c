"""The short code of an edition: the same for the same, forgiving to read."""

from hypothesis import given
from hypothesis import strategies as st

from isecg.codes import ALPHABET, read_code, short_code

years = st.integers(2007, 2200)
numbers = st.integers(1, 32767)
sums = st.text("0123456789abcdef", min_size=64, max_size=64)


@given(years, numbers, sums)
def test_read_code_finds_every_code(year: int, number: int, sha256: str) -> None:
    code = short_code(year, number, sha256)
    assert read_code(code) == code


@given(years, numbers, sums)
def test_read_code_forgives_how_it_was_typed(year: int, number: int, sha256: str) -> None:
    code = short_code(year, number, sha256)
    typed = f"  {code.lower().replace('-', ' – ').replace('0', 'o').replace('1', 'l')} "
    assert read_code(typed) == code


@given(st.text(max_size=60))
def test_read_code_of_anything_is_a_code_or_none(typed: str) -> None:
    code = read_code(typed)
    assert code is None or (len(code) <= 20 and set(code.rpartition("-")[2]) <= set(ALPHABET))


def test_short_code_differs_with_the_edition() -> None:
    codes = {short_code(2025, number, "0" * 64).rpartition("-")[2] for number in range(1, 200)}
    assert len(codes) == 199
