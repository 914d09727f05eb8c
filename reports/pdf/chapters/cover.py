"""The cover: the picture of the year, or Earth, Moon and Mars on one line, with a light for each member."""

import random

from isecg.canonical import Content
from reports.pdf.chapters.base import Chapter, Medium
from reports.pdf.chapters.pictures import focus
from reports.pdf.printed import Printed

# The trajectory: a cubic curve in millimetres of the page, from Earth past the Moon to Mars.
CURVE = ((112.0, 189.0), (112.0, 150.0), (192.0, 168.0), (180.0, 58.0))
HIDING = ((160.5, 143.0, 15.5), (180.0, 58.0, 11.5), (122.0, 338.0, 153.0))  # Moon, Mars, Earth: x, y, radius
STEPS = 400
STARS = 130


def cover(printed: Printed, medium: Medium) -> list[Chapter]:
    """The picture of the year, where there is one, else the drawing."""
    picture = printed.content["report"]["cover"]
    context = {"cover": {**picture, **focus(picture)}} if picture else _drawing(printed.content)
    return [Chapter("cover", "cover", context=context, bare=True)]


def _drawing(content: Content) -> Content:
    """The stars differ from year to year and never for one year."""
    members = sum(each["member"] for each in content["agencies"])
    chance = random.Random(content["report"]["year"])  # noqa: S311  (decoration)
    stars = [
        (
            f"{chance.uniform(4, 206):.1f}",
            f"{chance.uniform(4, 230):.1f}",
            f"{chance.choice([1, 1, 1, 2, 3]) / 10:.1f}",
        )
        for _ in range(STARS)
    ]
    return {"stars": stars, "lights": _lights(members)}


def _lights(count: int) -> list[tuple[str, str]]:
    """`count` points spread over those stretches of the trajectory that neither Moon nor planet hides."""
    seen = [point for point in map(_point, range(STEPS)) if not any(_within(point, body) for body in HIDING)]
    chosen = [seen[(2 * number + 1) * len(seen) // (2 * count)] for number in range(count)]
    return [(f"{x:.2f}", f"{y:.2f}") for x, y in chosen]


def _point(step: int) -> tuple[float, float]:
    share = step / STEPS
    rest = 1 - share
    weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
    x, y = (
        sum(weight * point[axis] for weight, point in zip(weights, CURVE, strict=True)) for axis in (0, 1)
    )
    return x, y


def _within(point: tuple[float, float], body: tuple[float, float, float]) -> bool:
    return (point[0] - body[0]) ** 2 + (point[1] - body[1]) ** 2 < body[2] ** 2
