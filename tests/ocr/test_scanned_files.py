"""Scanned PDFs and images through the whole of `parse`, and what is said of them.

The recogniser itself reads Latin type that the files embed, and the picture of a report that the
project has for its README; everything else is tried with readings made here.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import reportlab
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from clausecheck.checker import Settings, check
from clausecheck.document import Block, Document, Doubt, join_blocks
from clausecheck.errors import NoTextError, UnreadableFileError
from clausecheck.findings import Status
from clausecheck.parsers import limits, ocr_pages, parse
from clausecheck.parsers.ocr import PageReading
from clausecheck.parsers.ocr_glyphs import ReadLine, glyphs_of
from clausecheck.together import join_documents
from tests.conftest import Run
from tests.ocr.scans import rendered, scan, sealed, turned
from tests.ocr.test_ocr_glyphs import line
from tests.parsers.pdf_files import lines_page, write
from tests.parsers.test_pdf_pages import control_characters
from tests.parsers.test_pdf_pages import scan as empty_sheet

SAMPLES = Path(__file__).resolve().parents[2] / "sample_contracts"
WORDS = (
    "Article 1 Confidentiality",
    "The Supplier shall keep all information of the Customer confidential.",
    "Article 2 Notification",
    "The Supplier shall notify the Customer of any security incident within",
    "24 hours and shall report on its handling.",
)


def text_pdf(target: Path, *pages: tuple[str, ...]) -> Path:
    pdfmetrics.registerFont(TTFont("Vera", Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"))
    canvas = Canvas(str(target), pagesize=(595, 842), invariant=True)
    for lines in pages:
        canvas.setFont("Vera", 12)
        for number, words in enumerate(lines):
            canvas.drawString(60, 760 - 20 * number, words)
        canvas.showPage()
    canvas.save()
    return target


def reading(*texts: str, unsure: str = "", **more: int) -> PageReading:
    lines: list[ReadLine] = [line(t, top=20 + 15 * i, unsure=unsure) for i, t in enumerate(texts)]
    return PageReading(glyphs_of(lines), [], lines, **more)  # type: ignore[arg-type]


@pytest.fixture
def image_pdf(tmp_path: Path) -> Path:
    return scan([np.full((842, 595, 3), 200, np.uint8)] * 2, 72, tmp_path / "掃描.pdf")


def fake(monkeypatch: pytest.MonkeyPatch, *readings: PageReading | Exception) -> None:
    waiting = list(readings)

    def read(_image: object, _scale: float) -> PageReading:
        result = waiting.pop(0)
        if isinstance(result, Exception):
            raise result
        return result

    monkeypatch.setattr(ocr_pages, "read_image", read)
    monkeypatch.setattr(ocr_pages, "_workers", lambda _pages: 1)


def codes(document: Document) -> list[str]:
    return [n.code for n in document.notices]


def test_scan_upside_down_under_seals_beside_a_page_of_text(tmp_path: Path) -> None:
    text = text_pdf(tmp_path / "text.pdf", WORDS)
    picture = scan((turned(2)(sealed(p)) for p in rendered(text, 150)), 150, tmp_path / "scan.pdf")
    document = parse(picture)
    assert [b.text for b in document.blocks] == [b.text for b in parse(text).blocks]
    assert codes(document) == ["ocr", "seal", "page-turned"]
    assert "第 1 頁由影像辨識文字（OCR），平均把握" in document.notices[0].message


def test_chinese_is_read_from_an_image(tmp_path: Path) -> None:
    picture = Image.open(SAMPLES / "gap-report.png").convert("RGB")
    part = Image.new("RGB", (picture.width, 400), "white")
    part.paste(picture.crop((0, 0, picture.width, 100)), (0, 150))
    part.save(tmp_path / "part.png")
    document = parse(tmp_path / "part.png")
    assert document.format == "image"
    assert "期貨行動下單應用程式開發契約" in document.text


def test_tiff_of_several_pages_with_a_blank_one(tmp_path: Path) -> None:
    page = next(rendered(text_pdf(tmp_path / "text.pdf", WORDS[:2]), 100))
    frames = [Image.fromarray(p) for p in (page, np.full_like(page, 255))]
    frames[0].save(tmp_path / "scan.tif", save_all=True, append_images=frames[1:], dpi=(100, 100))
    document = parse(tmp_path / "scan.tif")
    assert (document.pages, document.format) == (2, "image")
    assert [b.text for b in document.blocks] == list(WORDS[:2])
    assert codes(document) == ["ocr", "blank-page"]


def test_pages_with_text_are_not_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(monkeypatch)
    assert codes(parse(text_pdf(tmp_path / "text.pdf", WORDS))) == []


def test_without_the_extra_the_page_is_unread_and_the_command_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, image_pdf: Path, run: Run
) -> None:
    monkeypatch.setattr(ocr_pages, "is_available", lambda: False)
    with pytest.raises(NoTextError, match="pip install 'clausecheck"):
        parse(image_pdf)
    Image.new("RGB", (50, 50)).save(tmp_path / "scan.png")
    ran = run("check", tmp_path / "scan.png")
    assert (ran.code, "pip install 'clausecheck[ocr]'" in ran.err) == (6, True)


def test_never_means_never(image_pdf: Path, run: Run) -> None:
    ran = run("check", image_pdf, "--ocr", "never")
    assert (ran.code, "--ocr auto" in ran.err) == (6, True)


def test_text_that_is_not_drawn_is_unread_and_an_empty_sheet_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "contract.pdf", lines_page("第一條　目的"), control_characters, empty_sheet)
    fake(monkeypatch, PageReading([], [], [], blank=True), PageReading([], [], [], blank=True))
    document = parse(path)
    assert document.unread_pages == (2,)
    assert codes(document) == ["page-without-text", "blank-page"]


def test_scan_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch, image_pdf: Path) -> None:
    fake(monkeypatch, reading("甲方應負保密義務。"), reading("乙方亦同。"))
    monkeypatch.setattr(limits.Budget, "left", property(lambda self: 1.0 if not self._calls else -1.0))
    with pytest.raises(UnreadableFileError, match="--time-limit"):
        parse(image_pdf)


def test_failed_page_costs_only_itself(monkeypatch: pytest.MonkeyPatch, image_pdf: Path) -> None:
    fake(monkeypatch, ValueError("no"), reading("甲方應負保密義務。"))
    document = parse(image_pdf)
    assert document.unread_pages == (1,)
    assert document.text == "甲方應負保密義務。"


def test_poor_page_makes_missing_undetermined(monkeypatch: pytest.MonkeyPatch, image_pdf: Path) -> None:
    fake(
        monkeypatch,
        reading("第一條　契約期間", "本契約期間一年。"),
        reading("乙方應負維護之責任。", unsure="乙方應負維"),
    )
    report = check(image_pdf)
    assert [(n.code, n.page) for n in report.notices if n.blocking] == [("ocr-poor", 2)]
    statuses = {f.status for f in report.findings}
    assert Status.UNDETERMINED in statuses
    assert Status.MISSING not in statuses


def test_verdict_on_unsure_characters_asks_for_a_second_look(monkeypatch: pytest.MonkeyPatch, image_pdf: Path) -> None:
    words = (
        "第一條　保密",
        "乙方因履行本契約知悉之甲方資料，應予保密，未經甲方書面同意，不得洩漏予第三人，契約終止後亦同。",
    )
    rest = "本契約以中華民國法律為準據法，雙方合意以臺灣臺北地方法院為第一審管轄法院。" * 3
    fake(monkeypatch, reading(*words, rest, unsure="洩"), reading("立約人：甲方、乙方。"))
    report = check(image_pdf)
    resting = [f for f in report.findings if any("洩" in e.text for e in f.evidence)]
    assert resting
    assert all(f.doubtful and "影像辨識，把握較低" in f.why for f in resting)


def test_joined_documents_keep_their_doubts() -> None:
    texts = ("一二三", "甲乙")
    first, second = (Document("a", "pdf", t, join_blocks([Block(t, -1)])[1], doubts=(Doubt(1, 2, 0.4),)) for t in texts)
    joined = join_documents([first, second])
    assert [joined.text[d.start : d.end] for d in joined.doubts] == ["二", "乙"]


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif"])
def test_damaged_images_are_refused(tmp_path: Path, name: str) -> None:
    Image.effect_noise((400, 400), 60).convert("RGB").save(tmp_path / name)
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[: len(data) // 3])
    with pytest.raises(UnreadableFileError):
        parse(tmp_path / name)


def test_image_bomb_is_refused(tmp_path: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(tmp_path / "a.png")
    with pytest.raises(UnreadableFileError, match="過大"):
        parse(tmp_path / "a.png")


def test_settings_reach_the_parser(image_pdf: Path) -> None:
    with pytest.raises(NoTextError):
        check(image_pdf, settings=Settings(ocr="never"))
