"""What `check` looks at, each as a Finding: it is well, worth knowing, or to be put right.

Everything is looked at, whatever else is wrong; nothing is changed anywhere.
"""

import asyncio
import os
import shutil
import stat
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from agent.config import Config
from agent.errors import ConfigError, FollowthroughError, StoreError
from agent.ports import Folders


class Grade(StrEnum):
    """How a finding is shown."""

    OK = "ok"
    NOTE = "note"
    FIX = "fix"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `check`; `code` is the exit code that a fault alone would end with."""

    grade: Grade
    about: str
    text: str
    code: int = 0


class Server(Protocol):
    """A mailbox that can say what its server offers and where its folders were found."""

    @property
    def folder_sources(self) -> Mapping[str, str]: ...
    async def connect(self) -> Folders: ...
    async def capabilities(self) -> frozenset[str]: ...
    async def close(self) -> None: ...


class Checkable(Protocol):
    """A notifier that can try its server without sending anything."""

    async def check(self) -> str: ...


def ok(about: str, text: str) -> Finding:
    """Something is as it should be."""
    return Finding(Grade.OK, about, text)


def note(about: str, text: str) -> Finding:
    """Something works, and is worth knowing."""
    return Finding(Grade.NOTE, about, text)


def fault(about: str, error: FollowthroughError) -> Finding:
    """Something is to be put right."""
    return Finding(Grade.FIX, about, str(error), error.exit_code)


def config_faults(error: ConfigError) -> Iterator[Finding]:
    """Every problem of a configuration as a finding of its own."""
    yield Finding(Grade.FIX, "config", f"in {error.where}:", error.exit_code)
    for problem in error.problems:
        yield Finding(Grade.FIX, "config", problem, error.exit_code)


def state_folder(folder: Path) -> Iterator[Finding]:
    """Whether the state can be kept, and kept private."""
    if not folder.exists():
        above = next(parent for parent in folder.parents if parent.exists())
        if os.access(above, os.W_OK | os.X_OK):
            yield ok("state", f"{folder} will be made at the first start")
        else:
            yield fault("state", StoreError(f"{folder} cannot be made: {above} is not writable."))
    elif not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        yield fault("state", StoreError(f"{folder} is not a folder that you may write to."))
    elif stat.S_IMODE(folder.stat().st_mode) & 0o077:
        yield note("state", f"{folder} is open to others; the next start closes it")
    else:
        yield ok("state", f"{folder} is writable and private")


async def account(name: str, config: Config, server: Server) -> list[Finding]:
    """Sign-in, folders and abilities of one account."""
    try:
        folders = await server.connect()
        offered = await server.capabilities()
        return [
            ok(
                name,
                f"signed in to {config.accounts[name].host} as {config.accounts[name].username}",
            ),
            # After the attempt, so that a token that was renewed for it counts.
            ok(name, f"signs in {_how(name, config)}"),
            *_folders(name, folders, server.folder_sources),
            *_abilities(name, offered),
        ]
    except FollowthroughError as error:
        return [fault(name, error), note(name, f"signs in {_how(name, config)}")]
    finally:
        await server.close()


def _how(name: str, config: Config) -> str:
    from agent.cli.signing import how
    from agent.config import state_folder as state

    return how(name, config.accounts[name], state(), config.identity.timezone)


def _folders(name: str, folders: Folders, sources: Mapping[str, str]) -> Iterator[Finding]:
    roles = [("inbox", folder) for folder in folders.inbox]
    for role, folder in [*roles, ("drafts", folders.drafts), ("sent", folders.sent)]:
        how = sources.get(folder)
        yield ok(name, f"{role}: {folder}" + (f", {how}" if how else ""))


#: What the program makes use of: with it, and without.
_ABILITIES = {
    "IDLE": ("new mail is seen at once", "new mail is looked for every minute"),
    "UIDPLUS": (
        "drafts no longer wanted can be taken back",
        "drafts no longer wanted stay where they are, and you are told",
    ),
    "SPECIAL-USE": ("Drafts and Sent are named by the server", "Drafts and Sent go by their names"),
}


def _abilities(name: str, offered: frozenset[str]) -> Iterator[Finding]:
    for ability, (with_it, without) in _ABILITIES.items():
        if ability in offered:
            yield ok(name, f"{ability}: {with_it}")
        else:
            yield note(name, f"no {ability}: {without}")


async def notices(notifier: Checkable | None, to: str) -> Finding:
    """Whether the user can be told by mail."""
    if notifier is None:
        return note("smtp", "no [smtp] in the configuration: notices go to the log alone")
    try:
        return ok("smtp", f"signed in with {await notifier.check()}; notices go to {to}")
    except FollowthroughError as error:
        return fault("smtp", error)


async def service() -> Finding:
    """Whether the systemd user service is installed and runs."""
    if shutil.which("systemctl") is None:
        return note("service", "systemd is not here; start `followthrough run` in another way")
    state = await _systemctl("is-enabled"), await _systemctl("is-active")
    match state:
        case "enabled", "active":
            return ok("service", "followthrough.service is enabled and running")
        case _, "active":
            return note(
                "service",
                "followthrough.service runs, but will not start by itself: "
                "systemctl --user enable followthrough",
            )
        case "enabled", _:
            return note(
                "service",
                "followthrough.service does not run; see: systemctl --user status followthrough",
            )
    return note("service", "not installed; `followthrough run` watches in the foreground")


async def _systemctl(question: str) -> str:
    try:
        process = await asyncio.create_subprocess_exec(
            "systemctl",
            "--user",
            question,
            "followthrough.service",
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        out, _ = await asyncio.wait_for(process.communicate(), timeout=5)
    except (OSError, TimeoutError):
        return ""
    return out.decode("ascii", "replace").strip()


async def everything(
    config: Config,
    *,
    state: Path,
    servers: Mapping[str, Server],
    notifier: Checkable | None,
) -> AsyncIterator[Finding]:
    """Every finding; accounts are tried side by side, and told in their order."""
    for finding in state_folder(state):
        yield finding
    tried = [asyncio.ensure_future(account(name, config, s)) for name, s in servers.items()]
    told = asyncio.ensure_future(notices(notifier, config.notices_to))
    for each in tried:
        for finding in await each:
            yield finding
    yield await told
    yield await service()
