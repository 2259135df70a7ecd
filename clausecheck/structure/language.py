"""The language of a contract."""

from __future__ import annotations

import re
from typing import Literal

from clausecheck.text import HAN

HAN_SHARE = 0.15
_LATIN = re.compile("[A-Za-z]")


def language_of(text: str) -> Literal["zh", "en"]:
    """zh when Chinese characters make up more than a small share of the letters."""
    han = len(HAN.findall(text))
    latin = len(_LATIN.findall(text))
    return "en" if han <= HAN_SHARE * (han + latin) and latin else "zh"
