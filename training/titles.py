"""Fit the weights by which the title that a mail is about is found among its phrases.

    python -m training.titles FOLDER … [--sentences FILE …] [--others FILE] [--measure HAND …]

Every FOLDER holds labelled mails (NNN.eml with NNN.json) by one hand, whose user stands in
`hands.toml` beside it; of a folder written FOLDER:odd (or :even) only those mails are read. A
FILE holds sentences, a line each: language | title or "-" | subject | text. The
other FILE holds titles, a line each: language | title; every fourth mail is read with one of them
in place of its own, so that mails teach how titles stand and not these titles alone. What comes
out is `agent/lexicon/titles.txt`; `--measure` leaves the named hands out instead and prints how many of
their mails were read exactly. Needs numpy and scipy (`pip install '.[train]'`).

The model chooses one phrase of each mail, or none (a conditional logit): a phrase's score is the
sum of what its signs weigh, and right is every phrase that is the labelled title.
"""

import argparse
import random
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

from agent.domain.facts import Kind
from agent.mail import title_weights as at
from agent.mail.extract import spoken_in, wording
from agent.mail.message import Identity, ParsedMail
from agent.mail.parse import parse
from agent.mail.position import LEAST_LIKELY, Wording, tidied
from agent.mail.read import language_of_mail, portions_of, read, signals_of
from agent.mail.spelling import squash
from agent.mail.title_words import (
    MOST_WORDS,
    Token,
    beginnings,
    endings,
    language_group,
    signs_between,
    signs_of,
    tokens,
)
from training.hands import mails_of, reader_of

TABLE = Path(__file__).parent.parent / "agent" / "lexicon" / "titles.txt"
PENALTY, PAIR_PENALTY, OWN_PENALTY = 0.7, 0.7, 0.05  # L2 of signs, of pairs, of all others
LEAST, LEAST_PAIRS = 3, 4  # tokens that have a sign before it counts
ROUNDS = 80  # of L-BFGS
SMALL = 4  # hundredths below which a weight is left out of the table
SWAPPED = 4  # of so many mails one is read with another title
GAP = 6  # empty tokens between two portions, so that neither looks into the other
PORTIONS = ("subject", "event", "text", "note", "quoted")

HEAD = """# What speaks for a phrase of a mail to be the title of the job that it is about. Made by
# `python -m training.titles`; what the signs and the columns are is told in
# agent/mail/title_weights.py. Weights are hundredths of log odds; zeros at the end are left out.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit the table, or measure it on hands left out."""
    parser = argparse.ArgumentParser(prog="training.titles", description="Fit weights of titles.")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--sentences", action="append", default=[], type=Path)
    parser.add_argument("--others", type=Path, help="titles to put in place of those of mails")
    parser.add_argument("--measure", action="append", default=[], help="leave that hand out")
    options = parser.parse_args(arguments)
    mails = [mail for folder in options.folders for mail in mails_in(folder)]
    if options.others:
        mails = with_others(mails, others_in(options.others))
    mails += [mail for file in options.sentences for mail in sentences_in(file)]
    corpus = Corpus(mails)
    chosen = np.array([mail.hand not in options.measure for mail in mails])
    weights = fit(corpus, chosen)
    for hand in options.measure:
        measure(corpus, weights, hand)
    if not options.measure:
        TABLE.write_text(written(corpus, weights), encoding="utf-8")
        sys.stdout.write(f"{len(mails)} mails: {TABLE}\n")
    return 0


@dataclass(frozen=True, slots=True)
class Labelled:
    """One mail: whose hand, what of it can name its role, and the title that is right."""

    hand: str
    name: str
    wording: Wording
    title: str | None


@dataclass(slots=True)
class Numbers:
    """Names as numbers, in the order in which they were met."""

    known: dict[str, int] = field(default_factory=dict)

    def of(self, name: str) -> int:
        """The number of a name."""
        return self.known.setdefault(name, len(self.known))


@dataclass(slots=True)
class Rows:
    """The cells of a sparse matrix, row after row."""

    ends: list[int] = field(default_factory=lambda: [0])
    cells: list[int] = field(default_factory=list)

    def add(self, cells: Iterable[int]) -> None:
        """One row more."""
        self.cells.extend(cells)
        self.ends.append(len(self.cells))

    def matrix(self, columns: int) -> sp.csr_matrix:
        """All of it, each cell 1."""
        ones = np.ones(len(self.cells))
        return sp.csr_matrix((ones, self.cells, self.ends), shape=(len(self.ends) - 1, columns))


