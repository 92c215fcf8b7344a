"""How the daemon behaves on a real Dovecot: from delivery to fact, and idle.

    python -m bench.daemon [--deliveries N] [--idle SECONDS]

Prints, for each delivery, how long after the server's own notice (seen by another client that
idles on the same mailbox) the fact is in the store; then the processor time and the memory
that the idle daemon uses. Needs `dovecot` and the test dependencies; nothing is asserted.
"""

import argparse
import contextlib
import imaplib
import os
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.configuration import one_account
from tests.mails import invitation
from tests.servers.dovecot import Dovecot, running_dovecot
from tests.servers.outsider import Outsider

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.daemon", description=__doc__.splitlines()[0])
    parser.add_argument("--deliveries", type=int, default=10)
    parser.add_argument("--idle", type=float, default=20.0)
    chosen = parser.parse_args()
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
    program = shutil.which("dovecot", path=path)
    if program is None:
        parser.exit(1, "dovecot is not installed (Debian package: dovecot-imapd)\n")
    with running_dovecot(Path(program)) as server, tempfile.TemporaryDirectory() as folder:
        _measure(server, Path(folder), chosen.deliveries, chosen.idle)


def _measure(server: Dovecot, folder: Path, deliveries: int, idle: float) -> None:
    user, password = server.new_user()
    outsider = Outsider(server.host, server.port, user, password)
    database = folder / "state" / "followthrough.db"
    with _daemon(server, folder, user, password) as process:
        _until(database.exists)
        time.sleep(2.0)
        beyond = [_one(outsider, database, number) for number in range(1, deliveries + 1)]
        print(f"from the server's notice to the fact, {deliveries} deliveries, in seconds:")
        print(f"  median {statistics.median(beyond):.3f}   worst {max(beyond):.3f}")
        before, began = _processor(process.pid), time.monotonic()
        time.sleep(idle)
        used = _processor(process.pid) - before
        share = 100 * used / (time.monotonic() - began)
        print(f"idle for {idle:.0f} s: {used:.2f} s of processor time ({share:.2f} %)")
        print(f"memory: {_resident(process.pid) / 2**20:.0f} MB resident")


def _one(outsider: Outsider, database: Path, number: int) -> float:
    """Deliver one invitation; seconds from the notice that another client gets to the fact."""
    noticed: list[float] = []
    with outsider.client() as client:
        client.select("INBOX", readonly=True)
        waiting = threading.Thread(target=_notice, args=(client, noticed))
        waiting.start()
        start = datetime.now(UTC).replace(microsecond=0) + timedelta(days=number)
        outsider.deliver(invitation(start, uid=f"bench-{number}"), datetime.now(UTC))
        recorded = _until(lambda: _facts(database) >= number)
        waiting.join()
    return max(recorded - noticed[0], 0.0)


def _notice(client: imaplib.IMAP4, noticed: list[float]) -> None:
    """Idle as any client does, until the server tells of new mail (RFC 2177)."""
    client.send(b"x IDLE\r\n")
    while not client.readline().startswith(b"+"):
        pass
    while b"EXISTS" not in client.readline():
        pass
    noticed.append(time.monotonic())
    client.send(b"DONE\r\n")
    while not client.readline().startswith(b"x "):
        pass


def _facts(database: Path) -> int:
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM facts").fetchone()
    return int(count)


def _until(what: Callable[[], bool]) -> float:
    """When it came true."""
    while not what():
        time.sleep(0.005)
    return time.monotonic()


@contextlib.contextmanager
def _daemon(
    server: Dovecot, folder: Path, user: str, password: str
) -> Iterator[subprocess.Popen[bytes]]:
    config = folder / "config.toml"
    config.write_text(
        one_account(
            server.host,
            server.tls_port,
            user,
            password_command=f"echo {password}",
            fingerprint=server.certificate.fingerprint,
        )
    )
    environment = {**os.environ, "FOLLOWTHROUGH_STATE": str(folder / "state")}
    command = [sys.executable, "-m", "agent", "run", "--config", str(config)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stderr=log)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(10)


def _processor(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE


if __name__ == "__main__":
    main()
