"""What the tests of the archive share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.support import Place


@pytest.fixture
def place(tmp_path: Path, small_library: Path) -> Place:
    return Place(tmp_path, small_library)
