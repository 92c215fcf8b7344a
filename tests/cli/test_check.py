"""What `check` looks at, without a server."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from agent.cli import check
from agent.cli.check import Finding, Grade
from agent.config import Account, Config, Identity
from agent.errors import FollowthroughError, ProtocolError, ServerUnavailable, SignInRefused
from agent.ports import Folders

CONFIG = Config(
    identity=Identity(name="Ada", addresses=("ada@mail.example",), timezone="UTC", country="DE"),
    accounts={
        "home": Account(host="imap.home.example", username="ada"),
        "work": Account(host="imap.work.example", username="ada"),
    },
)


class Server:
    """A mailbox that is there, or is not."""

    def __init__(self, trouble: FollowthroughError | None = None, *offers: str) -> None:
        self.trouble = trouble
        self.offers = frozenset(offers)
        self.closed = False

    @property
    def folder_sources(self) -> Mapping[str, str]:
        return {"Entwürfe": "known by its name"}

    async def connect(self) -> Folders:
        if self.trouble:
            raise self.trouble
        return Folders(inbox=("INBOX",), drafts="Entwürfe", sent="Gesendet")

    async def capabilities(self) -> frozenset[str]:
        return self.offers

    async def close(self) -> None:
        self.closed = True


class Teller:
    """A notifier whose server is there, or is not."""

    def __init__(self, trouble: FollowthroughError | None = None) -> None:
        self.trouble = trouble

    async def check(self) -> str:
        if self.trouble:
            raise self.trouble
        return "TLS"


async def found(tmp_path: Path, teller: Teller | None = None, **servers: Server) -> list[Finding]:
    findings = check.everything(CONFIG, state=tmp_path / "state", servers=servers, notifier=teller)
    return [finding async for finding in findings]


def text(findings: list[Finding], about: str) -> str:
    return "\n".join(f"{f.grade} {f.text}" for f in findings if f.about == about)


async def test_all_is_well(tmp_path: Path) -> None:
    """A good account is told with its folders, where they were found, and what it can do."""
    server = Server(None, "IDLE", "UIDPLUS", "SPECIAL-USE")
    findings = await found(tmp_path, Teller(), home=server)
    told = text(findings, "home")
    assert "ok signed in to imap.home.example as ada" in told
    assert "ok drafts: Entwürfe, known by its name" in told
    assert "ok sent: Gesendet" in told
    assert "note" not in told
    assert "notices go to ada@mail.example" in text(findings, "smtp")
    assert not any(f.code for f in findings)
    assert server.closed


async def test_what_a_server_lacks(tmp_path: Path) -> None:
    """What a server cannot do is worth knowing, and no fault."""
    told = await found(tmp_path, home=Server())
    assert "note no IDLE: new mail is looked for every minute" in text(told, "home")
    assert not any(f.code for f in told)


async def test_one_fault_hides_no_other(tmp_path: Path) -> None:
    """Everything is tried, whatever else is wrong, and each fault brings its own exit code."""
    bad = Server(SignInRefused("It refused the password."))
    worse = Server(ProtocolError("There is no Drafts."))
    findings = await found(tmp_path, Teller(ServerUnavailable("Away.")), home=bad, work=worse)
    assert [f.code for f in findings if f.grade is Grade.FIX] == [77, 76, 69]
    assert bad.closed
    assert worse.closed


async def test_without_smtp(tmp_path: Path) -> None:
    """Without [smtp] it is said where notices go."""
    assert "the log alone" in text(await found(tmp_path), "smtp")


@pytest.mark.parametrize(("mode", "grade"), [(0o700, Grade.OK), (0o755, Grade.NOTE)])
def test_state_folder(tmp_path: Path, mode: int, grade: Grade) -> None:
    """A state folder that others can look into is noticed."""
    folder = tmp_path / "state"
    folder.mkdir()
    folder.chmod(mode)
    assert [f.grade for f in check.state_folder(folder)] == [grade]


def test_a_file_in_its_place(tmp_path: Path) -> None:
    """A file where the state folder belongs is a fault."""
    file = tmp_path / "state"
    file.touch()
    assert [f.code for f in check.state_folder(file)] == [73]


async def test_no_systemd(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where there is no systemd, another way is named."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "in another way" in (await check.service()).text


@pytest.mark.parametrize(
    ("enabled", "active", "told"),
    [
        ("enabled", "active", "enabled and running"),
        ("disabled", "active", "will not start by itself"),
        ("enabled", "failed", "does not run"),
        ("", "inactive", "not installed"),
    ],
)
async def test_service(
    enabled: str, active: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What systemctl says is put into a sentence."""
    fake = tmp_path / "systemctl"
    fake.write_text(f'#!/bin/sh\n[ "$2" = is-enabled ] && echo {enabled} || echo {active}\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert told in (await check.service()).text
