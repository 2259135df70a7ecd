"""Pages read from their images: reading them, and what is to be said of them."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

from clausecheck.document import Block, Doubt, Notice
from clausecheck.errors import ClausecheckError
from clausecheck.parsers.limits import Budget
from clausecheck.parsers.ocr import Ocr, PageReading, read_image
from clausecheck.parsers.ocr_doubts import doubts_of
from clausecheck.parsers.ocr_engine import INSTALL, Pixels, is_available
from clausecheck.parsers.pdf_blocks import Page
from clausecheck.parsers.pdf_lines import runs_of
from clausecheck.parsers.pdf_running import Aside, take_running
from clausecheck.parsers.pdf_tables import find_tables

Render = Callable[[Page], tuple[Pixels, float]]

_MOST_WORKERS = 4
_POOR = 0.85  # mean confidence of a page below which nothing can be said to be missing
_POOR_SHARE = 0.08  # of characters read with little confidence
_WHOLE_PAGE = 0.4  # of a page under images: an empty sheet; else its text is merely not drawn
_UNREAD_LEAST, _UNREAD_SHARE = 25, 0.2  # ink outside all lines found


class Scans:
    """The pages of one file that are read from their images."""

    def __init__(self, ocr: Ocr) -> None:
        self._wanted = ocr == "auto" and is_available()
        self._readings: dict[int, PageReading] = {}
        self._reasons: dict[int, str] = {}
        self.error: ClausecheckError | None = None  # the first page that could not even be drawn

    def read(self, pages: list[Page], render: Render, budget: Budget) -> list[Aside]:
        """Reads the pages in place as far as they can be; returns their running lines."""
        wanted = [p for p in pages if not p.damaged] if self._wanted else []
        for page, reading in _readings(wanted, render):
            budget.look()
            if isinstance(reading, BaseException):
                page.unread = "影像已損壞或無法辨識"
                self.error = self.error or (reading if isinstance(reading, ClausecheckError) else None)
            elif not reading.lines and not (reading.blank and page.image_share >= _WHOLE_PAGE):
                page.unread = "影像中辨識不到文字"
            else:
                self._reasons[page.number], page.unread = page.unread, ""
                self._readings[page.number] = reading
                _fill(page, reading)
        return take_running([p.parts for p in wanted if p.number in self._readings])

    def notices(self) -> list[Notice]:
        """That characters were recognised, how surely, and where that is not enough."""
        read = {n: r for n, r in self._readings.items() if not r.blank}
        return [
            *_summary(read),
            *_gathered("garbled-text", "之文字層為亂碼，已改由頁面影像辨識", self._garbled(read)),
            *_gathered("seal", "之紅色印章已濾除，印章內之文字未讀取", (n for n, r in read.items() if r.seals)),
            *_gathered("struck-out", "有文字被線條劃過，可能已刪除；該等文字仍列入檢核並標示請複核",
                       (n for n, r in read.items() if r.struck)),
            *_gathered("page-turned", "之影像方向不正，已轉正後辨識", (n for n, r in read.items() if r.turned % 4)),
            *_gathered("blank-page", "之影像為空白頁", (n for n, r in self._readings.items() if r.blank)),
            *(Notice("ocr-poor", f"第 {n} 頁{why}，該頁內容可能有誤或遺漏，請對照原件", n, blocking=True)
              for n, r in read.items() if (why := _poor(r))),
        ]  # fmt: skip

    def _garbled(self, read: Iterable[int]) -> list[int]:
        return [n for n in read if "亂碼" in self._reasons[n]]

    def doubts(self, blocks: Iterable[Block]) -> tuple[Doubt, ...]:
        """The characters of the document that were read with little confidence."""
        return doubts_of(blocks, self._readings)


def way_out(ocr: Ocr) -> str:
    """What the user can do to have images read, or "" where they are."""
    if ocr == "never":
        return "已指定不做影像辨識（--ocr never）；改用 --ocr auto 即可辨識"
    return "" if is_available() else f"安裝影像辨識套件後可讀取：{INSTALL}"


def _readings(pages: list[Page], render: Render) -> Iterator[tuple[Page, PageReading | BaseException]]:
    """The readings in the order of the pages; images are drawn by this thread, a few ahead."""
    todo = iter(pages)
    workers = _workers(len(pages))
    with ThreadPoolExecutor(workers, thread_name_prefix="ocr") as pool:

        def submit(page: Page) -> tuple[Page, Future[PageReading]]:
            future: Future[PageReading] = Future()
            try:
                future = pool.submit(read_image, *render(page))
            except Exception as error:
                future.set_exception(error)
            return page, future

        waiting = [submit(page) for page in islice(todo, workers + 1)]
        while waiting:
            page, future = waiting.pop(0)
            yield page, future.exception() or future.result()  # one page must not cost the others their text
            waiting += [submit(page) for page in islice(todo, 1)]


def _workers(pages: int) -> int:
    """Threads; each page is read by one of them alone, so their number changes nothing but the time."""
    if multiprocessing.parent_process() is not None:  # others work beside this process
        return 1
    return max(1, min(pages, _MOST_WORKERS, os.cpu_count() or 1))


def _fill(page: Page, reading: PageReading) -> None:
    tables, rest = find_tables(reading.rules, reading.glyphs)
    page.parts.runs, page.parts.tables, page.parts.slanting = runs_of(rest), tables, []
    page.rules, page.blank = reading.rules, reading.blank


def _poor(reading: PageReading) -> str:
    if reading.confidence < _POOR or reading.unsure_share > _POOR_SHARE:
        return f"影像不清，文字辨識把握不足（平均 {reading.confidence:.0%}）"
    outside, share = reading.unread
    if outside >= _UNREAD_LEAST and share > _UNREAD_SHARE:
        return "影像中有未能辨識之部分"
    return ""


def _summary(read: dict[int, PageReading]) -> list[Notice]:
    if not read:
        return []
    mean = sum(r.confidence for r in read.values()) / len(read)
    low = min(read, key=lambda n: read[n].confidence)
    worst = f"，最低為第 {low} 頁 {read[low].confidence:.0%}" if len(read) > 1 else ""
    lost = sum(r.lost for r in read.values())
    rest = f"；另有 {lost} 處文字或圖樣無法辨識" if lost else ""
    message = f"第 {_ranges(read)} 頁由影像辨識文字（OCR），平均把握 {mean:.0%}{worst}{rest}；引用前請對照原件"
    return [Notice("ocr", message)]


def _gathered(code: str, said: str, pages: Iterable[int]) -> list[Notice]:
    numbers = sorted(pages)
    return [Notice(code, f"第 {_ranges(numbers)} 頁{said}")] if numbers else []


def _ranges(numbers: Iterable[int]) -> str:
    """1, 2, 3, 7 as 「1–3、7」."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return "、".join(f"{a}" if a == b else f"{a}–{b}" for a, b in spans)
