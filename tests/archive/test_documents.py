"""A stored document is the document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausecheck.archive.judging import pack_document, unpack_document
from clausecheck.document import Block, Change, Document, Notice, Place
from clausecheck.parsers import parse

SAMPLES = Path(__file__).resolve().parents[2] / "sample_contracts"
_TEXT = st.text(st.characters(exclude_categories=()), max_size=12)  # lone surrogates, too
_NUMBER = st.none() | st.integers(0, 10**6)
_FIELDS: dict[Any, dict[str, Any]] = {
    Block: {"source": _TEXT, "offsets": st.lists(st.integers(0, 99), max_size=4).map(tuple)},
    Document: {"properties": st.dictionaries(_TEXT, _TEXT, max_size=3)},
}


def _many(one: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(one, max_size=3).map(tuple)


_BLOCK = st.builds(
    Block, text=_TEXT, start=st.integers(-1, 99), label=_TEXT, level=_NUMBER, heading=st.booleans(),
    hidden=st.booleans(), place=st.builds(Place, page=_NUMBER, paragraph=_NUMBER, table=_NUMBER, row=_NUMBER),
    **_FIELDS[Block],
)  # fmt: skip
_DOCUMENT = st.builds(
    Document, name=_TEXT, format=_TEXT, text=_TEXT, blocks=_many(_BLOCK), asides=_many(_BLOCK),
    changes=_many(st.builds(Change, author=_TEXT, date=_TEXT, text=_TEXT, block=_NUMBER)),
    notices=_many(st.builds(Notice, code=_TEXT, message=_TEXT, page=_NUMBER, blocking=st.booleans())),
    pages=_NUMBER, sha256=_TEXT, **_FIELDS[Document],
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(_DOCUMENT)
def test_any_document_comes_back_whole(document: Document) -> None:
    assert unpack_document(pack_document(document)) == document


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("0*.*")), ids=lambda p: p.name)
def test_the_sample_contracts_come_back_whole(path: Path) -> None:
    document = parse(path)
    stored = pack_document(document)
    assert unpack_document(stored) == document
    assert pack_document(unpack_document(stored)) == stored
