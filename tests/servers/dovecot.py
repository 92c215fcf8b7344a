"""A real Dovecot 2.3 on free loopback ports, as an unprivileged user, with its own folders.

One server serves many tests: each asks for a user of its own, which is a mailbox of its own.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.servers.tls import Authority, ServerCertificate

_CONFIG = """\
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/dovecot.log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 0
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {base}/passwd
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {base}/passwd
  default_fields = uid={uid} gid={gid} home={base}/mail/%u
}}
mail_location = maildir:~/Maildir
mail_plugins = quota
mail_max_userip_connections = 100
plugin {{
  quota = count:User quota
  quota_vsizes = yes
  quota_rule = *:storage=4G
}}
protocol imap {{
  mail_plugins = quota imap_quota
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Drafts {{
    auto = subscribe
    special_use = \\Drafts
  }}
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
  mailbox Trash {{
    auto = create
    special_use = \\Trash
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  # Without this, each wrong password makes every later sign-in wait.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""

_PASSWORD = "secret"
# Dovecot looks at its user file again only after a while; so all are there from the start.
_USERS = [f"user{number}" for number in range(1000)]
_SMALL_USERS = [f"small{number}" for number in range(50)]


@dataclass(frozen=True, slots=True)
class Dovecot:
    """A running server: where it listens, whom its certificate is signed by, and new users."""

    base: Path
    port: int
    tls_port: int
    ca_file: Path
    certificate: ServerCertificate
    _users: Iterator[str]
    _small_users: Iterator[str]
    host: str = "127.0.0.1"

    def new_user(self, *, small: bool = False) -> tuple[str, str]:
        """A user with an empty mailbox: name and password; a small one holds 20 KB and no more."""
        return next(self._small_users if small else self._users), _PASSWORD

    def log(self) -> str:
        """What the server has written so far, for a test that failed."""
        return (self.base / "dovecot.log").read_text(errors="replace")


@contextlib.contextmanager
def running_dovecot(program: Path, more: str = "") -> Iterator[Dovecot]:
    """Start Dovecot and stop it after the block; `more` is added to its configuration."""
    account = _unprivileged()
    # Not below pytest's folder: that is closed to the server's user, and its socket paths
    # would grow beyond the 108 characters that the kernel allows.
    base = Path(tempfile.mkdtemp(prefix="dovecot-"))
    try:
        server = _prepared(base, account, more)
        with _process(program, base, account):
            _wait_for(server)
            yield server
    finally:
        shutil.rmtree(base, ignore_errors=True)


def _unprivileged() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def _prepared(base: Path, account: pwd.struct_passwd, more: str = "") -> Dovecot:
    base.chmod(0o755)
    (base / "mail").mkdir()
    (base / "passwd").write_text(_passwd())
    authority = Authority(base)
    certificate = authority.issue("server")
    server = Dovecot(
        base,
        free_port(),
        free_port(),
        authority.ca_file,
        certificate,
        iter(_USERS),
        iter(_SMALL_USERS),
    )
    group = subprocess.run(
        ["id", "-gn", account.pw_name], capture_output=True, text=True, check=True
    ).stdout.strip()
    (base / "dovecot.conf").write_text(
        _CONFIG.format(
            base=base,
            user=account.pw_name,
            group=group,
            uid=account.pw_uid,
            gid=account.pw_gid,
            certificate=certificate.certificate,
            key=certificate.key,
            port=server.port,
            tls_port=server.tls_port,
        )
        + more
    )
    if os.geteuid() == 0:
        for path in (base, *base.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid)
    return server


def _passwd() -> str:
    lines = [f"{name}:{{PLAIN}}{_PASSWORD}::::::" for name in _USERS]
    limit = "userdb_quota_rule=*:storage=20K"
    lines += [f"{name}:{{PLAIN}}{_PASSWORD}::::::{limit}" for name in _SMALL_USERS]
    return "\n".join(lines) + "\n"


@contextlib.contextmanager
def _process(program: Path, base: Path, account: pwd.struct_passwd) -> Iterator[None]:
    command = [str(program), "-F", "-c", str(base / "dovecot.conf")]
    if os.geteuid() == 0:
        process = subprocess.Popen(
            command, user=account.pw_uid, group=account.pw_gid, extra_groups=[], cwd=base
        )
    else:
        process = subprocess.Popen(command, cwd=base)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(server: Dovecot) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            with socket.create_connection((server.host, server.port), 1) as probe:
                if probe.recv(5) == b"* OK ":
                    return
        except OSError:
            pass
        if time.monotonic() > deadline:
            raise RuntimeError(f"Dovecot did not start:\n{server.log()}")
        time.sleep(0.05)
