"""Many cases, each under a time limit in a process of its own pool: python -m tests.fuzz --cases 5000

Ends with code 1 when a case crashed, hung, wrote something, or was refused without a proper message.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import replace

import click
from pebble import ProcessExpired, ProcessPool

from tests.fuzz.cases import Outcome, run_case

MEMORY = 4 << 30
_PATIENCE = 10  # times as long by the clock: the machine may have other work


def _bound() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@click.command()
@click.option("--cases", default=1000, show_default=True)
@click.option("--first", default=0, show_default=True, help="number of the first case; a case is its number")
@click.option("--jobs", default=1, show_default=True)
@click.option("--seconds", default=30.0, show_default=True, help="of processor that a case may take")
@click.option("--checked-share", default=0.05, show_default=True, help="share of the cases that are checked as well")
def main(cases: int, first: int, jobs: int, seconds: float, checked_share: float) -> None:
    """Spoil contracts and read them."""
    began = time.monotonic()
    counts: Counter[tuple[str, str]] = Counter()
    faults: list[Outcome] = []
    slowest = Outcome(0, "", "", "")
    with ProcessPool(max_workers=jobs, max_tasks=500, initializer=_bound) as pool:
        numbers = range(first, first + cases)
        futures = {n: pool.schedule(run_case, args=(n, checked_share), timeout=_PATIENCE * seconds) for n in numbers}
        for number, future in futures.items():
            outcome = _outcome(number, future)
            slowest = max(slowest, outcome, key=lambda o: o.seconds)
            if outcome.seconds > seconds:
                outcome = replace(outcome, result="slow", fault=f"{outcome.seconds:.0f} s")
            counts[outcome.sample.rpartition(".")[2], outcome.result] += 1
            if outcome.fault:
                faults.append(outcome)
                said = f"case {number} {outcome.sample} {outcome.mutation} {outcome.result}: {outcome.fault}"
                click.echo(said, err=True)
    for (kind, result), count in sorted(counts.items()):
        click.echo(f"{kind:5} {result:24} {count:6}")
    click.echo(f"{cases} cases, {len(faults)} faults, {time.monotonic() - began:.0f} s")
    click.echo(f"slowest {slowest.seconds:.1f} s: case {slowest.seed} {slowest.sample} {slowest.mutation}")
    sys.exit(1 if faults else 0)


def _outcome(number: int, future: object) -> Outcome:
    try:
        outcome: Outcome = future.result()  # type: ignore[attr-defined]
    except TimeoutError:
        return Outcome(number, "?", "?", "hang", "over the time limit")
    except ProcessExpired as error:
        return Outcome(number, "?", "?", "died", f"exit code {error.exitcode}")
    except Exception as error:  # a fault of the mutation itself
        return Outcome(number, "?", "?", "broken case", repr(error))
    return outcome


if __name__ == "__main__":
    main()
