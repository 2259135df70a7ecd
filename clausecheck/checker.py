"""From a file to its Report: the one path that the command line, the archive and Python users take."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from clausecheck import __version__
from clausecheck.assess import (
    Evidences,
    absent_of,
    contract_score,
    element_result,
    explain,
    score_of,
    settle_hits,
    status_of,
)
from clausecheck.document import Contract, Document, Notice
from clausecheck.errors import LibraryError
from clausecheck.findings import ClauseUse, ElementResult, Evidence, Finding, Report, State, Status
from clausecheck.library import Library, Requirement, load_library
from clausecheck.matching.hits import by_element
from clausecheck.matching.pipeline import Matcher, Matches, matcher_for
from clausecheck.matching.similarity import nearest_passage
from clausecheck.parsers import Changes, parse
from clausecheck.parsers.limits import DEFAULTS, Limits
from clausecheck.parsers.ocr import Ocr
from clausecheck.structure import build_contract

_DOUBT = 0.6
_UNSAID = 0.8  # of an element of which no passage speaks
_MISREAD = 0.5  # confidence where a verdict rests on characters that were recognised poorly
_SENTENCE_START = re.compile(r"((?:\A|\n|[.!?] )(?:\d+\. )?)(t)(?=he )")


@dataclass(frozen=True)
class Settings:
    """How to check.

    organisation  class of the firm: 1 第一類, 2 第二類, F 外資
    has, lacks    conditions that the user states (cloud, system ...), whatever the text says
    changes       state of the tracked changes that is judged; both: accepted, with what the changes turn
    ocr           whether text is recognised on the images of pages
    password      opens every protected file for which `passwords` (path and password) has none of its own
    limits        how much reading one file may cost
    """

    organisation: str = "1"
    document: str = "contract"
    language: Literal["auto", "zh", "en"] = "auto"
    changes: Changes | Literal["both"] = "accepted"
    password: str | None = field(default=None, repr=False)
    has: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    limits: Limits = DEFAULTS
    passwords: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    ocr: Ocr = "auto"

    def read(self, path: str | Path, changes: Changes | None = None, without: Set[str] = frozenset()) -> Document:
        """The document in a file, in another state or without some of its changes where these are given."""
        state = changes or ("accepted" if self.changes == "both" else self.changes)
        password = dict(self.passwords).get(str(path), self.password)
        return parse(path, changes=state, password=password, limits=self.limits, ocr=self.ocr, without=without)


def check(path: str | Path, *, library: Library | str | Path | None = None, settings: Settings | None = None) -> Report:
    """Check one file.

    Raises ClausecheckError: the file cannot be read, or the library is wrong.
    """
    settings = settings or Settings()
    if settings.changes == "both":
        return _check_both([path], library, settings)
    return check_document(settings.read(path), path=str(path), library=library, settings=settings)


def check_together(
    paths: Sequence[str | Path], *, library: Library | str | Path | None = None, settings: Settings | None = None
) -> Report:
    """Check files that belong together (main contract first, then its annexes) as one contract."""
    from clausecheck.together import join_documents

    settings = settings or Settings()
    if settings.changes == "both":
        return _check_both(paths, library, settings)
    documents = [settings.read(p) for p in paths]
    return check_document(join_documents(documents), path=str(paths[0]), library=library, settings=settings)


def _check_both(paths: Sequence[str | Path], library: Library | str | Path | None, settings: Settings) -> Report:
    from clausecheck.both_states import check_states

    loaded = library if isinstance(library, Library) else load_library(library)
    names = [str(p) for p in paths]
    return check_states(names, settings.read, lambda d: _checked(d, names[0], loaded, settings, None))


def check_document(
    document: Document,
    *,
    path: str = "",
    library: Library | str | Path | None = None,
    settings: Settings | None = None,
    matcher: Matcher | None = None,
) -> Report:
    """Check a document that is read already; `matcher` replaces the library's own."""
    return _checked(document, path, library, settings or Settings(), matcher)[0]