class Corpus:
    """Mails as arrays: tokens with their signs, and phrases as places among the tokens."""

    def __init__(self, mails: Sequence[Labelled]):
        self.mails = mails
        self.signs, self.pairs, self.others = Numbers(), Numbers(), Numbers()
        self.token_rows, self.pair_rows, self.none_rows = Rows(), Rows(), Rows()
        self.columns: list[tuple[int, int, int, int, int, bool]] = []
        for number, mail in enumerate(mails):
            self._add(number, mail)
        table = np.array(self.columns)
        self.mail, self.first, self.last, self.length, self.portion = table[:, :5].T
        self.right = table[:, 5].astype(bool)
        self.titled = np.array([mail.title is not None for mail in mails])

    def _add(self, number: int, mail: Labelled) -> None:
        self.none_rows.add(self.others.of(name) for name in mail.wording.none())
        wanted = squash(tidied(mail.title, mail.wording.language)) if mail.title else ""
        for portion, text in mail.wording.portions():
            self._add_portion(number, mail, portion, text, wanted)

    def _add_portion(
        self, number: int, mail: Labelled, portion: str, text: str, wanted: str
    ) -> None:
        offset = len(self.token_rows.ends) - 1
        cut, place = tokens(text), PORTIONS.index(portion)
        for first in beginnings(cut):
            for last, words in endings(cut, first):
                phrase = text[cut[first].start : cut[last].end]
                right = bool(wanted) and _is(phrase, wanted, mail.wording.language)
                self.columns.append((number, offset + first, offset + last, words, place, right))
        for signs in _signed(cut, mail.wording):
            self.token_rows.add(self.signs.of(sign) for sign in signs)
        for left, following in pairwise(token.word for token in cut):
            self.pair_rows.add(self.pairs.of(pair) for pair in signs_between(left, following))
        self.pair_rows.add(())
        for _ in range(GAP):
            self.token_rows.add(())
            self.pair_rows.add(())


def _signed(cut: Sequence[Token], wording: Wording) -> Iterator[tuple[str, ...]]:
    """The signs of each token."""
    group, names = language_group(wording.language), wording.names()
    for token in cut:
        signs, extra = signs_of(token.word, group), names.sign(token.word)
        yield (*signs, extra) if extra else signs


def _is(phrase: str, wanted: str, language: str) -> bool:
    """Whether a phrase is the title, by its letters."""
    letters = squash(phrase)
    near = letters[:4] == wanted[:4] and len(letters) >= len(wanted) - 2
    return near and squash(tidied(phrase, language)) == wanted


# -- what is learned from ------------------------------------------------------------------------


def mails_in(folder: str) -> Iterator[Labelled]:
    """The mails of a folder, of "folder:odd" those of odd numbers."""
    path, _, half = folder.partition(":")
    who = reader_of(Path(path))
    for mail in mails_of(Path(path)):
        odd = int(mail.name.partition("-")[0]) % 2 == 1
        if mail.kind in _UNTITLED or (half and odd != (half == "odd")):
            continue
        said = _wording(parse(mail.raw), who, mail.kind)
        yield Labelled(Path(folder).name, mail.name, said, mail.label.get("role"))


_UNTITLED = frozenset({Kind.OTHER, Kind.JOB_ALERT})  # kinds of which no title is read


def _wording(mail: ParsedMail, who: Identity, kind: Kind) -> Wording:
    portions, signals = portions_of(mail), signals_of(mail, who)
    language = spoken_in(mail.subject, portions, language_of_mail(mail, portions))
    company = read(mail, who, kind=kind).company
    return wording(signals, kind, portions, company, language)


