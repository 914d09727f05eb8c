"""Pictures drawn by code for the demonstration, since no real photograph may be copied.

Each scene is drawn from a fixed seed, so that it is the same picture everywhere. Drawing all of them takes
half a minute, so they are kept, drawn, in `isecg/seed/pictures/`: `manage.py draw_illustrations` makes them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from isecg import ROOT
from isecg.seed.illustrations import flight, mars, moon, space

FOLDER = ROOT / "isecg" / "seed" / "pictures"
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


def file(name: str) -> Path:
    """Where the drawn scene is kept."""
    return FOLDER / f"{name}.webp"


def draw(name: str, target: Path) -> None:
    """Draw the scene anew into `target`: fit for print and for pages, and small."""
    SCENES[name].draw().save(target, "WEBP", quality=80, method=6)
