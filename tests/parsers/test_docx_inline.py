"""Words that the usual libraries drop, double or leave in although they are not shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from clausecheck.document import Document
from clausecheck.parsers.docx import parse_docx

from .docx_files import level, listed, note, numbering, para, run, style, table, write_docx


def parse(tmp_path: Path, body: str, **parts: str) -> Document:
    return parse_docx(write_docx(tmp_path / "a.docx", body, parts=parts))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def begin(form: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'


SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def instruction(words: str) -> str:
    return f"<w:r><w:instrText>{words}</w:instrText></w:r>"


@pytest.mark.parametrize(
    "wrapped",
    [
        control(run("稽核權")),
        f"<w:smartTag>{run('稽核權')}</w:smartTag>",
        f"<w:customXml>{run('稽核權')}</w:customXml>",
        f'<w:fldSimple w:instr=" REF a ">{run("稽核權")}</w:fldSimple>',
        f'<w:hyperlink r:id="x">{run("稽核權")}</w:hyperlink>',
        f"<w:dir>{run('稽核權')}</w:dir>",
        f"<w:somethingNew>{run('稽核權')}</w:somethingNew>",
        f'<w:ins w:author="王">{run("稽核權")}</w:ins>',
        f'<w:moveTo w:author="王">{run("稽核權")}</w:moveTo>',
        "<m:oMath><m:r><m:t>稽核權</m:t></m:r></m:oMath>",
        f"<w:ruby><w:rt>{run('ㄐㄧ')}</w:rt><w:rubyBase>{run('稽核權')}</w:rubyBase></w:ruby>",
        begin() + instruction("IF 1") + SEPARATE + run("稽核權") + END,
    ],
)
def test_wrapped_words_stay_in_their_place(tmp_path: Path, wrapped: str) -> None:
    assert texts(parse(tmp_path, para(run("甲方有") + wrapped + run("。")))) == ["甲方有稽核權。"]


@pytest.mark.parametrize("wrap", ["customXml", "sdt", "smartTag"])
def test_wrapped_paragraphs_rows_and_cells_are_read(tmp_path: Path, wrap: str) -> None:
    def wrapped(content: str) -> str:
        return control(content) if wrap == "sdt" else f"<w:{wrap}>{content}</w:{wrap}>"

    first = wrapped(f"<w:tc>{para('甲')}</w:tc>")
    rows = f"<w:tr>{first}<w:tc>{para('乙')}</w:tc></w:tr>"
    rows += wrapped(f"<w:tr><w:tc>{para('丙')}</w:tc><w:tc>{wrapped(para('丁'))}</w:tc></w:tr>")
    body = wrapped(para("前")) + wrapped(f"<w:tbl>{rows}</w:tbl>") + para("後")
    assert texts(parse(tmp_path, body)) == ["前", "甲 | 乙", "丙 | 丁", "後"]


def test_instructions_of_nested_fields_are_not_text(tmp_path: Path) -> None:
    inner = begin() + instruction("MERGEFIELD x") + SEPARATE + run("不顯示") + END
    field = begin() + instruction("IF ") + inner + instruction(' = "a"') + SEPARATE + run("顯示") + END
    assert texts(parse(tmp_path, para(field))) == ["顯示"]


def test_a_field_that_is_never_closed_takes_nothing_with_it(tmp_path: Path) -> None:
    assert texts(parse(tmp_path, para(begin() + instruction("REF")) + para("乙方應保密。"))) == ["乙方應保密。"]


def test_a_table_of_contents_does_not_double_the_headings(tmp_path: Path) -> None:
    tab = "<w:r><w:tab/></w:r>"
    body = para(begin() + instruction(' TOC \\o "1-2" ') + SEPARATE + run("第一條 期間") + tab + run("1"))
    body += para(run("第二條 保密") + tab + run("2") + END) + para("第一條　期間") + para("金額：\t2")
    assert texts(parse(tmp_path, body))[0] == "第一條　期間"


def box(words: str, fallback: str = "") -> str:
    content = f"<w:txbxContent>{para(words)}</w:txbxContent>" if words else ""
    other = f"<w:txbxContent>{para(fallback)}</w:txbxContent>" if fallback else ""
    drawing = f"<w:drawing><wps:txbx>{content}</wps:txbx></w:drawing>"
    picture = f"<w:pict><v:textbox>{other}</v:textbox></w:pict>"
    options = f'<mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{picture}</mc:Fallback>'
    return f"<w:r><mc:AlternateContent>{options}</mc:AlternateContent></w:r>"


@pytest.mark.parametrize(("choice", "fallback"), [("框內", "框內"), ("", "框內"), ("框內", "")])
def test_a_text_box_is_read_once_behind_its_paragraph(tmp_path: Path, choice: str, fallback: str) -> None:
    document = parse(tmp_path, para("首") + para(run("前") + box(choice, fallback) + run("後")) + para("末"))
    assert [(b.text, b.place.part, b.place.paragraph) for b in document.blocks] == [
        ("首", "body", 1), ("前後", "body", 2), ("框內", "textbox", 2), ("末", "body", 3),
    ]  # fmt: skip


def test_notes_follow_the_paragraph_that_refers_to_them(tmp_path: Path) -> None:
    notes = note("footnote", 0, para("---"), 'w:type="separator"') + note("footnote", 2, para("註腳"))
    end = note("endnote", 2, para("章節附註")) + note("endnote", 3, para("無人引用"))
    refer = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>'
    document = parse(tmp_path, para(run("甲") + refer + run("乙")) + para("丙"), footnotes=notes, endnotes=end)
    assert [(b.text, b.place.part) for b in document.blocks] == [
        ("甲乙", "body"), ("註腳", "footnote"), ("章節附註", "endnote"), ("丙", "body"),
    ]  # fmt: skip


def test_a_note_that_refers_to_itself_ends(tmp_path: Path) -> None:
    refer = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = note("footnote", 2, para(run("註") + refer))
    assert texts(parse(tmp_path, para(run("甲") + refer), footnotes=notes)) == ["甲", "註"]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (run("A") + '<w:r><w:noBreakHyphen/></w:r>' + run("B"), "A-B"),
        (run("同意") + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "同意☑"),
        (run("同意") + '<w:r><w:sym w:font="Wingdings" w:char="F099"/></w:r>', "同意"),
        (run("第一條") + "<w:r><w:tab/></w:r>" + run("期間"), "第一條　期間"),
        (run("甲") + "<w:r><w:softHyphen/></w:r>" + run("乙"), "甲乙"),
    ],
)  # fmt: skip
def test_special_characters(tmp_path: Path, content: str, shown: str) -> None:
    assert texts(parse(tmp_path, para(content))) == [shown]


def checkbox(value: str) -> str:
    return control(run("x"), f'<w14:checkbox><w14:checked w14:val="{value}"/></w14:checkbox>')


def form(content: str) -> str:
    return begin(f"<w:ffData>{content}</w:ffData>")


LIST = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="七日"/><w:listEntry w:val="十日"/></w:ddList>'
TEXT = "<w:textInput/>"
BOX = '<w:checkBox><w:default w:val="1"/></w:checkBox>'
CLEARED = '<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>'


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (checkbox("1"), "☑"),
        (checkbox("0"), "☐"),
        (form(BOX) + END, "☑"),
        (form(CLEARED) + END, "☐"),
        (form(LIST) + SEPARATE + END, "十日"),
        (form(TEXT) + SEPARATE + run("五日") + END, "五日"),
        (form(TEXT) + SEPARATE + run("\u2002" * 5) + END, "__"),
        (control(run("按一下輸入文字"), "<w:showingPlcHdr/>"), "__"),
        (control(run("五日"), '<w:showingPlcHdr w:val="0"/>'), "五日"),
    ],
)
def test_form_fields_show_their_value_or_a_blank(tmp_path: Path, content: str, shown: str) -> None:
    assert texts(parse(tmp_path, para(run("限") + content + run("內")))) == [f"限{shown}內"]


def test_a_clause_in_a_control_is_no_prompt_whatever_its_flag(tmp_path: Path) -> None:
    clause = "乙方應於知悉資訊安全事件後一小時內通知甲方，" * 4
    assert texts(parse(tmp_path, control(para(clause), "<w:showingPlcHdr/>"))) == [clause]
    assert texts(parse(tmp_path, control(para("請輸入"), "<w:showingPlcHdr/>") + para("末"))) == ["__", "末"]


@pytest.mark.parametrize("blank", ["    ", "\u3000\u3000\u3000", "\u00a0\u00a0"])
def test_underlined_blanks_are_lines_to_fill_in(tmp_path: Path, blank: str) -> None:
    underlined = run(blank, '<w:u w:val="single"/>')
    assert texts(parse(tmp_path, para(run("應於") + underlined + run("日內")))) == ["應於___日內"]
    assert texts(parse(tmp_path, para(run("應於") + run(blank, '<w:u w:val="none"/>') + run("日內")))) == ["應於　日內"]


def test_underlined_blanks_over_several_runs_and_tabs(tmp_path: Path) -> None:
    single = run(" ", '<w:u w:val="single"/>')
    assert texts(parse(tmp_path, para(run("共") + single * 3 + run("元")))) == ["共___元"]
    tab = '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:tab/></w:r>'
    assert texts(parse(tmp_path, para(run("共") + tab + run("元")))) == ["共___元"]
    leader = '<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="5000"/></w:tabs>'
    assert texts(parse(tmp_path, para(run("簽名：") + "<w:r><w:tab/></w:r>", leader))) == ["簽名：___"]


def test_underlined_values_and_spaced_titles_are_no_blanks(tmp_path: Path) -> None:
    assert texts(parse(tmp_path, para(run("  三十  ", '<w:u w:val="single"/>') + run("日")))) == ["三十　日"]
    assert texts(parse(tmp_path, para(run("契  約", '<w:u w:val="single"/>')))) == ["契　約"]


BREAK = "<w:r><w:br/></w:r>"


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        ("服務範圍", "一、維護", ["服務範圍", "一、維護"]),
        ("服務範圍", "(二) 維護", ["服務範圍", "（二）維護"]),
        ("Scope", "1.1 Support", ["Scope", "1.1 Support"]),
        ("乙方應保密。", "甲方得稽核。", ["乙方應保密。", "甲方得稽核。"]),
        ("乙方應", "保密", ["乙方應保密"]),
        ("the supplier", "shall", ["the supplier shall"]),
    ],
)
def test_a_line_break_begins_a_block_where_something_new_begins(
    tmp_path: Path, first: str, second: str, shown: list[str]
) -> None:
    assert texts(parse(tmp_path, para(run(first) + BREAK + run(second)))) == shown


def test_hidden_paragraphs_are_kept_marked_and_told(tmp_path: Path) -> None:
    styles = style("H", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    body = para(run("全部隱藏", "<w:vanish/>")) + para(run("樣式隱藏", '<w:rStyle w:val="H"/>'))
    body += para(run("看得到") + run("看不到", "<w:vanish/>")) + para(run("並未隱藏", '<w:vanish w:val="0"/>'))
    document = parse(tmp_path, body, styles=styles)
    assert [(b.text, b.hidden) for b in document.blocks] == [
        ("全部隱藏", True), ("樣式隱藏", True), ("看得到看不到", False), ("並未隱藏", False),
    ]  # fmt: skip
    (notice,) = [n for n in document.notices if n.code == "hidden-text"]
    assert "全部隱藏" in notice.message
    assert "看不到" in notice.message
    assert "並未隱藏" not in notice.message


def test_a_hidden_paragraph_with_a_hidden_mark_takes_no_number(tmp_path: Path) -> None:
    listing = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    hidden = para(run("隱藏", "<w:vanish/>"), f"{listing}<w:rPr><w:vanish/></w:rPr>")
    document = parse(tmp_path, listed("甲") + hidden + listed("乙"), numbering=numbering(level(0, "decimal", "%1.")))
    assert texts(document) == ["1. 甲", "隱藏", "2. 乙"]


@pytest.mark.parametrize("look", ['<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'])
def test_white_and_tiny_words_are_told(tmp_path: Path, look: str) -> None:
    document = parse(tmp_path, para(run("乙方免責", look)) + para("末"))
    assert [b.hidden for b in document.blocks] == [True, False]
    assert any(n.code == "hidden-text" and "乙方免責" in n.message for n in document.notices)


def test_white_words_on_a_dark_ground_are_plain_words(tmp_path: Path) -> None:
    white, dark = '<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:fill="1F3864"/>'
    styles = style("T", f"<w:tcPr>{dark}</w:tcPr>", kind="table")
    body = para(run("甲", white + dark)) + para(run("乙", white + '<w:highlight w:val="black"/>'))
    body += table((f"<w:tcPr>{dark}</w:tcPr>{para(run('丙', white))}", "丁"))
    body += table((para(run("戊", white)), "己"), properties='<w:tblStyle w:val="T"/>') + para(run("庚", white), dark)
    document = parse(tmp_path, body, styles=styles)
    assert texts(document) == ["甲", "乙", "丙 | 丁", "戊 | 己", "庚"]
    assert not any(b.hidden for b in document.blocks)
    assert document.notices == ()


def test_text_stands_once_and_offsets_point_to_it(tmp_path: Path) -> None:
    document = parse(tmp_path, para("甲方 得 稽核") + para("") + para("乙方"))
    assert document.text == "甲方得稽核\n乙方"
    assert all(document.text[b.start : b.end] == b.text for b in document.blocks)
    assert [b.place.paragraph for b in document.blocks] == [1, 3]
