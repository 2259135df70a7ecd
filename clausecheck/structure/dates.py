"""Dates as contracts write them, to ISO; pure.

民國 years, Chinese numerals (also digit by digit), Western years, slashes and English months. A
blank (民國　　年　月　日) is no date.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from clausecheck.structure.numbering import number

_N = "[0-9零〇○一二三四五六七八九十百壹貳參肆伍陸柒捌玖拾佰元]"
_B = r"[ \u3000]*"
_ZH = re.compile(
    rf"(?P<era>(?:中華)?民國|西元|公元)?{_B}(?P<y>{_N}{{2,7}}){_B}年{_B}(?P<m>{_N}{{1,3}}){_B}月{_B}(?P<d>{_N}{{1,3}}){_B}日"
)
_SLASH = re.compile(r"(?<![\d./-])(?P<y>\d{2,4})(?P<s>[/.-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d/-])")
_MONTHS = {m.lower(): i for i, m in enumerate(calendar.month_name) if m} | {
    m.lower(): i for i, m in enumerate(calendar.month_abbr) if m
}
_MONTH = (
    r"(?P<m>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_EN_DAY_FIRST = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?:day of )?{_MONTH},? (?P<y>\d{{4}})\b", re.IGNORECASE
)
_EN_MONTH_FIRST = re.compile(rf"\b{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})\b", re.IGNORECASE)
_REPUBLIC = 1911


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text; `iso` is YYYY-MM-DD."""

    start: int
    end: int
    iso: str


def find_dates(text: str) -> list[Dated]:
    """Every plain date in `text`, in its order."""
    found = [d for pattern in (_ZH, _SLASH, _EN_DAY_FIRST, _EN_MONTH_FIRST) for d in _matches(pattern, text)]
    return sorted(found, key=lambda d: d.start)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[Dated]:
    for match in pattern.finditer(text):
        iso = _iso(match)
        if iso:
            yield Dated(match.start(), match.end(), iso)


def _iso(match: re.Match[str]) -> str:
    month = (
        _MONTHS.get(match["m"].lower()[:3]) if match["m"][0].isalpha() and match["m"].isascii() else number(match["m"])
    )
    year = 1 if match["y"] == "元" else number(match["y"])
    day = number(match["d"])
    if not (year and month and day):
        return ""
    era = match.groupdict().get("era") or ""
    if year < 1000 and ("國" in era or (not era and 60 <= year < 250)):
        year += _REPUBLIC
    try:
        return date(year, month, day).isoformat() if 1900 <= year < 2200 else ""
    except ValueError:
        return ""


def last_day(start: str, years: int = 0, months: int = 0) -> str:
    """The last day of a period that begins on the day `start` (ISO)."""
    first = date.fromisoformat(start)
    total = first.month - 1 + months + 12 * years
    year, month = first.year + total // 12, total % 12 + 1
    length = calendar.monthrange(year, month)[1]
    if first.day > length:
        return date(year, month, length).isoformat()
    return (date(year, month, first.day) - timedelta(days=1)).isoformat()
