"""One case: a sample, spoiled, read in a folder of its own, with an eye on what is written meanwhile."""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from clausecheck.checker import Settings, check_document
from clausecheck.errors import ClausecheckError
from clausecheck.parsers import parse
from tests.fuzz.mutations import MUTATIONS, mutated

SAMPLES = Path(__file__).parents[2] / "sample_contracts"
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_written: list[str] = []
_watching: list[str] = []


@dataclass(frozen=True)
class Outcome:
    """What became of a case: `read`, the name of a refusal, or a fault with its traceback; seconds of processor."""

    seed: int
    sample: str
    mutation: str
    result: str
    fault: str = ""
    seconds: float = 0.0


def samples() -> list[Path]:
    """The contracts that are spoiled, in a fixed order."""
    found = [*SAMPLES.iterdir(), *(SAMPLES / "texts").iterdir()]
    return sorted(p for p in found if p.suffix in MUTATIONS and p.name != "README.md")


def run_case(seed: int, checked_share: float = 0.0, library: Path | None = None) -> Outcome:
    """Reads (and, for a share of the cases, checks) the case of this number; nothing is raised."""
    rng = random.Random(seed)
    sample = rng.choice(samples())
    mutation, data = mutated(rng, sample.suffix, sample.read_bytes())
    blank = Outcome(seed, sample.name, mutation, "")
    began = time.process_time()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        path = Path(folder) / f"case{sample.suffix}"
        path.write_bytes(data)
        outcome = _watched(path, blank, rng.random() < checked_share, library)
        strange = sorted(set(os.listdir(folder)) - {path.name})
        if strange or path.read_bytes() != data:
            outcome = replace(outcome, result="wrote", fault=f"in the folder of the file: {strange}")
    return replace(outcome, seconds=time.process_time() - began)


def _watched(path: Path, blank: Outcome, checked: bool, library: Path | None) -> Outcome:
    _watch()
    _written.clear()
    _watching.append(str(path))
    try:
        document = parse(path, ocr="never")  # which would take seconds a page and change nothing that is tested
        for block in document.blocks:
            if document.text[block.start : block.end] != block.text:
                return replace(blank, result="offsets", fault=f"block at {block.start}")
        if checked:
            check_document(document, library=library, settings=Settings())
        outcome = replace(blank, result="checked" if checked else "read")
    except ClausecheckError as refusal:
        whole = path.name in refusal.message and bool(refusal.advice)
        outcome = replace(blank, result=type(refusal).__name__, fault="" if whole else f"no name or advice: {refusal}")
    except Exception:
        outcome = replace(blank, result="crash", fault=traceback.format_exc())
    finally:
        _watching.clear()
    return replace(outcome, result="wrote", fault=f"{_written}") if _written else outcome


def _watch() -> None:
    """From the first case on, notes every file that is opened for writing, every process and connection."""
    if not getattr(sys, "_clausecheck_watch", False):
        sys._clausecheck_watch = True  # type: ignore[attr-defined]
        sys.dont_write_bytecode = True
        sys.addaudithook(_note)


def _note(event: str, args: tuple[Any, ...]) -> None:
    if not _watching:
        return
    if event == "open":
        path, mode, flags = args
        writes = (isinstance(mode, str) and set(mode) & set("wax+")) or (mode is None and flags & _WRITING)
        if writes and str(path) != os.devnull:
            _written.append(f"{event} {path}")
    elif event in ("subprocess.Popen", "os.system", "os.exec", "os.remove", "os.rename", "os.mkdir", "socket.connect"):
        _written.append(f"{event} {args[0]}")
