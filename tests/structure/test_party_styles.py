"""Who is who in many styles of contract."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from clausecheck.document import Role

from .support import contract

CASES = yaml.safe_load((Path(__file__).parent / "parties.yaml").read_text(encoding="utf-8"))


def faults(case: dict[str, Any]) -> list[str]:
    """What is wrong with the parties found in one case; empty when all is right."""
    parties = contract(case["text"]).parties
    wrong = [f"{p.role} knows {w}" for p in parties for w in case.get("never", []) if w in p.aliases]
    roles: tuple[Role, ...] = ("customer", "supplier")
    for role in roles:
        firms = case[role] if isinstance(case[role][0], list) else [case[role]]
        found = [p for p in parties if p.role == role]
        wrong += [] if [p.name for p in found] == [f[0] for f in firms] else [f"{role}: {[p.name for p in found]}"]
        known = {_plain(a) for p in found for a in p.aliases}
        others = {_plain(a) for p in parties if p.role != role for a in p.aliases}
        words = {_plain(w) for f in firms for w in f if w}
        wrong += [f"{role} lacks {w}" for w in sorted(words - known)]
        wrong += [f"{w} of the {role} on the other side" for w in sorted(words & others)]
    return wrong


def _plain(word: str) -> str:
    return word.lower().removeprefix("the ")


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_who_is_who(case: dict[str, Any]) -> None:
    assert not faults(case)
