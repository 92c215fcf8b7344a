"""Whether a mail proposes a job at somebody else's, and where its reader works already.

An agency that writes to whom it has found seldom says that it is one: it works "with a charity in
Leeds", "für ein Familienunternehmen", and signs as a consultant. Whom it names then is where the
user is now ("your time at Danvers"), not who hires.
"""

import re
from collections.abc import Iterable, Iterator

from agent.lexicon.caseless import Caseless
from agent.lexicon.firms import proposal_words
from agent.lexicon.who import employer_words
from agent.mail.firms import Firm
from agent.mail.shown import institutional
from agent.mail.spelling import aligned

_READ, _SIGNED = 2_500, 300  # characters of a text, and of its end and the signature
_WORD = re.compile(r"[^\W\d_]+")


def for_another(text: str, signature: str, named: Iterable[Firm], label: str) -> bool:
    """Whether whoever proposes a job fills it for an employer that the mail does not tell of.

    A house with a name of its own ("Averyst Insurance") has people too who "put you forward".
    """
    words, read = proposal_words(), " ".join(text[:_READ].split())
    if words.unnamed.search(read):
        return True
    told = words.places.search(read) or words.placers.search(
        f"{text[-_SIGNED:]}\n{signature[:_SIGNED]}"
    )
    return told is not None and not any(_house(each, label) for each in named)


def _house(firm: Firm, label: str) -> bool:
    """Whether a name is the sender's own and that of an institution, as no agency is called."""
    if not label or aligned(label, firm.words) is None or not institutional(firm.name):
        return False
    known = {word.lower() for word in _WORD.findall(firm.name)} & employer_words().institutions
    return bool(known - proposal_words().of_agencies)


def formerly(named: Iterable[Firm], text: str) -> Iterator[Firm]:
    """The names of where the user works: "your time at Danvers"."""
    return _behind(proposal_words().formerly, named, text)


def sought_for(named: Iterable[Firm], text: str) -> Iterator[Firm]:
    """The names for which somebody is sought: "je cherche, pour Brissac Nautique, une directrice"."""
    return _behind(proposal_words().seeks_for, named, text)


def _behind(words: Caseless, named: Iterable[Firm], text: str) -> Iterator[Firm]:
    """The names that stand right behind some words."""
    read = text[:_READ]
    ends = [found.end() for found in words.finditer(read)]
    yield from (each for each in named if any(read.startswith(each.name, end) for end in ends))
