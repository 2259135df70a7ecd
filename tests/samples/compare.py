"""Prints where the program differs from the lawyer's expectation: python -m tests.samples.compare"""

from __future__ import annotations

import sys

from tests.samples.support import FILES, TRACKED, differences, expectation, report_on


def main() -> None:
    """One line a difference, with the state and first quote of each element."""
    for name, original in [*((f, False) for f in FILES), (TRACKED, True)]:
        report = report_on(name, original)
        found = differences(name, original)
        sys.stdout.write(f"{name}{'（修訂前）' if original else ''}：{report.score} 分，{len(found)} 項不同\n")
        for requirement, expected, got in found:
            mark = "（可爭論）" if requirement in expectation(name).get("debatable", ()) else ""
            sys.stdout.write(f"  {requirement}：預期 {expected}，檢核為 {got}{mark}\n")
            finding = next(f for f in report.findings if f.id == requirement)
            for element in finding.elements:
                quote = f"「{element.evidence[0].text}」{element.evidence[0].rule}" if element.evidence else ""
                sys.stdout.write(f"    {element.id} {element.state.value} {quote}\n")


if __name__ == "__main__":
    main()
