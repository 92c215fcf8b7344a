"""Fit the weights by which a mail's days are told apart: theirs, the user's, nobody's.

    python -m training.days FOLDER … [--sentences FILE …] [--measure]

Every FOLDER holds labelled mails (NNN.eml with NNN.json) by one hand, whose user stands in
`hands.toml` beside it. A FILE holds sentences, a line each: kind | decision day | answer day |
text, the days as MMDD or "-", as if sent on Friday 8 May 2026. A day of a mail that is its
`decision_by` is theirs, one that is its `answer_by` the user's. What comes out is
`agent/lexicon/days.bin`, which `agent.mail.day_weights` reads; `--measure` leaves out one hand at
a time instead and prints how many mails were read exactly. Needs numpy and scipy
(`pip install '.[train]'`).
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import scipy.sparse as sp

from agent.domain.facts import Kind
from agent.lexicon import lexicon
from agent.mail.cues import cues
from agent.mail.deadlines import THEIRS_FROM, USERS_FROM, signs_in
from agent.mail.interviews import MAX_TEXT, interviews_in
from agent.mail.message import Identity
from agent.mail.packed import NONE
from agent.mail.parse import parse
from agent.mail.read import anchor, language_of_mail, portions_of, signals_of
from agent.mail.when import find_days
from training import net
from training.hands import mails_of, reader_of, user_of

TABLE = Path(__file__).parent.parent / "agent" / "lexicon" / "days.bin"
LEAST = 3  # days that have a sign before it counts
LARGEST = 127  # what a byte holds to either side of nothing
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
    fitted = fit(mails)
    TABLE.write_bytes(written(fitted))
    sys.stdout.write(f"{len(mails)} mails, {len(fitted.known)} signs: {TABLE}\n")
    return 0


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


@dataclass(frozen=True, slots=True)
class Fitted:
    """The net, and which of its rows is which sign's."""

    known: dict[str, int]
    net: net.Net

    def shares(self, rows: Sequence[Sequence[str]]) -> np.ndarray:
        """The shares of (neither, theirs, the user's) of days with such signs, a row each."""
        return net.softmax(self.net.scores(_matrix(rows, self.known)))


def fit(mails: Sequence[Labelled]) -> Fitted:
    """The net that tells best whose the days of the mails are."""
    rows = [(signs, mail.role(day)) for mail in mails for day, signs in mail.days]
    counts = Counter(sign for signs, _ in rows for sign in signs)
    known = {sign: at for at, sign in enumerate(sorted(s for s in counts if counts[s] >= LEAST))}
    matrix = _matrix([signs for signs, _ in rows], known)
    roles = np.array([role for _, role in rows])
    counted = np.array([DENSE_WEIGHT if DENSE in signs else 1.0 for signs, _ in rows])
    return Fitted(known, net.fit(matrix, roles, counted))


def _matrix(rows: Sequence[Sequence[str]], known: dict[str, int]) -> sp.csr_matrix:
    cells = [(at, known[sign]) for at, signs in enumerate(rows) for sign in signs if sign in known]
    places = np.array(cells).T if cells else np.zeros((2, 0), dtype=int)
    ones = np.ones(len(cells))
    return sp.csr_matrix((ones, (places[0], places[1])), shape=(len(rows), len(known)))


def written(fitted: Fitted) -> bytes:
    """The file that `agent.mail.day_weights` reads: weights are told against those of neither."""
    found, known = fitted.net, fitted.known
    weights, numbers = found.signs[:, : net.CLASSES], found.signs[:, net.CLASSES :]
    table = np.hstack([weights[:, THEIRS:] - weights[:, :THEIRS], numbers])
    kept = sorted((crc32(s.encode()), at) for s, at in known.items() if not s.startswith(DENSE))
    rows = table[[at for _, at in kept]]
    steps = np.abs(rows).max(axis=0) / LARGEST
    head = {
        "signs": len(kept),
        "steps": _rounded(steps),
        "before": _rounded(found.before),
        "layer": _rounded(found.layer[:, THEIRS:] - found.layer[:, :THEIRS]),
        "after": _rounded(found.after[THEIRS:] - found.after[:THEIRS]),
    }
    sums = np.array([checksum for checksum, _ in kept], dtype="<u4")
    packed = (np.rint(rows / steps) + NONE).astype(np.uint8)
    return b"".join((json.dumps(head).encode(), b"\n", sums.tobytes(), packed.tobytes()))


def _rounded(values: np.ndarray) -> Any:
    """Lists of them, in six digits."""
    return [_rounded(value) if np.ndim(value) else float(f"{value:.6g}") for value in values]


# -- measuring -----------------------------------------------------------------------------------


def _measure(mails: Sequence[Labelled], hands: Iterable[str], listed: str | None) -> None:
    """Read each hand with a net fitted to the others."""
    whole: Counter[str] = Counter()
    for hand in hands:
        fitted = fit([mail for mail in mails if mail.hand != hand])
        score = _score([m for m in mails if m.hand == hand], fitted, shown=hand == listed)
        whole.update(score)
        sys.stdout.write(f"{hand:6} {_shown(score)}\n")
    sys.stdout.write(f"all    {_shown(whole)}\n")


def _score(mails: Iterable[Labelled], fitted: Fitted, *, shown: bool) -> Counter[str]:
    score: Counter[str] = Counter()
    for mail in mails:
        shares = fitted.shares([_unmarked(signs) for _, signs in mail.days])
        for name, role, wanted in (
            ("decision", THEIRS, mail.decision),
            ("answer", USERS, mail.answer),
        ):
            told = _chosen(mail, role, shares)
            if wanted or told:
                score[name] += 1
                score[f"{name} right"] += wanted == told
            if shown and wanted != told:
                sys.stdout.write(f"  {mail.name} {name}: {wanted}, not {told}\n")
    return score


def _unmarked(signs: Sequence[str]) -> list[str]:
    return [sign for sign in signs if not sign.startswith(DENSE)]


def _chosen(mail: Labelled, role: int, shares: np.ndarray) -> str | None:
    """As `days_in` chooses."""
    least, other = (THEIRS_FROM, USERS) if role == THEIRS else (USERS_FROM, THEIRS)
    scored = [
        (float(share[role]), at, day)
        for at, ((day, _), share) in enumerate(zip(mail.days, shares, strict=True))
        if share[role] >= max(least, share[other])
    ]
    return max(scored)[2] if scored else None


def _shown(score: Counter[str]) -> str:
    return "  ".join(
        f"{name} {score[f'{name} right'] / max(1, score[name]):.3f} of {score[name]}"
        for name in ("decision", "answer")
    )


if __name__ == "__main__":
    raise SystemExit(main())
