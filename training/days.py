"""Fit the weights by which a mail's days are told apart: theirs, the user's, nobody's.

    python -m training.days FOLDER … [--sentences FILE …] [--measure]

Every FOLDER holds labelled mails (NNN.eml with NNN.json) by one hand, whose user stands in
`hands.toml` beside it. A FILE holds sentences, a line each: kind | decision day | answer day |
text, the days as MMDD or "-", as if sent on Friday 8 May 2026. A day of a mail that is its
`decision_by` is theirs, one that is its `answer_by` the user's. What comes out is
`agent/lexicon/days.txt`; `--measure` leaves out one hand at a time instead and prints how
many mails were read exactly. Needs numpy and scipy (`pip install '.[train]'`).
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

from agent.domain.facts import Kind
from agent.lexicon import lexicon
from agent.mail.cues import cues
from agent.mail.deadlines import THEIRS_FROM, USERS_FROM, signs_in
from agent.mail.interviews import MAX_TEXT, interviews_in
from agent.mail.message import Identity
from agent.mail.parse import parse
from agent.mail.read import anchor, language_of_mail, portions_of, signals_of
from agent.mail.when import find_days
from training.hands import mails_of, reader_of, user_of

TABLE = Path(__file__).parent.parent / "agent" / "lexicon" / "days.txt"
PENALTY = 1.0  # L2 of a sign by itself
OWN_PENALTY = 3.0  # ... and of a sign with its kind, which has less to go by
WORD_PENALTY = 1.0  # ... of a word
ROUNDS = 200  # of L-BFGS
LEAST = 2  # days that have a sign before it counts
SMALL = 0.05  # weights below this are left out of the table
DENSE = (
    "@"  # a sign of days of which most bind, in the sentences; no other mail has it, nor the table
)
DENSE_WEIGHT = 0.5  # of such a day, where a mail's counts 1: more makes days bind that do not
NEITHER, THEIRS, USERS = 0, 1, 2
READER = Identity("Alex Moreno", ("alex@moreno.example",), "Europe/London", "GB")
SENT = "Fri, 08 May 2026 09:00:00 +0100"
CODES = {
    "S": Kind.STATUS_UPDATE, "R": Kind.APPLICATION_RECEIVED, "O": Kind.OFFER, "A": Kind.ASSESSMENT,
    "Q": Kind.INTERVIEW_REQUEST, "C": Kind.INTERVIEW_CONFIRMED, "M": Kind.INTERVIEW_RESCHEDULED,
    "X": Kind.INTERVIEW_CANCELLED, "P": Kind.RECRUITER_OUTREACH,
}  # fmt: skip


Days = tuple[tuple[str, tuple[str, ...]], ...]  # each with its signs, its kind's the first


@dataclass(frozen=True, slots=True)
class Labelled:
    """One mail: whose hand, its days with their signs, and the two days that are right."""

    hand: str
    name: str
    days: Days
    decision: str | None
    answer: str | None

    def role(self, day: str) -> int:
        """Whose day it is."""
        return THEIRS if day == self.decision else USERS if day == self.answer else NEITHER


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit the table, or measure it hand by hand."""
    parser = argparse.ArgumentParser(prog="training.days", description="Fit the weights of days.")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--sentences", action="append", default=[], type=Path)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--wrong", help="list what was misread of that hand")
    options = parser.parse_args(arguments)
    mails = [mail for folder in options.folders for mail in _mails(folder)]
    mails += [mail for file in options.sentences for mail in _sentences(file)]
    if options.measure:
        hands = [file.stem for file in (*options.folders, *options.sentences)]
        _measure(mails, hands, options.wrong)
        return 0
    weights = fit(mails)
    rows = (f"{they:.2f}\t{user:.2f}\t{sign}\n" for sign, (they, user) in weights.items())
    TABLE.write_text(HEAD + "".join(rows), encoding="utf-8")
    sys.stdout.write(f"{len(mails)} mails, {len(weights)} weights: {TABLE}\n")
    return 0


HEAD = """# How much each sign says that a day is theirs ("you will hear by Friday"), and that it is the
# user's ("please sign by Friday"), in log odds against its being neither. Made by
# `python -m training.days`; what the signs are is told in agent/mail/deadlines.py. Columns: theirs,
# the user's, the sign ("<" before the day, ">" after it, "=" of the day itself).
"""


# -- what is learned from ------------------------------------------------------------------------


def _mails(folder: Path) -> Iterator[Labelled]:
    who, dense = reader_of(folder), user_of(folder).get("dense")
    for mail in mails_of(folder):
        days = _days(mail.raw, who, mail.kind)
        days = _marked(days) if dense else days
        decision, answer = mail.label.get("decision_by"), mail.label.get("answer_by")
        yield Labelled(folder.name, mail.name, days, decision, answer)


def _sentences(file: Path) -> Iterator[Labelled]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        if not line.strip() or line.startswith("#"):
            continue
        code, decision, answer, text = (part.strip() for part in line.split(" | ", 3))
        days = _marked(_days(_message(text), READER, CODES[code]))
        yield Labelled(file.stem, f"{number}", days, _date(decision), _date(answer))


def _marked(days: Days) -> Days:
    """Say of each day that it was written down for being a day: most of those bind.

    Of the days of a mail most do not; without the sign, sentences make any day look like one.
    """
    return tuple((day, (*signs, DENSE, f"{DENSE}, {signs[0]}")) for day, signs in days)


