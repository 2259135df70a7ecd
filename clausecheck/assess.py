"""Hits to verdicts; pure, no spaCy.

An element takes the strongest state that its hits give (agreed the other way round before agreed,
agreed before left open), a requirement the status that follows from its elements (requirements.yaml).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from clausecheck.document import Contract
from clausecheck.findings import ElementResult, Evidence, Finding, Severity, State, Status
from clausecheck.library.schema import Element, Requirement
from clausecheck.matching.combiner import Likely
from clausecheck.matching.hits import TAKEN_BACK, Hit, by_element

ORDER = (State.CONTRADICTED, State.MET, State.BLANK, State.REFERRED, State.WEAK)
OPEN = frozenset({State.BLANK, State.REFERRED, State.WEAK})
WEIGHTS = {Severity.CRITICAL: 4, Severity.HIGH: 3, Severity.MEDIUM: 2, Severity.LOW: 1}
# From which likelihood on a learned hit decides. These and the next three were chosen by trying values on
# the tuning contracts (cross-validated: python -m tests.corpus.layers) and the labelled contracts of the benchmark.
LEARNED = {State.MET: 0.55, State.CONTRADICTED: 0.4, State.BLANK: 0.3, State.REFERRED: 0.3, State.WEAK: 0.4}
LEAST_SUPPORT = {State.MET: 0.01, State.CONTRADICTED: 0.005, State.BLANK: 0.01, State.REFERRED: 0.01, State.WEAK: 0.01}
LEAST_MET = 0.6
CLEARER_AGAINST = 0.6
CLEARER_OPEN = 1.0
_MAX_EVIDENCE = 4
_CREDIT = {State.MET: 1.0, State.BLANK: 0.4, State.REFERRED: 0.4, State.WEAK: 0.3}
_STATE_WORDS = {
    State.MET: "已約定",
    State.WEAK: "僅有不具拘束力之用語或一般性提及",
    State.BLANK: "關鍵內容留白待填",
    State.REFERRED: "僅引用未在檔內之附件或文件",
    State.CONTRADICTED: "為相反之約定",
    State.UNMET: "未約定",
}
_TAKEN_BACK_WORDS = {State.WEAK: "另有條款就其一部分排除適用", State.CONTRADICTED: "另有條款排除其適用"}


def settle_hits(hits: Sequence[Hit], likely: Likely | None = None) -> State:
    """The state that the hits of one element add up to: the likeliest, where likelihoods are known.

    Without them, agreed the other way round goes before agreed, agreed before left open, unless the passages that
    speak for the lesser state do so much more clearly.
    """
    if likely:
        return _likeliest(likely)
    best: dict[State, float] = {}
    for hit in deciding_hits(hits):
        best[hit.state] = max(best.get(hit.state, 0.0), strength(hit))
    against, met = best.get(State.CONTRADICTED, 0.0), best.get(State.MET, 0.0)
    left_open = max((best.get(s, 0.0) for s in OPEN), default=0.0)
    if against and against >= CLEARER_AGAINST * met:
        return State.CONTRADICTED
    if met and met >= CLEARER_OPEN * left_open:
        return State.MET
    if left_open:
        return next(s for s in ORDER if s in OPEN and best.get(s, 0.0) == left_open)
    return State.MET if met else State.UNMET


def _likeliest(likely: Likely) -> State:
    """Agreed only where that is likely enough: a gap called agreed is worse than the reverse."""
    held = {s: p for s, p in likely.items() if s is not State.MET or p >= LEAST_MET}
    return max(held, key=held.__getitem__)


def strength(hit: Hit) -> float:
    """0..1: how clearly a hit speaks."""
    return hit.score if hit.layer != "rule" else 0.5 + 0.5 * hit.support


def deciding_hits(hits: Sequence[Hit]) -> list[Hit]:
    """The hits that are sure enough to decide.

    A rule's hit counts unless the scorer finds its passage to speak of something else; a learned hit
    counts from a likelihood on, and gives way where a rule has judged the same passage otherwise.
    """
    rules = [h for h in hits if h.layer == "rule" and h.support >= LEAST_SUPPORT.get(h.state, 0.0)]
    open_rules = {p for h in rules if h.state is not State.MET for p in h.passages}
    learned = [h for h in hits if h.layer != "rule" and h.score >= LEARNED.get(h.state, 1.0)]
    return rules + [h for h in learned if h.state is not State.MET or h.passages[0] not in open_rules]


def settle(hits: Iterable[Hit], likely: Mapping[str, Likely] | None = None) -> dict[str, State]:
    """The state of every element that has a hit."""
    return {key: settle_hits(mine, (likely or {}).get(key)) for key, mine in by_element(hits).items()}


class Evidences:
    """Makes evidence out of passages: spans of the canonical text, and where they stand."""

    def __init__(self, contract: Contract, spans: Sequence[tuple[int, int]]) -> None:
        self.contract = contract
        self.spans = spans

    def of(self, passage: int, rule: str, score: float) -> Evidence:
        start, end = self.spans[passage]
        clause = self.contract.clause_at(start)
        place = self.contract.document.block_at(start).place
        return Evidence(
            text=self.contract.text[start:end],
            start=start,
            end=end,
            clause=clause.path if clause else "",
            heading=self._heading(start),
            page=place.page,
            paragraph=place.paragraph,
            part=place.part,
            rule=rule,
            score=round(score, 3),
        )

    def _heading(self, start: int) -> str:
        clause = self.contract.clause_at(start)
        chain = [clause, *self.contract.ancestors(clause)] if clause else []
        return next((c.heading for c in chain if c.heading), "")

    def best(self, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """The passages of the surest hits, each once."""
        chosen: dict[int, Evidence] = {}
        for hit in sorted(hits, key=lambda h: (-h.score, len(h.passages), h.passages)):
            for passage in hit.passages:
                if len(chosen) < _MAX_EVIDENCE and passage not in chosen:
                    chosen[passage] = self.of(passage, f"{hit.layer}：{hit.reason}", hit.score)
        return tuple(chosen.values())


def element_result(
    element: Element, hits: Sequence[Hit], evidences: Evidences, likely: Likely | None = None
) -> ElementResult:
    """What the hits say of one element."""
    state = settle_hits(hits, likely)
    sure = deciding_hits(hits)
    deciding = [h for h in sure if h.state is state] or [h for h in hits if h.state is state]
    shown = evidences.best(deciding)
    if state is State.CONTRADICTED:
        granting = evidences.best([h for h in sure if h.state is State.MET])
        shown += tuple(e for e in granting if e.start not in {s.start for s in shown})[:1]
    why = _TAKEN_BACK_WORDS[state] if any(h.reason == TAKEN_BACK for h in deciding) else _STATE_WORDS[state]
    if state is State.UNMET and element.absent:
        why = element.absent
    return ElementResult(element.id, element.text, state, shown, why, element.optional)


def status_of(requirement: Requirement, states: Mapping[str, State]) -> Status:
    """The status of a requirement, given the state of each of its elements by id."""
    mandatory = [e for e in requirement.elements if not e.optional]
    values = [states.get(e.id, State.UNMET) for e in mandatory]
    if requirement.need == "any":
        return _status_any(values)
    if any(_is_conflict(e, states.get(e.id, State.UNMET)) for e in mandatory):
        return Status.CONFLICT
    if requirement.gate and states.get(requirement.gate, State.UNMET) is State.UNMET:
        return Status.MISSING
    if all(v is State.MET for v in values):
        return Status.FULL
    return Status.PARTIAL if any(v is not State.UNMET for v in values) else Status.MISSING


def _status_any(values: Sequence[State]) -> Status:
    if State.MET in values:
        return Status.FULL
    if any(v in OPEN for v in values):
        return Status.PARTIAL
    return Status.CONFLICT if State.CONTRADICTED in values else Status.MISSING


def _is_conflict(element: Element, state: State) -> bool:
    return state is State.CONTRADICTED and element.contradiction == "conflict"


def score_of(requirement: Requirement, status: Status, states: Mapping[str, State]) -> int:
    """0..100: how much of a requirement is agreed."""
    if status is Status.FULL:
        return 100
    if status is not Status.PARTIAL:
        return 0
    mandatory = [e.id for e in requirement.elements if not e.optional]
    credit = sum(_CREDIT.get(states.get(i, State.UNMET), 0.0) for i in mandatory) / len(mandatory)
    return max(10, min(90, round(100 * credit)))


def explain(requirement: Requirement, status: Status, results: Sequence[ElementResult]) -> str:
    """One or two sentences for the reviewer."""
    if status is Status.FULL:
        return "各要素均已約定。" if requirement.need == "all" else "已約定其一，符合要求。"
    if status is Status.MISSING and requirement.gate:
        return (
            "未約定於規劃設計（開發）階段納入，其他要素單獨約定不足以滿足本要求。"
            if any(r.state is not State.UNMET for r in results)
            else "全文未見相關約定。"
        )
    if status is Status.MISSING:
        return "全文未見相關約定。"
    parts = [f"「{r.text}」{_STATE_WORDS[r.state]}" for r in results if r.state is not State.UNMET]
    parts += [f"「{r.text}」未約定" for r in results if r.state is State.UNMET and not r.optional]
    return "；".join(parts) + "。"


def absent_of(results: Sequence[ElementResult], elements: Sequence[Element]) -> tuple[str, ...]:
    """What is lacking, one entry an element."""
    lacking = []
    for result, element in zip(results, elements, strict=True):
        if result.state is State.UNMET and not element.optional:
            lacking.append(element.absent or f"未約定：{element.text}")
        elif result.state in OPEN or result.state is State.CONTRADICTED:
            lacking.append(f"{element.text}：{_STATE_WORDS[result.state]}")
    return tuple(lacking)


def contract_score(findings: Iterable[Finding]) -> int:
    """0..100: the findings' scores weighted by severity, over what is applicable and was judged."""
    judged = [f for f in findings if f.status not in (Status.NOT_APPLICABLE, Status.UNDETERMINED)]
    total = sum(WEIGHTS[f.severity] for f in judged)
    return round(sum(WEIGHTS[f.severity] * f.score for f in judged) / total) if total else 0
