"""缺口排序: every gap of every contract, the one to negotiate first in front, with the factors of its points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl import Workbook

from clausecheck.archive.portfolio.names import RANKING, UNSTATED, Frame
from clausecheck.archive.portfolio.sheet import write_list
from clausecheck.archive.priority import DUE_FACTOR, SEVERITY_FACTOR, STATUS_FACTOR, Ranked, ranked
from clausecheck.archive.terms import Due, due
from clausecheck.reports import styles
from clausecheck.reports.excel_cells import Field
from clausecheck.reports.excel_table import Column
from clausecheck.reports.wording import DOUBTFUL, SEVERITY, STATUS, status_text

MOST_ROWS = 10_000  # what a reviewer's machine still filters at once; the sheet says how many it leaves out
_COLUMNS = (
    Column("順位", 7, styles.NUMBER),
    Column("優先分", 8, styles.DECIMAL),
    Column("契約", 28, styles.LINK),
    Column("供應商", 22),
    Column("要求編號", 10),
    Column("要求", 18),
    Column("嚴重度", 8, styles.CENTER),
    Column("狀態", 12, styles.CENTER),
    Column("缺少之內容", 46),
    Column("迄日", 11, styles.CENTER),
    Column("剩餘天數", 9, styles.NUMBER),
    Column("嚴重度\n權數", 8, styles.NUMBER),
    Column("狀態\n係數", 7, styles.DECIMAL),
    Column("到期\n係數", 7, styles.DECIMAL),
    Column("供應商\n係數", 8, styles.DECIMAL),
    Column("複核", 8, styles.DOUBT),
)


def formula() -> str:
    """How the points come about, on one line."""
    return "優先分＝嚴重度權數 × 狀態係數 × 到期係數 × 供應商係數；各係數見右側欄位及〈說明〉。"


def factors() -> list[tuple[str, str]]:
    """Each factor and its values."""
    dues: dict[float, list[Due]] = {}
    for group, value in DUE_FACTOR.items():
        dues.setdefault(value, []).append(group)
    return [
        ("嚴重度權數", "、".join(f"{SEVERITY[s]} {v}" for s, v in SEVERITY_FACTOR.items())),
        ("狀態係數", "、".join(f"{STATUS[s]} {v}" for s, v in STATUS_FACTOR.items())),
        ("到期係數", "；".join(f"{'、'.join(groups)} {value}" for value, groups in dues.items())
         + "。期限將屆者有議約之機會，故在前；已過迄日者應先確認契約是否仍在履行。"),
        ("供應商係數", "1＋該供應商契約數占全部契約之比率（數家供應商者取最高），介於 1 與 2 之間。"),
    ]  # fmt: skip


def write_ranking(workbook: Workbook, frame: Frame) -> None:
    """Write the sheet."""
    gaps = ranked(frame.facts, frame.today)
    note = formula()
    if len(gaps) > MOST_ROWS:
        note += f"全部 {len(gaps):,} 項，僅列前 {MOST_ROWS:,} 項；其餘見〈契約矩陣〉或 archive export。"
    write_list(
        workbook, RANKING, note, _COLUMNS, _rows(frame, gaps[:MOST_ROWS]),
        freeze=3, label=frame.label, empty="未發現缺口。",
    )  # fmt: skip


def _rows(frame: Frame, gaps: Sequence[Ranked]) -> Iterator[tuple[Field, ...]]:
    for rank, gap in enumerate(gaps, 1):
        contract, status = gap.contract, gap.contract.statuses[gap.index]
        yield (
            Field(rank),
            Field(gap.points),
            frame.contract(contract),
            Field(frame.facts.supplier_text(contract) or UNSTATED),
            Field(gap.asked.id),
            Field(gap.asked.name),
            Field(SEVERITY[gap.asked.severity], styles.severity_style(gap.asked.severity)),
            Field(status_text(status), styles.status_style(status)),
            Field("\n".join(f"・{a}" for a in contract.absent[gap.index])),
            frame.day(contract.end),
            Field(gap.days if due(gap.days) is not Due.UNKNOWN else UNSTATED),
            Field(gap.severity),
            Field(gap.status),
            Field(gap.due),
            Field(gap.supplier),
            Field(DOUBTFUL if contract.doubtful[gap.index] else None),
        )
