"""The errors a user can meet, each with the exit code the process ends with.

A `FollowthroughError` is the user's to solve: its text says what happened,
where, and what to do, and no traceback is shown. Anything else that escapes is
a bug of ours. Exit codes follow sysexits.h, because systemd's
`RestartPreventExitStatus` and scripts alike know them.
"""

from collections.abc import Sequence


class FollowthroughError(Exception):
    """Something the user can put right; `str(error)` is a whole sentence for them."""

    exit_code = 1


class UsageError(FollowthroughError):
    """A command was called with words that do not fit."""

    exit_code = 64


class InputError(FollowthroughError):
    """A file or folder that was named cannot be read as what it should be."""

    exit_code = 66


class ServerUnavailable(FollowthroughError):
    """The server cannot be reached, or asks us to come back later: trying again is right.

    `retry_after` is the pause in seconds that the server asked for, if it named one.
    """

    exit_code = 69

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class MailboxFull(ServerUnavailable):
    """Nothing can be stored there before the user makes room; reading goes on."""


class Unsettled(ServerUnavailable):
    """An append was not begun: the server may yet store one before it that it never answered."""


class KeyringLocked(ServerUnavailable):
    """The secret is there, but cannot be had before the user unlocks its place: try again later."""


class StoreError(FollowthroughError):
    """The state folder or database cannot be used (read-only, full, newer, locked)."""

    exit_code = 73


class AlreadyRunning(StoreError):
    """Another process holds this state folder."""

    exit_code = 75


class ProtocolError(FollowthroughError):
    """The server answered in a way that cannot be used (a folder that is missing, a refusal)."""

    exit_code = 76


class SignInRefused(FollowthroughError):
    """The server refused the user name or the secret: trying again as before is wrong."""

    exit_code = 77


class SignInLapsed(SignInRefused):
    """What the user once consented to holds no longer: nothing helps but their signing in anew."""


class SecretMissing(SignInRefused):
    """No secret was found for an account."""


class ConfigError(FollowthroughError):
    """The configuration cannot be used. `problems` holds every one of them, a line each."""

    exit_code = 78

    def __init__(self, where: str, problems: Sequence[str]) -> None:
        self.where = where
        self.problems = tuple(problems)
        count = f"{len(self.problems)} problem{'s' if len(self.problems) != 1 else ''}"
        lines = "\n".join(f"  - {problem}" for problem in self.problems)
        super().__init__(f"{where} has {count}:\n{lines}")
