"""Train the learned model of kinds, and measure it on hands that it was not trained on.

    python -m training.train FOLDER … [--quiet FOLDER] [--tuned FOLDER] [--measure] [--curve]

Every FOLDER holds labelled mails (NNN.eml with NNN.json) by one hand; its user is the address
that most of its mails are written to. `training/phrases/*.txt` holds sentences by kind, and
some that decide nothing. `--quiet` names a folder of everyday mail: every second one is trained
on as `other`, the rest counts false alarms. `--measure` leaves out one hand at a time, prints
how well it is read by the rules, by the model and by both, and fits the temperature by which
the model is calibrated; without it `--temperature` gives the one fitted before. `--curve` does so on a quarter, half
and three quarters of the mails. The rules were tuned on the mails of the `--tuned` folders,
so these are trained on but not measured.

Needs numpy and scipy (`pip install '.[train]'`). The same input gives the same `model.bin`.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.utils import getaddresses
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize, minimize_scalar

from agent.domain.facts import Kind
from agent.mail.classify import JOB, Verdict, by_rules, settled
from agent.mail.grams import counted
from agent.mail.learned import IDF_STEPS, LEAST_NORM, NONE, checksum, own_names, signs, texts
from agent.mail.message import Identity
from agent.mail.parse import parse
from agent.mail.read import signals_of

KINDS = [kind for kind in Kind if kind is not Kind.OWN]
#: Kinds on which something is done: a wrong one costs the user most.
GUARDED = {
    Kind.INTERVIEW_CONFIRMED,
    Kind.INTERVIEW_RESCHEDULED,
    Kind.INTERVIEW_CANCELLED,
    Kind.OFFER,
    Kind.REJECTION,
}
FLOOR = 0.8  # the confidence from which something is drafted
HERE = Path(__file__).parent
MODEL = HERE.parent / "agent" / "lexicon" / "model.bin"

GRAMS = 60_000
BAG = 2.0  # how much the words weigh against the signs
PENALTY = 0.015  # L2
ROUNDS = 80  # of L-BFGS
QUIET_WEIGHT = 0.3  # of an everyday mail
PHRASE_WEIGHT = 0.5  # of a mail made of a phrase
PIECE_WEIGHT = 0.5  # of the pieces of a word against whole words
COPIES = 2  # mails made of each phrase
QUIET, QUIET_TEST, PHRASES = "quiet", "quiet, not trained on", "phrases"


@dataclass(slots=True)
class Example:
    """One mail, as the model sees it, with what the rules say of it."""

    hand: str
    kind: Kind
    counts: Counter[str]
    signs: dict[str, float] = field(default_factory=dict)
    ruled: Verdict | None = None
    points: float = JOB


@dataclass(slots=True)
class Fitted:
    """A trained model, before it is written down; `weights` has a row a gram, idf not in it."""

    grams: list[str]
    idf: np.ndarray
    weights: np.ndarray
    signs: list[str]
    sign_weights: np.ndarray
    bias: np.ndarray


def say(line: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


# -- examples ----------------------------------------------------------------------------------


def read_hand(folder: Path) -> Iterator[Example]:
    """The labelled mails of one hand; the user's own are told by their sender, not by a model."""
    user = user_of(folder)
    for label in sorted(folder.glob("*.json")):
        kind = Kind(json.loads(label.read_text(encoding="utf-8"))["kind"])
        if kind is not Kind.OWN:
            yield _example(folder.name, kind, label.with_suffix(".eml").read_bytes(), user)


def user_of(folder: Path) -> Identity:
    """To whom most of a folder's mails are written; their zone does not matter for kinds."""
    found: Counter[tuple[str, str]] = Counter()
    for path in sorted(folder.glob("*.eml")):
        to = message_from_bytes(path.read_bytes()).get_all("To", [])
        found.update((name, address.lower()) for name, address in getaddresses(map(str, to)))
    (name, address), _ = found.most_common(1)[0]
    return Identity(name, (address,), "UTC", "US")


def read_quiet(folder: Path, user: Identity) -> Iterator[Example]:
    """Everyday mails: every second one is trained on, the others count false alarms."""
    files = sorted(p for p in folder.rglob("*") if p.suffix in {".txt", ".eml"} and p.is_file())
    for number, path in enumerate(files):
        hand = QUIET_TEST if number % 2 else QUIET
        yield _example(hand, Kind.OTHER, path.read_bytes(), user)


def _example(hand: str, kind: Kind, data: bytes, user: Identity) -> Example:
    signals = signals_of(parse(data), user)
    counts = counted(texts(signals), own_names(signals))
    return Example(hand, kind, counts, signs(signals), by_rules(signals), signals.context.points)


