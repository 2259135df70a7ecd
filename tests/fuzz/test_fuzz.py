"""Two hundred spoiled contracts: refused in words or read, never a crash, never a file written."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clausecheck.cli.guard import guarded
from clausecheck.errors import ClausecheckError
from clausecheck.parsers.limits import Limits
from tests.fuzz.cases import run_case

SECONDS = 60.0


def _hung(fault: ClausecheckError) -> None:
    raise AssertionError(str(fault))


@settings(max_examples=200, deadline=None, derandomize=True, database=None,
          suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])  # fmt: skip
@given(number=st.integers(min_value=0, max_value=2**32))
def test_spoiled_contracts(small_library: Path, number: int) -> None:
    with guarded(f"case {number}", Limits(seconds=SECONDS), _hung):
        outcome = run_case(number, checked_share=0.1, library=small_library)
    assert not outcome.fault, outcome
