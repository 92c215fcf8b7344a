"""Train the learned model of kinds, and measure it on hands that it was not trained on.

    python -m training.train FOLDER … [--quiet FOLDER] [--tuned FOLDER]
        [--measure [--wrong] [--groups N] [--fit-blend]] [--curve]

Every FOLDER holds labelled mails by one hand (`training.examples`). `--quiet` names a folder of
everyday mail: every second one is trained on as `other`, the rest counts false alarms.
`--measure` leaves out one hand at a time (with `--groups N`, one of N groups of hands) and prints
how well it is read by the rules, by the model and by both. With `--fit-blend` it fits how the two
are blended (`training.measure`); else the blend of the present `model.bin` is kept. `--wrong`
names what was misread. `--curve` measures the model on a quarter, half and three quarters of the
mails. `training/short` and `training/phrases` are always trained on and never measured.
The rules were tuned on the mails of the `--tuned` folders, so these are trained on but not
measured.

Needs numpy and scipy (`pip install '.[train]'`). The same input gives the same `model.bin`.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from agent.mail.packed import NONE
from agent.mail.weights import IDF_STEPS, Blend, checksum
from training.examples import (
    KINDS,
    QUIET_TEST,
    read_hand,
    read_phrases,
    read_quiet,
    read_short,
    user_of,
)
from training.fit import LENGTH, Array, Fitted, fit
from training.measure import blend_of, leave_out, macro_f1, report, say

HERE = Path(__file__).parent
MODEL = HERE.parent / "agent" / "lexicon" / "model.bin"


def written(fitted: Fitted, blend: Blend, heat: float) -> bytes:
    """The content of `model.bin`; `agent.mail.weights` explains it."""
    sums = np.array([checksum(gram) for gram in fitted.grams], dtype=np.uint32)
    if len(set(sums.tolist())) < len(sums):
        say("two grams share a checksum: the later one is told as the earlier")
    order = np.argsort(sums, kind="stable")
    scale = fitted.idf[:, None] * LENGTH
    mail_steps, mail = _bytes(fitted.mail * scale)
    sentence_steps, sentence = _bytes(fitted.sentence * scale)
    idf = np.round(fitted.idf * IDF_STEPS).clip(1, 255).astype(np.uint8)[:, None]
    head = {
        "kinds": [kind.value for kind in KINDS],
        "grams": len(sums),
        "mail_steps": mail_steps,
        "sentence_steps": sentence_steps,
        "bias": [round(float(b), 5) for b in fitted.bias],
        "temperature": heat,
        "blend": {"rule": blend.rule, "context": blend.context, "lean": blend.lean},
        "signs": {
            name: [round(float(w), 4) for w in row]
            for name, row in zip(fitted.signs, fitted.sign_weights, strict=True)
        },
    }
    rows = np.hstack([idf, mail, sentence])[order]
    body: bytes = sums[order].astype("<u4").tobytes() + rows.tobytes()
    return json.dumps(head).encode() + b"\n" + body


def _bytes(weights: Array) -> tuple[list[float], Array]:
    """Weights in 255 steps a kind, and how large each kind's step is."""
    steps = np.quantile(np.abs(weights), 0.9995, axis=0) / 127
    steps = np.array([float(f"{step:.6g}") for step in np.maximum(steps, 1e-9)])
    return steps.tolist(), (np.round(weights / steps).clip(-127, 127) + NONE).astype(np.uint8)


def _kept() -> tuple[Blend, float]:
    """The blend and the temperature of the present model."""
    head = json.loads(MODEL.read_bytes().partition(b"\n")[0])
    return Blend(**head["blend"]), head["temperature"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, measure if asked, and write the model."""
    parser = argparse.ArgumentParser(prog="training.train")
    parser.add_argument("hands", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--quiet", type=Path)
    parser.add_argument("--tuned", type=Path, action="append", default=[])
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--groups", type=int)
    parser.add_argument("--fit-blend", action="store_true")
    parser.add_argument("--curve", action="store_true")
    options = parser.parse_args(arguments)
    examples = [e for folder in (*options.hands, *options.tuned) for e in read_hand(folder)]
    if options.quiet:
        examples += read_quiet(options.quiet, user_of(options.hands[0]))
    examples += read_short(HERE / "short")
    examples += read_phrases(HERE / "phrases")
    say(f"{len(examples)} examples: {dict(Counter(e.hand for e in examples))}\n")
    tuned = [folder.name for folder in options.tuned]
    for share in (0.25, 0.5, 0.75) if options.curve else ():
        told = leave_out(examples, tuned, share, options.groups)
        scores = [
            macro_f1([e.kind for e in t.examples], [KINDS[n] for n in t.totals.argmax(1)])
            for t in told
        ]
        say(f"model alone, {share:.0%} of the mails: macro-F1 {np.mean(scores):.3f}")
    blend, heat = _kept()
    if options.measure:
        told = leave_out(examples, tuned, 1.0, options.groups)
        blend, heat = blend_of(told) if options.fit_blend else (blend, heat)
        report(told, blend, heat, wrong=options.wrong)
    fitted = fit([e for e in examples if e.hand != QUIET_TEST])
    MODEL.write_bytes(written(fitted, blend, heat))
    say(f"\n{len(fitted.grams)} grams, {MODEL.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
