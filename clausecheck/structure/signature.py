"""Where the parties sign."""

from __future__ import annotations

import re

_ZH_HEAD = re.compile(
    r"^\s*[【〔]?[ \u3000]*(?:立[ \u3000]*(?:契[ \u3000]*約|合[ \u3000]*約|約|協議|同意|委託|承攬|"
    r"備忘錄)[ \u3000]*(?:書)?[ \u3000]*人?|"
    r"簽[ \u3000]*約[ \u3000]*人|簽署(?:欄|頁|處|方|人)?|簽[ \u3000]*(?:名|章)(?:欄|頁|處)?|用印(?:欄|"
    r"頁)?|立約人簽署|契約當事人|簽約代表)"
    r"[ \u3000]*(?:簽署|簽章|欄)?[】〕]?[ \u3000]*[：:]?[ \u3000]*$"
)
_EN_HEAD = re.compile(
    r"^\s*(?:in witness whereof|signed by|signed for|signed,? sealed|signed and delivered|executed by|"
    r"executed as|agreed and accepted|"
    r"accepted and agreed|signature page|signatures?\s*:?\s*$|the parties have (?:executed|signed)|signed on behalf)",
    re.IGNORECASE,
)
_FIGURES = r"[ \u3000○0-9〇零一二三四五六七八九十百_＿]"
_LINE = re.compile(
    r"[（(](?:簽章|簽名|蓋章|印|用印|簽名蓋章|簽名或蓋章)[)）]|"
    r"(?:(?:法定)?代表人|負責人|統一編號)[ \u3000]*[:：|]|"
    rf"^\s*(?:中華)?民國{_FIGURES}{{1,20}}年{_FIGURES}{{1,12}}月{_FIGURES}{{1,12}}日\s*$|"
    r"^\s*(?:By|Name|Title|Signature|Signed)\s*:|^\s*/s/"
)
_PARTY_LINE = re.compile(
    r"^\s*(?:[甲乙丙]方|委[託任]人|受[託任]人|買方|賣方|客戶|廠商|定作人|承攬人|機關|"
    r"供應商)(?:[（(].{1,8}[）)])?[ \u3000]*[:：]"
)
_ROW = re.compile(r"[（(](?:簽章|簽名|蓋章|印)[)）]|簽章|代表人|^\s*(?:By|Signature)\b")


def is_signature_head(text: str) -> bool:
    """The line opens the place of the signatures."""
    return len(text) <= 400 and bool(_ZH_HEAD.match(text) or _EN_HEAD.match(text))


def is_signature_line(text: str) -> bool:
    """The line is one of those that stand among signatures, also without a head."""
    return len(text) <= 160 and bool(_LINE.search(text) or _PARTY_LINE.match(text))


def has_signing_words(text: str) -> bool:
    """The line can only stand among signatures."""
    return len(text) <= 160 and bool(_LINE.search(text) or _ROW.search(text))
