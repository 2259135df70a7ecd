"""`clausecheck archive`: many contracts at once."""

from __future__ import annotations

import click

from clausecheck.cli.usage import Commands


@click.group("archive", cls=Commands)
def archive_group() -> None:
    """掃描契約庫：大量契約逐一檢核，結果存於本機之資料庫。"""
