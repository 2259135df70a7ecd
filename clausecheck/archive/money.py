"""Sums of money in the words of a contract, as numbers; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_CURRENCIES = (
    (re.compile(r"新[臺台][幣币]|NT\$|NTD|TWD|New Taiwan", re.IGNORECASE), "TWD"),
    (re.compile(r"美金|US\$|USD|United States|US dollars", re.IGNORECASE), "USD"),
    (re.compile(r"人民[幣币]|RMB|CNY", re.IGNORECASE), "CNY"),
    (re.compile(r"港[幣币]|HK\$", re.IGNORECASE), "HKD"),
    (re.compile(r"日[幣币]"), "JPY"),
    (re.compile(r"[歐欧]元|EUR", re.IGNORECASE), "EUR"),
)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {c: i for i, c in enumerate("零壹貳參肆伍陸柒捌玖")}
_DIGITS |= {"〇": 0, "○": 0, "兩": 2, "两": 2, "叁": 3, "贰": 2, "陆": 6}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"萬": 10**4, "万": 10**4, "億": 10**8, "亿": 10**8}
_FIGURES = re.compile(r"[0-9][0-9,]*(?:\.\d+)?|[" + "".join({**_DIGITS, **_UNITS, **_MYRIADS}) + "]")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount; `currency` is its ISO 4217 code."""

    currency: str
    amount: Decimal


def read_money(words: str) -> Money | None:
    """The sum that the words name; None where currency or number is not plain."""
    currency = next((code for pattern, code in _CURRENCIES if pattern.search(words)), None)
    amount = _amount("".join(m.group() for m in _FIGURES.finditer(words)))
    return Money(currency, amount) if currency and amount else None


def _amount(figures: str) -> Decimal | None:
    """壹佰貳拾萬, 1,200,000, 120萬, 3億5,000萬; None for anything else."""
    total, rest = Decimal(0), figures
    for match in re.finditer(r"([^萬万億亿]*)([萬万億亿])", figures):
        part = _below_myriad(match[1])
        if part is None:
            return None
        # 三億五千萬: 億 closes what stands before it, 萬 what stands since.
        total, rest = total + part * _MYRIADS[match[2]], figures[match.end() :]
    last = _below_myriad(rest) if rest else Decimal(0)
    return total + last if last is not None else None


def _below_myriad(text: str) -> Decimal | None:
    if re.fullmatch(r"[0-9][0-9,]*(?:\.\d+)?", text):
        return _decimal(text)
    total, digit, digits = 0, None, ""
    for char in text:
        if char in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[char]
            digit, digits = None, ""
        elif char in _DIGITS:
            digit, digits = _DIGITS[char], digits + str(_DIGITS[char])
        else:
            return None
    return Decimal(total + int(digits or 0)) if text and (len(digits.lstrip("0")) <= 1 or not total) else None


def _decimal(text: str) -> Decimal | None:
    if "," in text and not re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
