"""`followthrough service …` as a user types it, on their real user manager."""

from collections.abc import Iterator

import pytest

from tests.configuration import one_account
from tests.servers.dovecot import Dovecot
from tests.systemd.conftest import own_file
from tests.systemd.manager import UserManager, eventually

UNIT = "followthrough.service"


@pytest.fixture
def configured(manager: UserManager, dovecot: Dovecot) -> Iterator[UserManager]:
    """A user with a configuration in its usual place."""
    user, password = dovecot.new_user()
    text = one_account(
        dovecot.host,
        dovecot.tls_port,
        user,
        fingerprint=dovecot.certificate.fingerprint,
        password_command=f"echo {password}",
    )
    own_file(manager, manager.home / ".config" / "followthrough" / "config.toml", text)
    yield manager
    manager.run("followthrough", "service", "uninstall")


def test_one_command_from_configured_to_watched(configured: UserManager) -> None:
    """Installed, enabled, running and under the watchdog; and what it is doing is told."""
    done = configured.run("followthrough", "service", "install")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "/home/bin/followthrough run" in done.stdout
    assert "doing:   watching 1 account" in done.stdout
    shown = configured.show(UNIT)
    assert (shown["ActiveState"], shown["UnitFileState"]) == ("active", "enabled")
    assert shown["WatchdogUSec"] == "5min"
    assert configured.run("followthrough", "service", "status").returncode == 0
    eventually(
        lambda: "Started" in configured.run("followthrough", "service", "logs").stdout, "the log"
    )


def test_uninstall_leaves_state_and_configuration(configured: UserManager) -> None:
    """The unit goes; what the user made and what was learned stays."""
    installed = configured.run("followthrough", "service", "install", "--no-start")
    assert installed.returncode == 0, installed.stderr
    done = configured.run("followthrough", "service", "uninstall")
    assert done.returncode == 0, done.stderr
    assert configured.show(UNIT)["LoadState"] == "not-found"
    assert (configured.home / ".config/followthrough/config.toml").exists()
    assert (configured.home / ".local/state/followthrough").is_dir()
    assert configured.run("followthrough", "service", "status").returncode == 4


def test_a_wrong_password_is_told_at_once(configured: UserManager) -> None:
    """The command that installs it says that it did not stay up, and why."""
    file = configured.home / ".config" / "followthrough" / "config.toml"
    file.write_text(file.read_text().replace("echo secret", "echo wrong"))
    done = configured.run("followthrough", "service", "install")
    assert done.returncode == 77
    assert "a sign-in was refused" in done.stdout
