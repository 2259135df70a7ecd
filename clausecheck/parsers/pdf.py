"""PDF to Document.

Pages are read one by one, those without usable text from their image; then what repeats is taken
out, and the lines are joined to paragraphs.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2

from clausecheck.document import Document, Notice, join_blocks
from clausecheck.errors import NoTextError
from clausecheck.parsers.limits import DEFAULTS, Budget, Limits
from clausecheck.parsers.ocr import Ocr
from clausecheck.parsers.ocr_engine import Pixels
from clausecheck.parsers.ocr_pages import Scans, way_out
from clausecheck.parsers.pdf_annotations import Annotation, field_glyphs, page_annotations
from clausecheck.parsers.pdf_blocks import Page, asides_of, blocks_of
from clausecheck.parsers.pdf_drawings import Drawings, page_drawings
from clausecheck.parsers.pdf_garbled import is_garbled
from clausecheck.parsers.pdf_glyphs import Glyph, PageText, page_text
from clausecheck.parsers.pdf_lines import runs_of
from clausecheck.parsers.pdf_opening import open_pdf, read_bytes
from clausecheck.parsers.pdf_running import PageParts, take_running
from clausecheck.parsers.pdf_tables import find_tables
from clausecheck.parsers.source import Source

_BAD_SHARE = 0.15  # of a page's characters: the font's map to Unicode is broken
_BAD_LEAST = 5
_DRAWN_PATHS = 20  # paths on a page without text: the text is drawn as outlines
_SCAN_SHARE = 0.4  # of the page under images, with next to no text beside them
_SCAN_TEXT = 20
_DPI = 200
_MOST_PIXELS = 4000  # of a page's longer side: plans and posters
_SCANNED = "沒有可讀的文字（可能是掃描影像）"
_GARBLED = "沒有可讀的文字（文字層為亂碼：字型缺少文字對照，或編碼錯誤）"


def parse_pdf(
    path: Path | Source, *, password: str | None = None, limits: Limits = DEFAULTS, ocr: Ocr = "auto"
) -> Document:
    """Reads a PDF.

    Raises UnreadableFileError, UnsupportedFileError, ProtectedFileError, or NoTextError where no
    page has usable text.
    """
    data = read_bytes(path, limits)
    budget = Budget(path.name, limits)
    document, notices = open_pdf(data, path.name, password, budget)
    try:
        form = _form(document)
        pages = [_read_page(document, index, form, budget) for index in range(len(document))]
        properties = _properties(document)
        running = take_running([p.parts for p in pages])
        _mark_scans(pages)
        scans = Scans(ocr)
        running += scans.read([p for p in pages if p.unread], lambda page: _image(document, page), budget)
    finally:
        document.close()
    if notices:
        _mark_lost(pages)
    _require_text(pages, path.name, ocr)
    text, blocks = join_blocks(blocks_of(pages))
    return Document(
        name=path.name, format="pdf", text=text, blocks=blocks, asides=tuple(asides_of(running, pages)),
        notices=(*notices, *_notices(pages, ocr), *scans.notices()), pages=len(pages),
        sha256=hashlib.sha256(data).hexdigest(), properties=properties, doubts=scans.doubts(blocks),
    )  # fmt: skip


def _form(document: pypdfium2.PdfDocument) -> Any | None:
    document.init_forms()
    return document.formenv.raw if document.formenv else None


def _properties(document: pypdfium2.PdfDocument) -> dict[str, str]:
    known = {}
    for key in ("Title", "Author", "Producer"):
        with suppress(UnicodeDecodeError):
            known[key.lower()] = document.get_metadata_value(key)
    return {key: value for key, value in known.items() if value}


def _read_page(document: pypdfium2.PdfDocument, index: int, form: Any | None, budget: Budget) -> Page:
    number = index + 1
    budget.look()
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return Page(PageParts(number, [], []), [], 0.0, "已損壞，無法讀取", damaged=True)
    try:
        rotation = page.get_rotation()
        page.set_rotation(0)  # sideways text is turned by its own direction
        textpage = page.get_textpage()
        budget.spend(chars=textpage.count_chars())
        text = page_text(textpage)
        textpage.close()
        read = _understood(number, text, page_drawings(page, text.turn), page_annotations(page, form))
        read.rotation = rotation
        return read
    finally:
        page.close()


def _image(document: pypdfium2.PdfDocument, page: Page) -> tuple[Pixels, float]:
    """The page as its reader sees it (RGB), and its pixels a point."""
    leaf = document[page.number - 1]
    try:
        leaf.set_rotation(page.rotation)
        scale = min(_DPI / 72, _MOST_PIXELS / max(1.0, *leaf.get_size()))
        # the text of annotations is read from the file itself
        drawn = leaf.render(scale=scale, rev_byteorder=True, draw_annots=False, fill_color=(255, 255, 255, 255))
        return drawn.to_numpy()[..., :3].copy(), scale
    finally:
        leaf.close()


def _understood(number: int, text: PageText, drawings: Drawings, notes: list[Annotation]) -> Page:
    fields = [a for a in notes if a.kind == "field"]
    unread = _unread(text, drawings, bool(fields))
    lost = unread == _GARBLED and (text.bad > text.good or text.bad < _BAD_LEAST)
    glyphs = [] if lost else _with_fields(text, fields)
    tables, rest = find_tables(drawings.rules, glyphs)
    aside = text.aside if glyphs or not unread else []
    parts = PageParts(number, runs_of(rest), tables, aside)
    texts = [a.text for a in notes if a.kind == "text"]
    comments = [a.text for a in notes if a.kind == "comment"]
    return Page(parts, drawings.rules, drawings.image_share, unread, texts, comments)


def _with_fields(text: PageText, fields: list[Annotation]) -> list[Glyph]:
    heights = [g.height for g in text.glyphs if not g.char.isspace() and g.height > 1]
    size = median(heights) if heights else 11.0
    return text.glyphs + [g for f in fields for g in field_glyphs(f, text.turn, size)]


def _unread(text: PageText, drawings: Drawings, has_fields: bool) -> str:
    """Why a page cannot be read, or "" if it can or is blank."""
    if text.bad >= _BAD_LEAST and text.bad > _BAD_SHARE * (text.bad + text.good):
        return _GARBLED
    if is_garbled("".join(g.char for g in text.glyphs)):
        return _GARBLED
    if text.good or has_fields:
        return ""
    shown = drawings.images or drawings.paths >= _DRAWN_PATHS or text.bad
    return _SCANNED if shown else ""


def _mark_scans(pages: list[Page]) -> None:
    """A page under an image with nothing but running lines or a stamp is a scan."""
    for page in pages:
        if not page.unread and page.count < _SCAN_TEXT and page.image_share >= _SCAN_SHARE:
            page.unread = _SCANNED


def _mark_lost(pages: list[Page]) -> None:
    """In a repaired file an empty page has more likely lost its text than never had any."""
    for page in pages:
        if not (page.unread or page.blank or page.parts.runs or page.parts.tables):
            page.unread = "沒有內容（可能因檔案損壞而遺失）"


def _require_text(pages: list[Page], name: str, ocr: Ocr) -> None:
    if any(p.parts.runs or p.parts.tables or p.parts.slanting or p.texts for p in pages):
        return
    advice = "；".join(filter(None, (way_out(ocr), "請提供有文字層的 PDF 或 DOCX，或較清晰之影像")))
    raise NoTextError(f"PDF 沒有可讀的文字：{name}，可能是掃描檔", advice)


def _notices(pages: list[Page], ocr: Ocr) -> list[Notice]:
    hint = f"；{way_out(ocr)}" if way_out(ocr) else ""
    return [
        Notice("page-without-text", f"第 {p.number} 頁{p.unread}，該頁內容未檢核{hint}", p.number, blocking=True)
        for p in pages
        if p.unread
    ]
