"""clausecheck: checks IT-supplier contracts against Article 7 of the supply-chain risk guideline."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

# Products of short vectors: several threads only wait for one another, the more so beside other work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
__all__ = ["Settings", "check", "check_together", "load_library"]

if TYPE_CHECKING:
    from clausecheck.checker import Settings, check, check_together
    from clausecheck.library import load_library


def __getattr__(name: str) -> Any:
    """The public functions, imported when first asked for: the command line must start fast."""
    if name in __all__:
        module = "clausecheck.library" if name == "load_library" else "clausecheck.checker"
        return getattr(__import__(module, fromlist=[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
