"""One file, judged: what a worker does, wherever it runs."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from clausecheck import __version__
from clausecheck.archive.entries import Outcome
from clausecheck.archive.packing import pack, unpack
from clausecheck.checker import Settings, check_document
from clausecheck.document import Document
from clausecheck.errors import ClausecheckError, LibraryError, UnreadableFileError
from clausecheck.findings import Report
from clausecheck.library import Library, load_library
from clausecheck.reports.json import to_json

_JUDGE_ONLY = frozenset({"organisation", "document", "has", "lacks"})
_SECRET = frozenset({"password", "passwords"})  # never written down


@dataclass(frozen=True)
class Job:
    """What all files of a run have in common.

    library      folder of the clause library, the same on every machine that takes part
    fingerprint  of that library: a worker that sees another one refuses to work
    """

    library: str
    fingerprint: str
    settings: Settings
    program_version: str = __version__


@dataclass(frozen=True)
class Task:
    """One content to be judged; of file, data and document exactly one is given.

    path      what the report calls the file
    file      local file
    data      the file's bytes, for a worker that sees no common storage
    document  packed Document: nothing is read again
    """

    path: str
    name: str
    sha256: str
    file: str | None = None
    data: bytes | None = None
    document: bytes | None = None

    def carried(self) -> Task:
        """The same with the file's bytes in it. Raises OSError."""
        return self if self.file is None else replace(self, file=None, data=Path(self.file).read_bytes())


@dataclass(frozen=True)
class Verdict:
    """What came of a task; the packed values are for the database.

    statuses  requirement -> status
    changed   the content was no longer that of the task: nothing of this holds
    """

    outcome: Outcome
    exit_code: int = 0
    reason: str = ""
    advice: str = ""
    statuses: str | None = None
    report: bytes | None = None
    document: bytes | None = None
    clauses: tuple[tuple[str, str, str], ...] = ()
    changed: bool = False


def settings_json(settings: Settings) -> str:
    """Settings that a verdict depends on; the same settings give the same text."""
    return _json({k: v for k, v in asdict(settings).items() if k not in _SECRET})


def reading_json(settings: Settings) -> str:
    """What the parsed text and its clauses depend on."""
    kept = {k: v for k, v in asdict(settings).items() if k not in _JUDGE_ONLY | _SECRET}
    return _json({**kept, "program_version": __version__})


def _json(values: dict[str, Any]) -> str:
    plain = {k: sorted(v) if isinstance(v, frozenset) else v for k, v in values.items()}
    return json.dumps(plain, sort_keys=True, ensure_ascii=False)


def judge(task: Task, job: Job) -> Verdict:
    """The verdict on one content; a fault of the file or of the program is a verdict, too.

    Raises LibraryError when library or program are not those of the job, and MemoryError.
    """
    library = _library(job)
    try:
        document = _document(task, job.settings)
        if task.sha256 not in ("", document.sha256):
            return Verdict(Outcome.FAILED, 3, f"「{task.name}」於掃描期間被修改", "請再次執行掃描", changed=True)
        report = check_document(document, path=task.path, library=library, settings=job.settings)
        return _checked(document, report, keep=task.document is None)
    except (LibraryError, MemoryError):
        raise
    except ClausecheckError as exc:
        return Verdict(Outcome.REFUSED, exc.exit_code, exc.message, exc.advice)
    except Exception as exc:  # one file must not cost the others their verdict
        reason = f"程式內部錯誤 {type(exc).__name__}"
        return Verdict(Outcome.FAILED, 70, reason, "請以 clausecheck --debug check 單獨檢核此檔，並回報維護人員")


def _library(job: Job) -> Library:
    library = load_library(job.library)
    if job.program_version != __version__:
        raise LibraryError(f"執行端之 clausecheck 版本為 {__version__}，與本機不同", "請於各執行端安裝相同版本")
    if library.fingerprint != job.fingerprint:
        raise LibraryError("條款庫於掃描期間有異動，或各執行端之條款庫不同", "請確認條款庫後再次執行掃描")
    return library


def _document(task: Task, settings: Settings) -> Document:
    if task.document is not None:
        return unpack_document(task.document)
    if task.file is not None:
        return read_document(task.file, settings)
    with tempfile.TemporaryDirectory(prefix="clausecheck-") as folder:  # for its owner alone
        return read_document(_written(Path(folder), task), settings)


def read_document(file: str | Path, settings: Settings) -> Document:
    """The document in a file, read as the settings say; raises ClausecheckError."""
    return settings.read(file)


def _written(folder: Path, task: Task) -> Path:
    file = folder / (os.path.basename(task.name) or "file")
    try:
        file.write_bytes(task.data or b"")
    except OSError as exc:
        raise UnreadableFileError(f"無法暫存「{task.name}」：{exc.strerror}", "請確認暫存空間") from exc
    return file


def _checked(document: Document, report: Report, *, keep: bool) -> Verdict:
    clauses = tuple((c.path, c.heading, c.text) for c in report.clauses)
    return Verdict(
        Outcome.CHECKED,
        statuses=json.dumps({f.id: str(f.status) for f in report.findings}),
        report=pack(to_json([report], program_version=report.program_version)["documents"][0]),
        document=pack_document(document) if keep else None,
        clauses=clauses if keep else (),
    )


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


def pack_document(document: Document) -> bytes:
    """The document as compressed JSON, nothing lost."""
    return pack(_adapter().dump_python(document))


def unpack_document(data: bytes) -> Document:
    """The document that `pack_document` was given."""
    return _adapter().validate_python(unpack(data))
