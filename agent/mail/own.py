"""What a mail that the user wrote does to an application: thanks, asks, withdraws, accepts, declines."""

from collections.abc import Iterable

from agent.domain.facts import OwnAct
from agent.lexicon import Lexicon, keys
from agent.mail.acts import Sentence


def own_acts(found: Iterable[Sentence], lexicon: Lexicon) -> frozenset[OwnAct]:
    """Every act that a sentence of the user's does; withdrawing leaves no accepting beside it."""
    acts: set[OwnAct] = set()
    for sentence in found:
        phrases = lexicon.own.matches(sentence.spelled, keys(sentence.words))
        acts.update(OwnAct(phrase.name) for phrase in phrases)
    if OwnAct.WITHDRAWS in acts:
        acts -= {OwnAct.ACCEPTS, OwnAct.DECLINES, OwnAct.ASKS_STATUS}
    return frozenset(acts)
