"""What the service manager is told, and the unit that asks for it."""

import os
import shutil
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


def test_the_unit_verifies(tmp_path: Path, need: Callable[..., Path]) -> None:
    """systemd itself finds nothing to say about the shipped user unit."""
    analyze = need("systemd-analyze", package="systemd")
    home = tmp_path / "home"
    program = home / ".local" / "bin" / "followthrough"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    unit = tmp_path / "followthrough.service"
    shutil.copy(resources.systemd_units() / "followthrough.service", unit)
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    done = subprocess.run(
        [analyze, "--user", "verify", "--man=no", str(unit)],
        env={"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr.strip()) == (0, "")
