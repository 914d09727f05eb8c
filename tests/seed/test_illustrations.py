"""Pictures drawn by code: fit for print, the same everywhere, and kept as they are drawn."""

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

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


@pytest.mark.parametrize("name", list(illustrations.SCENES))
def test_a_scene_is_kept_drawn_and_small(name: str) -> None:
    kept = illustrations.file(name)
    assert kept.stat().st_size < 160_000
    with Image.open(kept) as picture:
        assert min(picture.size) >= 1000


def test_every_kept_picture_is_a_scene() -> None:
    assert {path.stem for path in illustrations.FOLDER.iterdir()} == set(illustrations.SCENES)


@pytest.mark.parametrize("name", SAMPLE)
def test_what_is_kept_is_what_the_code_draws(name: str, tmp_path: Path) -> None:
    illustrations.draw(name, tmp_path / "new.webp")
    with Image.open(tmp_path / "new.webp") as new, Image.open(illustrations.file(name)) as kept:
        difference = ImageChops.difference(new.reduce(10), kept.reduce(10))
    assert max(ImageStat.Stat(difference).mean) < 2
