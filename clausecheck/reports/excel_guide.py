"""說明: how the workbook is to be read, and what it cannot say."""

from __future__ import annotations

from openpyxl import Workbook

from clausecheck.findings import Severity, State, Status
from clausecheck.reports import styles
from clausecheck.reports.excel_cells import Field, location, put
from clausecheck.reports.excel_links import GUIDE, SUMMARY
from clausecheck.reports.excel_summary import section
from clausecheck.reports.excel_table import Column, set_widths, write_row
from clausecheck.reports.wording import SEVERITY, STATE, STATE_SYMBOL, STATUS_MEANING, status_text

_COLUMNS = (Column("項目", 22, styles.LABEL), Column("說明", 118))
_STATES = {
    State.MET: "契約已拘束正確之一方",
    State.WEAK: "用語為「儘量」「原則上」「得視情況」等，不成義務",
    State.BLANK: "數值或日期留白待填，例如「民國　年　月　日」",
    State.REFERRED: "僅稱「詳附件」，而該附件不在同一檔案",
    State.CONTRADICTED: "契約為相反約定，或另有例外收回該權利或義務",
    State.UNMET: "契約未見該要素",
}
_SEVERITIES = {
    Severity.CRITICAL: "未約定將直接影響法規遵循或主管機關之檢查，應於簽約前議定",
    Severity.HIGH: "對資安、稽核或契約控管影響顯著，宜優先協商",
    Severity.MEDIUM: "影響有限或可由其他條款部分補足",
    Severity.LOW: "形式或次要事項",
}
_READING = (
    (
        "總分與分數",
        "各要求自 0 至 100 分，牴觸與缺漏為低；總分由適用之各要求綜合而得，"
        "供比較及排序，非法遵結論。不適用及無法判定者不列分數。",
    ),
    (
        "依據文字",
        "為契約原文之段落；同一要求有數段時以編號與位置對應。"
        "文字過長致無法於一列顯示者，末尾註明「（以下略，全文見契約）」。",
    ),
    ("位置", "條款路徑及標題；PDF 另列頁次，DOCX 另列段次（段次自文件開頭起算，表格之每一列計為一段）。"),
    ("把握度與請複核", "把握度為判斷之可靠程度；標示「請複核」者，請審閱人員核對原文後再行採用。"),
    ("建議條文", "已代入本契約當事人之稱謂，可逐字提出；仍請依個案調整條號、期限與金額。"),
    ("替代條文", "廠商不接受建議條文時可退讓之最低約定。"),
)
_WORKING = (
    (
        "協商欄位",
        "〈缺口清單〉藍底欄位供填寫：我方立場、廠商回覆、議定文字、協商狀態（選單）、"
        "負責人、期限、備註。期限已過而未同意者以紅字顯示。",
    ),
    ("篩選與連結", "各清單均可篩選。編號之連結指向固定之列；若將清單重新排序，連結可能指向他列，請以篩選代替排序。"),
    ("列印", "A4 橫向，每頁重複表頭。〈缺口清單〉分兩組頁面：先檢核結果，後協商欄位，並重複序號、編號與名稱。"),
    ("文字型態", "契約文字一律以純文字存放，以「=」等符號開頭者亦不會成為公式。"),
)
_LIMITS = (
    ("判斷之範圍", "僅就本檔案（含同檔附件、表格、註腳）之文字判斷；未附之文件、口頭約定及其他契約不在其內。"),
    ("修訂標記", "檢核時以接受全部修訂或未接受修訂之文字為準，採何者見〈摘要〉；二者均檢核者另列其影響。"),
    ("讀不到之文字", "無文字之頁面（例如掃描影像）列為未能讀取；相關要求為「無法判定」，不視為缺漏。"),
    ("非法律意見", "本報告由程式依條款庫產生，協助審閱人員找出缺口，不取代法務之判斷。"),
)


def write_guide(workbook: Workbook) -> None:
    """Write the sheet."""
    sheet = workbook.create_sheet(GUIDE)
    set_widths(sheet, [c.width for c in _COLUMNS])
    put(sheet, 1, 1, Field(GUIDE, styles.TITLE))
    sheet.row_dimensions[1].height = 30
    put(sheet, 2, 1, Field(f"← 回{SUMMARY}", styles.BACK, location(SUMMARY, 1)))
    row = 3
    for title, lines in _sections():
        section(sheet, row, title)
        for line in lines:
            row += 1
            write_row(sheet, row, _COLUMNS, line)
        row += 2
    sheet.freeze_panes = "A3"
    sheet.print_area = f"A1:B{row - 2}"


def _sections() -> list[tuple[str, list[tuple[Field, Field]]]]:
    statuses = [(Field(status_text(s), styles.status_style(s)), Field(STATUS_MEANING[s])) for s in Status]
    states = [(Field(f"{STATE_SYMBOL[s]} {STATE[s]}"), Field(_STATES[s])) for s in State]
    severities = [(Field(SEVERITY[s], styles.severity_style(s)), Field(_SEVERITIES[s])) for s in Severity]
    return [
        ("要求之狀態", statuses),
        ("要素之狀態", states),
        ("缺口之嚴重度", severities),
        ("各欄之意義", _texts(_READING)),
        ("使用方式", _texts(_WORKING)),
        ("限制", _texts(_LIMITS)),
    ]


def _texts(lines: tuple[tuple[str, str], ...]) -> list[tuple[Field, Field]]:
    return [(Field(name), Field(text)) for name, text in lines]
