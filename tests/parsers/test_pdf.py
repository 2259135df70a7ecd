"""Documents out of PDF files: paragraphs, headings, properties."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from clausecheck.parsers.pdf import parse_pdf
from tests.parsers.pdf_files import LEADING, LEFT, TOP, lines_page, put, put_lines, read, texts, wrap, write

LONG = "受託廠商應依本契約之約定提供資訊系統維護服務，並應採取適當之安全維護措施，防止甲方資料被竊取、竄改或洩漏。"


def test_document_says_where_it_comes_from(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setAuthor("採購處")
        put(canvas, LEFT, TOP, "第一條　目的")

    path = write(tmp_path / "約.pdf", draw)
    document = parse_pdf(path)
    assert (document.name, document.format, document.pages) == ("約.pdf", "pdf", 1)
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.properties["author"] == "採購處"
    assert "ReportLab" in document.properties["producer"]
    assert document.notices == ()


def test_offsets_quote_the_text(tmp_path: Path) -> None:
    document = read(tmp_path, lines_page("第一條　目的", *wrap(LONG)))
    assert [document.text[b.start : b.end] for b in document.blocks] == [b.text for b in document.blocks]
    for block in document.blocks:
        assert len(block.offsets) == len(block.text)
    assert [b.place.paragraph for b in document.blocks] == [1, 2]


def test_chinese_lines_join_without_blank(tmp_path: Path) -> None:
    document = read(tmp_path, lines_page("第一條　服務", *wrap(LONG), "第二條　期間"))
    assert texts(document) == ["第一條　服務", LONG, "第二條　期間"]


def test_english_lines_join_with_blank_and_hyphens_go(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        lines_page(
            "1.1 The Supplier shall keep all information of the Customer confi-",
            "dential and shall not disclose it to any third-",
            "party without the prior written consent of the Customer and its",
            "affiliates.",
        ),
    )
    assert texts(document) == [
        "1.1 The Supplier shall keep all information of the Customer confidential and shall not disclose it to any "
        "third-party without the prior written consent of the Customer and its affiliates."
    ]


def test_paragraph_runs_over_the_page(tmp_path: Path) -> None:
    lines = wrap(LONG)
    document = read(tmp_path, lines_page("第一條　服務", lines[0]), lines_page(*lines[1:], "第二條　期間"))
    assert texts(document) == ["第一條　服務", LONG, "第二條　期間"]
    assert [b.place.page for b in document.blocks] == [1, 1, 2]


def test_finished_sentence_at_the_page_end_does_not_join(tmp_path: Path) -> None:
    full = "受託廠商應遵守甲方之資訊安全政策" + "及相關規定" * 4 + "，不得違反。"
    full = "甲" * (40 - len(full)) + full
    document = read(tmp_path, lines_page(full), lines_page("甲方得隨時查核受託廠商之執行情形。"))
    assert len(texts(document)) == 2


@pytest.mark.parametrize(
    "label",
    [
        "第三條",
        "壹、",
        "一、",
        "（一）",
        "(一)",
        "1.",
        "1.1 ",
        "(1)",
        "(a) ",
        "Article 3. ",
        "附件一",
        "Exhibit A: ",
        "㈠",
        "●",
    ],
)
def test_enumerator_begins_a_paragraph(tmp_path: Path, label: str) -> None:
    full = ("受託廠商應遵守甲方所訂資訊安全政策" * 3)[:39] + "。"
    document = read(tmp_path, lines_page(full, label + "　Terms　保密義務"))
    assert len(texts(document)) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("依本契約", "第三條規定辦理，並應通知甲方。"),
        ("其內容詳", "附件一，並為本契約之一部分。"),
        ("受託廠商違反前條", "第二款之約定者，甲方得終止本契約。"),
    ],
)
def test_reference_at_a_line_start_goes_on(tmp_path: Path, before: str, after: str) -> None:
    full = ("受託廠商應遵守甲方所訂資訊安全政策，" * 3)[: 40 - len(before)] + before
    document = read(tmp_path, lines_page(full, after))
    assert texts(document) == [full + after]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The Customer shall pay to the Supplier the fees as set out in Section", "1.1 of this Agreement."),
        ("The initial term of this Agreement, which the parties may extend, is six", "(6) months."),
    ],
)
def test_english_reference_goes_on(tmp_path: Path, before: str, after: str) -> None:
    assert texts(read(tmp_path, lines_page(before, after))) == [f"{before} {after}"]


def test_count_inside_a_paragraph_goes_on(tmp_path: Path) -> None:
    first = "3.1　乙方應為下列給付：（a）受理甲方通報之異常並查明其原因，予以排除，並報告之；"
    assert texts(read(tmp_path, lines_page(first, "（b）交付修補程式。")))[0].endswith("（b）交付修補程式。")


def test_line_that_ends_early_to_keep_a_word_goes_on(tmp_path: Path) -> None:
    lines = [
        "受託廠商應遵守甲方所訂資訊安全政策，" * 2 + "並應確實",
        "受託廠商應遵守甲方所訂資訊安全政策，並應" + "確" * 17,
        "監督其人員。",
    ]
    assert texts(read(tmp_path, lines_page(*lines))) == ["".join(lines)]


def test_digits_beside_chinese_are_not_raised(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        x = LEFT
        for piece in ("自民國", "114", "年", "9", "月起"):
            font = "Helvetica" if piece.isdigit() else "MSung-Light"
            put(canvas, x, TOP, piece, 12, font)
            x += canvas.stringWidth(piece, font, 12)

    assert texts(read(tmp_path, draw)) == ["自民國114年9月起"]


def test_first_line_indent_and_gap_begin_paragraphs(tmp_path: Path) -> None:
    full = ("受託廠商應遵守甲方所訂資訊安全政策" * 3)[:39] + "。"

    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT + 24, TOP, full[2:])
        put(canvas, LEFT, TOP - LEADING, full)
        put(canvas, LEFT + 24, TOP - 2 * LEADING, full[2:])
        put(canvas, LEFT, TOP - 3 * LEADING, full)
        put(canvas, LEFT, TOP - 5 * LEADING, full)

    assert texts(read(tmp_path, draw)) == [full[2:] + full, full[2:] + full, full]


def test_heading_of_larger_type_stays_apart(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 180, TOP, "資訊系統維護契約書", 20)
        put_lines(canvas, wrap(LONG), TOP - 40)

    document = read(tmp_path, draw)
    assert texts(document) == ["資訊系統維護契約書", LONG]
    assert [b.heading for b in document.blocks] == [True, False]


def test_blank_to_fill_in_keeps_its_gap(tmp_path: Path) -> None:
    document = read(tmp_path, lines_page("自民國　　年　　月　　日起至民國　　年　　月　　日止。"))
    assert texts(document) == ["自民國　年　月　日起至民國　年　月　日止。"]


def test_radicals_and_full_width_become_canonical(tmp_path: Path) -> None:
    document = read(tmp_path, lines_page("⽤⼾個⼈資料１２３"))
    assert texts(document) == ["用戶個人資料123"]


def test_raised_note_mark_does_not_change_a_number(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, TOP, "The Supplier replies within 30", 12)
        put(canvas, LEFT + canvas.stringWidth("The Supplier replies within 30", "Helvetica", 12), TOP + 5, "2", 7)
        put(canvas, LEFT + 180, TOP, "days.", 12)

    assert "30²" in texts(read(tmp_path, draw))[0]


def test_double_letters_stay_double(tmp_path: Path) -> None:
    words = "The Supplier shall willingly fulfil all skill off staff."
    assert texts(read(tmp_path, lines_page(words))) == [words]


def test_text_printed_twice_is_read_once(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, TOP, "第一條　保密義務")
        put(canvas, LEFT + 0.4, TOP, "第一條　保密義務")

    assert texts(read(tmp_path, draw)) == ["第一條　保密義務"]


def test_spaced_letters_stay_words(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 12)
        canvas.drawString(LEFT, TOP, "The staff at the office", charSpace=1)

    assert texts(read(tmp_path, draw)) == ["The staff at the office"]


def test_parsing_twice_gives_the_same(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", lines_page("第一條　服務", *wrap(LONG)), lines_page("第二條　期間"))
    assert parse_pdf(path) == parse_pdf(path)
