"""Names and small questions to WordprocessingML elements; pure."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"

_OFF = frozenset({"0", "false", "off", "none"})


def w(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


def find(element: _Element | None, *path: str) -> _Element | None:
    """The first element down a path of WordprocessingML names."""
    for name in path:
        if element is None:
            return None
        element = element.find(w(name))
    return element


def attribute(element: _Element | None, name: str = "val") -> str | None:
    """A WordprocessingML attribute, `w:val` when nothing else is named."""
    if element is None:
        return None
    value = element.get(w(name))
    return None if value is None else str(value)


def number(element: _Element | None, name: str = "val") -> int | None:
    """A whole number out of an attribute, None when absent or damaged."""
    value = attribute(element, name)
    try:
        return None if value is None else int(value)
    except ValueError:
        return None


def switch(element: _Element | None) -> bool | None:
    """An on/off property: None when absent, on when it has no value."""
    if element is None:
        return None
    return (attribute(element) or "1").lower() not in _OFF


def local(element: _Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: _Element) -> Iterator[_Element]:
    """The child elements; comments and processing instructions are no part of a parsed tree."""
    return iter(element)


def plain(element: _Element, *, deleted: bool) -> str:
    """All words under an element; those of a nested deletion only when asked for."""
    words = []
    for text in element.iter(w("t"), w("delText")):
        if deleted or text.tag == w("t"):
            words.append(text.text or "")
    return "".join(words)
