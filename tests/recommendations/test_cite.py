"""How an issued recommendation is cited: on its page, on a page of its own, as files; before, nowhere."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from agencies.models import Agency
from isecg.citation import FORMS, bibtex, words
from members.models import Member
from recommendations.citing import work
from recommendations.models import Recommendation
from recommendations.services import issues
from tests.recommendations import world

CONTENT = {
    "number": "2026-03",
    "title": "Moon & Mars: 100 %_of {it}",
    "issued_at": "2026-03-02T09:00:00Z",
    "language": "en",
    "is_demonstration": False,
}


def own(recommendation: Recommendation, rest: str = "") -> str:
    return f"/recommendations/{recommendation.number}/{rest}"


def test_words_name_issuer_number_day_and_that_it_is_non_binding() -> None:
    assert words(work(CONTENT, "https://isecg.example/recommendations/2026-03/")) == (
        "International Space Exploration Coordination Group (ISECG) (2026): Moon & Mars: 100 %_of {it}. "
        "ISECG Recommendation 2026-03. Noordwijk: ISECG Secretariat, 2 March 2026. "
        "Legally non-binding. https://isecg.example/recommendations/2026-03/"
    )


def test_a_demonstration_is_cited_as_one() -> None:
    composed = work({**CONTENT, "is_demonstration": True}, "https://isecg.example/")
    assert all("not a recommendation of ISECG" in form.write(composed) for form in FORMS.values())


def test_bibtex_escapes_what_means_something_there() -> None:
    assert r"title = {{Moon \& Mars: 100 \%\_of \{it\}}}," in bibtex(work(CONTENT, "https://isecg.example/"))


def test_citations_stand_beside_the_text(issued: Recommendation, client: Client) -> None:
    page = client.get(own(issued)).content.decode()
    assert f"ISECG Recommendation {issued.number}. Noordwijk" in page
    for ending in ("bib", "ris", "json"):
        assert f'href="{own(issued, f"cite.{ending}")}" download' in page
    assert f'href="{own(issued, "cite/")}"' in page


def test_a_day_of_the_past_is_cited_alike(issued: Recommendation, client: Client) -> None:
    assert own(issued, "cite.bib") in client.get(own(issued, "on/2026-03-03/")).content.decode()
    assert own(issued, "cite.bib") not in client.get(own(issued, "on/2020-01-01/")).content.decode()


def test_the_page_shows_all_four_to_copy(issued: Recommendation, client: Client) -> None:
    page = client.get(own(issued, "cite/")).content.decode()
    assert page.count('<pre class="citation"') == 4
    assert f"@techreport{{isecg-recommendation-{issued.number}," in page


def test_a_file_is_what_the_page_shows(issued: Recommendation, client: Client) -> None:
    answer = client.get(own(issued, "cite.json"))
    [told] = json.loads(answer.content)
    assert (told["number"], told["title"]) == (issued.number, issued.title)
    assert told["URL"] == f"{settings.SITE_URL}{own(issued)}"
    name = f'attachment; filename="ISECG-recommendation-{issued.number}.json"'
    assert answer["Content-Disposition"] == name


def test_what_was_withdrawn_can_still_be_cited(
    issued: Recommendation, administrator: Member, client: Client
) -> None:
    issues.withdraw(issued, by=administrator, reason="A mistake.")
    page = client.get(own(issued, "cite/")).content.decode()
    assert "Reason: A mistake." in page
    assert f"ISECG Recommendation {issued.number}" in page


@pytest.mark.parametrize("rest", ["cite/", "cite.bib", "cite.ris", "cite.json", "cite.txt"])
def test_what_is_not_public_yet_has_no_citation(
    rest: str,
    editor: Member,
    asked: list[Agency],
    chair: Member,
    client: Client,
    sign_in: Callable[[Member | None], Client],
) -> None:
    held = world.issued(editor, asked, chair, hold=1000 * world.DAY)
    agreed: Any = world.agreed(editor, asked)
    for recommendation in (held, agreed):
        assert client.get(own(recommendation, rest)).status_code == 404
        assert sign_in(editor).get(own(recommendation, rest)).status_code == 404


def test_no_other_ending_is_an_address(issued: Recommendation, client: Client) -> None:
    assert client.get(own(issued, "cite.exe")).status_code == 404
