from __future__ import annotations

import pytest

from clausecheck.document import Block
from clausecheck.structure.headings import is_heading_line, split_heading
from clausecheck.structure.numbering import candidates
from clausecheck.text import canonical


def heading(line: str) -> str:
    made = canonical(line)
    block = Block(made.text, 0, source=line, offsets=made.offsets)
    return split_heading(block, candidates(made.text)[0].end)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("第一條（契約期間）", "契約期間"),
        ("第一條（契約期間）本契約自簽約日起生效。", "契約期間"),
        ("第一條【契約期間】", "契約期間"),
        ("第一條　契約期間", "契約期間"),
        ("第一條　契約期間　本契約自簽約日起生效。", "契約期間"),
        ("第一條 契約期間 本契約自簽約日起生效。", "契約期間"),
        ("第一條 契約期間：本契約自簽約日起生效。", "契約期間"),
        ("一、維護費", "維護費"),
        ("第一條　本契約自簽約日起生效。", ""),
        ("一、乙方應辦理下列事項：", ""),
        ("一、「本系統」：甲方之帳務系統。", ""),
        ("（一）乙方應提供電力。", ""),
        ("Article 3 – Term", "Term"),
        ("1. DEFINITIONS", "DEFINITIONS"),
        ("3. Term. The term of this Agreement is one year.", "Term"),
        ("3. Data feeds. The Customer delivers files.", "Data feeds"),
        ("1.2 Goodwill: Licensee recognizes the mark.", "Goodwill"),
        ("3.1 The Supplier shall provide the Service.", ""),
        ("(a) (i) a fee", ""),
        ("(b) [***].", ""),
    ],
)
def test_heading(line: str, expected: str) -> None:
    assert heading(line) == expected


@pytest.mark.parametrize("text", ["保密義務", "SERVICE LEVELS", "Term and Termination"])
def test_heading_lines(text: str) -> None:
    assert is_heading_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "乙方應保密。",
        "乙方應提供下列文件：",
        "the Supplier shall provide the services which are described below and in all the annexes",
        "１２３",
    ],
)
def test_other_lines(text: str) -> None:
    assert not is_heading_line(text)
