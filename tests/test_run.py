"""`followthrough run` as a process of its own, against a real Dovecot over TLS."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.configuration import one_account
from tests.mails import invitation
from tests.servers.dovecot import Dovecot
from tests.servers.fixtures import dovecot
from tests.servers.outsider import Outsider

__all__ = ["dovecot"]

ROOT = Path(__file__).parents[1]
_PATIENCE = 20.0


@dataclass
class Home:
    """A user of that Dovecot, with a configuration and a state folder."""

    outsider: Outsider
    folder: Path

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "agent", *words, "--config", str(self.config)]

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "FOLLOWTHROUGH_STATE": str(self.folder / "state")}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words),
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @contextmanager
    def daemon(self) -> Iterator[subprocess.Popen[str]]:
        """The daemon in the background, stopped at the end as systemd would."""
        with (self.folder / "log").open("a+") as log:
            process = subprocess.Popen(
                self.command("run"), env=self.environment, cwd=ROOT, stderr=log, text=True
            )
            try:
                yield process
                process.send_signal(signal.SIGTERM)
                assert process.wait(10) == 0
            finally:
                process.kill()
                process.wait()

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def drafts(self) -> list:
        return self.mails("Drafts")

    def mails(self, folder: str) -> list:
        with self.outsider.client() as client:
            client.select(folder, readonly=True)
            _, (found,) = client.search(None, "ALL")
            fetched = [client.fetch(number, "(BODY.PEEK[])")[1] for number in found.split()]
        # The daemon works in the folder meanwhile: a mail may be gone again, and FLAGS come between.
        mails = [part for parts in fetched for part in parts if isinstance(part, tuple)]
        return [message_from_bytes(part[1], policy=default) for part in mails]


def eventually(what: Callable[[], object], why: str) -> object:
    """What comes true within a while; a real server and a real process take their time."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.05)  # another process is at work: there is nothing else to wait on
    raise AssertionError(f"{why} did not come about in {_PATIENCE} s")


@pytest.fixture
def home(dovecot: Dovecot, tmp_path: Path) -> Home:
    user, password = dovecot.new_user()
    outsider = Outsider(dovecot.host, dovecot.port, user, password)
    made = Home(outsider, tmp_path)
    made.config.write_text(
        one_account(
            dovecot.host,
            dovecot.tls_port,
            user,
            password_command=f"echo {password}",
            fingerprint=dovecot.certificate.fingerprint,
        )
    )
    return made


def ended(minutes_ago: int) -> bytes:
    """An invitation to a talk that ended that long ago."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    return invitation(now - timedelta(minutes=60 + minutes_ago), written=now - timedelta(days=1))


def test_from_delivery_to_a_draft_that_another_client_finds_once(home: Home) -> None:
    """An invitation delivered from outside; a thank-you in Drafts; still one after a restart."""
    with home.daemon():
        eventually(lambda: home.log().count("draft") == 0 and home.folder.exists(), "a start")
        home.outsider.deliver(ended(20), datetime.now(UTC))
        (draft,) = eventually(home.drafts, "a draft")
    assert draft["To"] == "Raj Patel <raj@acme.example>"
    assert draft["From"] == "Me Myself <me@home.example>"
    assert "Acme" in draft.get_content()
    with home.daemon():
        eventually(lambda: home.run("status").returncode == 0, "a second start")
        home.outsider.deliver(invitation(datetime.now(UTC) + timedelta(days=2), uid="other"))
        eventually(lambda: "other.0" in home.log(), "the second invitation")
    assert len(home.drafts()) == 1


def test_nothing_else_in_the_mailbox_changes(home: Home) -> None:
    """No message is marked read, moved, flagged or deleted; only our draft and memo are new."""
    home.outsider.deliver(ended(20), datetime.now(UTC))
    home.outsider.deliver(
        b"Subject: hello\r\nFrom: x@y.example\r\n\r\nHi\r\n", flags=(r"\Flagged",)
    )
    before = home.outsider.snapshot(("INBOX", "Sent"))
    done = home.run("run", "--once")
    assert done.returncode == 0, done.stderr
    after = home.outsider.snapshot(("INBOX", "Sent"))
    assert after["Sent"] == before["Sent"]
    assert {uid: after["INBOX"][uid] for uid in before["INBOX"]} == before["INBOX"]
    assert len(after["INBOX"]) == len(before["INBOX"]) + 1, "the debrief"
    assert len(home.drafts()) == 1


def test_a_first_start_lists_what_is_overdue_and_drafts_nothing(home: Home) -> None:
    """A talk of nine days ago: the thank-you and the check-in are listed."""
    home.outsider.deliver(ended(9 * 24 * 60), datetime.now(UTC) - timedelta(days=10))
    done = home.run("run", "--once")
    assert done.returncode == 0, done.stderr
    assert home.drafts() == []
    assert done.stderr.count("not drafted: ") >= 1


def test_scan_reads_and_reports_and_resumes(home: Home) -> None:
    """A summary of what was found; a second scan finds nothing new and says the same."""
    home.outsider.deliver(invitation(datetime.now(UTC) + timedelta(days=2)), datetime.now(UTC))
    first, second = home.run("scan"), home.run("scan")
    assert first.returncode == 0, first.stderr
    assert "1 application found, 1 under way." in first.stdout
    assert second.stdout == first.stdout


def test_a_second_daemon_is_refused(home: Home) -> None:
    """Naming the first one's process."""
    with home.daemon() as first:
        eventually(lambda: (home.folder / "state" / "lock").exists(), "the lock")
        eventually(lambda: (home.folder / "state" / "lock").read_text(), "the lock's holder")
        done = home.run("run", "--once")
        assert done.returncode == 75
        assert str(first.pid) in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ('host = "127.0.0.1"', 'host = "mail.invalid"', 69, "mail.invalid"),
        ('password_command = "echo secret"', 'password_command = "echo wrong"', 77, "password"),
        ("[schedule]", 'drafts = "Entwurf"\n\n[schedule]', 76, "Entwurf"),
        ("[schedule]", "[shedule]", 78, "schedule"),
        ('fingerprint = "', 'fingerprint = "00', 78, "fingerprint"),
    ],
    ids=["host", "password", "folder", "config", "fingerprint"],
)
def test_what_is_wrong_is_said_in_a_sentence(
    home: Home, old: str, new: str, code: int, told: str
) -> None:
    """One clear sentence, the right exit code, never a traceback."""
    text = home.config.read_text()
    assert old in text
    home.config.write_text(text.replace(old, new))
    done = home.run("run", "--once")
    assert done.returncode == code, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_mangled_mail_does_not_stop_the_others(home: Home) -> None:
    """Bytes that are no mail, then an invitation."""
    home.outsider.deliver(b"\xff\xfe\x00From: \r\n\r\n=?x?" + bytes(range(1, 256)))
    home.outsider.deliver(ended(20), datetime.now(UTC))
    done = home.run("run", "--once")
    assert done.returncode == 0, done.stderr
    assert len(home.drafts()) == 1
