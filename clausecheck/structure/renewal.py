"""What a contract says on its own renewal; pure. A sentence on anything else that is prolonged is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clausecheck.document import Clause

MAX_RENEWAL = 200

_ZH = re.compile(
    r"(?:期滿|期满|届满|屆滿|到期|屆期|届期|期間|期间|期限|效期|契約|契约|合約|合约|合同|本約|本约|協議|协议)[^。；;\n]{0,60}?"
    r"(?:續約|續訂|續簽|續期|续约|续订|续签|续期|自動(?:延長|展延|延展|延續)|自动(?:延长|展延|延续)"
    r"|(?:延長|展延|延展|延长)[^。；;\n]{0,8}?(?:年|個月|个月|期))"
)
_EN = re.compile(
    r"\b(?:agreement|contract|term|period|it)\b[^.;\n]{0,80}?\b(?:renew(?:s|ed|al|able)?\b|"
    r"(?:be )?extended (?:automatically )?for\b)"
    r"|\b(?:renewal of (?:the|this) (?:agreement|contract|term)|renewal term|propose renewal)\b",
    re.IGNORECASE,
)
# A delivery, a warranty or a certificate that is prolonged is no contract that goes on.
_OTHER = re.compile(
    r"履約期限|履行期限|交付|交貨|工期|工作天|驗收|保固|完工|時程|進度|不可抗力|天災|網域|憑證|授權續|"
    r"\b(?:warrant\w*|certificat\w*|deliver\w*|accept\w*|licen[cs]e fees?|force majeure|domain|insurance|milestone)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^。\n]+?(?:。|\n|\Z|(?<=[a-z0-9)])\.(?=\s|\Z))")


def read_renewal(text: str, clauses: Sequence[Clause]) -> str:
    """The sentence on renewal, in the words of the contract; empty when there is none."""
    for clause in clauses:
        if clause.annex or clause.kind in ("preamble", "signature", "annex"):
            continue
        own = text[clause.start : clause.own_end]
        for match in _SENTENCE.finditer(own):
            sentence = match.group().strip()
            if (_ZH.search(sentence) or _EN.search(sentence)) and not _OTHER.search(sentence):
                return sentence[:MAX_RENEWAL]
    return ""
