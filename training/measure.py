"""How well the model reads hands that it was not trained on, and what it is blended with.

Each hand, or group of hands, is told by a model of the others. On what is then said of every mail
the `Blend` is fitted: how much the rules' verdict and the context of a mail count beside the words,
and by what all of it is divided so that a confidence is a probability.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from agent.domain.facts import Kind
from agent.mail.classify import CERTAIN, GUARDED, Verdict, settled
from agent.mail.weights import Blend
from training.examples import KINDS, PHRASES, QUIET, QUIET_TEST, SHORT, Example
from training.fit import Array, fit, totals

FLOOR = 0.8  # the confidence from which something is drafted
SIMPLEX = 400  # steps of the search for a blend


def say(line: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@dataclass(slots=True)
class Told:
    """What was said of one hand by a model trained on the others."""

    hand: str
    examples: list[Example]
    totals: Array
    quiet: list[Example]
    quiet_totals: Array


def leave_out(
    examples: Sequence[Example], skipped: Iterable[str], share: float, groups: int | None = None
) -> list[Told]:
    """Each hand as told by a model of the others, trained on a share of their mails.

    With `groups`, so many models are trained, each without one group of hands.
    """
    hands = sorted({e.hand for e in examples} - {QUIET, QUIET_TEST, PHRASES, SHORT, *skipped})
    quiet = [e for e in examples if e.hand == QUIET_TEST]
    chance = random.Random(0)  # noqa: S311 - reproducible on purpose
    kept = [e for e in examples if e.hand in {QUIET, PHRASES, SHORT} or chance.random() < share]
    told = []
    count = groups or len(hands)
    for group in (hands[first::count] for first in range(count)):
        fitted = fit([e for e in kept if e.hand not in {*group, QUIET_TEST}], most=None)
        unheard = totals(fitted, quiet) if quiet else np.zeros((0, len(KINDS)))
        for hand in group:
            held = [e for e in examples if e.hand == hand]
            told.append(Told(hand, held, totals(fitted, held), quiet, unheard))
    return sorted(told, key=lambda each: each.hand)


def blend_of(told: Sequence[Told]) -> tuple[Blend, float]:
    """The blend and the temperature by which the hands left out are told most nearly truly."""

    def loss(values: Array) -> float:
        rule, context, lean, heat = np.abs(values)
        blend = Blend(float(rule), float(context), float(lean))
        said = 0.0
        for t in told:
            chances = [
                _chance(e, row, blend, float(heat))
                for e, row in zip(t.examples, t.totals, strict=True)
            ]
            said -= float(np.log(np.array(chances) + 1e-6).mean())
        return said / len(told)

    options = {"maxfev": SIMPLEX, "xatol": 0.01, "fatol": 1e-5}
    found = minimize(loss, [1.5, 1.5, 0.7, 1.2], method="Nelder-Mead", options=options)
    rule, context, lean, heat = (round(float(v), 3) for v in np.abs(found.x))
    return Blend(rule, context, lean), heat


def _chance(example: Example, row: Array, blend: Blend, heat: float) -> float:
    """The probability given to the right kind."""
    ruled = example.ruled or Verdict(Kind.OTHER, 0.5)
    if ruled.firm == CERTAIN:
        return 1.0  # nothing that is fitted here changes it
    verdict = settled(ruled, _likely(row, heat), example.points, blend=blend)
    return verdict.shares[example.kind]


def _likely(row: Array, heat: float) -> dict[Kind, float]:
    return dict(zip(KINDS, (row / heat).tolist(), strict=True))


def both(example: Example, row: Array, blend: Blend, heat: float) -> Verdict:
    """What the rules and the model say of a mail together."""
    ruled = example.ruled or Verdict(Kind.OTHER, 0.5)
    return settled(ruled, _likely(row, heat), example.points, blend=blend)


def report(told: Sequence[Told], blend: Blend, heat: float, *, wrong: bool = False) -> None:
    """Each hand by rules, by model and by both, then calibration and the guarded kinds.

    With `wrong`, every mail that was read wrongly is named.
    """
    say(f"{blend}, temperature {heat}\n")
    say(f"{'hand':10}{'mails':>6}{'rules':>8}{'model':>8}{'both':>8}{'accuracy':>10}{'alarms':>8}")
    everything: list[tuple[Kind, Verdict]] = []
    for t in told:
        right = [e.kind for e in t.examples]
        said = [both(e, row, blend, heat) for e, row in zip(t.examples, t.totals, strict=True)]
        loud = [both(e, row, blend, heat) for e, row in zip(t.quiet, t.quiet_totals, strict=True)]
        alarms = sum(verdict.kind.concerns_application for verdict in loud)
        ruled = macro_f1(right, [e.ruled.kind for e in t.examples if e.ruled])
        alone = macro_f1(right, [KINDS[n] for n in t.totals.argmax(1)])
        score = macro_f1(right, [verdict.kind for verdict in said])
        hit = np.mean([kind is v.kind for kind, v in zip(right, said, strict=True)])
        say(f"{t.hand:10}{len(right):6}{ruled:8.3f}{alone:8.3f}{score:8.3f}{hit:10.3f}{alarms:8}")
        everything += zip(right, said, strict=True)
        for e, verdict in zip(t.examples, said, strict=True) if wrong else ():
            if verdict.kind is not e.kind:
                ruled_kind = e.ruled.kind if e.ruled else None
                say(
                    f"  {e.hand}/{e.name}: {e.kind} as {verdict.kind} {verdict.confidence}, rules {ruled_kind}"
                )
    _calibration(everything)
    _guarded(everything)
    confused = Counter((str(k), str(v.kind)) for k, v in everything if k is not v.kind)
    say("\nmost confused (is, read as):")
    for (kind, read_as), count in confused.most_common(15):
        say(f"  {kind:24}{read_as:24}{count:4}")


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
