"""Score the understanding of mail on a folder of labelled mails.

    python -m bench.understanding FOLDER --name "Jordan Avery" --zone America/New_York \\
        --country US --address jordan.avery@example.net

FOLDER holds pairs: `NNN.eml`, a message, and `NNN.json`, what a careful reader takes from it.
Printed are precision, recall and F1 by kind, the share of right fields, calibration, the
confusion table and messages a second. With --quiet-corpus DIR, job kinds given to the mails
of DIR (none of which is about a job) are counted as false alarms. With --wrong KIND (or
"all"), the misread mails are listed. With --picture FILE, the confusion and the calibration are
drawn as an SVG. With --given-kind, the labelled kind is handed to the
extraction, so that the fields are scored apart from the kinds.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

from agent.domain.facts import Kind
from agent.lexicon.who import people_words
from agent.mail.classify import GUARDED
from agent.mail.message import Identity, Reading
from agent.mail.parse import parse
from agent.mail.read import read
from agent.mail.triage import set_aside
from bench.pictures import Bin, picture

FLOOR = 0.8  # the confidence from which something is drafted


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled mail and what was read from it."""

    name: str
    label: dict[str, Any]
    reading: Reading

    @property
    def right(self) -> bool:
        """Whether the kind is right."""
        return self.reading.kind == Kind(self.label["kind"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Score a folder and print the tables; 0 always, for a score is not an error."""
    options = _options(arguments)
    identity = Identity(
        options.name,
        tuple(a.lower() for a in options.address),
        options.zone,
        options.country,
        tuple(options.authserv),
    )
    began = time.perf_counter()
    paths = sorted(Path(options.folder).glob("*.json"))
    cases = [_case(path, identity, given_kind=options.given_kind) for path in paths]
    spent = time.perf_counter() - began
    _say(f"{len(cases)} mails in {spent:.2f} s ({len(cases) / max(spent, 1e-9):.0f} a second)\n")
    _kinds(cases)
    _fields(cases)
    _calibration(cases)
    _confusion(cases)
    if options.picture:
        kinds, pairs = _pairs(cases)
        bins = [bin_ for _, bin_ in _bins(cases)]
        Path(options.picture).write_text(picture(kinds, pairs, bins), encoding="utf-8")
    if options.wrong:
        _wrong(cases, options.wrong)
    if options.quiet_corpus:
        _false_alarms(Path(options.quiet_corpus), identity)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench.understanding", description="Score the understanding of mail."
    )
    parser.add_argument("folder", help="pairs of NNN.eml and NNN.json")
    parser.add_argument("--name", required=True)
    parser.add_argument("--zone", required=True)
    parser.add_argument("--country", required=True)
    parser.add_argument("--address", action="append", required=True)
    parser.add_argument("--authserv", action="append", default=[])
    parser.add_argument("--wrong", help="list what was misread: a kind, a field, or 'all'")
    parser.add_argument("--given-kind", action="store_true", help="score the fields alone")
    parser.add_argument("--picture", help="draw the confusion and the calibration into this SVG")
    parser.add_argument("--quiet-corpus", help="a folder of mails none of which is about a job")
    return parser.parse_args(arguments)


def _case(path: Path, identity: Identity, *, given_kind: bool) -> Case:
    label = json.loads(path.read_text(encoding="utf-8"))
    mail = parse(path.with_suffix(".eml").read_bytes())
    kind = Kind(label["kind"]) if given_kind else None
    return Case(path.stem, label, read(mail, identity, kind=kind))


def _say(line: str = "") -> None:
    sys.stdout.write(line + "\n")


# -- kinds -----------------------------------------------------------------------------------


def _kinds(cases: Sequence[Case]) -> None:
    _say(f"{'kind':24}{'n':>5}{'precision':>11}{'recall':>8}{'F1':>7}")
    scores = []
    for kind in Kind:
        hit = sum(c.right for c in cases if c.reading.kind is kind)
        given = sum(c.reading.kind is kind for c in cases)
        real = sum(c.label["kind"] == kind for c in cases)
        if not given and not real:
            continue
        precision, recall = _ratio(hit, given), _ratio(hit, real)
        f1 = 2 * hit / (given + real)
        scores.append(f1)
        mark = " *" if kind in GUARDED else ""
        _say(f"{kind:24}{real:5}{precision:11.3f}{recall:8.3f}{f1:7.3f}{mark}")
    _say(
        f"\naccuracy {_ratio(sum(c.right for c in cases), len(cases)):.3f}   macro-F1 {_ratio(sum(scores), len(scores)):.3f}"
    )


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


# -- fields ----------------------------------------------------------------------------------


def _fields(cases: Sequence[Case]) -> None:
    _say(
        "\nfield            right   (over the mails of which the label or the reading says something)"
    )
    for name, judge in FIELDS.items():
        marks = [mark for mark in (judge(c) for c in cases) if mark is not None]
        _say(f"{name:16}{_ratio(sum(marks), len(marks)):6.3f}   of {len(marks)}")


def _company(case: Case) -> float | None:
    wanted, found = case.label.get("company"), case.reading.company
    return None if wanted is None and found is None else float(firm(wanted) == firm(found))


def firm(name: str | None) -> str:
    """An employer's name without its legal form, of whatever country: "Tims Bouw BV", "Tims Bouw"."""
    return squash(_LEGAL_FORM.sub("", name or ""))


_LEGAL_FORM = re.compile(
    r"(?i)(?:,?\s+(?:limited|incorporated|cic|clg|(?:g?gmbh|se|ag) & co\.? kg(?:aa)?|(?:partg ?)?mbb|snc|a\.?s\.?d|a\.?ş"
    r"|g?gmbh|ag|kg|kgaa|ohg|ug|se|e\.? ?v|b\.?v|n\.?v|s\.?a(?:\.?s)?|s\.?a\.?r\.?l"
    r"|s\.?r\.?l|s\.?p\.?a|s\.?l(?:\.?u)?|lda|ltda|a\.?s|a/s|aps|ab|oyj?|sp\. ?z ?o\. ?o|s\.r\.o|d\.o\.o|vzw|asbl|kft|oü|s\.a\. de c\.v)\b\.?)+$"
)


def _role(case: Case) -> float | None:
    wanted, found = case.label.get("role"), case.reading.role
    return None if wanted is None and found is None else float(squash(wanted) == squash(found))


def squash(text: str | None) -> str:
    bare = "".join(c for c in normalize("NFKD", text or "") if not combining(c))
    plain = re.sub(r"(?i)\b(?:pvt|pty)\.? ltd\b", "", bare)
    plain = re.sub(r"(?i)\b(?:inc|ltd|llc|llp|gmbh|plc|the)\b", "", plain)
    return re.sub(r"[^a-z0-9]", "", plain.lower().replace("&", "and"))


def _starts(case: Case) -> float | None:
    wanted = {datetime.fromisoformat(i["start"]) for i in case.label["interviews"] if i["start"]}
    found = {i.start for i in case.reading.interviews if i.start}
    return None if not wanted and not found else float(wanted == found)


def _statuses(case: Case) -> float | None:
    wanted = sorted(i["status"] for i in case.label["interviews"])
    found = sorted(str(i.status) for i in case.reading.interviews)
    return None if not wanted and not found else float(wanted == found)


def _detail(field: str) -> Callable[[Case], float | None]:
    def judge(case: Case) -> float | None:
        wanted = {squash(i[field]) for i in case.label["interviews"] if i.get(field)}
        found = {squash(getattr(i, field)) for i in case.reading.interviews if getattr(i, field)}
        return None if not wanted and not found else float(wanted == found)

    return judge


def _people(case: Case) -> float | None:
    """F1 of the people, each matched by address or else by name (titles of address apart)."""
    wanted = [(p.get("email"), _bare(p.get("name"))) for p in case.label["people"]]
    found = [(p.email, _bare(p.name)) for p in case.reading.people]
    if not wanted and not found:
        return None
    hits = sum(any((e and e == f) or (n and n == m) for f, m in found) for e, n in wanted)
    return 2 * hits / (len(wanted) + len(found))


def _bare(name: str | None) -> str:
    """A name without titles of address, of whatever language: "Herr Petersen", "Dr. Anna Roth"."""
    plain = people_words().honour.sub("", name or "")
    return squash(
        re.sub(r"(?i)\b(?:mr|mrs|ms|miss|mx|dr|prof|professor|principal)\b\.?", "", plain)
    )


def _day(field: str) -> Callable[[Case], float | None]:
    def judge(case: Case) -> float | None:
        wanted, found = case.label.get(field), getattr(case.reading, field)
        if wanted is None and found is None:
            return None
        return float(wanted == (found.isoformat() if found else None))

    return judge


def _reply(case: Case) -> float | None:
    wanted = " ".join(case.label.get("reply_text", "").split())
    found = " ".join(case.reading.reply_text.split())
    if not wanted and not found:
        return None
    return SequenceMatcher(None, wanted, found, autojunk=False).ratio()


def _trust(case: Case) -> float | None:
    return (
        float(case.label["trust_level"] == case.reading.trust.level)
        if "trust_level" in case.label
        else None
    )


FIELDS: dict[str, Callable[[Case], float | None]] = {
    "company": _company,
    "role": _role,
    "people": _people,
    "starts": _starts,
    "statuses": _statuses,
    "url": _detail("url"),
    "phone": _detail("phone"),
    "location": _detail("location"),
    "decision_by": _day("decision_by"),
    "answer_by": _day("answer_by"),
    "reply_text": _reply,
    "trust": _trust,
}


# -- calibration, confusion, what went wrong ---------------------------------------------------------


def _bins(cases: Sequence[Case]) -> list[tuple[int, Bin]]:
    """By tenths of confidence: what was said, how much of it was right, how many mails."""
    tenths: dict[int, list[Case]] = {}
    for case in cases:
        tenths.setdefault(min(int(case.reading.confidence * 10), 9), []).append(case)
    return [
        (
            tenth,
            (
                _ratio(sum(c.reading.confidence for c in group), len(group)),
                _ratio(sum(c.right for c in group), len(group)),
                len(group),
            ),
        )
        for tenth, group in sorted(tenths.items())
    ]


def _calibration(cases: Sequence[Case]) -> None:
    error = 0.0
    _say("\nconfidence   mails   said   right")
    for tenth, (said, right, mails) in _bins(cases):
        error += abs(said - right) * mails
        _say(f"{tenth / 10:.1f} to {(tenth + 1) / 10:.1f}   {mails:6}{said:7.2f}{right:8.2f}")
    _say(f"expected calibration error {_ratio(error, len(cases)):.3f}")
    sure = [c for c in cases if c.reading.kind in GUARDED and c.reading.confidence >= FLOOR]
    right_ones = sum(c.right for c in sure)
    _say(f"kinds marked *, at {FLOOR} and over: {right_ones} of {len(sure)} right")


def _pairs(cases: Sequence[Case]) -> tuple[list[Kind], Counter[tuple[str, str]]]:
    pairs = Counter((str(c.label["kind"]), str(c.reading.kind)) for c in cases)
    return [k for k in Kind if any(k in pair for pair in pairs)], pairs


def _confusion(cases: Sequence[Case]) -> None:
    kinds, pairs = _pairs(cases)
    _say("\nconfusion: a row is the label, a column what was read")
    _say(f"{'':24}" + "".join(f"{_short(k):>6}" for k in kinds))
    for row in kinds:
        cells = "".join(f"{pairs[row, column] or '·':>6}" for column in kinds)
        _say(f"{row:24}{cells}")


def _short(kind: Kind) -> str:
    head, _, tail = kind.partition("_")
    return (head[:2] + tail[:3]) if tail else head[:5]


def _wrong(cases: Iterable[Case], which: str) -> None:
    _say()
    for case in cases:
        if which in FIELDS:
            mark = FIELDS[which](case)
            if mark is not None and mark < 0.999:
                _say(f"{case.name}: {_shown(case, which)}")
        elif not case.right and which in ("all", case.label["kind"], case.reading.kind):
            _say(
                f"{case.name}: {case.label['kind']} read as {case.reading.kind} ({case.reading.confidence:.2f})"
            )
            _say(f"    {' '.join(case.reading.reply_text.split())[:400]}")
            for evidence in case.reading.evidence:
                _say(f"      {evidence.reason} | {evidence.text[:100]}")


def _shown(case: Case, which: str) -> str:
    if which in ("starts", "statuses", "url", "phone", "location"):
        wanted = [
            (i["start"], i["status"], i["url"], i["phone"], i["location"])
            for i in case.label["interviews"]
        ]
        found = [
            (i.start.isoformat() if i.start else None, str(i.status), i.url, i.phone, i.location)
            for i in case.reading.interviews
        ]
        return f"{case.label['kind']}/{case.reading.kind}\n    wanted {wanted}\n    found  {found}"
    if which == "people":
        return f"\n    wanted {[(p['name'], p['email']) for p in case.label['people']]}\n    found  {[(p.name, p.email) for p in case.reading.people]}"
    wanted_value, found_value = case.label.get(which), getattr(case.reading, which, None)
    return (
        f"{case.label['kind']}/{case.reading.kind}  wanted {wanted_value!r}  found {found_value!s}"
    )


def _false_alarms(folder: Path, identity: Identity) -> None:
    paths = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix in {".txt", ".eml"}]
    began = time.perf_counter()
    alarms = []
    for path in paths:
        reading = read(parse(path.read_bytes()), identity)
        if reading.kind not in {Kind.OTHER, Kind.AUTO_REPLY, Kind.OWN, Kind.JOB_ALERT}:
            alarms.append((path.name, reading))
    spent = time.perf_counter() - began
    _say(
        f"\n{len(alarms)} false alarms in {len(paths)} ordinary mails ({len(paths) / max(spent, 1e-9):.0f} a second)"
    )
    mails = [parse(path.read_bytes()) for path in paths]
    began = time.perf_counter()
    aside = sum(set_aside(mail, identity, ()) is not None for mail in mails)
    spent = time.perf_counter() - began
    _say(f"{aside} of them set aside unread ({len(paths) / max(spent, 1e-9):.0f} a second)")
    for name, reading in alarms:
        words = " / ".join(f"{e.reason}: {e.text[:60]}" for e in reading.evidence)
        _say(f"    {name[:12]} {reading.kind} {reading.confidence:.2f}  {words}")


if __name__ == "__main__":
    raise SystemExit(main())
