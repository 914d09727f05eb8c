"""Scenes on and near the Moon."""

import math
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from isecg.seed.illustrations import canvas
from isecg.seed.illustrations.canvas import Size

WIDE: Size = (2000, 1250)
TALL: Size = (1250, 1800)
FIELD: Size = (2400, 2400)


def regolith(size: Size, rng: Random, *, craters: int = 1500, largest: int = 420) -> Image.Image:
    """Cratered ground under a low Sun, as grey values."""
    heights = canvas.fractal(size, 420, rng, octaves=7, keep=0.5)
    heights = canvas.add_craters(heights, craters, rng, smallest=10, largest=largest)
    quarter = size[0] // 4, size[1] // 4
    tones = canvas.grey(canvas.fractal(quarter, 125, rng, octaves=4), 34, 208).resize(size, canvas.SMOOTH)
    return ImageChops.multiply(canvas.relief(heights, 210, coarse=74, middle=132), tones)


def plain(
    size: Size, rng: Random, *, depth: float, texture: Image.Image | None = None, stones: int = 150
) -> Image.Image:
    """The ground as a picture that runs to the horizon, with fine dust and stones in front."""
    far = canvas.ground(texture or regolith(FIELD, rng), size, depth=depth)
    dust = canvas.relief(canvas.fractal(size, 40, rng, octaves=5, keep=0.62), 60)
    near = canvas.gradient(size, [(0, (0, 0, 0)), (0.3, (60, 60, 60)), (1, (230, 230, 230))]).convert("L")
    mixed = Image.composite(ImageChops.add(far, dust, 1, -128), far, near)
    picture = ImageOps.colorize(
        canvas.contrast(mixed, 2.6, 0.46), (3, 3, 4), (232, 225, 214), mid=(112, 107, 101)
    )
    _strew_stones(picture, stones, rng)
    return picture


def _strew_stones(picture: Image.Image, count: int, rng: Random) -> None:
    """Stones with a bright left side and a shadow to the right, larger towards the front."""
    pen = ImageDraw.Draw(picture)
    for place in sorted(rng.random() ** 1.3 for _stone in range(count)):
        near = 0.06 + place
        x, y = rng.uniform(0, picture.width), picture.height * (0.05 + 0.95 * place)
        radius = near * min(15, 2.2 * rng.paretovariate(1.5))
        flat = radius * rng.uniform(0.55, 0.8)
        pen.polygon([(x, y - flat), (x + radius * 4, y + flat * 0.9), (x, y + flat)], fill=(9, 9, 10))
        outline = [
            (
                x + radius * math.cos(turn) * rng.uniform(0.7, 1.1),
                y + flat * math.sin(turn) * rng.uniform(0.7, 1.1),
            )
            for turn in (0, 0.7, 1.4, 2.2, 2.9, 3.6, 4.3, 5.0, 5.7)
        ]
        pen.polygon(outline, fill=(66, 63, 59))
        pen.polygon([*outline[2:7], (x - radius * 0.1, y - flat * 0.1)], fill=(196, 189, 179))


