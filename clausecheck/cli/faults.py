"""Faults, told on one line of standard error."""

from __future__ import annotations

import traceback

import click

from clausecheck.errors import ClausecheckError


def say(message: str) -> None:
    """One line on standard error; file names in it cannot break it or command the terminal."""
    from clausecheck.reports.safe import one_line

    click.echo(f"錯誤：{one_line(message)}", err=True)


def report(fault: Exception, *, debug: bool, file: str = "") -> int:
    """Tells a fault, with its traceback when `debug`, and returns its exit code."""
    if debug:
        traceback.print_exception(fault)
    if isinstance(fault, ClausecheckError):
        say(str(fault))
        return fault.exit_code
    place = f"（處理「{file}」時）" if file else ""
    say(f"程式內部錯誤 {type(fault).__name__}{place}，請加上 --debug 取得詳細訊息並回報維護人員")
    return 70
