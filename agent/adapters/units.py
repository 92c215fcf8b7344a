"""The unit of this user's service: its text, and the systemd user manager that runs it.

The manager is spoken to by its own programs (systemctl, loginctl, systemd-run), whose words
and exit codes are stable. Nothing here asks the user anything.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from agent.errors import ServerUnavailable

UNIT = "followthrough.service"
#: The first line of a unit that was written here, and may be written over.
MARK = "# Written by `followthrough service install`"
#: A drop-in of ours, for systems on which no service may have a namespace of its own.
DROP_IN = "50-no-user-namespaces.conf"

_PATIENCE = 120

#: What of the unit needs a user namespace, and how it is taken back. Kept apart from the rest,
#: which works everywhere.
WITHOUT_NAMESPACES = f"""\
{MARK}:
# this system lets no user service have a user namespace (a setting of the kernel or of AppArmor),
# so what depends on one is switched off here. `followthrough service install` looks again.
[Service]
PrivateUsers=no
ProtectSystem=no
ProtectHome=no
ReadWritePaths=
InaccessiblePaths=
PrivateTmp=no
PrivateDevices=no
ProtectKernelTunables=no
ProtectKernelModules=no
ProtectKernelLogs=no
ProtectClock=no
ProtectControlGroups=no
ProtectHostname=no
CapabilityBoundingSet=~
"""


# -- the text ------------------------------------------------------------------------


def unit_text(
    shipped: str, command: Sequence[str], state: Path, environment: Mapping[str, str]
) -> str:
    """The shipped unit for this very installation.

    `command` is what is run, `state` the one folder that it may write to, `environment` what
    it has to be told because the user manager does not know it.
    """
    start = "ExecStart=" + " ".join(quoted(word) for word in command)
    told = [f"Environment={quoted(f'{name}={value}')}" for name, value in environment.items()]
    lines = {
        r"ExecStart=.*": "\n".join([start, *told]),
        r"ReadWritePaths=-%h/\.local/state/followthrough": f"ReadWritePaths={quoted(f'-{state}')}",
    }
    text = shipped
    for pattern, line in lines.items():
        text, count = re.subn(rf"(?m)^{pattern}$", line.replace("\\", r"\\"), text)
        if count != 1:
            raise ValueError(f"the shipped unit has {count} lines {pattern}")
    return f"{MARK}; changes belong into `systemctl --user edit followthrough`.\n#\n{text}"


def quoted(word: str) -> str:
    """A word as systemd reads it back: quoting, %-specifiers, $-variables (systemd.syntax(7))."""
    word = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    word = word.replace("\n", "\\n").replace("\t", "\\t")
    return f'"{word}"' if re.search(r"[\s\"'\\;]", word) or not word else word


# -- the files -------------------------------------------------------------------------


def unit_folder() -> Path:
    """Where this user's own units lie (systemd.unit(5)): below `$XDG_CONFIG_HOME`."""
    named = os.environ.get("XDG_CONFIG_HOME", "")
    base = Path(named) if named.startswith("/") else Path.home() / ".config"
    return base / "systemd" / "user"


