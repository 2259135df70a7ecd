"""總覽: how many files and contracts, how good they are, where they fail, and what must be known first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from openpyxl import Workbook

from clausecheck.archive.entries import Outcome
from clausecheck.archive.facts import Asked, Contract, Facts
from clausecheck.archive.portfolio.charts import score_chart, worst_chart
from clausecheck.archive.portfolio.names import (
    DUPLICATES,
    EXPIRY,
    GUIDE,
    MATRIX,
    OVERVIEW,
    RANKING,
    ROSTER,
    TITLE,
    UNJUDGED,
    Frame,
)
from clausecheck.archive.portfolio.sheet import Sheet
from clausecheck.archive.roster import Holding, roster
from clausecheck.archive.terms import Due, days_left, due
from clausecheck.archive.wording import OUTCOME
from clausecheck.findings import GAPS, Severity, Status
from clausecheck.reports import styles
from clausecheck.reports.excel_cells import Field, location
from clausecheck.reports.wording import BASIS, ORGANISATION, STATUS

_WIDTHS = (36, 10, 10, 10, 10, 10, 10, 10, 3, *(13,) * 7)
_TABLE = 8  # columns of the tables; the charts stand right of them
_WORST = 10
BANDS = tuple(range(0, 100, 10))
_CONTENTS = (
    (MATRIX, "每份契約對 32 項要求之狀態"),
    (RANKING, "全部缺口依嚴重度、到期與供應商排序"),
    (ROSTER, "供應商、契約數、占比與集中度名冊"),
    (EXPIRY, "契約期間、剩餘天數與續約"),
    (UNJUDGED, "未能判讀或部分未能判讀之檔案與處理方法"),
    (DUPLICATES, "內容相同之檔案"),
    (GUIDE, "各欄之意義、計算方法與限制"),
)


def write_overview(workbook: Workbook, frame: Frame) -> None:
    """Write the sheet."""
    sheet = Sheet(workbook, OVERVIEW, _WIDTHS, frame.label)
    facts, holdings = frame.facts, roster(frame.facts)
    sheet.append([Field(TITLE, styles.TITLE)], high=34)
    sheet.wide(Field(f"{BASIS}；基準日 {frame.today:%Y/%m/%d}", styles.SUBTITLE))
    warnings = _warnings(frame, holdings)
    text = "！請先留意\n" + "\n".join(f"・{w}" for w in warnings) if warnings else "✓ 全部檔案均已判讀。"
    sheet.wide(Field(text, styles.ALARM if warnings else styles.CALM))
    sheet.skip()
    charted = sheet.row + 1
    _pairs(sheet, "檔案", _files(facts))
    _pairs(sheet, "契約", _contracts(frame, holdings))
    first_band = _bands(sheet, facts.contracts)
    second = sheet.new_page()
    first_worst, worst = _worst(sheet, facts)
    _pairs(sheet, "檢核基礎", _basis(facts))
    _write_contents(sheet)
    sheet.add_chart(score_chart(sheet.cells, first_band, first_band + len(BANDS) - 1), f"J{charted}")
    if worst:
        sheet.add_chart(worst_chart(sheet.cells, first_worst, first_worst + len(worst) - 1), f"J{second}")
    sheet.finish()


def _pairs(sheet: Sheet, title: str, pairs: Sequence[tuple[str, str | int]]) -> None:
    sheet.append([Field(title, styles.SECTION)], high=24)
    for name, value in pairs:
        sheet.wide(Field(value, styles.TEXT), before=[Field(name, styles.LABEL)], to=_TABLE)
    sheet.skip()


def _files(facts: Facts) -> list[tuple[str, str | int]]:
    counts = Counter(f.outcome for f in facts.present)
    copies = sum(f.duplicate_of is not None for f in facts.present)
    rows: list[tuple[str, str | int]] = [("掃描之檔案", len(facts.present))]
    rows += [(f"　{OUTCOME[o]}", counts[o]) for o in Outcome]
    rows += [("其中重複檔案", copies), ("檔案已不在（不計入）", len(facts.files) - len(facts.present))]
    return rows


def _contracts(frame: Frame, holdings: Sequence[Holding]) -> list[tuple[str, str | int]]:
    contracts = frame.facts.contracts
    groups = Counter(due(days_left(c.end, frame.today)) for c in contracts)
    near = groups[Due.MONTH] + groups[Due.QUARTER]
    scores = sorted(c.score for c in contracts)
    average = f"{sum(scores) / len(scores):.1f}（中位數 {_median(scores):g}）" if scores else "－"
    companies = [h for h in holdings if h.company]
    marked = [h.company.name for h in companies if h.company and h.is_concentrated(frame.concentration)]
    return [
        ("檢核之契約（重複者計一份）", len(contracts)),
        ("平均總分", average),
        ("有重大缺口之契約", sum(c.gap_count(Severity.CRITICAL) > 0 for c in contracts)),
        ("缺口合計", sum(len(c.gaps) for c in contracts)),
        ("部分無法判讀之契約", sum(bool(c.unread) for c in contracts)),
        ("90 日內到期", near),
        ("已過迄日", groups[Due.PAST]),
        ("迄日未載明", groups[Due.UNKNOWN]),
        ("供應商家數", len(companies)),
        (f"集中度過高（逾 {frame.concentration:g}%）", "、".join(marked) or "無"),
    ]


def _median(ordered: Sequence[int]) -> float:
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _bands(sheet: Sheet, contracts: Sequence[Contract]) -> int:
    """The table of the scores; returns its first row."""
    counts = Counter(min(c.score // 10 * 10, 90) for c in contracts)
    sheet.append([Field("總分分布", styles.SECTION)], high=24)
    sheet.append([Field("總分", styles.HEADER), Field("契約數", styles.HEADER)])
    first = sheet.row + 1
    for band in BANDS:
        sheet.append(
            [Field(f"{band}–{band + 9 if band < 90 else 100}", styles.LABEL), Field(counts[band], styles.NUMBER)]
        )
    sheet.skip()
    return first


def _worst(sheet: Sheet, facts: Facts) -> tuple[int, list[Asked]]:
    """The table of the requirements that most contracts lack; returns its first row and its requirements."""
    tallies = {a: Counter(s for c in facts.contracts if (s := c.status(a.id))) for a in facts.requirements}
    rates = {a: rate for a, tally in tallies.items() if (rate := _gap_rate(tally))}
    worst = sorted(rates, key=lambda a: -rates[a])[:_WORST]
    sheet.append([Field(f"缺口比率最高之要求（前 {_WORST} 項）", styles.SECTION)], high=24)
    shown = (Status.FULL, Status.PARTIAL, Status.MISSING, Status.CONFLICT, Status.UNDETERMINED, Status.NOT_APPLICABLE)
    titles = ("要求", *(STATUS[s] for s in shown), "缺口比率")
    sheet.append([Field(t, styles.HEADER) for t in titles])
    first = sheet.row + 1
    for asked in worst:
        counts = [Field(tallies[asked][s], styles.NUMBER) for s in shown]
        name = Field(f"{asked.id} {asked.name}", styles.LABEL)
        sheet.append([name, *counts, Field(rates[asked], styles.PERCENT)])
    sheet.skip()
    return first, worst


def _gap_rate(tally: Counter[Status]) -> float:
    """Gaps among the contracts on which the requirement could be judged."""
    judged = sum(tally[s] for s in (*GAPS, Status.FULL))
    return round(sum(tally[s] for s in GAPS) / judged, 4) if judged else 0.0


def _basis(facts: Facts) -> list[tuple[str, str | int]]:
    contracts = facts.contracts
    libraries = Counter(c.library for c in contracts)
    organisations = Counter(ORGANISATION.get(c.organisation, c.organisation) for c in contracts)
    scanned = sorted(f.scanned_at for f in facts.present if f.scanned_at)
    first, last = (s[:10].replace("-", "/") for s in (scanned[0], scanned[-1])) if scanned else ("－", "－")
    return [
        ("條款庫", "\n".join(f"{v}（指紋 {p}，契約 {n} 份）" for (v, p), n in sorted(libraries.items())) or "－"),
        ("組織類別", "、".join(f"{o} {n} 份" for o, n in sorted(organisations.items())) or "－"),
        ("掃描日期", first if first == last else f"{first} 至 {last}"),
    ]


def _warnings(frame: Frame, holdings: Sequence[Holding]) -> list[str]:
    facts = frame.facts
    unjudged = sum(f.outcome is not Outcome.CHECKED for f in facts.present)
    unread = sum(bool(c.unread) for c in facts.contracts)
    unnamed = sum(len(h.contracts) for h in holdings if h.company is None)
    libraries, organisations = len({c.library for c in facts.contracts}), len({c.organisation for c in facts.contracts})
    found = [
        (frame.pending, f"{frame.pending} 個檔案尚未檢核（掃描未完成），不在本表之內；請再次執行掃描。"),
        (unjudged, f"{unjudged} 個檔案未能判讀，不在契約數與分數之內，見〈{UNJUDGED}〉。"),
        (unread, f"{unread} 份契約有無法判讀之部分，見〈{UNJUDGED}〉。"),
        (unnamed, f"{unnamed} 份契約無法辨識供應商，故各供應商之占比可能偏低，見〈{ROSTER}〉。"),
        (libraries > 1, "契約依不同版本之條款庫檢核，分數不宜相比；請執行 clausecheck archive rescan。"),
        (organisations > 1, "契約依不同之組織類別檢核，適用之要求不同，分數不宜相比。"),
    ]  # fmt: skip
    return [text for count, text in found if count]


def _write_contents(sheet: Sheet) -> None:
    sheet.append([Field("目錄", styles.SECTION)], high=24)
    for name, meaning in _CONTENTS:
        sheet.wide(Field(meaning, styles.TEXT), before=[Field(name, styles.LINK, location(name, 1))], to=_TABLE)
