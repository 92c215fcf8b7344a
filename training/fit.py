"""Fitting the weights: a log-linear model over the words of a mail and of its sentences.

A kind's total is what the whole mail's grams say for it, what its signs say, and the soft
maximum of what its sentences say: one sentence decides most mails, and the model has to find out
which. Fitted by L-BFGS with an L2 penalty.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

from agent.mail.weights import IDF_STEPS, LEAST_NORM
from training.examples import KINDS, PHRASES, QUIET, SHORT, Example, Text

GRAMS = 120_000
LEAST = 3  # mails that must hold a gram
LENGTH = 2.0  # of a text as a vector: how much words weigh against signs
PENALTY, SENTENCE_PENALTY = 0.015, 0.05  # L2
NOISE = 0.3  # what words left out at random cost, the second time
KEPT = 0.5  # ... beside this part of the L2 penalty
ROUNDS = 60  # of L-BFGS, each time
QUIET_WEIGHT = 0.3  # of an everyday mail
PHRASE_WEIGHT = 0.2  # of a mail made of a phrase
PIECE_WEIGHT = 0.3  # of the pieces of a word against whole words

Array: TypeAlias = np.ndarray


@dataclass(slots=True)
class Fitted:
    """A trained model before it is written down; a row a gram, idf not in the weights."""

    grams: list[str]
    idf: Array
    mail: Array
    sentence: Array
    signs: list[str]
    sign_weights: Array
    bias: Array


@dataclass(slots=True)
class Design:
    """Examples as matrices: a row a mail, and a row a sentence with the mail it stands in."""

    mails: sp.csr_matrix
    sentences: sp.csr_matrix
    owner: Array
    first: Array

    @classmethod
    def of(
        cls, examples: Sequence[Example], grams: Sequence[str], idf: Array, signs: Sequence[str]
    ) -> "Design":
        """The matrices of examples, over given grams and signs."""
        index = {gram: number for number, gram in enumerate(grams)}
        words = _matrix((e.whole for e in examples), index, idf)
        seen = sp.csr_matrix(np.array([[e.signs.get(s, 0.0) for s in signs] for e in examples]))
        owner = np.repeat(np.arange(len(examples)), [len(e.sentences) for e in examples])
        sentences = _matrix((s for e in examples for s in e.sentences), index, idf)
        first = np.searchsorted(owner, np.arange(len(examples)))
        mails = sp.hstack([words, seen.astype(np.float32)], format="csr")
        return cls(mails, sentences, owner, first)


def _matrix(texts: Iterator[Text], index: Mapping[str, int], idf: Array) -> sp.csr_matrix:
    """One row a text: its grams, of bounded length."""
    columns: list[Array] = []
    values: list[Array] = []
    ends = [0]
    for text in texts:
        known = [(index[gram], n) for gram, n in text.grams().items() if gram in index]
        at = np.array([number for number, _ in known], dtype=np.int64)
        count = np.array([n for _, n in known], dtype=float)
        norm = max(float(np.sqrt((count * idf[at] ** 2).sum())), LEAST_NORM)
        columns.append(at)
        values.append((LENGTH * count * idf[at] / norm).astype(np.float32))
        ends.append(ends[-1] + len(known))
    shape = (len(ends) - 1, len(index))
    return sp.csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape=shape)


def fit(examples: Sequence[Example], most: int | None = GRAMS) -> Fitted:
    """Train; with `most` twice: on all grams, then on those that moved most mails furthest."""
    frequency = Counter(gram for example in examples for gram in set(example.whole.grams()))
    grams = sorted(gram for gram, count in frequency.items() if count >= LEAST)
    fitted = _fit(examples, grams, frequency)
    if most is None or len(grams) <= most:
        return fitted
    moved = np.abs(fitted.mail).max(axis=1) + np.abs(fitted.sentence).max(axis=1)
    spread = np.log1p(np.array([frequency[gram] for gram in grams]))
    chosen = np.argsort(-(moved * fitted.idf * spread), kind="stable")[:most]
    return _fit(examples, sorted(grams[number] for number in chosen), frequency)


def _fit(examples: Sequence[Example], grams: list[str], frequency: Counter[str]) -> Fitted:
    counts = np.array([frequency[gram] for gram in grams])
    idf = np.log((len(examples) + 1) / (counts + 1)) + 0.5
    idf = idf / idf.mean() * [PIECE_WEIGHT if gram[0] == "#" else 1.0 for gram in grams]
    idf = np.round(idf * IDF_STEPS).clip(1, 255) / IDF_STEPS
    signs = sorted({name for example in examples for name in example.signs})
    kinds = np.array([KINDS.index(example.kind) for example in examples])
    design = Design.of(examples, grams, idf, signs)
    found = _solve(design, kinds, _importance(examples, kinds))
    grams_only, of_signs = np.split(found.mail, [len(grams)])
    return Fitted(grams, idf, grams_only, found.sentence, signs, of_signs, found.bias)


def _importance(examples: Sequence[Example], kinds: Array) -> Array:
    """Rare kinds weigh more; everyday mails and mails made of a phrase less than others."""
    hands = np.array([example.hand for example in examples])
    mails = ~np.isin(hands, [QUIET, PHRASES, SHORT])
    count = np.bincount(kinds[mails], minlength=len(KINDS))
    importance: Array = np.sqrt(count.mean() / np.maximum(count, 5))[kinds]
    importance[hands == QUIET] = QUIET_WEIGHT
    importance[hands == PHRASES] *= PHRASE_WEIGHT
    return importance.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of mails (grams, then signs) and of sentences, a column a kind, and the bias."""

    mail: Array
    sentence: Array
    bias: Array

    @classmethod
    def of(cls, flat: Array, wide: int, deep: int) -> "Weights":
        """The same in one row, as L-BFGS has them."""
        count = len(KINDS)
        mail, rest = np.split(flat.astype(np.float32), [wide * count])
        sentence, bias = np.split(rest, [deep * count])
        return cls(mail.reshape(wide, count), sentence.reshape(deep, count), bias)

    @property
    def flat(self) -> Array:
        """All of them in one row."""
        parts = (self.mail, self.sentence, self.bias)
        return np.concatenate([part.ravel() for part in parts]).astype(float)


