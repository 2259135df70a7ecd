"""Scores the matcher on the labelled sentences, element by element.

    python -m tests.corpus.score_sentences [ELEMENT ...] [--part tuning|heldout] [--misses N] [--library PATH]

A sentence is right when its element gets the labelled state; weak, blank and referred count as one
(open), near_miss is unmet. `other` counts sentences of other elements that wrongly meet this one and
are not labelled so: those listed are worth a look, the labels of other elements are not complete.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict

from clausecheck.assess import settle
from clausecheck.findings import State
from clausecheck.library import load_library
from clausecheck.matching.pipeline import Matcher
from tests.corpus.ground import Sentence, sentences

OPEN = {State.WEAK, State.BLANK, State.REFERRED}
GOLD = {
    "met": "met",
    "weak": "open",
    "blank": "open",
    "referred": "open",
    "contradicted": "contradicted",
    "near_miss": "unmet",
}


def group(state: State) -> str:
    return "open" if state in OPEN else state.value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("elements", nargs="*")
    parser.add_argument("--part", default="tuning", choices=["tuning", "heldout"])
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument(
        "--others", type=int, default=0, help="show so many sentences of other elements that meet this one"
    )
    parser.add_argument("--library")
    args = parser.parse_args()
    matcher = Matcher(load_library(args.library))
    counts: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    others: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in sentences(part=args.part):
        own = sentence.key.split("/")[1]
        matches = matcher.match(sentence.contract())
        states = settle(matches.hits)
        got = states.get(_judged(matcher, sentence.key), State.UNMET)
        counts[own][GOLD[sentence.label], group(got)] += 1
        if GOLD[sentence.label] != group(got) and own in args.elements and args.misses:
            print(
                f"[{own}] {sentence.label} -> {got.value}  {sentence.language} c={sentence.customer}"
                f" s={sentence.supplier} 〈{sentence.heading}〉 {sentence.text}"
            )
        for key, state in states.items():
            element = key.split("/")[1]
            if state is State.MET and element != own and element not in sentence.also:
                others[element].append(sentence)
    for element in args.elements:
        for sentence in others[element][: args.others]:
            print(f"(other) {element} met by [{sentence.key.split('/')[1]}:{sentence.label}] {sentence.text}")
    _table(counts, others, args.elements)


def _judged(matcher: Matcher, key: str) -> str:
    requirement, element = key.split("/")
    return matcher.library.requirement(requirement).element(element).same_as or key


def _table(counts: dict[str, Counter[tuple[str, str]]], others: dict[str, list[Sentence]], chosen: list[str]) -> None:
    print(
        f"{'element':28} {'n':>4} {'right':>6} {'met P':>6} {'met R':>6} {'open R':>6} {'contr P':>7} {'contr R':>7}"
        f" {'other':>5}"
    )
    total: Counter[tuple[str, str]] = Counter()
    for element, pairs in sorted(counts.items()):
        total.update(pairs)
        if not chosen or element in chosen:
            print(_line(element, pairs, len(others[element])))
    print(_line("all", total, sum(map(len, others.values()))))


def _line(name: str, pairs: Counter[tuple[str, str]], other: int) -> str:
    def share(part: int, whole: int) -> str:
        return f"{part / whole:6.2f}" if whole else "     -"

    def of(gold: str | None, got: str | None) -> int:
        return sum(n for (g, p), n in pairs.items() if gold in (None, g) and got in (None, p))

    n = of(None, None)
    right = sum(c for (g, p), c in pairs.items() if g == p)
    cells = [share(right, n), share(of("met", "met"), of(None, "met")), share(of("met", "met"), of("met", None)),
             share(of("open", "open"), of("open", None)),
             " " + share(of("contradicted", "contradicted"), of(None, "contradicted")),
             " " + share(of("contradicted", "contradicted"), of("contradicted", None))]  # fmt: skip
    return f"{name:28} {n:4} {' '.join(cells)} {other:5}"


if __name__ == "__main__":
    main()
