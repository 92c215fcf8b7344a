"""Cyrus and Courier, whose packages conflict with Dovecot's: each in a root of its own.

As root on Debian: a mount namespace with an overlay over the machine's own root, whose upper
layer lies in memory, and the package installed into that. When the block ends, the namespace goes,
and with it the programs and all they have written. Nothing of the machine's own is changed.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.servers.dovecot import free_port

_USERS = 150
_PASSWORD = "secret"
_PATIENCE = 120.0

_ROOT = """\
set -e
mount -t tmpfs tmpfs {base}
cd {base}
mkdir upper work root
mount -t overlay overlay -o lowerdir=/,upperdir=$PWD/upper,workdir=$PWD/work root
mount -t proc proc root/proc
mount --rbind /dev root/dev
mount -t tmpfs tmpfs root/run
printf '#!/bin/sh\\nexit 101\\n' > root/usr/sbin/policy-rc.d  # starts nothing by itself
chmod 755 root/usr/sbin/policy-rc.d
export DEBIAN_FRONTEND=noninteractive
if ! chroot root apt-get install -y -q --no-install-recommends {packages}; then
  chroot root apt-get update -q
  chroot root apt-get install -y -q --no-install-recommends {packages}
fi
chroot root bash -e <<'INSIDE'
{inside}
INSIDE
echo READY
sleep infinity
"""

_COURIER = """\
sed -i 's/^ADDRESS=.*/ADDRESS=127.0.0.1/; s/^PORT=.*/PORT={port}/; s/^MAXPERIP=.*/MAXPERIP=200/
  s/^MAXDAEMONS=.*/MAXDAEMONS=200/
  s/^IMAP_ENHANCEDIDLE=.*/IMAP_ENHANCEDIDLE=1/' /etc/courier/imapd
sed -i 's/^authmodulelist=.*/authmodulelist="authuserdb"/' /etc/courier/authdaemonrc
mkdir -p /mb/user0
cd /mb/user0
maildirmake Maildir
for folder in Drafts Sent Trash; do maildirmake -f $folder Maildir; done
word=$(echo {password} | userdbpw -md5)
for number in $(seq 0 {users}); do
  [ -e /mb/user$number ] || cp -r /mb/user0 /mb/user$number
  printf 'user%s\\tuid=8|gid=8|home=/mb/user%s|mail=/mb/user%s/Maildir|imappw=%s\\n' \\
    $number $number $number "$word" >> /etc/courier/userdb
done
chown -R 8:8 /mb
chmod 600 /etc/courier/userdb
makeuserdb
mkdir -p /run/courier/authdaemon
chown -R courier:courier /run/courier
$(command -v authdaemond || echo /usr/sbin/authdaemond) start
imapd start
"""

_CYRUS = """\
mkdir -p /cy/conf /cy/spool /cy/proc /cy/lock /cy/run
for number in $(seq 0 {users}); do
  echo {password} | saslpasswd2 -p -c -f /cy/sasldb2 -u {host} user$number
done
cat > /etc/imapd.conf <<'END'
configdirectory: /cy/conf
defaultpartition: default
partition-default: /cy/spool
proc_path: /cy/proc
mboxname_lockpath: /cy/lock
servername: {host}
defaultdomain: {host}
altnamespace: yes
unixhierarchysep: yes
admins: cyrus
allowplaintext: yes
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: /cy/sasldb2
sasl_mech_list: PLAIN LOGIN
autocreate_post: 1
autocreate_quota: 4194304
autocreate_inbox_folders: Drafts | Sent | Trash
autocreate_subscribe_folders: Drafts | Sent
xlist-drafts: Drafts
xlist-sent: Sent
xlist-trash: Trash
specialusealways: 1
imapidlepoll: 1
END
cat > /etc/cyrus.conf <<'END'
START {{
  recover cmd="/usr/sbin/cyrus ctl_cyrusdb -r"
}}
SERVICES {{
  imap cmd="imapd" listen="127.0.0.1:{port}" prefork=1 maxchild=100
}}
EVENTS {{
}}
END
chown -R cyrus:mail /cy
cyrmaster -p /cy/run/pid -d
"""

_KINDS = {"courier": ("courier-imap", _COURIER), "cyrus": ("cyrus-imapd sasl2-bin", _CYRUS)}


class CannotRun(Exception):
    """This machine does not let such a server be tried; the reason is the message."""


@dataclass(frozen=True, slots=True)
class Rooted:
    """A running server, and new users."""

    port: int
    log: Path
    _users: Iterator[str]
    host: str = "127.0.0.1"

    def new_user(self) -> tuple[str, str]:
        """A user with an empty mailbox: name and password."""
        return next(self._users), _PASSWORD


@contextlib.contextmanager
def running_in_a_root(kind: str) -> Iterator[Rooted]:
    """Install and start "cyrus" or "courier"; stopped, and gone, after the block."""
    for program in ("unshare", "apt-get"):
        if shutil.which(program) is None:
            raise CannotRun(f"{kind} is tried on Debian only, as {program} is needed for it")
    if os.geteuid() != 0:
        raise CannotRun(f"{kind} is tried as root only: it gets a root folder of its own")
    packages, inside = _KINDS[kind]
    port = free_port()
    base = Path(tempfile.mkdtemp(prefix=f"{kind}-"))
    log = base.with_suffix(".log")
    text = inside.format(port=port, users=_USERS, password=_PASSWORD, host=os.uname().nodename)
    script = _ROOT.format(base=base, packages=packages, inside=text)
    try:
        with _namespace(script, log) as process:
            _await_ready(process, log, kind)
            _await_greeting(port)
            yield Rooted(port, log, (f"user{number}" for number in range(_USERS)))
    finally:
        log.unlink(missing_ok=True)
        shutil.rmtree(base, ignore_errors=True)


@contextlib.contextmanager
def _namespace(script: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The script in a mount and a process namespace; the second ends all that it started."""
    command = (
        "setpriv --pdeathsig KILL "  # it goes with a test run that is killed, too
        "unshare --mount --pid --fork --kill-child --propagation private bash -c"
    ).split()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, script], stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    try:
        yield process
    finally:
        process.kill()  # unshare is deaf to anything less
        process.wait()


def _await_ready(process: subprocess.Popen[bytes], log: Path, kind: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while b"\nREADY\n" not in (said := log.read_bytes()):
        if process.poll() is not None or time.monotonic() > deadline:
            end = " / ".join(said.decode(errors="replace").splitlines()[-3:])
            raise CannotRun(f"{kind} cannot be set up in a root of its own here: {end}")
        time.sleep(0.1)


def _await_greeting(port: int) -> None:
    """The programs are started; until they listen it takes some moments more."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), 5) as probe:
                if probe.recv(4) == b"* OK":
                    return
        except OSError:
            pass
        if time.monotonic() > deadline:
            raise CannotRun("the server in a root of its own does not answer")
        time.sleep(0.1)
