"""Entries of an archive: real reports on the sample contracts, varied by name, supplier, date and status."""

from __future__ import annotations

import copy
import hashlib
import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from clausecheck import check
from clausecheck.archive.entries import Entry, Outcome
from clausecheck.archive.judging import Verdict
from clausecheck.archive.packing import pack
from clausecheck.archive.recording import Context, Pending, link, record, use_context
from clausecheck.archive.state import Archive, suffix_of
from clausecheck.reports.json import to_json

SAMPLES = Path(__file__).parents[2] / "sample_contracts"
FILES = ("01-trading-maintenance.docx", "04-onsite-staff.docx", "05-surveillance-saas-en.pdf", "07-vendor-paper.pdf")
TODAY = date(2026, 11, 1)
SUPPLIERS = (
    ("雲程資訊股份有限公司", "04595257"),
    ("雲程資訊（股）公司", ""),
    ("雲程資訊 股份有限公司", "04595257"),
    ("云程资讯股份有限公司", ""),
    ("臺灣大哥大股份有限公司", ""),
    ("台灣大哥大（股）公司", ""),
    ("台灣大股份有限公司", ""),
    ("鐸星系統整合有限公司", ""),
    ("墨嶼雲端科技股份有限公司", ""),
    ("Larkspire Software Pte. Ltd.", ""),
    ("LARKSPIRE SOFTWARE PTE LTD", ""),
    ("Larkspire Software Inc.", ""),
    ("磐霖數據股份有限公司", ""),
    ("", ""),
)
_KINDS = ("交易系統維護契約書", "資訊人力駐點服務契約", "雲端平台服務契約",
          "行動下單應用程式開發契約", "網路設備維護合約", "資安監控服務契約書")  # fmt: skip
_UNITS = ("經紀部", "風控部", "資訊部", "財富管理處", "自營部", "法遵室")
_RENEWALS = ("", "", "雙方得於期滿六十日前以書面議定續約。", "期滿三十日前未以書面表示不續約者，自動延長一年。")
_REFUSED = (
    (Outcome.REFUSED, 6, "「{name}」沒有可讀的文字，可能是掃描檔", "請以有文字層之檔案重新掃描"),
    (Outcome.REFUSED, 5, "「{name}」受密碼保護", "請先以原程式移除密碼後另存"),
    (Outcome.REFUSED, 4, "不支援「{name}」的檔案類型", "請先以 Word 或原程式另存為 DOCX 或 PDF"),
    (Outcome.FAILED, 70, "處理時發生程式內部錯誤", "請將此檔之情形回報維護人員"),
    (Outcome.TIMED_OUT, 3, "處理逾時（超過 60 秒）", "請以 --time-limit 放寬時間，或將檔案分割"),
    (Outcome.OUT_OF_MEMORY, 3, "處理時記憶體不足", "請以 --memory-limit 放寬，或將檔案分割"),
)


@lru_cache(maxsize=1)
def real_reports() -> tuple[dict[str, Any], ...]:
    """The samples' reports as the archive keeps them."""
    made = [check(SAMPLES / name) for name in FILES]
    return tuple(to_json(made, program_version="0.1.0")["documents"])


def entry(path: str = "/archive/a.docx", report: dict[str, Any] | None = None, **more: Any) -> Entry:
    """One file; checked when it has a report."""
    values: dict[str, Any] = {
        "path": path,
        "sha256": hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest(),
        "size": 20_480,
        "modified": "2026-03-05T01:02:03Z",
        "outcome": Outcome.CHECKED if report else Outcome.REFUSED,
        "exit_code": 0,
        "reason": "",
        "advice": "",
        "duplicate_of": None,
        "present": True,
        "scanned_at": "2026-10-30T08:00:00Z",
        "report": report,
    }
    return Entry(**{**values, **more})


def report(base: int = 0, *, supplier: tuple[str, str] | None = None, **metadata: str) -> dict[str, Any]:
    """A real report with another supplier and other metadata."""
    made = copy.deepcopy(real_reports()[base])
    made["metadata"].update(metadata)
    if supplier is not None:
        rest = [p for p in made["parties"] if p["role"] != "supplier"]
        named = {"role": "supplier", "name": supplier[0], "aliases": ["乙方"], "tax_number": supplier[1]}
        made["parties"] = [*rest, named]
    return made


