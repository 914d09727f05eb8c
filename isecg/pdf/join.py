"""Parts of a document become one tagged PDF: one order of pages, one structure tree, one outline, one set of
fonts and pictures; links between parts lead where they say, and every page has its number. Workers only."""

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from isecg.pdf import numbers, typefaces
from isecg.pdf.fragments import Fragment


class CannotJoin(Exception):
    """The parts do not fit together; the document has to be laid out as a whole."""


def starts(parts: Sequence[Fragment]) -> list[int]:
    """The first page of each part, from 0."""
    found, at = [], 0
    for part in parts:
        found.append(at)
        at += part.told["pages"]
    return found


def pages_of(parts: Sequence[Fragment]) -> dict[str, int]:
    """The number of the page on which each id is, from 1."""
    return {
        name: start + place[0] + 1
        for part, start in zip(parts, starts(parts), strict=True)
        for name, place in part.told["anchors"].items()
    }


@contextmanager
def joined(parts: Sequence[Fragment], labels: Dictionary) -> Iterator[pikepdf.Pdf]:
    """One PDF of these parts, in their order, to be sealed within the block; `labels` names its pages.

    The same parts give the same objects. Raises CannotJoin.
    """
    with ExitStack() as sources:
        pdf = sources.enter_context(pikepdf.new())
        try:
            _Join(pdf, parts).run(
                [sources.enter_context(pikepdf.open(io.BytesIO(part.pdf))) for part in parts]
            )
        except (typefaces.CannotShare, pikepdf.PdfError, KeyError, AttributeError) as error:
            raise CannotJoin(str(error)) from error
        pdf.Root.PageLabels = labels
        yield pdf


