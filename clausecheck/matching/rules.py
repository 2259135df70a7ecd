"""The rules of the library, applied to passages: concepts that occur together, and who is bound."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from clausecheck.findings import State
from clausecheck.library.loader import is_concept
from clausecheck.library.schema import Element, Rule
from clausecheck.matching.folding import fold_term
from clausecheck.matching.hits import Hit
from clausecheck.matching.modifiers import Modified, Modifiers
from clausecheck.matching.passages import Passage
from clausecheck.matching.terms import Index, Spans

_STATES = (("release", State.CONTRADICTED), ("blank", State.BLANK), ("referred", State.REFERRED), ("weak", State.WEAK))


@dataclass(frozen=True, slots=True)
class Slot:
    """One entry of `all`, `about` or `none`: names any of which will do."""

    names: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> Slot:
        return cls(tuple(n if is_concept(n) else fold_term(n) for n in text.split("|")))

    def spans(self, at: Mapping[str, Spans]) -> Spans:
        return [span for name in self.names for span in at.get(name, ())]

    def occurs(self, at: Mapping[str, Spans]) -> bool:
        return any(name in at for name in self.names)


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its slots read."""

    rule: Rule
    name: str
    all: tuple[Slot, ...]
    about: tuple[Slot, ...]
    none: tuple[Slot, ...]
    unless: tuple[Slot, ...]

    @classmethod
    def compile(cls, rule: Rule, name: str) -> CompiledRule:
        read = [tuple(Slot.read(s) for s in slots) for slots in (rule.all, rule.about, rule.none, rule.unless)]
        return cls(rule, rule.id or name, *read)


@dataclass(frozen=True, slots=True)
class CompiledElement:
    """An element's rules by group."""

    key: str
    groups: tuple[tuple[str, tuple[CompiledRule, ...]], ...]

    @classmethod
    def compile(cls, key: str, element: Element) -> CompiledElement:
        groups = []
        for group in ("contradicted", "met", "topic", "open"):
            rules = getattr(element, group)
            groups.append((group, tuple(CompiledRule.compile(r, f"{group}-{i + 1}") for i, r in enumerate(rules))))
        return cls(key, tuple(groups))


