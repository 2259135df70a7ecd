"""The text of a contract as DOCX and as PDF."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

import docx
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

_BAR = " | "
_MARGIN = 60


def groups(text: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Paragraphs, and tables as their rows; of each pair one half is empty."""
    rows: list[list[str]] = []
    for line in text.split("\n"):
        cells = line.split(_BAR)
        if rows and len(cells) != len(rows[0]):
            yield "", rows
            rows = []
        if len(cells) > 1:
            rows.append(cells)
        elif line.strip():
            yield line, []
    if rows:
        yield "", rows


def write_docx(text: str, path: Path) -> Path:
    """A DOCX with a paragraph a line and real tables."""
    document = docx.Document()
    for words, rows in groups(text):
        if words:
            document.add_paragraph(words)
            continue
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, words_in in zip(row.cells, cells, strict=True):
                cell.text = words_in
    document.save(str(path))
    return path


def write_pdf(text: str, path: Path, *, simplified: bool = False) -> Path:
    """A PDF with wrapped paragraphs and ruled tables."""
    chinese = sum("\u4e00" <= c <= "\u9fff" for c in text) * 4 > len(text)
    font = ("STSong-Light" if simplified else "MSung-Light") if chinese else "Helvetica"
    if chinese:
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    style = ParagraphStyle(
        "text", fontName=font, fontSize=11, leading=17, spaceAfter=6, wordWrap="CJK" * chinese or None
    )
    story = [_flowable(words, rows, style) for words, rows in groups(text)]
    page = SimpleDocTemplate(str(path), pagesize=A4, invariant=1, leftMargin=_MARGIN, rightMargin=_MARGIN)
    page.build(story)
    return path


def _flowable(words: str, rows: list[list[str]], style: ParagraphStyle) -> Flowable:
    if words:
        return Paragraph(escape(words), style)
    cells = [[Paragraph(escape(c), style) for c in row] for row in rows]
    width = (A4[0] - 2 * _MARGIN) / len(rows[0])
    return Table(
        cells, colWidths=[width] * len(rows[0]), style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    )