def read_phrases(folder: Path) -> Iterator[Example]:
    """Mails made of a phrase and some that decide nothing, of one language each."""
    chance = random.Random(0)  # noqa: S311 - reproducible on purpose
    languages: dict[str, dict[str, list[str]]] = {}
    for path in sorted(folder.glob("*.txt")):
        sections = languages.setdefault(path.stem.partition("_")[0], {})
        _add_sections(path.read_text(encoding="utf-8"), sections)
    for sections in languages.values():
        filler, subjects = sections.pop("filler", []), sections.pop("subject", [])
        for kind, phrases in sections.items():
            for phrase in phrases if kind != Kind.OWN else ():
                for _ in range(COPIES):
                    made = list(_made(kind, phrase, filler, subjects, chance))
                    yield Example(PHRASES, Kind(kind), counted(made))


def _add_sections(text: str, sections: dict[str, list[str]]) -> None:
    current: list[str] = []
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            current = sections.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            current.append(line)


def _made(
    kind: str, phrase: str, filler: Sequence[str], subjects: Sequence[str], chance: random.Random
) -> Iterator[str]:
    """The lines of one mail: filler makes the phrase the one thing by which it can be told."""
    ordinary = kind in {Kind.OTHER, Kind.JOB_ALERT}
    if subjects and not ordinary and kind != Kind.AUTO_REPLY and chance.random() < 0.6:
        yield chance.choice(subjects)
    around = [] if ordinary or not filler else chance.choices(filler, k=chance.randrange(4))
    around.insert(chance.randrange(len(around) + 1), phrase)
    yield from around


# -- fitting -----------------------------------------------------------------------------------


def fit(examples: Sequence[Example], most: int | None = GRAMS) -> Fitted:
    """Train; with `most` twice: on all grams, then on those that moved most mails furthest."""
    frequency = Counter(gram for example in examples for gram in example.counts)
    grams = sorted(gram for gram, count in frequency.items() if count >= 2)
    fitted = _fit(examples, grams, frequency)
    if most is None or len(grams) <= most:
        return fitted
    reach = np.abs(fitted.weights * fitted.idf[:, None]).max(axis=1)
    spread = np.log1p(np.array([frequency[gram] for gram in grams]))
    chosen = np.argsort(-(reach * spread), kind="stable")[:most]
    return _fit(examples, sorted(grams[number] for number in chosen), frequency)


def _fit(examples: Sequence[Example], grams: list[str], frequency: Counter[str]) -> Fitted:
    counts = np.array([frequency[gram] for gram in grams])
    idf = np.log((len(examples) + 1) / (counts + 1)) + 0.5
    idf = idf / idf.mean() * [PIECE_WEIGHT if gram[0] == "#" else 1.0 for gram in grams]
    idf = np.round(idf * IDF_STEPS).clip(1, 255) / IDF_STEPS
    names = sorted({name for example in examples for name in example.signs})
    kinds = np.array([KINDS.index(example.kind) for example in examples])
    matrix = design(examples, grams, idf, names)
    weights, bias = _solve(matrix, kinds, _importance(examples, kinds))
    return Fitted(grams, idf, weights[: len(grams)], names, weights[len(grams) :], bias)


def _importance(examples: Sequence[Example], kinds: np.ndarray) -> np.ndarray:
    """Rare kinds weigh more; everyday mails and mails made of a phrase less than real ones."""
    hands = np.array([example.hand for example in examples])
    mails = ~np.isin(hands, [QUIET, PHRASES])
    count = np.bincount(kinds[mails], minlength=len(KINDS))
    importance = np.sqrt(count.mean() / np.maximum(count, 5))[kinds]
    importance[hands == QUIET] = QUIET_WEIGHT
    importance[hands == PHRASES] *= PHRASE_WEIGHT
    return importance


def design(
    examples: Sequence[Example], grams: Sequence[str], idf: np.ndarray, names: Sequence[str]
) -> sp.csr_matrix:
    """One row an example: its words, damped and of bounded length, then its signs."""
    index = {gram: number for number, gram in enumerate(grams)}
    place = {name: len(grams) + number for number, name in enumerate(names)}
    columns: list[np.ndarray] = []
    values: list[np.ndarray] = []
    ends = [0]
    for example in examples:
        known = [(index[gram], n) for gram, n in example.counts.items() if gram in index]
        at = np.array([number for number, _ in known], dtype=np.int64)
        value = (1 + 0.5 * np.log(np.array([n for _, n in known], dtype=float))) * idf[at]
        value = BAG * value / max(float(np.sqrt((value**2).sum())), LEAST_NORM)
        seen = [(place[name], v) for name, v in example.signs.items() if name in place]
        columns += [at, np.array([number for number, _ in seen], dtype=np.int64)]
        values += [value, np.array([v for _, v in seen], dtype=float)]
        ends.append(ends[-1] + len(known) + len(seen))
    content = (np.concatenate(values).astype(np.float32), np.concatenate(columns), ends)
    return sp.csr_matrix(content, shape=(len(examples), len(grams) + len(names)))


