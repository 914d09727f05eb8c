"""Scenes farther out: small bodies, Jupiter, an antenna that listens, a map of orbits."""

import math
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from isecg.seed.illustrations import canvas
from isecg.seed.illustrations.canvas import Colour, Point, Size
from isecg.seed.illustrations.moon import WIDE

PANORAMA: Size = (2800, 1000)


def antenna() -> Image.Image:
    """A large dish under the Milky Way."""
    rng = Random(71)  # noqa: S311
    width, _height = WIDE
    picture = canvas.gradient(
        WIDE, [(0, (5, 8, 22)), (0.6, (16, 28, 58)), (0.86, (58, 66, 92)), (1, (116, 100, 98))]
    )
    picture = canvas.add(picture, _milky_way(rng))
    picture = canvas.add(picture, canvas.stars(WIDE, 1500, rng))
    for base, colour in ((1010, (22, 26, 40)), (1080, (9, 11, 18))):
        skyline = [base + y for y in canvas.ridge(width, rng, rough=0.5, height=36)]
        picture.paste(Image.new("RGB", WIDE, colour), (0, 0), canvas.below(WIDE, skyline))
    mask = canvas.shape(WIDE, _dish)
    rim = ImageChops.subtract(mask, ImageChops.offset(mask, 3, 3)).filter(ImageFilter.GaussianBlur(0.7))
    picture.paste(
        canvas.gradient(WIDE, [(0, (52, 60, 84)), (0.6, (24, 28, 42)), (1, (6, 8, 12))]), (0, 0), mask
    )
    picture.paste(Image.new("RGB", WIDE, (142, 158, 196)), (0, 0), rim)
    picture = canvas.add(picture, canvas.glow(WIDE, (1357, 300), 34, (255, 70, 50), 1.4))
    return canvas.grain(picture, rng)


def _milky_way(rng: Random) -> Image.Image:
    """A slanting band of light, cloudy and with dark lanes."""
    band = Image.new("L", (3000, 3000))
    ImageDraw.Draw(band).rectangle((0, 1330, 3000, 1660), fill=255)
    band = (
        band.resize((750, 750))
        .filter(ImageFilter.GaussianBlur(42))
        .resize((3000, 3000))
        .rotate(33, canvas.SMOOTH)
    )
    band = band.crop((350, 900, 2350, 2150))
    cloud = canvas.grey(canvas.fractal(WIDE, 260, rng, octaves=6, keep=0.6), 110, 120)
    lanes = canvas.grey(canvas.fractal(WIDE, 180, rng, octaves=6, keep=0.6), 150, 150)
    return ImageOps.colorize(
        ImageChops.multiply(ImageChops.multiply(band, cloud), lanes), (0, 0, 0), (176, 170, 188)
    )


def _dish(pen: ImageDraw.ImageDraw) -> None:
    """A dish that looks to the upper left, its feed on three legs, on a tower."""
    cx, cy, slant = 2560, 1120, math.radians(-38)

    def at(along: float, out: float) -> Point:
        return (
            cx + along * math.cos(slant) + out * math.sin(slant),
            cy + along * math.sin(slant) - out * math.cos(slant),
        )

    bowl = [at(620 * n / 40, 230 * (n / 40) ** 2) for n in range(-40, 41)]
    lip = [at(620 * math.cos(a / 40 * math.pi), 230 + 64 * math.sin(a / 40 * math.pi)) for a in range(41)]
    pen.polygon(bowl + lip, fill=255)
    for foot in (-480, 0, 480):
        pen.line([at(foot, 230 * (foot / 620) ** 2), at(0, 640)], fill=255, width=12)
    pen.polygon([at(-46, 590), at(46, 590), at(30, 690), at(-30, 690)], fill=255)
    pen.polygon([at(-200, 0), at(200, 0), at(90, -150), at(-90, -150)], fill=255)
    pen.polygon([(cx - 130, cy + 70), (cx + 210, cy + 70), (cx + 330, 2200), (cx - 250, 2200)], fill=255)
    pen.rectangle((cx - 420, 2080, cx + 500, 2260), fill=255)