class _Join:
    """A document while it is put together."""

    def __init__(self, pdf: pikepdf.Pdf, parts: Sequence[Fragment]) -> None:
        self.pdf, self.parts, self.starts = pdf, parts, starts(parts)
        self.numbers = pages_of(parts)
        self.fonts = typefaces.merged(part.told["fonts"] for part in parts)
        self.pictures: dict[str, Any] = {}
        self.document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
        self.elements: list[Any] = []  # of the document, in the order of reading
        self.owners: list[Any] = []  # the parent tree: key, what it belongs to, key, ...
        self.ids: list[tuple[bytes, Any]] = []
        self.roles = Dictionary()
        self.keys = 0
        self.pages: list[Any] = []  # when all are there

    def run(self, sources: list[pikepdf.Pdf]) -> None:
        with pikepdf.open(io.BytesIO(typefaces.embed(self.fonts))) as fonts:
            shared = {name: self.pdf.copy_foreign(font) for name, font in fonts.Root.Fonts.items()}
            for part, source, start in zip(self.parts, sources, self.starts, strict=True):
                self._add(part, source, start, shared)
            self.pages = [page.obj for page in self.pdf.pages]
            self._structure()
            self._destinations()
            self._outline()

    def _add(self, part: Fragment, source: pikepdf.Pdf, start: int, shared: dict[str, Any]) -> None:
        for page in source.pages:
            self.pdf.pages.append(page)
        pages = [self.pdf.pages[start + number] for number in range(part.told["pages"])]
        resources = pages[0].Resources  # one for all pages of a part
        for name in sorted(resources.Font.keys()):
            resources.Font[name] = shared[name]
        self._share_pictures(resources)
        self._take_structure(self.pdf.copy_foreign(source.Root.StructTreeRoot), pages)
        self._number(part, pages, start)

    def _number(self, part: Fragment, pages: list[pikepdf.Page], start: int) -> None:
        """Write the numbers that the part left open, in its text and in the margins."""
        left_open = part.told["numbers"]
        for place in sorted({told["page"] for told in left_open}):
            content = pages[place].Contents.read_bytes()
            numbered = numbers.filled(content, left_open, self.numbers, self.fonts)
            pages[place].Contents = self.pdf.make_stream(numbered)
        for number, (page, folio) in enumerate(zip(pages, part.told["folios"], strict=True), start + 1):
            if folio:
                page.contents_add(numbers.stamp(folio, number, self.fonts, float(page.MediaBox[3])))

    def _share_pictures(self, resources: Any) -> None:
        """Photographs are named by their address, which holds their checksum: one name, one picture."""
        pictures = resources.get("/XObject", {})
        for name in sorted(pictures.keys()):
            if name.startswith("/i"):
                pictures[name] = self.pictures.setdefault(name, pictures[name])

    def _take_structure(self, root: Any, pages: list[pikepdf.Page]) -> None:
        """A part's elements go under the one document; what they own is counted on from the part before."""
        for top in _all(root.K):
            for element in _all(top.K) if str(top.S) == "/Document" else [top]:
                element.P = self.document
                self.elements.append(element)
        nums, highest = root.ParentTree.Nums, -1
        for place in range(0, len(nums), 2):
            highest = max(highest, int(nums[place]))
            self.owners += [self.keys + int(nums[place]), nums[place + 1]]
        for page in pages:
            page.StructParents = self.keys + int(page.StructParents)
            for note in page.get("/Annots", []):
                if "/StructParent" in note:
                    note.StructParent = self.keys + int(note.StructParent)
        self.keys += highest + 1
        for name, role in root.get("/RoleMap", {}).items():
            self.roles[name] = role
        ids = root.get("/IDTree", {}).get("/Names", [])
        self.ids += [(bytes(ids[place]), ids[place + 1]) for place in range(0, len(ids), 2)]

    def _structure(self) -> None:
        self.document.K = Array(self.elements)
        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([self.document])))
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(self.owners)))
        root.ParentTreeNextKey = self.keys
        if self.ids:
            flat = [
                part
                for name, element in sorted(self.ids, key=lambda row: row[0])
                for part in (String(name), element)
            ]
            root.IDTree = self.pdf.make_indirect(Dictionary(Names=Array(flat)))
        if len(self.roles):
            root.RoleMap = self.roles
        self.document.P = root
        self.pdf.Root.StructTreeRoot = root

    def _destinations(self) -> None:
        """Every id is a name that links lead to. Raises CannotJoin for one that is nowhere or twice."""
        places: dict[str, Any] = {}
        for part, start in zip(self.parts, self.starts, strict=True):
            for name, (page, x, y) in part.told["anchors"].items():
                if name in places:
                    raise CannotJoin(f"#{name} is there twice")
                places[name] = self._place(start + page, x, y)
        for part in self.parts:
            if lost := set(part.told["links"]) - places.keys():
                raise CannotJoin(f"nothing is called #{min(lost)}")
        named = sorted(places.items(), key=lambda row: row[0].encode())
        flat = [part for name, place in named for part in (String(name), place)]
        self.pdf.Root.Names = Dictionary(Dests=self.pdf.make_indirect(Dictionary(Names=Array(flat))))

    def _place(self, page: int, x: float, y: float) -> Array:
        return Array([self.pages[page], Name.XYZ, x, y, 0])

    def _outline(self) -> None:
        """All bookmarks as one tree, of which the first level is open."""
        root = self.pdf.make_indirect(Dictionary(Type=Name.Outlines))
        above: list[tuple[int, Any]] = [(0, root)]
        for part, start in zip(self.parts, self.starts, strict=True):
            for level, label, page, x, y in part.told["bookmarks"]:
                while above[-1][0] >= level:
                    above.pop()
                mark = Dictionary(Title=String(label), Dest=self._place(start + page, x, y))
                above.append((level, _hang(self.pdf.make_indirect(mark), above[-1][1])))
        if "/First" in root:
            _count(root)
            self.pdf.Root.Outlines = root


def _all(kids: Any) -> list[Any]:
    return list(kids) if isinstance(kids, Array) else [kids]


def _hang(mark: Any, parent: Any) -> Any:
    """Put a bookmark behind its parent's last."""
    mark.Parent = parent
    if "/Last" in parent:
        mark.Prev, parent.Last.Next = parent.Last, mark
    else:
        parent.First = mark
    parent.Last = mark
    return mark


def _count(mark: Any) -> int:
    """Tell a bookmark how many are below it, all of them open, as WeasyPrint does."""
    total, child = 0, mark.get("/First")
    while child is not None:
        total += 1 + _count(child)
        child = child.get("/Next")
    mark.Count = total
    return total
