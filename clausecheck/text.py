"""Canonical text and the map back to the source; pure.

Files write the same words in many ways: Kangxi radicals out of PDF fonts, full-width letters,
half-width punctuation between Chinese characters, stray blanks. `canonical` makes one form of
them and remembers for each character where it stood.

Blanks keep their meaning: one blank between two Chinese characters is a stray and goes, a wider
gap stays as one ideographic space, because 「民國　　年」 is a value left to be filled in.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

WIDE_BLANK = "\u3000"

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\u3007\U00020000-\U0003ffff"
_CJK = _HAN + "，。、；：？！（）「」『』《》〈〉【】"
HAN = re.compile(f"[{_HAN}]")

# CJK Radicals Supplement characters that PDF fonts show in place of the whole character; NFKC
# knows the Kangxi block alone.
_RADICALS = str.maketrans(
    "⺟⺠⺡⺩⺼⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻭⻯",
    "母民水玉肉虎西見角貝車長長門青韋頁風飛食馬骨鬼魚鳥麥黃齊齒龍",
)
_DROPPED = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f\ufffe\uffff\ud800-\udfff]")
_WIDE_PUNCTUATION = {
    ",": "，",
    ";": "；",
    ":": "：",
    "?": "？",
    "!": "！",
    "(": "（",
    ")": "）",
    "﹐": "，",
    "﹔": "；",
    "﹕": "：",
}
_FOLDED_BLOCKS = (
    (0x2F00, 0x2FDF),  # Kangxi radicals
    (0xF900, 0xFAFF),  # CJK compatibility ideographs
    (0x2F800, 0x2FA1F),
    (0xFF10, 0xFF19),  # full-width digits and letters
    (0xFF21, 0xFF3A),
    (0xFF41, 0xFF5A),
    (0xFB00, 0xFB06),  # Latin ligatures
    (0x2160, 0x217F),  # Roman numerals
    (0x3220, 0x3243),  # ㈠ and the like
    (0x2474, 0x2487),  # ⑴
    (0x249C, 0x24B5),  # ⒜
    (0x2488, 0x249B),  # ⒈
    (0xFE50, 0xFE6B),  # small forms
)
_SINGLES = {"％": "%", "＿": "_", "／": "/", "－": "-", "．": ".", "＋": "+", "＝": "=", "＆": "&", "＠": "@",
            "＃": "#", "｜": "|", "～": "~", "‐": "-", "‑": "-", "﹣": "-", "·": "・", "‧": "・",
            "•": "・"}  # fmt: skip
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000\v\f\x1c-\x1f\x85]+")
_BESIDE_HAN = re.compile(f"[{_CJK}]")


@dataclass(frozen=True, slots=True)
class Canonical:
    """Canonical text; `offsets[i]` is the index in the source of the character behind `text[i]`."""

    text: str
    offsets: tuple[int, ...]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source behind `text[start:end]`."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else 0
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1


def canonical(source: str) -> Canonical:
    """The canonical form of a piece of text without line structure; line breaks count as blanks."""
    pairs = _fold_characters(source)
    pairs = _widen_punctuation(pairs)
    pairs = _fold_blanks(pairs)
    return Canonical("".join(c for c, _ in pairs), tuple(i for _, i in pairs))


def canonical_text(source: str) -> str:
    """The canonical form alone."""
    return canonical(source).text


def _fold_characters(source: str) -> list[tuple[str, int]]:
    if "".join(map(_fold_character, source)) == source:
        return [(char, index) for index, char in enumerate(source)]
    return [(piece, index) for index, char in enumerate(source) for piece in _fold_character(char)]


@lru_cache(maxsize=1 << 16)
def _fold_character(char: str) -> str:
    if char < "\x7f" and char >= " ":
        return char
    if char in "\r\n\u2028\u2029":
        return " "
    if _DROPPED.match(char) or (unicodedata.category(char) == "Cc" and not _BLANKS.match(char)):
        return ""
    if char in _SINGLES:
        return _SINGLES[char]
    code = ord(char)
    if any(low <= code <= high for low, high in _FOLDED_BLOCKS):
        return unicodedata.normalize("NFKC", char)
    return char.translate(_RADICALS)


def _fold_blanks(pairs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    text = "".join(c for c, _ in pairs)
    out: list[tuple[str, int]] = []
    at = 0
    for match in _BLANKS.finditer(text):
        out += pairs[at : match.start()]
        at = match.end()
        before = text[match.start() - 1] if match.start() else ""
        after = text[at] if at < len(text) else ""
        if before and after:
            blank = _blank_between(before, after, match.group())
            if blank:
                out.append((blank, pairs[match.start()][1]))
    return out + pairs[at:]


def _blank_between(before: str, after: str, run: str) -> str:
    wide = len(run) > 1 or WIDE_BLANK in run
    both = bool(_BESIDE_HAN.match(before)) and bool(_BESIDE_HAN.match(after))
    if both:
        return WIDE_BLANK if wide else ""
    return WIDE_BLANK if wide and (_BESIDE_HAN.match(before) or _BESIDE_HAN.match(after)) else " "


def _widen_punctuation(pairs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    chars = [c for c, _ in pairs]
    if _WIDE_PUNCTUATION.keys().isdisjoint(chars):
        return pairs
    for i, char in enumerate(chars):
        wide = _WIDE_PUNCTUATION.get(char)
        if wide and _stands_in_chinese(chars, i):
            chars[i] = wide
    return [(c, index) for c, (_, index) in zip(chars, pairs, strict=True)]


def _stands_in_chinese(chars: list[str], i: int) -> bool:
    before = next((c for c in reversed(chars[max(0, i - 2) : i]) if c != " "), "")
    after = next((c for c in chars[i + 1 : i + 3] if c != " "), "")
    if chars[i] in "()":
        return _bracket_in_chinese(chars, i)
    if chars[i] in ",:" and before.isdigit() and after.isdigit():
        return False
    return bool(HAN.match(before)) or bool(HAN.match(after))


def _bracket_in_chinese(chars: list[str], i: int) -> bool:
    """A bracket is Chinese when its content or its neighbours are."""
    if chars[i] == "(":
        close = next((j for j in range(i + 1, min(len(chars), i + 60)) if chars[j] == ")"), None)
        inside = chars[i + 1 : close] if close else chars[i + 1 : i + 2]
        outside = chars[max(0, i - 1) : i]
    else:
        opened = next((j for j in range(i - 1, max(-1, i - 60), -1) if chars[j] in "(（"), None)
        if opened is not None:
            return chars[opened] == "（"
        inside, outside = chars[max(0, i - 1) : i], []
    return any(HAN.match(c) for c in inside) or any(HAN.match(c) for c in outside)
