"""Reports as a workbook for the reviewer who negotiates; the same input gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from clausecheck.findings import Report
from clausecheck.reports import styles
from clausecheck.reports.excel_clauses import write_clauses
from clausecheck.reports.excel_gaps import write_gaps
from clausecheck.reports.excel_guide import write_guide
from clausecheck.reports.excel_links import addresses, file_target
from clausecheck.reports.excel_redlines import write_redlines
from clausecheck.reports.excel_requirements import write_requirements
from clausecheck.reports.excel_summary import write_summary
from clausecheck.reports.excel_summary_several import write_summary_of_several
from clausecheck.reports.excel_table import set_up_print
from clausecheck.reports.output import write_whole
from clausecheck.reports.wording import TITLE, report_labels

_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMPS = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def write_workbook(reports: Sequence[Report], path: Path, *, made: date | None = None, private: bool = False) -> None:
    """Write the workbook whole or not at all; `made` is the date that it shows, if any.

    `private`: readable by its owner only.

    Raises OutputError.
    """
    write_whole(path, without_stamps(_bytes(build_workbook(reports, path, made=made))), private=private)


def build_workbook(reports: Sequence[Report], path: Path, *, made: date | None = None) -> Workbook:
    """The workbook; links to the contracts are relative to where `path` lies."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator, workbook.properties.title = "clausecheck", TITLE
    styles.register(workbook)
    labels, places = report_labels(reports), addresses(reports)
    targets = [file_target(r.path, path) for r in reports]
    if len(reports) == 1:
        write_summary(workbook, reports[0], labels[0], made, targets[0])
    else:
        write_summary_of_several(workbook, reports, labels, made, targets)
    write_gaps(workbook, reports, labels, places)
    write_requirements(workbook, reports, labels, places)
    write_clauses(workbook, reports, labels, places)
    write_redlines(workbook, reports, labels, places)
    write_guide(workbook)
    for sheet in workbook.worksheets:
        set_up_print(sheet, labels[0] if len(labels) == 1 else f"{TITLE}（契約 {len(labels)} 份）")
    return workbook


def _bytes(workbook: Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def without_stamps(data: bytes) -> bytes:
    """The same package without the times at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _STAMPS.sub(b"", content)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return out.getvalue()
