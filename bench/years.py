"""How long `replay` takes over years of hunting, and where the time goes.

    python -m bench.years [--applications N] [--years Y] [--seed S] [--sends 2h] [--out FILE]

Makes a folder of mails, replays it the way the command does, and prints applications, mails,
drafts, seconds, and the share of each stage. With --out everything that the replay tells is
kept, a JSON object a line: two versions of the program ought to tell the same.
"""

import argparse
import asyncio
import hashlib
import json
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from agent import bootstrap, config
from agent.adapters.archive import read_archive
from agent.adapters.sqlite.store import SqliteStore
from agent.service import followups, ingest
from agent.service.ahead import ReadAhead, Readers
from agent.service.replay import Line, Rehearsal
from bench.career import USER, ZONE, mails_of

_CONFIG = f"""
[identity]
name = "{USER[0]}"
addresses = ["{USER[1]}"]
timezone = "{ZONE}"
country = "GB"
"""

#: Where each stage is entered; what is entered from within another is counted apart from it.
_STAGES: tuple[tuple[str, Any, str], ...] = (
    ("parse", ingest, "parse"),
    ("parse", Readers, "envelopes"),
    ("read", ingest, "read"),
    ("read", ReadAhead, "as_known"),
    ("match", ingest, "match"),
    ("plan", followups, "plan"),
    ("plan", followups, "reconcile"),
    ("compose", followups, "write"),
    ("compose", followups, "worded"),
)


class Stopwatch:
    """Seconds of processor time by stage; a stage's clock stands still while another runs inside it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._within = ["rest"]
        self._since = time.process_time()

    def timed(self, stage: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same call, its time counted to a stage."""

        def counted(*args: Any, **named: Any) -> Any:
            self._turn()
            self._within.append(stage)
            try:
                return call(*args, **named)
            finally:
                self._turn()
                self._within.pop()

        return counted

    def _turn(self) -> None:
        now = time.process_time()
        stage = self._within[-1]
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._since
        self._since = now


def main() -> None:
    """Make, replay, print."""
    parser = argparse.ArgumentParser(prog="bench.years", description=__doc__.splitlines()[0])
    parser.add_argument("--applications", type=int, default=600)
    parser.add_argument("--years", type=float, default=1.2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sends", type=float, help="hours after which each draft is sent")
    parser.add_argument("--out", type=Path, help="where to keep what the replay tells")
    parser.add_argument("--plain", action="store_true", help="do not split the time by stage")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        mails = _written(Path(folder), chosen.seed, chosen.applications, chosen.years)
        rehearsal = _rehearsal(Path(folder))
        rehearsal.sends = timedelta(hours=chosen.sends) if chosen.sends else None
        watch = None if chosen.plain else _watched()
        began, used = time.perf_counter(), time.process_time()
        asyncio.run(rehearsal.run(read_archive(Path(folder) / "mails")))
        lines = list(rehearsal.report())
        seconds, used = time.perf_counter() - began, time.process_time() - used
    _print(lines, mails, seconds, used, watch)
    if chosen.out:
        chosen.out.write_text("\n".join(map(_telling, lines)), encoding="utf-8")


def _written(folder: Path, seed: int, applications: int, years: float) -> int:
    (folder / "mails").mkdir()
    count = 0
    for count, data in enumerate(mails_of(seed, applications, years), start=1):
        (folder / "mails" / f"{count:06}.eml").write_bytes(data)
    return count


def _rehearsal(folder: Path) -> Rehearsal:
    file = folder / "config.toml"
    file.write_text(_CONFIG, encoding="utf-8")
    return bootstrap.rehearsal(config.load(file))


def _watched() -> Stopwatch:
    """Every stage's entry is timed from here on, for the life of this process."""
    watch = Stopwatch()
    for stage, place, name in _STAGES:
        if hasattr(place, name):
            setattr(place, name, watch.timed(stage, getattr(place, name)))
    for name, call in vars(SqliteStore).items():
        if callable(call) and not name.startswith("_") and name != "transaction":
            setattr(SqliteStore, name, watch.timed("store", call))
    return watch


def _print(
    lines: list[Line], mails: int, seconds: float, used: float, watch: Stopwatch | None
) -> None:
    count = {kind: sum(line.fields["type"] == kind for line in lines) for kind in ("draft", "fact")}
    applications = sum(line.fields["type"] == "application" for line in lines)
    print(
        f"{applications} applications, {mails} mails, {count['fact']} facts, "
        f"{count['draft']} drafts: {seconds:.1f} s ({used:.1f} s of processor time), "
        f"{1000 * seconds / max(applications, 1):.1f} s for 1,000 applications"
    )
    for stage, spent in sorted(watch.seconds.items() if watch else (), key=lambda s: -s[1]):
        print(f"  {stage:8} {spent:7.2f} s  {spent / used:5.1%}")


def _telling(line: Line) -> str:
    drafted = {"sha256": hashlib.sha256(line.data).hexdigest()} if line.data else {}
    return json.dumps({**line.fields, **drafted}, sort_keys=True, default=str)


if __name__ == "__main__":
    main()
