"""What stands on a page as annotation: values of form fields, free text, comments."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pypdfium2
import pypdfium2.raw as pdfium

from clausecheck.parsers.pdf_glyphs import Glyph, Turn

_FIELDS = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_BOXES = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)


@dataclass(frozen=True, slots=True)
class Annotation:
    """box is left, bottom, right, top in page coordinates."""

    kind: Literal["field", "text", "comment"]
    text: str
    box: tuple[float, float, float, float]


def page_annotations(page: pypdfium2.PdfPage, form: Any | None) -> list[Annotation]:
    """The annotations with text, in the order of the file; `form` is the form environment."""
    return [found for raw in _handles(page) if (found := _annotation(raw, form))]


def field_glyphs(annotation: Annotation, turn: Turn, size: float) -> list[Glyph]:
    """A field's value as characters in its rectangle, so that it joins the line that it stands in."""
    left, bottom, right, top = annotation.box
    xa, ya = turn(left, bottom)
    xb, yb = turn(right, top)
    x0, x1, middle = min(xa, xb), max(xa, xb), (ya + yb) / 2
    text = " ".join(annotation.text.split())
    step = min(size, (x1 - x0) / max(1, len(text)))
    ends = [Glyph("\n", x0, middle, x0, middle)]
    glyphs = [
        Glyph(c, x0 + i * step, middle - size / 2, x0 + (i + 1) * step, middle + size / 2) for i, c in enumerate(text)
    ]
    return ends + glyphs + ends


def _handles(page: pypdfium2.PdfPage) -> Iterator[Any]:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), 5000)):
        raw = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if raw:
            try:
                yield raw
            finally:
                pdfium.FPDFPage_CloseAnnot(raw)


def _annotation(raw: Any, form: Any | None) -> Annotation | None:
    if pdfium.FPDFAnnot_GetFlags(raw) & (pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW):
        return None
    subtype = pdfium.FPDFAnnot_GetSubtype(raw)
    if subtype == pdfium.FPDF_ANNOT_WIDGET:
        text = _field_value(raw, form)
        return Annotation("field", text, _box(raw)) if text else None
    if subtype in (pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_LINK):
        return None
    text = _string(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(raw, b"Contents", buffer, size))
    kind: Literal["text", "comment"] = "text" if subtype == pdfium.FPDF_ANNOT_FREETEXT else "comment"
    return Annotation(kind, text, _box(raw)) if text.strip() else None


def _field_value(raw: Any, form: Any | None) -> str:
    if form is None:
        return _string(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(raw, b"V", buffer, size)).strip()
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, raw)
    if kind in _BOXES:
        return "☑" if pdfium.FPDFAnnot_IsChecked(form, raw) else "□"
    if kind not in _FIELDS:
        return ""
    return _string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form, raw, buffer, size)).strip()


def _string(read: Callable[[Any, int], int]) -> str:
    """A UTF-16 string of PDFium, whose length in bytes counts the final zero."""
    size = read(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    read(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _box(raw: Any) -> tuple[float, float, float, float]:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(raw, ctypes.byref(rect))
    bottom, top = sorted((rect.bottom, rect.top))
    return rect.left, bottom, rect.right, top
