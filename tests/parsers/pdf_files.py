"""Small PDF files for the tests, drawn with reportlab; coordinates are points from the lower left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from clausecheck.document import Document
from clausecheck.parsers.pdf import parse_pdf

CHINESE = "MSung-Light"
LATIN = "Helvetica"
WIDTH, HEIGHT = A4
LEFT, RIGHT = 60.0, 540.0  # 40 characters of 12 points
TOP = 760.0
LEADING = 20.0

pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))

Draw = Callable[[Canvas], None]


def put(canvas: Canvas, x: float, y: float, text: str, size: float = 12, font: str = "") -> None:
    """Draws one string."""
    canvas.setFont(font or (LATIN if text.isascii() else CHINESE), size)
    canvas.drawString(x, y, text)


def put_lines(
    canvas: Canvas, lines: Sequence[str], y: float = TOP, x: float = LEFT, size: float = 12, leading: float = LEADING
) -> float:
    """Draws lines downwards; returns the height of the next."""
    for line in lines:
        put(canvas, x, y, line, size)
        y -= leading
    return y


def wrap(text: str, count: int = 40) -> list[str]:
    """The text in lines of `count` Chinese characters."""
    return [text[i : i + count] for i in range(0, len(text), count)]


def grid(canvas: Canvas, xs: Sequence[float], ys: Sequence[float]) -> None:
    """Rules for a table with these column and row edges."""
    for x in xs:
        canvas.line(x, ys[0], x, ys[-1])
    for y in ys:
        canvas.line(xs[0], y, xs[-1], y)


def write(path: Path, *pages: Draw, **options: object) -> Path:
    """A PDF with one page for each function."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1, **options)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return path


def read(folder: Path, *pages: Draw) -> Document:
    """The parsed document with these pages."""
    return parse_pdf(write(folder / "contract.pdf", *pages))


def texts(document: Document, part: str = "body") -> list[str]:
    """The texts of a part's blocks."""
    return [b.text for b in (*document.blocks, *document.asides) if b.place.part == part]


def lines_page(*lines: str, y: float = TOP) -> Draw:
    """A page with these lines."""

    def draw(canvas: Canvas) -> None:
        put_lines(canvas, lines, y)

    return draw
