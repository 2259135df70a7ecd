"""When contracts end and whether they go on; pure."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

_AUTOMATIC = re.compile(
    r"(?<![不非無未无])(?<!不得)(?:自動|自动)(?:續|延|展|续|更新)"
    r"|未[^。；;]{0,30}表示不(?:再)?(?:續|续)[約訂簽约订签][^。；;]{0,20}(?:續|延|展|续)"
    r"|\b(?:automatically|successive)\b",
    re.IGNORECASE,
)
_NOT_AUTOMATIC = re.compile(
    r"(?:不|非|無|未)(?:得)?(?:自動|自动)|\b(?:not|no)\b[^.;]{0,20}\b(?:automatic\w*|renew\w*)", re.IGNORECASE
)


class Renewal(StrEnum):
    """What a contract says of its renewal."""

    AUTOMATIC = "自動續約"
    AGREED = "有約定，見原文"
    UNSTATED = "未載明"


class Due(StrEnum):
    """How far off the end of a contract is."""

    PAST = "已過迄日"
    MONTH = "30 日內"
    QUARTER = "90 日內"
    HALF_YEAR = "180 日內"
    YEAR = "365 日內"
    LATER = "逾 365 日"
    UNKNOWN = "未載明"


_LIMITS = ((0, Due.PAST), (31, Due.MONTH), (91, Due.QUARTER), (181, Due.HALF_YEAR), (366, Due.YEAR))


def renewal_of(words: str) -> Renewal:
    """Automatic only where the words plainly say so."""
    if not words:
        return Renewal.UNSTATED
    automatic = _AUTOMATIC.search(words) and not _NOT_AUTOMATIC.search(words)
    return Renewal.AUTOMATIC if automatic else Renewal.AGREED


def days_left(end: str, today: date) -> int | None:
    """Days from `today` to the last day (ISO); 0 on the last day itself, None where it is unknown."""
    try:
        return (date.fromisoformat(end) - today).days
    except ValueError:
        return None


def due(days: int | None) -> Due:
    """The group of so many days."""
    if days is None:
        return Due.UNKNOWN
    return next((group for limit, group in _LIMITS if days < limit), Due.LATER)