def jupiter() -> Image.Image:
    """Jupiter and its four large moons in a row; a very wide picture."""
    rng = Random(81)  # noqa: S311
    picture = canvas.stars(PANORAMA, 620, rng)
    side = 1500
    ball = canvas.sphere(_bands((2400, 1200), rng), side, turn=0.05, tilt=0.06)
    ball = ImageChops.multiply(ball, Image.merge("RGB", [canvas.lit(side, (0.62, -0.16, 0.6), soft=0.8)] * 3))
    picture.paste(ball, (-560, -250), canvas.disc(side))
    moons: list[tuple[int, int, Colour]] = [
        (1270, 58, (226, 196, 108)),
        (1560, 50, (214, 196, 172)),
        (1980, 84, (150, 136, 120)),
        (2520, 78, (104, 98, 92)),
    ]
    for x, size, colour in moons:
        skin = canvas.grey(canvas.fractal((240, 120), 30, rng, octaves=4), 60, 170)
        moon = canvas.sphere(ImageOps.colorize(skin, (20, 18, 16), colour, mid=colour), size)
        moon = ImageChops.multiply(moon, Image.merge("RGB", [canvas.lit(size, (0.8, -0.2, 0.45))] * 3))
        picture.paste(moon, (x, 560 - round((x - 1200) * 0.07) - size // 2), canvas.disc(size))
    return canvas.grain(picture, rng)


def _bands(size: Size, rng: Random) -> Image.Image:
    """Belts and zones, torn by turbulence, with one great storm."""
    tones = [
        (238, 222, 196),
        (196, 150, 112),
        (232, 208, 176),
        (150, 98, 70),
        (240, 228, 208),
        (206, 170, 136),
    ]
    places = [0.0, 0.1, 0.19, 0.24, 0.31, 0.37, 0.44, 0.47, 0.54, 0.6, 0.63, 0.71, 0.78, 0.86, 1.0]
    belts = canvas.gradient(size, [(place, tones[n % len(tones)]) for n, place in enumerate(places)])
    swirl = canvas.fractal((size[0] // 4, size[1]), 60, rng, octaves=5, keep=0.6).resize(size, canvas.SMOOTH)
    pull = canvas.fractal((60, 50), 9, rng, octaves=3)
    mesh = []
    for row in range(50):
        for column in range(60):
            box = [column * 40, row * 24, column * 40 + 40, row * 24 + 24]
            mesh.append((tuple(box), [n for x, y in _corners(box) for n in _torn(x, y, pull, size)]))
    torn = belts.transform(size, Image.Transform.MESH, mesh, canvas.SMOOTH)
    storm = canvas.shape(size, lambda pen: pen.ellipse((1420, 1440, 1660, 1552), fill=225))
    torn.paste(Image.new("RGB", size, (190, 92, 60)), (0, 0), storm.filter(ImageFilter.GaussianBlur(5)))
    return ImageChops.multiply(torn, Image.merge("RGB", [canvas.grey(swirl, 44, 218)] * 3))


def _corners(box: list[int]) -> list[Point]:
    left, top, right, bottom = box
    return [(left, top), (left, bottom), (right, bottom), (right, top)]


def _torn(x: float, y: float, pull: Image.Image, size: Size) -> Point:
    strength = pull.getpixel((min(59, int(x // 40)), min(49, int(y // 24))))
    return x, min(size[1] - 1, max(0, y + 20 * float(strength)))  # type: ignore[arg-type]


def asteroid() -> Image.Image:
    """A small probe with two wings arrives at a dark, lumpy asteroid."""
    rng = Random(91)  # noqa: S311
    picture = canvas.stars(WIDE, 520, rng)
    side = 1180
    heights = canvas.fractal((2400, 1200), 200, rng, octaves=8, keep=0.62)
    heights = canvas.add_craters(heights, 500, rng, smallest=9, largest=190)
    skin = ImageOps.colorize(
        canvas.contrast(canvas.relief(heights, 130, coarse=40, middle=150), 1.6),
        (14, 13, 12),
        (255, 246, 230),
    )
    ball = canvas.sphere(skin, side, turn=0.3)
    ball = ImageChops.multiply(
        ball, Image.merge("RGB", [canvas.lit(side, (-0.78, -0.4, 0.44), soft=0.7)] * 3)
    )
    outline = [
        1
        + 0.13 * math.sin(2 * a + 0.6)
        + 0.06 * math.sin(3 * a + 2)
        + 0.025 * math.sin(7 * a)
        + 0.012 * math.sin(13 * a)
        for a in (math.tau * n / 180 for n in range(180))
    ]
    points = [
        (
            side + side * 0.84 * r * math.cos(math.tau * n / 180),
            side + side * 0.7 * r * math.sin(math.tau * n / 180),
        )
        for n, r in enumerate(outline)
    ]
    mask = canvas.shape((side, side), lambda pen: pen.polygon(points, fill=255))
    picture.paste(ball, (760, 40), ImageChops.multiply(mask, canvas.disc(side)))
    _paint_probe(picture, (420, 420))
    return canvas.grain(picture, rng)


def _paint_probe(picture: Image.Image, centre: tuple[int, int]) -> None:
    """A golden box, two blue wings, a white dish."""
    big = Image.new("RGBA", (1600, 800))
    pen = ImageDraw.Draw(big)
    for left in (60, 1000):
        pen.rectangle(
            (left, 330, left + 540, 470), fill=(34, 58, 118, 255), outline=(150, 172, 220, 255), width=6
        )
        for line in range(1, 6):
            pen.line([(left + line * 90, 330), (left + line * 90, 470)], fill=(116, 140, 200, 255), width=4)
    pen.rectangle((600, 392, 1000, 408), fill=(160, 160, 166, 255))
    pen.polygon([(690, 290), (910, 290), (910, 510), (690, 510)], fill=(148, 104, 44, 255))
    pen.polygon([(690, 290), (770, 290), (770, 510), (690, 510)], fill=(250, 212, 130, 255))
    pen.polygon([(770, 290), (850, 290), (850, 510), (770, 510)], fill=(206, 154, 70, 255))
    pen.chord((690, 190, 910, 330), 180, 360, fill=(226, 228, 232, 255))
    pen.line([(800, 192), (800, 130)], fill=(226, 228, 232, 255), width=8)
    pen.polygon([(770, 510), (830, 510), (850, 566), (750, 566)], fill=(96, 96, 104, 255))
    small = big.rotate(-17, canvas.SMOOTH, expand=True).resize((560, 420), Image.Resampling.LANCZOS)
    picture.paste(small, (centre[0] - 280, centre[1] - 210), small)


def comet() -> Image.Image:
    """A comet with its two tails: one of dust, curved, and one of gas, straight."""
    rng = Random(101)  # noqa: S311
    picture = canvas.add(
        canvas.gradient(WIDE, [(0, (4, 7, 20)), (1, (10, 20, 40))]), canvas.stars(WIDE, 1100, rng)
    )
    head = (560, 860)
    for bend, spread, colour, blur in (
        (300, 300, (150, 130, 100), 34),
        (-10, 70, (60, 110, 190), 12),
        (-10, 26, (110, 160, 230), 6),
    ):
        tail = Image.new("RGB", WIDE)
        pen = ImageDraw.Draw(tail)
        for step in range(300, 0, -1):
            part = step / 300
            x, y = head[0] + 1500 * part, head[1] - 840 * part + bend * part**2
            half = 14 + spread * part / 2
            red, green, blue = (round(each * (1 - part) ** 1.3) for each in colour)
            pen.ellipse((x - half, y - half, x + half, y + half), fill=(red, green, blue))
        wisps = canvas.grey(canvas.fractal(WIDE, 120, rng, octaves=5), 60, 200)
        tail = ImageChops.multiply(
            tail.filter(ImageFilter.GaussianBlur(blur)), Image.merge("RGB", [wisps] * 3)
        )
        picture = canvas.add(picture, tail)
    picture = canvas.add(picture, canvas.glow(WIDE, head, 240, (150, 190, 190), 2.6))
    picture = canvas.add(picture, canvas.glow(WIDE, head, 44, (255, 255, 250), 1.0))
    return canvas.grain(picture, rng)


def orbits() -> Image.Image:
    """A map: the Sun, the orbits of the Earth and Mars, and a way between them."""
    rng = Random(111)  # noqa: S311
    width, height = WIDE
    picture = canvas.gradient(WIDE, [(0, (10, 20, 44)), (1, (20, 38, 74))])
    picture = canvas.add(
        picture, ImageChops.multiply(canvas.stars(WIDE, 260, rng), Image.new("RGB", WIDE, (120, 120, 130)))
    )
    sun = (860, 640)
    picture = canvas.add(picture, canvas.glow(WIDE, sun, 420, (180, 130, 60), 2.4))
    big = picture.resize((width * 2, height * 2), canvas.SMOOTH)
    pen = ImageDraw.Draw(big)
    for radius, colour in (
        (240, (110, 104, 96)),
        (400, (92, 150, 220)),
        (620, (214, 128, 92)),
        (1010, (120, 130, 160)),
    ):
        _dotted(pen, sun, radius, colour, whole=radius in (400, 620))
    _transfer(pen, sun)
    picture = big.reduce(2)
    picture = canvas.add(picture, canvas.glow(WIDE, sun, 90, (255, 226, 150), 0.7))
    for place, size, colour in (
        (_on_orbit(sun, 400, 200), 46, (96, 160, 236)), (_on_orbit(sun, 620, 20), 36, (222, 120, 78)),
        (_on_orbit(sun, 240, 300), 24, (190, 176, 150)), (_on_orbit(sun, 1010, 328), 22, (176, 170, 164)),
    ):  # fmt: skip
        ball = ImageChops.multiply(
            Image.new("RGB", (size, size), colour),
            Image.merge(
                "RGB", [canvas.lit(size, (sun[0] - place[0], sun[1] - place[1], 200), ambient=0.25)] * 3
            ),
        )
        picture.paste(ball, (round(place[0] - size / 2), round(place[1] - size / 2)), canvas.disc(size))
    return canvas.grain(picture, rng, 4)


def _on_orbit(sun: Point, radius: float, degrees: float) -> Point:
    """A place on a round orbit seen from a slant."""
    turn = math.radians(degrees)
    return sun[0] + radius * math.cos(turn), sun[1] + radius * math.sin(turn) * 0.56


def _dotted(pen: ImageDraw.ImageDraw, sun: Point, radius: int, colour: Colour, *, whole: bool) -> None:
    for step in range(0, 720, 1 if whole else 3):
        ends = [_on_orbit(sun, radius, (step + more) / 2) for more in (0, 1.2)]
        pen.line([(x * 2, y * 2) for x, y in ends], fill=colour, width=5 if whole else 4)


def _transfer(pen: ImageDraw.ImageDraw, sun: Point) -> None:
    """Half an ellipse from the Earth's orbit out to that of Mars, with an arrow in the middle."""
    points = []
    for step in range(181):
        part = step / 180
        radius = 2 / ((1 + math.cos(math.pi * part)) / 400 + (1 - math.cos(math.pi * part)) / 620)
        points.append(_on_orbit(sun, radius, 200 + 180 * part))
    pen.line([(x * 2, y * 2) for x, y in points], fill=(255, 214, 120), width=9, joint="curve")
    (x, y), (a, b) = points[92], points[88]
    slant = math.atan2(y - b, x - a)
    wings = [
        (x * 2 - 46 * math.cos(slant + side), y * 2 - 46 * math.sin(slant + side)) for side in (0.45, -0.45)
    ]
    pen.polygon([(x * 2 + 12 * math.cos(slant), y * 2 + 12 * math.sin(slant)), *wings], fill=(255, 214, 120))
