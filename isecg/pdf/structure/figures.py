"""A picture, its words for those who do not see it, and its caption: one figure."""

from dataclasses import replace

from isecg.pdf.structure.tree import Element


def arrange(element: Element) -> None:
    """Make one figure of each `<figure>` that shows one picture; changes the element and all below it."""
    for kid in element.elements:
        arrange(kid)
    if element.hint.name != "figure" or element.hint.anonymous or element.tag == "Figure":
        return
    shown = [kid for kid in element.walk() if kid.tag == "Figure"]
    captions = [kid for kid in element.walk() if kid.tag == "Caption"]
    rest = [kid for kid in element.elements if kid not in (*shown, *captions)]
    if len(shown) != 1 or any(each.kids for each in rest if shown[0] not in each.walk()):
        element.tag = "Div"
        return
    picture = shown[0]
    element.tag, element.alternative = "Figure", picture.alternative
    element.attributes = picture.attributes
    # The words are in the picture's language; a caption says its own where it is another.
    element.hint = replace(element.hint, language=picture.hint.language or element.hint.language)
    element.kids = [*picture.kids, *captions]
