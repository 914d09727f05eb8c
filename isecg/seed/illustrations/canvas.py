"""What the scenes are painted with: noise, relief, spheres, skies, masks. Everything from a fixed seed."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageMath, ImageOps

Size = tuple[int, int]
Colour = tuple[int, int, int]
Point = tuple[float, float]
Stops = Sequence[tuple[float, Colour]]

SMOOTH = Image.Resampling.BICUBIC
WIDE_STEP = 16


def gradient(size: Size, stops: Stops) -> Image.Image:
    """From top to bottom through `stops`, each a (place from 0 to 1, colour)."""
    column = Image.new("RGB", (1, 256))
    for row in range(256):
        column.putpixel((0, row), between(stops, row / 255))
    return column.resize(size, SMOOTH)


def between(stops: Stops, place: float) -> Colour:
    """The colour at `place`."""
    for (low, first), (high, second) in pairwise(stops):
        if place <= high:
            part = max(0.0, (place - low) / (high - low))
            red, green, blue = (round(a + (b - a) * part) for a, b in zip(first, second, strict=True))
            return red, green, blue
    return stops[-1][1]


def noise(size: Size, cell: int, rng: Random) -> Image.Image:
    """Smooth noise, about -1 to 1 (mode F), with hills `cell` pixels wide."""
    width, height = size[0] // cell + 4, size[1] // cell + 4
    small = Image.frombytes("L", (width, height), rng.randbytes(width * height)).convert("F")
    wide = small.resize(size, SMOOTH, box=(1, 1, 1 + size[0] / cell, 1 + size[1] / cell))
    return compute(lambda v: v["a"] / 127.5 - 1, a=wide)


def fractal(size: Size, cell: int, rng: Random, *, octaves: int = 5, keep: float = 0.5) -> Image.Image:
    """Noise on ever smaller scales, each `keep` times as strong as the one before (mode F).

    What is coarse is made at half the size and enlarged: the same picture in a third of the time.
    """
    if octaves == 1:
        return noise(size, max(1, cell), rng)
    half = (size[0] + 1) // 2, (size[1] + 1) // 2
    coarse = fractal(half, max(1, cell // 2), rng, octaves=octaves - 1, keep=keep).resize(size, SMOOTH)
    fine = noise(size, max(1, cell >> (octaves - 1)), rng)
    return compute(lambda v: v["a"] + v["b"] * keep ** (octaves - 1), a=coarse, b=fine)


def compute(formula: Callable[..., object], **pictures: Image.Image) -> Image.Image:
    """Arithmetic on whole pictures of mode F."""
    return ImageMath.lambda_eval(formula, **pictures)


def grey(picture: Image.Image, gain: float = 100, middle: float = 128) -> Image.Image:
    """A picture of mode F as grey values."""
    return compute(lambda v: v["a"] * gain + middle, a=picture).convert("L")


def relief(heights: Image.Image, gain: float, *, coarse: float = 0.0, middle: int = 128) -> Image.Image:
    """Light from the left on a height field, as grey values: fine slopes by `gain`, wide ones by `coarse`."""
    near, wide = shifted(heights, 2), shifted(heights, WIDE_STEP)
    slopes = compute(
        lambda v: (v["a"] - v["b"]) * gain + (v["a"] - v["c"]) * coarse + middle, a=heights, b=near, c=wide
    ).convert("L")
    # What would compare with ground beyond the left edge is taken from beside it.
    beside = slopes.crop((WIDE_STEP, 0, WIDE_STEP * 2, slopes.height))
    slopes.paste(ImageOps.mirror(beside), (0, 0))
    return slopes


def shifted(picture: Image.Image, step: int) -> Image.Image:
    """The picture moved to the right."""
    return picture.transform(picture.size, Image.Transform.AFFINE, (1, 0, -step, 0, 1, 0))


def contrast(picture: Image.Image, strength: float = 2.4, middle: float = 0.5) -> Image.Image:
    """Grey values along an S-curve: shadows close, lights open."""
    steps = [1 / (1 + math.exp(-strength * 2 * (v / 255 - middle))) for v in range(256)]
    low, high = steps[0], steps[-1]
    return picture.point([round(255 * (step - low) / (high - low)) for step in steps])


def crater_tile(side: int = 72) -> Image.Image:
    """The profile of a crater: a bowl, a raised rim, a fading apron (mode F)."""
    tile = Image.new("F", (side, side))
    for x in range(side):
        for y in range(side):
            far = math.hypot(x - side / 2 + 0.5, y - side / 2 + 0.5) / (side / 2)
            bowl = -1 + 1.45 * (far / 0.62) ** 2.4 if far < 0.62 else 0.45 * max(0.0, (1 - far) / 0.38) ** 2.2
            tile.putpixel((x, y), bowl)
    return tile


def add_craters(
    heights: Image.Image, count: int, rng: Random, *, smallest: int = 8, largest: int = 260
) -> Image.Image:
    """Heights with craters, many small ones and few large ones."""
    tile = crater_tile()
    for _number in range(count):
        side = int(min(largest, smallest * rng.paretovariate(1.15)))
        corner = rng.randrange(heights.width - side), rng.randrange(heights.height - side)
        box = (*corner, corner[0] + side, corner[1] + side)
        depth = side / 115 * rng.uniform(0.35, 1)
        bowl = tile.resize((side, side), SMOOTH)
        dug = compute(lambda v, d=depth: v["a"] + v["b"] * d, a=heights.crop(box), b=bowl)
        heights.paste(dug, box)
    return heights


def ground(texture: Image.Image, size: Size, *, depth: float = 0.22) -> Image.Image:
    """`texture` seen as a plain that runs to the horizon at the upper edge; smaller `depth` is flatter."""
    width, height = size
    above = height * depth
    across = texture.width / width
    far = texture.height
    shape = (
        across, texture.width / 2 / above, texture.width / 2 - across * width / 2,
        0.0, far / above, 0.0,
        0.0, 1 / above,
    )  # fmt: skip
    return texture.transform(size, Image.Transform.PERSPECTIVE, shape, SMOOTH)


def ridge(width: int, rng: Random, *, rough: float, height: float, detail: int = 9) -> list[float]:
    """A skyline by midpoint displacement: one value per pixel, about -height to height."""
    line = [rng.uniform(-1, 1), rng.uniform(-1, 1)]
    spread = 1.0
    for _step in range(detail):
        spread *= rough
        middles = [(a + b) / 2 + rng.uniform(-spread, spread) for a, b in pairwise(line)]
        line = [point for pair in zip(line, middles, strict=False) for point in pair] + [line[-1]]
    scale = (len(line) - 1) / max(1, width - 1)
    places = [(int(x * scale), x * scale % 1) for x in range(width)]
    return [height * (line[i] * (1 - part) + line[min(i + 1, len(line) - 1)] * part) for i, part in places]


def below(size: Size, skyline: Sequence[float]) -> Image.Image:
    """A mask of everything under a skyline given as one y per pixel."""
    mask = Image.new("L", size)
    points = [*enumerate(skyline), (size[0], skyline[-1]), (size[0], size[1]), (0, size[1])]
    ImageDraw.Draw(mask).polygon(points, fill=255)
    return mask.filter(ImageFilter.GaussianBlur(0.7))


def stars(size: Size, count: int, rng: Random) -> Image.Image:
    """A night sky of small stars and a few bright ones, to be added to a picture."""
    sky = Image.new("RGB", size)
    pen = ImageDraw.Draw(sky)
    bright = Image.new("RGB", size)
    glow = ImageDraw.Draw(bright)
    for _number in range(count):
        x, y, power = rng.uniform(0, size[0]), rng.uniform(0, size[1]), rng.paretovariate(1.6)
        light = min(255, int(46 + 42 * power))
        tint = rng.choice([(1, 1, 1), (0.82, 0.9, 1), (1, 0.93, 0.82)])
        colour = (int(light * tint[0]), int(light * tint[1]), int(light * tint[2]))
        radius = min(1.9, 0.32 + power / 9)
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
        if power > 11:
            glow.ellipse((x - 4, y - 4, x + 4, y + 4), fill=colour)
    return ImageChops.add(
        sky.filter(ImageFilter.GaussianBlur(0.5)), bright.filter(ImageFilter.GaussianBlur(5))
    )


def sphere(texture: Image.Image, diameter: int, *, turn: float = 0.0, tilt: float = 0.0) -> Image.Image:
    """`texture` (whole turn wide, pole to pole high) on a ball seen from far away; lit evenly."""
    cells = min(48, max(4, diameter // 4))
    edge = diameter / cells
    mesh = []
    for row in range(cells):
        for column in range(cells):
            box = tuple(round(n * edge) for n in (column, row, column + 1, row + 1))
            corners = [(column, row), (column, row + 1), (column + 1, row + 1), (column + 1, row)]
            quad = [
                n for c, r in corners
                for n in _on_ball(2 * c / cells - 1, 2 * r / cells - 1, texture.size, turn, tilt)
            ]  # fmt: skip
            mesh.append((box, quad))
    return texture.transform((diameter, diameter), Image.Transform.MESH, mesh, SMOOTH)


def _on_ball(x: float, y: float, size: Size, turn: float, tilt: float) -> Point:
    """Where a place on the disc (-1 to 1) lies on the texture; half a turn of it is in view."""
    x, y = x * math.cos(tilt) - y * math.sin(tilt), x * math.sin(tilt) + y * math.cos(tilt)
    far = math.hypot(x, y)
    if far > 0.995:
        x, y = x * 0.995 / far, y * 0.995 / far
    latitude = math.asin(y)
    longitude = math.asin(max(-1.0, min(1.0, x / max(0.05, math.cos(latitude)))))
    return (turn + 0.25 + longitude / math.tau) * size[0], (latitude / math.pi + 0.5) * (size[1] - 1)


def lit(
    diameter: int, light: tuple[float, float, float], *, ambient: float = 0.0, soft: float = 1.0
) -> Image.Image:
    """The brightness of a ball under `light` (a direction: right, down, towards us), as grey values."""
    side, length = 160, math.hypot(*light)
    shade = Image.new("L", (side, side))
    for column in range(side):
        for row in range(side):
            x, y = (column + 0.5) * 2 / side - 1, (row + 0.5) * 2 / side - 1
            z = math.sqrt(max(0.0, 1 - x * x - y * y))
            power = max(0.0, (x * light[0] + y * light[1] + z * light[2]) / length) ** soft
            shade.putpixel((column, row), round(255 * min(1.0, ambient + power)))
    return shade.resize((diameter, diameter), SMOOTH)


def disc(diameter: int) -> Image.Image:
    """A round mask with smooth edges."""
    mask = Image.new("L", (diameter * 2, diameter * 2))
    ImageDraw.Draw(mask).ellipse((2, 2, diameter * 2 - 3, diameter * 2 - 3), fill=255)
    return mask.reduce(2)


def shape(size: Size, draw: Callable[[ImageDraw.ImageDraw], None]) -> Image.Image:
    """A mask drawn at twice the size, so that edges are smooth; `draw` uses doubled coordinates."""
    mask = Image.new("L", (size[0] * 2, size[1] * 2))
    draw(ImageDraw.Draw(mask))
    return mask.reduce(2)


def glow(size: Size, centre: Point, radius: float, colour: Colour, power: float = 2.2) -> Image.Image:
    """Light that fades around a point, to be added to a picture."""
    fade = Image.radial_gradient("L").point([round(255 * max(0.0, 1 - v / 181) ** power) for v in range(256)])
    side = max(2, round(radius * 2))
    light = Image.new("L", size)
    light.paste(fade.resize((side, side), SMOOTH), (round(centre[0] - radius), round(centre[1] - radius)))
    return ImageOps.colorize(light, (0, 0, 0), colour)


def add(picture: Image.Image, light: Image.Image) -> Image.Image:
    """Both lights together."""
    return ImageChops.screen(picture, light)


def grain(picture: Image.Image, rng: Random, amount: int = 7) -> Image.Image:
    """A little film grain: it hides steps in dark gradients, on screen and in print."""
    width, height = picture.size
    dust = Image.frombytes("L", picture.size, rng.randbytes(width * height)).filter(
        ImageFilter.GaussianBlur(0.6)
    )
    dust = dust.point([round(v * amount / 128) for v in range(256)])
    return ImageChops.add(picture, Image.merge("RGB", [dust] * 3), 1, -amount)
