"""Every page of a recommendation says that it is legally non-binding, whoever opens it."""

from typing import Any

from django.urls import reverse

from tests.access.recommendations import RECOMMENDATIONS

STATEMENT = "This recommendation is legally non-binding."
OF_NONE = {"recommendations:list", "recommendations:matrix", "recommendations:draft"}


ROLES = ["stranger", "delegate_a", "head_a", "chair", "editor", "administrator"]


def test_every_page_says_that_it_is_non_binding(world: Any, sign_in: Any) -> None:
    pages, silent = set(), set()
    for role in ROLES:
        client = sign_in(world.people[role])
        for name, address in RECOMMENDATIONS.items():
            if role not in (address.get or ()) or name in OF_NONE:
                continue
            answer = client.get(reverse(name, args=address.args(world)))
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                pages.add(name)
                silent |= set() if STATEMENT in answer.content.decode() else {f"{name} for {role}"}
    assert silent == set()
    assert len(pages) > 40
