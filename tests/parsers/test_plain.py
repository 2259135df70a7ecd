from __future__ import annotations

import hashlib
import textwrap
from pathlib import Path

import pytest

from clausecheck.errors import NoTextError, UnreadableFileError
from clausecheck.parsers.limits import Limits
from clausecheck.parsers.plain import decode, parse_plain
from clausecheck.text import canonical_text

TEXT = "維護契約\n第一條 期間\n本契約自簽約日起生效，乙方應依約提供資訊服務。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp950", "gb18030"])
def test_encodings(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_simplified_characters_are_no_big5() -> None:
    text = "甲方应为乙方之服务提供资料，业务条款约定如下。"
    assert decode(text.encode("gb18030")) == text


def test_no_known_encoding() -> None:
    with pytest.raises(UnreadableFileError, match="編碼"):
        decode(b"\xff\x80\x81\xff\xff\xfe\x80")


def written(folder: Path, text: str, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_paragraphs_and_rows(tmp_path: Path) -> None:
    path = written(tmp_path, "契約\r\n\r\n第一條 ，期間\n項目 | 金額\n維護 | 100\n其他\n甲 | 乙\n")
    document = parse_plain(path)
    assert document.text == "契約\n第一條，期間\n項目 | 金額\n維護 | 100\n其他\n甲 | 乙"
    assert [(b.place.paragraph, b.place.table, b.place.row) for b in document.blocks] == [
        (1, None, None), (3, None, None), (4, 1, 1), (5, 1, 2), (6, None, None), (7, 2, 1),
    ]  # fmt: skip
    assert all(document.text[b.start : b.end] == b.text for b in document.blocks)
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (document.name, document.format) == ("a.txt", "txt")


def test_offsets_lead_to_the_source(tmp_path: Path) -> None:
    block = parse_plain(written(tmp_path, "第 一 條,期間 ")).blocks[0]
    assert canonical_text(block.source) == block.text == "第一條，期間"
    assert [block.source[o] for o in block.offsets] == list("第一條,期間")


def test_markdown(tmp_path: Path) -> None:
    document = parse_plain(
        written(
            tmp_path,
            "# 維護契約\n## **第一條** 期間\n**甲方**應付款。\n| 項目 | 金額 |\n|---|---|\n| 維護 | 100 |\n",
            "a.md",
        )
    )
    assert document.text == "維護契約\n第一條期間\n甲方應付款。\n項目 | 金額\n維護 | 100"
    assert [(b.heading, b.level) for b in document.blocks][:3] == [(True, 0), (True, 1), (False, None)]
    assert document.format == "md"
    assert [b.place.row for b in document.blocks][3:] == [1, 2]


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_empty_files(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises((UnreadableFileError, NoTextError)):
        parse_plain(path)


def test_no_letters(tmp_path: Path) -> None:
    with pytest.raises(NoTextError):
        parse_plain(written(tmp_path, "123\n---\n"))


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="找不到檔案"):
        parse_plain(tmp_path / "none.txt")


def test_too_large(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="過大"):
        parse_plain(written(tmp_path, TEXT), Limits(file_mb=0))
    with pytest.raises(UnreadableFileError, match="字"):
        parse_plain(written(tmp_path, TEXT), Limits(chars=5))


WRAPPED = """維護服務契約
第一條　保密義務
乙方對於因履行本契約所知悉之甲方業務資料，應盡善良管理人
之注意義務予以保密，非經甲方事前書面同意不得洩漏予任何第
三人，契約終止後亦同。
第二條　稽核
一、甲方得每年派員至乙方處所查核本契約之執行情形，並得依
第一條之約定調閱紀錄，乙方不得拒絕，並應於七日內提出甲方
要求之資料。
二、乙方同意主管機關得取得受託事項之相關資料或報告，並得
進行金融檢查。
項目 | 說明 | 一列再長也不算作正文的行寬，因為它是表格裡的一列而不是段落裡的一行文字
"""


def test_lines_that_a_program_broke_are_joined(tmp_path: Path) -> None:
    document = parse_plain(written(tmp_path, WRAPPED))
    texts = [b.text for b in document.blocks]
    assert [t[:6] for t in texts] == [
        "維護服務契約",
        "第一條　保密",
        "乙方對於因履",
        "第二條　稽核",
        "一、甲方得每",
        "二、乙方同意",
        "項目 | 說",
    ]
    assert "並得依第一條之約定調閱紀錄" in texts[4]
    assert [b.place.paragraph for b in document.blocks] == [1, 2, 3, 6, 7, 10, 12]
    assert document.blocks[-1].is_row


def test_english_words_at_the_end_of_a_line_stay_apart(tmp_path: Path) -> None:
    words = "The Supplier shall notify the Customer of every security incident without undue delay and "
    broken = textwrap.fill(words * 6 + "help.", 64)
    assert parse_plain(written(tmp_path, f"Article 1 Notice\n{broken}\n")).blocks[1].text == words * 6 + "help."


def test_paragraphs_of_one_line_each_are_left_alone(tmp_path: Path) -> None:
    lines = [f"第{n}條　乙方應於每月{n}日前提出服務報告，並經甲方確認後始得請款。" for n in "一二三四五六七八"]
    assert [b.text for b in parse_plain(written(tmp_path, "\n".join(lines))).blocks] == lines
