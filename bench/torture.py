"""Faults, injected: random hunts on a real Dovecot, and what the faults did to them.

    python -m bench.torture [--faults N] [--seed S] [--only tls,plain,host,kill]

Prints the faults by kind, and what was missed, doubled, lost or touched: all of it ought to be
nothing. The same seed brings the same hunts and the same faults, as far as the timing of
processes allows. The exit code is 1 where anything is not nothing. Needs `dovecot` and the test
dependencies; a full disk is a small tmpfs where one can be mounted (root), else SQLite is
given no room.
"""

import argparse
import logging
import os
import shutil
import sys
import time
from pathlib import Path

from bench.fire.siege import SIEGES, Toll, besiege
from tests.servers.dovecot import running_dovecot

#: Processes of the server's are kept from one connection to the next: that is ten times faster.
FAST = """
service imap-login {
  service_count = 0
}
service imap {
  service_count = 0
}
service auth {
  client_limit = 2000
}
service anvil {
  client_limit = 2000
}
mail_fsync = never
"""


def main() -> None:
    """Besiege, and print the toll."""
    parser = argparse.ArgumentParser(prog="bench.torture", description=__doc__.splitlines()[0])
    parser.add_argument("--faults", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default=",".join(SIEGES), help="which kinds of siege")
    chosen = parser.parse_args()
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
    program = shutil.which("dovecot", path=path)
    if program is None:
        parser.exit(1, "dovecot is not installed (Debian package: dovecot-imapd)\n")
    logging.disable(logging.CRITICAL)
    began = time.monotonic()
    with running_dovecot(Path(program), FAST) as server:
        kinds = tuple(kind for kind in chosen.only.split(",") if kind in SIEGES)
        toll = besiege(server, chosen.faults, chosen.seed, kinds, _tell)
    _print(toll, time.monotonic() - began)
    sys.exit(1 if toll.harm else 0)


def _tell(note: str) -> None:
    print(note, file=sys.stderr, flush=True)


def _print(toll: Toll, seconds: float) -> None:
    total = toll.faults.total()
    print(f"{total} faults in {toll.hunts} hunts and {seconds:.0f} s:")
    for kind, count in sorted(toll.faults.items()):
        print(f"  {count:6}  {kind}")
    rows = [
        ("messages missed", toll.missed),
        ("facts doubled", toll.facts_doubled),
        ("drafts doubled", toll.drafts_doubled),
        ("drafts lost", toll.drafts_lost),
        ("edited drafts touched", toll.edited_touched),
        ("other messages changed", toll.others_changed),
        ("follow-ups that stand otherwise than without faults", toll.differs),
        ("steps that never came through", toll.stuck),
    ]
    for name, count in rows:
        print(f"{name}: {count}")


if __name__ == "__main__":
    main()
