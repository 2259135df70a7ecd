"""Which enumerators are numbers of clauses: those that fit into the sequence before them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from clausecheck.structure.numbering import STRONG, Enumerator
from clausecheck.text import HAN

Value = tuple[int, ...]

# How well a number fits, best first.
NEXT, START, RESUME, GAP, LOOSE, NO = range(6)
MAX_GAP = 4

_RUNNING_SURE = re.compile(
    r"(?:所(?!有)|之(?!特約)|第[一二三四五六七八九十百\d]+[條項款目]|規定|約定(?!事項)|及(?!時)|或|、|"
    r"，|。|；|至第|等|但|前段|後段|本文|者|[項款])"
)
_RUNNING_MAYBE = re.compile(r"(?:終止|解除|與|辦理|為|應|得|提|而|以|定|準用|情形|請求)")
_RUNNING_EN = re.compile(
    r"[a-z,;)&]|\((?![A-Z])|\([A-Z]\w*[ \w]*\)[,;\u037e]|\.\s+[a-z]|(?:and|or|of|hereof|above|below)\b"
)
_UNIT = re.compile(r"(?:[%％‰倍個年月日時分秒元萬億千百台臺件次人名份項款條天週周吋]|[A-Za-z]{1,2}(?![A-Za-z]))")
_MEASURE = re.compile(
    r"(?:個?(?:小時|工作[日天]|營業日|月[內以]|年[內以]|日[內以])|分鐘|倍|[萬億千百]?元|公[分斤尺]|[GMTK]B\b|[%％‰])"
)
_NUMERIC_PARENTS = (
    "article",
    "section",
    "part",
    "chapter",
    "arabic_dot",
    "arabic_dun",
    "arabic_bare",
    "han_dun",
    "legal_dun",
    "upper_roman_dot",
    "upper_dot",
)


@dataclass(slots=True)
class Open:
    """A clause whose sub-clauses or successors may still come; `level` is that of Word's list."""

    kind: str
    value: Value
    clause: int
    headed: bool = False
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of the line that begins with the number.

    automatic  Word made the number
    headed     a heading follows it
    unfinished the line before broke off within a sentence
    gap        a blank, a bracket or nothing follows the number
    """

    rest: str
    automatic: bool = False
    headed: bool = False
    unfinished: bool = False
    gap: bool = False
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """A way to read the line: how well, and how many open clauses stay open above it."""

    rank: int
    depth: int
    enumerator: Enumerator


@dataclass(slots=True)
class Scope:
    """The open clauses of the main text or of one annex, outermost first."""

    ranks: dict[str, float] = field(default_factory=lambda: dict[str, float](STRONG))
    stack: list[Open] = field(default_factory=list)
    last: dict[str, Value] = field(default_factory=dict)
    above: dict[str, set[str]] = field(default_factory=dict)

    def fit(self, found: list[Enumerator], line: Line) -> Fit | None:
        """The best reading of the line as a clause, or None when it is running text."""
        fits = [f for e in found if (f := self._fit(e, line)).rank < NO]
        return min(fits, key=lambda f: (f.rank, -f.depth)) if fits else None

    def push(self, fit: Fit, clause: int, line: Line) -> int | None:
        """Open a clause; returns the clause above it."""
        del self.stack[fit.depth :]
        parent = self.stack[-1].clause if self.stack else None
        kind = fit.enumerator.kind
        self.above.setdefault(kind, set()).update(o.kind for o in self.stack)
        self.stack.append(Open(kind, fit.enumerator.value, clause, line.headed, line.level))
        self.last[kind] = fit.enumerator.value
        return parent

    def _fit(self, e: Enumerator, line: Line) -> Fit:
        if is_running(e, line):
            return Fit(NO, 0, e)
        if e.kind.startswith("decimal"):
            rank, depth = self._decimal(e, line)
        else:
            rank, depth = self._single(e, line)
        if rank == NO and line.automatic:
            rank, depth = LOOSE, self._depth_for(e)
        if (
            line.unfinished
            and not line.automatic
            and rank not in (NEXT, NO)
            and not (e.kind in self.ranks and line.headed)
        ):
            rank = NO
        return Fit(rank, depth, e)

    def _single(self, e: Enumerator, line: Line) -> tuple[int, int]:
        same = [i for i, o in enumerate(self.stack) if o.kind == e.kind and not _levels_differ(o, line)]
        following = [i for i in same if follows(self.stack[i].value, e.value)]
        if following:
            alike = [i for i in following if self.stack[i].headed == line.headed]
            return NEXT, (alike or following)[-1]
        if same:
            return self._again(e, line, same[-1])
        return self._afresh(e, line)

    def _again(self, e: Enumerator, line: Line, at: int) -> tuple[int, int]:
        """The style is in use but the number is not the next one: a new list, a repeated or a lost number."""
        opened = self.stack[at]
        if e.value == (1,):
            nested = opened.headed and not line.headed and e.kind not in ("article", "section")
            return START, len(self.stack) if nested else at
        step = e.value[0] - opened.value[0]
        if (step > 0 or line.headed) and 0 <= step <= MAX_GAP and (e.kind not in self.ranks or line.headed):
            return GAP, at
        return (LOOSE, at) if e.kind in self.ranks and line.headed and step > 0 and line.gap else (NO, 0)

    def _afresh(self, e: Enumerator, line: Line) -> tuple[int, int]:
        depth = self._depth_for(e)
        if e.kind == "arabic_bare" and self.stack:
            return NO, 0
        if e.value in ((1,), (0,)):
            return START, depth
        last = self.last.get(e.kind)
        if last and follows(last, e.value):
            return RESUME, depth
        if e.kind in self.ranks and line.headed and (last is None or e.value > last):
            return LOOSE, depth
        return NO, 0

    def _decimal(self, e: Enumerator, line: Line) -> tuple[int, int]:
        at = next((i for i in reversed(range(len(self.stack))) if self.stack[i].kind == e.kind), None)
        if at is not None and follows(self.stack[at].value, e.value):
            return NEXT, at
        parent = self._parent_of(e.value, e.kind)
        if parent is not None and (e.value[-1] <= 1 + MAX_GAP or at is not None):
            return (START if e.value[-1] <= 1 else GAP), parent + 1
        if at is not None:
            last = self.stack[at].value
            fresh = e.value[-1] <= 1 and e.value[:-1] > last[:-1] and e.value[0] - last[0] <= MAX_GAP
            near = e.value[:-1] == last[:-1] and (0 if line.headed else 1) <= e.value[-1] - last[-1] <= MAX_GAP
            return (GAP, at) if fresh or near else (NO, 0)
        if e.value[-1] <= 1 and (line.gap or line.headed):
            return START, self._depth_for(e)
        return NO, 0

    def _parent_of(self, value: Value, kind: str) -> int | None:
        """Index of the open clause that bears the first figures: 3 or 3.1 for 3.1.2."""
        for i in reversed(range(len(self.stack))):
            opened = self.stack[i]
            if (
                opened.value == value[:-1]
                and opened.kind != kind
                and (opened.kind.startswith("decimal") or opened.kind in _NUMERIC_PARENTS)
            ):
                return i
        return None

    def _depth_for(self, e: Enumerator) -> int:
        """How many open clauses stay above a style that is not in use."""
        depth = len(self.stack)
        rank = self.ranks.get(e.kind)
        while depth:
            top = self.stack[depth - 1]
            if rank is not None:
                keeps = self.ranks.get(top.kind, 99) < rank
            else:
                keeps = e.kind not in self.above.get(top.kind, ()) or top.kind in self.above.get(e.kind, ())
            if keeps:
                break
            depth -= 1
        return depth


def follows(last: Value, value: Value) -> bool:
    """`value` is the number after `last`: 4 or 3之一 after 3, 1.3 after 1.2."""
    if len(value) == len(last):
        return value[:-1] == last[:-1] and value[-1] == last[-1] + 1
    if len(value) == len(last) + 1:
        return value == (*last, 1)
    return len(value) + 1 == len(last) and value[-1] == last[-2] + 1


def _levels_differ(opened: Open, line: Line) -> bool:
    return (
        opened.level is not None and line.level is not None and opened.level != line.level and opened.kind not in STRONG
    )


def is_running(e: Enumerator, line: Line) -> bool:
    """The words after the number show that it is none."""
    if line.automatic:
        return False
    rest = line.rest
    if e.label[:1] == "第":
        return _is_running_chinese(line)
    if e.is_strong or e.label[:1] in "SC§":
        return bool(rest) and bool(_RUNNING_EN.match(rest))
    if e.kind == "arabic_bare" and HAN.match(rest) and (not line.headed or _UNIT.match(rest)):
        return True
    if e.label[:1].isdigit():
        if not any(c.isalpha() for c in rest) and rest and rest[0] not in "[【＿_":
            return True
        return e.kind.startswith("decimal") and bool((_MEASURE if line.gap else _UNIT).match(rest))
    return False


def _is_running_chinese(line: Line) -> bool:
    if line.gap and line.headed:
        return False
    if _RUNNING_SURE.match(line.rest):
        return True
    return line.unfinished and (bool(_RUNNING_MAYBE.match(line.rest)) or not line.headed)


_CLOSED = re.compile(r"[。；;：:.!?！？」』）)】\]_＿…]\s*$|[;,；，]\s*(?:and|or|及|或|與|並)\s*$")
_OPEN_END = re.compile(
    r"(?:[、，依及或與之於]|第|\b(?:and|or|of|in|the|to|under|with|by|for|that|this|Section|Article|"
    r"Clause|Exhibit))\s*$"
)
WIDTH = 44


def is_unfinished(text: str, next_heads: bool, wrapped: bool) -> bool:
    """The line breaks off within a sentence.

    A long line without a final mark does so in a text with fixed lines (`wrapped`), unless a heading follows.
    """
    text = text.rstrip()
    if not text or _CLOSED.search(text):
        return False
    if _OPEN_END.search(text):
        return True
    return wrapped and not next_heads and sum(2 if HAN.match(c) else 1 for c in text) > WIDTH
