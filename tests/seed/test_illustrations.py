"""Pictures drawn by code: fit for print, the same everywhere, drawn once."""

from pathlib import Path

import pytest
from PIL import Image, ImageStat

from isecg.seed import illustrations

# One of each module and shape; drawing all of them takes a while.
SAMPLE = ["station", "mars_moons", "jupiter", "blueprint"]


@pytest.mark.parametrize("name", ["mars_moons", "blueprint"])
def test_a_scene_is_the_same_every_time(name: str) -> None:
    draw = illustrations.SCENES[name].draw
    assert draw().tobytes() == draw().tobytes()


@pytest.mark.parametrize("name", SAMPLE)
def test_a_scene_is_large_enough_for_print_and_shows_something(name: str) -> None:
    image = illustrations.SCENES[name].draw()
    assert max(image.size) >= 1800
    assert min(image.size) >= 1000
    assert ImageStat.Stat(image.convert("L")).stddev[0] > 10


@pytest.mark.parametrize("name", list(illustrations.SCENES))
def test_a_scene_says_what_it_shows(name: str) -> None:
    words = illustrations.SCENES[name].alt_text
    assert 40 < len(words) < 140
    assert words.endswith(".")


def test_a_picture_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def draw() -> Image.Image:
        drawn.append("once")
        return Image.new("RGB", (64, 40), (20, 40, 60))

    monkeypatch.setattr(illustrations, "SCENES", {"plain": illustrations.Scene(draw, "A plain.")})
    first = illustrations.pictures(["plain", "plain"], tmp_path)
    assert illustrations.pictures(["plain"], tmp_path) == first
    assert drawn == ["once"]