def _checked(
    document: Document,
    path: str,
    library: Library | str | Path | None,
    settings: Settings,
    matcher: Matcher | None,
) -> tuple[Report, Contract]:
    contract = build_contract(document, settings.language)
    loaded = library if isinstance(library, Library) else load_library(library)
    if not any(r.document == settings.document for r in loaded.requirements):
        raise LibraryError(
            "條款庫尚無此種文件之要求", "現行條款庫僅含契約之要求；請省略 --document，或以 --library 指定其他條款庫"
        )
    matches = (matcher or matcher_for(str(loaded.folder), loaded.fingerprint)).match(contract)
    findings = judge(loaded, matches, settings)
    report = Report(
        path=path or document.name,
        name=document.name,
        sha256=document.sha256,
        format=document.format,
        language=contract.language,
        organisation=settings.organisation,
        document_kind=settings.document,
        changes="accepted" if settings.changes == "both" else settings.changes,
        library_version=loaded.info.version,
        library_fingerprint=loaded.fingerprint,
        program_version=__version__,
        metadata=contract.metadata,
        parties=contract.parties,
        annexes=tuple(f"{a.label}　{a.title}".strip() for a in contract.annexes),
        findings=findings,
        score=contract_score(findings),
        clauses=_clause_uses(contract, findings),
        notices=(*document.notices, *_party_notice(contract)),
        pages=document.pages,
    )
    return report, contract


def judge(library: Library, matches: Matches, settings: Settings) -> tuple[Finding, ...]:
    """The findings on a contract that is matched already, one a requirement."""
    return _Judge(library, matches, settings).findings()


class _Judge:
    """Turns the matches of one contract into findings."""

    def __init__(self, library: Library, matches: Matches, settings: Settings) -> None:
        self.library = library
        self.matches = matches
        self.settings = settings
        self.hits = by_element(matches.hits)
        self.evidences = Evidences(matches.contract, [(p.start, p.end) for p in matches.passages])
        self.unread = any(n.blocking for n in matches.contract.document.notices)
        self.names = party_words(matches.contract)

    def findings(self) -> tuple[Finding, ...]:
        kind = self.settings.document
        return tuple(self._finding(r) for r in self.library.requirements if r.document == kind)

    def _finding(self, requirement: Requirement) -> Finding:
        excluded = self._not_applicable(requirement)
        if excluded:
            return self._base(requirement, Status.NOT_APPLICABLE, why=excluded)
        results = tuple(self._element(requirement, i) for i in range(len(requirement.elements)))
        states = {r.id: r.state for r in results}
        status = status_of(requirement, states)
        why = explain(requirement, status, results)
        if status is Status.MISSING and self.unread:
            status, why = Status.UNDETERMINED, "可讀部分未見相關約定，但檔案有無法判讀之頁面，不能斷言未約定。"
        nearest = self._nearest(requirement) if status in (Status.MISSING, Status.UNDETERMINED) else None
        confidence = self._confidence(status, results, requirement)
        if self._rests_on_doubt(results, nearest):
            confidence, why = min(confidence, _MISREAD), why + "所依據之文字由影像辨識，把握較低，請對照原件。"
        return replace(
            self._base(requirement, status, why=why),
            score=score_of(requirement, status, states),
            elements=results,
            absent=absent_of(results, requirement.elements),
            nearest=nearest,
            confidence=confidence,
            doubtful=confidence < _DOUBT,
        )

    def _base(self, requirement: Requirement, status: Status, *, why: str) -> Finding:
        return Finding(
            id=requirement.id,
            name=requirement.name,
            group=requirement.group,
            severity=requirement.severity,
            status=status,
            score=0,
            why=why,
            official_text=requirement.text,
            wording=_filled(requirement.wording.model_dump(), self.names),
            fallback=_filled(requirement.fallback.model_dump(), self.names),
        )

    def _element(self, requirement: Requirement, index: int) -> ElementResult:
        element = requirement.elements[index]
        key = element.same_as or f"{requirement.id}/{element.id}"
        return element_result(element, self.hits.get(key, []), self.evidences, self.matches.likely.get(key))

    def _not_applicable(self, requirement: Requirement) -> str:
        if self.settings.organisation not in requirement.applies:
            return "本要求不適用於此類組織。"
        condition = requirement.when
        if not condition or condition in self.settings.has:
            return ""
        stated = condition in self.settings.lacks
        if stated or not (self.matches.conditions.get(condition) or self._agreed(requirement)):
            source = "使用者指明" if stated else "契約內容"
            return f"依{source}，服務未涉及{self.library.conditions[condition].name}。"
        return ""

    def _agreed(self, requirement: Requirement) -> bool:
        """Whether the text itself agrees what is required: whoever does so takes the condition to hold."""
        keys = [f"{requirement.id}/{e.id}" for e in requirement.elements]
        return any(settle_hits(self.hits.get(k, []), self.matches.likely.get(k)) is State.MET for k in keys)

    def _confidence(self, status: Status, results: Sequence[ElementResult], requirement: Requirement) -> float:
        scores = [
            self._sure(r, e.same_as or f"{requirement.id}/{e.id}")
            for r, e in zip(results, requirement.elements, strict=True)
        ]
        confidence = min(scores, default=_UNSAID)
        if status is Status.UNDETERMINED or self.unread:
            confidence = min(confidence, 0.3)
        mixed = any(r.state is State.CONTRADICTED and len(r.evidence) > 1 for r in results)
        return round(min(confidence, 0.5) if mixed else confidence, 2)

    def _sure(self, result: ElementResult, key: str) -> float:
        likely = self.matches.likely.get(key)
        if likely:
            return likely.get(result.state, 0.0)
        return max((e.score for e in result.evidence), default=_UNSAID)

    def _rests_on_doubt(self, results: Sequence[ElementResult], nearest: Evidence | None) -> bool:
        passages = [e for r in results for e in r.evidence] + ([nearest] if nearest else [])
        return any(self.matches.contract.document.is_doubtful(e.start, e.end) for e in passages)

    def _nearest(self, requirement: Requirement) -> Evidence | None:
        found = nearest_passage(requirement, self.matches)
        return self.evidences.of(found[0], "最接近之段落", found[1]) if found else None


