"""供應商名冊: one row a company, with the register of concentration."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl import Workbook

from clausecheck.archive.portfolio.names import ROSTER, UNSTATED, Frame
from clausecheck.archive.portfolio.sheet import write_list
from clausecheck.archive.roster import Holding, roster
from clausecheck.reports import styles
from clausecheck.reports.excel_cells import Field
from clausecheck.reports.excel_table import Column

CONCENTRATED = "集中度過高"
NOBODY = "（契約未載明供應商）"
_INPUT = (
    Column("風險評估\n日期", 13, styles.DATE, styles.INPUT_HEADER),
    Column("總經理層級\n同意日期", 13, styles.DATE, styles.INPUT_HEADER),
    Column("資安事件應變\n機制之確認", 20, styles.INPUT, styles.INPUT_HEADER),
)
_COLUMNS = (
    Column("供應商", 28),
    Column("統一編號", 11, styles.CENTER),
    Column("契約數", 8, styles.NUMBER),
    Column("占比", 8, styles.PERCENT),
    Column("集中度", 12, styles.DOUBT),
    Column("契約總價\n（新臺幣）", 15, styles.MONEY),
    Column("契約總價\n（其他幣別）", 18),
    Column("載明總價\n之契約", 10, styles.CENTER),
    Column("平均\n總分", 7, styles.NUMBER),
    Column("缺口", 7, styles.NUMBER),
    Column("重大\n缺口", 7, styles.NUMBER),
    Column("事件處置\n約定完整", 10, styles.CENTER),
    Column("下一迄日", 12, styles.CENTER),
    Column("合併之寫法", 28),
    Column("請查明", 22),
    Column("契約", 38),
    *_INPUT,
)
_NAMED = 5  # contracts that a cell names; the matrix has them all


def write_suppliers(workbook: Workbook, frame: Frame) -> None:
    """Write the sheet."""
    note = (
        f"占比為該供應商契約數占全部契約 {len(frame.facts.contracts)} 份之比率，逾 {frame.concentration:g}% 者標示"
        "「集中度過高」，請依指引第四條、第十條辦理並填寫藍底欄位。"
    )
    write_list(
        workbook, ROSTER, note, _COLUMNS, _rows(frame), freeze=1, label=frame.label, empty="尚無檢核完成之契約。"
    )


def _rows(frame: Frame) -> Iterator[tuple[Field, ...]]:
    for holding in roster(frame.facts):
        yield _row(frame, holding)


def _row(frame: Frame, holding: Holding) -> tuple[Field, ...]:
    company = holding.company
    marked = holding.is_concentrated(frame.concentration)
    twd = holding.totals.get("TWD")
    others = "\n".join(f"{code} {amount:,f}" for code, amount in sorted(holding.totals.items()) if code != "TWD")
    full, asked = holding.incidents
    end = holding.next_end(frame.today)
    return (
        Field(company.name if company else NOBODY),
        Field("\n".join(company.tax_numbers) if company and company.tax_numbers else UNSTATED),
        Field(len(holding.contracts)),
        Field(round(holding.share, 4)),
        Field(CONCENTRATED if marked else None),
        Field(float(twd)) if twd is not None else Field(UNSTATED, styles.CENTER),
        Field(others or None),
        Field(f"{holding.priced}／{len(holding.contracts)}"),
        Field(round(holding.score, 1)),
        Field(holding.gaps),
        Field(holding.critical),
        Field(f"{full}／{asked}"),
        frame.day(end) if end else Field("無", styles.CENTER),
        Field("\n".join(company.spellings) if company and len(company.spellings) > 1 else None),
        Field(company.doubt or None if company else "請由契約原文查明供應商"),
        Field(_contracts(holding)),
        *(Field(None, c.style if marked else styles.TEXT) for c in _INPUT),
    )


def _contracts(holding: Holding) -> str:
    names = [f"・{c.label}" for c in holding.contracts[:_NAMED]]
    more = len(holding.contracts) - _NAMED
    return "\n".join([*names, *([f"（另 {more} 份）"] if more > 0 else [])])
