"""Scenes of people and machines under way, and a drawing board."""

import math
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from isecg.seed.illustrations import canvas
from isecg.seed.illustrations.canvas import Point
from isecg.seed.illustrations.moon import WIDE, earth

GOLD, PALE, SHADE, DARK = (232, 184, 96, 255), (236, 238, 242, 255), (132, 136, 146, 255), (44, 48, 58, 255)
WING, WING_EDGE = (30, 52, 108, 255), (128, 150, 204, 255)


def launch() -> Image.Image:
    """A rocket climbs over a dark coast; its trail is mirrored in the sea."""
    rng = Random(121)  # noqa: S311
    width, _height = WIDE
    sky = [
        (0, (6, 9, 26)),
        (0.5, (22, 34, 74)),
        (0.72, (94, 84, 116)),
        (0.78, (206, 138, 108)),
        (1, (30, 34, 58)),
    ]
    picture = canvas.add(canvas.gradient(WIDE, sky), _upper_stars(rng))
    sea = picture.crop((0, 560, width, 975)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    ripples = canvas.grey(canvas.fractal((500, 275), 40, rng, octaves=4), 46, 150).resize(
        (width, 275), canvas.SMOOTH
    )
    sea = ImageChops.multiply(sea.resize((width, 275), canvas.SMOOTH), Image.merge("RGB", [ripples] * 3))
    picture.paste(sea, (0, 975))
    path = [(700 + 560 * t**2.1, 975 - 780 * t + 60 * t**2) for t in (n / 260 for n in range(261))]
    for wide, colour, blur in ((44, (150, 84, 46), 22), (20, (250, 170, 90), 9), (8, (255, 236, 200), 2)):
        picture = canvas.add(picture, _plume(path, wide, colour, blur))
        picture = canvas.add(picture, _mirrored(path, wide, colour, blur * 2))
    picture = canvas.add(picture, canvas.glow(WIDE, path[-1], 170, (255, 220, 170), 2.4))
    picture = canvas.add(picture, canvas.glow(WIDE, path[0], 420, (220, 130, 70), 2.6))
    skyline = [978 + max(-34.0, y) for y in canvas.ridge(width, rng, rough=0.55, height=30)]
    coast = ImageChops.multiply(
        canvas.below(WIDE, skyline), ImageOps.invert(canvas.below(WIDE, [1004.0] * width))
    )
    picture.paste(Image.new("RGB", WIDE, (9, 11, 18)), (0, 0), coast)
    return canvas.grain(picture, rng)


def _upper_stars(rng: Random) -> Image.Image:
    fade = canvas.gradient(WIDE, [(0, (230, 230, 230)), (0.55, (0, 0, 0)), (1, (0, 0, 0))])
    return ImageChops.multiply(canvas.stars(WIDE, 620, rng), fade)


def _plume(path: list[Point], wide: int, colour: canvas.Colour, blur: int) -> Image.Image:
    """Wider and dimmer towards the ground."""
    light = Image.new("RGB", WIDE)
    pen = ImageDraw.Draw(light)
    for step, (x, y) in enumerate(path):
        part = step / len(path)
        half = wide / 2 * (1.5 - part)
        red, green, blue = (round(each * (0.25 + 0.75 * part)) for each in colour)
        pen.ellipse((x - half, y - half, x + half, y + half), fill=(red, green, blue))
    return light.filter(ImageFilter.GaussianBlur(blur))


def _mirrored(path: list[Point], wide: int, colour: canvas.Colour, blur: int) -> Image.Image:
    """The same in the sea, squeezed and dimmer."""
    dim = colour[0] // 3, colour[1] // 3, colour[2] // 3
    return _plume([(x, 975 + (975 - y) * 0.36) for x, y in path if y < 960], wide, dim, blur)


def space_station() -> Image.Image:
    """A large space station with long solar wings above the clouds of the Earth."""
    rng = Random(131)  # noqa: S311
    picture = canvas.stars(WIDE, 420, rng)
    side = 2600
    globe = canvas.sphere(earth(1500, rng), side, turn=0.3, tilt=0.2)
    globe = ImageChops.multiply(
        globe, Image.merge("RGB", [canvas.lit(side, (-0.5, -0.66, 0.5), soft=0.8)] * 3)
    )
    air = canvas.disc(side + 40).filter(ImageFilter.GaussianBlur(16))
    picture.paste(Image.new("RGB", (side + 40, side + 40), (86, 150, 230)), (-320, 540), air)
    picture.paste(globe, (-300, 568), canvas.disc(side))
    big = Image.new("RGBA", (2000, 1100))
    pen = ImageDraw.Draw(big)
    for x in (90, 300, 1490, 1700):
        for top in (60, 600):
            pen.rectangle(
                (x, top, x + 150, top + 420), fill=(150, 104, 52, 255), outline=(214, 170, 104, 255), width=6
            )
            for line in range(1, 10):
                pen.line(
                    [(x, top + line * 42), (x + 150, top + line * 42)], fill=(196, 148, 84, 255), width=3
                )
            pen.line([(x + 75, top), (x + 75, top + 420)], fill=(232, 194, 130, 255), width=5)
    pen.rectangle((60, 524, 1940, 556), fill=SHADE)
    for step in range(70, 1930, 40):
        pen.line([(step, 524), (step + 20, 556)], fill=PALE, width=3)
    for left, top, right, bottom in (
        (820, 430, 1160, 520),
        (930, 300, 1010, 760),
        (760, 560, 1260, 640),
        (1060, 640, 1140, 800),
    ):
        pen.rounded_rectangle((left, top, right, bottom), radius=24, fill=PALE)
        pen.rounded_rectangle((left, (top + bottom * 2) // 3, right, bottom), radius=20, fill=SHADE)
    for left in (640, 1290):
        pen.rectangle((left, 580, left + 60, 800), fill=(226, 228, 232, 255), outline=SHADE, width=4)
    small = big.rotate(14, canvas.SMOOTH, expand=True).resize((1180, 800), Image.Resampling.LANCZOS)
    picture.paste(small, (560, 20), small)
    return canvas.grain(picture, rng)


def capsule() -> Image.Image:
    """A capsule with four wings flies past the Moon; the Earth is small in the distance."""
    rng = Random(141)  # noqa: S311
    picture = canvas.stars(WIDE, 560, rng)
    side = 1240
    ball = canvas.sphere(_far_side_map((2600, 1300), rng), side, turn=0.5)
    ball = ImageChops.multiply(ball, Image.merge("RGB", [canvas.lit(side, (-0.7, -0.3, 0.5), soft=0.8)] * 3))
    picture.paste(ball, (1090, 300), canvas.disc(side))
    home = canvas.sphere(earth(300, rng), 130, turn=0.2)
    home = ImageChops.multiply(home, Image.merge("RGB", [canvas.lit(130, (-0.7, -0.3, 0.4))] * 3))
    picture.paste(home, (300, 190), canvas.disc(130))
    big = Image.new("RGBA", (1400, 1400))
    pen = ImageDraw.Draw(big)
    for degrees in (45, 135, 225, 315):
        _wing(big, degrees)
    pen.rounded_rectangle((560, 700, 840, 960), radius=20, fill=SHADE)
    pen.rectangle((560, 700, 650, 960), fill=PALE)
    pen.rectangle((780, 700, 840, 960), fill=DARK)
    pen.polygon([(640, 960), (760, 960), (800, 1050), (600, 1050)], fill=(70, 72, 80, 255))
    pen.polygon([(540, 690), (860, 690), (760, 480), (640, 480)], fill=SHADE)
    pen.polygon([(540, 690), (640, 690), (668, 480), (640, 480)], fill=PALE)
    pen.polygon([(800, 690), (860, 690), (760, 480), (744, 480)], fill=DARK)
    pen.rectangle((652, 452, 748, 482), fill=PALE)
    for x in (650, 720):
        pen.ellipse((x - 16, 590, x + 16, 622), fill=(24, 28, 38, 255))
    small = big.rotate(-38, canvas.SMOOTH).resize((720, 720), Image.Resampling.LANCZOS)
    picture.paste(small, (440, 330), small)
    return canvas.grain(picture, rng)


def _wing(big: Image.Image, degrees: int) -> None:
    """One of four wings that stand off the service module."""
    layer = Image.new("RGBA", big.size)
    pen = ImageDraw.Draw(layer)
    pen.rectangle((690, 850, 710, 930), fill=SHADE)
    for panel in range(3):
        top = 930 + panel * 128
        pen.rectangle((640, top, 760, top + 120), fill=WING, outline=WING_EDGE, width=6)
        pen.line([(640, top + 60), (760, top + 60)], fill=WING_EDGE, width=3)
    big.alpha_composite(layer.rotate(degrees, canvas.SMOOTH, center=(700, 850)))


def _far_side_map(size: canvas.Size, rng: Random) -> Image.Image:
    """Cratered ground lit from the left, without seas."""
    heights = canvas.add_craters(
        canvas.fractal(size, 300, rng, octaves=7), 1700, rng, smallest=9, largest=190
    )
    return ImageOps.colorize(
        canvas.contrast(canvas.relief(heights, 110, coarse=30, middle=150), 1.5),
        (18, 18, 20),
        (255, 250, 242),
    )


def lunar_orbiter() -> Image.Image:
    """A small orbiter with two wings above the cratered far side of the Moon."""
    rng = Random(151)  # noqa: S311
    picture = canvas.stars(WIDE, 420, rng)
    side = 2500
    ball = canvas.sphere(_far_side_map((3200, 1600), rng), side, turn=0.2)
    ball = ImageChops.multiply(
        ball, Image.merge("RGB", [canvas.lit(side, (-0.72, -0.5, 0.36), soft=0.8)] * 3)
    )
    picture.paste(ball, (140, 480), canvas.disc(side))
    _paste_orbiter(picture, (1330, 300), 560, 12)
    return canvas.grain(picture, rng)


def _paste_orbiter(picture: Image.Image, centre: tuple[int, int], wide: int, turn: float) -> None:
    """A box in gold foil, wings to both sides, a dish below."""
    big = Image.new("RGBA", (1600, 800))
    pen = ImageDraw.Draw(big)
    for left in (80, 1020):
        for panel in range(3):
            x = left + panel * 168
            pen.rectangle((x, 320, x + 160, 480), fill=WING, outline=WING_EDGE, width=6)
            pen.line([(x + 80, 320), (x + 80, 480)], fill=WING_EDGE, width=3)
    pen.rectangle((570, 392, 1030, 408), fill=SHADE)
    pen.rectangle((690, 280, 910, 520), fill=(164, 118, 52, 255))
    pen.rectangle((690, 280, 780, 520), fill=GOLD)
    pen.rectangle((740, 240, 860, 284), fill=SHADE)
    pen.chord((700, 500, 900, 640), 0, 180, fill=PALE)
    pen.line([(800, 570), (800, 680)], fill=PALE, width=8)
    small = big.rotate(turn, canvas.SMOOTH, expand=True).resize(
        (wide, round(wide * 0.66)), Image.Resampling.LANCZOS
    )
    picture.paste(small, (centre[0] - wide // 2, centre[1] - round(wide * 0.33)), small)


def mars_orbiter() -> Image.Image:
    """Mars as a whole disc, with pale clouds and a white pole, and an orbiter before it."""
    rng = Random(161)  # noqa: S311
    picture = canvas.stars(WIDE, 520, rng)
    side, size = 1010, (2400, 1200)
    land = canvas.contrast(canvas.grey(canvas.fractal(size, 320, rng, octaves=7, keep=0.56), 86, 128), 2.0)
    skin = ImageOps.colorize(land, (74, 34, 24), (236, 172, 118), mid=(186, 98, 58))
    heights = canvas.add_craters(canvas.fractal(size, 200, rng, octaves=7), 260, rng, smallest=9, largest=120)
    skin = ImageChops.multiply(
        skin, Image.merge("RGB", [canvas.relief(heights, 34, coarse=10, middle=214)] * 3)
    )
    edge = [64 + y for y in canvas.ridge(size[0], rng, rough=0.5, height=20)]
    pole = ImageOps.invert(canvas.below(size, edge)).filter(ImageFilter.GaussianBlur(4))
    skin.paste(Image.new("RGB", size, (250, 244, 238)), (0, 0), pole)
    cloud = canvas.grey(canvas.fractal(size, 240, rng, octaves=6, keep=0.6), 120, -14)
    skin.paste(Image.new("RGB", size, (244, 232, 222)), (0, 0), cloud)
    ball = ImageChops.multiply(
        canvas.sphere(skin, side, turn=0.2, tilt=0.35),
        Image.merge("RGB", [canvas.lit(side, (-0.62, -0.34, 0.6), soft=0.8)] * 3),
    )
    picture = canvas.add(picture, canvas.glow(WIDE, (1290, 620), 700, (60, 36, 26), 1.6))
    picture.paste(ball, (800, 120), canvas.disc(side))
    _paste_orbiter(picture, (470, 480), 480, -21)
    return canvas.grain(picture, rng)


def laser() -> Image.Image:
    """From an orbiter a thin beam falls on a lander in the dark and comes back."""
    rng = Random(171)  # noqa: S311
    width, height = WIDE
    picture = canvas.stars(WIDE, 900, rng)
    picture.paste((0, 0, 0), (0, 800, width, height))
    heights = canvas.add_craters(
        canvas.fractal((1600, 1600), 300, rng, octaves=7), 500, rng, smallest=10, largest=240
    )
    plain = canvas.ground(
        canvas.contrast(canvas.relief(heights, 160, coarse=60, middle=120), 2.2), (width, 450), depth=0.25
    )
    skyline = [820 + y for y in canvas.ridge(width, rng, rough=0.5, height=18)]
    layer = Image.new("RGB", WIDE)
    layer.paste(ImageOps.colorize(plain, (4, 6, 12), (92, 104, 132)), (0, 800))
    picture.paste(layer, (0, 0), canvas.below(WIDE, skyline))
    target, source = (760, 985), (1420, 210)
    picture = canvas.add(picture, canvas.glow(WIDE, target, 330, (70, 130, 96), 2.4))
    for wide, colour, blur in ((12, (24, 120, 70), 8), (4, (110, 255, 170), 1)):
        beam = Image.new("RGB", WIDE)
        ImageDraw.Draw(beam).line([source, target], fill=colour, width=wide)
        picture = canvas.add(picture, beam.filter(ImageFilter.GaussianBlur(blur)))
    pen = ImageDraw.Draw(picture)
    x, y = target
    for foot in (-74, 74):
        pen.line([(x + foot // 2, y + 40), (x + foot, y + 110)], fill=(58, 66, 82), width=7)
    pen.polygon([(x - 56, y + 6), (x + 56, y + 6), (x + 66, y + 64), (x - 66, y + 64)], fill=(34, 40, 52))
    pen.rectangle((x - 10, y - 8, x + 10, y + 8), fill=(160, 240, 190))
    picture = canvas.add(picture, canvas.glow(WIDE, target, 60, (180, 255, 210), 1.2))
    _paste_orbiter(picture, source, 330, -30)
    return canvas.grain(picture, rng)


def blueprint() -> Image.Image:
    """A drawing of a small rover with four wheels, white lines on blue."""
    rng = Random(181)  # noqa: S311
    width, height = WIDE
    picture = canvas.gradient(WIDE, [(0, (24, 62, 120)), (1, (16, 44, 92))])
    big = picture.resize((width * 2, height * 2), canvas.SMOOTH)
    pen = ImageDraw.Draw(big)
    for step in range(0, 4000, 100):
        pen.line([(step, 0), (step, 2500)], fill=(38, 80, 142), width=4 if step % 500 == 0 else 2)
        pen.line([(0, step), (4000, step)], fill=(38, 80, 142), width=4 if step % 500 == 0 else 2)
    line, thin = (228, 238, 252), (150, 184, 232)
    for x in (1240, 2360):
        for radius, spread in ((300, 9), (250, 5), (70, 7)):
            pen.ellipse((x - radius, 1560 - radius, x + radius, 1560 + radius), outline=line, width=spread)
        for turn in range(16):
            a = math.tau * turn / 16
            ends = [(x + r * math.cos(a), 1560 + r * math.sin(a)) for r in (250, 300)]
            pen.line(ends, fill=line, width=6)
            pen.line([(x + r * math.cos(a), 1560 + r * math.sin(a)) for r in (70, 250)], fill=thin, width=3)
        pen.line([(x - 380, 1560), (x + 380, 1560)], fill=thin, width=3)
        pen.line([(x, 1180), (x, 1960)], fill=thin, width=3)
    pen.rounded_rectangle((1060, 900, 2540, 1290), radius=50, outline=line, width=10)
    pen.line([(1000, 880), (2600, 820)], fill=line, width=12)
    pen.line([(1800, 1290), (1240, 1560)], fill=line, width=9)
    pen.line([(1800, 1290), (2360, 1560)], fill=line, width=9)
    pen.rectangle((2380, 960, 2500, 1080), outline=line, width=8)
    pen.ellipse((2404, 984, 2476, 1056), outline=line, width=6)
    pen.line([(1240, 900), (1240, 520)], fill=line, width=8)
    pen.ellipse((1216, 480, 1264, 528), outline=line, width=7)
    for x, top, bottom in ((820, 480, 1860), (3000, 820, 1860)):
        pen.line([(x, top), (x, bottom)], fill=thin, width=4)
        for y in (top, bottom):
            pen.line([(x - 30, y + 30), (x + 30, y - 30)], fill=thin, width=6)
    pen.line([(940, 2120), (2660, 2120)], fill=thin, width=4)
    for x in (940, 2660):
        pen.line([(x - 30, 2150), (x + 30, 2090)], fill=thin, width=6)
    pen.rectangle((3140, 1980, 3860, 2360), outline=line, width=7)
    pen.line([(3140, 2110), (3860, 2110)], fill=line, width=4)
    pen.line([(3500, 2110), (3500, 2360)], fill=line, width=4)
    return canvas.grain(big.reduce(2), rng, 4)
