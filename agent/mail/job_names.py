"""An employer's and a role's name, as people write them inside a sentence.

What a mail calls them carries legal forms, requisition numbers and brackets, and sometimes was
read wrongly from it. A name that cannot stand in a sentence is no name: then the answer is None,
and the sentence does without.
"""

import re

from agent.lexicon.display import legal_forms
from agent.mail.compose import clean_header

_LONGEST = 60

_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]")
_GENDERS = re.compile(r"\s*\b[mwfdxh](?:\s?/\s?[mwfdxha*]{1,3}){1,3}(?![\w/])", re.IGNORECASE)
_REQUISITION = re.compile(
    r"[\s,:–#-]{0,3}\b(?:req|requisition|job|ref|id|jr|r)[ .:#-]{0,3}\d[\w-]{2,15}\Z"
    r"|\s{0,2}#\s?\d{2,12}\Z",
    re.IGNORECASE,
)
_WORD_FOR_JOB = re.compile(
    r"\s+(?:role|position|job|vacancy|opening|stelle|poste?|puesto)\Z", re.IGNORECASE
)
_ARTICLE = re.compile(r"\A(?:the|an?)\s+", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"[{}\[\]<>|\\^~@*_=\"“”]|://|www\.|[.!?:;] | [,.!?:;…]|[,.!?:;…]{2}|\A\W", re.IGNORECASE
)


def plain_company(text: str | None) -> str | None:
    """ "Acme" for "Acme, Inc." and "Acme GmbH & Co. KG"; None where it cannot be a name."""
    line = _ASIDE.sub("", clean_header(text or "")).strip(_EDGES)
    return _fit(legal_forms().unspoken.sub("", line) or line)


def plain_role(text: str | None) -> str | None:
    """ "Data Engineer" for "the Data Engineer (m/w/d) role, Req 1234"; None where unfit."""
    line = _GENDERS.sub("", _ASIDE.sub("", clean_header(text or "")))
    line = _REQUISITION.sub("", line.strip(_EDGES)).strip(_EDGES)
    line = _WORD_FOR_JOB.sub("", line).strip(_EDGES)
    return _fit(_ARTICLE.sub("", line))


_EDGES = " .,;:–—-/'’"


def _fit(text: str) -> str | None:
    """The text where it can be a name; a link, a sentence or a placeholder was read by mistake."""
    line = " ".join(text.split()).strip(_EDGES)
    letters = sum(each.isalpha() for each in line)
    return line if letters and len(line) <= _LONGEST and not _NOT_A_NAME.search(line) else None
