"""The shipped unit under a real systemd, against a real Dovecot over TLS."""

import os
import signal
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from agent.adapters.units import WITHOUT_NAMESPACES
from tests.mails import invitation
from tests.systemd.conftest import Service
from tests.systemd.manager import eventually

Make = Callable[..., Service]


def test_start_to_ready_with_a_credential(service: Make) -> None:
    """Fenced in as shipped, it reads its password, reaches the server and says what comes next."""
    home = service()
    assert home.start() == 0, home.log()
    shown = home.show()
    assert (shown["ActiveState"], shown["SubState"]) == ("active", "running")
    home.says("watching 1 account")
    home.outsider.deliver(invitation(datetime.now(UTC) + timedelta(days=2)), datetime.now(UTC))
    assert home.says("next: ").startswith("watching 1 account, next: thank-you to Acme on ")


def test_the_fence_holds(service: Make) -> None:
    """In a user namespace of its own it has no rights, and its home is read-only."""
    home = service(
        """
        ExecStartPost=/bin/sh -c '! touch %h/x && test ! -r %h/.ssh && touch %h/state/%N/written'
        """
    )
    ssh = home.manager.home / ".ssh"
    ssh.mkdir(exist_ok=True)
    home.manager.own(ssh)
    assert home.start() == 0, home.log()
    assert (home.manager.home / "state" / home.name / "written").exists()
    lines = Path(f"/proc/{home.pid}/status").read_text().splitlines()
    status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
    assert int(status["CapEff"], 16) == int(status["CapBnd"], 16) == 0
    assert os.readlink(f"/proc/{home.pid}/ns/user") != os.readlink("/proc/self/ns/user")


def test_the_journal_gets_fields_and_levels(service: Make) -> None:
    """An application's lines are found by its number, without the mail's words in them."""
    home = service()
    home.start()
    home.outsider.deliver(invitation(datetime.now(UTC) + timedelta(days=2)), datetime.now(UTC))

    def found() -> str:
        return home.manager.journal(
            f"_SYSTEMD_USER_UNIT={home.unit}", "FOLLOWTHROUGH_APPLICATION=1", "--output=export"
        )

    entry = str(eventually(found, "an entry with the field"))
    assert "\nPRIORITY=6\n" in entry
    assert "\nFOLLOWTHROUGH_EVENT=recorded\n" in entry
    assert "\nFOLLOWTHROUGH_KIND=interview_confirmed\n" in entry
    assert "Acme" not in home.log()
    assert "@home.example" not in home.log()


def test_killed_it_is_started_again(service: Make) -> None:
    """kill -9: another process, ready again, nothing lost."""
    home = service()
    home.start()
    first = home.pid
    os.kill(first, signal.SIGKILL)
    eventually(lambda: home.pid not in (0, first), "another process")
    home.says("watching 1 account")
    assert home.show()["NRestarts"] == "1"


def test_a_hang_is_ended_by_the_watchdog(service: Make) -> None:
    """A process that stands still: ended, started again, and the log says where it stood."""
    home = service("WatchdogSec=2")
    home.start()
    home.says("watching 1 account")
    first = home.pid
    os.kill(first, signal.SIGSTOP)
    eventually(lambda: home.pid not in (0, first), "another process")
    home.says("watching 1 account")
    eventually(lambda: "Watchdog timeout" in home.log(), "the watchdog's word")
    eventually(lambda: "Current thread" in home.log(), "where it stood")


def test_reload_with_a_good_configuration(service: Make) -> None:
    """It takes effect in the same process."""
    home = service()
    home.start()
    home.says("watching 1 account")
    first = home.pid
    home.reconfigure("[schedule]", "[drafting]\nenabled = false\n\n[schedule]")
    assert home.manager.systemctl("reload", home.unit).returncode == 0
    assert home.says("drafting is off") == "watching 1 account, drafting is off"
    assert (home.pid, home.show()["ActiveState"]) == (first, "active")


def test_reload_with_a_broken_configuration(service: Make) -> None:
    """Refused with every problem in status and log; the old one stays in force."""
    home = service()
    home.start()
    home.says("watching 1 account")
    first = home.pid
    home.reconfigure('country = "US"', 'country = "Nowhere"')
    home.reconfigure("[schedule]", "[shedule]")
    home.manager.systemctl("reload", home.unit)
    status = home.says("new configuration refused")
    assert status.startswith("watching 1 account")
    for place in ("identity.country", "shedule"):
        assert place in status
        assert place in home.log()
    assert (home.pid, home.show()["ActiveState"]) == (first, "active")
    home.outsider.deliver(invitation(datetime.now(UTC) + timedelta(days=2)), datetime.now(UTC))
    home.says("next: thank-you to Acme")


