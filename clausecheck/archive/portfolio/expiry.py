"""到期日: when each contract ends and whether it goes on, the next to end in front."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl import Workbook

from clausecheck.archive.facts import Contract
from clausecheck.archive.portfolio.names import EXPIRY, UNSTATED, Frame
from clausecheck.archive.portfolio.sheet import write_list
from clausecheck.archive.terms import Due, Renewal, days_left, due, renewal_of
from clausecheck.findings import Severity
from clausecheck.reports import styles
from clausecheck.reports.excel_cells import Field
from clausecheck.reports.excel_table import Column

_COLUMNS = (
    Column("契約", 30, styles.LINK),
    Column("供應商", 24),
    Column("到期", 12, styles.CENTER),
    Column("迄日", 12, styles.CENTER),
    Column("剩餘天數", 10, styles.NUMBER),
    Column("續約", 14, styles.CENTER),
    Column("起日", 12, styles.CENTER),
    Column("期間之約定", 36),
    Column("續約之約定", 46),
    Column("總分", 7, styles.NUMBER),
    Column("缺口", 7, styles.NUMBER),
    Column("重大\n缺口", 7, styles.NUMBER),
)
_STYLE = {
    Due.PAST: styles.due_style("past"),
    Due.MONTH: styles.due_style("near"),
    Due.QUARTER: styles.due_style("near"),
    Due.HALF_YEAR: styles.due_style("soon"),
    Due.UNKNOWN: styles.due_style("unknown"),
}


def write_expiry(workbook: Workbook, frame: Frame) -> None:
    """Write the sheet."""
    note = (
        f"基準日 {frame.today:%Y/%m/%d}；將屆期者在前，其次為已過迄日者，未載明者在最後。自動續約者已過迄日仍可能有效。"
    )
    write_list(
        workbook, EXPIRY, note, _COLUMNS, _rows(frame), freeze=1, label=frame.label, empty="尚無檢核完成之契約。"
    )


def _rows(frame: Frame) -> Iterator[tuple[Field, ...]]:
    for contract in sorted(frame.facts.contracts, key=lambda c: _order(frame, c)):
        yield _row(frame, contract)


def _order(frame: Frame, contract: Contract) -> tuple[int, int, str]:
    """The next to end, then those past their end, the latest in front, then those without one."""
    days = days_left(contract.end, frame.today)
    if days is None:
        return 2, 0, contract.path
    return (0, days, contract.path) if days >= 0 else (1, -days, contract.path)


def _row(frame: Frame, contract: Contract) -> tuple[Field, ...]:
    days = days_left(contract.end, frame.today)
    group, renewal = due(days), renewal_of(contract.renewal)
    return (
        frame.contract(contract),
        Field(frame.facts.supplier_text(contract) or UNSTATED),
        Field(str(group), _STYLE.get(group, "")),
        frame.day(contract.end),
        Field(days if days is not None else UNSTATED),
        Field(str(renewal), styles.due_style("soon") if renewal is Renewal.AUTOMATIC else ""),
        frame.day(contract.start),
        Field(contract.term or UNSTATED),
        Field(contract.renewal or UNSTATED),
        Field(contract.score),
        Field(len(contract.gaps)),
        Field(contract.gap_count(Severity.CRITICAL)),
    )
