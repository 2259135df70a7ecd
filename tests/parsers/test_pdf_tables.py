"""Ruled tables as rows."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from clausecheck.document import Document
from tests.parsers.pdf_files import LEFT, RIGHT, TOP, Draw, grid, lines_page, put, put_lines, read, texts, wrap

XS = (60.0, 160.0, 340.0, 540.0)


def rows(document: Document) -> list[str]:
    return [b.text for b in document.blocks if b.is_row]


def _cells(canvas: Canvas, lines: list[list[str]], top: float, height: float = 24) -> None:
    for row, cells in enumerate(lines):
        for x, text in zip(XS, cells, strict=False):
            put(canvas, x + 6, top - (row + 1) * height + 8, text)


def _table(canvas: Canvas, lines: list[list[str]], top: float, height: float = 24) -> None:
    _cells(canvas, lines, top, height)
    grid(canvas, XS, [top - i * height for i in range(len(lines) + 1)])


HEAD = ["項次", "服務項目", "完成期限"]
FIRST = ["一", "弱點掃描", "每季一次"]
SECOND = ["二", "滲透測試", "每年一次"]


def test_rows_between_paragraphs(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, TOP, "第一條　服務項目如下表：")
        _table(canvas, [HEAD, FIRST, SECOND], TOP - 20)
        put(canvas, LEFT, TOP - 130, "第二條　期間")

    document = read(tmp_path, draw)
    assert texts(document) == [
        "第一條　服務項目如下表：",
        "項次 | 服務項目 | 完成期限",
        "一 | 弱點掃描 | 每季一次",
        "二 | 滲透測試 | 每年一次",
        "第二條　期間",
    ]
    assert [(b.place.table, b.place.row) for b in document.blocks if b.is_row] == [(1, 1), (1, 2), (1, 3)]


def test_cell_over_several_lines(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, XS, [TOP, TOP - 60])
        put_lines(canvas, ["受託廠商應定期辦", "理弱點掃描"], TOP - 20, 346)
        put(canvas, 66, TOP - 20, "一")
        put_lines(canvas, ["twenty-four", "hours"], TOP - 20, 166)

    assert rows(read(tmp_path, draw)) == ["一 | twenty-four hours | 受託廠商應定期辦理弱點掃描"]


def test_empty_cell_keeps_its_place(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        _table(canvas, [["一", "", "每季"], ["二", "掃描", ""]], TOP)

    assert rows(read(tmp_path, draw)) == ["一 | | 每季", "二 | 掃描 |"]


def test_merged_cell_is_read_once(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        _cells(canvas, [HEAD, FIRST, ["", "滲透測試", "每年一次"]], TOP)
        grid(canvas, XS, [TOP, TOP - 24, TOP - 72])
        canvas.line(XS[1], TOP - 48, XS[-1], TOP - 48)

    document = read(tmp_path, draw)
    assert rows(document) == ["項次 | 服務項目 | 完成期限", "一 | 弱點掃描 | 每季一次", "滲透測試 | 每年一次"]


def test_rules_drawn_as_thin_boxes(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        _cells(canvas, [HEAD, FIRST], TOP)
        for y in (TOP, TOP - 24, TOP - 48):
            canvas.rect(XS[0], y, XS[-1] - XS[0], 0.6, stroke=0, fill=1)
        for x in XS:
            canvas.rect(x, TOP - 48, 0.6, 48, stroke=0, fill=1)

    assert rows(read(tmp_path, draw)) == ["項次 | 服務項目 | 完成期限", "一 | 弱點掃描 | 每季一次"]


def test_table_open_at_the_sides(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        _cells(canvas, [HEAD, FIRST], TOP)
        for y in (TOP, TOP - 24, TOP - 48):
            canvas.line(XS[0], y, XS[-1], y)
        for x in XS[1:-1]:
            canvas.line(x, TOP, x, TOP - 48)

    assert rows(read(tmp_path, draw)) == ["項次 | 服務項目 | 完成期限", "一 | 弱點掃描 | 每季一次"]


def test_table_with_level_rules_alone(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        _cells(canvas, [HEAD, FIRST, SECOND], TOP)
        for y in (TOP, TOP - 24, TOP - 48, TOP - 72):
            canvas.line(XS[0], y, XS[-1], y)

    assert rows(read(tmp_path, draw)) == [
        "項次 | 服務項目 | 完成期限",
        "一 | 弱點掃描 | 每季一次",
        "二 | 滲透測試 | 每年一次",
    ]


def test_table_of_three_rules(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        _cells(canvas, [HEAD, FIRST, SECOND], TOP)
        for y in (TOP, TOP - 24, TOP - 72):
            canvas.line(XS[0], y, XS[-1], y)

    assert rows(read(tmp_path, draw)) == [
        "項次 | 服務項目 | 完成期限",
        "一 | 弱點掃描 | 每季一次",
        "二 | 滲透測試 | 每年一次",
    ]


def test_rules_between_paragraphs_make_no_table(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for i, text in enumerate(["第一條　目的", "第二條　服務", "第三條　期間"]):
            put(canvas, LEFT, TOP - 40 * i, text)
            canvas.line(LEFT, TOP - 40 * i - 10, RIGHT, TOP - 40 * i - 10)

    document = read(tmp_path, draw)
    assert texts(document) == ["第一條　目的", "第二條　服務", "第三條　期間"]
    assert rows(document) == []


def _framed(canvas: Canvas) -> None:
    canvas.rect(40, 40, 520, 760)


def test_frame_round_the_page_is_no_table(tmp_path: Path) -> None:
    text = "受託廠商應依本契約之約定提供資訊系統維護服務，並應採取適當之安全維護措施，防止甲方資料外洩。"

    def draw(canvas: Canvas) -> None:
        _framed(canvas)
        put_lines(canvas, ["第一條　服務", *wrap(text)])

    document = read(tmp_path, draw)
    assert texts(document) == ["第一條　服務", text]
    assert rows(document) == []


def test_table_inside_a_frame(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        _framed(canvas)
        put(canvas, LEFT, TOP, "第一條　服務")
        _table(canvas, [HEAD, FIRST], TOP - 20)

    assert texts(read(tmp_path, draw)) == ["第一條　服務", "項次 | 服務項目 | 完成期限", "一 | 弱點掃描 | 每季一次"]


def test_single_box_keeps_its_paragraph(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, TOP, "第一條　服務")
        canvas.rect(LEFT - 5, TOP - 60, 300, 40)
        put(canvas, LEFT, TOP - 45, "重要告知事項")

    document = read(tmp_path, draw)
    assert texts(document) == ["第一條　服務", "重要告知事項"]
    assert rows(document) == []


def test_form_with_running_text_in_its_large_cell(tmp_path: Path) -> None:
    clauses = [f"第{n}條　受託廠商應遵守甲方所訂之規範。" for n in "一二三四五六七八九"]

    def draw(canvas: Canvas) -> None:
        grid(canvas, (50, 300, 550), (790, 760))
        canvas.rect(50, 100, 500, 660)
        put(canvas, 60, 770, "契約編號")
        put(canvas, 310, 770, "IT-114")
        put_lines(canvas, clauses, 730)

    document = read(tmp_path, draw)
    assert rows(document) == ["契約編號 | IT-114"]
    assert texts(document)[1:] == clauses


def test_ruled_bilingual_table_is_read_by_rows(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        xs, ys = (60.0, 300.0, 540.0), [TOP, TOP - 60, TOP - 120]
        grid(canvas, xs, ys)
        put_lines(canvas, ["1. Confidentiality", "The Supplier keeps secrets."], TOP - 20, 66)
        put_lines(canvas, ["一、保密", "乙方應保守秘密。"], TOP - 20, 306)
        put_lines(canvas, ["2. Audit", "The Customer may audit."], TOP - 80, 66)
        put_lines(canvas, ["二、稽核", "甲方得稽核之。"], TOP - 80, 306)

    assert rows(read(tmp_path, draw)) == [
        "1. Confidentiality The Supplier keeps secrets. | 一、保密乙方應保守秘密。",
        "2. Audit The Customer may audit. | 二、稽核甲方得稽核之。",
    ]


def _table_page(lines: list[list[str]], before: str = "", after: str = "", top: float = TOP - 20) -> Draw:
    def draw(canvas: Canvas) -> None:
        if before:
            put(canvas, LEFT, TOP, before)
        _table(canvas, lines, top)
        if after:
            put(canvas, LEFT, top - 24 * len(lines) - 20, after)

    return draw


def test_table_goes_on_over_the_page_without_its_head(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        _table_page([HEAD, FIRST], before="附表一", top=120),
        _table_page([HEAD, SECOND], after="第二條　期間", top=TOP),
    )
    assert rows(document) == ["項次 | 服務項目 | 完成期限", "一 | 弱點掃描 | 每季一次", "二 | 滲透測試 | 每年一次"]
    assert [(b.place.page, b.place.table, b.place.row) for b in document.blocks if b.is_row] == [
        (1, 1, 1), (1, 1, 2), (2, 1, 3),
    ]  # fmt: skip


def test_row_parted_by_the_page_end(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        _table_page([HEAD, ["一", "弱點掃描及", "每季一次，並應於"]], before="附表一", top=120),
        _table_page([["", "滲透測試", "次月提出報告。"], ["二", "演練", "每年。"]], top=TOP),
    )
    assert rows(document)[1:] == ["一 | 弱點掃描及滲透測試 | 每季一次，並應於次月提出報告。", "二 | 演練 | 每年。"]


def test_tables_parted_by_text_are_two(tmp_path: Path) -> None:
    document = read(
        tmp_path, _table_page([HEAD, FIRST], after="附表二"), _table_page([HEAD, SECOND], before="說明", top=TOP - 20)
    )
    assert {b.place.table for b in document.blocks if b.is_row} == {1, 2}
    assert len(rows(document)) == 4


def test_text_of_a_table_appears_once(tmp_path: Path) -> None:
    document = read(tmp_path, _table_page([HEAD, FIRST, SECOND]), lines_page("第二條　期間"))
    for word in ("弱點掃描", "滲透測試", "完成期限"):
        assert document.text.count(word) == 1
