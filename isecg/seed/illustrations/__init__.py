"""Pictures drawn by code for the demonstration, since no real photograph may be copied.

Each scene is drawn from a fixed seed, so that it is the same picture everywhere.
"""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image

from isecg.seed.illustrations import flight, mars, moon, space

CREDIT = "Illustration drawn for this demonstration"


@dataclass(frozen=True)
class Scene:
    """A picture and what it shows, for people who do not see it."""

    draw: Callable[[], Image.Image]
    alt_text: str


SCENES = {
    "earthrise": Scene(moon.earthrise, "The Earth, half lit, above the cratered edge of the Moon."),
    "south_pole": Scene(
        moon.south_pole,
        "A lander on four legs among craters; the Sun is just above the hills and the shadows are long.",
    ),
    "station": Scene(
        moon.station, "A space station of four modules and solar wings before the lit half of the Moon."
    ),
    "rover_tracks": Scene(
        moon.rover_tracks,
        "A six-wheeled rover with a camera mast on grey ground; its tracks curve between craters.",
    ),
    "mars_moons": Scene(
        mars.mars_moons,
        "Evening over reddish hills on Mars, with a pale low Sun and two small moons in the sky.",
    ),
    "reentry": Scene(mars.reentry, "A capsule draws a glowing trail across the dawn sky over dark hills."),
    "antenna": Scene(
        space.antenna, "A large dish antenna, seen against the Milky Way, points to the upper left."
    ),
    "jupiter": Scene(
        space.jupiter,
        "Jupiter with its coloured belts at the left, its four large moons in a row to the right.",
    ),
    "asteroid": Scene(
        space.asteroid, "A small probe with two blue solar wings approaches a lumpy, cratered asteroid."
    ),
    "comet": Scene(
        space.comet, "A comet with a straight blue tail and a wider, paler tail of dust among the stars."
    ),
    "launch": Scene(flight.launch, "At dusk a rocket draws a glowing arc over the sea, which mirrors it."),
    "space_station": Scene(
        flight.space_station,
        "A large space station with eight golden solar wings above the clouds of the Earth.",
    ),
    "capsule": Scene(
        flight.capsule,
        "A capsule with four solar wings flies past the Moon; the Earth is small in the distance.",
    ),
    "lunar_orbiter": Scene(
        flight.lunar_orbiter, "An orbiter with two blue solar wings above the cratered Moon."
    ),
    "mars_orbiter": Scene(
        flight.mars_orbiter,
        "The whole disc of Mars with clouds and a white pole, and an orbiter in front of it.",
    ),
    "laser": Scene(
        flight.laser, "A green beam of light from an orbiter meets a small lander on the dark Moon."
    ),
    "blueprint": Scene(
        flight.blueprint, "A drawing of a small rover with four spoked wheels, white lines on blue."
    ),
    "orbits": Scene(
        space.orbits,
        "A map of orbits around the Sun; a yellow arc with an arrow leads from the Earth to Mars.",
    ),
}


def pictures(names: Iterable[str], cache: Path) -> dict[str, bytes]:
    """These scenes as JPEG; each is drawn once per version of the drawing code and kept in `cache`."""
    cache.mkdir(parents=True, exist_ok=True)
    wanted = sorted(set(names))
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # the drawing library leaves Python's lock to others
        return dict(zip(wanted, pool.map(lambda name: _picture(name, cache), wanted), strict=True))


def _picture(name: str, cache: Path) -> bytes:
    kept = cache / f"{name}-{_version()}.jpg"
    if not kept.exists():
        half = kept.with_suffix(".part")
        half.write_bytes(jpeg(SCENES[name].draw()))
        half.rename(kept)
    return kept.read_bytes()


def jpeg(image: Image.Image) -> bytes:
    """Fit for print and for pages."""
    target = BytesIO()
    image.save(target, "JPEG", quality=90, subsampling=0)
    return target.getvalue()


@lru_cache
def _version() -> str:
    """Changes with the drawing code."""
    code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return sha256(code).hexdigest()[:12]
