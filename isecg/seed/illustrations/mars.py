"""Scenes at Mars, and the way home through the Earth's air."""

import math
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from isecg.seed.illustrations import canvas
from isecg.seed.illustrations.canvas import Colour
from isecg.seed.illustrations.moon import WIDE

DUSK = [
    (0, (38, 30, 40)),
    (0.3, (104, 66, 56)),
    (0.62, (190, 122, 82)),
    (0.8, (226, 170, 124)),
    (1, (222, 178, 140)),
]


def mars_moons() -> Image.Image:
    """Evening on Mars: ranges in dust, a small blue Sun, two small moons."""
    rng = Random(51)  # noqa: S311
    width, _height = WIDE
    picture = canvas.gradient(WIDE, DUSK)
    picture = canvas.add(picture, canvas.glow(WIDE, (560, 690), 620, (150, 170, 190), 2.4))
    picture = canvas.add(picture, canvas.glow(WIDE, (560, 690), 60, (255, 255, 255), 0.7))
    _moon(picture, (1380, 210), 92, rng, squash=0.82)
    _moon(picture, (1020, 130), 34, rng, squash=0.8)
    haze: Colour = (214, 160, 120)
    near: Colour = (70, 32, 26)
    for layer in range(6):
        part = layer / 5
        base = 700 + 330 * part**1.5
        skyline = [
            base + y for y in canvas.ridge(width, rng, rough=0.56 + 0.04 * part, height=150 - 90 * part)
        ]
        colour = canvas.between([(0, haze), (1, near)], part**0.8)
        picture.paste(_slope(colour, rng, part), (0, 0), canvas.below(WIDE, skyline))
    return canvas.grain(picture, rng)


def _slope(colour: Colour, rng: Random, part: float) -> Image.Image:
    """A range's surface: the nearer, the more of its folds can be seen."""
    half = WIDE[0] // 2, WIDE[1] // 2
    folds = canvas.relief(canvas.fractal(half, 130, rng, octaves=6, keep=0.55), 60 * part, coarse=60 * part)
    folds = folds.resize(WIDE, canvas.SMOOTH)
    light: Colour = (min(255, colour[0] * 2), min(255, int(colour[1] * 1.9)), min(255, int(colour[2] * 1.7)))
    return ImageOps.colorize(folds, (colour[0] // 4, colour[1] // 5, colour[2] // 5), light, mid=colour)


def _moon(picture: Image.Image, place: tuple[int, int], side: int, rng: Random, *, squash: float) -> None:
    """A small lumpy moon, lit by the Sun below it."""
    heights = canvas.add_craters(
        canvas.fractal((600, 300), 60, rng, octaves=5), 90, rng, smallest=7, largest=90
    )
    skin = ImageOps.colorize(canvas.relief(heights, 110, coarse=20), (60, 50, 46), (230, 214, 196))
    ball = ImageChops.multiply(
        canvas.sphere(skin, side, turn=rng.random()),
        Image.merge("RGB", [canvas.lit(side, (-0.7, 0.45, 0.45), ambient=0.04)] * 3),
    )
    size = side, round(side * squash)
    box = (*place, place[0] + size[0], place[1] + size[1])
    shine = ImageChops.multiply(ball, Image.merge("RGB", [canvas.disc(side)] * 3)).resize(size, canvas.SMOOTH)
    picture.paste(canvas.add(picture.crop(box), shine), box)


def reentry() -> Image.Image:
    """A capsule with samples comes home: a bright trail over dark hills at dawn."""
    rng = Random(61)  # noqa: S311
    width, _height = WIDE
    sky = [
        (0, (8, 12, 32)),
        (0.42, (26, 44, 92)),
        (0.68, (112, 104, 132)),
        (0.8, (226, 152, 112)),
        (0.9, (250, 206, 150)),
    ]
    picture = canvas.add(canvas.gradient(WIDE, sky), _fading_stars(rng))
    start, end = (210, 60), (1330, 560)
    for thickness, colour, blur in (
        (60, (120, 60, 26), 26), (26, (210, 130, 70), 12), (11, (255, 214, 160), 4), (4, (255, 255, 250), 1),
    ):  # fmt: skip
        picture = canvas.add(picture, _trail(start, end, thickness, colour, blur))
    picture = canvas.add(picture, canvas.glow(WIDE, end, 210, (255, 196, 120), 2.6))
    picture = canvas.add(picture, canvas.glow(WIDE, end, 46, (255, 255, 255), 0.9))
    for layer in range(4):
        part = layer / 3
        base = 920 + 220 * part**1.3
        skyline = [base + y for y in canvas.ridge(width, rng, rough=0.52, height=60 - 20 * part)]
        colour = canvas.between([(0, (96, 82, 108)), (1, (7, 10, 20))], part**0.7)
        picture.paste(Image.new("RGB", WIDE, colour), (0, 0), canvas.below(WIDE, skyline))
    return canvas.grain(picture, rng)


def _fading_stars(rng: Random) -> Image.Image:
    fade = canvas.gradient(WIDE, [(0, (255, 255, 255)), (0.55, (0, 0, 0)), (1, (0, 0, 0))])
    return ImageChops.multiply(canvas.stars(WIDE, 420, rng), fade)


def _trail(
    start: tuple[int, int], end: tuple[int, int], width: int, colour: Colour, blur: int
) -> Image.Image:
    """A trail that widens and brightens towards its end."""
    light = Image.new("RGB", WIDE)
    pen = ImageDraw.Draw(light)
    slant = math.atan2(end[1] - start[1], end[0] - start[0])
    for step in range(240):
        part = step / 239
        x, y = start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
        y -= 46 * math.sin(math.pi * part) * math.cos(slant)
        half = width / 2 * part**1.6
        red, green, blue = (round(each * part**1.5) for each in colour)
        pen.ellipse((x - half, y - half, x + half, y + half), fill=(red, green, blue))
    return light.filter(ImageFilter.GaussianBlur(blur))
