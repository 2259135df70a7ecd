"""What the archive knows of one file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """How the scan of a file ended."""

    CHECKED = "checked"
    REFUSED = "refused"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"


UNFINISHED = (Outcome.FAILED, Outcome.TIMED_OUT, Outcome.OUT_OF_MEMORY)  # another try may end otherwise


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the archive and the latest verdict on its content.

    path          absolute path or URL; bytes that are no UTF-8 are written \\xNN
    sha256        of the content; empty when the file could not be read at all
    size          bytes
    modified      ISO 8601, UTC; empty where the storage does not say
    exit_code     as `clausecheck check` would have ended (errors.py)
    reason        why there is no report, in Traditional Chinese; empty when checked
    advice        what to do about it
    duplicate_of  path of the file with the same content that was judged; None for that file itself
    present       the last scan of its folder found it
    scanned_at    when its content was judged, ISO 8601, UTC
    report        one element of "documents" of reports/report.schema.json; None unless checked
    """

    path: str
    sha256: str
    size: int
    modified: str
    outcome: Outcome
    exit_code: int
    reason: str
    advice: str
    duplicate_of: str | None
    present: bool
    scanned_at: str
    report: dict[str, Any] | None
