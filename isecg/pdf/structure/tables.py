"""Header cells say whether they head a column or a row."""

from isecg.pdf.structure.tree import Element

SCOPES = {"row": "Row", "rowgroup": "Row", "col": "Column", "colgroup": "Column"}


def arrange(element: Element) -> None:
    """Name the scope of all header cells below; changes them."""
    for table in element.walk():
        if table.tag == "Table":
            _table(table)


def _table(table: Element) -> None:
    for part in table.walk():
        for at, cell in enumerate(part.elements if part.tag == "TR" else []):
            if cell.tag in ("TH", "TD"):
                told = dict(cell.attributes)
                if cell.tag == "TH":
                    told["Scope"] = f"/{_scope(cell, at, table, part)}"
                cell.attributes = {"O": "/Table", **told} if told else {}


def _scope(cell: Element, at: int, table: Element, row: Element) -> str:
    """As the HTML says; else a column's in the table's head, a row's at the beginning of a row."""
    if cell.hint.scope in SCOPES:
        return SCOPES[cell.hint.scope]
    head = any(row in part.walk() for part in table.elements if part.tag == "THead")
    return "Column" if head or at else "Row"
