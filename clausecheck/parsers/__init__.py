"""One parser a format, chosen by the file's content rather than by its name."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from clausecheck.document import Document
from clausecheck.parsers.kinds import OtherKind, kind_of
from clausecheck.parsers.limits import DEFAULTS, Limits
from clausecheck.parsers.source import Source, read_source

__all__ = ["Changes", "Limits", "is_protected", "parse"]

if TYPE_CHECKING:
    from clausecheck.parsers.ocr import Ocr

Changes = Literal["accepted", "original"]


def parse(
    path: str | Path,
    *,
    changes: Changes = "accepted",
    password: str | None = None,
    limits: Limits = DEFAULTS,
    ocr: Ocr = "auto",
    without: Set[str] = frozenset(),
) -> Document:
    """The document in the file `path`; `ocr` says whether text is recognised on images of pages.

    `without` names tracked changes (Change.key) that are read as if never made; DOCX alone knows it.

    Raises UnreadableFileError, UnsupportedFileError, ProtectedFileError or NoTextError.
    """
    from clausecheck.parsers.limits import too_much_memory

    source = read_source(Path(path), limits)
    try:
        kind = kind_of(source)
        if kind != "docx":
            return _parsed(source, kind, changes, password, limits, ocr)
        from clausecheck.parsers.docx import parse_docx

        return parse_docx(source, changes=changes, password=password, limits=limits, without=without)
    except MemoryError as error:
        raise too_much_memory(source.name) from error


def _parsed(
    source: Source, kind: OtherKind, changes: Changes, password: str | None, limits: Limits, ocr: Ocr
) -> Document:
    if kind == "pdf":
        from clausecheck.parsers.pdf import parse_pdf

        return parse_pdf(source, password=password, limits=limits, ocr=ocr)
    if kind == "image":
        from clausecheck.parsers.image import parse_image

        return parse_image(source, limits=limits, ocr=ocr)
    if kind == "plain":
        from clausecheck.parsers.plain import parse_plain

        return parse_plain(source, limits)
    from clausecheck.parsers.legacy import parse_legacy

    return parse_legacy(source, kind, changes=changes, password=password, limits=limits)


def is_protected(path: str | Path, limits: Limits = DEFAULTS) -> bool:
    """Whether the file wants a password before it can be read; what cannot be read at all does not.

    Raises nothing: reading the file tells what is wrong with it.
    """
    from clausecheck.errors import ClausecheckError
    from clausecheck.parsers.protection import wants_password

    try:
        source = read_source(Path(path), limits)
        return wants_password(source, kind_of(source))
    except (ClausecheckError, MemoryError):
        return False
