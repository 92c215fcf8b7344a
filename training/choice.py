"""Fit how much each sign says for a candidate: a conditional logit, one candidate of a case is right.

The tables that `agent.mail.choice` reads are made by it. Needs numpy and scipy.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

ROUNDS = 250  # of L-BFGS
SMALL = 0.05  # weights below this are left out of a table
_NEVER = 1e-300  # a share that is nothing, as a number of which there is a logarithm


@dataclass(frozen=True, slots=True)
class Case:
    """One choice: the signs of each candidate, and whether it is a right one."""

    signs: Sequence[Sequence[str]]
    right: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Penalty:
    """The L2 of a sign by itself, and of one that is a word (it has "< " or the like in it)."""

    sign: float = 1.0
    word: float = 2.0

    def of(self, sign: str) -> float:
        """What a sign's weight costs."""
        kind = sign.partition(" ")[0]
        return self.word if kind[-1:] in "<>=" else self.sign


def fit(cases: Iterable[Case], penalty: Penalty, least: int) -> dict[str, float]:
    """The weight of every sign that at least `least` candidates have, by its name."""
    cases = [case for case in cases if any(case.right)]  # the others have nothing to choose
    counts = Counter(sign for case in cases for signs in case.signs for sign in set(signs))
    known = {sign: at for at, sign in enumerate(sorted(s for s in counts if counts[s] >= least))}
    rows = [set(signs) for case in cases for signs in case.signs]
    matrix = _matrix(rows, known)
    group = np.repeat(np.arange(len(cases)), [len(case.signs) for case in cases])
    right = np.array([float(mark) for case in cases for mark in case.right])
    cost = np.array([penalty.of(sign) for sign in known])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        totals = matrix @ weights
        highest = np.full(len(cases), -np.inf)
        np.maximum.at(highest, group, totals)
        grown = np.exp(totals - highest[group])
        whole = np.bincount(group, grown, len(cases))
        good = np.maximum(np.bincount(group, grown * right, len(cases)), _NEVER)
        slope = matrix.T @ (grown / whole[group] - grown * right / good[group])
        value = -np.log(good / whole).sum() + 0.5 * (cost * weights**2).sum()
        return value, np.asarray(slope + cost * weights)

    start = np.zeros(len(known))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return {sign: float(found.x[at]) for sign, at in known.items() if abs(found.x[at]) >= SMALL}


def _matrix(rows: Sequence[Iterable[str]], known: Mapping[str, int]) -> sp.csr_matrix:
    cells = [(at, known[sign]) for at, signs in enumerate(rows) for sign in signs if sign in known]
    places = np.array(cells).T if cells else np.zeros((2, 0), dtype=int)
    return sp.csr_matrix((np.ones(len(cells)), tuple(places)), shape=(len(rows), len(known)))
