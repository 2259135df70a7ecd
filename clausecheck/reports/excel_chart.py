"""Charts of the statuses; every bar carries its number, so that grey is enough to read them."""

from __future__ import annotations

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.worksheet.worksheet import Worksheet

from clausecheck.findings import Status
from clausecheck.reports.styles import FONT, status_colour
from clausecheck.reports.wording import STATUS

MAX_CONTRACTS = 40  # more bars than that cannot be told apart


def status_chart(sheet: Worksheet, first: int, last: int) -> BarChart:
    """Bars of the counts in column B, named by column A, one colour a status."""
    chart = bars("各狀態之要求數")
    series = Series(Reference(sheet, min_col=2, min_row=first, max_row=last), title="項數")
    for number, status in enumerate(Status):
        point = DataPoint(idx=number)
        point.graphicalProperties = fill(status)
        series.dPt.append(point)
    chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    chart.gapWidth, chart.legend, chart.dataLabels = 40, None, labels()
    chart.width, chart.height = 11.8, 6.7  # type: ignore[assignment]
    return chart


def contracts_chart(sheet: Worksheet, first: int, last: int, column: int) -> BarChart:
    """Stacked bars, one a contract (named in column A); the six counts begin at `column`."""
    chart = bars("各契約之狀態分布")
    chart.grouping, chart.overlap, chart.gapWidth = "stacked", 100, 50
    for offset, status in enumerate(Status):
        values = Reference(sheet, min_col=column + offset, min_row=first, max_row=last)
        series = Series(values, title=STATUS[status])
        series.graphicalProperties = fill(status)
        series.dLbls = labels("FFFFFF" if status is Status.CONFLICT else "000000")
        chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    chart.legend.position = "b"
    chart.width, chart.height = 26, min(22.0, 4.5 + 0.9 * (last - first + 1))
    return chart


def bars(title: str) -> BarChart:
    """A chart of bars with its title and axes, without series."""
    chart = BarChart()
    chart.type, chart.style = "bar", 10
    chart.title = _title(title)
    # Without this newer versions of Excel show no axes.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.majorGridlines, chart.y_axis.delete = None, True
    chart.x_axis.txPr = chart.y_axis.txPr = _text(900)
    return chart


def labels(colour: str = "000000") -> DataLabelList:
    """The number on each bar; zero shows none."""
    labels = DataLabelList(numFmt="0;;", txPr=_text(900, colour))
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    return labels


def _title(title: str) -> Title:
    run = RegularTextRun(rPr=_letters(1200, bold=True), t=title)
    return Title(tx=Text(rich=RichText(p=[Paragraph(r=[run])])), overlay=False)


def fill(status: Status) -> GraphicalProperties:
    """The colour of a status, framed."""
    properties = GraphicalProperties(solidFill=status_colour(status))
    properties.line.solidFill = "404040"
    return properties


def _text(size: int, colour: str = "000000") -> RichText:
    paragraph = Paragraph(
        pPr=ParagraphProperties(defRPr=_letters(size, colour=colour)), endParaRPr=CharacterProperties()
    )
    return RichText(p=[paragraph])


def _letters(size: int, *, bold: bool = False, colour: str = "000000") -> CharacterProperties:
    font = Font(typeface=FONT)
    return CharacterProperties(sz=size, b=bold, solidFill=colour, latin=font, ea=font)