def _solve(
    matrix: sp.csr_matrix, kinds: np.ndarray, importance: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Multinomial logistic regression with an L2 penalty, by L-BFGS."""
    count, width = matrix.shape
    turned = matrix.T.tocsr()
    wanted = np.zeros((count, len(KINDS)), np.float32)
    wanted[np.arange(count), kinds] = 1
    size = width * len(KINDS)
    importance = importance.astype(np.float32)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat[:size].astype(np.float32).reshape(width, len(KINDS))
        told = _shares(matrix @ weights + flat[size:].astype(np.float32))
        slope = (told - wanted) * importance[:, None]
        right = told[np.arange(count), kinds]
        value = -(importance * np.log(right + 1e-9)).sum() + PENALTY / 2 * (weights**2).sum()
        gradient = (turned @ slope + PENALTY * weights).ravel()
        return float(value), np.concatenate([gradient, slope.sum(0)]).astype(float)

    start, options = np.zeros(size + len(KINDS)), {"maxiter": ROUNDS, "maxcor": 6}
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=options)
    return found.x[:size].reshape(width, len(KINDS)), found.x[size:]


def _shares(totals: np.ndarray) -> np.ndarray:
    raised = np.exp(totals - totals.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)


def totals(fitted: Fitted, examples: Sequence[Example]) -> np.ndarray:
    """What the model says of each kind, before it is made a probability."""
    matrix = design(examples, fitted.grams, fitted.idf, fitted.signs)
    return np.asarray(matrix @ np.vstack([fitted.weights, fitted.sign_weights]) + fitted.bias)


# -- measuring ---------------------------------------------------------------------------------


@dataclass(slots=True)
class Told:
    """What was said of one hand by a model trained on the others."""

    hand: str
    examples: list[Example]
    totals: np.ndarray
    quiet: list[Example]
    quiet_totals: np.ndarray


def leave_one_out(examples: Sequence[Example], skipped: Iterable[str], share: float) -> list[Told]:
    """Each hand as told by a model of the others, trained on a share of their mails."""
    hands = sorted({e.hand for e in examples} - {QUIET, QUIET_TEST, PHRASES, *skipped})
    quiet = [e for e in examples if e.hand == QUIET_TEST]
    chance = random.Random(0)  # noqa: S311 - reproducible on purpose
    kept = [e for e in examples if e.hand in {QUIET, PHRASES} or chance.random() < share]
    told = []
    for hand in hands:
        fitted = fit([e for e in kept if e.hand not in {hand, QUIET_TEST}], most=None)
        held = [e for e in examples if e.hand == hand]
        told.append(Told(hand, held, totals(fitted, held), quiet, totals(fitted, quiet)))
    return told


def temperature(told: Sequence[Told]) -> float:
    """The divisor that makes the shares of hands not trained on most nearly true."""
    said = np.concatenate([t.totals for t in told])
    right = np.array([KINDS.index(e.kind) for t in told for e in t.examples])

    def loss(divisor: float) -> float:
        chance = _shares(said / divisor)[np.arange(len(right)), right]
        return -float(np.log(chance + 1e-9).mean())

    return float(minimize_scalar(loss, bounds=(0.3, 5), method="bounded").x)


def report(told: Sequence[Told], heat: float) -> None:
    """The table: each hand by rules, by model and by both, then calibration and the guarded kinds."""
    say(f"{'hand':10}{'mails':>6}{'rules':>8}{'model':>8}{'both':>8}{'accuracy':>10}{'alarms':>8}")
    everything: list[tuple[Kind, Verdict]] = []
    for t in told:
        right = [e.kind for e in t.examples]
        both = [_both(e, row, heat) for e, row in zip(t.examples, t.totals, strict=True)]
        loud = [_both(e, row, heat) for e, row in zip(t.quiet, t.quiet_totals, strict=True)]
        alarms = sum(verdict.kind.concerns_application for verdict in loud)
        ruled = macro_f1(right, [e.ruled.kind for e in t.examples if e.ruled])
        alone = macro_f1(right, [KINDS[n] for n in t.totals.argmax(1)])
        score = macro_f1(right, [verdict.kind for verdict in both])
        hit = np.mean([kind is v.kind for kind, v in zip(right, both, strict=True)])
        say(f"{t.hand:10}{len(right):6}{ruled:8.3f}{alone:8.3f}{score:8.3f}{hit:10.3f}{alarms:8}")
        everything += zip(right, both, strict=True)
    _calibration(everything)
    _guarded(everything)
    wrong = Counter((str(k), str(v.kind)) for k, v in everything if k is not v.kind)
    say("\nmost confused (is, read as):")
    for (kind, read_as), count in wrong.most_common(15):
        say(f"  {kind:24}{read_as:24}{count:4}")


def _both(example: Example, row: np.ndarray, heat: float) -> Verdict:
    said = dict(zip(KINDS, (row / heat).tolist(), strict=True))
    ruled = example.ruled or Verdict(Kind.OTHER, 0.5)
    return settled(ruled, said, example.points)


def _calibration(everything: Sequence[tuple[Kind, Verdict]]) -> None:
    error = 0.0
    say("\nconfidence   mails   said  right")
    for step in range(10):
        inside = [(k, v) for k, v in everything if min(int(v.confidence * 10), 9) == step]
        if inside:
            said = float(np.mean([v.confidence for _, v in inside]))
            right = float(np.mean([k is v.kind for k, v in inside]))
            error += abs(said - right) * len(inside)
            say(f"{step / 10:.1f} to {step / 10 + 0.1:.1f} {len(inside):6}{said:7.2f}{right:7.2f}")
    say(f"expected calibration error {error / len(everything):.3f}")


def _guarded(everything: Sequence[tuple[Kind, Verdict]]) -> None:
    sure = [(k, v) for k, v in everything if v.kind in GUARDED and v.confidence >= FLOOR]
    real = sum(kind in GUARDED for kind, _ in everything)
    right = sum(kind is verdict.kind for kind, verdict in sure)
    say(
        f"guarded kinds at {FLOOR} and over: {right} of {len(sure)} right"
        f" ({right / max(len(sure), 1):.3f}), of {real} there are"
    )


def macro_f1(right: Sequence[Kind], said: Sequence[Kind]) -> float:
    """The mean, over the kinds that occur, of the F1."""
    scores = []
    for kind in sorted(set(right)):
        hits = sum(a is b is kind for a, b in zip(right, said, strict=True))
        scores.append(2 * hits / (sum(a is kind for a in right) + sum(b is kind for b in said)))
    return float(np.mean(scores))


# -- writing down ------------------------------------------------------------------------------


def written(fitted: Fitted, heat: float) -> bytes:
    """The content of `model.bin`; `agent.mail.learned` explains it."""
    sums = np.array([checksum(gram) for gram in fitted.grams], dtype=np.uint32)
    if len(set(sums.tolist())) < len(sums):
        say("two grams share a checksum: the later one is told as the earlier")
    order = np.argsort(sums, kind="stable")
    weights = fitted.weights * fitted.idf[:, None] * BAG
    steps = np.quantile(np.abs(weights), 0.9995, axis=0) / 127
    rows = (np.round(weights / steps).clip(-127, 127) + NONE).astype(np.uint8)
    idf = np.round(fitted.idf * IDF_STEPS).clip(1, 255).astype(np.uint8)
    head = {
        "kinds": [kind.value for kind in KINDS],
        "grams": len(sums),
        "steps": [float(f"{step:.6g}") for step in steps],
        "bias": [round(float(b), 5) for b in fitted.bias],
        "temperature": round(heat, 4),
        "signs": {
            name: [round(float(w), 4) for w in row]
            for name, row in zip(fitted.signs, fitted.sign_weights, strict=True)
        },
    }
    body = sums[order].astype("<u4").tobytes() + np.hstack([idf[:, None], rows])[order].tobytes()
    return json.dumps(head).encode() + b"\n" + body


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, measure if asked, and write the model."""
    parser = argparse.ArgumentParser(prog="training.train")
    parser.add_argument("hands", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--quiet", type=Path)
    parser.add_argument("--tuned", type=Path, action="append", default=[])
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--temperature", type=float, default=1.4)
    options = parser.parse_args(arguments)
    examples = [e for folder in (*options.hands, *options.tuned) for e in read_hand(folder)]
    if options.quiet:
        examples += read_quiet(options.quiet, user_of(options.hands[0]))
    examples += read_phrases(HERE / "phrases")
    say(f"{len(examples)} examples: {dict(Counter(e.hand for e in examples))}\n")
    heat, tuned = options.temperature, [folder.name for folder in options.tuned]
    for share in (0.25, 0.5, 0.75) if options.curve else ():
        told = leave_one_out(examples, tuned, share)
        scores = [
            macro_f1([e.kind for e in t.examples], [KINDS[n] for n in t.totals.argmax(1)])
            for t in told
        ]
        say(f"model alone, {share:.0%} of the mails: macro-F1 {np.mean(scores):.3f}")
    if options.measure:
        told = leave_one_out(examples, tuned, 1.0)
        heat = temperature(told)
        report(told, heat)
    fitted = fit([e for e in examples if e.hand != QUIET_TEST])
    MODEL.write_bytes(written(fitted, heat))
    say(f"\n{len(fitted.grams)} grams, temperature {heat:.3f}, {MODEL.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
