"""OLE containers ([MS-CFB] version 3) with given streams, for tests; a dictionary is a storage."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECTOR = 512
_NONE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_SMALLEST = 4096  # shorter streams would need the mini stream

Tree = dict[str, Any]


@dataclass
class _Container:
    sectors: list[bytes] = field(default_factory=list)
    chain: list[int] = field(default_factory=list)
    entries: list[bytes] = field(default_factory=list)

    def store(self, data: bytes) -> int:
        """The first sector of the data."""
        first, count = len(self.sectors), -(-len(data) // SECTOR)
        self.sectors += [data[i * SECTOR : (i + 1) * SECTOR].ljust(SECTOR, b"\0") for i in range(count)]
        self.chain += [*range(first + 1, first + count), _END]
        return first

    def add(self, tree: Tree) -> int:
        """The number of the first of a storage's entries; each is the right neighbour of the one before."""
        first = right = _NONE
        for name, content in reversed(tree.items()):
            child, start, size, kind = _NONE, 0, 0, _STORAGE
            if isinstance(content, dict):
                child = self.add(content)
            else:
                data = content.ljust(_SMALLEST, b"\0")
                start, size, kind = self.store(data), len(data), _STREAM
            first = right = self.entry(name, kind, right, child, start, size)
        return first

    def entry(self, name: str, kind: int, right: int, child: int, start: int, size: int) -> int:
        """The number of a new directory entry."""
        letters = name.encode("utf-16-le") + b"\0\0"
        head = letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters), kind, 1)
        tail = struct.pack("<III", _NONE, right, child) + bytes(36) + struct.pack("<IQ", start, size)
        self.entries.append(head + tail)
        return len(self.entries) - 1


def container(tree: Tree) -> bytes:
    """The bytes of a container with these streams and storages."""
    made = _Container()
    made.entries.append(b"")
    child = made.add(tree)
    root = _Container()
    root.entry("Root Entry", _ROOT, _NONE, child, _END, 0)
    made.entries[0] = root.entries[0]
    directory = made.store(b"".join(made.entries).ljust(SECTOR, b"\0"))
    count = 1
    while count * SECTOR // 4 < len(made.chain) + count:
        count += 1
    fat = len(made.chain)
    table = struct.pack(f"<{fat + count}I", *made.chain, *[_FAT] * count)
    table = table.ljust(count * SECTOR, b"\xff")
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, count, directory, 0, _SMALLEST, _END, 0, _END, 0)
    head += struct.pack("<109I", *range(fat, fat + count), *[_NONE] * (109 - count))
    return head + b"".join(made.sectors) + table


def write_ole(path: Path, tree: Tree) -> None:
    """Writes a container."""
    path.write_bytes(container(tree))