def put(file: Path, text: str) -> Path | None:
    """Write a unit file whole or not at all; a file of another hand is kept beside it.

    Returns where that was put, if there was one.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    kept = None
    if file.exists() and not file.read_text("utf-8", "replace").startswith(MARK):
        kept = file.with_name(f"{file.name}.before-install")
        file.replace(kept)
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)
    return kept


def drop_in_file() -> Path:
    """Where our drop-in lies, if this system needs it."""
    return unit_folder() / f"{UNIT}.d" / DROP_IN


# -- the manager -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class State:
    """What the user manager says of the service; texts as systemd names things."""

    load: str  # "loaded", "not-found", …
    active: str  # "active", "failed", "inactive", "activating", "reloading", …
    sub: str  # "running", "dead", "auto-restart", …
    enabled: str  # "enabled", "disabled", ""
    text: str  # the STATUS= it told last
    result: str  # why it ended: "success", "exit-code", "watchdog", …
    code: int  # the exit code it ended with last
    pid: int
    restarts: int
    since: str

    @property
    def installed(self) -> bool:
        """Whether there is such a unit."""
        return self.load != "not-found"

    @property
    def running(self) -> bool:
        """Whether it does its work now."""
        return self.active in ("active", "reloading")


_PROPERTIES = {
    "LoadState": "load",
    "ActiveState": "active",
    "SubState": "sub",
    "UnitFileState": "enabled",
    "StatusText": "text",
    "Result": "result",
    "ExecMainStatus": "code",
    "MainPID": "pid",
    "NRestarts": "restarts",
    "ActiveEnterTimestamp": "since",
}
_NUMBERS = frozenset({"code", "pid", "restarts"})


class UserManager:
    """The systemd user manager of whoever runs this."""

    def require(self) -> None:
        """Raise ServerUnavailable where there is none to speak to."""
        if shutil.which("systemctl") is None:
            raise ServerUnavailable(
                "There is no systemd here; start `followthrough run` in another way."
            )
        said = self._run("systemctl", "--user", "show", "--property=Version", "--value")
        if said.returncode != 0:
            raise ServerUnavailable(
                "Your systemd user manager does not answer "
                f"({_one_line(said.stderr) or 'no reason given'}). Sign in to this account itself, "
                "on the machine or by ssh; after `su` or `sudo` there is none to speak to."
            )

    def systemctl(self, *words: str) -> None:
        """Run `systemctl --user`; raises ServerUnavailable with what it said."""
        done = self._run("systemctl", "--user", *words)
        if done.returncode != 0:
            raise ServerUnavailable(
                f"`systemctl --user {' '.join(words)}` failed: {_one_line(done.stderr)}"
            )

    def started(self) -> bool:
        """(Re)start the service; whether it came up. Waits until it says that it is ready."""
        return self._run("systemctl", "--user", "restart", UNIT).returncode == 0

    def state(self) -> State:
        """What the manager says of the service now."""
        names = ",".join(_PROPERTIES)
        done = self._run("systemctl", "--user", "show", UNIT, f"--property={names}")
        told = dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)
        return State(
            **{  # type: ignore[arg-type]
                field: _number(told.get(name, "")) if field in _NUMBERS else told.get(name, "")
                for name, field in _PROPERTIES.items()
            }
        )

    def namespaces(self) -> bool:
        """Whether this system lets a user service have what the unit asks for; tried out."""
        asked = [
            "PrivateUsers=yes",
            "ProtectSystem=strict",
            "PrivateTmp=yes",
            "PrivateDevices=yes",
            "ProtectKernelTunables=yes",
            "CapabilityBoundingSet=",
        ]
        options = [word for line in asked for word in ("--property", line)]
        command = ["systemd-run", "--user", "--wait", "--quiet", "--collect", *options, "true"]
        return self._run(*command).returncode == 0

    def lingers(self) -> bool | None:
        """Whether the user's services run while they are signed out; None where nobody knows."""
        done = self._run("loginctl", "show-user", str(os.getuid()), "--property=Linger", "--value")
        said = done.stdout.strip()
        return said == "yes" if done.returncode == 0 and said in ("yes", "no") else None

    def linger(self) -> str:
        """Ask for lingering; returns what went wrong, in a line, or nothing."""
        done = self._run("loginctl", "enable-linger")
        return "" if done.returncode == 0 else _one_line(done.stderr) or "it was refused"

    def _run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        # In the language of the properties, whatever the user's.
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "SYSTEMD_COLORS": "0"}
        try:
            return subprocess.run(  # noqa: S603 - fixed programs, and words of our own
                command,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                stdin=subprocess.DEVNULL,
                timeout=_PATIENCE,
                env=environment,
                check=False,
            )
        except FileNotFoundError:
            return subprocess.CompletedProcess(command, 127, "", f"{command[0]} is not installed")
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(command, 124, "", f"{command[0]} does not answer")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
