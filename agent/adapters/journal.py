"""Log lines for the journal: fields of their own where it listens, a level by prefix elsewhere.

systemd says in `$JOURNAL_STREAM` which stream leads to the journal (systemd.exec(5)). Where
that is stderr, each line goes to the journal's own socket in its native protocol
(https://systemd.io/JOURNAL_NATIVE_PROTOCOL/), with its level and the ids that a log call hands
over as `extra={"fields": {"APPLICATION": 3}}`; there they are searched for by
`journalctl FOLLOWTHROUGH_APPLICATION=3`. Where that socket cannot be reached, the line goes to
stderr with its level in front ("<4>", sd-daemon(3)), which the journal understands as well.
"""

import logging
import os
import re
import socket
import struct
import sys
from collections.abc import Iterator, Mapping

IDENTIFIER = "followthrough"
SOCKET = "/run/systemd/journal/socket"

#: A field's name as the journal takes it: capitals, digits and underscores, 64 at most.
_FIELD = re.compile(r"[A-Z][A-Z0-9_]{0,40}")


def priority(level: int) -> int:
    """The syslog level (RFC 5424, table 2) of a level of `logging`."""
    for least, number in ((50, 2), (40, 3), (30, 4), (20, 6)):
        if level >= least:
            return number
    return 7


def stderr_is_journal() -> bool:
    """Whether what is written to stderr ends up in the journal."""
    device, _, inode = os.environ.get("JOURNAL_STREAM", "").partition(":")
    if not device or sys.stderr is None:
        return False
    try:
        stream = os.fstat(sys.stderr.fileno())
    except (OSError, ValueError):
        return False
    return (device, inode) == (str(stream.st_dev), str(stream.st_ino))


class PrefixFormatter(logging.Formatter):
    """Each line with its level in front, as the journal reads it from a stream."""

    def format(self, record: logging.LogRecord) -> str:
        """Every line of the text gets the prefix: the journal takes lines for entries."""
        mark = f"<{priority(record.levelno)}>"
        return "\n".join(mark + line for line in super().format(record).splitlines() or [""])


class JournalHandler(logging.Handler):
    """Sends records to the journal's socket; what it does not take goes to stderr, prefixed."""

    def __init__(self, address: str = SOCKET) -> None:
        super().__init__()
        self._address = address
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
        # A journal that does not read must not hold up the service.
        self._socket.setblocking(False)
        self._spare = logging.StreamHandler(sys.stderr)
        self._spare.setFormatter(PrefixFormatter())

    def emit(self, record: logging.LogRecord) -> None:
        """One datagram a record."""
        try:
            self._socket.sendto(entry(record, self.format(record)), self._address)
        except OSError:
            self._spare.emit(record)
        except Exception:
            self.handleError(record)

    def close(self) -> None:
        """Give the socket back."""
        self._socket.close()
        super().close()


def entry(record: logging.LogRecord, message: str) -> bytes:
    """A record in the journal's native protocol."""
    fields = {
        "MESSAGE": message,
        "PRIORITY": str(priority(record.levelno)),
        "SYSLOG_IDENTIFIER": IDENTIFIER,
        "LOGGER": record.name,
        **dict(_own(getattr(record, "fields", {}))),
    }
    return b"".join(_field(name, value) for name, value in fields.items())


def _own(fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        if value is not None and _FIELD.fullmatch(name):
            yield f"FOLLOWTHROUGH_{name}", str(value)


def _field(name: str, value: str) -> bytes:
    data = value.encode("utf-8", "replace")
    if b"\n" not in data:
        return name.encode() + b"=" + data + b"\n"
    # A value with line ends carries its length, else it could pretend to be further fields.
    return name.encode() + b"\n" + struct.pack("<Q", len(data)) + data + b"\n"
