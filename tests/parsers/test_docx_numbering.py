from __future__ import annotations

from pathlib import Path

import pytest

from clausecheck.document import Document
from clausecheck.parsers.docx import parse_docx

from .docx_files import level, listed, numbering, para, style, use, write_docx

CHINESE = (
    level(0, "taiwaneseCountingThousand", "第%1條")
    + level(1, "taiwaneseCountingThousand", "%2、")
    + level(2, "taiwaneseCountingThousand", "(%3)")
    + level(3, "decimal", "%4.")
)
ENGLISH = level(0, "decimal", "Article %1") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "(%3)")


def parse(tmp_path: Path, body: str, lists: str, styles: str = "") -> Document:
    return parse_docx(write_docx(tmp_path / "a.docx", body, parts={"numbering": lists, "styles": styles}))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_chinese_levels_read_as_in_word(tmp_path: Path) -> None:
    body = listed("契約期間") + listed("服務範圍", level=1) + listed("範圍如下", level=1) + listed("維護", level=2)
    body += listed("修補", level=3) + listed("罰則") + listed("違約金", level=1)
    document = parse(tmp_path, body, numbering(CHINESE))
    assert texts(document) == [
        "第一條　契約期間", "一、服務範圍", "二、範圍如下", "（一）維護", "1. 修補", "第二條　罰則", "一、違約金",
    ]  # fmt: skip
    assert [b.label for b in document.blocks] == ["第一條", "一、", "二、", "（一）", "1.", "第二條", "一、"]
    assert [b.level for b in document.blocks] == [0, 1, 1, 2, 3, 0, 1]
    assert all(b.text.startswith(b.label) for b in document.blocks)


def test_english_levels_read_as_in_word(tmp_path: Path) -> None:
    body = listed("Term") + listed("Scope", level=1) + listed("support", level=2) + listed("Fees", level=1)
    shown = texts(parse(tmp_path, body, numbering(ENGLISH)))
    assert shown == ["Article 1 Term", "1.1 Scope", "(a) support", "1.2 Fees"]


def test_legal_numbering_turns_all_figures_to_digits(tmp_path: Path) -> None:
    lists = level(0, "taiwaneseCountingThousand", "第%1條") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert texts(parse(tmp_path, listed("甲") + listed("乙", level=1), numbering(lists))) == ["第一條　甲", "1.1 乙"]


@pytest.mark.parametrize(
    ("restart", "shown"),
    [("", "(a) 四"), ('<w:lvlRestart w:val="0"/>', "(c) 四"), ('<w:lvlRestart w:val="1"/>', "(a) 四")],
)
def test_restart_rules(tmp_path: Path, restart: str, shown: str) -> None:
    lists = level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)", restart)
    body = listed("一") + listed("二", level=1) + listed("三", level=1) + listed("又") + listed("四", level=1)
    assert texts(parse(tmp_path, body, numbering(lists)))[-1] == shown


def test_a_level_restarts_only_behind_the_level_it_names(tmp_path: Path) -> None:
    lists = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2")
    lists += level(2, "lowerLetter", "(%3)", '<w:lvlRestart w:val="1"/>')
    body = listed("甲") + listed("乙", level=1) + listed("丙", level=2) + listed("丁", level=1) + listed("戊", level=2)
    assert texts(parse(tmp_path, body, numbering(lists)))[-1] == "(b) 戊"


def test_uses_of_one_definition_count_on_unless_they_say_where_to_start(tmp_path: Path) -> None:
    uses = use(8, 1) + use(9, 1, '<w:startOverride w:val="7"/>')
    body = listed("甲") + listed("乙", 8) + listed("丙", 9) + listed("丁", 9) + listed("戊", 1)
    shown = texts(parse(tmp_path, body, numbering(level(0, "decimal", "%1."), uses=uses)))
    assert shown == ["1. 甲", "2. 乙", "7. 丙", "8. 丁", "9. 戊"]


def test_a_use_may_replace_a_level(tmp_path: Path) -> None:
    uses = use(9, 1, level(0, "upperRoman", "%1."))
    assert texts(parse(tmp_path, listed("甲", 9), numbering(level(0, "decimal", "%1."), uses=uses))) == ["I. 甲"]


