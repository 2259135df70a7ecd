"""Names of the sheets, and what a few of them share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from clausecheck.archive.facts import Contract, Facts
from clausecheck.reports.excel_cells import Field
from clausecheck.reports.excel_links import file_target
from clausecheck.reports.safe import one_line
from clausecheck.reports.styles import CENTER, DAY, LINK

TITLE = "契約庫檢核總表"
OVERVIEW = "總覽"
MATRIX = "契約矩陣"
RANKING = "缺口排序"
ROSTER = "供應商名冊"
EXPIRY = "到期日"
UNJUDGED = "無法判讀"
DUPLICATES = "重複檔案"
GUIDE = "說明"
SHEETS = (OVERVIEW, MATRIX, RANKING, ROSTER, EXPIRY, UNJUDGED, DUPLICATES, GUIDE)
UNSTATED = "未載明"


@dataclass(frozen=True)
class Frame:
    """What every sheet is written from.

    concentration  share of the contracts, in percent, above which a supplier is marked
    workbook       where the workbook will lie; links to the files are relative to it
    pending        files that the scan found but has not judged yet
    """

    facts: Facts
    today: date
    concentration: float
    workbook: Path
    pending: int = 0

    @property
    def label(self) -> str:
        return f"{TITLE}（契約 {len(self.facts.contracts)} 份，基準日 {self.today:%Y/%m/%d}）"

    def file(self, path: str, text: str = "") -> Field:
        """A link to a file; an address elsewhere is shown without one."""
        shown = one_line(text or path)
        target = "" if "://" in path else _target(path, self.workbook)
        return Field(shown, LINK if target else "", target)

    def contract(self, contract: Contract) -> Field:
        """The contract by its name, linked to its file."""
        return self.file(contract.path, contract.label)

    def day(self, iso: str) -> Field:
        """A date that Excel sorts and filters as one, or 未載明."""
        try:
            return Field(date.fromisoformat(iso), DAY)
        except ValueError:
            return Field(UNSTATED, CENTER)


@lru_cache(maxsize=16_384)
def _target(path: str, workbook: Path) -> str:
    return file_target(path, workbook)
