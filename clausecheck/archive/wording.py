"""Words for the reviewer, shared by the workbook, the lists and the exports."""

from __future__ import annotations

from clausecheck.archive.entries import Outcome

OUTCOME = {
    Outcome.CHECKED: "已檢核",
    Outcome.REFUSED: "無法讀取",
    Outcome.FAILED: "失敗",
    Outcome.TIMED_OUT: "逾時",
    Outcome.OUT_OF_MEMORY: "記憶體不足",
}
PARTLY = "部分無法判讀"
VANISHED = "檔案已不在"

COLUMNS = {
    "path": "路徑",
    "name": "檔案",
    "outcome": "結果",
    "exit_code": "結束代碼",
    "reason": "原因",
    "advice": "處理方法",
    "duplicate_of": "與何檔相同",
    "size": "大小（位元組）",
    "modified": "檔案修改時間",
    "sha256": "SHA-256",
    "scanned_at": "掃描時間",
    "title": "契約名稱",
    "number": "契約編號",
    "customers": "委託人",
    "suppliers": "受託廠商",
    "companies": "供應商（合併寫法後）",
    "tax_numbers": "供應商統一編號",
    "start_date": "起日",
    "end_date": "迄日",
    "term": "期間之約定",
    "renewal": "續約之約定",
    "value": "契約總價",
    "organisation": "組織類別",
    "library_version": "條款庫版本",
    "library_fingerprint": "條款庫指紋",
    "score": "總分",
    "gaps": "缺口",
    "critical_gaps": "重大缺口",
    "doubtful": "請複核項數",
    "unread": "無法判讀之部分",
    "requirement": "要求編號",
    "requirement_name": "要求",
    "severity": "嚴重度",
    "status": "狀態",
    "doubt": "複核",
    "absent": "缺少之內容",
}
