"""The terminal."""

from __future__ import annotations

import io
from dataclasses import replace

from rich.cells import cell_len
from rich.console import Console

from clausecheck.findings import Report, Severity, Status
from clausecheck.reports.console import print_reports


def _shown(*reports: Report, width: int = 80, encoding: str = "utf-8") -> str:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n")
    print_reports(reports, Console(file=file, width=width, highlight=False))
    file.seek(0)
    return file.read()


def test_score_counts_gaps_and_places(report: Report) -> None:
    text = _shown(report)
    assert "61／100" in text
    assert "● 符合 1  ◐ 部分符合 1  ○ 缺漏 1  ✕ 牴觸 1" in text
    assert "3 項（重大 1，高 1，中 1）" in text
    assert text.index("缺口－重大") < text.index("7.1.1.3") < text.index("缺口－高") < text.index("7.1.1.4")
    assert "第十二條／二（保密義務），第 4 頁" in text
    assert "近似" in text
    assert "7.1.1.2 要求7.1.1.2〔請複核〕" in text
    assert "第 3–4 頁讀不到文字" in text


def test_lines_keep_within_the_width_and_lose_no_text(report: Report) -> None:
    long = replace(report.findings[1], absent=("委託人、" * 40,), severity=Severity.CRITICAL)
    for width in (40, 80):
        text = _shown(replace(report, findings=(long,)), width=width)
        assert max(cell_len(line) for line in text.splitlines()) <= width
        assert text.count("委託人、") + text.count("、\n") >= 1
        assert "".join(text.split()).count("委託人、") == 40


def test_no_colour_no_codes_and_nothing_that_a_terminal_obeys(ugly_report: Report) -> None:
    text = _shown(ugly_report)
    assert "\x1b" not in text
    assert not any(ord(c) < 32 and c != "\n" for c in text)
    assert "[bold red]不是標記[/bold red]" in text


def test_a_terminal_of_another_encoding_is_served(report: Report) -> None:
    text = _shown(report, encoding="cp950")
    assert "7.1.1.4 要求7.1.1.4" in text
    assert "牴觸" in text


def test_only_some_passages_are_shown(report: Report) -> None:
    element = report.findings[1].elements[0]
    many = tuple(replace(element.evidence[0], start=i, text=f"第{i}處文字") for i in range(5))
    finding = replace(report.findings[1], elements=(replace(element, evidence=many),))
    text = _shown(replace(report, findings=(finding,)))
    assert "第2處文字" in text
    assert "第3處文字" not in text
    assert "另有 2 處" in text


def test_several_contracts_end_in_a_table(report: Report) -> None:
    other = replace(report, name="b.pdf", score=80)
    last = _shown(report, other).split("契約 2 份")[1]
    assert "b.pdf" in last
    assert "80" in last
    assert "契約 2 份" not in _shown(report)


def test_no_gap_is_said(report: Report) -> None:
    full = tuple(f for f in report.findings if f.status is Status.FULL)
    assert "未發現缺口" in _shown(replace(report, findings=full))
