"""What the service manager is told, and the unit that asks for it."""

import os
import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent import resources
from agent.adapters import systemd


@pytest.fixture(params=["path", "abstract"])
def manager(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[socket.socket]:
    """A service manager's socket, in the file system or in the abstract name space."""
    abstract = request.param == "abstract"
    name = f"@followthrough-test-{os.getpid()}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind("\0" + name[1:] if abstract else name)
        channel.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", name)
        yield channel


def heard(manager: socket.socket) -> list[str]:
    return manager.recv(4096).decode().splitlines()


def test_ready(manager: socket.socket) -> None:
    """Readiness goes out with what the service is doing."""
    systemd.ready("watching 2 accounts")
    assert heard(manager) == ["READY=1", "STATUS=watching 2 accounts"]


def test_status_is_one_line(manager: socket.socket) -> None:
    """A line break in a status cannot smuggle in another assignment."""
    systemd.status("offline\nREADY=1")
    assert heard(manager) == ["STATUS=offline READY=1"]


def test_reloading_carries_the_monotonic_time(manager: socket.socket) -> None:
    """A reload is announced as Type=notify-reload asks for it."""
    systemd.reloading()
    first, second = heard(manager)
    assert first == "RELOADING=1"
    assert int(second.removeprefix("MONOTONIC_USEC=")) > 0


def test_stopping_and_watchdog(manager: socket.socket) -> None:
    """The end and the sign of life are told in systemd's words."""
    systemd.stopping()
    systemd.watchdog()
    assert [heard(manager), heard(manager)] == [["STOPPING=1"], ["WATCHDOG=1"]]


@pytest.mark.parametrize("where", ["", "relative/path", "/no/such/socket"])
def test_nobody_listens(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a manager nothing happens, and nothing is raised."""
    monkeypatch.setenv("NOTIFY_SOCKET", where)
    assert not systemd.notify("READY=1")


@pytest.mark.parametrize(
    ("usec", "pid", "seconds"),
    [("180000000", "", 180.0), ("180000000", "1", None), ("0", "", None), ("x", "", None)],
)
def test_watchdog_interval(
    usec: str, pid: str, seconds: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The interval is in seconds, and None where this process is not the one watched."""
    monkeypatch.setenv("WATCHDOG_USEC", usec)
    monkeypatch.setenv("WATCHDOG_PID", pid)
    assert systemd.watchdog_interval() == seconds


@pytest.fixture
def analyze(tmp_path: Path, need: Callable[..., Path]) -> Callable[..., str]:
    """`systemd-analyze` over a shipped unit, whose program is there; what it says."""
    program = need("systemd-analyze", package="systemd")
    home, runtime = tmp_path / "home", tmp_path / "run"
    (home / ".local" / "bin").mkdir(parents=True)
    command = home / ".local" / "bin" / "followthrough"
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    runtime.mkdir(mode=0o700)

    def said(unit: str, *words: str) -> str:
        text = (resources.systemd_units() / unit).read_text()
        (tmp_path / unit).write_text(text.replace("/usr/local/bin/followthrough", str(command)))
        done = subprocess.run(
            [program, *words, str(tmp_path / unit)],
            env={"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stderr.strip() or done.stdout

    return said


@pytest.mark.parametrize("unit", ["followthrough.service", "followthrough@.service"])
@pytest.mark.parametrize("scope", ["--user", "--system"])
def test_the_units_verify(analyze: Callable[..., str], unit: str, scope: str) -> None:
    """systemd itself finds nothing to say about the shipped units."""
    assert analyze(unit, scope, "verify", "--man=no") == ""


#: What `systemd-analyze security` of systemd 252 gave, rounded up; 10 is unprotected.
EXPOSURE = {"followthrough.service": 2.2, "followthrough@.service": 1.3}


@pytest.mark.parametrize(
    ("unit", "scope"),
    [("followthrough.service", "--user"), ("followthrough@.service", "--system")],
)
def test_the_fence_does_not_get_lower(analyze: Callable[..., str], unit: str, scope: str) -> None:
    """The exposure that systemd reckons stays below what it was."""
    said = analyze(unit, scope, "security", "--offline=true", "--no-pager")
    exposure = re.search(r"Overall exposure level for \S+: ([0-9.]+)", said)
    assert exposure, said
    assert float(exposure[1]) <= EXPOSURE[unit]


def test_every_directive_is_explained() -> None:
    """In the user's own unit, a comment stands above each directive or the group it is in."""
    explained = False
    for line in (resources.systemd_units() / "followthrough.service").read_text().splitlines():
        if line.startswith("#"):
            explained = True
        elif not line or line.startswith("["):
            explained = line.startswith(("[Unit]", "[Install]", "[Service]"))
        else:
            assert explained, line


def test_the_watchdog_leaves_time_to_wake() -> None:
    """At least three minutes: it may fire on resume from suspend otherwise."""
    for unit in resources.systemd_units().glob("*.service"):
        seconds = re.search(r"^WatchdogSec=(\d+)$", unit.read_text(), re.MULTILINE)
        assert seconds
        assert int(seconds[1]) >= 180


def test_a_status_cannot_play_with_a_terminal(manager: socket.socket) -> None:
    """A company's name comes from mail."""
    systemd.status("next: check-in to \x1b[2JAcme\u202e\x00 on Thu")
    (line,) = heard(manager)
    assert line == "STATUS=next: check-in to [2JAcme on Thu"


def test_a_long_status_is_cut(manager: socket.socket) -> None:
    """The manager reads no more than 4096 bytes; none is cut within a letter."""
    systemd.status("ü" * 5000)
    (line,) = heard(manager)
    assert line == "STATUS=" + "ü" * 1000
