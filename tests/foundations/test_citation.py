"""Citations: four forms of the same facts, whatever signs are in them."""

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

from isecg.citation import FORMS, Work, bibtex, csl, ris, words


def work(**fields: str) -> Work:
    told = {
        "key": "isecg-2025-2", "title": "ISECG Annual Report 2025", "author": "ISECG", "place": "Noordwijk",
        "publisher": "ISECG Secretariat", "edition": "edition 2", "address": "https://x.example/2.pdf",
    }  # fmt: skip
    return Work(**{**told, **fields}, day=dt.date(2026, 3, 1))


def test_words_name_author_year_edition_and_address() -> None:
    assert words(work()) == (
        "ISECG (2026): ISECG Annual Report 2025, edition 2. "
        "Noordwijk: ISECG Secretariat, 1 March 2026. https://x.example/2.pdf"
    )


def test_words_of_a_series_name_its_number_and_what_must_be_known() -> None:
    told = words(
        work(series="ISECG Recommendation", number="2026-03", note="Legally non-binding", edition="")
    )
    assert "2025. ISECG Recommendation 2026-03. Noordwijk" in told
    assert "2026. Legally non-binding. https://x.example" in told


def test_every_form_names_series_and_note() -> None:
    it = work(series="ISECG Recommendation", number="2026-03", note="Legally non-binding")
    assert "type = {ISECG Recommendation}" in bibtex(it)
    assert "T2  - ISECG Recommendation\r\n" in ris(it)
    assert csl(it)[0]["collection-title"] == "ISECG Recommendation"
    for form in FORMS.values():
        assert "Legally non-binding" in form.write(it)


def test_bibtex_escapes_what_it_would_read_as_signs() -> None:
    told = bibtex(work(title="Search & Rescue: 50% of $5 {a_b}"))
    assert "{{Search \\& Rescue: 50\\% of \\$5 \\{a\\_b\\}}}" in told


@given(st.text(max_size=80))
def test_bibtex_keeps_its_braces_in_balance(title: str) -> None:
    told = bibtex(work(title=title))
    plain = re.sub(r"\\[{}]", "", told)
    assert plain.count("{") == plain.count("}")


@given(st.text(max_size=80))
def test_ris_has_no_field_that_somebody_wrote_into_a_title(title: str) -> None:
    lines = ris(work(title=f"a{title}\r\nUR  - https://evil.example")).split("\r\n")
    assert sum(line.startswith("UR  - ") for line in lines) == 1
    assert lines[0] == "TY  - RPRT"


def test_csl_says_day_and_address() -> None:
    [told] = csl(work())
    assert (told["issued"], told["URL"], told["type"]) == (
        {"date-parts": [[2026, 3, 1]]},
        "https://x.example/2.pdf",
        "report",
    )