def sentences_in(file: Path) -> Iterator[Labelled]:
    """The sentences of a file."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        if line.strip() and not line.startswith("#"):
            language, title, subject, text = (part.strip() for part in line.split(" | ", 3))
            said = Wording(subject, text.replace("\\n", "\n"), language=language)
            yield Labelled(file.stem, f"{number}", said, title if title != "-" else None)


def others_in(file: Path) -> dict[str, list[str]]:
    """The titles of a file, by language."""
    found: dict[str, list[str]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            language, title = line.split(" | ")
            found.setdefault(language, []).append(title.strip())
    return found


def with_others(mails: Sequence[Labelled], others: Mapping[str, Sequence[str]]) -> list[Labelled]:
    """The mails, every fourth one with another title in all places where it has its own."""
    return [
        _with_other(mail, others, number) if number % SWAPPED == 1 else mail
        for number, mail in enumerate(mails)
    ]


def _with_other(mail: Labelled, others: Mapping[str, Sequence[str]], number: int) -> Labelled:
    said = mail.wording
    if mail.title is None or said.language not in others:
        return mail
    chosen = random.Random(number).choice(others[said.language])  # noqa: S311 - the same each time
    other = _written_as(chosen, mail.title, said.language)
    own = re.compile(re.escape(mail.title), re.IGNORECASE)
    changed = replace(
        said,
        subject=own.sub(lambda _: other, said.subject),
        text=own.sub(lambda _: other, said.text),
        quoted=own.sub(lambda _: other, said.quoted),
        events=tuple(own.sub(lambda _: other, event) for event in said.events),
        notes=tuple(own.sub(lambda _: other, note) for note in said.notes),
    )
    return replace(mail, wording=changed, title=other) if changed != said else mail


def _written_as(title: str, model: str, language: str) -> str:
    """A title with capitals where the other one has them: all words, the first, or none."""
    words = model.split()
    if not model[0].isupper():
        plain = language != "de" and not title[:2].isupper()
        return title[0].lower() + title[1:] if plain else title
    each = len(words) > 1 and all(word[0].isupper() for word in words if len(word) > _SMALL_WORD)
    if each and language == "en":
        parts = title.split()
        title = " ".join(p[0].upper() + p[1:] if len(p) > _SMALL_WORD else p for p in parts)
    return title[0].upper() + title[1:]


_SMALL_WORD = 3  # letters of words that are small in a title with capitals: "Head of Data"


# -- the fit -------------------------------------------------------------------------------------


@dataclass(slots=True)
class Weights:
    """The weights as arrays, and the numbers of the signs and pairs that have some."""

    signs: np.ndarray
    pairs: np.ndarray
    lengths: np.ndarray
    portions: np.ndarray
    none: np.ndarray
    kept_signs: np.ndarray
    kept_pairs: np.ndarray


def _shifted(values: np.ndarray, by: int) -> np.ndarray:
    """The values of the tokens that stand so many before each, or behind it where below 0."""
    moved = np.zeros_like(values)
    if by > 0:
        moved[by:] = values[:-by]
    elif by < 0:
        moved[:by] = values[-by:]
    else:
        moved[:] = values
    return moved


# Where the token stands, from the phrase's first or last one, that says something in each place.
_TO_FIRST = [(at.FIRST, 0), (at.BEFORE, 1), (at.BEFORE_2, 2)]
_TO_FIRST += [(at.FURTHER_BEFORE, away) for away in at.BEFORE_WITHIN]
_TO_LAST = [(at.LAST, 0), (at.AFTER, -1), (at.AFTER_2, -2)]
_TO_LAST += [(at.FURTHER_AFTER, -away) for away in at.AFTER_WITHIN]
_PAIR_TO_FIRST = [(at.PAIR_BEGINS, 1), (at.PAIR_BEFORE, 2)]
_PAIR_TO_LAST = [(at.PAIR_ENDS, 0), (at.PAIR_AFTER, -1)]


class Problem:
    """The loss of weights over the chosen mails of a corpus, with its slope.

    `kept` are the numbers of the signs and pairs that have weights; None for all that are there
    often enough.
    """

    def __init__(
        self, corpus: Corpus, chosen: np.ndarray, kept: tuple[np.ndarray, np.ndarray] | None = None
    ):
        inside = chosen[corpus.mail]
        self.mails = np.flatnonzero(chosen)
        self.mail = np.searchsorted(self.mails, corpus.mail[inside])
        self.length, self.portion = corpus.length[inside], corpus.portion[inside]
        self.right = np.flatnonzero(corpus.right[inside])
        self.titled = corpus.titled[self.mails]
        first, last = corpus.first[inside], corpus.last[inside]
        used = _around(first, last, len(corpus.token_rows.ends) - 1)
        self.first, self.last = np.searchsorted(used, first), np.searchsorted(used, last)
        signs = corpus.token_rows.matrix(len(corpus.signs.known))[used]
        pairs = corpus.pair_rows.matrix(len(corpus.pairs.known))[used]
        self.kept = kept or (_often(signs, LEAST), _often(pairs, LEAST_PAIRS))
        self.signs, self.pairs = signs[:, self.kept[0]].tocsr(), pairs[:, self.kept[1]].tocsr()
        self.signs_turned, self.pairs_turned = self.signs.T.tocsr(), self.pairs.T.tocsr()
        self.none = corpus.none_rows.matrix(len(corpus.others.known))[self.mails]
        self.sizes = (
            self.signs.shape[1] * at.PLACES, self.pairs.shape[1] * at.PAIR_PLACES,
            MOST_WORDS + 1, len(PORTIONS), self.none.shape[1],
        )  # fmt: skip

    def split(self, flat: np.ndarray) -> Weights:
        """The weights of a flat array."""
        signs, pairs, lengths, portions, none = np.split(flat, np.cumsum(self.sizes)[:-1])
        return Weights(
            signs.reshape(-1, at.PLACES),
            pairs.reshape(-1, at.PAIR_PLACES),
            lengths,
            portions,
            none,
            *self.kept,
        )

    def scores(self, weights: Weights) -> tuple[np.ndarray, np.ndarray]:
        """The score of every phrase, and of none in every mail."""
        said, paired = self.signs @ weights.signs, self.pairs @ weights.pairs
        begins = sum(_shifted(said[:, place], by) for place, by in _TO_FIRST)
        begins = begins + sum(_shifted(paired[:, place], by) for place, by in _PAIR_TO_FIRST)
        ends = sum(_shifted(said[:, place], by) for place, by in _TO_LAST)
        ends = ends + sum(_shifted(paired[:, place], by) for place, by in _PAIR_TO_LAST)
        inside = np.concatenate([[0.0], np.cumsum(said[:, at.INSIDE])])
        between = np.concatenate([[0.0], np.cumsum(paired[:, at.PAIR_INSIDE])])
        first, last = self.first, self.last
        scores = begins[first] + ends[last] + inside[last + 1] - inside[first]
        scores += between[last] - between[first]
        scores += weights.lengths[self.length] + weights.portions[self.portion]
        return scores, self.none @ weights.none

    def loss(self, flat: np.ndarray) -> tuple[float, np.ndarray]:
        """How badly the right titles are chosen, in nats, with the penalty; and the slope."""
        weights = self.split(flat)
        scores, none = self.scores(weights)
        all_of = _totals(scores, self.mail, none)
        right, mails = self.right, self.mail[self.right]
        right_of = _totals(scores[right], mails, np.full(len(none), -1e9))
        wanted = np.where(self.titled, right_of, none)
        slope = np.exp(scores - all_of[self.mail])
        slope[right] -= np.exp(scores[right] - right_of[mails])
        none_slope = np.exp(none - all_of) - ~self.titled
        penalty = np.repeat(
            (PENALTY, PAIR_PENALTY, OWN_PENALTY, OWN_PENALTY, OWN_PENALTY), self.sizes
        )
        whole = float((all_of - wanted).sum() + 0.5 * (penalty * flat * flat).sum())
        return whole, self._slope(slope, none_slope) + penalty * flat

    def _slope(self, of_phrases: np.ndarray, of_none: np.ndarray) -> np.ndarray:
        count = self.signs.shape[0]
        at_first = np.bincount(self.first, of_phrases, minlength=count + 1)
        at_last = np.bincount(self.last, of_phrases, minlength=count + 1)
        signs, pairs = np.zeros((count, at.PLACES)), np.zeros((count, at.PAIR_PLACES))
        for places, pair_places, values in (
            (_TO_FIRST, _PAIR_TO_FIRST, at_first),
            (_TO_LAST, _PAIR_TO_LAST, at_last),
        ):
            for place, by in places:
                signs[:, place] += _shifted(values[:count], -by)
            for place, by in pair_places:
                pairs[:, place] += _shifted(values[:count], -by)
        signs[:, at.INSIDE] = (
            np.cumsum(at_first) - np.cumsum(np.concatenate([[0.0], at_last[:-1]]))
        )[:count]
        pairs[:, at.PAIR_INSIDE] = np.cumsum(at_first - at_last)[:count]
        return np.concatenate([
            np.asarray(self.signs_turned @ signs).ravel(), np.asarray(self.pairs_turned @ pairs).ravel(),
            np.bincount(self.length, of_phrases, minlength=MOST_WORDS + 1),
            np.bincount(self.portion, of_phrases, minlength=len(PORTIONS)), self.none.T @ of_none,
        ])  # fmt: skip


def _around(first: np.ndarray, last: np.ndarray, count: int) -> np.ndarray:
    """The tokens of phrases and those beside them, of so many."""
    opened = np.bincount(np.maximum(first - GAP, 0), minlength=count + 1)
    closed = np.bincount(np.minimum(last + GAP + 1, count), minlength=count + 1)
    return np.flatnonzero(np.cumsum(opened - closed)[:count] > 0)


def _often(cells: sp.csr_matrix, least: int) -> np.ndarray:
    """The columns that so many rows have."""
    return np.flatnonzero(np.asarray(cells.sum(0)).ravel() >= least)


def _totals(scores: np.ndarray, mail: np.ndarray, none: np.ndarray) -> np.ndarray:
    """The log of the sum of the exponentials, by mail, with that of none."""
    highest = none.copy()
    np.maximum.at(highest, mail, scores)
    sums = np.bincount(mail, np.exp(scores - highest[mail]), minlength=len(none))
    return highest + np.log(sums + np.exp(none - highest))


def fit(corpus: Corpus, chosen: np.ndarray) -> Weights:
    """The weights that choose best in the mails that are chosen.

    A mail whose title no phrase of it is says nothing.
    """
    found = np.bincount(corpus.mail[corpus.right], minlength=len(corpus.mails)) > 0
    problem = Problem(corpus, chosen & (found | ~corpus.titled))
    start = np.zeros(sum(problem.sizes))
    options = {"maxiter": ROUNDS, "maxfun": 2 * ROUNDS}
    began = time.monotonic()
    found_at = minimize(problem.loss, start, jac=True, method="L-BFGS-B", options=options)
    sys.stdout.write(
        f"{len(problem.mails)} mails, loss {found_at.fun:.0f}, {time.monotonic() - began:.0f} s\n"
    )
    return problem.split(found_at.x)


def measure(corpus: Corpus, weights: Weights, hand: str) -> None:
    """Print how many mails of a hand were read exactly, of those with a title or given one."""
    chosen = np.array([mail.hand == hand for mail in corpus.mails])
    problem = Problem(corpus, chosen, (weights.kept_signs, weights.kept_pairs))
    scores, none = problem.scores(weights)
    best = np.full(len(none), -np.inf)
    np.maximum.at(best, problem.mail, scores)
    is_best = scores >= best[problem.mail]
    right = np.zeros(len(none), dtype=bool)
    right[problem.mail[problem.right][is_best[problem.right]]] = True
    given = best > none + LEAST_LIKELY
    counted = problem.titled | given
    sys.stdout.write(f"{hand}: {(right & given).sum() / counted.sum():.3f} of {counted.sum()}\n")


def written(corpus: Corpus, weights: Weights) -> str:
    """The table of weights as text."""
    signs, pairs, others = (list(n.known) for n in (corpus.signs, corpus.pairs, corpus.others))
    rows = [(signs[n], row) for n, row in zip(weights.kept_signs, weights.signs, strict=True)]
    rows += [(pairs[n], row) for n, row in zip(weights.kept_pairs, weights.pairs, strict=True)]
    rows += [(f"@length {n}", [w]) for n, w in enumerate(weights.lengths)]
    rows += [(f"@portion {n}", [w]) for n, w in zip(PORTIONS, weights.portions, strict=True)]
    rows += [(f"@{others[n]}", [w]) for n, w in enumerate(weights.none)]
    lines = ((name, _hundredths(row)) for name, row in rows)
    return HEAD + "".join(f"{name}\t{row}\n" for name, row in sorted(lines) if row)


def _hundredths(row: Iterable[float]) -> str:
    whole = [round(100 * weight) for weight in row]
    whole = [weight if abs(weight) >= SMALL else 0 for weight in whole]
    while whole and not whole[-1]:
        whole.pop()
    return " ".join(map(str, whole))


if __name__ == "__main__":
    raise SystemExit(main())
