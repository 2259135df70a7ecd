"""Contracts with tracked changes, written for these tests."""

from __future__ import annotations

from pathlib import Path

from tests.parsers.docx_files import para, run, write_docx

SALES, LEGAL = "拓磐業務部", "嶺岳法遵處"
DAYS = {SALES: "2026-03-02T09:10:00Z", LEGAL: "2026-03-05T16:40:00Z"}


def mark(name: str, author: str) -> str:
    """The opening of a mark, without its brackets."""
    return f'w:{name} w:author="{author}" w:date="{DAYS[author]}"'


def added(text: str, author: str = LEGAL) -> str:
    return f"<{mark('ins', author)}>{run(text)}</w:ins>"


def cut(text: str, author: str = SALES) -> str:
    return f'<{mark("del", author)}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def moved_from(text: str, author: str = LEGAL) -> str:
    return f"<{mark('moveFrom', author)}>{run(text)}</w:moveFrom>"


def moved_to(text: str, author: str = LEGAL) -> str:
    return f"<{mark('moveTo', author)}>{run(text)}</w:moveTo>"


def gone(content: str, author: str = SALES) -> str:
    """A paragraph that was deleted with its mark."""
    return para(content, f"<w:rPr><{mark('del', author)}/></w:rPr>")


def came(content: str, author: str = LEGAL) -> str:
    """A paragraph that was inserted with its mark."""
    return para(content, f"<w:rPr><{mark('ins', author)}/></w:rPr>")


OPENING = (
    "資訊服務契約書",
    "立契約書人：嶺岳證券股份有限公司（以下簡稱甲方）與拓磐資訊股份有限公司（以下簡稱乙方），雙方同意訂立條款如下：",
    "第一條　服務內容",
    "乙方應為甲方維護帳務系統，並於每月五日前提出工作月報。",
)


def contract(path: Path, *paragraphs: str) -> Path:
    """A contract whose further paragraphs are given, plain or as w:p."""
    body = [p if p.startswith("<w:p>") else para(p) for p in (*OPENING, *paragraphs)]
    return write_docx(path, "".join(body))
