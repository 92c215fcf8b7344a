"""A real `systemd --user` and a real journal, for a user who exists in a mount namespace alone.

PID 1 need not be systemd: the user manager only wants a runtime folder, a control group that
is its own, and to believe that it was booted by systemd. All of that is mounted over in a
private mount namespace, so nothing of it is seen outside and nothing of the machine's own
systemd is touched. In there:

    /home/alice      the user's home                 outside: `base / "alice"`
    /home/bin        the `followthrough` command, a script as pip writes them
    /home/checkout, /home/site                       this checkout, and the packages it needs

It needs root (or CAP_SYS_ADMIN and the control groups), and raises `Unable` elsewhere.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
UID = 6201
_INSIDE = f"""\
set -e
base=$1 slice=/sys/fs/cgroup/$2 runtime=/run/user/{UID}
trap '' HUP
bound() {{ mkdir -p "$2"; mount --rbind "$1" "$2"; }}
bound "$3" "$base/checkout"
bound "$4" "$base/site"
[ -z "$5" ] || bound "$5" "$base/python"
mount --rbind "$base" /home
# Where the interpreter lies in somebody's closed home, it is all of it that can be seen.
[ -z "$6" ] || mount -t tmpfs -o mode=755 tmpfs "$6"
[ -z "$5" ] || bound /home/python "$5"
mount --bind "$base/passwd" /etc/passwd
mount --bind "$base/group" /etc/group
[ ! -e /etc/machine-id ] || mount --bind "$base/machine-id" /etc/machine-id
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=755 tmpfs /var/log
# What a booted system has made already.
mkdir -p /run/systemd/system /run/systemd/unit-root /run/systemd/journal /run/credentials \\
  /run/lock "$runtime" /var/log/journal
touch /run/systemd/journal/flushed
chown {UID}:{UID} "$runtime"
chmod 700 "$runtime"
mount -t cgroup2 none /sys/fs/cgroup
# The journal knows a user's unit by the name of its manager's control group.
group=$slice/user@{UID}.service
mkdir -p "$group"
chown -R {UID}:{UID} "$group"
/lib/systemd/systemd-journald &
journal=$!
for _ in $(seq 100); do [ -S /run/systemd/journal/socket ] && break; sleep 0.05; done
(
  echo $BASHPID >"$group/cgroup.procs"
  export HOME=/home/alice USER=alice LOGNAME=alice XDG_RUNTIME_DIR="$runtime" LANG=C.UTF-8
  export PATH=/usr/local/bin:/usr/bin:/bin SYSTEMD_LOG_TARGET=journal
  exec setpriv --reuid {UID} --regid {UID} --clear-groups /lib/systemd/systemd --user
) &
manager=$!
trap 'kill $manager' TERM
set +e
wait $manager
wait $manager
echo 1 >"$group/cgroup.kill"
kill $journal
wait $journal
for _ in $(seq 40); do
  find "$slice" -depth -type d -exec rmdir {{}} + 2>/dev/null
  [ -d "$slice" ] || break
  sleep 0.05
