"""Document to Contract: clauses, parties, annexes and what the contract says of itself."""

from __future__ import annotations

from typing import Literal

from clausecheck.document import Contract, Document
from clausecheck.structure.clauses import build_clauses
from clausecheck.structure.language import language_of
from clausecheck.structure.metadata import read_metadata
from clausecheck.structure.parties import find_parties
from clausecheck.structure.tax_numbers import with_tax_numbers

__all__ = ["build_contract"]


def build_contract(document: Document, language: Literal["auto", "zh", "en"] = "auto") -> Contract:
    """The contract in `document`; `language` is told from the text unless given."""
    clauses, annexes = build_clauses(document.blocks)
    told = language_of(document.text) if language == "auto" else language
    parties = with_tax_numbers(find_parties(document, clauses), document.text)
    return Contract(document, clauses, told, parties, annexes, read_metadata(document, clauses))
