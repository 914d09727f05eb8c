"""What search engines are told."""

from typing import Any

from agencies.models import Agency
from recommendations.models import Recommendation


def test_sitemap_names_public_pages_in_both_languages_and_no_draft(
    client: Any, dlr: Agency, draft: Recommendation, issued: Recommendation
) -> None:
    page = client.get("/sitemap.xml").content.decode()
    for path in (
        "/",
        "/agencies/dlr/",
        f"/recommendations/{issued.number}/",
        f"/de/recommendations/{issued.number}/",
    ):
        assert f"<loc>http://testserver{path}</loc>" in page
    assert f"/recommendations/{draft.number}/" not in page


def test_robots_keep_out_of_a_demonstration(client: Any, settings: Any) -> None:
    settings.DEMO = True
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()


def test_robots_are_shown_the_map_of_the_site(client: Any, settings: Any) -> None:
    settings.DEMO, settings.SITE_URL = False, "https://portal.example.org"
    words = client.get("/robots.txt").content.decode()
    assert "Disallow: /\n" not in words
    assert "Sitemap: https://portal.example.org/sitemap.xml\n" in words
