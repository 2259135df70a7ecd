"""Values as the database keeps them."""

from __future__ import annotations

import json
import zlib
from typing import Any


def pack(value: Any) -> bytes:
    """Plain values as compressed JSON; the same value gives the same bytes."""
    return zlib.compress(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode())


def unpack(data: bytes) -> Any:
    """What `pack` was given, tuples as lists."""
    return json.loads(zlib.decompress(data))


def storable(text: str) -> str:
    """The text with lone surrogates (bytes of a file name that are no UTF-8) written as \\udcNN, as reports do."""
    return text.encode("utf-8", "backslashreplace").decode()
