"""Named styles of the workbook. Fills differ in lightness too, so that they survive a print in grey."""

from __future__ import annotations

from typing import Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from clausecheck.findings import Severity, Status

FONT = "Microsoft JhengHei"
SIZE = 10
LINE = 14.5  # points that a line of SIZE takes, a little more than the font's own height

TITLE = "檢核－標題"
SUBTITLE = "檢核－副標題"
SECTION = "檢核－段落標題"
HEADER = "檢核－表頭"
INPUT_HEADER = "檢核－填寫欄表頭"
TEXT = "檢核－內文"
CENTER = "檢核－置中"
LABEL = "檢核－欄名"
NUMBER = "檢核－數字"
PERCENT = "檢核－百分比"
SCORE = "檢核－總分"
LINK = "檢核－連結"
BACK = "檢核－返回"
NOTE = "檢核－附註"
INPUT = "檢核－填寫欄"
CHOICE = "檢核－選單"
DATE = "檢核－日期"
ALARM = "檢核－警示"
CALM = "檢核－無警示"
UNUSED = "檢核－未對應條款"
FAINT = "檢核－淡字"
DOUBT = "檢核－請複核"
UPRIGHT_HEADER = "檢核－直立表頭"
DECIMAL = "檢核－小數"
DAY = "檢核－日期資料"
MONEY = "檢核－金額"

_DUE = {  # fill of a contract's end by how near it is
    "past": ("檢核－已過期", "D9D9D9", "000000"),
    "near": ("檢核－即將到期", "F4B084", "000000"),
    "soon": ("檢核－近期到期", "FFE699", "000000"),
    "unknown": ("檢核－期限未載明", "F2F2F2", "595959"),
}

_STATUS = {  # name, fill, letters
    Status.FULL: ("檢核－符合", "E2EFDA", "000000"),
    Status.PARTIAL: ("檢核－部分符合", "FFE699", "000000"),
    Status.MISSING: ("檢核－缺漏", "F4B084", "000000"),
    Status.CONFLICT: ("檢核－牴觸", "A61C1C", "FFFFFF"),
    Status.NOT_APPLICABLE: ("檢核－不適用", "F2F2F2", "7F7F7F"),
    Status.UNDETERMINED: ("檢核－無法判定", "D9D2E9", "000000"),
}
_SEVERITY = {
    Severity.CRITICAL: ("檢核－重大", "7B2D26", "FFFFFF"),
    Severity.HIGH: ("檢核－高", "F4B183", "000000"),
    Severity.MEDIUM: ("檢核－中", "FFF2CC", "000000"),
    Severity.LOW: ("檢核－低", "", "000000"),
}
_THIN = Side(style="thin", color="BFBFBF")
_THICK = Side(style="medium", color="A61C1C")


def status_style(status: Status) -> str:
    """Name of the style of a status cell."""
    return _STATUS[status][0]


def status_colour(status: Status) -> str:
    """RGB of a status, for charts."""
    return {Status.FULL: "70AD47", Status.NOT_APPLICABLE: "BFBFBF", Status.UNDETERMINED: "8E7CC3"}.get(
        status, _STATUS[status][1]
    )


def severity_style(severity: Severity) -> str:
    """Name of the style of a severity cell."""
    return _SEVERITY[severity][0]


def due_style(nearness: Literal["past", "near", "soon", "unknown"]) -> str:
    """Name of the style of a cell that says how near a contract's end is."""
    return _DUE[nearness][0]


def register(workbook: Workbook) -> None:
    """Add every named style to the workbook."""
    for style in (*_text_styles(), *_number_styles(), *_input_styles(), *_box_styles(), *_verdict_styles()):
        workbook.add_named_style(style)


def _text_styles() -> list[NamedStyle]:
    return [
        _style(TITLE, size=18, bold=True, vertical="center", wrap=False, frame=None),
        _style(SUBTITLE, colour="595959", vertical="center", frame=None),
        _style(SECTION, size=12, bold=True, colour="1F3864", vertical="center", wrap=False, frame=None),
        _style(HEADER, bold=True, colour="FFFFFF", fill="1F3864", horizontal="center", vertical="center"),
        _style(INPUT_HEADER, bold=True, fill="BDD7EE", horizontal="center", vertical="center"),
        _style(TEXT),
        _style(CENTER, horizontal="center"),
        _style(LABEL, bold=True, fill="EDEDED"),
        _style(LINK, colour="0563C1", underline="single"),
        _style(BACK, colour="0563C1", underline="single", vertical="center", wrap=False, frame=None),
        _style(NOTE, colour="595959", vertical="center", wrap=False, frame=None),
        _style(FAINT, colour="7F7F7F"),
        _style(UNUSED, fill="D9D9D9", bold=True),
        _style(
            UPRIGHT_HEADER, bold=True, colour="FFFFFF", fill="1F3864", horizontal="center", vertical="bottom", turn=90
        ),
        _style(DOUBT, bold=True, colour="9C0006", horizontal="center"),
    ]


def _number_styles() -> list[NamedStyle]:
    return [
        _style(NUMBER, horizontal="center", number_format="0"),
        _style(PERCENT, horizontal="center", number_format="0%"),
        _style(DECIMAL, horizontal="center", number_format="0.00"),
        _style(DAY, horizontal="center", number_format="yyyy/mm/dd"),
        _style(MONEY, horizontal="right", number_format="#,##0"),
        _style(SCORE, size=20, bold=True, horizontal="center", vertical="center", number_format="0"),
    ]


def _input_styles() -> list[NamedStyle]:
    return [
        _style(INPUT, fill="F7FBFF"),
        _style(CHOICE, fill="F7FBFF", horizontal="center"),
        _style(DATE, fill="F7FBFF", horizontal="center", number_format="yyyy/mm/dd"),
    ]


def _box_styles() -> list[NamedStyle]:
    return [
        _style(ALARM, bold=True, colour="7B2D26", fill="FDE9E7", vertical="center", frame=_THICK),
        _style(CALM, colour="375623", fill="F4FAF0", vertical="center"),
    ]


def _verdict_styles() -> list[NamedStyle]:
    return [
        _style(name, fill=fill, colour=colour, horizontal="center", bold=name in ("檢核－牴觸", "檢核－重大"))
        for name, fill, colour in (*_STATUS.values(), *_SEVERITY.values(), *_DUE.values())
    ]


def _style(
    name: str,
    *,
    size: float = SIZE,
    bold: bool = False,
    underline: Literal["single"] | None = None,
    colour: str = "000000",
    fill: str = "",
    horizontal: str = "left",
    vertical: str = "top",
    wrap: bool = True,
    frame: Side | None = _THIN,
    number_format: str = "General",
    turn: int = 0,
) -> NamedStyle:
    style = NamedStyle(name=name, number_format=number_format)
    style.font = Font(name=FONT, size=size, bold=bold, color=colour, underline=underline)
    style.alignment = Alignment(horizontal=horizontal, vertical=vertical, wrap_text=wrap, text_rotation=turn)
    if fill:
        style.fill = PatternFill("solid", start_color=fill, end_color=fill)
    if frame:
        style.border = Border(left=frame, right=frame, top=frame, bottom=frame)
    return style
