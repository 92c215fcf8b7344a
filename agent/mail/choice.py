"""Which of several things a mail means, by weighed signs: a table of log odds, and the best sum.

Each candidate has signs, words of a few letters that say where it stands and what stands around
it. A table `agent/lexicon/<name>.txt` says how much each sign weighs; a script of `training/`
fits it to the labelled mails (a conditional logit: one candidate of each mail is right).
"""

from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from itertools import repeat
from typing import TypeVar

from agent.lexicon.shipped import weights as shipped_weights

_Candidate = TypeVar("_Candidate", bound=Hashable)


@lru_cache(maxsize=8)
def table(name: str) -> Mapping[str, float]:
    """The weights of `agent/lexicon/<name>.txt`: a row each, the weight, a tab, the sign."""
    return {sign: float(weight) for weight, sign in shipped_weights(name)}


def score(weights: Mapping[str, float], signs: Iterable[str]) -> float:
    """The sum of what the signs weigh, each once; what the table does not know weighs nothing."""
    once = dict.fromkeys(signs)  # in their order, so that the sum is the same each time
    return sum(map(weights.get, once, repeat(0.0)))


def best(
    weights: Mapping[str, float], signs: Mapping[_Candidate, Iterable[str]]
) -> _Candidate | None:
    """The candidate whose signs weigh most, the first of equals; None where there is none."""
    return max(signs, key=lambda each: score(weights, signs[each]), default=None)
