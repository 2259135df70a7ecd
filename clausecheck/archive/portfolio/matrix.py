"""契約矩陣: every contract against every requirement, in colour and in words."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl import Workbook

from clausecheck.archive.facts import Asked, Contract
from clausecheck.archive.portfolio.names import MATRIX, UNSTATED, Frame
from clausecheck.archive.portfolio.sheet import A3, write_list
from clausecheck.findings import Severity, Status
from clausecheck.reports import styles
from clausecheck.reports.excel_cells import MAX_HEIGHT, Field
from clausecheck.reports.excel_table import Column
from clausecheck.reports.safe import char_width
from clausecheck.reports.wording import ORGANISATION

# Two characters fit the narrow columns of 32 requirements; the note of the sheet says what they stand for.
SHORT = {
    Status.FULL: "符合",
    Status.PARTIAL: "部分",
    Status.MISSING: "缺漏",
    Status.CONFLICT: "牴觸",
    Status.NOT_APPLICABLE: "不適",
    Status.UNDETERMINED: "未判",
}
NOTE = "部分＝部分符合，不適＝不適用，未判＝無法判定（文字讀不到，不等於缺漏）。契約名稱可連至檔案。"
_LEADING = (
    Column("契約", 28, styles.LINK),
    Column("供應商", 22),
    Column("迄日", 11, styles.CENTER),
    Column("組織\n類別", 7, styles.CENTER),
    Column("總分", 6, styles.NUMBER),
    Column("缺口", 6, styles.NUMBER),
    Column("重大\n缺口", 6, styles.NUMBER),
    Column("請複核", 7, styles.NUMBER),
)
_FILE = Column("檔案", 60)
_WIDTH = 5.3
_POINTS = 5.6  # height that half a Chinese character takes in an upright header


def write_matrix(workbook: Workbook, frame: Frame) -> None:
    """Write the sheet."""
    asked = frame.facts.requirements
    titles = [f"{a.id} {a.name}" for a in asked]
    columns = (*_LEADING, *(Column(t, _WIDTH, "", styles.UPRIGHT_HEADER) for t in titles), _FILE)
    longest = max((sum(map(char_width, t)) for t in titles), default=10)
    write_list(
        workbook, MATRIX, NOTE, columns, _rows(frame, asked),
        freeze=1, label=frame.label, header_height=min(MAX_HEIGHT, longest * _POINTS + 12), paper=A3,
        empty="尚無檢核完成之契約。",
    )  # fmt: skip


def _rows(frame: Frame, asked: list[Asked]) -> Iterator[tuple[Field, ...]]:
    for contract in frame.facts.contracts:
        found = dict(zip((a.id for a in contract.asked), contract.statuses, strict=True))
        statuses = (_status(found.get(a.id)) for a in asked)
        yield (*_leading(frame, contract), *statuses, Field(contract.path))


def _leading(frame: Frame, contract: Contract) -> tuple[Field, ...]:
    return (
        frame.contract(contract),
        Field(frame.facts.supplier_text(contract) or UNSTATED),
        frame.day(contract.end),
        Field(ORGANISATION.get(contract.organisation, contract.organisation)),
        Field(contract.score),
        Field(len(contract.gaps)),
        Field(contract.gap_count(Severity.CRITICAL)),
        Field(sum(contract.doubtful)),
    )


def _status(status: Status | None) -> Field:
    """A requirement that the contract's library has not is left unasked."""
    if status is None:
        return Field("未檢", styles.FAINT)
    return Field(SHORT[status], styles.status_style(status))