def test_numbers_come_from_styles_and_those_they_are_based_on(tmp_path: Path) -> None:
    first, second = '<w:numId w:val="1"/>', '<w:ilvl w:val="1"/><w:numId w:val="1"/>'
    styles = style("條", f"<w:pPr><w:numPr>{first}</w:numPr></w:pPr>") + style("自訂", based_on="條")
    styles += style("項", f"<w:pPr><w:numPr>{second}</w:numPr></w:pPr>")
    styles += style("款", f"<w:pPr><w:numPr>{first}</w:numPr></w:pPr>")
    lists = level(0, "taiwaneseCountingThousand", "第%1條") + level(1, "taiwaneseCountingThousand", "%2、")
    lists += level(2, "decimal", "%3.", '<w:pStyle w:val="款"/>')
    used = (("甲", "條"), ("乙", "自訂"), ("丙", "項"), ("丁", "款"))
    body = "".join(para(words, f'<w:pStyle w:val="{name}"/>') for words, name in used)
    body += para("戊", '<w:pStyle w:val="條"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    shown = texts(parse(tmp_path, body, numbering(lists), styles))
    assert shown == ["第一條　甲", "第二條　乙", "一、丙", "1. 丁", "戊"]


def test_a_definition_that_points_to_a_list_style_is_followed(tmp_path: Path) -> None:
    styles = style("L", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', kind="numbering")
    lists = numbering(level(0, "decimal", "%1)"), '<w:numStyleLink w:val="L"/>')
    assert texts(parse(tmp_path, listed("甲", 2), lists, styles)) == ["1) 甲"]


def test_bullets_empty_formats_and_unknown_lists(tmp_path: Path) -> None:
    lists = numbering(level(0, "bullet", "\uf0b7"), level(0, "none", ""), level(0, "none", "附則"))
    body = listed("甲") + listed("乙", 2) + listed("丙", 3) + listed("丁", 77)
    document = parse(tmp_path, body, lists)
    assert texts(document) == ["・甲", "乙", "附則　丙", "丁"]
    assert [b.label for b in document.blocks] == ["・", "", "附則", ""]


def test_custom_formats_pad_with_zeros(tmp_path: Path) -> None:
    form = '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
    form = f'<mc:AlternateContent><mc:Choice Requires="w14">{form}</mc:Choice></mc:AlternateContent>'
    lists = f'<w:lvl w:ilvl="0"><w:start w:val="1"/>{form}<w:lvlText w:val="%1"/></w:lvl>'
    assert texts(parse(tmp_path, listed("甲"), numbering(lists))) == ["001 甲"]


def test_a_number_that_the_text_goes_on_from_is_not_torn_off(tmp_path: Path) -> None:
    lists = level(0, "taiwaneseCountingThousand", "第%1", '<w:suff w:val="nothing"/>')
    assert texts(parse(tmp_path, listed("條　期間"), numbering(lists))) == ["第一條　期間"]


def test_empty_numbered_paragraphs_count_but_say_nothing(tmp_path: Path) -> None:
    body = listed("甲") + listed("") + listed("丙")
    assert texts(parse(tmp_path, body, numbering(level(0, "decimal", "%1.")))) == ["1. 甲", "3. 丙"]


def test_damaged_numbers_in_definitions_do_not_stop_the_reading(tmp_path: Path) -> None:
    lists = '<w:lvl w:ilvl="x"><w:start w:val="q"/><w:lvlText/></w:lvl>'
    assert texts(parse(tmp_path, listed("甲"), numbering(lists))) == ["甲"]


def test_source_and_offsets_lead_back_to_the_raw_text(tmp_path: Path) -> None:
    (block,) = parse(tmp_path, listed("服務 範圍(甲)"), numbering(level(0, "taiwaneseCountingThousand", "(%1)"))).blocks
    assert block.text == "（一）服務範圍（甲）"
    assert block.source == "(一)服務 範圍(甲)"
    assert [block.source[i] for i in block.offsets] == list("(一)服務範圍(甲)")
