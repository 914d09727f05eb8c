"""The library: documents by kind, each kind under a heading of its own."""

from typing import Any

import pytest

from reports.models import KINDS_OF_DOCUMENTS, Document, DocumentKind


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_library_heads_each_kind_and_leads_to_it(client: Any, db: None, kind: DocumentKind) -> None:
    Document.objects.create(slug="one", title="The only one", kind=kind)
    page = client.get("/documents/").content.decode()
    words = KINDS_OF_DOCUMENTS[kind]
    assert f'<h2 id="kind-1">{words}</h2>' in page
    assert f'<a href="#kind-1">{words}</a>' in page


def test_library_without_documents_leads_nowhere(client: Any, db: None) -> None:
    page = client.get("/documents/").content.decode()
    assert "The library is empty" in page
    assert "#kind-" not in page
