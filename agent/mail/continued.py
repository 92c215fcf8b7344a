"""The user's own words as they go on behind a colon: "My plan is simple: start with the tests".

People answer in whole sentences. What only says who would do it goes ("I would", "ich würde"),
and a first word that is no name is written small where the language wants it.
"""

import re
from collections.abc import Mapping

from agent.mail.language import is_common

#: Said before an infinitive, which stands alone as well.
_LEADS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"(?:(?:first|then),? )?i(?: would|['’]d|['’]ll| will)(?: like to| want to)? (?=[a-z])",
        re.I,
    ),
    "de": re.compile(r"ich würde (?=\w)", re.I),
}
_FIRST = re.compile(r"[^\W\d_]+")
#: Languages in which a sentence behind a colon begins small; in German it does not.
_SMALL = frozenset({"en", "fr", "es"})


def behind_a_colon(text: str, language: str) -> str:
    """The words as they are said there; what has nothing to change stays as it is."""
    base = language.partition("-")[0].lower()
    lead = _LEADS[base].match(text) if base in _LEADS else None
    rest = text[lead.end() :] if lead else text
    first = _FIRST.match(rest)
    if base not in _SMALL or first is None or first[0] == "I" or not first[0].istitle():
        return rest
    return rest[:1].lower() + rest[1:] if is_common(first[0], base) else rest
