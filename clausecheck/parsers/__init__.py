"""One parser a format, chosen by the file's content rather than by its name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from clausecheck.document import Document
from clausecheck.parsers.kinds import Kind, kind_of
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
) -> Document:
    """The document in the file `path`; `ocr` says whether text is recognised on images of pages.

    Raises UnreadableFileError, UnsupportedFileError, ProtectedFileError or NoTextError.
    """
    from clausecheck.parsers.limits import too_much_memory

    source = read_source(Path(path), limits)
    try:
        return _parsed(source, kind_of(source), changes, password, limits, ocr)
    except MemoryError as error:
        raise too_much_memory(source.name) from error


def _parsed(source: Source, kind: Kind, changes: Changes, password: str | None, limits: Limits, ocr: Ocr) -> Document:
    if kind == "pdf":
        from clausecheck.parsers.pdf import parse_pdf

        return parse_pdf(source, password=password, limits=limits, ocr=ocr)
    if kind == "image":
        from clausecheck.parsers.image import parse_image

        return parse_image(source, limits=limits, ocr=ocr)
    if kind == "plain":
        from clausecheck.parsers.plain import parse_plain

        return parse_plain(source, limits)
    if kind == "docx":
        from clausecheck.parsers.docx import parse_docx

        return parse_docx(source, changes=changes, password=password, limits=limits)
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
