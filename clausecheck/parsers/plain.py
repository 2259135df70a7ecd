"""Plain text and Markdown files: one paragraph a line unless a program broke the lines, cells of a row between bars."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from clausecheck.document import Block, Document, Place, join_blocks
from clausecheck.errors import NoTextError, UnreadableFileError
from clausecheck.parsers.limits import DEFAULTS, Budget, Limits
from clausecheck.parsers.plain_wraps import unwrapped
from clausecheck.parsers.source import Source, read_source
from clausecheck.text import HAN, canonical

CELL = re.compile(r"[ \t]*\|[ \t]*")
_ROW = re.compile(r"\S[ \t]+\|[ \t]|^\|.*\|\s*$")
_RULE = re.compile(r"^[ \t|:+=_-]{3,}$")
_MARK_HEADING = re.compile(r"^(#{1,6})[ \t]+")
_MARK_STRONG = re.compile(r"\*\*(\S(?:[^*\n]*\S)?)\*\*|__(\S(?:[^_\n]*\S)?)__")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_COMMON = frozenset("的一是不之與及或方應第條得為於以本契約合有者其人業務資訊日年月甲乙")


def parse_plain(path: Path | Source, limits: Limits = DEFAULTS) -> Document:
    """Read a .txt or .md file.

    Raises UnreadableFileError when the file is missing, empty, too large or in no known encoding,
    NoTextError when it holds no letters.
    """
    source = read_source(path, limits)
    if not source.data.strip():
        raise UnreadableFileError(f"「{source.name}」是空的檔案", "請確認檔案內容後再試")
    try:
        text = decode(source.data)
    except UnreadableFileError as error:
        raise UnreadableFileError(f"「{source.name}」：{error.message}", error.advice) from error
    budget = Budget(source.name, limits)
    budget.spend(chars=len(text))
    marked = source.suffix in (".md", ".markdown")
    whole, blocks = join_blocks(_blocks(text, marked, budget))
    if not any(c.isalpha() for c in whole):
        raise NoTextError(f"「{source.name}」沒有可讀的文字", "請確認檔案內容，或改提供 DOCX、PDF 檔")
    kind = "md" if marked else "txt"
    return Document(source.name, kind, whole, blocks, sha256=source.sha256)


def decode(data: bytes) -> str:
    """Text of UTF-8, UTF-16, Big5 (cp950) or GB18030 bytes; UnreadableFileError for anything else."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _decoded(data, name)
    if b"\0" in data[:4096]:
        return _decoded(data, "utf-16-le" if data[:4096:2].count(0) < data[1:4096:2].count(0) else "utf-16-be")
    for name in ("utf-8", "cp950", "gb18030"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        return _likelier(text, data) if name == "cp950" else text
    raise UnreadableFileError("無法辨識文字檔的編碼", "請另存為 UTF-8 編碼後再試")


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableFileError("文字檔的編碼有誤", "請另存為 UTF-8 編碼後再試") from error


def _likelier(big5: str, data: bytes) -> str:
    """Many GB18030 files are valid Big5 too; the one with more common characters is meant."""
    try:
        other = data.decode("gb18030")
    except UnicodeDecodeError:
        return big5
    return other if _commonness(other) > _commonness(big5) else big5


def _commonness(text: str) -> float:
    simplified = frozenset("务资业条为与约应")
    letters = HAN.findall(text[:20_000])
    return sum(c in _COMMON or c in simplified for c in letters) / max(1, len(letters))


def _blocks(text: str, marked: bool, budget: Budget) -> list[Block]:
    blocks: list[Block] = []
    table = row = 0
    lines = re.split(r"\r\n|[\n\r\f\u2028\u2029]", text)
    for number, line in enumerate(lines, start=1) if marked else unwrapped(lines):
        if not line.strip() or (_RULE.match(line) and "-" in line):
            row = row if line.strip() else 0
            continue
        budget.look()
        if _ROW.search(line):
            table, row = (table, row + 1) if row else (table + 1, 1)
            budget.spend(cells=line.count("|"))
            blocks.append(_row(line, Place(paragraph=number, table=table, row=row)))
        else:
            row = 0
            blocks.append(_paragraph(line, Place(paragraph=number), marked))
    return blocks


def _row(line: str, place: Place) -> Block:
    cells = CELL.split(line.strip().strip("|").strip())
    return Block(" | ".join(canonical(c).text.strip() for c in cells), -1, place)


def _paragraph(line: str, place: Place, marked: bool) -> Block:
    head = _MARK_HEADING.match(line) if marked else None
    source = _MARK_STRONG.sub(lambda m: m[1] or m[2], line[head.end() :]) if head else line
    if marked and not head:
        source = _MARK_STRONG.sub(lambda m: m[1] or m[2], line)
    made = canonical(source.strip())
    level = len(head[1]) - 1 if head else None
    return Block(made.text, -1, place, level=level, heading=bool(head), source=source.strip(), offsets=made.offsets)
