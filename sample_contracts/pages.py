"""Writes a sample text as PDF: ruled tables, running header, page numbers."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from markup import Line, Numbers, Source
from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase._cidfontdata import defaultUnicodeEncodings
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

_CHINESE_FONT, _LATIN_FONT = "MSung-Light", "Times-Roman"
_MARGIN = 62.0
_INDENTS = {"item": 0.0, "subitem": 16.0}


def write_pdf(source: Source, path: Path) -> None:
    """Write the text as a PDF that has the same bytes each time."""
    # reportlab names the map of simplified Chinese for this font; strict readers then show nothing.
    defaultUnicodeEncodings[_CHINESE_FONT] = ("cht", "UniCNS-UCS2-H")
    pdfmetrics.registerFont(UnicodeCIDFont(_CHINESE_FONT))
    # Uncompressed: the bytes of deflate differ from zlib to zlib.
    template = SimpleDocTemplate(
        str(path),
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=72,
        bottomMargin=64,
        invariant=1,
        pageCompression=0,
        title=next((line.text for line in source.lines if line.kind == "title"), ""),
        author="clausecheck",
    )
    printer = Printer(source)
    template.build(printer.flowables(), onFirstPage=printer.frame, onLaterPages=printer.frame)


class Printer:
    """Turns lines into flowables."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.numbers = Numbers(source.chinese)
        self.font = _CHINESE_FONT if source.chinese else _LATIN_FONT

    def flowables(self) -> list[Flowable]:
        """The whole text."""
        story: list[Flowable] = []
        for line in self.source.lines:
            story += self._table(line) if line.kind == "table" else self._paragraph(line)
        return story

    def frame(self, canvas: Canvas, document: SimpleDocTemplate) -> None:
        """Running header and page number."""
        width, height = A4
        canvas.saveState()
        canvas.setFont(self.font, 9)
        canvas.drawString(_MARGIN, height - 44, self.source.header)
        canvas.line(_MARGIN, height - 50, width - _MARGIN, height - 50)
        number = f"第 {document.page} 頁" if self.source.chinese else f"Page {document.page}"
        canvas.drawCentredString(width / 2, 36, number)
        if self.source.footer:
            canvas.drawString(_MARGIN, 36, self.source.footer)
        canvas.restoreState()

    def _paragraph(self, line: Line) -> list[Flowable]:
        if any(span.kind != "text" for span in line.spans):
            raise ValueError(f"PDF 不支援此記號：{line.text[:40]}")
        label = self.numbers.label(line.kind)
        made: list[Flowable] = [PageBreak()] if line.kind == "annex" else []
        return [*made, Paragraph(escape(label + line.text), self._style(line.kind))]

    def _style(self, kind: str) -> ParagraphStyle:
        large = kind in ("title", "annex")
        return ParagraphStyle(
            kind,
            fontName=self.font,
            fontSize=self.source.size + {"title": 5, "annex": 2, "article": 1}.get(kind, 0),
            leading=24 if large else self.source.size * 1.5,
            spaceBefore=8 if kind == "article" else 0,
            spaceAfter=10 if large else 3,
            alignment=TA_CENTER if kind == "title" else 0,
            leftIndent=_INDENTS.get(kind, 0.0),
            wordWrap="CJK" if self.source.chinese else None,
        )

    def _table(self, line: Line) -> list[Flowable]:
        style = self._style("cell")
        cells = [[Paragraph(escape(c), style) for c in row] for row in line.rows]
        table = Table(cells, colWidths=self._widths(line), repeatRows=1)
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.7, black), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
        return [Spacer(1, 4), table, Spacer(1, 8)]

    def _widths(self, line: Line) -> list[float]:
        """The page's width shared out after the longest cell of each column, within bounds."""
        longest = [min(30, max(6, *(len(row[i]) for row in line.rows))) for i in range(len(line.rows[0]))]
        return [(A4[0] - 2 * _MARGIN) * n / sum(longest) for n in longest]