class RuleMatcher:
    """Applies compiled rules to the passages of one contract."""

    def __init__(self, passages: Sequence[Passage], index: Index, modifiers: Modifiers) -> None:
        self.passages = passages
        self.index = index
        self.modifiers = modifiers
        self.units = _Units(passages)
        self._about: dict[int, set[str]] = {}
        self._places: dict[Slot, set[int]] = {}

    def hits(self, element: CompiledElement) -> Iterator[Hit]:
        """Every hit of an element, in the order of its rules."""
        for group, rules in element.groups:
            for rule in rules:
                for passages in self.places(rule):
                    state = self._state(group, rule, passages)
                    if state is not None:
                        yield Hit(element.key, state, passages, "rule", rule.name, 1.0)

    def places(self, rule: CompiledRule) -> Iterator[tuple[int, ...]]:
        """The passages in which a rule holds, as groups of indexes."""
        for unit in self.units.that_hold(rule.rule.scope, [self._places_of(slot) for slot in rule.all]):
            found = self._holds(rule, unit)
            if found:
                yield found

    def _places_of(self, slot: Slot) -> set[int]:
        """The passages in which a slot occurs."""
        if slot not in self._places:
            self._places[slot] = {i for name in slot.names for i in self.index.passages.get(name, ())}
        return self._places[slot]

    def _holds(self, rule: CompiledRule, unit: tuple[int, ...]) -> tuple[int, ...]:
        used: list[int] = []
        for slot in rule.all:
            at = next((i for i in unit if slot.occurs(self.index.at[i])), None)
            if at is None:
                return ()
            used.append(at)
        if any(slot.occurs(self.index.at[i]) for slot in rule.none for i in used):
            return ()
        if not all(self._in_context(slot, unit) for slot in rule.about):
            return ()
        if any(self._in_context(slot, unit) for slot in rule.unless):
            return ()
        fits = self._near(rule, used[0]) if rule.rule.near else True
        return tuple(dict.fromkeys(used)) if fits and self._actor_fits(rule, used) else ()

    def _in_context(self, slot: Slot, unit: tuple[int, ...]) -> bool:
        return any(name in self._context(i) for i in unit for name in slot.names)

    def _context(self, index: int) -> set[str]:
        """Concepts of a passage, of what it stands under, and of the other sentences of its clause."""
        if index not in self._about:
            passage = self.passages[index]
            around = {index, *passage.context, *self.units.clause_of(index)}
            self._about[index] = {name for i in around for name in self.index.at[i]}
        return self._about[index]

    def _near(self, rule: CompiledRule, index: int) -> bool:
        limit = rule.rule.near or 0
        at = self.index.at[index]
        groups = [slot.spans(at) for slot in rule.all]
        return any(
            all(any(_distance(first, other) <= limit for other in spans) for spans in groups[1:]) for first in groups[0]
        )

    def _actor_fits(self, rule: CompiledRule, used: Sequence[int]) -> bool:
        if rule.rule.actor == "any":
            return True
        wrong = "customer" if rule.rule.actor == "supplier" else "supplier"
        passage = self.passages[used[0]]
        spans = rule.all[0].spans(self.index.at[used[0]])
        return any(self.modifiers.actor(passage, start) != wrong for start, _ in spans)

    def _state(self, group: str, rule: CompiledRule, passages: tuple[int, ...]) -> State | None:
        if group == "contradicted":
            return State.CONTRADICTED
        modified = [self.modifiers.of(self.passages[i]) for i in passages]
        for name, state in _STATES:
            if name not in rule.rule.despite and any(_touches(m, name) for m in modified):
                return state
        return {"met": State.MET, "open": State.WEAK}.get(group)


def _touches(modified: Modified, name: str) -> bool:
    return bool(getattr(modified, name))


def _distance(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(0, max(a[0], b[0]) - min(a[1], b[1]))


class _Units:
    """Passages grouped by scope."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        judged = [p for p in passages if p.kind != "heading" and not p.mute]
        self.sentences: list[tuple[int, ...]] = [(p.index,) for p in judged]
        self.clauses = _grouped(judged, lambda p: p.clause)
        self.articles = _grouped(judged, lambda p: p.article)
        # A definition in the preamble may carry content for a rule that reads the whole document.
        self.whole = [tuple(p.index for p in passages if p.kind != "heading" and p.clause_kind != "signature")]
        self._clause_of = {i: unit for unit in self.clauses for i in unit}
        self._number_of = {
            scope: {i: number for number, unit in enumerate(self.of(scope)) for i in unit}
            for scope in ("sentence", "item", "article", "document")
        }

    def that_hold(self, scope: str, places: Sequence[set[int]]) -> list[tuple[int, ...]]:
        """The units of a scope that hold one passage at least of each set, in order."""
        number_of, units = self._number_of[scope], self.of(scope)
        numbers = [{number_of[i] for i in some if i in number_of} for some in sorted(places, key=len)]
        return [units[n] for n in sorted(set.intersection(*numbers))] if numbers else units

    def clause_of(self, index: int) -> tuple[int, ...]:
        return self._clause_of.get(index, ())

    def of(self, scope: str) -> list[tuple[int, ...]]:
        units = {"sentence": self.sentences, "item": self.clauses, "article": self.articles, "document": self.whole}
        return units[scope]


def _grouped(passages: Sequence[Passage], key: Callable[[Passage], int]) -> list[tuple[int, ...]]:
    groups: dict[int, list[int]] = {}
    for passage in passages:
        groups.setdefault(key(passage), []).append(passage.index)
    return [tuple(g) for g in groups.values()]
