"""The learned scorer: how likely a passage speaks of each element, and in what state it leaves the matter.

A linear model over the features of features.py, trained on the labelled corpus by
`python -m tests.corpus.train`; the model file ships with the program and is read with numpy alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MODEL = Path(__file__).with_name("scorer.npz")
STATES = ("met", "near_miss", "contradicted", "weak", "blank", "referred")
Array = NDArray[np.float32]
Columns = NDArray[np.intp]


@dataclass(frozen=True)
class Scorer:
    """vocabulary: feature -> column; idf, one weight a feature; weights of topics (features x elements) and states."""

    vocabulary: dict[str, int]
    idf: Array
    elements: tuple[str, ...]
    topic: Array
    topic_bias: Array
    state: Array
    state_bias: Array

    @classmethod
    def load(cls, path: Path = MODEL) -> Scorer:
        with np.load(path, allow_pickle=False) as data:
            names = bytes(data["vocabulary"]).decode("utf-8").split("\n")
            return cls(
                vocabulary={n: i for i, n in enumerate(names)},
                idf=data["idf"].astype(np.float32),
                elements=tuple(bytes(data["elements"]).decode().split("\n")),
                topic=data["topic"].astype(np.float32),
                topic_bias=data["topic_bias"].astype(np.float32),
                state=data["state"].astype(np.float32),
                state_bias=data["state_bias"].astype(np.float32),
            )

    def save(self, path: Path = MODEL) -> None:
        """Write the model; the weights as half floats."""
        names: list[str] = sorted(self.vocabulary, key=self.vocabulary.__getitem__)
        arrays: dict[str, Any] = {
            "vocabulary": np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8),
            "elements": np.frombuffer("\n".join(self.elements).encode(), dtype=np.uint8),
            "idf": self.idf.astype(np.float16),
            "topic": self.topic.astype(np.float16),
            "topic_bias": self.topic_bias,
            "state": self.state.astype(np.float16),
            "state_bias": self.state_bias,
        }
        np.savez_compressed(path, **arrays)

    def score(self, features: Sequence[set[str]]) -> tuple[Array, Array]:
        """(passages x elements) likelihood of the topic, (passages x STATES) likelihood of each state."""
        return self.score_parts([[frozenset(names)] for names in features])

    def score_parts(self, features: Iterable[Sequence[frozenset[str]]]) -> tuple[Array, Array]:
        """As `score`, of features given in parts: a passage's own, then parts that others share, looked up once."""
        shared: dict[frozenset[str], Columns] = {}
        topics, states = [np.empty((0, len(self.elements)), np.float32)], [np.empty((0, len(STATES)), np.float32)]
        for own, *others in features:
            for part in others:
                if part not in shared:
                    shared[part] = self._columns(part)
            columns, values = self._vector([self._columns(own), *(shared[p] for p in others)])
            weights = values.astype(np.float64)  # so that the order of the sums is without effect on any machine
            topics.append((weights @ self.topic[columns] + self.topic_bias).astype(np.float32)[None])
            states.append((weights @ self.state[columns] + self.state_bias).astype(np.float32)[None])
        return _sigmoid(np.concatenate(topics)), _softmax(np.concatenate(states))

    def _columns(self, names: frozenset[str]) -> Columns:
        known = [c for c in map(self.vocabulary.get, names) if c is not None]
        return np.array(known, dtype=np.intp)

    def _vector(self, parts: Sequence[Columns]) -> tuple[Columns, Array]:
        columns = np.unique(np.concatenate(parts))
        values = self.idf[columns]
        norm = float(np.sqrt(np.sum(values * values)))
        return columns, values / norm if norm else values


def _sigmoid(x: Array) -> Array:
    return (1.0 / (1.0 + np.exp(-np.clip(x, -30, 30)))).astype(np.float32)


def _softmax(x: Array) -> Array:
    e = np.exp(x - x.max(axis=1, keepdims=True))
    shares: Array = (e / e.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares


@lru_cache(maxsize=1)
def shipped_scorer() -> Scorer | None:
    """The model that ships with the program; None in a tree in which none was trained."""
    return Scorer.load() if MODEL.exists() else None
