"""The form of the clause library's files; a wrong file is told where and how to mend it.

A library is a folder:

    library.yaml          version and source
    conditions.yaml       what makes a requirement applicable (cloud, development ...)
    terms/*.yaml          concepts: a name, and the words that express it in Chinese and English
    requirements/*.yaml   one file a requirement, named by its id
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from clausecheck.findings import Severity

Organisation = Literal["1", "2", "F"]
DocumentKind = Literal["contract", "nda", "proposal"]
Actor = Literal["supplier", "customer", "any"]
Scope = Literal["sentence", "item", "article", "document"]
Modifier = Literal["release", "weak", "blank", "referred"]

_ELEMENT_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
REQUIREMENT_ID = re.compile(r"\d+(\.\d+)*\Z")


class Strict(BaseModel):
    """No unknown key, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_strings(value: object) -> object:
    return [str(v) for v in value] if isinstance(value, list) else value


class Rule(Strict):
    """When a passage speaks of an element.

    all       concepts that the passage must hold; "a|b" is either; Chinese words stand for themselves
    about     concepts in the passage or in its context (headings, lead-in, table head, clause)
    none      concepts that must not occur in the passage
    unless    concepts that must not occur in the passage or its context
    near      the `all` words lie within so many characters
    actor     who is bound; a passage that names the other one as the actor does not count
    scope     one sentence, one clause item, one article, or the whole document
    despite   modifiers that do not weaken this rule
    """

    id: str = ""
    all: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    near: int | None = Field(default=None, ge=1, le=400)
    actor: Actor = "any"
    scope: Scope = "sentence"
    despite: tuple[Modifier, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Rule:
        if not self.all:
            raise ValueError("一條規則至少要有 all")
        return self


class Examples(Strict):
    """Sentences that the element must judge so; they are tests and the ground of similarity."""

    met: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    referred: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()
    near_miss: tuple[str, ...] = ()


class Element(Strict):
    """One thing that the reviewer looks for.

    met           agreed
    topic         the matter is spoken of; with a modifier (release, weak, blank, referred) it takes that state
    open          spoken of but not agreed, without any modifier (a general reference, for instance)
    contradicted  agreed the other way round
    exact         only the rules decide, because the matter hangs on a name (of a guideline, an act, an authority)
    bound         supplier: a passage whose duties are all the customer's does not meet it
    exceptions    matter: an article that takes the duty back for some cases leaves the element open
    same_as       "requirement/element": judged there
    absent        what to tell the reviewer when it is absent
    """

    id: str
    text: str
    optional: bool = False
    exact: bool = False
    bound: Actor = "any"
    exceptions: Literal["usual", "matter"] = "usual"
    same_as: str | None = None
    contradiction: Literal["conflict", "partial"] = "conflict"
    met: tuple[Rule, ...] = ()
    topic: tuple[Rule, ...] = ()
    open: tuple[Rule, ...] = ()
    contradicted: tuple[Rule, ...] = ()
    absent: str = ""
    examples: Examples = Examples()

    @field_validator("id")
    @classmethod
    def _id_form(cls, value: str) -> str:
        if not _ELEMENT_ID.match(value):
            raise ValueError("要素代號只能用小寫英文字母、數字與底線")
        return value


class Wording(Strict):
    """A clause written for a contract, with {委託人} and {受託人} ({customer}, {supplier}) for the parties."""

    zh: str
    en: str


class Requirement(Strict):
    """One requirement of the guideline."""

    id: Annotated[str, BeforeValidator(str)]
    name: str
    article: str
    group: str
    text: str
    document: DocumentKind = "contract"
    applies: Annotated[tuple[Organisation, ...], BeforeValidator(_as_strings)]
    when: str = ""
    severity: Severity
    need: Literal["all", "any"] = "all"
    gate: str = ""
    elements: tuple[Element, ...] = Field(min_length=1)
    wording: Wording
    fallback: Wording
    note: str = ""

    @field_validator("id")
    @classmethod
    def _requirement_id(cls, value: str) -> str:
        if not REQUIREMENT_ID.match(value):
            raise ValueError("要求編號須為 7.1.1.8 之形式")
        return value

    @model_validator(mode="after")
    def _elements_fit(self) -> Requirement:
        ids = [e.id for e in self.elements]
        if len(set(ids)) != len(ids):
            raise ValueError("要素代號重複")
        if self.gate and self.gate not in ids:
            raise ValueError(f"gate 所指要素「{self.gate}」不在 elements 中")
        return self

    def element(self, element_id: str) -> Element:
        return next(e for e in self.elements if e.id == element_id)


class Term(Strict):
    """A concept: the words that express it.

    `…` stands for a short gap (14 characters, or 6 English words); /…/ is a regular expression;
    $S, $C, $B stand for the supplier, the customer and both parties however the contract names them.
    """

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_words(self) -> Term:
        if not self.zh and not self.en:
            raise ValueError("概念至少要有一個中文或英文用語")
        return self


class Condition(Strict):
    """A fact about the contract on which a requirement's applicability hangs."""

    name: str
    text: str
    rules: tuple[Rule, ...] = ()


class LibraryInfo(Strict):
    """What the library is."""

    version: str
    source: str
