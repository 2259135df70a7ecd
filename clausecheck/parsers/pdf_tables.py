"""Ruled tables: where they are on a page, and the text of their cells.

The rules come from the page's drawings and the text from its characters, so that a character is
either in one cell or in the running text, never in both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from clausecheck.parsers.pdf_drawings import Rule
from clausecheck.parsers.pdf_glyphs import Glyph
from clausecheck.parsers.pdf_lines import Line, Run, join_texts, lines_of, runs_of

MAX_RULES = 1500  # more is a drawing, and the search for cells grows with the square
_SNAP = 3.0  # points between two rules that are meant as one
_SHORT = 6.0
_MANY_LINES = 8  # a cell over the whole width with this many lines is a frame round running text
_LAYOUT_LINES = 15

Box = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class Table:
    """rows of cell texts; `columns` are the left edges, for tables that go on over the page."""

    rows: tuple[tuple[str, ...], ...]
    box: Box
    columns: tuple[float, ...]


@dataclass(slots=True)
class _Cell:
    box: Box
    glyphs: list[Glyph]

    def lines(self) -> list[Line]:
        return lines_of(runs_of(self.glyphs))

    def text(self) -> str:
        text = ""
        for line in self.lines():
            text = join_texts(text, line.text)
        return text.strip()


def find_tables(rules: list[Rule], glyphs: list[Glyph]) -> tuple[list[Table], list[Glyph]]:
    """The tables from top to bottom, and the characters outside them in their order."""
    edges = _edges(rules)
    if not edges:
        return [], glyphs
    tables: list[Table] = []
    for rows in _ruled(edges):
        found, glyphs = _take(rows, glyphs)
        tables += found
    for levels in _stacks(edges):
        if not any(_inside(levels, t.box) for t in tables):
            open_table, glyphs = _open_table(levels, glyphs)
            tables += open_table
    return sorted(tables, key=lambda t: t.box[1]), glyphs


def _edges(rules: list[Rule]) -> list[dict[str, Any]]:
    if not rules or len(rules) > MAX_RULES * 10:
        return []
    raw = [
        {
            "orientation": "h" if r.level else "v", "x0": r.x0, "x1": r.x1, "top": r.top, "bottom": r.bottom,
            "width": r.x1 - r.x0, "height": r.bottom - r.top,
        }
        for r in rules
    ]  # fmt: skip
    merged = merge_edges(raw, _SNAP, _SNAP, _SNAP, _SNAP)
    kept = [e for e in merged if max(e["x1"] - e["x0"], e["bottom"] - e["top"]) >= _SHORT]
    return kept if len(kept) <= MAX_RULES else []


def _ruled(edges: list[dict[str, Any]]) -> list[list[list[Box]]]:
    """The tables with rules on both axes, as rows of cells."""
    if not any(e["orientation"] == "v" for e in edges):
        return []
    closed = edges + _missing_sides(edges)
    cells = intersections_to_cells(edges_to_intersections(closed, _SNAP, _SNAP))
    tables = [_rows(table) for table in cells_to_tables(cells)]
    return [rows for rows in tables if max(len(row) for row in rows) > 1]


def _rows(cells: Iterable[Box]) -> list[list[Box]]:
    rows: dict[float, list[Box]] = defaultdict(list)
    for cell in cells:
        top = next((t for t in rows if abs(t - cell[1]) < _SNAP), cell[1])
        rows[top].append(cell)
    return [sorted(rows[top]) for top in sorted(rows)]


def _stacks(edges: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Level rules of one width below each other, three or more."""
    stacks: list[list[dict[str, Any]]] = []
    for edge in sorted((e for e in edges if e["orientation"] == "h"), key=lambda e: float(e["top"])):
        for stack in stacks:
            if abs(stack[0]["x0"] - edge["x0"]) < 4 and abs(stack[0]["x1"] - edge["x1"]) < 4:
                stack.append(edge)
                break
        else:
            stacks.append([edge])
    return [stack for stack in stacks if len(stack) > 2]


