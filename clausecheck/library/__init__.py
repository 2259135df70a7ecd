"""The clause library: schema, loader, lint and the runner of its examples."""

from clausecheck.library.loader import Library, load_library
from clausecheck.library.schema import Element, Requirement, Rule, Term

__all__ = ["Element", "Library", "Requirement", "Rule", "Term", "load_library"]
