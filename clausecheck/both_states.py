"""One contract in both states of its tracked changes: read, judged, compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Protocol

from clausecheck.document import Contract, Document, Notice
from clausecheck.errors import NoTextError
from clausecheck.findings import Finding, Report
from clausecheck.parsers import Changes
from clausecheck.redlines import Judged, Keys, turned_by
from clausecheck.together import join_documents

_WITH_CHANGES = frozenset({"docx", "doc", "odt", "rtf"})  # formats that can hold tracked changes
_UNCHANGED = "no-tracked-changes"


class Read(Protocol):
    """Reads a file in one state, without some of its changes."""

    def __call__(self, path: str, changes: Changes, without: Set[str] = ...) -> Document: ...


Judge = Callable[[Document], tuple[Report, Contract]]


@dataclass(frozen=True)
class _Files:
    """The files of one contract, main contract first."""

    paths: Sequence[str]
    read: Read

    def one(self, index: int, changes: Changes, without: Set[str] = frozenset()) -> Document:
        """One file; the keys of its changes say which file they are of."""
        document = self.read(self.paths[index], changes, without)
        return replace(document, changes=tuple(replace(c, key=f"{index}/{c.key}") for c in document.changes))

    def original(self, accepted: Sequence[Document]) -> list[Document]:
        """The state before the changes; nothing of a file that was inserted whole."""
        found = []
        for index, document in enumerate(accepted):
            try:
                found.append(self.one(index, "original") if document.format in _WITH_CHANGES else document)
            except NoTextError:
                continue
        return found


def check_states(paths: Sequence[str], read: Read, judge: Judge) -> Report:
    """The report on the accepted state, with the requirements that the tracked changes turn."""
    files = _Files(paths, read)
    accepted = [files.one(i, "accepted") for i in range(len(paths))]
    original = files.original(accepted)
    noted = [replace(d, notices=(*d.notices, *_unchanged(d))) for d in accepted]
    report, contract = judge(_joined(noted))
    report = replace(report, changes="both")
    if not original:
        notice = Notice("no-former-text", "修訂前沒有文字（全文為新增），無從比較修訂前後")
        return replace(report, notices=(*report.notices, notice))
    if not any(d.changes for d in accepted) and [d.text for d in original] == [d.text for d in accepted]:
        return report
    former, former_contract = judge(_joined(original))
    rejudge = _rejudge(files, accepted, judge) if all(d.format == "docx" for d in accepted if d.changes) else None
    before, after = Judged(former_contract, former.findings), Judged(contract, report.findings)
    return replace(report, turned=turned_by(after, before, rejudge))


def _rejudge(files: _Files, accepted: Sequence[Document], judge: Judge) -> Callable[[Keys], tuple[Finding, ...]]:
    def findings(keys: Keys) -> tuple[Finding, ...]:
        documents = list(accepted)
        for index in {int(k.partition("/")[0]) for k in keys}:
            mine = {k.partition("/")[2] for k in keys if k.startswith(f"{index}/")}
            documents[index] = files.one(index, "accepted", mine)
        return judge(_joined(documents))[0].findings

    return findings


def _joined(documents: Sequence[Document]) -> Document:
    return documents[0] if len(documents) == 1 else join_documents(documents)


def _unchanged(document: Document) -> tuple[Notice, ...]:
    if document.changes:
        return ()
    if document.format in _WITH_CHANGES:
        return (Notice(_UNCHANGED, "文件沒有追蹤修訂，無從比較修訂前後"),)
    kind = document.format.upper()
    return (Notice(_UNCHANGED, f"{kind} 檔沒有追蹤修訂可讀；如須比較修訂前後，請提供含追蹤修訂之 DOCX"),)
