"""Whether a file wants a password, without reading it."""

from __future__ import annotations

from clausecheck.errors import PasswordNeededError
from clausecheck.parsers.kinds import OLE, Kind
from clausecheck.parsers.source import Source


def wants_password(source: Source, kind: Kind) -> bool:
    """Whether a password would open the file.

    Raises ClausecheckError for a file that cannot be opened for another reason.
    """
    if source.data.startswith(OLE):
        from clausecheck.parsers.ole import is_encrypted

        return is_encrypted(source)
    return kind == "pdf" and _pdf_wants_password(source)


def _pdf_wants_password(source: Source) -> bool:
    if b"/Encrypt" not in source.data:
        return False
    from clausecheck.parsers.pdf_opening import open_pdf

    try:
        document, _ = open_pdf(source.data, source.name)
    except PasswordNeededError:
        return True
    document.close()
    return False