def _date(day: str) -> str | None:
    return f"2026-{day[:2]}-{day[2:]}" if day != "-" else None


def _message(text: str) -> bytes:
    mail = EmailMessage()
    mail["From"] = "Ruth Okafor <ruth@harbourfoods.example>"
    mail["To"] = "Alex Moreno <alex@moreno.example>"
    mail["Date"] = SENT
    mail.set_content(text)
    return mail.as_bytes()


def _days(raw: bytes, who: Identity, kind: Kind) -> Days:
    mail = parse(raw)
    portions = portions_of(mail)
    signals, when = signals_of(mail, who), anchor(mail)
    language = lexicon(language_of_mail(mail, portions)).language
    text = portions.text[:MAX_TEXT]
    days = find_days(text, when, zone=who.timezone, country=who.country, language=language)
    interviews = interviews_in(signals, kind, portions, when, language)
    talks = frozenset(talk.start.date() for talk in interviews if talk.start)
    found = signs_in(signals, kind, text, days, cues(language), talks)
    return tuple((day.isoformat(), tuple(signs)) for day, signs in found)


# -- the fit -------------------------------------------------------------------------------------


def fit(mails: Sequence[Labelled]) -> dict[str, tuple[float, float]]:
    """The weight of every sign for (theirs, the user's): a logistic regression of three classes."""
    rows = [(signs, mail.role(day)) for mail in mails for day, signs in mail.days]
    counts = Counter(sign for signs, _ in rows for sign in signs)
    known = {sign: at for at, sign in enumerate(sorted(s for s in counts if counts[s] >= LEAST))}
    matrix = _matrix([signs for signs, _ in rows], known)
    roles = np.array([role for _, role in rows])
    penalty = np.array([_penalty(sign) for sign in known])[:, None]
    ones = np.eye(3)[roles]
    counted = np.array([DENSE_WEIGHT if DENSE in signs else 1.0 for signs, _ in rows])

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(len(known), 2)
        shares = _softmax(matrix @ weights)
        total = -(counted * np.log(shares[np.arange(len(roles)), roles] + 1e-12)).sum()
        slope = matrix.T @ ((shares - ones)[:, 1:] * counted[:, None]) + penalty * weights
        return total + 0.5 * (penalty * weights**2).sum(), np.asarray(slope).ravel()

    start = np.zeros(2 * len(known))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    weights = found.x.reshape(len(known), 2)
    return {
        sign: (float(weights[at, 0]), float(weights[at, 1]))
        for sign, at in known.items()
        if abs(weights[at]).max() >= SMALL and not sign.startswith(DENSE)
    }


def _penalty(sign: str) -> float:
    return WORD_PENALTY if sign[0] in "<>=~" else OWN_PENALTY if ", " in sign else PENALTY


def _matrix(rows: Sequence[Sequence[str]], known: dict[str, int]) -> sp.csr_matrix:
    cells = [(at, known[sign]) for at, signs in enumerate(rows) for sign in signs if sign in known]
    places = np.array(cells).T if cells else np.zeros((2, 0), dtype=int)
    ones = np.ones(len(cells))
    return sp.csr_matrix((ones, (places[0], places[1])), shape=(len(rows), len(known)))


def _softmax(scores: np.ndarray) -> np.ndarray:
    """Shares of (neither, theirs, the user's) from the scores of the last two."""
    grown = np.exp(np.clip(np.column_stack([np.zeros(len(scores)), scores]), -30, 30))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True))


# -- measuring -----------------------------------------------------------------------------------


def _measure(mails: Sequence[Labelled], hands: Iterable[str], listed: str | None) -> None:
    """Read each hand with weights fitted to the others."""
    whole: Counter[str] = Counter()
    for hand in hands:
        weights = fit([mail for mail in mails if mail.hand != hand])
        score = _score([m for m in mails if m.hand == hand], weights, shown=hand == listed)
        whole.update(score)
        sys.stdout.write(f"{hand:6} {_shown(score)}\n")
    sys.stdout.write(f"all    {_shown(whole)}\n")


def _score(
    mails: Iterable[Labelled], weights: dict[str, tuple[float, float]], *, shown: bool
) -> Counter[str]:
    score: Counter[str] = Counter()
    for mail in mails:
        for name, role, wanted in (("decision", 1, mail.decision), ("answer", 2, mail.answer)):
            told = _chosen(mail, role, weights)
            if wanted or told:
                score[name] += 1
                score[f"{name} right"] += wanted == told
            if shown and wanted != told:
                sys.stdout.write(f"  {mail.name} {name}: {wanted}, not {told}\n")
    return score


def _chosen(mail: Labelled, role: int, weights: dict[str, tuple[float, float]]) -> str | None:
    scored = []
    for at, (day, signs) in enumerate(mail.days):
        pairs = [weights[sign] for sign in signs if sign in weights]
        totals = np.array([[sum(p[0] for p in pairs), sum(p[1] for p in pairs)]])
        share = float(_softmax(totals)[0, role])
        if share >= (THEIRS_FROM, USERS_FROM)[role - 1]:
            scored.append((share, at, day))
    return max(scored)[2] if scored else None


def _shown(score: Counter[str]) -> str:
    return "  ".join(
        f"{name} {score[f'{name} right'] / max(1, score[name]):.3f} of {score[name]}"
        for name in ("decision", "answer")
    )


if __name__ == "__main__":
    raise SystemExit(main())
