"""Pages without usable text, turned pages, running lines, columns, footnotes, annotations."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from clausecheck.document import Document
from clausecheck.errors import NoTextError
from clausecheck.parsers.pdf import parse_pdf
from tests.parsers.pdf_files import (
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Draw,
    lines_page,
    put,
    put_lines,
    read,
    texts,
    wrap,
    write,
)  # fmt: skip

BODY = "受託廠商應依本契約之約定提供資訊系統維護服務，並應採取適當之安全維護措施，防止甲方資料外洩。"
CHAPTERS = ("目的", "服務", "期間", "保密", "稽核", "罰則")


def _image() -> ImageReader:
    from PIL import Image

    return ImageReader(Image.new("L", (20, 20), 200))


def scan(canvas: Canvas) -> None:
    canvas.drawImage(_image(), 0, 0, WIDTH, HEIGHT)


def blank(_: Canvas) -> None:
    pass


def outlines(canvas: Canvas) -> None:
    for i in range(40):
        canvas.lines([(100, 700 - 10 * i, 130 + i, 705 - 10 * i), (110, 690 - 10 * i, 130, 680 - 10 * i)])


def control_characters(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 12)
    canvas._code.append(r"BT 1 0 0 1 60 700 Tm (\001\002\003\004\005\006\016\017\020\021\022\023) Tj ET")


# ---- pages without text


def read_unrecognised(tmp_path: Path, *pages: Draw) -> Document:
    return parse_pdf(write(tmp_path / "contract.pdf", *pages), ocr="never")


@pytest.mark.parametrize("page", [scan, outlines, control_characters])
def test_page_without_text_is_reported(tmp_path: Path, page: Draw) -> None:
    document = read_unrecognised(tmp_path, lines_page("第一條　目的"), page)
    assert [(n.code, n.page, n.blocking) for n in document.notices] == [("page-without-text", 2, True)]
    assert document.notices[0].message.startswith(("第 2 頁沒有可讀的文字", "第 2 頁文字層為亂碼"))
    assert document.unread_pages == (2,)
    assert texts(document) == ["第一條　目的"]


def test_blank_page_is_nothing_to_report(tmp_path: Path) -> None:
    document = read(tmp_path, lines_page("第一條　目的"), blank, lines_page("第二條　期間"))
    assert document.notices == ()
    assert document.pages == 3


def test_scan_under_a_page_number_is_reported(tmp_path: Path) -> None:
    def numbered_scan(canvas: Canvas) -> None:
        scan(canvas)
        put(canvas, 280, 30, "第 2 頁")

    assert read_unrecognised(tmp_path, lines_page("第一條　目的"), numbered_scan).unread_pages == (2,)


def test_scan_alone_has_no_text(tmp_path: Path) -> None:
    with pytest.raises(NoTextError, match="掃描") as error:
        read_unrecognised(tmp_path, scan, scan)
    assert "請提供有文字層的 PDF 或 DOCX" in str(error.value)


def test_invisible_text_layer_over_a_scan_is_read(tmp_path: Path) -> None:
    def with_layer(canvas: Canvas) -> None:
        scan(canvas)
        text = canvas.beginText(LEFT, TOP)
        text.setFont("MSung-Light", 12)
        text.setTextRenderMode(3)
        for line in wrap(BODY):
            text.textLine(line)
        canvas.drawText(text)

    document = read(tmp_path, with_layer)
    assert texts(document) == [BODY]
    assert document.notices == ()


# ---- turned pages


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_page(tmp_path: Path, turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        put_lines(canvas, ["第一條　服務", *wrap(BODY)])

    assert texts(read(tmp_path, draw)) == ["第一條　服務", BODY]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_sideways_text(tmp_path: Path, turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(turn)
        put_lines(canvas, ["第一條　服務", *wrap(BODY, 30)], 100, -200)

    assert texts(read(tmp_path, draw)) == ["第一條　服務", BODY]


def test_vertical_writing(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for column, line in enumerate(["第一條　服務", *wrap(BODY, 30)]):
            for row, char in enumerate(line):
                put(canvas, 500 - 24 * column, TOP - 13 * row, char)

    assert "".join(texts(read(tmp_path, draw))).replace("　", "") == "第一條服務" + BODY


# ---- running lines


def _chapter(index: int, header: str, footer: str) -> Draw:
    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, 800, header, 9)
        put_lines(canvas, [f"第{'一二三四五六'[index]}條　{CHAPTERS[index]}", BODY[: 30 + index] + "。"], 740)
        put(canvas, 280, 30, footer, 9)

    return draw


@pytest.mark.parametrize(
    "footer", ["第 {} 頁，共 4 頁", "- {} -", "Page {} of 4", "{}", "{}/4", "採購契約 A-12　第{}頁"]
)
def test_running_lines_are_kept_once(tmp_path: Path, footer: str) -> None:
    pages = [_chapter(i, "契約編號：IT-114-007", footer.format(i + 1)) for i in range(4)]
    document = read(tmp_path, *pages)
    assert len(texts(document)) == 8
    assert texts(document, "header") == ["契約編號：IT-114-007"]
    assert len(texts(document, "footer")) == 1
    assert all(a.start == -1 for a in document.asides)


def test_line_at_the_edge_that_does_not_repeat_stays(tmp_path: Path) -> None:
    pages = [_chapter(i, f"第{'一二三四'[i]}章　{CHAPTERS[i]}事項", f"備註{'子丑寅卯'[i]}") for i in range(4)]
    document = read(tmp_path, *pages)
    assert len(texts(document)) == 16
    assert document.asides == ()


def test_numbers_that_do_not_count_pages_stay(tmp_path: Path) -> None:
    pages = [_chapter(i, "契約", f"金額 {(7 - i) * 1000} 元") for i in range(3)]
    document = read(tmp_path, *pages)
    assert [t for t in texts(document) if t.startswith("金額")] == ["金額 7000 元", "金額 6000 元", "金額 5000 元"]


def test_articles_at_the_top_of_each_page_stay(tmp_path: Path) -> None:
    names = ["one", "two", "three", "four"]
    pages = [lines_page(f"Article {i}", f"Clause text number {names[i - 1]}.") for i in (1, 2, 3, 4)]
    assert [t for t in texts(read(tmp_path, *pages)) if t.startswith("Article")] == [
        f"Article {i}" for i in (1, 2, 3, 4)
    ]


def test_paragraph_goes_on_past_footer_and_header(tmp_path: Path) -> None:
    lines = wrap(BODY)

    def first(canvas: Canvas) -> None:
        put(canvas, LEFT, 800, "機密文件", 9)
        put_lines(canvas, ["第一條　服務", lines[0]])
        put(canvas, 280, 30, "- 1 -", 9)

    def second(canvas: Canvas) -> None:
        put(canvas, LEFT, 800, "機密文件", 9)
        put_lines(canvas, [*lines[1:], "第二條　期間"])
        put(canvas, 280, 30, "- 2 -", 9)

    assert texts(read(tmp_path, first, second)) == ["第一條　服務", BODY, "第二條　期間"]


@pytest.mark.parametrize("angle", [0, 45])
def test_watermark_on_every_page(tmp_path: Path, angle: int) -> None:
    def page(index: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.saveState()
            canvas.translate(150, 400)
            canvas.rotate(angle)
            put(canvas, 0, 0, "內部使用", 60)
            canvas.restoreState()
            put_lines(canvas, [f"第{'一二三四'[index]}條　{CHAPTERS[index]}", *wrap(BODY)] * 5)

        return draw

    document = read(tmp_path, *[page(i) for i in range(4)])
    assert texts(document, "header") == ["內部使用"]
    assert not any("內部使用" in b.text for b in document.blocks)
    assert texts(document)[1] == BODY


def test_slanting_text_on_one_page_is_kept(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put_lines(canvas, wrap(BODY))
        canvas.rotate(30)
        put(canvas, 400, 200, "草案")

    document = read(tmp_path, draw)
    assert texts(document, "textbox") == ["草案"]
    assert texts(document) == [BODY]


# ---- columns


def test_two_columns_with_full_lines_between(tmp_path: Path) -> None:
    left = "甲方委託乙方辦理資訊系統之維護，乙方應依本契約提供服務並遵守甲方之資訊安全政策及相關規範，不得違反。"
    right = "乙方應於發現資安事件後二十四小時內通報甲方並採取必要之應變措施，且應保存相關紀錄供甲方及主管機關查核。"

    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, TOP, "以下各條款由雙方當事人議定，雙方並同意共同遵守，特立本契約書如下以資憑證：")
        put_lines(canvas, wrap(left, 15), TOP - 30)
        put_lines(canvas, wrap(right, 15), TOP - 36, 340)
        put(canvas, LEFT, TOP - 160, "本契約書正本一式二份，由甲乙雙方各執一份為憑，副本若干份供雙方內部使用之。")

    found = texts(read(tmp_path, draw))
    assert found[1:3] == [left, right]
    assert found[0].startswith("以下")
    assert found[3].startswith("本契約書")


def test_bilingual_columns(tmp_path: Path) -> None:
    english = [
        "The Supplier shall notify the Customer",
        "of every security incident within the",
        "period of twenty-four hours, and shall",
        "keep the records of the incident so that",
        "the Customer may inspect them.",
    ]
    chinese = (
        "乙方應於發現資安事件後二十四小時內通報甲方並採取必要之應變措施，且應保存相關紀錄供甲方查核，並負擔其費用。"
    )

    def draw(canvas: Canvas) -> None:
        put_lines(canvas, english)
        put_lines(canvas, wrap(chinese, 12), TOP, 340)

    assert texts(read(tmp_path, draw)) == [" ".join(english), chinese]


def test_signature_lines_side_by_side_are_rows(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put_lines(canvas, ["甲方：澄光證券", "代表人：王小明"])
        put_lines(canvas, ["乙方：固安資訊", "代表人：李大華"], TOP, 340)

    assert texts(read(tmp_path, draw)) == ["甲方：澄光證券　乙方：固安資訊", "代表人：王小明　代表人：李大華"]


# ---- footnotes


def test_footnote_does_not_stand_in_the_paragraph(tmp_path: Path) -> None:
    lines = wrap(BODY)

    def first(canvas: Canvas) -> None:
        put_lines(canvas, ["第一條　服務", *wrap(BODY), *wrap(BODY), lines[0]])
        canvas.line(LEFT, 90, LEFT + 120, 90)
        put(canvas, LEFT, 75, "1 本條所稱服務，不含硬體設備之更換", 8)
        put(canvas, LEFT, 63, "及耗材之供應。", 8)

    document = read(tmp_path, first, lines_page(*lines[1:], "第二條　期間"))
    assert texts(document)[-2:] == [BODY, "第二條　期間"]
    assert texts(document, "footnote") == ["1 本條所稱服務，不含硬體設備之更換及耗材之供應。"]
    assert document.blocks[-2].place.part == "footnote"


def test_small_print_without_mark_stays_in_the_body(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put_lines(canvas, wrap(BODY))
        put(canvas, LEFT, 90, "本表單由總務單位保存", 8)

    document = read(tmp_path, draw)
    assert texts(document)[-1] == "本表單由總務單位保存"


# ---- annotations


def test_form_fields_stand_in_their_line(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, TOP, "Response time:")
        form = canvas.acroForm
        form.textfield(name="hours", value="24 hours", x=LEFT + 90, y=TOP - 4, width=100, height=16, fontSize=10)
        form.checkbox(name="yes", checked=True, x=LEFT, y=TOP - 44, size=14)
        put(canvas, LEFT + 20, TOP - 40, "on-site audit")
        form.checkbox(name="no", checked=False, x=LEFT, y=TOP - 84, size=14)
        put(canvas, LEFT + 20, TOP - 80, "remote audit")

    assert texts(read(tmp_path, draw)) == ["Response time: 24 hours", "☑ on-site audit", "□ remote audit"]


def test_free_text_is_a_text_box_and_notes_are_comments(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, TOP, "第一條　目的")
        canvas.freeTextAnnotation("Approved by legal", (300, 500, 400, 520))
        canvas.textAnnotation("Please check", (450, 700, 470, 720))

    document = read(tmp_path, draw)
    assert texts(document, "textbox") == ["Approved by legal"]
    assert texts(document, "comment") == ["Please check"]
    assert texts(document) == ["第一條　目的"]


def test_bookmarks_and_links_add_nothing(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, TOP, "第一條　目的")
        canvas.bookmarkPage("one")
        canvas.addOutlineEntry("outline only", "one")
        canvas.linkURL("https://example.com/", (LEFT, TOP, RIGHT, TOP + 10))

    assert read(tmp_path, draw).text == "第一條　目的"
