"""說明: how the workbook is to be read, how its figures come about, and what it cannot say."""

from __future__ import annotations

from openpyxl import Workbook

from clausecheck.archive.portfolio.matrix import SHORT
from clausecheck.archive.portfolio.names import GUIDE, OVERVIEW, Frame
from clausecheck.archive.portfolio.ranking import factors
from clausecheck.archive.portfolio.sheet import Sheet
from clausecheck.findings import Status
from clausecheck.reports import styles
from clausecheck.reports.excel_cells import Field, location
from clausecheck.reports.wording import STATUS, STATUS_MEANING

_COUNTING = (
    ("契約", "一份契約為一個檢核完成之檔案；內容完全相同之檔案計一份。檔案已不在者不計入。"),
    ("總分", "各契約之總分由適用之要求綜合而得，供比較及排序，非法遵結論。"),
    ("缺口比率", "部分符合、缺漏、牴觸之契約數，除以得以判斷之契約數（不含不適用及無法判定）。"),
    ("剩餘天數", "自基準日至迄日之天數，迄日當日為 0；負數為已過之天數。基準日可以 --today 指定。"),
)
_SUPPLIERS = (
    ("如何合併", "名稱之全形半形、空格、標點、臺與台、簡體繁體、公司組織（股份有限公司、有限公司等）之差異"
     "視為同一公司；統一編號相同者亦合併。僅名稱相似者不合併。"
     "英文之 Inc. 與 Ltd. 等不同組織形式不合併。合併之寫法均予列出。"),
    ("統一編號", "僅於契約文字明確屬於該當事人且檢查碼正確時採用；同名而統一編號不同者分列並標示。"),
    ("中英文名稱", "同一公司之中文與英文名稱無從由文字斷定為同一公司者分列。"),
    ("占比", "該供應商之契約數除以全部檢核之契約數；一份契約有數家供應商者各計一次。"),
    ("契約總價", "僅於契約明載單一總價時採用，按幣別加總；按月、按季之費用及未載明者不計，故為下限。"),
    ("集中度", "指引第四條：應注意作業委託之適度分散，集中度過高疑慮者應執行風險評估，並提報總經理層級取得同意。"
     "第十條：集中度過高者應造冊，並確認其執行資安事件識別、回應和緩解風險之機制。門檻可以 --concentration 指定；"
     "指引未定數值，且市場整體之集中度無法由本組織之契約得知。"),
    ("事件處置約定完整", "該供應商之契約中，要求 7.1.1.7（資通安全事件處置程序）為符合者／適用者。"),
)  # fmt: skip
_TERMS = (
    ("迄日", "由契約文字讀得之期間末日；未載明確定日期者（例如自簽約日起一年）為未載明，不予推算。"),
    ("續約", "「自動續約」僅於文字明白約定時標示；其他續約約定請見原文。"),
)
_LIMITS = (
    ("無法判讀", "讀不到文字之檔案或頁面不視為缺漏；請依〈無法判讀〉之處理方法補正後重新掃描。"),
    ("列數", "〈缺口排序〉最多列出 10,000 項；超過時於該表註明，完整資料可以 clausecheck archive export 取得。"),
    ("列印", "A4 橫向，每頁重複表頭；〈契約矩陣〉欄位較多，設定為 A3 橫向。"),
    ("排序與篩選", "各清單均可篩選。優先分為排序之規則，不是風險之量測。"),
    ("文字型態", "契約文字及檔名一律以純文字存放，以「=」等符號開頭者亦不會成為公式。"),
    ("非法律意見", "本表由程式依條款庫產生，不取代法務之判斷。"),
)


def write_guide(workbook: Workbook, frame: Frame) -> None:
    """Write the sheet."""
    sheet = Sheet(workbook, GUIDE, (24, 120), frame.label, freeze="A3")
    sheet.append([Field(GUIDE, styles.TITLE)], high=30)
    sheet.append([Field(f"← 回{OVERVIEW}", styles.BACK, location(OVERVIEW, 1))], high=20)
    statuses = [(Field(SHORT[s], styles.status_style(s)), f"{STATUS[s]}：{STATUS_MEANING[s]}") for s in Status]
    sections = (
        ("契約矩陣之狀態", statuses),
        ("計數與分數", _labelled(_COUNTING)),
        (
            "缺口排序之優先分",
            _labelled((("公式", "優先分＝嚴重度權數 × 狀態係數 × 到期係數 × 供應商係數"), *factors())),
        ),
        ("供應商名冊", _labelled(_SUPPLIERS)),
        ("到期日", _labelled(_TERMS)),
        ("限制", _labelled(_LIMITS)),
    )
    for title, lines in sections:
        sheet.append([Field(title, styles.SECTION)], high=24)
        for name, text in lines:
            sheet.append([name, Field(text, styles.TEXT)])
        sheet.skip()
    sheet.finish()


def _labelled(lines: tuple[tuple[str, str], ...]) -> list[tuple[Field, str]]:
    return [(Field(name, styles.LABEL), text) for name, text in lines]
