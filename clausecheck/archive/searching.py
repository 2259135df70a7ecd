"""Full text over the clauses of an archive; Traditional and Simplified writing find each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from clausecheck.archive.state import Archive
from clausecheck.reports.safe import clean, one_line
from clausecheck.text import canonical

_WORDS = re.compile(r'"([^"]+)"|「([^」]+)」|(\S+)')
_INDEXED = 3  # characters from which on the trigrams find a word
_AROUND = 40  # characters shown on either side of what was found
_FROM = """
FROM files f JOIN contexts x ON x.key = f.context
JOIN clauses c ON c.sha256 = f.sha256 AND c.suffix = f.suffix AND c.reading = x.reading
WHERE f.present AND {where}
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that holds every word; `found` is the span of the first of them in `excerpt`."""

    path: str
    clause: str
    heading: str
    excerpt: str
    found: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hits:
    """The first hits in the order of files and clauses, and how many there are in all."""

    shown: tuple[Hit, ...]
    clauses: int
    files: int


def words_of(query: str) -> list[str]:
    """The words that must all occur; what stands in quotation marks is one word."""
    found = (next(g for g in m.groups() if g) for m in _WORDS.finditer(clean(query)))
    return [w for raw in found if (w := canonical(raw).text.strip())]


def search(archive: Archive, words: list[str], *, limit: int = 50) -> Hits:
    """Clauses of the files that are there, in which every word occurs."""
    spellings = [_spellings(w) for w in words]
    where, values = _condition(spellings)
    source = _FROM.format(where=where)
    cursor = archive.connection.cursor()
    clauses, files = cursor.execute(f"SELECT count(*), count(DISTINCT f.path) {source}", values).fetchone()
    rows = cursor.execute(
        f"SELECT f.path, c.path, c.heading, c.text {source} ORDER BY f.path, c.ordinal LIMIT ?", [*values, limit]
    )
    return Hits(tuple(_hit(p, c, h, t, spellings) for p, c, h, t in rows), clauses, files)


def _condition(spellings: list[tuple[str, ...]]) -> tuple[str, list[str]]:
    """SQL and its values; every value is bound, and quoted for the index, so that no query is read as syntax."""
    indexed = [s for s in spellings if all(len(w) >= _INDEXED for w in s)]
    parts, values = [], list[str]()
    if indexed:
        parts.append("c.id IN (SELECT rowid FROM clause_search WHERE clause_search MATCH ?)")
        values.append(" AND ".join(f"({' OR '.join(map(_quoted, s))})" for s in indexed))
    for short in (s for s in spellings if s not in indexed):
        parts.append(f"({' OR '.join(_LIKE for _ in short)})")
        values += [v for w in short for v in [_pattern(w)] * 2]
    return " AND ".join(parts), values


_LIKE = "c.text LIKE ? ESCAPE '\\' OR c.heading LIKE ? ESCAPE '\\'"


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _pattern(word: str) -> str:
    return "%" + re.sub(r"([\\%_])", r"\\\1", word) + "%"


def _spellings(word: str) -> tuple[str, ...]:
    """The word itself and its other script."""
    return tuple(dict.fromkeys([word, *(c.convert(word) for c in _converters())]))


@lru_cache(maxsize=1)
def _converters() -> tuple[Any, ...]:
    from opencc import OpenCC

    return OpenCC("t2s"), OpenCC("s2t"), OpenCC("s2tw")


def _hit(path: str, clause: str, heading: str, text: str, spellings: list[tuple[str, ...]]) -> Hit:
    line = one_line(text)
    low = line.lower()
    found = [(at, len(w)) for s in spellings for w in s if (at := low.find(w.lower())) >= 0]
    at, length = min(found, default=(0, 0))
    start, end = max(0, at - _AROUND), min(len(line), at + length + _AROUND)
    head, tail = "…" if start else "", "…" if end < len(line) else ""
    first = len(head) + at - start
    return Hit(path, clause, heading, f"{head}{line[start:end]}{tail}", (first, first + length))
