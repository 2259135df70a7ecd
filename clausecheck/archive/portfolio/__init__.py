"""The whole archive as one workbook; the same database and day give the same bytes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from clausecheck.archive.entries import Entry
from clausecheck.archive.facts import gather
from clausecheck.archive.portfolio.expiry import write_expiry
from clausecheck.archive.portfolio.guide import write_guide
from clausecheck.archive.portfolio.matrix import write_matrix
from clausecheck.archive.portfolio.names import TITLE, Frame
from clausecheck.archive.portfolio.overview import write_overview
from clausecheck.archive.portfolio.ranking import write_ranking
from clausecheck.archive.portfolio.suppliers import write_suppliers
from clausecheck.archive.portfolio.unjudged import write_duplicates, write_unjudged
from clausecheck.reports import styles
from clausecheck.reports.excel import without_stamps
from clausecheck.reports.output import write_whole

CONCENTRATION = 20.0  # percent of the contracts; the guideline names no figure


def write_portfolio(
    entries: Iterable[Entry], path: Path, *, today: date, concentration: float = CONCENTRATION, pending: int = 0
) -> None:
    """Write the workbook whole or not at all, readable by its owner only; `pending` files wait to be judged.

    Raises OutputError.
    """
    frame = Frame(gather(entries), today, concentration, path.absolute(), pending)
    workbook = Workbook(write_only=True)
    workbook.properties.creator, workbook.properties.title = "clausecheck", TITLE
    styles.register(workbook)
    write_overview(workbook, frame)
    write_matrix(workbook, frame)
    write_ranking(workbook, frame)
    write_suppliers(workbook, frame)
    write_expiry(workbook, frame)
    write_unjudged(workbook, frame)
    write_duplicates(workbook, frame)
    write_guide(workbook, frame)
    with tempfile.TemporaryFile() as package:
        workbook.save(package)
        package.seek(0)
        write_whole(path, without_stamps(package.read()), private=True)
