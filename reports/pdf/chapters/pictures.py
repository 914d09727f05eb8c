"""How photographs stand: across the page, in the column, or beside their words; so many lines high."""

from isecg.canonical import Content

LINE = 15  # points
AIR = 8  # between the first line's top and the top of a capital on it, and below the last baseline
FEWEST = 6
# For each place: its width in points, and the most lines a picture takes there.
WIDTHS = {"across": (481.9, 20), "column": (362.8, 19), "beside": (215.4, 21)}
PANORAMA = 1.9  # wider than high by this: only across the page one sees enough of it
UPRIGHT = 1.1


def placed(picture: Content | None, *, first: bool = False) -> Content | None:
    """A photograph of the snapshot with its place, its height in lines and the point that stays in sight.

    The `first` of a part stands across the page, unless it is upright.
    """
    if not picture:
        return None
    ratio = picture["width"] / picture["height"]
    upright = ratio < UPRIGHT
    place = "beside" if upright else "across" if first or ratio > PANORAMA else "column"
    width, most = WIDTHS[place]
    lines = round((width / ratio + AIR) / LINE)
    return {**picture, "place": place, "lines": min(max(lines, FEWEST), most), **focus(picture)}


def around(picture: Content) -> int:
    """The lines that a picture's caption and the space around it take."""
    return 2 if picture["place"] == "across" else 1


def focus(picture: Content) -> dict[str, int]:
    """The focal point in tens of percent, as the style sheets have classes for it."""
    x, y = picture["focal"]
    return {"x": round(x, -1), "y": round(y, -1)}
