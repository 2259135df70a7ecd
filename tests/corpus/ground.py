"""The labelled corpus: sentences for each element and whole contracts, and their split.

A third is held out: sentences by the hash of their text, contracts by their folder. Nothing is
tuned or trained on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from clausecheck.document import Block, Clause, Contract, Document, Party, Place, join_blocks
from clausecheck.text import canonical_text

HERE = Path(__file__).parent
LABELS = ("met", "weak", "blank", "referred", "contradicted", "near_miss")


@dataclass(frozen=True)
class ElementLabel:
    """What a labelled contract says of one element: its state ("met", "unmet", "weak" ...) and where."""

    state: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Label:
    """The label of one requirement; `elements` holds those whose state the label tells."""

    status: str
    why: str
    own_quotes: tuple[str, ...]
    elements: Mapping[str, ElementLabel]

    @property
    def quotes(self) -> tuple[str, ...]:
        """All quotes, each once."""
        each = (q for e in self.elements.values() for q in e.quotes)
        return tuple(dict.fromkeys((*self.own_quotes, *each)))


@dataclass(frozen=True)
class Labelled:
    """A labelled contract: its file and the label of each requirement by id."""

    path: Path
    organisation: str
    language: str
    labels: Mapping[str, Label]

    @property
    def name(self) -> str:
        return self.path.stem


def labelled_contracts(part: str) -> list[Labelled]:
    """The labelled contracts of one part, tuning or heldout, in the order of their names."""
    return [read_labelled(path) for path in sorted((HERE / "contracts" / part).glob("*.yaml"))]


def read_labelled(path: Path) -> Labelled:
    """The labels in one YAML file."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    labels = {str(key): _label(value) for key, value in data["labels"].items()}
    return Labelled(path.parent / data["file"], str(data.get("organisation", 1)), str(data.get("language", "")), labels)


def _label(data: dict[str, Any]) -> Label:
    elements = {name: _element_label(told) for name, told in (data.get("elements") or {}).items()}
    return Label(data["status"], str(data.get("why", "")), tuple(data.get("evidence") or ()), elements)


def _element_label(told: str | dict[str, Any]) -> ElementLabel:
    if isinstance(told, str):
        return ElementLabel(told)
    return ElementLabel(told["state"], tuple(told.get("evidence") or ()))


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
