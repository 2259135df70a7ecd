from __future__ import annotations

import pytest

from clausecheck.structure.numbering import candidates, number, roman
from clausecheck.text import canonical_text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零二", 102),
        ("一百一十四", 114),
        ("一一四", 114),
        ("二〇二五", 2025),
        ("壹拾貳", 12),
        ("參佰", 300),
        ("12", 12),
        ("廿三", 23),
        ("甲", None),
        ("", None),
    ],
)
def test_number(text: str, value: int | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize(("text", "value"), [("i", 1), ("iv", 4), ("IX", 9), ("xiv", 14), ("c", None), ("", None)])
def test_roman(text: str, value: int | None) -> None:
    assert roman(text) == value


@pytest.mark.parametrize(
    ("line", "kind", "value", "label", "rest"),
    [
        ("第三條（保密）", "article", (3,), "第三條", "（保密）"),
        ("第 3 條　保密", "article", (3,), "第 3 條", "保密"),
        ("第１２條 保密", "article", (12,), "第12條", "保密"),
        ("第三條之一 保密", "article", (3, 1), "第三條之一", "保密"),
        ("第三條之一般規定", "article", (3,), "第三條", "之一般規定"),
        ("第二章 總則", "chapter", (2,), "第二章", "總則"),
        ("第一部分 總則", "part", (1,), "第一部分", "總則"),
        ("壹、總則", "legal_dun", (1,), "壹、", "總則"),
        ("十二、費用", "han_dun", (12,), "十二、", "費用"),
        ("（三）備份", "han_paren", (3,), "（三）", "備份"),
        ("(三)備份", "han_paren", (3,), "（三）", "備份"),
        ("㈢ 備份", "han_paren", (3,), "（三）", "備份"),
        ("1. 備份", "arabic_dot", (1,), "1.", "備份"),
        ("１．備份", "arabic_dot", (1,), "1.", "備份"),
        ("1、備份", "arabic_dun", (1,), "1、", "備份"),
        ("(1) 備份", "arabic_paren", (1,), "(1)", "備份"),
        ("1.1 備份", "decimal2", (1, 1), "1.1", "備份"),
        ("1.1備份", "decimal2", (1, 1), "1.1", "備份"),
        ("1.1.1 備份", "decimal3", (1, 1, 1), "1.1.1", "備份"),
        ("③備份", "circled", (3,), "③", "備份"),
        ("甲、備份", "stem_dun", (1,), "甲、", "備份"),
        ("Article 3 – Term", "article", (3,), "Article 3", "Term"),
        ("ARTICLE IV", "article", (4,), "ARTICLE IV", ""),
        ("SECTION ONE. Scope", "section", (1,), "SECTION ONE.", "Scope"),
        ("Section 2.1 Scope", "decimal2", (2, 1), "Section 2.1", "Scope"),
        ("Clause 5: Scope", "section", (5,), "Clause 5", "Scope"),
        ("(a) hosting", "lower_paren", (1,), "(a)", "hosting"),
        ("a. hosting", "lower_dot", (1,), "a.", "hosting"),
        ("A. Hosting", "upper_dot", (1,), "A.", "Hosting"),
        ("4 TERM", "arabic_bare", (4,), "4", "TERM"),
    ],
)
def test_candidates(line: str, kind: str, value: tuple[int, ...], label: str, rest: str) -> None:
    text = canonical_text(line)
    found = candidates(text)[0]
    assert (found.kind, found.value, found.label, text[found.end :]) == (kind, value, label, rest)


def test_a_letter_can_be_a_roman_number() -> None:
    assert [(e.kind, e.value) for e in candidates("(i) hosting")] == [
        ("lower_paren", (9,)),
        ("lower_roman_paren", (1,)),
    ]


@pytest.mark.parametrize(
    "line", ["99.5% 以上", "2025. 1", "12,000 元", "4台", "三年內", "一般條款", "甲方應", "十二處據點", "", "　"]
)
def test_no_candidates(line: str) -> None:
    assert candidates(canonical_text(line)) == []


@pytest.mark.parametrize(
    ("label", "line", "kind", "rest"),
    [
        ("1", "1　備份", "arabic_dot", "備份"),
        ("一", "一　備份", "han_dun", "備份"),
        ("A", "A 備份", "upper_dot", "備份"),
    ],
)
def test_automatic_numbers_without_punctuation(label: str, line: str, kind: str, rest: str) -> None:
    found = candidates(line, label)[0]
    assert (found.kind, found.value, line[found.end :]) == (kind, (1,), rest)


def test_a_bullet_is_no_number() -> None:
    assert candidates("・ 備份", "・") == []