done
"""


class Unable(Exception):
    """Why there can be no user manager here."""


@dataclass(frozen=True, slots=True)
class UserManager:
    """The running manager, and the user to whom it belongs."""

    base: Path
    process: "subprocess.Popen[bytes]"

    @property
    def home(self) -> Path:
        """The user's home, as it is reached from outside."""
        return self.base / "alice"

    def run(
        self,
        *command: str,
        input: str | None = None,
        env: Mapping[str, str] | None = None,
        timeout: float = 60,
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command as the user, in the namespace."""
        runtime = f"/run/user/{UID}"
        known = {
            "HOME": "/home/alice",
            "USER": "alice",
            "LANG": "C.UTF-8",
            "PATH": "/home/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "XDG_RUNTIME_DIR": runtime,
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={runtime}/bus",
            **(env or {}),
        }
        user = ["setpriv", f"--reuid={UID}", f"--regid={UID}", "--clear-groups"]
        return subprocess.run(
            ["nsenter", f"--target={self.process.pid}", "--mount", *user, "--", *command],
            env={**known, "PATH": f"{known['PATH']}:{os.environ.get('PATH', '')}"},
            cwd="/",
            input=input,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=timeout,
            check=False,
        )

    def systemctl(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """`systemctl --user …`."""
        return self.run("systemctl", "--user", *words)

    def show(self, unit: str) -> dict[str, str]:
        """Every property of a unit."""
        lines = self.systemctl("show", unit).stdout.splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)

    def journal(self, *words: str) -> str:
        """What the user's journal holds."""
        return self.run("journalctl", "--user", "--no-pager", *words).stdout

    def own(self, *paths: Path) -> None:
        """Give files to the user."""
        for path in paths:
            os.chown(path, UID, UID)


def eventually(what: Callable[[], object], why: str, patience: float = 20.0) -> object:
    """What comes true within a while: real processes take their time."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.05)  # another process is at work: there is nothing else to wait on
    raise AssertionError(f"{why} did not come about in {patience} s")


@contextlib.contextmanager
def user_manager() -> Iterator[UserManager]:
    """Start a user manager, and end it with everything that it started."""
    if os.geteuid() != 0:
        raise Unable("a systemd user manager of one's own needs root, for its mount namespace")
    # Not below pytest's folder, which is closed to others.
    base = Path(tempfile.mkdtemp(prefix="systemd-user-"))
    try:
        _furnish(base)
        with _started(base) as manager:
            yield manager
    finally:
        shutil.rmtree(base, ignore_errors=True)


def _furnish(base: Path) -> None:
    base.chmod(0o755)
    for folder in ("alice", "bin", "checkout", "site", "python"):
        (base / folder).mkdir()
    os.chown(base / "alice", UID, UID)
    (base / "passwd").write_text(
        f"{Path('/etc/passwd').read_text()}alice:x:{UID}:{UID}::/home/alice:/bin/sh\n"
    )
    (base / "group").write_text(f"{Path('/etc/group').read_text()}alice:x:{UID}:\n")
    (base / "machine-id").write_text("0123456789abcdef0123456789abcdef\n")
    command = base / "bin" / "followthrough"
    command.write_text(
        f"#!{_python()}\n"
        "import sys\n"
        'sys.path[:0] = ["/home/checkout", "/home/site"]\n'
        "sys.dont_write_bytecode = True\n"
        "from agent.cli import main\n"
        "sys.exit(main())\n"
    )
    command.chmod(0o755)


def _python() -> str:
    return f"{sys.base_prefix}/bin/python{sys.version_info.major}.{sys.version_info.minor}"


def _closed_folder(path: Path) -> str:
    """The first folder on the way to a path that is closed to others, if there is one."""
    ways = [folder for folder in reversed(path.parents) if not folder.stat().st_mode & 0o001]
    return str(ways[0]) if ways else ""


@contextlib.contextmanager
def _started(base: Path) -> Iterator[UserManager]:
    # What lies in /usr is there for everybody.
    prefix = "" if sys.base_prefix.startswith("/usr") else sys.base_prefix
    words = [
        str(base),
        f"tests{os.getpid()}.slice",
        str(ROOT),
        sysconfig.get_path("purelib"),
        prefix,
        _closed_folder(Path(prefix)) if prefix else "",
    ]
    with (base / "log").open("wb") as log:
        process = subprocess.Popen(
            ["unshare", "--mount", "--propagation=private", "bash", "-c", _INSIDE, "-", *words],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        manager = UserManager(base, process)
        _wait_for(manager)
        yield manager
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(manager: UserManager) -> None:
    end = time.monotonic() + 20
    while manager.process.poll() is None and time.monotonic() < end:
        said = manager.systemctl("is-system-running").stdout.strip()
        if said in ("running", "degraded"):
            return
        time.sleep(0.1)
    log = " ".join((manager.base / "log").read_text(errors="replace").split())
    raise Unable(f"a systemd user manager cannot be started here: {log[-300:]}")
