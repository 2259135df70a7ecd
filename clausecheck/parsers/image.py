"""Images of pages (TIFF with any number of pages, JPEG, PNG) to Document."""

from __future__ import annotations

import hashlib
import io
import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from clausecheck.document import Document, Notice, join_blocks
from clausecheck.errors import NoTextError, UnreadableFileError
from clausecheck.parsers.limits import DEFAULTS, Budget, Limits
from clausecheck.parsers.ocr import Ocr
from clausecheck.parsers.ocr_engine import Pixels
from clausecheck.parsers.ocr_pages import Scans, way_out
from clausecheck.parsers.pdf_blocks import Page, asides_of, blocks_of
from clausecheck.parsers.pdf_running import PageParts
from clausecheck.parsers.source import Source, read_source

MAX_PIXELS = 120_000_000  # of one page: A3 at 600 dpi is 70 million
_FORMATS = ("TIFF", "JPEG", "PNG")
_A4 = 842.0  # points of the longer side, where the file does not say how large its page is
_LIKELY = (400.0, 1300.0)
_DPI = 200
_SMALL_DPI = 120  # enlarged below this
_ADVICE = "請重新掃描或重新取得該檔案"


def parse_image(path: Path | Source, *, limits: Limits = DEFAULTS, ocr: Ocr = "auto") -> Document:
    """Reads the text on an image.

    Raises UnreadableFileError (damaged, too large) or NoTextError (no text found, or the extra
    `ocr` is not installed or not wanted).
    """
    data = read_source(path, limits).data
    if way_out(ocr):
        raise NoTextError(f"「{path.name}」是影像檔，沒有文字層", way_out(ocr))
    with _opened(data, path.name) as image:
        pages = [Page(PageParts(i + 1, [], []), [], 1.0, "為影像") for i in range(_count(image, path.name, limits))]
        scans = Scans(ocr)
        running = scans.read(pages, lambda page: _frame(image, page, path.name), Budget(path.name, limits))
    text, blocks = join_blocks(blocks_of(pages))
    if not text and scans.error:
        raise scans.error
    if not text:
        raise NoTextError(f"影像中辨識不到文字：{path.name}", "請提供較清晰之影像，或有文字層的 PDF、DOCX")
    return Document(
        name=path.name, format="image", text=text, blocks=blocks, asides=tuple(asides_of(running, pages)),
        notices=(*_unread(pages), *scans.notices()), pages=len(pages), sha256=hashlib.sha256(data).hexdigest(),
        doubts=scans.doubts(blocks),
    )  # fmt: skip


def _opened(data: bytes, name: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # _frame looks at the size itself
            return Image.open(io.BytesIO(data), formats=_FORMATS)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise UnreadableFileError(f"影像檔已損壞或過大，無法讀取：{name}", _ADVICE) from error


def _count(image: Image.Image, name: str, limits: Limits) -> int:
    count = int(getattr(image, "n_frames", 1))
    if count > limits.pages:
        raise UnreadableFileError(
            f"影像共 {count} 頁，超過上限 {limits.pages} 頁：{name}", "請分割檔案後再檢核，或用 --max-pages 放寬"
        )
    return count


def _frame(image: Image.Image, page: Page, name: str) -> tuple[Pixels, float]:
    """One page in RGB, and its pixels a point."""
    try:
        image.seek(page.number - 1)
        if image.width * image.height > MAX_PIXELS:
            raise UnreadableFileError(
                f"影像尺寸過大（{image.width}×{image.height} 像素）：{name}", "請以 300 dpi 以下重新掃描"
            )
        points = _points(image)
        drawn = ImageOps.exif_transpose(_on_white(image)).convert("RGB")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise UnreadableFileError(f"影像檔第 {page.number} 頁已損壞，無法讀取：{name}", _ADVICE) from error
    dpi = max(drawn.size) / points * 72
    if not _SMALL_DPI <= dpi <= 1.5 * _DPI:
        size = [max(1, round(side * _DPI / dpi)) for side in drawn.size]
        drawn = drawn.resize((size[0], size[1]), Image.Resampling.LANCZOS)
    return np.asarray(drawn, np.uint8), max(drawn.size) / points


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image
    rgba = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba)


def _points(image: Image.Image) -> float:
    """The longer side of the page: as the file says, if that is a size that paper has."""
    dpi = image.info.get("dpi")
    try:
        said = max(image.size) / float(dpi[0]) * 72 if dpi else 0.0
    except (TypeError, ValueError, ZeroDivisionError):
        said = 0.0
    return said if _LIKELY[0] <= said <= _LIKELY[1] else _A4


def _unread(pages: list[Page]) -> list[Notice]:
    return [
        Notice("page-without-text", f"第 {p.number} 頁{p.unread}，該頁內容未檢核", p.number, blocking=True)
        for p in pages
        if p.unread
    ]
