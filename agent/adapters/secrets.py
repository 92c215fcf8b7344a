"""Where the secret of an account is found, in this order:

1. a systemd credential, `$CREDENTIALS_DIRECTORY/NAME-password`, `…/followthrough.NAME`, or
   `…/followthrough_NAME-password` as a whole folder of them is named (systemd.exec(5),
   LoadCredential=);
2. the first line that the account's `password_command` prints;
3. the keyring, service "followthrough", user NAME.

Refresh tokens of OAuth lie in the keyring alone, as user NAME:oauth (no account can be called
that): they are written at run time, and only a keyring can be written to.

A place that is locked raises KeyringLocked: waiting and asking again is right. A place that
is empty raises SecretMissing, which says how to fill it. A keyring that keeps its secrets in a
plain file is refused. Secrets are never logged and never part of an error's text.
"""

import asyncio
import contextlib
import os
import shlex
import signal
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from agent.errors import FollowthroughError, KeyringLocked, SecretMissing

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "followthrough"
COMMAND_LIMIT = 30.0
#: A desktop asks its user to unlock the keyring, and the call waits as long as they take.
KEYRING_LIMIT = 60.0

_Result = TypeVar("_Result")


class Secrets:
    """Finds the secrets of accounts; one object for the whole process.

    `backends` yields the keyrings that may be used, best first; tests put their own there.
    Limits are in seconds.
    """

    def __init__(
        self,
        *,
        backends: "Callable[[], Sequence[KeyringBackend]] | None" = None,
        command_limit: float = COMMAND_LIMIT,
        keyring_limit: float = KEYRING_LIMIT,
    ) -> None:
        self._backends = backends or usable_backends
        self._command_limit = command_limit
        self._keyring_limit = keyring_limit
        self._asking: set[str] = set()

    async def password(self, name: str, command: str | None = None) -> str:
        """The secret of the account `name`, whose `password_command` is `command`.

        Raises SecretMissing, or KeyringLocked where asking again later is right.
        """
        secret = _credential(name)
        if secret is None and command:
            secret = await self._printed_by(name, command)
        if secret is None:
            secret = await self._kept(name)
        return secret

    async def store(self, name: str, secret: str) -> str:
        """Keep a secret in the keyring; returns the keyring's name, for the user.

        Raises SecretMissing where there is no keyring to use, KeyringLocked where it is locked.
        """

        def kept() -> str:
            for backend in self._some_backends(name):
                with contextlib.suppress(NotImplementedError):
                    backend.set_password(SERVICE, name, secret)
                    return str(backend.name)
            raise _no_keyring(name)

        return await self._in_keyring(name, kept)

    async def forget(self, name: str) -> bool:
        """Remove a secret from the keyring; whether there was one."""

        def removed() -> bool:
            found = [b for b in self._some_backends(name) if b.get_password(SERVICE, name)]
            for backend in found:
                backend.delete_password(SERVICE, name)
            return bool(found)

        return await self._in_keyring(name, removed)

    async def kept(self, name: str) -> str | None:
        """What the keyring keeps under a name, wherever else secrets may come from.

        Raises SecretMissing where there is no keyring to use, KeyringLocked where it is locked.
        """

        def asked() -> str | None:
            answers = (b.get_password(SERVICE, name) for b in self._some_backends(name))
            return next((answer for answer in answers if answer), None)

        return await self._in_keyring(name, asked)

    async def _kept(self, name: str) -> str:
        secret = await self.kept(name)
        if secret is None:
            raise SecretMissing(
                f"No password is kept for {name}; store it with `followthrough password {name}`."
            )
        return secret

    def _some_backends(self, name: str) -> "Sequence[KeyringBackend]":
        backends = self._backends()
        if not backends:
            raise _no_keyring(name)
        return backends

    async def _in_keyring(self, name: str, call: Callable[[], _Result]) -> _Result:
        """Run a call into the keyring in a thread, within the limit, its errors in our words."""
        if name in self._asking:
            # The question of last time still stands on the user's screen: not another one.
            raise _still_locked()
        try:
            return await self._with_limit(name, call)
        except TimeoutError:
            raise _still_locked() from None
        except FollowthroughError:
            raise
        except Exception as error:
            raise _in_our_words(name, error) from None

    async def _with_limit(self, name: str, call: Callable[[], _Result]) -> _Result:
        # A daemon thread of its own: the executor's threads would keep the process from ending
        # for as long as the keyring does not answer.
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[_Result] = loop.create_future()

        def deliver(result: _Result | None, error: Exception | None) -> None:
            if answer.done():
                return
            if error is not None:
                answer.set_exception(error)
            else:
                answer.set_result(result)  # type: ignore[arg-type]

        def ask() -> None:
            result, trouble = None, None
            try:
                result = call()
            except Exception as error:  # handed to the caller, who knows what it means
                trouble = error
            self._asking.discard(name)
            with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile
                loop.call_soon_threadsafe(deliver, result, trouble)

        self._asking.add(name)
        threading.Thread(target=ask, name=f"keyring-{name}", daemon=True).start()
        return await asyncio.wait_for(answer, self._keyring_limit)

    async def _printed_by(self, name: str, command: str) -> str:
        """The first line that a command prints, run without a shell and without input."""
        words = _words(name, command)
        process = await _started(name, words)
        try:
            async with asyncio.timeout(self._command_limit):
                out, err = await process.communicate()
        except TimeoutError:
            raise KeyringLocked(
                f"The password command of {name} (`{words[0]}`) did not answer within "
                f"{self._command_limit:g} s; it may be waiting to be unlocked."
            ) from None
        finally:
            await _ended(process)
        first = out.decode("utf-8", "replace").partition("\n")[0].rstrip("\r")
        if process.returncode != 0:
            said = " ".join(err.decode("utf-8", "replace").split())[:200]
            raise SecretMissing(
                f"The password command of {name} (`{words[0]}`) failed with exit code "
                f"{process.returncode}{': ' + said if said else ''}; try it in a terminal."
            )
        if not first:
            raise SecretMissing(f"The password command of {name} (`{words[0]}`) printed nothing.")
        return first


