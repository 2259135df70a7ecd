"""The labelled corpus: sentences for each element and whole contracts, and their split.

A third is held out: sentences by the hash of their text, contracts by their folder. Nothing is
tuned or trained on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from clausecheck.document import Block, Clause, Contract, Document, Party, Place, join_blocks
from clausecheck.text import canonical_text

HERE = Path(__file__).parent
LABELS = ("met", "weak", "blank", "referred", "contradicted", "near_miss")


@dataclass(frozen=True)
class Sentence:
    """A labelled sentence; `key` is "requirement/element", `also` are further elements that it meets."""

    key: str
    label: str
    language: str
    text: str
    heading: str
    customer: str
    supplier: str
    also: tuple[str, ...]

    @property
    def part(self) -> str:
        digest = hashlib.sha256(self.text.encode()).digest()
        return "heldout" if digest[0] % 3 == 0 else "tuning"

    def contract(self) -> Contract:
        """The sentence as a contract of one article."""
        heading = canonical_text(self.heading)
        first = f"第五條　{heading}" if heading else "第五條"
        blocks = [Block(first, 0, Place(paragraph=1)), Block(canonical_text(self.text), 0, Place(paragraph=2))]
        text, placed = join_blocks(blocks)
        document = Document(name="sentence", format="txt", text=text, blocks=placed)
        clause = Clause(0, "article", "第五條", heading, 1, "第五條", 0, len(text), len(text))
        parties = (
            Party("customer", self.customer, (self.customer,)),
            Party("supplier", self.supplier, (self.supplier,)),
        )
        return Contract(document, (clause,), "en" if self.language == "en" else "zh", parties)


def sentences(*elements: str, part: str = "tuning") -> Iterator[Sentence]:
    """The labelled sentences of the elements named (all if none), of one part."""
    for path in sorted((HERE / "sentences").rglob("*.yaml")):
        if elements and path.stem not in elements:
            continue
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for row in data["sentences"]:
            sentence = _sentence(f"{data['requirement']}/{data['element']}", row)
            if part in ("all", sentence.part):
                yield sentence


def _sentence(key: str, row: dict[str, Any]) -> Sentence:
    return Sentence(
        key=key,
        label=row["label"],
        language=row.get("lang", "zh"),
        text=str(row["text"]),
        heading=str(row.get("heading") or ""),
        customer=row.get("c") or "甲方",
        supplier=row.get("s") or "乙方",
        also=tuple(row.get("also") or ()),
    )
