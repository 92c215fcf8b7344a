"""Fit a small net over signs: what each says by itself, and what they say together.

Every sign has a weight for each class and a few numbers besides. The numbers of the signs that a
case has are added up; a hidden layer (GELU) of their sums adds to the weights. Some signs and some
of the hidden layer are left out at random in every step, so that no class hangs on one of them.
Several nets that begin differently are fitted, and their scores averaged: that is one net, with the
hidden layers side by side. AdamW, by hand; the seeds are fixed, so that the same cases give the
same net.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import scipy.sparse as sp
from scipy.special import erf

Array: TypeAlias = np.ndarray

CLASSES = 3
NETS, WIDTH = 4, 8
EPOCHS, BATCH = 10, 64
RATE, DECAY = 2e-3, 0.1  # of AdamW; the rate falls to nothing
LEFT_OUT, HIDDEN_LEFT_OUT = 0.2, 0.3  # shares of the signs, and of the hidden layer
BEGIN = 0.1  # how large the numbers are before the first step
_FIRST, _SECOND, _TINY = 0.9, 0.999, 1e-8  # AdamW's moments


@dataclass(slots=True)
class Net:
    """What is fitted: rows of (weights, numbers) by sign, and what becomes of the numbers."""

    signs: Array  # a row a sign: CLASSES weights, then its numbers
    before: Array  # added to the sums of the numbers
    layer: Array  # a row of CLASSES weights for each of the hidden layer
    after: Array  # added to the scores

    def scores(self, cases: sp.csr_matrix) -> Array:
        """The scores of every case."""
        sums = cases @ self.signs
        return np.asarray(
            sums[:, :CLASSES] + gelu(sums[:, CLASSES:] + self.before) @ self.layer + self.after
        )


def fit(cases: sp.csr_matrix, classes: Array, counted: Array, nets: int = NETS) -> Net:
    """The net for cases (a row each, a column a sign), whose classes count as much as `counted`."""
    found = [_fit(cases, classes, counted, seed) for seed in range(nets)]
    weights = sum(net.signs[:, :CLASSES] for net in found) / nets
    return Net(
        np.hstack([weights, *(net.signs[:, CLASSES:] for net in found)]),
        np.concatenate([net.before for net in found]),
        np.vstack([net.layer for net in found]) / nets,
        sum(net.after for net in found) / nets,
    )


def gelu(sums: Array) -> Array:
    """A sum, less so the more it is below nothing."""
    return np.asarray(sums * _normal(sums))


def _normal(sums: Array) -> Array:
    return np.asarray(0.5 * (1 + erf(sums / np.sqrt(2, dtype=sums.dtype))))


def softmax(scores: Array) -> Array:
    """The share of each class."""
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True))


def _fit(cases: sp.csr_matrix, classes: Array, counted: Array, seed: int) -> Net:
    chance = np.random.default_rng(seed)
    cases = cases.astype(np.float32)
    ones = np.eye(CLASSES, dtype=np.float32)[classes]
    signs = chance.normal(0, BEGIN, (cases.shape[1], CLASSES + WIDTH)).astype(np.float32)
    signs[:, :CLASSES] = 0
    layer = chance.normal(0, BEGIN, (WIDTH, CLASSES)).astype(np.float32)
    net = Net(signs, np.zeros(WIDTH, np.float32), layer, np.zeros(CLASSES, np.float32))
    steps = _Steps([net.signs, net.before, net.layer, net.after])
    for epoch in range(EPOCHS):
        order = chance.permutation(cases.shape[0])
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            slopes = _slopes(net, cases[some], ones[some], counted[some, None], chance)
            steps.take(list(slopes), RATE * (1 - epoch / EPOCHS))
    return net


def _slopes(
    net: Net, cases: sp.csr_matrix, ones: Array, counted: Array, chance: np.random.Generator
) -> Iterator[Array]:
    """How the loss of a few cases falls with the signs, and with what the net has beside them."""
    cases.data *= (chance.random(len(cases.data)) >= LEFT_OUT) / (1 - LEFT_OUT)
    sums = cases @ net.signs
    inner = sums[:, CLASSES:] + net.before
    kept = (chance.random(inner.shape, np.float32) >= HIDDEN_LEFT_OUT) / np.float32(
        1 - HIDDEN_LEFT_OUT
    )
    hidden = gelu(inner) * kept
    shares = softmax(sums[:, :CLASSES] + hidden @ net.layer + net.after)
    outer = ((shares - ones) * counted / len(ones)).astype(np.float32)
    bell = np.exp(-0.5 * inner**2) / np.sqrt(2 * np.pi, dtype=np.float32)
    within = (outer @ net.layer.T) * kept * (_normal(inner) + inner * bell)
    yield cases.T @ np.hstack([outer, within])
    yield within.sum(axis=0)
    yield hidden.T @ outer
    yield outer.sum(axis=0)


class _Steps:
    """AdamW: steps down the slope, by what it was of late."""

    def __init__(self, values: list[Array]) -> None:
        self._values = values
        self._means = [np.zeros_like(value) for value in values]
        self._squares = [np.zeros_like(value) for value in values]
        self._taken = 0

    def take(self, slopes: list[Array], rate: float) -> None:
        """Move every value, in its place."""
        self._taken += 1
        first, second = 1 - _FIRST**self._taken, 1 - _SECOND**self._taken
        rows = zip(self._values, self._means, self._squares, slopes, strict=True)
        for value, mean, square, slope in rows:
            mean *= _FIRST
            mean += (1 - _FIRST) * slope
            square *= _SECOND
            square += (1 - _SECOND) * slope**2
            value *= 1 - rate * DECAY
            value -= (rate / first) * mean / (np.sqrt(square / second) + _TINY)
