"""Text made safe to show."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from rich.cells import cell_len

from clausecheck.reports.safe import char_width, clean, one_line, shorten, wrapped


@given(st.text(alphabet=st.characters(codec=None, categories=None)))
def test_clean_text_is_legal_xml_and_utf8(text: str) -> None:
    cleaned = clean(text)
    element = etree.Element("t")
    element.text = cleaned
    assert etree.fromstring(etree.tostring(element, encoding="utf-8")).text == (cleaned or None)
    assert not any(unicodedata.category(c) in ("Cs", "Cc") for c in cleaned if c not in "\t\n")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("鐘\x07聲\x1b[2J", "鐘聲[2J"),
        ("甲\r\n乙\r丙\x0b丁\u2028戊", "甲\n乙\n丙\n丁\n戊"),
        ("x\ud800y\ufffez\uffff", "xyz"),
        ("tcartnoc\u202e.docx", "tcartnoc.docx"),
        ("罕用字𠮷\t留下", "罕用字𠮷\t留下"),
    ],
)
def test_what_goes_and_what_stays(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_one_line_and_shorten() -> None:
    assert one_line(" 甲 \n\n 乙\x00 ") == "甲 乙"
    assert shorten("一二三四", 3) == "一二…"
    assert shorten("一二三", 3) == "一二三"


def test_char_width() -> None:
    assert char_width("中") == 2
    assert char_width("●") == 2
    assert char_width("\u0301") == 0


@given(st.text(alphabet="中文，。「」（）ab c", max_size=60), st.integers(8, 30))
def test_wrapped_lines_fit_and_lose_nothing_but_blanks(text: str, columns: int) -> None:
    lines = wrapped(text, columns, cell_len)
    assert all(cell_len(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_closing_marks_do_not_begin_a_line() -> None:
    assert wrapped("一二三四五。六", 10, cell_len) == ["一二三四", "五。六"]
