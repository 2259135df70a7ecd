from __future__ import annotations

import hashlib
import pickle
from datetime import datetime
from pathlib import Path

import docx
import pytest

from clausecheck.document import Place
from clausecheck.errors import NoTextError
from clausecheck.parsers.docx import parse_docx

from .docx_files import PICTURE, level, listed, note, numbering, para, run, style, write_docx


def made_with_python_docx(path: Path) -> Path:
    made = docx.Document()
    made.core_properties.title = "維護契約"
    made.core_properties.author = "王小明"
    made.core_properties.created = datetime(2024, 5, 6)
    made.add_heading("維護契約", 0)
    made.add_heading("服務範圍", 1)
    made.add_paragraph("維護", style="List Number")
    made.add_paragraph("修補", style="List Number")
    made.add_paragraph("備註", style="List Bullet")
    grid = made.add_table(2, 2)
    grid.cell(0, 0).merge(grid.cell(1, 0)).text = "甲"
    grid.cell(0, 1).text = "乙"
    grid.cell(1, 1).text = "丙"
    made.add_comment(made.paragraphs[2].runs, "請再確認", author="王律師")
    made.sections[0].header.paragraphs[0].text = "機密"
    made.sections[0].footer.paragraphs[0].text = "第一頁"
    made.save(str(path))
    return path


def test_a_file_of_python_docx(tmp_path: Path) -> None:
    path = made_with_python_docx(tmp_path / "契約.docx")
    document = parse_docx(path)
    shown = ["維護契約", "服務範圍", "1. 維護", "2. 修補", "・備註", "甲 | 乙", "丙"]
    assert [b.text for b in document.blocks] == shown
    assert [b.heading for b in document.blocks[:3]] == [True, True, False]
    assert document.blocks[1].level == 0
    assert (document.name, document.format, document.pages) == ("契約.docx", "docx", None)
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.properties["title"] == "維護契約"
    assert document.properties["author"] == "王小明"
    assert document.properties["created"].startswith("2024-05-06")
    assert [(b.text, b.place.part, b.start) for b in document.asides] == [
        ("機密", "header", -1), ("第一頁", "footer", -1), ("王律師：請再確認", "comment", -1),
    ]  # fmt: skip
    assert document.asides[2].place == Place("comment", paragraph=3)
    assert [n.code for n in document.notices] == ["comments"]
    assert pickle.loads(pickle.dumps(document)) == document
    assert parse_docx(path) == document


def test_headers_with_the_same_words_come_once(tmp_path: Path) -> None:
    sections = "".join(f'<w:headerReference w:type="{kind}" r:id="r_header"/>' for kind in ("default", "first"))
    path = write_docx(tmp_path / "a.docx", para("甲"), parts={"header": para("頁首")}, sections=sections)
    assert [b.text for b in parse_docx(path).asides] == ["頁首"]


def test_headings_by_outline_level_and_by_style(tmp_path: Path) -> None:
    styles = style("heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>') + style("條", based_on="heading 2")
    body = para("甲", '<w:outlineLvl w:val="0"/>') + para("乙", '<w:pStyle w:val="heading 2"/>')
    body += (
        para("丙", '<w:pStyle w:val="條"/>')
        + para("丁", '<w:pStyle w:val="條"/><w:outlineLvl w:val="9"/>')
        + para("戊")
    )
    document = parse_docx(write_docx(tmp_path / "a.docx", body, parts={"styles": styles}))
    assert [b.level for b in document.blocks] == [0, 1, 1, None, None]
    assert [b.heading for b in document.blocks] == [True, True, True, True, False]


def test_styles_that_are_based_on_each_other_end(tmp_path: Path) -> None:
    styles = style("a", based_on="b") + style("b", based_on="a")
    path = write_docx(tmp_path / "a.docx", para("甲", '<w:pStyle w:val="a"/>'), parts={"styles": styles})
    assert parse_docx(path).text == "甲"


def test_other_stories_do_not_disturb_the_numbers_of_the_body(tmp_path: Path) -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{listed('框')}</w:txbxContent></v:textbox></w:pict></w:r>"
    body = listed("甲") + para(run("乙") + box + '<w:r><w:footnoteReference w:id="2"/></w:r>') + listed("丙")
    parts = {
        "numbering": numbering(level(0, "decimal", "%1.")),
        "footnotes": note("footnote", 2, listed("註")),
        "header": listed("頁首"),
    }
    reference = '<w:headerReference w:type="default" r:id="r_header"/>'
    document = parse_docx(write_docx(tmp_path / "a.docx", body, parts=parts, sections=reference))
    assert [b.text for b in document.blocks] == ["1. 甲", "乙", "1. 註", "1. 框", "2. 丙"]
    assert [b.text for b in document.asides] == ["1. 頁首"]


def test_embedded_files_and_large_pictures_are_told(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", para(run("甲") + PICTURE) + '<w:altChunk r:id="y"/>')
    assert [n.code for n in parse_docx(path).notices] == ["embedded-content", "pictures"]


def test_an_empty_page_of_pictures_asks_for_text(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", para(PICTURE))
    with pytest.raises(NoTextError, match="文字辨識"):
        parse_docx(path)
