"""The small notation in which the sample texts are written, and its reader.

One line is one block:

    @header: words, @footer: words, @lang: zh|en, @size: points, @author: name = date   settings, before the text
    # words              title
    ## words             article, numbered 第一條 or 1.
    - words, -- words    items below it, numbered 一、（一） or 1.1 (a)
    | cell | cell |      table row; the first row of a table is its head
    === words            an annex: begins a page; its items are numbered anew from 一、 or 1.
    [box] words          text box (DOCX only)
    words                paragraph

and inside a line (DOCX only):

    {{fn|words}} footnote, {{field|words}} content control,
    {{+author|words}} tracked insertion, {{-author|words}} tracked deletion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_INLINE = re.compile(r"\{\{(?P<kind>fn\||field\||[+-][^|{}]+\|)(?P<text>[^{}]*)\}\}")
_DIGITS = "零一二三四五六七八九"
_PREFIXES = (
    ("## ", "article"),
    ("# ", "title"),
    ("-- ", "subitem"),
    ("- ", "item"),
    ("=== ", "annex"),
    ("[box] ", "box"),
)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line; kind is text, fn, field, insertion or deletion."""

    text: str
    kind: str = "text"
    author: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A block; kind is title, article, item, subitem, annex, box, text or table."""

    kind: str
    spans: tuple[Span, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        return "".join(s.text for s in self.spans)

    @property
    def inserted_by(self) -> str:
        """The author of a tracked insertion that covers the whole line, else empty."""
        only = self.spans[0] if len(self.spans) == 1 else Span("")
        return only.author if only.kind == "insertion" else ""


@dataclass(frozen=True)
class Source:
    """A sample text, read; `authors` are those of tracked changes with the time of their changes."""

    lines: tuple[Line, ...]
    header: str = ""
    footer: str = ""
    chinese: bool = True
    size: float = 11.0
    authors: dict[str, str] = field(default_factory=dict)


def read_source(text: str) -> Source:
    """Read one text in the notation above."""
    settings: dict[str, str] = {}
    authors: dict[str, str] = {}
    lines: list[Line] = []
    for raw in text.splitlines():
        if raw.startswith("@author:"):
            name, _, date = raw.removeprefix("@author:").partition("=")
            authors[name.strip()] = date.strip()
        elif raw.startswith("@"):
            name, _, value = raw[1:].partition(":")
            settings[name] = value.strip()
        elif raw.strip():
            _add(lines, raw.strip())
    return Source(
        tuple(lines),
        header=settings.get("header", ""),
        footer=settings.get("footer", ""),
        chinese=settings.get("lang") != "en",
        size=float(settings.get("size", "11")),
        authors=authors,
    )


def _add(lines: list[Line], raw: str) -> None:
    if raw.startswith("| "):
        row = tuple(c.strip() for c in raw.strip("|").split("|"))
        before = lines.pop().rows if lines and lines[-1].kind == "table" else ()
        lines.append(Line("table", rows=(*before, row)))
        return
    kind = next((k for p, k in _PREFIXES if raw.startswith(p)), "text")
    words = next((raw.removeprefix(p) for p, k in _PREFIXES if k == kind), raw)
    lines.append(Line(kind, _spans(words)))


def _spans(words: str) -> tuple[Span, ...]:
    spans, at = [], 0
    for match in _INLINE.finditer(words):
        spans.append(Span(words[at : match.start()]))
        spans.append(_marked(match["kind"].rstrip("|"), match["text"]))
        at = match.end()
    spans.append(Span(words[at:]))
    return tuple(s for s in spans if s.text)


def _marked(kind: str, text: str) -> Span:
    if kind[0] in "+-":
        return Span(text, "insertion" if kind[0] == "+" else "deletion", kind[1:])
    return Span(text, kind)


class Numbers:
    """The numbers of articles and items, for output that has no automatic numbering."""

    def __init__(self, chinese: bool) -> None:
        self._chinese = chinese
        self._counts = [0, 0, 0]
        self._in_annex = False

    def label(self, kind: str) -> str:
        """The number before a line of this kind, with its blank; empty for lines without one."""
        if kind == "annex":
            self._in_annex, self._counts = True, [0, 0, 0]
        levels = {"article": 0, "item": 1, "subitem": 2}
        if kind not in levels:
            return ""
        level = levels[kind]
        self._counts[level] += 1
        self._counts[level + 1 :] = [0] * (2 - level)
        return self._chinese_label(level) if self._chinese else self._english_label(level)

    def _chinese_label(self, level: int) -> str:
        figure = chinese_figure(self._counts[level])
        return (f"第{figure}條　", f"{figure}、", f"（{figure}）")[level]

    def _english_label(self, level: int) -> str:
        article, item, subitem = self._counts
        above = "" if self._in_annex else f"{article}."
        return (f"{article}. ", f"{above}{item} ", f"({chr(96 + subitem)}) ")[level]


def chinese_figure(number: int) -> str:
    """1..99 in Chinese figures."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _DIGITS[tens] + "十")
    return head + (_DIGITS[ones] if ones else "")