def test_stop_is_quick_and_clean(service: Make) -> None:
    """Within five seconds, with exit code 0."""
    home = service()
    home.start()
    home.says("watching 1 account")
    begun = time.monotonic()
    home.stop()
    assert time.monotonic() - begun < 5
    shown = home.show()
    assert (shown["Result"], shown["ExecMainStatus"]) == ("success", "0")


def test_stop_is_quick_with_a_server_that_never_answers(service: Make) -> None:
    """A connection that hangs does not hold up the end."""
    home = service()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        silent.settimeout(20)
        text = home.config.read_text()
        home.config.write_text(
            "\n".join(
                f"port = {port}" if line.startswith("port = ") else line
                for line in text.splitlines()
            )
        )
        home.start()
        with silent.accept()[0]:
            begun = time.monotonic()
            home.stop()
            assert time.monotonic() - begun < 5
    assert home.show()["Result"] == "success"


def test_a_configuration_error_is_not_tried_again(service: Make) -> None:
    """Exit code 78 ends it, with every problem in the journal as an error."""
    home = service()
    home.reconfigure("[schedule]", "[shedule]")
    assert home.start() != 0
    shown = home.show()
    assert (shown["ActiveState"], shown["ExecMainStatus"]) == ("failed", "78")
    time.sleep(0.5)  # longer than a restart would take to be tried
    assert home.show()["NRestarts"] == "0"
    errors = home.manager.journal("--unit", home.unit, "--priority=err", "--output=cat")
    assert "shedule" in errors


def test_a_refused_password_is_not_tried_again(service: Make) -> None:
    """Exit code 77: again and again would lock the account."""
    home = service()
    (home.manager.home / "secrets" / home.name).write_text("wrong\n")
    home.start()
    eventually(lambda: home.show()["ActiveState"] == "failed", "the end")
    shown = home.show()
    assert (shown["ExecMainStatus"], shown["NRestarts"]) == ("77", "0")
    assert "sign-in refused" in shown["StatusText"]


def test_offline_is_alive(service: Make) -> None:
    """A server that is away: said in the status, the watchdog fed, no restart."""
    home = service("WatchdogSec=2")
    home.reconfigure('host = "127.0.0.1"', 'host = "mail.invalid"')
    home.start()
    assert home.says("offline since").endswith(", retrying")
    first = home.pid
    time.sleep(3)  # longer than the watchdog allows a silent service
    assert home.pid == first


def test_a_locked_keyring_is_waited_for(service: Make, need: Callable[..., object]) -> None:
    """Started before anybody unlocked the keyring, it waits; unlocked, it reads its password."""
    need("gnome-keyring-daemon", package="gnome-keyring")
    home = service(credential=False)
    alice = home.manager
    unlock = ["gnome-keyring-daemon", "--replace", "--unlock", "--components=secrets"]
    alice.run(*unlock, input="keyring password")
    config = f"/home/alice/config/{home.name}.toml"
    kept = alice.run("followthrough", "password", "home", "--config", config, input="secret\n")
    assert kept.returncode == 0, kept.stderr
    secrets = ("org.freedesktop.secrets", "/org/freedesktop/secrets")
    lock = ("org.freedesktop.Secret.Service", "Lock", "ao", "1", f"{secrets[1]}/aliases/default")
    locked = alice.run("busctl", "--user", "call", *secrets, *lock)
    assert locked.returncode == 0, locked.stderr
    home.start()
    home.says("waiting for the keyring")
    alice.run(*unlock, input="keyring password")
    # The next try comes by itself; a reload brings it on at once.
    alice.systemctl("reload", home.unit)
    home.says("watching 1 account")


def test_without_user_namespaces_it_runs_all_the_same(service: Make) -> None:
    """Where a system forbids them, the drop-in of ours leaves what works everywhere."""
    home = service(WITHOUT_NAMESPACES.partition("[Service]")[2])
    assert home.start() == 0, home.log()
    home.says("watching 1 account")
    assert os.readlink(f"/proc/{home.pid}/ns/user") == os.readlink("/proc/self/ns/user")
    assert "Seccomp:\t2" in Path(f"/proc/{home.pid}/status").read_text()
