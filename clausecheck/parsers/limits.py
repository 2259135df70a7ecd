"""How much one file may cost: every limit of reading, in one place.

What goes beyond a limit is refused with a word on how to raise it; nothing is ever cut off.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from clausecheck.errors import UnreadableFileError

MEGABYTE = 1 << 20
MAX_MEMBERS = 20_000  # of a ZIP package
MAX_RATIO = 250  # unpacked to packed size of a member
RATIO_FROM = 8 * MEGABYTE  # a small member may compress as well as it likes
_BYTES_A_CHAR = 32  # of XML: markup weighs far more than its words
_MEASURE_EVERY = 500  # calls between two looks at the memory
_SPLIT = "請分割檔案後再檢核"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file.

    file_mb    size in MiB; a ZIP package (DOCX, ODT) may unpack to twice as much
    pages      pages of a PDF
    chars      characters of text, automatic numbers included
    cells      cells of all tables
    seconds    time for reading; the command line allows as much for the whole check of the file
    memory_mb  growth of the process in MiB while it reads (not measured on Windows)
    """

    file_mb: int = 200
    pages: int = 3_000
    chars: int = 2_000_000
    cells: int = 200_000
    seconds: float = 300.0
    memory_mb: int = 3_000

    @property
    def unpacked(self) -> int:
        """Bytes to which a package may unpack."""
        return 2 * self.file_mb * MEGABYTE

    @property
    def part(self) -> int:
        """Bytes of one XML part."""
        return max(_BYTES_A_CHAR * self.chars, MEGABYTE)


DEFAULTS = Limits()


def too_long(name: str, seconds: float) -> UnreadableFileError:
    """The file takes longer than the time limit."""
    advice = "檔案可能異常；確認為正常契約後，可用 --time-limit 放寬，或分割檔案"
    return UnreadableFileError(f"「{name}」的處理超過 {seconds:g} 秒，已停止", advice)


def too_much_memory(name: str) -> UnreadableFileError:
    """The file takes more memory than it may."""
    return UnreadableFileError(
        f"「{name}」所需的記憶體過多，已停止讀取", "檔案可能異常；請以原程式另存新檔，或分割檔案"
    )


@dataclass
class Budget:
    """What reading one file has used so far. Every method raises UnreadableFileError beyond the limits."""

    name: str
    limits: Limits = DEFAULTS
    chars: int = 0
    cells: int = 0
    _calls: int = 0
    _memory: float = field(default_factory=lambda: resident_mb())
    _began: float = field(default_factory=time.monotonic)

    def spend(self, chars: int = 0, cells: int = 0) -> None:
        """Count what was read, and look at the clock."""
        self.chars += chars
        self.cells += cells
        if self.chars > self.limits.chars:
            advice = f"{_SPLIT}，或用 --max-chars 放寬"
            raise UnreadableFileError(f"「{self.name}」的文字超過 {self.limits.chars:,} 字，已停止讀取", advice)
        if self.cells > self.limits.cells:
            raise UnreadableFileError(f"「{self.name}」的表格超過 {self.limits.cells:,} 格，已停止讀取", _SPLIT)
        self.look()

    def check_pages(self, pages: int) -> None:
        """Refuse more pages than are allowed."""
        if pages > self.limits.pages:
            message = f"「{self.name}」共 {pages:,} 頁，超過上限 {self.limits.pages:,} 頁"
            raise UnreadableFileError(message, f"{_SPLIT}，或用 --max-pages 放寬")

    def look(self) -> None:
        """Look at the clock and, now and then, at the memory."""
        if self.left <= 0:
            raise too_long(self.name, self.limits.seconds)
        self._calls += 1
        if self._calls % _MEASURE_EVERY == 0 and resident_mb() - self._memory > self.limits.memory_mb:
            raise too_much_memory(self.name)

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return self._began + self.limits.seconds - time.monotonic()


def resident_mb() -> float:
    """Memory of this process in MiB; its peak where the present is not told, 0 where neither is."""
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[1])
    except (OSError, ValueError, IndexError):
        return _peak_mb()
    import resource

    return pages * resource.getpagesize() / MEGABYTE


def _peak_mb() -> float:
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE  # macOS, the only one left, counts bytes