def with_statuses(made: dict[str, Any], statuses: dict[str, str]) -> dict[str, Any]:
    """The report with other statuses of some requirements."""
    for requirement in made["requirements"]:
        requirement["status"] = statuses.get(requirement["id"], requirement["status"])
    return made


def varied(count: int, seed: int = 7) -> Iterator[Entry]:
    """So many files, the same for the same seed: nine of ten judged, some copies, some refused, a few vanished."""
    chance, judged = random.Random(seed), list[Entry]()
    for number in range(count):
        path = f"/archive/{chance.choice(_UNITS)}/{2020 + number % 7}/{number:05d}-{chance.choice(_KINDS)}.docx"
        kind = chance.random()
        if kind < 0.06:
            yield _refused(path, chance)
        elif kind < 0.10 and judged:
            original = chance.choice(judged)
            yield entry(path, original.report, sha256=original.sha256, duplicate_of=original.path)
        else:
            made = entry(path, _varied_report(chance, path), present=kind < 0.99)
            judged = [*judged[-20:], made] if made.present else judged
            yield made


def _refused(path: str, chance: random.Random) -> Entry:
    outcome, code, reason, advice = chance.choice(_REFUSED)
    name = path.rpartition("/")[2]
    return entry(path, outcome=outcome, exit_code=code, reason=reason.format(name=name), advice=advice)


def _varied_report(chance: random.Random, path: str) -> dict[str, Any]:
    start = date(2023, 1, 1) + timedelta(days=chance.randrange(1400))
    end = start + timedelta(days=chance.choice((365, 730, 1095)) - 1)
    dated = chance.random() < 0.8
    made = report(
        chance.choice((0, 0, 1, 2, 3)),
        supplier=SUPPLIERS[min(int(chance.expovariate(0.22)), len(SUPPLIERS) - 1)],
        title=path.rpartition("-")[2].removesuffix(".docx"),
        start_date=start.isoformat() if dated else "",
        end_date=end.isoformat() if dated else "",
        term=f"自{start.year - 1911}年{start.month}月{start.day}日起，為期{(end - start).days // 365 + 1}年"
        if dated
        else "自簽約日起一年",
        renewal=chance.choice(_RENEWALS),
        value=f"新臺幣{chance.randrange(1, 90) * 100_000:,}元" if chance.random() < 0.4 else "",
    )
    _disturb(made, chance)
    return made


def _disturb(made: dict[str, Any], chance: random.Random) -> None:
    for requirement in made["requirements"]:
        if chance.random() < 0.15 and requirement["status"] != "not_applicable":
            requirement["status"] = chance.choice(("full", "partial", "missing", "conflict"))
    judged = [r["status"] for r in made["requirements"] if r["status"] != "not_applicable"]
    points = {"full": 100, "partial": 50}
    made["score"] = round(sum(points.get(s, 0) for s in judged) / len(judged))
    if chance.random() < 0.04:
        message = {"code": "page-without-text", "message": "第 3 頁讀不到文字", "page": 3, "blocking": True}
        made["notices"].append(message)
        for requirement in made["requirements"]:
            if requirement["status"] == "missing":
                requirement["status"] = "undetermined"


def store(db: Path, entries: Iterable[Entry]) -> None:
    """A database that holds the entries as a scan would have recorded them, clauses included."""
    context = Context("c", "f00d", "2026.1", "{}", "0.1.0", "r")
    with Archive.open(db, create=True) as archive:
        use_context(archive, context)
        for made in entries:
            suffix = suffix_of(made.path)
            pending = Pending(made.path, made.path, made.size, made.modified, "s", made.sha256, suffix, made.present)
            if made.duplicate_of:
                link(archive, pending, context)
            else:
                record(archive, [pending], _verdict(made), context)


def _verdict(made: Entry) -> Verdict:
    clauses = made.report["clauses"] if made.report else []
    return Verdict(
        made.outcome,
        made.exit_code,
        made.reason,
        made.advice,
        report=pack(made.report) if made.report else None,
        document=b"-" if made.report else None,
        clauses=tuple((c["path"], c["heading"], c["text"]) for c in clauses),
    )
