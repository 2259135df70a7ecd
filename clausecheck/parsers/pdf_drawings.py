"""What a page draws besides its text: rulings, images, and how much of them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from clausecheck.parsers.pdf_glyphs import Turn

MAX_OBJECTS = 20_000
MAX_DEPTH = 4
_THIN = 3.0  # points: a filled shape no thicker than this is a rule
_STRAIGHT = 1.0  # points a rule may lean

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


class Rule(NamedTuple):
    """A straight line along an axis."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def level(self) -> bool:
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Drawings:
    """image_share is the part of the page that images cover, 0..1 (overlaps counted twice, capped)."""

    rules: list[Rule]
    images: int
    paths: int
    image_share: float


def page_drawings(page: pypdfium2.PdfPage, turn: Turn) -> Drawings:
    """The rules of a page in the coordinates of its text, and what else it shows."""
    rules: list[Rule] = []
    images = paths = 0
    covered = 0.0
    for kind, raw, matrix in _objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            paths += 1
            rules += [_turned(rule, turn) for rule in _path_rules(raw, matrix)]
        else:
            images += 1
            covered += _area(raw, matrix)
    width, height = page.get_size()
    return Drawings(rules, images, paths, min(1.0, covered / max(1.0, width * height)))


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[int, Any, Matrix]]:
    """Visible paths and images, with the matrix of the form that holds them."""
    left = MAX_OBJECTS
    stack: list[tuple[Any, Matrix, int]] = [
        (pdfium.FPDFPage_GetObject(page.raw, i), _IDENTITY, 0)
        for i in reversed(range(pdfium.FPDFPage_CountObjects(page.raw)))
    ]
    while stack and left:
        raw, matrix, depth = stack.pop()
        left -= 1
        kind = pdfium.FPDFPageObj_GetType(raw)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            inner = _times(_matrix(raw), matrix)
            count = min(pdfium.FPDFFormObj_CountObjects(raw), MAX_OBJECTS)
            stack += [(pdfium.FPDFFormObj_GetObject(raw, i), inner, depth + 1) for i in reversed(range(count))]
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING) or (
            kind == pdfium.FPDF_PAGEOBJ_PATH and _is_visible(raw)
        ):
            yield kind, raw, matrix


def _matrix(raw: Any) -> Matrix:
    m = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(raw, ctypes.byref(m))
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(m: Matrix, n: Matrix) -> Matrix:
    a, b, c, d, e, f = m
    g, h, i, j, k, o = n
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + o


def _apply(m: Matrix, x: float, y: float) -> Point:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _area(raw: Any, matrix: Matrix) -> float:
    m = _times(_matrix(raw), matrix)
    return abs(m[0] * m[3] - m[1] * m[2])


def _draw_mode(raw: Any) -> tuple[bool, bool]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(raw, ctypes.byref(fill), ctypes.byref(stroke))
    return fill.value != pdfium.FPDF_FILLMODE_NONE, bool(stroke.value)


def _is_visible(raw: Any) -> bool:
    fill, stroke = _draw_mode(raw)
    return (stroke and _is_ink(pdfium.FPDFPageObj_GetStrokeColor, raw)) or (
        fill and _is_ink(pdfium.FPDFPageObj_GetFillColor, raw)
    )


def _is_ink(getter: Any, raw: Any) -> bool:
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    if not getter(raw, *(ctypes.byref(c) for c in (r, g, b, a))):
        return True
    return a.value > 0 and min(r.value, g.value, b.value) < 250


def _path_rules(raw: Any, form: Matrix) -> list[Rule]:
    matrix = _times(_matrix(raw), form)
    points = [[_apply(matrix, *p) for p in line] for line in _sub_paths(raw)]
    _, stroke = _draw_mode(raw)
    rules = []
    for line in points:
        thin = _thin_shape(line)
        if thin:
            rules.append(thin)
        elif stroke:
            rules += [r for a, b in pairwise(line) if (r := _straight(a, b))]
    return rules


def _sub_paths(raw: Any) -> list[list[Point]]:
    """The corner points of each sub-path; curves break it."""
    lines: list[list[Point]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(min(pdfium.FPDFPath_CountSegments(raw), 2000)):
        segment = pdfium.FPDFPath_GetPathSegment(raw, i)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO and lines:
            lines[-1].append((x.value, y.value))
        else:
            lines.append([(x.value, y.value)])
        if pdfium.FPDFPathSegment_GetClose(segment):
            lines[-1].append(lines[-1][0])
    return [line for line in lines if len(line) > 1]


def _thin_shape(line: list[Point]) -> Rule | None:
    xs, ys = [p[0] for p in line], [p[1] for p in line]
    rule = Rule(min(xs), min(ys), max(xs), max(ys))
    width, height = rule.x1 - rule.x0, rule.bottom - rule.top
    if min(width, height) > _THIN or max(width, height) < 1:
        return None
    return _centred(rule)


def _straight(a: Point, b: Point) -> Rule | None:
    if min(abs(a[0] - b[0]), abs(a[1] - b[1])) > _STRAIGHT:
        return None
    return _centred(Rule(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])))


def _centred(rule: Rule) -> Rule:
    if rule.level:
        y = (rule.top + rule.bottom) / 2
        return Rule(rule.x0, y, rule.x1, y)
    x = (rule.x0 + rule.x1) / 2
    return Rule(x, rule.top, x, rule.bottom)


def _turned(rule: Rule, turn: Turn) -> Rule:
    xa, ya = turn(rule.x0, rule.top)
    xb, yb = turn(rule.x1, rule.bottom)
    return Rule(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
