"""Tokens: kept in the keyring, renewed at each login, and what is said when they are refused."""

import asyncio
import json
import logging
import socket
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import keyring.errors
import pytest

from agent.adapters.oauth import post as posting
from agent.adapters.oauth import tokens as storing
from agent.adapters.oauth.grants import Granted
from agent.adapters.oauth.post import Refusal, post
from agent.adapters.oauth.providers import Client, client_for
from agent.adapters.oauth.tokens import Tokens, record, record_file
from agent.adapters.secrets import Secrets
from agent.config import Account
from agent.errors import (
    FollowthroughError,
    KeyringLocked,
    ProtocolError,
    SecretMissing,
    ServerUnavailable,
    SignInLapsed,
    SignInRefused,
)
from tests.adapters.test_secrets import Drawer
from tests.servers.oauth import CLIENT_ID, CLIENT_SECRET, SCOPES, OAuthServer
from tests.servers.signing import oauth

__all__ = ["oauth"]

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


class SetClock:
    """A clock that is set by hand."""

    def __init__(self, now: datetime = NOW) -> None:
        self.at = now

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


class Locking(Drawer):
    """A keyring that can be locked, for reading or for writing."""

    unreadable = unwritable = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.unreadable:
            raise keyring.errors.KeyringLocked("locked")
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.unwritable:
            raise keyring.errors.KeyringLocked("locked")
        super().set_password(service, username, password)


def account_at(server: OAuthServer, **more: object) -> Account:
    """An account that signs in at the local server."""
    table = {
        "provider": "other",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "scopes": list(SCOPES),
        "authorize_url": server.url("authorize"),
        "token_url": server.url("token"),
    }
    return Account(host="imap.mail.example", username="ada", oauth={**table, **more})  # type: ignore[arg-type]


def client_at(server: OAuthServer, **more: object) -> Client:
    return client_for("home", account_at(server, **more))


@pytest.fixture
def drawer() -> Locking:
    """The user's keyring."""
    return Locking()


@pytest.fixture
def make(oauth: OAuthServer, drawer: Locking, tmp_path: Path) -> Callable[..., Tokens]:
    """The tokens of the account "home"; each call is another process's."""

    def made(client: Client | None = None, clock: SetClock | None = None) -> Tokens:
        keeper = Secrets(backends=lambda: [drawer])
        return Tokens(client or client_at(oauth), keeper, tmp_path / "state", clock or SetClock())

    return made


