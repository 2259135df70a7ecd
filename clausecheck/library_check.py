"""Runs a library's own examples and wordings through the matcher, for `clausecheck library check` and the tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clausecheck.assess import settle, status_of
from clausecheck.document import Block, Clause, Contract, Document, Party, Place, join_blocks
from clausecheck.findings import State, Status
from clausecheck.library import Library, Requirement
from clausecheck.matching.pipeline import Matcher
from clausecheck.text import canonical_text

_STATES = {"met": State.MET, "weak": State.WEAK, "blank": State.BLANK, "referred": State.REFERRED,
           "contradicted": State.CONTRADICTED, "near_miss": State.UNMET}  # fmt: skip
_PLACEHOLDERS = {"{委託人}": "甲方", "{受託人}": "乙方", "{customer}": "the Customer", "{supplier}": "the Supplier"}
_NAMED = re.compile("甲方|乙方|the (?:customer|supplier)\\b", re.IGNORECASE)
_OPEN_PLACEHOLDER = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Problem:
    """An example or wording that is not judged as its author says."""

    requirement: str
    place: str
    message: str
    text: str

    def __str__(self) -> str:
        return f"{self.requirement}.yaml　{self.place}：{self.message}\n    「{self.text}」"


def contract_of(text: str, heading: str = "", customer: str = "", supplier: str = "") -> Contract:
    """A piece of text as a contract of one article, 甲方/Customer against 乙方/Supplier unless named."""
    lines = [f"第一條　{heading}" if heading else "第一條", *text.split("\n")]
    blocks = [Block(canonical_text(line), 0, Place(paragraph=i + 1)) for i, line in enumerate(lines) if line.strip()]
    joined, placed = join_blocks(blocks)
    document = Document(name="example", format="txt", text=joined, blocks=placed)
    clause = Clause(0, "article", "第一條", heading, 1, "第一條", 0, len(joined), len(joined))
    parties = (
        Party("customer", customer or "甲方", (customer or "甲方", "the Customer", "Customer")),
        Party("supplier", supplier or "乙方", (supplier or "乙方", "the Supplier", "Supplier")),
    )
    return Contract(document, (clause,), "zh", parties)


def check_library(library: Library, requirement_id: str | None = None) -> tuple[list[Problem], int]:
    """Problems of all examples and wordings (of one requirement), and how many were run."""
    matcher = Matcher(library)
    problems: list[Problem] = []
    count = 0
    for requirement in library.requirements:
        if requirement_id in (None, requirement.id):
            for result in (*_examples(matcher, requirement), *_wordings(matcher, requirement)):
                count += 1
                problems += [result] if result else []
    return problems, count


def _examples(matcher: Matcher, requirement: Requirement) -> Iterator[Problem | None]:
    for element in requirement.elements:
        if element.same_as:
            continue
        for label, wanted in _STATES.items():
            for text in getattr(element.examples, label):
                got = settle(matcher.match(contract_of(text)).hits).get(f"{requirement.id}/{element.id}", State.UNMET)
                message = f"例句應判為 {wanted.value}，實為 {got.value}"
                yield None if got is wanted else Problem(requirement.id, f"{element.id}.{label}", message, text)


def _wordings(matcher: Matcher, requirement: Requirement) -> Iterator[Problem | None]:
    for kind in ("wording", "fallback"):
        for language in ("zh", "en"):
            text = getattr(getattr(requirement, kind), language)
            named = _NAMED.search(text)
            if named:  # a contract that names its parties otherwise could not use it
                message = f"「{named.group()}」請改用佔位符 {'、'.join(_PLACEHOLDERS)}"
                yield Problem(requirement.id, f"{kind}.{language}", message, text)
                continue
            for placeholder, name in _PLACEHOLDERS.items():
                text = text.replace(placeholder, name)
            yield _wording_problem(matcher, requirement, f"{kind}.{language}", text, full=kind == "wording")


def _wording_problem(
    matcher: Matcher, requirement: Requirement, place: str, text: str, *, full: bool
) -> Problem | None:
    if not text.strip():
        return Problem(requirement.id, place, "沒有文字", text)
    if _OPEN_PLACEHOLDER.search(text):
        return Problem(requirement.id, place, f"含有不認得的佔位符，只能用 {'、'.join(_PLACEHOLDERS)}", text)
    states = settle(matcher.match(contract_of(text)).hits)
    own = {e.id: states.get(e.same_as or f"{requirement.id}/{e.id}", State.UNMET) for e in requirement.elements}
    status = status_of(requirement, own)
    if status is Status.FULL or (not full and status is Status.PARTIAL):
        return None
    lacking = "、".join(f"{i}={s.value}" for i, s in own.items() if s is not State.MET)
    return Problem(requirement.id, place, f"建議文字未滿足自身要求（{status.value}：{lacking}）", text)
