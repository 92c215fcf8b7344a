"""`followthrough demo`, called as a newcomer calls it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from imapclient import IMAPClient

import agent

ROOT = Path(agent.__file__).parents[1]


@pytest.fixture(scope="module", autouse=True)
def interruptible() -> Iterator[None]:
    """A shell starts what it runs in the background deaf to Ctrl-C, and its children inherit that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def _started(tmp_path: Path, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "agent", "demo", *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_it_ends_in_good_time_with_exit_code_0(tmp_path: Path) -> None:
    """No account, no configuration: it plays to the end, plainly in a pipe."""
    demo = _started(tmp_path)
    out, errors = demo.communicate(timeout=60)
    assert demo.returncode == 0, errors
    assert errors == ""
    assert "Where things stand" in out
    assert "\x1b" not in out
    assert max(len(line) for line in out.splitlines()) <= 80


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A demo that keeps its mailbox up, and how to sign in to it."""
    demo = _started(tmp_path_factory.mktemp("served"), "--serve")
    try:
        yield {"demo": demo, **_login(demo)}
    finally:
        demo.kill()
        demo.communicate()


def _login(demo: "subprocess.Popen[str]") -> dict[str, str]:
    """Host, port, user name and password, as printed."""
    found: dict[str, str] = {}
    assert demo.stdout is not None
    for line in demo.stdout:
        if match := re.match(r"\s+(IMAP server|port|user name|password)\s+(\S+)", line):
            found[match[1]] = match[2]
        if "Ctrl-C" in line:
            break
    return found


def test_any_mail_program_can_read_the_drafts(served: dict[str, Any]) -> None:
    """With --serve the printed host, port and login open a mailbox with at least five drafts."""
    with IMAPClient(served["IMAP server"], int(served["port"]), ssl=False, timeout=10) as client:
        client.login(served["user name"], served["password"])
        client.select_folder("Drafts", readonly=True)
        found = client.fetch(client.search("ALL"), ["BODY.PEEK[]", "FLAGS"])
    drafts = [message_from_bytes(item[b"BODY[]"]) for item in found.values()]
    assert len(drafts) >= 5
    assert all(b"\\Draft" in item[b"FLAGS"] for item in found.values())
    assert {draft["From"] for draft in drafts} == {"Robin Ellery <robin@ellery.example>"}


def test_ctrl_c_ends_a_served_demo_cleanly(served: dict[str, Any]) -> None:
    """An interrupted --serve is no failure and leaves no traceback."""
    demo: subprocess.Popen[str] = served["demo"]
    demo.send_signal(signal.SIGINT)
    _, errors = demo.communicate(timeout=20)
    assert demo.returncode == 0
    assert errors == ""


def test_ctrl_c_in_the_middle_ends_it_with_130(tmp_path: Path) -> None:
    """Interrupted while it plays, it stops at once, as any command does."""
    demo = _started(tmp_path)
    assert demo.stdout is not None
    for line in demo.stdout:
        if "February" in line and line.startswith("Monday"):
            break
    demo.send_signal(signal.SIGINT)
    _, errors = demo.communicate(timeout=20)
    assert demo.returncode == 130
    assert "Traceback" not in errors