class TestRenewal:
    async def test_at_each_login(
        self, oauth: OAuthServer, drawer: Locking, make: Callable[..., Tokens]
    ) -> None:
        """Row 15: every login gets an access token of its own, for the refresh token that is kept."""
        drawer.kept["home:oauth"] = oauth.sign_in()
        tokens = make()
        first, second = await tokens.access(), await tokens.access()
        assert first != second
        assert {first, second} <= set(oauth.access_tokens)
        assert len(oauth.asked("token")) == 2

    async def test_a_new_refresh_token_is_kept_before_the_access_token_is_used(
        self, oauth: OAuthServer, drawer: Locking, make: Callable[..., Tokens]
    ) -> None:
        """Rotation: the keyring holds the new one as soon as there is something to use."""
        oauth.rotating = True
        drawer.kept["home:oauth"] = old = oauth.sign_in()
        for _ in range(3):
            await make().access()
        assert drawer.kept["home:oauth"] != old
        assert [drawer.kept["home:oauth"]] == list(oauth.refresh_tokens)

    async def test_two_processes_take_turns(
        self, oauth: OAuthServer, drawer: Locking, make: Callable[..., Tokens]
    ) -> None:
        """Nobody uses a refresh token that another one has just used up."""
        oauth.rotating = True
        drawer.kept["home:oauth"] = oauth.sign_in()
        found = await asyncio.gather(*(make().access() for _ in range(5)))
        assert len(set(found)) == 5
        assert list(oauth.refresh_tokens) == [drawer.kept["home:oauth"]]

    async def test_a_renewal_that_is_called_off_is_saved(
        self, oauth: OAuthServer, drawer: Locking, make: Callable[..., Tokens]
    ) -> None:
        """The program ends while the provider answers: the new token is not lost with it."""
        oauth.rotating = True
        drawer.kept["home:oauth"] = old = oauth.sign_in()
        oauth.going.clear()
        login = asyncio.create_task(make().access())
        while not oauth.requests:  # noqa: ASYNC110 - the server is a thread
            await asyncio.sleep(0.01)
        login.cancel()
        await asyncio.sleep(0)
        oauth.going.set()
        with pytest.raises(asyncio.CancelledError):
            await login
        assert drawer.kept["home:oauth"] != old
        assert [drawer.kept["home:oauth"]] == list(oauth.refresh_tokens)

    async def test_a_renewal_that_is_called_off_ends_soon(
        self,
        oauth: OAuthServer,
        drawer: Locking,
        make: Callable[..., Tokens],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """A provider that does not answer does not hold up the end; the lock is given back."""
        monkeypatch.setattr(storing, "_LAST_MOMENT", 0.05)
        drawer.kept["home:oauth"] = oauth.sign_in()
        oauth.going.clear()
        login = asyncio.create_task(make().access())
        while not oauth.requests:  # noqa: ASYNC110 - the server is a thread
            await asyncio.sleep(0.01)
        login.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(login, 5)
        oauth.going.set()
        assert await make().access() in oauth.access_tokens

    async def test_what_could_not_be_saved_is_saved_first(
        self, oauth: OAuthServer, drawer: Locking, make: Callable[..., Tokens]
    ) -> None:
        """A keyring that locks itself in between costs the login, never the sign-in."""
        oauth.rotating, drawer.unwritable = True, True
        drawer.kept["home:oauth"] = oauth.sign_in()
        tokens = make()
        for _ in range(2):
            with pytest.raises(KeyringLocked):
                await tokens.access()
        assert len(oauth.asked("token")) == 1
        drawer.unwritable = False
        assert await tokens.access() in oauth.access_tokens
        assert [drawer.kept["home:oauth"]] == list(oauth.refresh_tokens)

    async def test_what_could_not_be_saved_gives_way_to_a_newer_sign_in(
        self, oauth: OAuthServer, drawer: Locking, make: Callable[..., Tokens]
    ) -> None:
        """The user signed in anew meanwhile: that is what holds."""
        oauth.rotating, drawer.unwritable = True, True
        drawer.kept["home:oauth"] = oauth.sign_in()
        tokens = make()
        with pytest.raises(KeyringLocked):
            await tokens.access()
        drawer.unwritable, oauth.rotating = False, False
        await make().keep(Granted("access", newer := oauth.sign_in()))
        await tokens.access()
        assert drawer.kept["home:oauth"] == newer

    @pytest.mark.parametrize("rotating", [True, False])
    async def test_a_kill_between_the_answer_and_the_keyring_costs_a_sign_in_at_most(
        self,
        oauth: OAuthServer,
        drawer: Locking,
        make: Callable[..., Tokens],
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
        rotating: bool,
    ) -> None:
        """Row 15: where the old token is taken still, nothing; else the user is asked, once."""

        class Killed(Exception):
            pass

        async def die(_: Tokens) -> str:
            raise Killed

        oauth.rotating = True
        drawer.kept["home:oauth"] = old = oauth.sign_in()
        with monkeypatch.context() as patched:
            patched.setattr(Tokens, "_save", die)
            with pytest.raises(Killed):
                await make().access()
        assert drawer.kept["home:oauth"] == old
        if not rotating:  # Google hands out no new one; Microsoft goes on taking the old one
            oauth.rotating = False
            oauth.used_up.clear()
            oauth.refresh_tokens[old] = next(iter(oauth.refresh_tokens.values()))
            assert await make().access() in oauth.access_tokens
            return
        anew = make()
        for _ in range(2):
            with pytest.raises(SignInLapsed, match="followthrough login home"):
                await anew.access()
        assert len(oauth.asked("token")) == 2
        assert record(tmp_path / "state", "home").lapsed
        await anew.keep(Granted("access", oauth.sign_in()))
        assert await make().access() in oauth.access_tokens

    @pytest.mark.parametrize("wrong", [timedelta(days=-400), timedelta(days=400)])
    async def test_a_wrong_clock_does_not_matter(
        self, oauth: OAuthServer, drawer: Locking, make: Callable[..., Tokens], wrong: timedelta
    ) -> None:
        """Clock skew: no time of this machine's is ever compared with the provider's."""
        drawer.kept["home:oauth"] = oauth.sign_in()
        clock = SetClock()
        tokens = make(clock=clock)
        await tokens.access()
        clock.at += wrong
        oauth.expire_access_tokens()
        assert await tokens.access() in oauth.access_tokens

    async def test_the_record_says_when(
        self, oauth: OAuthServer, drawer: Locking, make: Callable[..., Tokens], tmp_path: Path
    ) -> None:
        """When the token was renewed is written down, for the user's eyes alone, without it."""
        drawer.kept["home:oauth"] = refresh = oauth.sign_in()
        access = await make().access()
        file = record_file(tmp_path / "state", "home")
        assert record(tmp_path / "state", "home").renewed == NOW
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        assert access not in file.read_text()
        assert refresh not in file.read_text()

    @pytest.mark.parametrize("text", ["", "{", "[]", '{"renewed": 3}', '{"renewed": "2026"}'])
    def test_a_record_that_cannot_be_read_says_nothing(self, text: str, tmp_path: Path) -> None:
        """A damaged record is as good as none."""
        file = record_file(tmp_path, "home")
        file.parent.mkdir()
        file.write_text(text)
        assert record(tmp_path, "home").renewed is None

    async def test_a_state_folder_that_cannot_be_written_to_is_no_obstacle(
        self, oauth: OAuthServer, drawer: Locking, make: Callable[..., Tokens], tmp_path: Path
    ) -> None:
        """Then there is no record, and the login goes on."""
        (tmp_path / "state").write_text("a file in the way")
        drawer.kept["home:oauth"] = oauth.sign_in()
        assert await make().access() in oauth.access_tokens


class TestRefused:
    async def test_nobody_signed_in_yet(self, make: Callable[..., Tokens]) -> None:
        """Before the first sign-in, the error names the very command."""
        with pytest.raises(SecretMissing, match="followthrough login home"):
            await make().access()

    async def test_a_lapsed_sign_in_is_asked_about_once(
        self, oauth: OAuthServer, drawer: Locking, make: Callable[..., Tokens], tmp_path: Path
    ) -> None:
        """Row 15: told with what to do; no further request goes out for that token."""
        drawer.kept["home:oauth"] = oauth.sign_in()
        tokens = make()
        oauth.end_sign_ins()
        for _ in range(3):
            with pytest.raises(SignInLapsed, match="Sign in again: followthrough login home"):
                await tokens.access()
        assert len(oauth.asked("token")) == 1
        assert record(tmp_path / "state", "home").lapsed

    async def test_a_new_sign_in_by_another_process_is_found(
        self, oauth: OAuthServer, drawer: Locking, make: Callable[..., Tokens], tmp_path: Path
    ) -> None:
        """What `login` keeps is used at the next attempt, without a restart."""
        drawer.kept["home:oauth"] = "refresh-of-old"
        tokens = make()
        with pytest.raises(SignInLapsed):
            await tokens.access()
        await make().keep(Granted("access", oauth.sign_in()))
        assert await tokens.access() in oauth.access_tokens
        assert not record(tmp_path / "state", "home").lapsed

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"client_id": "somebody-else"}, r"client_id and client_secret"),
            ({"client_secret": "wr0ng-secret"}, r"client_id and client_secret"),
        ],
    )
    async def test_a_wrong_client_is_the_configurations_fault(
        self,
        oauth: OAuthServer,
        drawer: Locking,
        make: Callable[..., Tokens],
        change: dict[str, str],
        told: str,
    ) -> None:
        """invalid_client: which keys to look at; the refresh token is not blamed."""
        drawer.kept["home:oauth"] = oauth.sign_in()
        with pytest.raises(SignInRefused, match=told) as caught:
            await make(client_at(oauth, **change)).access()
        assert not isinstance(caught.value, SignInLapsed)
        assert "wr0ng" not in str(caught.value)

    async def test_a_locked_keyring_is_waited_for(
        self, oauth: OAuthServer, drawer: Locking, make: Callable[..., Tokens]
    ) -> None:
        """No request goes out before the keyring is open."""
        drawer.unreadable = True
        with pytest.raises(KeyringLocked):
            await make().access()
        assert oauth.requests == []

    async def test_secrets_are_neither_logged_nor_told(
        self,
        oauth: OAuthServer,
        drawer: Locking,
        make: Callable[..., Tokens],
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """A provider that repeats the token in its error does not get it into ours."""
        drawer.kept["home:oauth"] = "refresh-top-hush"
        with caplog.at_level(logging.DEBUG), pytest.raises(SignInLapsed) as caught:
            await make().access()
        assert "no longer valid" in str(caught.value)
        assert "hush" not in str(caught.value) + caplog.text
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__

    def test_nothing_secret_is_in_a_repr(self, oauth: OAuthServer) -> None:
        """What shows up in a traceback or a debugger is without secrets."""
        shown = repr((client_at(oauth), account_at(oauth), Granted("access-x", "refresh-x")))
        assert CLIENT_SECRET not in shown
        assert "access-x" not in shown
        assert "refresh-x" not in shown


class TestForget:
    async def test_removes_and_revokes(
        self, oauth: OAuthServer, drawer: Locking, make: Callable[..., Tokens], tmp_path: Path
    ) -> None:
        """Signed out: gone from the keyring, and the provider knows."""
        drawer.kept["home:oauth"] = token = oauth.sign_in()
        client = replace(client_at(oauth), revoke_url=oauth.url("revoke"))
        assert await make(client).forget()
        assert drawer.kept == {}
        assert oauth.revoked == [token]
        assert not await make(client).forget()

    async def test_without_a_network_it_is_forgotten_all_the_same(
        self, oauth: OAuthServer, drawer: Locking, make: Callable[..., Tokens]
    ) -> None:
        """What the provider is not told of is gone here nevertheless."""
        drawer.kept["home:oauth"] = oauth.sign_in()
        client = replace(client_at(oauth), revoke_url="http://127.0.0.1:9/revoke")
        assert await make(client).forget()
        assert drawer.kept == {}


HTML = {"Content-Type": "text/html"}


class TestAnswers:
    """What a provider, or what stands in its place, may answer a token request with."""

    @pytest.mark.parametrize(
        ("reply", "told"),
        [
            ((503, {"Retry-After": "120"}, b"busy"), "come back later"),
            ((429, {}, b"{}"), "come back later"),
            ((200, HTML, b"<h1>Welcome to our hotel</h1>"), "a network that wants you to sign in"),
            ((302, {"Location": "http://127.0.0.1:9/portal"}, b""), "a network that wants you"),
            ((400, HTML, b"<h1>Bad request</h1>"), "a network that wants you"),
            ((400, {}, b'{"error": 3}'), "a network that wants you"),
            ((400, {}, b'{"error": "temporarily_unavailable"}'), "come back later"),
            ((200, {}, b"[" * 100_000), "a network that wants you"),
        ],
    )
    async def test_that_may_pass(
        self,
        oauth: OAuthServer,
        drawer: Locking,
        make: Callable[..., Tokens],
        reply: tuple[int, dict[str, str], bytes],
        told: str,
    ) -> None:
        """Trouble that passes leaves the sign-in as it is, and is tried again."""
        drawer.kept["home:oauth"] = oauth.sign_in()
        oauth.broken.append(reply)
        tokens = make()
        with pytest.raises(ServerUnavailable, match=told):
            await tokens.access()
        assert await tokens.access() in oauth.access_tokens

    @pytest.mark.parametrize(
        "answer",
        [
            {},
            {"access_token": "a b"},
            {"access_token": "a\r\nA1 LOGOUT"},
            {"access_token": 7},
            {"access_token": "x" * 20_000},
            {"access_token": "x", "token_type": "mac"},
        ],
    )
    async def test_without_a_token_that_can_be_used(
        self,
        oauth: OAuthServer,
        drawer: Locking,
        make: Callable[..., Tokens],
        answer: dict[str, object],
    ) -> None:
        """What could not be a bearer token never gets near a mail server."""
        drawer.kept["home:oauth"] = oauth.sign_in()
        oauth.broken.append((200, {}, json.dumps(answer).encode()))
        with pytest.raises(ProtocolError, match=r"127\.0\.0\.1"):
            await make().access()

    async def test_the_pause_that_was_asked_for(self, oauth: OAuthServer) -> None:
        """Retry-After is kept, within reason."""
        oauth.broken.extend(
            [(503, {"Retry-After": "120"}, b""), (503, {"Retry-After": "9" * 9}, b"")]
        )
        for seconds in (120.0, 3600.0):
            with pytest.raises(ServerUnavailable) as caught:
                await post(oauth.url("token"), {})
            assert caught.value.retry_after == seconds

    async def test_no_network(self) -> None:
        """A server that cannot be reached is named, and that it may be the network."""
        with pytest.raises(ServerUnavailable, match=r"127\.0\.0\.1:9 cannot be reached"):
            await post("http://127.0.0.1:9/token", {"refresh_token": "hush"})

    async def test_a_name_that_is_not_there(self) -> None:
        """Neither is a name that cannot be looked up a fault in the program."""
        with pytest.raises(ServerUnavailable, match="cannot be reached"):
            await post("https://login.invalid/token", {})

    async def test_a_server_that_never_answers(self) -> None:
        """The event loop goes on, and the wait has an end."""
        with socket.create_server(("127.0.0.1", 0)) as silent:
            port = silent.getsockname()[1]
            with pytest.raises(posting.TimedOut, match="did not answer in 0 s"):
                await post(f"http://127.0.0.1:{port}/token", {}, limit=0.1)

    async def test_an_untrusted_certificate(self, tmp_path: Path) -> None:
        """Nothing is sent to a server that cannot prove its name."""
        import ssl

        from tests.servers.tls import Authority

        issued = Authority(tmp_path).issue("server")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(issued.certificate, issued.key)
        heard: list[bytes] = []

        async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            heard.append(await reader.read())
            writer.close()

        server = await asyncio.start_server(listen, "127.0.0.1", 0, ssl=context)
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ServerUnavailable, match="nothing was sent"):
            await post(f"https://127.0.0.1:{port}/token", {"refresh_token": "hush"})
        server.close()
        assert heard == []

    async def test_a_refusal_is_one_short_line(self, oauth: OAuthServer) -> None:
        """Microsoft writes traces below the first line, and others write pages."""
        long = {
            "error": "x",
            "error_description": "AADSTS7000218: no\u202e way\r\nTrace: 77" + "y" * 999,
        }
        oauth.broken.append((400, {}, json.dumps(long).encode()))
        with pytest.raises(Refusal) as caught:
            await post(oauth.url("token"), {})
        assert caught.value.words == "x: AADSTS7000218: no  way"


async def test_every_error_is_the_users_to_solve(
    oauth: OAuthServer, drawer: Locking, make: Callable[..., Tokens]
) -> None:
    """Whatever error a provider names, it comes out as a sentence with an exit code."""
    for error in ("invalid_request", "invalid_scope", "unauthorized_client", "made_up"):
        drawer.kept["home:oauth"] = oauth.sign_in()
        oauth.broken.append((400, {}, json.dumps({"error": error}).encode()))
        with pytest.raises(FollowthroughError, match=error) as caught:
            await make().access()
        assert caught.value.exit_code == 77