def earth(diameter: int, rng: Random) -> Image.Image:
    """A blue planet with land and clouds."""
    size = (diameter * 2, diameter)
    land = canvas.fractal(size, diameter // 3, rng, octaves=6, keep=0.55)
    surface = ImageOps.colorize(
        canvas.grey(land, 200, 90), (14, 46, 104), (156, 132, 92), mid=(30, 84, 140), midpoint=150
    )
    cloud = canvas.compute(
        lambda v: v["a"] + v["b"] * 0.7,
        a=canvas.fractal(size, diameter // 4, rng, octaves=6, keep=0.6),
        b=canvas.noise((size[0], size[1]), diameter // 8, rng),
    )
    veil = canvas.grey(cloud, 210, 40)
    return Image.composite(Image.new("RGB", size, (244, 248, 252)), surface, veil)


def earthrise() -> Image.Image:
    """The Earth, half lit, above the cratered edge of the Moon."""
    rng = Random(11)  # noqa: S311
    width, height = WIDE
    picture = canvas.stars(WIDE, 420, rng)
    side, place = 330, (1240, 250)
    light = (-0.75, -0.5, 0.28)
    ball = ImageChops.multiply(
        canvas.sphere(earth(side * 2, rng), side, turn=0.1, tilt=0.4),
        Image.merge("RGB", [canvas.lit(side, light, ambient=0.02, soft=0.8)] * 3),
    )
    air = canvas.glow(
        WIDE, (place[0] + side * 0.42, place[1] + side * 0.42), side * 0.95, (54, 104, 190), 2.6
    )
    picture = canvas.add(picture, ImageChops.multiply(air, Image.new("RGB", WIDE, (150, 150, 150))))
    picture.paste(ball, place, canvas.disc(side))
    horizon = 730
    hills = canvas.ridge(width, rng, rough=0.46, height=26)
    curve = [horizon + ((x - 900) / width) ** 2 * 150 + hills[x] for x in range(width)]
    layer = Image.new("RGB", WIDE)
    layer.paste(plain((width, height - 640), rng, depth=0.24, stones=0), (0, 640))
    picture.paste(layer, (0, 0), canvas.below(WIDE, curve))
    return canvas.grain(picture, rng)


def mountains(rng: Random) -> Image.Image:
    """Far slopes: soft light, no detail."""
    folds = canvas.fractal((WIDE[0], WIDE[1] * 2), 300, rng, octaves=7, keep=0.55).resize(WIDE, canvas.SMOOTH)
    slopes = canvas.contrast(canvas.relief(folds, 60, coarse=110, middle=104), 2.2)
    return ImageOps.colorize(slopes, (8, 8, 10), (176, 169, 160))


def south_pole() -> Image.Image:
    """A lander on ground near the pole: a low Sun, long shadows, black sky."""
    rng = Random(21)  # noqa: S311
    width, height = WIDE
    picture = Image.new("RGB", WIDE, (3, 4, 7))
    far = [500 + y - 60 for y in canvas.ridge(width, rng, rough=0.56, height=90)]
    picture.paste(mountains(rng), (0, 0), canvas.below(WIDE, far))
    near = [600 + y for y in canvas.ridge(width, rng, rough=0.42, height=16)]
    layer = Image.new("RGB", WIDE)
    layer.paste(plain((width, height - 560), rng, depth=0.3), (0, 560))
    picture.paste(layer, (0, 0), canvas.below(WIDE, near))
    shadow = canvas.shape(WIDE, _lander_shadow).filter(ImageFilter.GaussianBlur(3))
    picture.paste(Image.new("RGB", WIDE, (4, 4, 6)), (0, 0), shadow)
    _paint_lander(picture)
    picture = canvas.add(picture, canvas.glow(WIDE, (90, 470), 1250, (120, 112, 98), 3.2))
    picture = canvas.add(picture, canvas.glow(WIDE, (90, 470), 190, (255, 246, 226), 1.6))
    return canvas.grain(picture, rng)


LEGS = [
    ((1235, 770), (1165, 905)),
    ((1325, 770), (1395, 905)),
    ((1262, 770), (1240, 935)),
    ((1298, 770), (1322, 935)),
]


def _lander_shadow(pen: ImageDraw.ImageDraw) -> None:
    pen.polygon([(2340, 1820), (2660, 1850), (4000, 2010), (4000, 1886)], fill=210)
    pen.polygon([(2480, 1880), (2780, 1800), (4000, 1930), (4000, 2060)], fill=235)


def _paint_lander(picture: Image.Image) -> None:
    """Body, tank, legs and mast; the side towards the Sun is bright."""
    dark, mid, bright = (22, 22, 26), (112, 104, 92), (238, 226, 200)
    big = picture.crop((1080, 480, 1480, 960)).resize((1600, 1920), canvas.SMOOTH)
    pen = ImageDraw.Draw(big)

    def at(x: float, y: float) -> tuple[float, float]:
        return (x - 1080) * 4, (y - 480) * 4

    for top, foot in LEGS:
        pen.line([at(*top), at(*foot)], fill=mid, width=26)
        pen.line([at(top[0] - 2, top[1]), at(foot[0] - 2, foot[1])], fill=bright, width=9)
        pen.ellipse([at(foot[0] - 17, foot[1] - 4), at(foot[0] + 17, foot[1] + 8)], fill=mid)
    pen.polygon([at(1250, 792), at(1310, 792), at(1324, 836), at(1236, 836)], fill=dark)
    pen.polygon(
        [at(1190, 700), at(1370, 700), at(1386, 742), at(1366, 796), at(1194, 796), at(1174, 742)], fill=dark
    )
    pen.polygon([at(1190, 700), at(1262, 700), at(1262, 796), at(1194, 796), at(1174, 742)], fill=bright)
    pen.polygon([at(1262, 700), at(1316, 700), at(1316, 796), at(1262, 796)], fill=mid)
    pen.polygon([at(1216, 640), at(1344, 640), at(1360, 696), at(1200, 696)], fill=dark)
    pen.polygon([at(1216, 640), at(1262, 640), at(1262, 696), at(1200, 696)], fill=bright)
    pen.polygon([at(1262, 640), at(1306, 640), at(1306, 696), at(1262, 696)], fill=mid)
    pen.line([at(1318, 640), at(1318, 540)], fill=mid, width=14)
    pen.line([at(1316, 640), at(1316, 540)], fill=bright, width=5)
    pen.polygon([at(1288, 520), at(1344, 532), at(1330, 566), at(1300, 560)], fill=mid)
    pen.polygon([at(1288, 520), at(1300, 560), at(1308, 562), at(1304, 524)], fill=bright)
    pen.ellipse([at(1224, 606), at(1268, 650)], fill=mid)
    pen.pieslice([at(1224, 606), at(1268, 650)], 100, 280, fill=bright)
    for y in (716, 740, 764):
        pen.line([at(1178 if y == 740 else 1184, y), at(1376, y)], fill=(60, 56, 50), width=4)
    picture.paste(big.resize((400, 480), Image.Resampling.LANCZOS), (1080, 480))


def station() -> Image.Image:
    """A small station, dark before the lit Moon; a tall picture."""
    rng = Random(31)  # noqa: S311
    picture = canvas.stars(TALL, 520, rng)
    side = 1500
    ball = canvas.sphere(_lunar_map((3000, 1500), rng), side, turn=0.12)
    ball = ImageChops.multiply(
        ball, Image.merge("RGB", [canvas.lit(side, (0.75, -0.42, 0.36), soft=0.7)] * 3)
    )
    picture.paste(ball, (-330, 560), canvas.disc(side))
    mask = canvas.shape(TALL, _station_parts)
    rim = ImageChops.subtract(mask, ImageChops.offset(mask, -3, 3)).filter(ImageFilter.GaussianBlur(0.6))
    picture.paste(
        canvas.gradient(TALL, [(0, (70, 74, 86)), (0.55, (46, 48, 58)), (1, (18, 20, 26))]), (0, 0), mask
    )
    picture.paste(Image.new("RGB", TALL, (250, 236, 206)), (0, 0), rim)
    return canvas.grain(picture, rng)


def _lunar_map(size: Size, rng: Random) -> Image.Image:
    """Dark seas and bright craters, light from the right as on the ball."""
    heights = canvas.add_craters(
        canvas.fractal(size, 300, rng, octaves=7), 1500, rng, smallest=9, largest=170
    )
    seas = canvas.contrast(canvas.grey(canvas.fractal(size, 420, rng, octaves=5), 90, 150), 2.6)
    skin = ImageOps.invert(canvas.relief(heights, 110, coarse=30))
    skin = ImageChops.multiply(
        canvas.contrast(skin, 1.6, 0.44), seas.point([round(118 + v * 0.53) for v in range(256)])
    )
    return ImageOps.colorize(ImageOps.autocontrast(skin, cutoff=1), (24, 24, 28), (255, 250, 240))


def _station_parts(pen: ImageDraw.ImageDraw) -> None:
    """Modules in a row, seen from the side, with two pairs of solar wings."""
    x, y = 1230, 1130
    for left, right, half in ((-330, -90, 62), (-70, 190, 84), (210, 420, 66), (440, 560, 40)):
        pen.rounded_rectangle((x + left, y - half, x + right, y + half), radius=26, fill=255)
    pen.rectangle((x - 340, y - 22, x + 570, y + 22), fill=255)
    pen.polygon([(x + 560, y - 40), (x + 660, y - 84), (x + 660, y + 84), (x + 560, y + 40)], fill=255)
    pen.rounded_rectangle((x + 18, y - 214, x + 104, y - 80), radius=18, fill=255)
    pen.polygon([(x + 18, y - 214), (x + 104, y - 214), (x + 84, y - 262), (x + 38, y - 262)], fill=255)
    for side in (-1, 1):
        pen.line([(x - 250, y), (x - 250, y + side * 150)], fill=255, width=14)
        for panel in range(3):
            top = y + side * (150 + panel * 108)
            pen.rectangle((x - 330, min(top, top + side * 98), x - 170, max(top, top + side * 98)), fill=255)
    pen.line([(x + 330, y), (x + 360, y + 170)], fill=255, width=12)
    pen.pieslice((x + 290, y + 130, x + 430, y + 270), 200, 340, fill=255)


def rover_tracks() -> Image.Image:
    """Tracks lead over grey ground to a small rover with a mast."""
    rng = Random(41)  # noqa: S311
    width, height = WIDE
    picture = Image.new("RGB", WIDE, (4, 5, 8))
    hills = [320 + y for y in canvas.ridge(width, rng, rough=0.56, height=80)]
    picture.paste(mountains(rng), (0, 0), canvas.below(WIDE, hills))
    texture = regolith(FIELD, rng, largest=200)
    _press_tracks(texture, rng)
    layer = Image.new("RGB", WIDE)
    layer.paste(plain((width, height - 380), rng, depth=0.3, texture=texture, stones=90), (0, 380))
    near = [410 + y for y in canvas.ridge(width, rng, rough=0.4, height=12)]
    picture.paste(layer, (0, 0), canvas.below(WIDE, near))
    _paint_rover(picture, (930, 590), 0.92)
    return canvas.grain(picture, rng)


def _press_tracks(texture: Image.Image, rng: Random) -> None:
    """Two ruts with cleat marks: they come from the front and turn to the right, up to the rover."""
    marks = Image.new("L", texture.size, 128)
    pen = ImageDraw.Draw(marks)
    for wheel in (-24, 24):
        for aside, fill, width in ((0, 104, 17), (-9, 66, 3), (9, 176, 3)):
            pen.line([_on_track(n / 300, wheel + aside) for n in range(301)], fill=fill, width=width)
        for mark in range(210):
            part = (mark / 210) ** 0.8
            ends = [_on_track(part, wheel + half) for half in (-7, 7)]
            pen.line(ends, fill=rng.randint(60, 82), width=3)
    texture.paste(ImageChops.add(texture, marks.filter(ImageFilter.GaussianBlur(0.6)), 1, -128))


def _on_track(part: float, aside: float) -> tuple[float, float]:
    """A place on the rover's way (0 in front, 1 at the rover), `aside` to its right."""
    back = 1 - part
    x = back**2 * 1080 + 2 * part * back * 900 + part**2 * 1196
    y = back**2 * 2400 + 2 * part * back * 1180 + part**2 * 1150
    ahead = math.atan2(2 * back * -1220 + 2 * part * -30, 2 * back * -180 + 2 * part * 296)
    return x - math.sin(ahead) * aside, y + math.cos(ahead) * aside


def _paint_rover(picture: Image.Image, foot: tuple[int, int], scale: float) -> None:
    """Six wheels, a deck, a mast with two eyes, and its shadow."""
    shadow = Image.new("L", picture.size)
    x, y = foot
    ImageDraw.Draw(shadow).polygon(
        [(x - 90, y + 52), (x + 90, y + 60), (x + 620, y + 118), (x + 560, y + 78)], fill=225
    )
    picture.paste(
        Image.new("RGB", picture.size, (5, 5, 7)), (0, 0), shadow.filter(ImageFilter.GaussianBlur(4))
    )
    big = Image.new("RGBA", (1200, 1200))
    pen = ImageDraw.Draw(big)
    dark, mid, bright = (30, 30, 34, 255), (120, 116, 110, 255), (240, 232, 214, 255)
    for left in (190, 500, 810):
        pen.ellipse((left, 800, left + 190, 990), fill=dark)
        pen.arc((left, 800, left + 190, 990), 120, 290, fill=bright, width=14)
        pen.ellipse((left + 60, 860, left + 130, 930), fill=mid)
    pen.line([(285, 890), (500, 740), (905, 890)], fill=mid, width=26)
    pen.line([(595, 890), (700, 760)], fill=mid, width=22)
    pen.polygon([(240, 560), (960, 560), (930, 740), (280, 740)], fill=dark)
    pen.polygon([(240, 560), (450, 560), (450, 740), (280, 740)], fill=bright)
    pen.polygon([(450, 560), (640, 560), (640, 740), (450, 740)], fill=mid)
    pen.polygon([(200, 520), (1000, 540), (980, 566), (220, 556)], fill=(64, 82, 122, 255))
    pen.rectangle((330, 230, 362, 540), fill=mid)
    pen.rectangle((330, 230, 341, 540), fill=bright)
    pen.rounded_rectangle((240, 140, 450, 250), radius=24, fill=mid)
    pen.rounded_rectangle((240, 140, 320, 250), radius=24, fill=bright)
    for eye in (290, 400):
        pen.ellipse((eye - 28, 166, eye + 28, 222), fill=(18, 20, 26, 255))
    pen.line([(860, 540), (900, 300)], fill=mid, width=12)
    side = round(330 * scale)
    small = big.resize((side, side), Image.Resampling.LANCZOS)
    picture.paste(small, (x - side // 2, y + 60 - round(side * 0.825)), small)