def sign_in_name(account: str) -> str:
    """Under which name the keyring keeps what an account signs in with by OAuth."""
    return f"{account}:oauth"


def _credential(name: str) -> str | None:
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if not folder:
        return None
    for file in (f"{name}-password", f"{SERVICE}.{name}", f"{SERVICE}_{name}-password"):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            return _read_credential(name, Path(folder, file))
    return None


def _read_credential(name: str, file: Path) -> str:
    try:
        # Editors and `echo` end the file with a line end that is no part of the secret.
        secret = file.read_text("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise SecretMissing(f"The credential {file.name} is not text in UTF-8.") from None
    except PermissionError:
        raise SecretMissing(f"The credential {file.name} may not be read.") from None
    if not secret:
        raise SecretMissing(f"The credential {file.name} for {name} is empty.")
    return secret


def _words(name: str, command: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    if not words:
        raise SecretMissing(
            f"The password command of {name} cannot be read: it is empty, or a quotation mark "
            "is left open."
        )
    return [os.path.expanduser(words[0]), *words[1:]]


async def _started(name: str, words: list[str]) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    try:
        return await asyncio.create_subprocess_exec(
            *words,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=pipe,
            stderr=pipe,
            start_new_session=True,
        )
    except OSError as error:
        why = "was not found" if isinstance(error, FileNotFoundError) else "cannot be run"
        raise SecretMissing(
            f"The password command of {name} (`{words[0]}`) {why}; it is run without a shell, "
            "so write the program's full path."
        ) from None


async def _ended(process: asyncio.subprocess.Process) -> None:
    """End a command that is still running, with what it started."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def usable_backends() -> "list[KeyringBackend]":
    """The keyrings of this system that keep secrets as secrets, best first.

    Raises SecretMissing where the only one is a plaintext file: the package keyrings.alt
    makes `keyring` choose one without a word.
    """
    chosen = _chosen_backend()
    chain = list(getattr(chosen, "backends", None) or [chosen])
    plain = [backend for backend in chain if _is_plain(backend)]
    usable = [backend for backend in chain if not _is_plain(backend) and not _is_none(backend)]
    if plain and not usable:
        raise SecretMissing(
            f'The only keyring here, "{plain[0].name}", keeps passwords in a file that anybody who '
            "gets at it can read, so it is not used; start GNOME Keyring, KWallet or KeePassXC "
            "(Secret Service), or, for a password, use `password_command` or a systemd credential."
        )
    return usable


def _chosen_backend() -> "KeyringBackend":
    import keyring
    import keyring.backend
    import keyring.core

    backend = keyring.get_keyring()
    if _is_none(backend):
        # What was found at the first look is kept for good, and a service that starts before
        # the desktop finds nothing: look again.
        vars(keyring.backend.get_all_keyring).pop("saved_result", None)
        keyring.core.init_backend()
        backend = keyring.get_keyring()
    return backend


def _is_plain(backend: "KeyringBackend") -> bool:
    kind = type(backend)
    return kind.__module__.split(".")[:2] == ["keyrings", "alt"] or "plaintext" in (
        kind.__name__.lower()
    )


def _is_none(backend: "KeyringBackend") -> bool:
    return type(backend).__module__ in ("keyring.backends.fail", "keyring.backends.null")


def _no_keyring(name: str) -> SecretMissing:
    account, _, token = name.partition(":")
    kind = "sign-in" if token else "password"
    told = (
        f"There is no keyring on this system to keep the {kind} of {account} in; start GNOME "
        "Keyring, KWallet or KeePassXC (Secret Service)"
    )
    if token:
        return SecretMissing(f"{told}. A token is kept nowhere else.")
    return SecretMissing(
        f"{told}, or name a `password_command`, or hand over a systemd credential named "
        f"{name}-password."
    )


def _still_locked() -> KeyringLocked:
    return KeyringLocked("Waiting for the keyring to be unlocked.")


def _in_our_words(name: str, error: Exception) -> FollowthroughError:
    """A keyring's own error: locked or out of reach for now, save where there is none at all."""
    from keyring.errors import InitError, NoKeyringError
    from keyring.errors import KeyringLocked as Locked

    if isinstance(error, NoKeyringError):
        return _no_keyring(name)
    if isinstance(error, Locked | InitError):
        # Under lingering nobody is there to answer the prompt: it is dismissed at once.
        return _still_locked()
    said = " ".join(str(error).split())[:200] or type(error).__name__
    return KeyringLocked(f"The keyring does not answer ({said}); trying again.")