def _missing_sides(edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Outer verticals of tables that are ruled inside but open at the left and the right."""
    sides = []
    uprights = [e for e in edges if e["orientation"] == "v"]
    for stack in _stacks(edges):
        top, bottom, x0, x1 = stack[0]["top"], stack[-1]["top"], stack[0]["x0"], stack[0]["x1"]
        crossing = [
            v for v in uprights
            if x0 - _SNAP <= v["x0"] <= x1 + _SNAP and v["top"] < bottom - _SNAP and v["bottom"] > top + _SNAP
        ]  # fmt: skip
        if not any(x0 + _SNAP < v["x0"] < x1 - _SNAP for v in crossing):
            continue
        for x in (x0, x1):
            if not any(abs(v["x0"] - x) <= _SNAP for v in crossing):
                sides.append({**crossing[0], "x0": x, "x1": x, "top": top, "bottom": bottom, "height": bottom - top})
    return sides


def _take(rows: list[list[Box]], glyphs: list[Glyph]) -> tuple[list[Table], list[Glyph]]:
    """The tables out of one grid; rows that only frame running text give their text back."""
    cells = [[_Cell(box, []) for box in row] for row in rows]
    flat = [cell for row in cells for cell in row]
    rest = _deal(glyphs, flat)
    framed = {i for i, row in enumerate(cells) if _is_frame(row, len(rows))}
    if framed:
        wrapped = [row for i, row in enumerate(cells) if i not in framed]
        rest = _deal(glyphs, [cell for row in wrapped for cell in row], fresh=True)
    groups = _groups([None if i in framed else row for i, row in enumerate(cells)])
    return [t for group in groups if (t := _table(group))], rest if groups else glyphs


def _deal(glyphs: list[Glyph], cells: list[_Cell], fresh: bool = False) -> list[Glyph]:
    """Gives each cell its characters and returns the rest."""
    if fresh:
        for cell in cells:
            cell.glyphs.clear()
    box = (min(c.box[0] for c in cells), min(c.box[1] for c in cells),
           max(c.box[2] for c in cells), max(c.box[3] for c in cells)) if cells else (0.0, 0.0, -1.0, -1.0)  # fmt: skip
    rest: list[Glyph] = []
    last: _Cell | None = None
    for glyph in glyphs:
        owner = last if glyph.char == "\n" else _owner(glyph, box, cells, last)
        (owner.glyphs if owner else rest).append(glyph)
        last = owner
    return rest


def _owner(glyph: Glyph, box: Box, cells: list[_Cell], last: _Cell | None) -> _Cell | None:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    if not _holds(box, x, y):
        return None
    if last and _holds(last.box, x, y):
        return last
    return next((c for c in cells if _holds(c.box, x, y)), None)


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_frame(row: list[_Cell], rows: int) -> bool:
    lines = [len(cell.lines()) for cell in row]
    if len(row) == 1:
        return lines[0] >= _MANY_LINES
    return rows == 1 and sum(n >= _LAYOUT_LINES for n in lines) > 1


def _groups(rows: list[list[_Cell] | None]) -> list[list[list[_Cell]]]:
    groups: list[list[list[_Cell]]] = [[]]
    for row in rows:
        if row is None:
            groups.append([])
        else:
            groups[-1].append(row)
    return [g for g in groups if g]


def _table(rows: list[list[_Cell]]) -> Table | None:
    cells = [cell for row in rows for cell in row]
    texts = [tuple(cell.text() for cell in row) for row in rows]
    filled = tuple(row for row in texts if any(row))
    if not filled:
        return None
    box = (min(c.box[0] for c in cells), min(c.box[1] for c in cells),
           max(c.box[2] for c in cells), max(c.box[3] for c in cells))  # fmt: skip
    columns = sorted({round(c.box[0]) for c in cells})
    return Table(filled, box, tuple(float(c) for c in columns))


def _inside(levels: list[dict[str, Any]], box: Box) -> bool:
    y = [e["top"] for e in levels]
    return bool(min(y) < box[3] and max(y) > box[1] and levels[0]["x0"] < box[2] and levels[0]["x1"] > box[0])


def _open_table(levels: list[dict[str, Any]], glyphs: list[Glyph]) -> tuple[list[Table], list[Glyph]]:
    """A table that is ruled between its rows alone: its columns are where no text stands."""
    box = (levels[0]["x0"] - 2, levels[0]["top"], levels[0]["x1"] + 2, levels[-1]["top"])
    whole = _Cell(box, [])
    rest = _deal(glyphs, [whole])
    runs = runs_of(whole.glyphs)
    columns = _columns(runs)
    bands = [[r for r in runs if a["top"] <= (r.top + r.bottom) / 2 < b["top"]] for a, b in pairwise(levels)]
    bands = [band for band in bands if band]
    across = [band for band in bands if len({_column(columns, r) for r in band}) > 1]
    if len(columns) < 2 or len(bands) < 2 or len(across) < 0.6 * len(bands):
        return [], glyphs
    if len(bands) == 2:  # three rules: above, below the head, at the end
        bands = [bands[0], *_by_first_column(bands[1], columns)]
    rows = tuple(_open_row(band, columns) for band in bands)
    return [Table(rows, box, tuple(c[0] for c in columns))], rest


def _columns(runs: list[Run]) -> list[tuple[float, float]]:
    """The intervals on the x axis on which text stands, parted by blank strips."""
    columns: list[tuple[float, float]] = []
    for run in sorted(runs, key=lambda r: r.x0):
        if columns and run.x0 < columns[-1][1] + 0.6 * run.size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], run.x1))
        else:
            columns.append((run.x0, run.x1))
    return columns


def _column(columns: list[tuple[float, float]], run: Run) -> int:
    return next((i for i, (x0, x1) in enumerate(columns) if x0 <= run.x0 <= x1), 0)


def _by_first_column(band: list[Run], columns: list[tuple[float, float]]) -> list[list[Run]]:
    starts = [(line.top + line.bottom) / 2 for line in lines_of(r for r in band if not _column(columns, r))]
    rows: list[list[Run]] = [[] for _ in starts] or [[]]
    for run in band:
        at = sum(run.bottom > start for start in starts[1:])
        rows[at].append(run)
    return [row for row in rows if row]


def _open_row(band: list[Run], columns: list[tuple[float, float]]) -> tuple[str, ...]:
    cells = []
    for index in range(len(columns)):
        text = ""
        for line in lines_of(r for r in band if _column(columns, r) == index):
            text = join_texts(text, line.text)
        cells.append(text.strip())
    return tuple(cells)
