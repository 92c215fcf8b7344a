"""The refresh token of an account: kept in the keyring and nowhere else, renewed at each login.

A provider may hand out a new refresh token at each renewal and take the old one no longer
(rotation; RFC 9700, 4.14.2). So it is saved before the access token is used, one process
renews at a time (a lock in the state folder), what could not be saved is remembered and saved
first the next time, and a renewal that is called off is saved before it ends.

Beside the lock lies a record without secrets: when the token was last renewed, for `status`.
"""

import asyncio
import contextlib
import fcntl
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from agent.adapters.oauth.grants import Granted, renewed
from agent.adapters.oauth.post import Refusal, post
from agent.adapters.oauth.providers import Client
from agent.adapters.secrets import Secrets, sign_in_name
from agent.adapters.sqlite.database import private_folder
from agent.errors import FollowthroughError, SecretMissing, ServerUnavailable, SignInLapsed
from agent.ports import Clock

#: Seconds that another process may take to renew the same token.
_TURN_LIMIT, _LOOK_AGAIN = 90.0, 0.1
#: Seconds that a renewal under way has at the end of the program, to be saved.
_LAST_MOMENT = 1.0


@dataclass(frozen=True, slots=True)
class Record:
    """When an account's token was last renewed, and when the user signed in; None: never."""

    signed_in: datetime | None = None
    renewed: datetime | None = None
    lapsed: bool = False


class Tokens:
    """The tokens of one account; `folder` is the state folder."""

    def __init__(self, client: Client, secrets: Secrets, folder: Path, clock: Clock) -> None:
        self.client = client
        self._secrets = secrets
        self._file = record_file(folder, client.account)
        self._clock = clock
        self._name = sign_in_name(client.account)
        #: A token that the keyring did not take yet, and the one that it replaces there.
        self._unsaved = self._replaced = ""
        self._refused = ""

    async def access(self) -> str:
        """A new access token, for one login.

        Raises SecretMissing before the first sign-in, SignInLapsed when only a new one helps,
        KeyringLocked, ServerUnavailable, SignInRefused. Cancelled, it takes a second at most.
        """
        renewing = asyncio.ensure_future(self._access())
        try:
            return await asyncio.shield(renewing)
        except asyncio.CancelledError:
            # The provider may have answered already, and its old token be worth nothing.
            await asyncio.wait({renewing}, timeout=_LAST_MOMENT)
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)
            raise

    async def _access(self) -> str:
        async with self._turn() as file:
            kept = await self._kept()
            if self._unsaved and kept == self._replaced:
                kept = await self._save()
            granted = await self._renewed(kept, file)
            if granted.refresh_token and granted.refresh_token != kept:
                self._unsaved, self._replaced = granted.refresh_token, kept
                await self._save()
            file.note(renewed=self._clock.now(), lapsed=False)
            return granted.access_token

    async def keep(self, granted: Granted) -> str:
        """Keep what the user has just consented to; returns the keyring's name, for them."""
        async with self._turn() as file:
            keyring = await self._secrets.store(self._name, granted.refresh_token)
            now = self._clock.now()
            file.note(signed_in=now, renewed=now, lapsed=False)
            return keyring

    async def require_keyring(self) -> None:
        """Raise SecretMissing or KeyringLocked where a token could not be kept."""
        await self._secrets.kept(self._name)

    async def forget(self) -> bool:
        """Remove the token, and tell the provider where it wants to know; whether there was one."""
        async with self._turn() as file:
            kept = await self._secrets.kept(self._name)
            if kept and self.client.revoke_url:
                # RFC 7009. Gone from the keyring it is of no use to us, whatever comes of this.
                with contextlib.suppress(FollowthroughError, Refusal):
                    await post(self.client.revoke_url, {"token": kept})
            file.remove()
            return await self._secrets.forget(self._name)

    async def _kept(self) -> str:
        kept = await self._secrets.kept(self._name)
        if not kept:
            account = self.client.account
            raise SecretMissing(
                f"{account} is not signed in yet: followthrough login {account} does it, in your "
                "browser."
            )
        return kept

    async def _renewed(self, kept: str, file: "_File") -> Granted:
        if kept == self._refused:
            # Asked again, the provider would say the same; it has been told to the user.
            raise _still_lapsed(self.client)
        try:
            return await renewed(self.client, kept)
        except SignInLapsed:
            self._refused = kept
            file.note(lapsed=True)
            raise

    async def _save(self) -> str:
        """Put the unsaved token into the keyring; a sign-in that is newer there never gives way."""
        token = self._unsaved
        await self._secrets.store(self._name, token)
        self._unsaved = self._replaced = ""
        return token

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator["_File"]:
        """The lock on this account's record; held by one at a time, over all processes."""
        file = _File(self._file)
        try:
            await self._wait_for(file)
            yield file
        finally:
            file.close()

    async def _wait_for(self, file: "_File") -> None:
        try:
            async with asyncio.timeout(_TURN_LIMIT):
                # The kernel wakes nobody's event loop when another process gives a lock back.
                while not file.locked():  # noqa: ASYNC110
                    await asyncio.sleep(_LOOK_AGAIN)
        except TimeoutError:
            raise ServerUnavailable(
                f"Another Followthrough is busy signing {self.client.account} in; trying again."
            ) from None


class _File:
    """The record, open and locked; a state folder that cannot be written to has none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None
        with contextlib.suppress(OSError, FollowthroughError):
            private_folder(path.parent.parent)
            private_folder(path.parent)
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def locked(self) -> bool:
        """Whether the lock is ours now; where there can be none, it is."""
        if self._descriptor is None:
            return True
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # some network file systems know no locks
        return True

    def note(self, **changes: datetime | bool) -> None:
        """Write down what has changed."""
        if self._descriptor is None:
            return
        known = _read(self._path)
        told = {k: v.isoformat() if isinstance(v, datetime) else v for k, v in changes.items()}
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, json.dumps({**known, **told}).encode(), 0)

    def remove(self) -> None:
        """Forget all of it."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, 0)

    def close(self) -> None:
        """Give the lock back."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def record_file(folder: Path, account: str) -> Path:
    """Where the record of an account lies, below the state folder."""
    return folder / "sign-in" / f"{account}.json"


def record(folder: Path, account: str) -> Record:
    """What is known of an account's sign-in; asks no keyring and no network."""
    known = _read(record_file(folder, account))
    return Record(
        signed_in=_moment(known.get("signed_in")),
        renewed=_moment(known.get("renewed")),
        lapsed=known.get("lapsed") is True,
    )


def _read(path: Path) -> dict[str, object]:
    try:
        known = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment is not None and moment.tzinfo else None


def _still_lapsed(client: Client) -> SignInLapsed:
    return SignInLapsed(
        f"{client.title} takes the sign-in of {client.username} (account {client.account}) no "
        f"longer. Sign in again: followthrough login {client.account}"
    )
