from __future__ import annotations

from pathlib import Path

from clausecheck.document import Document, Place
from clausecheck.parsers.docx import parse_docx

from .docx_files import level, listed, note, numbering, para, run, table, write_docx


def parse(tmp_path: Path, body: str, **parts: str) -> Document:
    return parse_docx(write_docx(tmp_path / "a.docx", body, parts=parts))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{para(words)}</w:tc>"


def test_a_row_is_one_block_with_its_place(tmp_path: Path) -> None:
    first = table(("項目", "時限"), ("通報", "一小時"))
    document = parse(tmp_path, para("首") + first + para("末") + table(("甲", "乙")))
    assert texts(document) == ["首", "項目 | 時限", "通報 | 一小時", "末", "甲 | 乙"]
    places = [(b.place.paragraph, b.place.table, b.place.row) for b in document.blocks]
    assert places == [(1, None, None), (2, 1, 1), (4, 1, 2), (6, None, None), (7, 2, 1)]
    assert [b.is_row for b in document.blocks] == [False, True, True, False, True]


def test_cells_keep_all_their_paragraphs_and_empty_values_show(tmp_path: Path) -> None:
    document = parse(tmp_path, table(("甲", para("一行") + para("") + para("二行")), ("時限", ""), ("", "")))
    assert texts(document) == ["甲 | 一行二行", "時限 |"]


def test_merged_cells_come_once(tmp_path: Path) -> None:
    above, wide = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
    rows = f"<w:tr>{cell('資安', above)}{cell('通報')}{cell('一小時')}</w:tr>"
    rows += f"<w:tr>{cell('', '<w:vMerge/>')}{cell('合計', wide)}</w:tr>"
    assert texts(parse(tmp_path, f"<w:tbl>{rows}</w:tbl>")) == ["資安 | 通報 | 一小時", "合計"]


def test_numbers_in_cells_are_counted(tmp_path: Path) -> None:
    body = table((listed("甲"), "x"), (listed("乙"), "y")) + listed("丙")
    shown = texts(parse(tmp_path, body, numbering=numbering(level(0, "decimal", "%1."))))
    assert shown == ["1. 甲 | x", "2. 乙 | y", "3. 丙"]


def test_nested_tables_follow_their_row(tmp_path: Path) -> None:
    inner = table(("丙", "丁"))
    document = parse(tmp_path, table(("甲", para("乙") + inner + para("")), ("戊", "己")))
    assert texts(document) == ["甲 | 乙", "丙 | 丁", "戊 | 己"]
    assert [(b.place.table, b.place.row) for b in document.blocks] == [(1, 1), (2, 1), (1, 2)]


def test_layout_tables_give_their_paragraphs(tmp_path: Path) -> None:
    one = table((para("第一條　期間") + para("一、自簽約日起。"),))
    two = table((para("第二條　保密") + para("一、乙方應保密。"), para("Article 2") + para("1. The supplier shall.")))
    document = parse(tmp_path, one + two)
    assert texts(document)[:4] == ["第一條　期間", "一、自簽約日起。", "第二條　保密", "一、乙方應保密。"]
    assert texts(document)[4:] == ["Article 2", "1. The supplier shall."]
    assert not any(b.is_row for b in document.blocks)
    assert [b.place.table for b in document.blocks] == [1, 1, 2, 2, 2, 2]


def test_long_clauses_in_a_cell_are_paragraphs(tmp_path: Path) -> None:
    long = "乙方應於知悉資訊安全事件後立即通知甲方並提出處理情形，" * 3
    assert texts(parse(tmp_path, table(("資安", para(long) + para(long))))) == ["資安", long, long]


def test_notes_and_boxes_of_a_cell_follow_the_row(tmp_path: Path) -> None:
    refer = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    document = parse(tmp_path, table((para(run("甲") + refer), "乙")), footnotes=note("footnote", 2, para("註腳")))
    assert [(b.text, b.place) for b in document.blocks] == [
        ("甲 | 乙", Place(paragraph=1, table=1, row=1)), ("註腳", Place("footnote", paragraph=1)),
    ]  # fmt: skip


def test_a_tracked_row_is_there_or_not(tmp_path: Path) -> None:
    rows = f"<w:tr>{cell('甲')}{cell('乙')}</w:tr>"
    rows += f'<w:tr><w:trPr><w:ins w:author="王" w:date="2024-01-02"/></w:trPr>{cell("丙")}{cell("丁")}</w:tr>'
    rows += f'<w:tr><w:trPr><w:del w:author="李" w:date="2024-01-03"/></w:trPr>{cell("戊")}{cell("己")}</w:tr>'
    path = write_docx(tmp_path / "a.docx", f"<w:tbl>{rows}</w:tbl>")
    accepted, original = parse_docx(path), parse_docx(path, changes="original")
    assert texts(accepted) == ["甲 | 乙", "丙 | 丁"]
    assert texts(original) == ["甲 | 乙", "戊 | 己"]
    found = [(c.kind, c.author, c.text, c.block) for c in accepted.changes]
    assert found == [("insertion", "王", "丙丁", 1), ("deletion", "李", "戊己", None)]
    assert [(c.kind, c.block) for c in original.changes] == [("insertion", None), ("deletion", 1)]


def test_tracked_cells_are_there_or_not(tmp_path: Path) -> None:
    row = f"<w:tr>{cell('甲')}{cell('乙', '<w:cellIns/>')}{cell('丙', '<w:cellDel/>')}{cell('丁')}</w:tr>"
    path = write_docx(tmp_path / "a.docx", f"<w:tbl>{row}</w:tbl>")
    assert texts(parse_docx(path)) == ["甲 | 乙 | 丁"]
    assert texts(parse_docx(path, changes="original")) == ["甲 | 丙 | 丁"]
