"""One user manager for all these tests, and services in it that differ by name."""

import os
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent import resources
from agent.adapters.units import unit_text
from tests.configuration import one_account
from tests.servers.dovecot import Dovecot
from tests.servers.fixtures import dovecot
from tests.servers.outsider import Outsider
from tests.systemd.manager import Unable, UserManager, eventually, user_manager

__all__ = ["dovecot"]


@pytest.fixture(scope="session")
def manager(need, unavailable) -> Iterator[UserManager]:  # type: ignore[no-untyped-def]
    """A real user manager, with a journal and a session bus."""
    need("systemctl", package="systemd")
    need("unshare", package="util-linux")
    need("dbus-daemon", package="dbus-daemon")
    if not Path("/usr/lib/systemd/user/dbus.socket").exists():
        unavailable("the user's D-Bus socket is not installed (Debian package: dbus-user-session)")
    try:
        with user_manager() as running:
            yield running
    except Unable as error:
        unavailable(str(error))


@dataclass
class Service:
    """One service of the user's: its unit, its configuration, its mailbox."""

    manager: UserManager
    name: str
    config: Path
    outsider: Outsider

    @property
    def unit(self) -> str:
        return f"{self.name}.service"

    @property
    def folder(self) -> Path:
        return self.manager.home / ".config" / "systemd" / "user"

    def show(self) -> dict[str, str]:
        return self.manager.show(self.unit)

    @property
    def pid(self) -> int:
        return int(self.show()["MainPID"])

    def says(self, text: str, patience: float = 20.0) -> str:
        """Wait until the STATUS holds a text; the STATUS."""

        def told() -> str:
            status = self.show().get("StatusText", "")
            return status if text in status else ""

        return str(eventually(told, f"the status {text!r}", patience))

    def log(self) -> str:
        return self.manager.journal("--unit", self.unit, "--output=cat")

    def start(self) -> int:
        return self.manager.systemctl("start", self.unit).returncode

    def stop(self) -> None:
        self.manager.systemctl("stop", self.unit)

    def reconfigure(self, old: str, new: str) -> None:
        text = self.config.read_text()
        assert old in text
        self.config.write_text(text.replace(old, new))


@pytest.fixture
def service(
    manager: UserManager, dovecot: Dovecot, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Service]]:
    """Make a service from the shipped unit, with a mailbox and a credential; stopped at the end.

    `drop_in` are further lines under [Service]; only what a test cannot wait for is changed:
    a crash is followed by a start at once.
    """
    made: list[Service] = []

    def make(drop_in: str = "", *, credential: bool = True) -> Service:
        name = f"ft-{request.node.name.replace('_', '-')[5:45]}"
        user, password = dovecot.new_user()
        config = own_file(
            manager,
            manager.home / "config" / f"{name}.toml",
            one_account(
                dovecot.host,
                dovecot.tls_port,
                user,
                fingerprint=dovecot.certificate.fingerprint,
            ),
        )
        secret = own_file(manager, manager.home / "secrets" / name, f"{password}\n")
        secret.chmod(0o600)
        state = manager.home / "state" / name
        state.mkdir(parents=True)
        manager.own(state.parent, state)
        lines = f"LoadCredential=home-password:%h/secrets/{name}\n" if credential else ""
        lines += f"RestartSec=100ms\n{textwrap.dedent(drop_in)}"
        inside = f"/home/alice/state/{name}"
        text = unit_text(
            (resources.systemd_units() / "followthrough.service").read_text(),
            ["/home/bin/followthrough", "run", "--config", f"/home/alice/config/{name}.toml"],
            Path(inside),
            {"FOLLOWTHROUGH_STATE": inside},
        )
        service = Service(
            manager, name, config, Outsider(dovecot.host, dovecot.port, user, password)
        )
        own_file(manager, service.folder / service.unit, text)
        own_file(manager, service.folder / f"{service.unit}.d" / "test.conf", f"[Service]\n{lines}")
        manager.systemctl("daemon-reload")
        made.append(service)
        return service

    yield make
    for each in made:
        each.stop()
        manager.systemctl("reset-failed", each.unit)


def own_file(manager: UserManager, path: Path, text: str) -> Path:
    """A file of the user's, in folders of the user's."""
    for folder in reversed([p for p in path.parents if p.is_relative_to(manager.home)]):
        if not folder.exists():
            folder.mkdir()
            manager.own(folder)
    path.write_text(text)
    manager.own(path)
    return path


def pytest_collection_modifyitems() -> None:
    """Children of these tests must not write byte code into the checkout."""
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
