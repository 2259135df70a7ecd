"""The option that rewrites the golden reports: pytest tests/golden --update-golden"""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Known when tests/golden is named on the command line; a run of all tests only compares."""
    parser.addoption("--update-golden", action="store_true", help="以目前之檢核結果改寫 tests/golden 之基準檔")


@pytest.fixture
def updating(request: pytest.FixtureRequest) -> bool:
    """Whether the golden files are to be rewritten."""
    return bool(request.config.getoption("--update-golden", default=False))