def _solve(design: Design, kinds: Array, importance: Array) -> Weights:
    """The weights by which the mails are told best, none of them larger than it is worth."""
    wide, deep, count = design.mails.shape[1], design.sentences.shape[1], len(KINDS)
    none = Weights.of(np.zeros((wide + deep + 1) * count), wide, deep)
    even = Weights(
        np.full_like(none.mail, PENALTY), np.full_like(none.sentence, SENTENCE_PENALTY), none.bias
    )
    first = _descended(design, kinds, importance, even, none)
    return _descended(design, kinds, importance, _shaken(design, importance, first), first)


def _descended(
    design: Design, kinds: Array, importance: Array, penalty: Weights, start: Weights
) -> Weights:
    """The weights that fit best with a penalty for each, found from a start."""
    wide, deep = start.mail.shape[0], start.sentence.shape[0]
    mails_turned, sentences_turned = design.mails.T.tocsr(), design.sentences.T.tocsr()
    rows = np.arange(len(kinds))
    wanted = np.zeros((len(kinds), len(KINDS)), np.float32)
    wanted[rows, kinds] = 1

    def loss(flat: Array) -> tuple[float, Array]:
        at = Weights.of(flat, wide, deep)
        told, share = _told(design, at)
        slope = (told - wanted) * importance[:, None]
        value = -(importance * np.log(told[rows, kinds] + 1e-9)).sum()
        value += (penalty.mail * at.mail**2).sum() / 2
        value += (penalty.sentence * at.sentence**2).sum() / 2
        down = Weights(
            mails_turned @ slope + penalty.mail * at.mail,
            sentences_turned @ (share * slope[design.owner]) + penalty.sentence * at.sentence,
            slope.sum(0),
        )
        return float(value), down.flat

    options = {"maxiter": ROUNDS, "maxcor": 6}
    found = minimize(loss, start.flat, jac=True, method="L-BFGS-B", options=options)
    return Weights.of(found.x, wide, deep)


def _shaken(design: Design, importance: Array, weights: Weights) -> Weights:
    """For each weight, how much verdicts would be shaken by it if words were left out at random."""
    told, share = _told(design, weights)
    doubt = (told * (1 - told) * importance[:, None]).astype(np.float32)
    mails = design.mails.multiply(design.mails).T.tocsr() @ doubt
    sentences = design.sentences.multiply(design.sentences).T.tocsr() @ (
        share**2 * doubt[design.owner]
    )
    return Weights(
        (KEPT * PENALTY + NOISE * mails).astype(np.float32),
        (KEPT * SENTENCE_PENALTY + NOISE * sentences).astype(np.float32),
        weights.bias,
    )


def _told(design: Design, weights: Weights) -> tuple[Array, Array]:
    """What is said of each mail, as probabilities, and each sentence's share in it."""
    pooled, share = _pooled(design, design.sentences @ weights.sentence)
    return probabilities(design.mails @ weights.mail + pooled + weights.bias), share


def _pooled(design: Design, said: Array) -> tuple[Array, Array]:
    """The soft maximum over each mail's sentences and nothing, and each sentence's share in it."""
    highest = np.maximum(np.maximum.reduceat(said, design.first, axis=0), 0)
    raised = np.exp(said - highest[design.owner])
    whole = np.add.reduceat(raised, design.first, axis=0) + np.exp(-highest)
    return highest + np.log(whole), raised / whole[design.owner]


def probabilities(totals: Array) -> Array:
    """Totals to shares, row by row."""
    raised = np.exp(totals - totals.max(1, keepdims=True))
    return np.asarray(raised / raised.sum(1, keepdims=True))


def totals(fitted: Fitted, examples: Sequence[Example]) -> Array:
    """What the model says of each kind, before it is made a probability."""
    design = Design.of(examples, fitted.grams, fitted.idf, fitted.signs)
    pooled, _ = _pooled(design, design.sentences @ fitted.sentence)
    words = design.mails @ np.vstack([fitted.mail, fitted.sign_weights])
    return np.asarray(words + pooled + fitted.bias)
