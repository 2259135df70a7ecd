"""Recognised lines as characters with boxes, and where their doubts stand in the document."""

from __future__ import annotations

from clausecheck.document import Block, Place, join_blocks
from clausecheck.parsers.ocr import PageReading
from clausecheck.parsers.ocr_doubts import doubts_of
from clausecheck.parsers.ocr_engine import Char
from clausecheck.parsers.ocr_glyphs import ReadLine, blanks_to_fill, folded, glyphs_of, with_struck_unsure
from clausecheck.parsers.pdf_drawings import Rule
from clausecheck.parsers.pdf_lines import lines_of, runs_of


def line(text: str, *, top: float = 0.0, unsure: str = "", em: float = 10.0) -> ReadLine:
    """A line of full-width characters; a blank is as wide as any other and is not recognised."""
    width = em * len(text)
    chars = [Char(c, (i + 0.5) * em / width, 0.4 if c in unsure else 0.99) for i, c in enumerate(text) if c != "　"]
    return ReadLine(tuple(chars), 0.0, top, width, top + em)


def shown(lines: list[ReadLine]) -> list[str]:
    return [x.text for x in lines_of(runs_of(glyphs_of(lines)))]


def test_lines_come_out_as_they_went_in() -> None:
    assert shown([line("甲方應負保密義務，"), line("不得洩漏。", top=15)]) == ["甲方應負保密義務，", "不得洩漏。"]


def test_wide_blanks_between_characters_stay() -> None:
    assert shown([line("民國　　　年　　　月")]) == ["民國  年  月"]


def test_lone_underscore_becomes_a_blank_to_fill() -> None:
    assert shown([line("定_日之期限")]) == ["定__日之期限"]


def test_rule_without_text_above_is_a_blank_to_fill() -> None:
    text = line("違約金為新臺幣　　　　　元整")
    blank = blanks_to_fill([text], [Rule(70, 10, 120, 10.5)])
    assert "新臺幣____" in lines_of(runs_of(glyphs_of([text]) + blank))[0].text


def test_underlined_text_and_table_rules_are_no_blanks() -> None:
    text = line("違約金為新臺幣參拾萬元整")
    assert blanks_to_fill([text], [Rule(70, 10, 120, 10.5)]) == []
    empty = line("違約金為新臺幣　　　　　元整")
    assert blanks_to_fill([empty], [Rule(70, 10, 120, 10.5), Rule(70, 0, 70.5, 40)]) == []


def test_variants_fold_in_traditional_text_only() -> None:
    traditional = folded([line("營業税及國内法令應予强制執行，雙方無異議")])
    assert traditional[0].text == "營業稅及國內法令應予強制執行，雙方無異議"
    simplified = "双方应对国内税务资料负保密义务"
    assert folded([line(simplified)])[0].text == simplified


def test_half_brackets_and_stray_blanks_between_chinese_go() -> None:
    chars = tuple(Char(c, (i + 0.5) / 9, 0.9) for i, c in enumerate("契約 書(正本)"))
    assert folded([ReadLine(chars, 0, 0, 90, 10)])[0].text == "契約書（正本）"


def test_characters_under_a_stroke_are_unsure() -> None:
    text = line("應於二小時內通知")
    marked, struck = with_struck_unsure([text], [Rule(20, 4.5, 60, 5.5)])
    assert struck
    assert "".join(c.char for c in marked[0].chars if c.confidence < 0.6) == "二小時內"
    assert with_struck_unsure([text], [Rule(20, 9.5, 60, 10)]) == ([text], False)  # underlined


def test_doubts_point_at_the_characters() -> None:
    first, second = line("乙方應於知悉後", unsure="知"), line("二十四小時內通報甲方。", top=15, unsure="四")
    blocks = [Block("乙方應於知悉後二十四小時內通報甲方。", -1, Place(page=2))]
    text, placed = join_blocks([Block("前言", -1, Place(page=1)), *blocks])
    doubts = doubts_of(placed, {2: PageReading([], [], [first, second])})
    assert [text[d.start : d.end] for d in doubts] == ["知", "四"]
    assert {d.confidence for d in doubts} == {0.4}


def test_doubts_follow_a_paragraph_that_began_on_the_page_before() -> None:
    text, placed = join_blocks([Block("乙方應於知悉後二十四小時內通報甲方。", -1, Place(page=1))])
    doubts = doubts_of(placed, {2: PageReading([], [], [line("二十四小時內通報甲方。", unsure="通")])})
    assert [text[d.start : d.end] for d in doubts] == ["通"]
