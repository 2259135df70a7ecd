"""The shape of the program: imports point down, modules stay small, nothing prints but the reports."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import clausecheck

PACKAGE = Path(clausecheck.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
CHECKOUT = PACKAGE.parent
MOST_LINES = 400
_LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
MAY_WRITE = ("cli", "reports")


@pytest.mark.skipif(not (CHECKOUT / "pyproject.toml").is_file(), reason="the contract stands in the checkout")
def test_imports_point_down() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _LINT, "--no-cache"],
        cwd=CHECKOUT, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 broken" in ran.stdout


@pytest.mark.parametrize("module", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_modules_are_short_and_explained(module: Path) -> None:
    source = module.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MOST_LINES
    if source.strip():
        assert ast.get_docstring(ast.parse(source))


@pytest.mark.parametrize("module", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_nothing_prints_but_what_talks_to_the_user(module: Path) -> None:
    calls = [n.func for n in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
    names = {f.id for f in calls if isinstance(f, ast.Name)} | {f.attr for f in calls if isinstance(f, ast.Attribute)}
    assert "breakpoint" not in names
    if module.relative_to(PACKAGE).parts[0] not in MAY_WRITE:
        assert not {"print", "echo"} & names


@pytest.mark.parametrize("module", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_nothing_reaches_for_the_network(module: Path) -> None:
    nodes = list(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))
    named = {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
    named |= {n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module}
    assert not {n for n in named if n.startswith("urllib.") and n != "urllib.parse"}
    network = {"socket", "http", "urllib3", "requests", "httpx", "ftplib", "smtplib"}
    assert not network & {n.split(".")[0] for n in named}


def test_every_package_and_data_file_is_in_the_wheel() -> None:
    """setuptools carries only what pyproject.toml lists."""
    import tomllib

    listed = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    packages = {".".join(m.parent.relative_to(PACKAGE.parent).parts) for m in MODULES}
    assert packages <= set(listed["packages"])
    for path in PACKAGE.rglob("*"):
        if path.is_file() and path.suffix not in (".py", ".pyc"):
            package = ".".join(path.parent.relative_to(PACKAGE.parent).parts)
            assert any(path.match(p) for p in listed["package-data"].get(package, [])), path


@pytest.mark.skipif(not (CHECKOUT / "constraints.txt").is_file(), reason="only in the checkout")
def test_every_dependency_is_pinned() -> None:
    import re
    import tomllib

    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["ocr"], *(r for r in extras["dev"] if not r.startswith("clausecheck["))]
    lines = (CHECKOUT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.partition("==")[0] for line in lines if not line.startswith("#")}
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*", line) for line in lines if not line.startswith("#"))
    for requirement in wanted:
        name = re.match(r"[\w.-]+", requirement)
        assert name
        assert re.sub(r"[-_.]+", "-", name[0]).lower() in pinned
