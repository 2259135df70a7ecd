"""Text from a contract made safe to show: no control codes, no reversed runs, no broken characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Bidirectional controls let a file name read backwards; U+FFFE, U+FFFF and lone surrogates are no XML.
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

# What no line break parts: a Latin word, a character with its brackets and closing marks.
WORDS = re.compile(r" +|[（「『《〈【]*(?:[!-~]+|[^ ])[，。、；：？！）」』》〉】]* *")


def clean(text: str) -> str:
    """The text without what a terminal obeys or a file format forbids; lines end with a line feed."""
    return _UNFIT.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean(text).split())


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, the last one an ellipsis when something was cut."""
    return text if len(text) <= limit else text[: max(0, limit - 1)] + "…"


def char_width(char: str) -> int:
    """Columns of a character in a Chinese font: 2 for wide and ambiguous ones, 0 for combining marks."""
    if char < "\x7f":
        return 1
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def wrapped(text: str, columns: int, measure: Callable[[str], int]) -> list[str]:
    """The text of one line in lines of at most `columns`, as `measure` counts; Chinese breaks anywhere."""
    lines, line = list[str](), ""
    for word in WORDS.findall(text):
        if line and measure((line + word).rstrip()) > columns:
            lines.append(line.rstrip())
            line = ""
        while measure(word.rstrip()) > columns and len(word) > 1:
            fits = next((n for n in range(len(word) - 1, 1, -1) if measure(word[:n]) <= columns), 1)
            lines.append(word[:fits])
            word = word[fits:]
        line += word
    return [*lines, line.rstrip()]
