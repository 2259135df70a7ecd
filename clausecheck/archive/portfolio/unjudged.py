"""無法判讀 and 重複檔案: every file that has no verdict of its own, and why."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl import Workbook

from clausecheck.archive.entries import Entry, Outcome
from clausecheck.archive.facts import Contract
from clausecheck.archive.portfolio.names import DUPLICATES, UNJUDGED, Frame
from clausecheck.archive.portfolio.sheet import write_list
from clausecheck.archive.state import base_name
from clausecheck.archive.wording import OUTCOME, PARTLY, VANISHED
from clausecheck.findings import Status
from clausecheck.reports import styles
from clausecheck.reports.excel_cells import Field
from clausecheck.reports.excel_table import Column

_UNJUDGED = (
    Column("檔案", 36, styles.LINK),
    Column("結果", 14, styles.CENTER),
    Column("原因", 52),
    Column("處理方法", 46),
    Column("結束\n代碼", 7, styles.NUMBER),
    Column("大小\n（KB）", 9, styles.NUMBER),
    Column("檔案修改時間", 19, styles.CENTER),
    Column("掃描時間", 19, styles.CENTER),
    Column("路徑", 50),
)
_DUPLICATES = (
    Column("檔案", 36, styles.LINK),
    Column("內容相同且已判讀之檔案", 36, styles.LINK),
    Column("判讀結果", 14, styles.CENTER),
    Column("大小\n（KB）", 9, styles.NUMBER),
    Column("檔案修改時間", 19, styles.CENTER),
    Column("檔案路徑", 50),
    Column("已判讀檔案之路徑", 50),
    Column("SHA-256", 40),
)


def write_unjudged(workbook: Workbook, frame: Frame) -> None:
    """Write 無法判讀: files without a verdict, contracts read in part, files that vanished."""
    note = "未能判讀之檔案不計入契約數與分數；部分無法判讀者已檢核其餘部分，相關要求列為無法判定。"
    write_list(
        workbook, UNJUDGED, note, _UNJUDGED, _unjudged(frame),
        freeze=1, label=frame.label, empty="全部檔案均已判讀。",
    )  # fmt: skip


def write_duplicates(workbook: Workbook, frame: Frame) -> None:
    """Write 重複檔案."""
    note = "內容完全相同之檔案只判讀一次、只計一份契約。"
    write_list(
        workbook, DUPLICATES, note, _DUPLICATES, _duplicates(frame),
        freeze=1, label=frame.label, empty="沒有重複之檔案。",
    )  # fmt: skip


def _unjudged(frame: Frame) -> Iterator[tuple[Field, ...]]:
    for file in frame.facts.present:
        if file.outcome is not Outcome.CHECKED:
            yield _file_row(frame, file, OUTCOME[file.outcome], file.reason, file.advice)
    files = {f.path: f for f in frame.facts.files}
    for contract in frame.facts.contracts:
        if contract.unread:
            yield _file_row(frame, files[contract.path], PARTLY, _unread(contract), _UNREAD_ADVICE)
    for file in frame.facts.files:
        if not file.present:
            yield _file_row(frame, file, VANISHED, _VANISHED_REASON, _VANISHED_ADVICE)


_UNREAD_ADVICE = "請取得有文字層之檔案後重新掃描，或人工閱讀該部分"
_VANISHED_REASON = "最近一次掃描未見此檔；原判讀結果仍在資料庫，但不計入本表"
_VANISHED_ADVICE = "請確認檔案是否移動、改名或刪除"


def _unread(contract: Contract) -> str:
    count = contract.statuses.count(Status.UNDETERMINED)
    lines = [*contract.unread, f"無法判定之要求 {count} 項。"] if count else list(contract.unread)
    return "\n".join(lines)


def _file_row(frame: Frame, file: Entry, outcome: str, reason: str, advice: str) -> tuple[Field, ...]:
    link = frame.file(file.path, base_name(file.path))
    return (
        link if file.present else Field(link.value, styles.TEXT),
        Field(outcome),
        Field(reason),
        Field(advice),
        Field(file.exit_code),
        Field(_kilobytes(file.size)),
        Field(_time(file.modified)),
        Field(_time(file.scanned_at)),
        Field(file.path),
    )


def _duplicates(frame: Frame) -> Iterator[tuple[Field, ...]]:
    copies = [f for f in frame.facts.present if f.duplicate_of]
    there = {f.path for f in frame.facts.present}
    for file in sorted(copies, key=lambda f: (f.duplicate_of or "", f.path)):
        judged = file.duplicate_of or ""
        yield (
            frame.file(file.path, base_name(file.path)),
            frame.file(judged, base_name(judged))
            if judged in there
            else Field(f"{base_name(judged)}（已不在）", styles.TEXT),
            Field(OUTCOME[file.outcome]),
            Field(_kilobytes(file.size)),
            Field(_time(file.modified)),
            Field(file.path),
            Field(judged),
            Field(file.sha256),
        )


def _kilobytes(size: int) -> int:
    return -(-size // 1024)


def _time(iso: str) -> str:
    """2026/01/31 08:05 UTC; empty where unknown."""
    return f"{iso[:16].replace('-', '/').replace('T', ' ')} UTC" if iso else ""
