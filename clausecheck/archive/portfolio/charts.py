"""Charts of the archive; every bar carries its number, so that grey is enough to read them."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.shapes import GraphicalProperties

from clausecheck.findings import Status
from clausecheck.reports.excel_chart import bars, fill, labels
from clausecheck.reports.wording import STATUS

_STACKED = (Status.FULL, Status.PARTIAL, Status.MISSING, Status.CONFLICT)


def score_chart(sheet: Any, first: int, last: int) -> BarChart:
    """Columns of the counts in column B, named by the bands in column A."""
    chart = bars("總分分布（契約數）")
    chart.type = "col"
    chart.x_axis.scaling.orientation = "minMax"
    series = Series(Reference(sheet, min_col=2, min_row=first, max_row=last), title="契約數")
    series.graphicalProperties = GraphicalProperties(solidFill="4472C4")
    chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    chart.gapWidth, chart.legend, chart.dataLabels = 40, None, labels()
    chart.width, chart.height = 17.0, 8.0  # type: ignore[assignment]
    return chart


def worst_chart(sheet: Any, first: int, last: int) -> BarChart:
    """Stacked bars of the statuses in columns B to E, one a requirement (named in column A)."""
    chart = bars("缺口比率最高之要求（契約數）")
    chart.grouping, chart.overlap, chart.gapWidth = "stacked", 100, 50
    for column, status in enumerate(_STACKED, 2):
        series = Series(Reference(sheet, min_col=column, min_row=first, max_row=last), title=STATUS[status])
        series.graphicalProperties = fill(status)
        series.dLbls = labels("FFFFFF" if status is Status.CONFLICT else "000000")
        chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    chart.legend.position = "b"
    chart.width, chart.height = 17.0, 11.0  # type: ignore[assignment]
    return chart
