"""Log lines on their way to the journal."""

import io
import logging
import os
import socket
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.adapters import journal
from agent.adapters.journal import JournalHandler, PrefixFormatter, stderr_is_journal


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[tuple[socket.socket, str]]:
    """A journal's socket and its address."""
    address = str(tmp_path / "journal")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(address)
        channel.settimeout(5)
        yield channel, address


def record(text: str, level: int = logging.INFO, **fields: object) -> logging.LogRecord:
    made = logging.LogRecord("agent.test", level, __file__, 1, text, None, None)
    made.fields = fields
    return made


def fields(datagram: bytes) -> dict[str, str]:
    """The native protocol, read back as the journal reads it."""
    found, rest = {}, datagram
    while rest:
        line, _, rest = rest.partition(b"\n")
        name, equals, value = line.partition(b"=")
        if not equals:
            (size,) = struct.unpack("<Q", rest[:8])
            value, rest = rest[8 : 8 + size], rest[9 + size :]
        found[name.decode()] = value.decode()
    return found


def test_an_entry_carries_its_ids(listening: tuple[socket.socket, str]) -> None:
    """Message, level, name, and the fields of the call, under our own prefix."""
    channel, address = listening
    JournalHandler(address).emit(record("draft placed", logging.WARNING, APPLICATION=3, STEP=None))
    assert fields(channel.recv(4096)) == {
        "MESSAGE": "draft placed",
        "PRIORITY": "4",
        "SYSLOG_IDENTIFIER": "followthrough",
        "LOGGER": "agent.test",
        "FOLLOWTHROUGH_APPLICATION": "3",
    }


def test_a_line_end_cannot_add_a_field(listening: tuple[socket.socket, str]) -> None:
    """A text from outside stays within its field."""
    channel, address = listening
    JournalHandler(address).emit(record("one\nPRIORITY=0", MESSAGE_ID="a\n_UID=0"))
    got = fields(channel.recv(4096))
    assert got["MESSAGE"] == "one\nPRIORITY=0"
    assert got["PRIORITY"] == "6"
    assert got["FOLLOWTHROUGH_MESSAGE_ID"] == "a\n_UID=0"
    assert "_UID" not in got


@pytest.mark.parametrize("name", ["lower", "A=B", "A\nB", "_HIDDEN", "Ü"])
def test_a_name_that_is_no_field_is_left_out(
    listening: tuple[socket.socket, str], name: str
) -> None:
    """The journal would refuse the whole entry."""
    channel, address = listening
    JournalHandler(address).emit(record("text", **{name: "x"}))
    assert not any(key.startswith("FOLLOWTHROUGH") for key in fields(channel.recv(4096)))


def test_without_a_journal_the_line_goes_to_stderr(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its level in front, as the journal reads it from a stream."""
    stderr = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)
    JournalHandler(str(tmp_path / "nobody")).emit(record("offline", logging.ERROR))
    assert stderr.getvalue() == "<3>offline\n"


def test_every_line_of_a_text_has_its_level() -> None:
    """The journal takes each line for an entry."""
    assert PrefixFormatter().format(record("one\ntwo", logging.ERROR)) == "<3>one\n<3>two"


@pytest.mark.parametrize(
    ("level", "number"),
    [
        (logging.CRITICAL, 2),
        (logging.ERROR, 3),
        (logging.WARNING, 4),
        (logging.INFO, 6),
        (logging.DEBUG, 7),
    ],
)
def test_levels(level: int, number: int) -> None:
    """As syslog numbers them."""
    assert journal.priority(level) == number


@pytest.mark.parametrize("said", ["", "x", "1:", "1:2"])
def test_another_stderr_is_not_the_journal(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is inherited by programs whose stderr was turned elsewhere."""
    monkeypatch.setenv("JOURNAL_STREAM", said)
    assert not stderr_is_journal()


def test_stderr_is_the_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Device and inode are those that systemd named."""
    with (tmp_path / "stream").open("w") as stream:
        status = os.fstat(stream.fileno())
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setenv("JOURNAL_STREAM", f"{status.st_dev}:{status.st_ino}")
        assert stderr_is_journal()
