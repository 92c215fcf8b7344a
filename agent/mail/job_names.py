"""An employer's and a role's name, as people write them inside a sentence.

What a mail calls them carries legal forms, requisition numbers and brackets, and sometimes was
read wrongly from it. A name that cannot stand in a sentence is no name: then the answer is None,
and the sentence does without.
"""

import re

from agent.lexicon.display import job_words, legal_forms
from agent.mail.compose import clean_header

_LONGEST = 60
_EDGES = " .,;:–—-/'’"
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]")
_GENDERS = re.compile(r"\s*\b[mwfdxh](?:\s?/\s?[mwfdxha*]{1,3}){1,3}(?![\w/])", re.IGNORECASE)
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
    said = job_words()
    line = said.numbered.sub("", line.strip(_EDGES)).strip(_EDGES)
    line = said.called.sub("", line).strip(_EDGES)
    return _fit(said.article.sub("", line))


def _fit(text: str) -> str | None:
    """The text where it can be a name; a link, a sentence or a placeholder was read by mistake."""
    line = " ".join(text.split()).strip(_EDGES)
    letters = sum(each.isalpha() for each in line)
    return line if letters and len(line) <= _LONGEST and not _NOT_A_NAME.search(line) else None
