"""Where secrets are found, in which order, and what is said where there are none."""

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import keyring.backend
import keyring.backends.fail
import keyring.errors
import pytest

from agent.adapters import secrets
from agent.adapters.secrets import Secrets
from agent.errors import KeyringLocked, SecretMissing
from tests.servers.oauth import CLIENT_ID, CLIENT_SECRET, OAuthServer
from tests.servers.signing import oauth

__all__ = ["oauth"]

ROOT = Path(secrets.__file__).parents[2]


class Drawer(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 5  # type: ignore[assignment]

    def __init__(self, **kept: str) -> None:
        super().__init__()
        self.kept = kept

    def get_password(self, service: str, username: str) -> str | None:
        assert service == "followthrough"
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[username]


class Failing(Drawer):
    """A keyring that raises."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error


def with_backends(*backends: keyring.backend.KeyringBackend, limit: float = 10.0) -> Secrets:
    return Secrets(backends=lambda: backends, keyring_limit=limit)


class TestCredential:
    @pytest.mark.parametrize("file", ["home-password", "followthrough.home"])
    async def test_comes_first(
        self, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A systemd credential beats the command and the keyring; its last line end is cut."""
        (tmp_path / file).write_text("größe 1 \n", "utf-8")
        monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
        found = await with_backends(Drawer(home="kept")).password("home", "echo printed")
        assert found == "größe 1 "

    async def test_of_another_account_is_not_taken(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A credential speaks for its own account alone."""
        (tmp_path / "work-password").write_text("w")
        monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
        assert await with_backends(Drawer(home="kept")).password("home") == "kept"

    async def test_an_empty_one_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An empty credential is a mistake, not an empty password."""
        (tmp_path / "home-password").write_text("\n")
        monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
        with pytest.raises(SecretMissing, match="home-password for home is empty"):
            await with_backends().password("home")


class TestCommand:
    async def test_first_line(self) -> None:
        """The first line that the command prints is the secret, blanks kept."""
        found = await with_backends().password("home", r"printf 'one two \r\nuser: ada\n'")
        assert found == "one two "

    async def test_no_shell(self) -> None:
        """What a shell would act upon is an ordinary argument."""
        assert await with_backends().password("home", "echo $HOME;id") == "$HOME;id"

    @pytest.mark.parametrize(
        ("command", "told"),
        [
            ("sh -c 'echo no such entry >&2; exit 3'", "failed with exit code 3: no such entry"),
            ("no-such-program x", "was not found"),
            ("true", "printed nothing"),
            ("pass 'mail", "a quotation mark is left open"),
        ],
    )
    async def test_that_gives_nothing(self, command: str, told: str) -> None:
        """A command that fails is told with its own words, and the keyring is not asked instead."""
        with pytest.raises(SecretMissing, match=told):
            await with_backends(Drawer(home="kept")).password("home", command)

    async def test_that_hangs(self) -> None:
        """A command that waits for somebody is ended, and asked again later."""
        patient = Secrets(backends=lambda: (), command_limit=0.2)
        start = time.monotonic()
        with pytest.raises(KeyringLocked, match=r"did not answer within 0\.2 s"):
            await patient.password("home", "sh -c 'sleep 60'")
        assert time.monotonic() - start < 10


class TestKeyring:
    async def test_kept(self) -> None:
        """The keyring is asked for the account's name, each backend in turn."""
        found = await with_backends(Drawer(), Drawer(home="kept")).password("home")
        assert found == "kept"

    async def test_nothing_kept(self) -> None:
        """Where nothing is kept, the error names the very command that stores it."""
        with pytest.raises(SecretMissing, match="followthrough password home"):
            await with_backends(Drawer()).password("home")

    async def test_no_keyring(self) -> None:
        """Where there is no keyring, the error names what else will do."""
        with pytest.raises(SecretMissing, match="There is no keyring on this system"):
            await with_backends().password("home")

    @pytest.mark.parametrize(
        "error",
        [
            keyring.errors.KeyringLocked("Failed to unlock the collection!"),
            keyring.errors.InitError("Prompt dismissed"),
        ],
    )
    async def test_locked(self, error: Exception) -> None:
        """A locked keyring is waited for, never given up."""
        with pytest.raises(KeyringLocked, match="Waiting for the keyring to be unlocked"):
            await with_backends(Failing(error)).password("home")

    async def test_out_of_order(self) -> None:
        """Whatever else a keyring raises is told shortly, and tried again."""
        with pytest.raises(KeyringLocked, match="bus went away"):
            await with_backends(Failing(OSError("bus\nwent away"))).password("home")

    async def test_waiting_for_an_answer(self) -> None:
        """A keyring that does not answer holds nothing up, and is not asked twice at once."""
        answered, calls = threading.Event(), []

        class Waiting(Drawer):
            def get_password(self, service: str, username: str) -> str | None:
                calls.append(username)
                answered.wait(30)
                return "kept"

        patient = with_backends(Waiting(), limit=0.05)
        for _ in range(3):
            with pytest.raises(KeyringLocked):
                await patient.password("home")
        assert calls == ["home"]
        answered.set()
        for _ in range(100):
            try:
                assert await patient.password("home") == "kept"
                break
            except KeyringLocked:
                await asyncio.sleep(0.01)
        else:
            pytest.fail("the answer never came")

    async def test_store_and_forget(self) -> None:
        """What is stored is found, and what is forgotten is gone."""
        drawer = Drawer()
        keeper = with_backends(drawer)
        await keeper.store("home", "s3cret")
        assert await keeper.password("home") == "s3cret"
        assert await keeper.forget("home")
        assert not await keeper.forget("home")


class TestPlaintext:
    @pytest.fixture
    def choose(self, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
        """Make `keyring` choose a backend, or a chain of several."""

        def chosen(*backends: keyring.backend.KeyringBackend) -> None:
            class Chain(Drawer):
                pass

            chain = Chain()
            chain.backends = backends  # type: ignore[attr-defined]
            monkeypatch.setattr(keyring, "get_keyring", lambda: chain)

        return chosen

    @staticmethod
    def plain() -> keyring.backend.KeyringBackend:
        """What the package keyrings.alt brings."""
        kind = type("PlaintextKeyring", (Drawer,), {"__module__": "keyrings.alt.file"})
        made: keyring.backend.KeyringBackend = kind(home="for all to see")
        return made

    def test_alone_is_refused(self, choose: Callable[..., None]) -> None:
        """A keyring that is a plain file is refused with the reason."""
        choose(self.plain())
        with pytest.raises(SecretMissing, match="anybody who gets at it can read"):
            secrets.usable_backends()

    def test_is_left_out_of_a_chain(self, choose: Callable[..., None]) -> None:
        """Beside a real keyring, the plain file is passed over."""
        real = Drawer()
        choose(real, self.plain())
        assert secrets.usable_backends() == [real]

    async def test_is_never_read(self, choose: Callable[..., None]) -> None:
        """A secret that lies in a plain file is not taken from there."""
        choose(Drawer(), self.plain())
        with pytest.raises(SecretMissing, match="No password is kept"):
            await Secrets().password("home")

    def test_none_at_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where `keyring` finds nothing, there is nothing to use."""
        monkeypatch.setattr(keyring, "get_keyring", keyring.backends.fail.Keyring)
        monkeypatch.setattr(keyring.core, "init_backend", lambda: None)
        assert secrets.usable_backends() == []


class TestSecretService:
    """The real thing: GNOME Keyring on a D-Bus of its own."""

    SCRIPT = """
import asyncio, json, os, subprocess, sys
from pathlib import Path
from agent.adapters.clock import SystemClock
from agent.adapters.oauth.grants import Granted
from agent.adapters.oauth.providers import client_for
from agent.adapters.oauth.tokens import Tokens
from agent.adapters.secrets import Secrets
from agent.config import Account
from agent.errors import FollowthroughError

UNLOCK = ["gnome-keyring-daemon", "--replace", "--unlock", "--components=secrets"]

async def act(step, secrets):
    if step == "unlock":
        return subprocess.run(UNLOCK, input=b"pw", capture_output=True, check=True) and "unlocked"
    if step in ("keep", "access", "sign_out"):
        return await of_a_token(step, secrets)
    if step == "store":
        return await secrets.store("home", "hünter2")
    return await getattr(secrets, step)("home")

async def of_a_token(step, secrets):
    oauth = json.loads(os.environ["OAUTH"])
    client = client_for("home", Account(host="i.example", username="ada", oauth=oauth["table"]))
    tokens = Tokens(client, secrets, Path(os.environ["HOME"], "state"), SystemClock())
    if step == "keep":
        return await tokens.keep(Granted("", oauth["refresh_token"]))
    if step == "sign_out":
        return await tokens.forget()
    return (await tokens.access()).partition("-")[0]

async def main():
    secrets = Secrets(keyring_limit=20)
    for step in sys.argv[1:]:
        try:
            print(step, await act(step, secrets), sep=": ")
        except FollowthroughError as error:
            print(step, type(error).__name__, sep=": ")

asyncio.run(main())
"""

    @pytest.fixture
    def session(self, tmp_path: Path, need: Callable[..., Path]) -> Callable[..., list[str]]:
        """Run steps in one desktop session of a user of its own; returns what each gave."""
        need("gnome-keyring-daemon", package="gnome-keyring")
        bus = need("dbus-run-session", package="dbus-daemon")
        script = tmp_path / "steps.py"
        script.write_text(self.SCRIPT, "utf-8")
        runtime = tmp_path / "run"
        runtime.mkdir(mode=0o700)
        keep = ("PATH", "LANG", "LC_ALL")
        environ = {name: os.environ[name] for name in keep if name in os.environ} | {
            "HOME": str(tmp_path),
            "XDG_RUNTIME_DIR": str(runtime),
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
        }

        def run(steps: Sequence[str], **more: str) -> list[str]:
            done = subprocess.run(
                [bus, "--", sys.executable, str(script), *steps],
                env=environ | more,
                capture_output=True,
                encoding="utf-8",
                timeout=60,
                check=False,
            )
            # The daemon that D-Bus starts writes a line of its own now and then.
            lines = [x for x in done.stdout.splitlines() if x.partition(":")[0] in steps]
            return lines or [done.stderr]

        return run

    def test_set_read_forget(self, session: Callable[[Sequence[str]], list[str]]) -> None:
        """A secret is stored, found again and removed in the real Secret Service."""
        assert session(["unlock", "password", "store", "password", "forget", "password"]) == [
            "unlock: unlocked",
            "password: SecretMissing",
            "store: SecretService Keyring",
            "password: hünter2",
            "forget: True",
            "password: SecretMissing",
        ]

    def test_locked_at_start(self, session: Callable[[Sequence[str]], list[str]]) -> None:
        """A keyring that is locked at start is waited for; once unlocked, it answers."""
        session(["unlock", "store"])
        assert session(["password", "unlock", "password"]) == [
            "password: KeyringLocked",
            "unlock: unlocked",
            "password: hünter2",
        ]

    def test_a_token_locked_at_start(
        self, session: Callable[..., list[str]], oauth: OAuthServer, tmp_path: Path
    ) -> None:
        """Row 36: a sign-in waits for a locked keyring; unlocked, it goes on and rotates."""
        oauth.rotating = True
        table = {
            "provider": "other",
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "scopes": ["mail"],
            "authorize_url": oauth.url("authorize"),
            "token_url": oauth.url("token"),
        }
        kept = {"OAUTH": json.dumps({"table": table, "refresh_token": oauth.sign_in()})}
        assert session(["unlock", "access", "keep", "access", "access"], **kept) == [
            "unlock: unlocked",
            "access: SecretMissing",
            "keep: SecretService Keyring",
            "access: access",
            "access: access",
        ]
        before = len(oauth.requests)
        assert session(["access"], **kept) == ["access: KeyringLocked"]
        assert len(oauth.requests) == before
        assert session(["access", "unlock", "access", "sign_out", "access"], **kept) == [
            "access: KeyringLocked",
            "unlock: unlocked",
            "access: access",
            "sign_out: True",
            "access: SecretMissing",
        ]
        lying = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        (token,) = oauth.refresh_tokens
        assert token.encode() not in lying