def party_words(contract: Contract) -> dict[str, str]:
    """How the contract itself names its parties, for the suggested wording."""
    words = {"委託人": "委託人", "受託人": "受託廠商", "customer": "the Customer", "supplier": "the Supplier"}
    for party in contract.parties:
        name = max(party.aliases, key=lambda a: (contract.text.count(a), len(a)), default=party.name) or party.name
        zh, en = ("委託人", "customer") if party.role == "customer" else ("受託人", "supplier")
        words[zh] = name
        if name.isascii():
            words[en] = name
    return words


def _filled(wording: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    filled = {}
    for language, text in wording.items():
        for placeholder, name in names.items():
            text = text.replace("{" + placeholder + "}", name)
        if text:
            filled[language] = _SENTENCE_START.sub(lambda m: m[1] + m[2].upper(), text)
    return filled


def _clause_uses(contract: Contract, findings: Sequence[Finding]) -> tuple[ClauseUse, ...]:
    """Every clause with the requirements whose evidence stands in its own words."""
    served: dict[int, list[str]] = {}
    for finding in findings:
        for evidence in finding.evidence:
            clause = contract.clause_at(evidence.start)
            if clause and finding.id not in served.setdefault(clause.index, []):
                served[clause.index].append(finding.id)
    return tuple(
        ClauseUse(
            path=c.path,
            heading=c.heading,
            text=contract.text[c.start : c.own_end].strip(),
            level=c.level,
            page=contract.document.block_at(c.start).place.page,
            paragraph=contract.document.block_at(c.start).place.paragraph,
            requirements=tuple(served.get(c.index, ())),
        )
        for c in contract.clauses
    )


def _party_notice(contract: Contract) -> tuple[Notice, ...]:
    missing = [w for r, w in (("customer", "委託人"), ("supplier", "受託廠商")) if contract.party(r) is None]  # type: ignore[arg-type]
    if not missing:
        return ()
    return (Notice("parties-unclear", f"無法由契約文字確認{'、'.join(missing)}為何者，義務歸屬請人工複核。"),)
