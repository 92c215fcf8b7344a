"""How the user consents: by a code that they type, or by their browser's answer to this machine."""

import asyncio
import socket
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from agent.adapters.oauth import device, loopback
from agent.adapters.oauth.device import Prompt
from agent.adapters.oauth.providers import client_for
from agent.config import Account
from agent.errors import (
    FollowthroughError,
    ProtocolError,
    ServerUnavailable,
    SignInRefused,
    UsageError,
)
from tests.adapters.test_oauth import client_at
from tests.servers.oauth import CLIENT_ID, OAuthServer
from tests.servers.signing import oauth

__all__ = ["oauth"]


@dataclass
class Patience:
    """A steady clock that sleeping moves, and the pauses that were made."""

    now: float = 1000.0

    def __post_init__(self) -> None:
        self.pauses: list[float] = []

    def steady(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


class TestDevice:
    @pytest.fixture
    def time(self) -> Patience:
        return Patience()

    async def sign_in(
        self, server: OAuthServer, time: Patience, told: list[Prompt] | None = None
    ) -> str:
        """The refresh token that the flow ends with."""
        granted = await device.sign_in(
            client_at(server, device_url=server.url("device")),
            (told if told is not None else []).append,
            sleep=time.sleep,
            steady=time.steady,
        )
        return granted.refresh_token

    async def test_the_user_types_a_code(self, oauth: OAuthServer, time: Patience) -> None:
        """They are told where and what; their consent ends in a refresh token."""
        told: list[Prompt] = []
        oauth.device.extend(["authorization_pending"] * 2)
        assert await self.sign_in(oauth, time, told) in oauth.refresh_tokens
        (prompt,) = told
        assert (prompt.page, prompt.code, prompt.seconds) == (oauth.url("device"), "WDJB-MJHT", 900)
        assert prompt.direct.endswith("user_code=WDJB-MJHT")
        assert time.pauses == [5, 5, 5]
        assert oauth.asked("device")[0] == {"client_id": CLIENT_ID, "scope": "mail offline_access"}

    async def test_slow_down_holds_for_good(self, oauth: OAuthServer, time: Patience) -> None:
        """RFC 8628, 3.5: five seconds more, for this and all later questions."""
        oauth.device.extend(["slow_down", "authorization_pending", "slow_down"])
        await self.sign_in(oauth, time)
        assert time.pauses == [5, 10, 10, 15]

    @pytest.mark.parametrize("interval", ["7", 7, 7.0])
    async def test_the_interval_asked_for(
        self, oauth: OAuthServer, time: Patience, interval: object
    ) -> None:
        """A number of seconds, however it is written."""
        oauth.interval = interval
        await self.sign_in(oauth, time)
        assert time.pauses == [7]

    @pytest.mark.parametrize("interval", [None, "soon", -1, 0, float("inf")])
    async def test_an_interval_that_is_none(
        self, oauth: OAuthServer, time: Patience, interval: object
    ) -> None:
        """Five seconds, where nothing usable is said."""
        oauth.interval = interval
        await self.sign_in(oauth, time)
        assert time.pauses == [5]

    @pytest.mark.parametrize("error", ["access_denied", "authorization_declined"])
    async def test_the_user_refuses(self, oauth: OAuthServer, time: Patience, error: str) -> None:
        """A no is a no: told as such, nothing is asked again."""
        oauth.device.extend(["authorization_pending", error])
        with pytest.raises(SignInRefused, match=r"was refused at .*by you or"):
            await self.sign_in(oauth, time)
        assert len(oauth.asked("token")) == 2

    async def test_the_code_expires_there(self, oauth: OAuthServer, time: Patience) -> None:
        """expired_token: the command gives a new code."""
        oauth.device.append("expired_token")
        with pytest.raises(SignInRefused, match=r"not used in time.*followthrough login home"):
            await self.sign_in(oauth, time)

    async def test_the_time_runs_out_here(self, oauth: OAuthServer, time: Patience) -> None:
        """A provider that never says so is not asked for ever."""
        oauth.interval = 100
        oauth.device.extend(["authorization_pending"] * 1000)
        with pytest.raises(SignInRefused, match="not used in time"):
            await self.sign_in(oauth, time)
        assert time.pauses == [100] * 8

    async def test_the_network_fails_for_a_moment(self, oauth: OAuthServer, time: Patience) -> None:
        """The user types on their telephone meanwhile; a pause that is asked for is kept."""
        oauth.broken.append((503, {"Retry-After": "30"}, b""))
        assert await self.sign_in(oauth, time) in oauth.refresh_tokens
        assert time.pauses == [5, 30]

    async def test_a_time_out_slows_the_questions_down(
        self, oauth: OAuthServer, time: Patience, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """RFC 8628, 3.5: the interval doubles."""
        from agent.adapters.oauth import grants
        from agent.adapters.oauth.post import TimedOut, post

        tries = 0

        async def late(url: str, form: dict[str, str]) -> dict[str, object]:
            nonlocal tries
            tries += 1
            if tries < 3:
                raise TimedOut("no answer")
            return await post(url, form)

        monkeypatch.setattr(grants, "post", late)
        await self.sign_in(oauth, time)
        assert time.pauses == [5, 10, 20]

    async def test_no_network_at_the_start(self, oauth: OAuthServer, time: Patience) -> None:
        """Without a code there is nothing to wait for."""
        client = client_at(oauth, device_url="http://127.0.0.1:9/device")
        with pytest.raises(ServerUnavailable, match=r"127\.0\.0\.1:9 cannot be reached"):
            await device.sign_in(client, lambda _: None)

    async def test_an_answer_without_a_code(self, oauth: OAuthServer) -> None:
        """A wrong address, mostly."""
        client = client_at(oauth, device_url=oauth.url("introspect"))
        with pytest.raises(ProtocolError, match="without a code for you to type"):
            await device.sign_in(client, lambda _: None)

    async def test_an_unknown_client(self, oauth: OAuthServer) -> None:
        """The first request tells already that the client id is wrong."""
        client = client_at(oauth, device_url=oauth.url("device"), client_id="nobody")
        with pytest.raises(SignInRefused, match=r"accounts\.home\.oauth\.client_id"):
            await device.sign_in(client, lambda _: None)


def visit(address: str) -> tuple[int, str]:
    """A browser: follows redirects; what the last page's status was, and its text."""
    try:
        with urllib.request.urlopen(address, timeout=10) as page:  # noqa: S310 - http
            return page.status, page.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


class Browser:
    """Opens what it is shown, in a thread of its own, after some other visits."""

    def __init__(self, *before: Callable[[str, str], str]) -> None:
        self.before = before
        self.address = ""
        self.pages: list[tuple[int, str]] = []
        self.task: asyncio.Task[None] | None = None

    def show(self, address: str) -> None:
        self.address = address
        self.task = asyncio.ensure_future(self._visit())

    async def _visit(self) -> None:
        for forged in self.before:
            other = forged(self.query["redirect_uri"], self.query["state"])
            self.pages.append(await asyncio.to_thread(visit, other))
        self.pages.append(await asyncio.to_thread(visit, self.address))

    @property
    def query(self) -> dict[str, str]:
        return {name: v[0] for name, v in parse_qs(urlsplit(self.address).query).items()}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class TestLoopback:
    async def test_the_browser_answers(self, oauth: OAuthServer) -> None:
        """Consent, redirect to this machine, code, tokens; the page says that it is done."""
        browser = Browser()
        granted = await loopback.sign_in(client_at(oauth), browser.show)
        assert granted.refresh_token in oauth.refresh_tokens
        assert browser.task is not None
        await browser.task
        ((status, page),) = browser.pages
        assert status == 200
        assert "You can close this page" in page

    async def test_what_is_asked_for(self, oauth: OAuthServer) -> None:
        """PKCE by S256, a state, and the user's own name so that the right account is offered."""
        browser = Browser()
        await loopback.sign_in(client_at(oauth), browser.show)
        query = browser.query
        assert query["redirect_uri"].startswith("http://127.0.0.1:")
        assert query["code_challenge_method"] == "S256"
        assert len(query["code_challenge"]) == 43
        assert len(query["state"]) >= 32
        assert (query["login_hint"], query["scope"]) == ("ada", "mail offline_access")
        (form,) = oauth.asked("token")
        assert 43 <= len(form["code_verifier"]) <= 128
        assert form["redirect_uri"] == query["redirect_uri"]

    async def test_the_code_is_of_no_use_without_the_verifier(self, oauth: OAuthServer) -> None:
        """Whoever catches the redirect cannot redeem it: the server holds us to PKCE."""
        reply = oauth.authorize(
            {
                "client_id": CLIENT_ID,
                "redirect_uri": "http://127.0.0.1:1",
                "response_type": "code",
                "code_challenge_method": "S256",
                "code_challenge": "x" * 43,
                "state": "s",
            }
        )
        code = parse_qs(urlsplit(reply[1]["Location"]).query)["code"][0]
        from agent.adapters.oauth.grants import redeemed

        with pytest.raises(FollowthroughError, match="wrong code or verifier"):
            await redeemed(client_at(oauth), code, "guess", "http://127.0.0.1:1")

    async def test_the_user_refuses(self, oauth: OAuthServer) -> None:
        """access_denied comes back by the browser, and is told."""
        oauth.consent = False
        with pytest.raises(SignInRefused, match="was refused at"):
            await loopback.sign_in(client_at(oauth), Browser().show)
        assert oauth.asked("token") == []

    @pytest.mark.parametrize(
        "forged",
        [
            lambda to, _: f"{to}/?code=forged&state=guess",
            lambda to, _: f"{to}/?code=forged",
            lambda to, _: f"{to}/?error=access_denied&state=guess",
            lambda to, _: f"{to}/favicon.ico",
            lambda to, state: f"{to}/other?code=forged&state={state}",
            lambda to, state: f"{to}/?state={state}",
            lambda to, _: f"{to}/?{'&'.join(f'a{n}=1' for n in range(99))}",
        ],
    )
    async def test_a_foreign_request_neither_counts_nor_ends_the_wait(
        self, oauth: OAuthServer, forged: Callable[[str, str], str]
    ) -> None:
        """Any page can send a request to the port; only the answer to our question is taken."""
        browser = Browser(forged)
        granted = await loopback.sign_in(client_at(oauth), browser.show)
        assert granted.refresh_token in oauth.refresh_tokens
        assert browser.pages[0][0] == 404
        assert [form["code"] for form in oauth.asked("token")] != ["forged"]

    @pytest.mark.parametrize(
        "said", [b"", b"GET / HTTP/1.1\r\nX: " + b"y" * 50_000, b"\xff\r\n\r\n"]
    )
    async def test_a_connection_that_is_no_browser(self, oauth: OAuthServer, said: bytes) -> None:
        """A silent, an endless and a senseless request are dropped; the browser is heard after."""
        browser, sockets = Browser(), []

        def show(address: str) -> None:
            port = urlsplit(parse_qs(urlsplit(address).query)["redirect_uri"][0]).port
            sockets.append(socket.create_connection(("127.0.0.1", port), 5))
            sockets[0].sendall(said)
            browser.show(address)

        granted = await loopback.sign_in(client_at(oauth), show)
        sockets[0].close()
        assert granted.refresh_token in oauth.refresh_tokens

    async def test_a_closed_browser(self, oauth: OAuthServer) -> None:
        """Nothing comes: the wait has an end, and the port is free again."""
        port = free_port()
        client = client_at(oauth, redirect_port=port)
        with pytest.raises(SignInRefused, match="No answer came from the browser"):
            await loopback.sign_in(client, lambda _: None, patience=0.05)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), 1)

    async def test_a_port_that_is_taken(self, oauth: OAuthServer) -> None:
        """Which port, and that the line can go."""
        with socket.socket() as holder:
            holder.bind(("127.0.0.1", 0))
            holder.listen()
            port = holder.getsockname()[1]
            with pytest.raises(UsageError, match=rf"Port {port} .* is taken.*redirect_port"):
                await loopback.sign_in(client_at(oauth, redirect_port=port), lambda _: None)

    async def test_only_this_machine_can_answer(self, oauth: OAuthServer) -> None:
        """The port is bound to the loopback address, whatever it is called to the provider."""
        client = replace(client_at(oauth), redirect_host="localhost")
        browser = Browser()
        bound: list[str] = []
        real = asyncio.start_server

        async def watched(callback: object, host: str, *rest: object, **more: object) -> object:
            bound.append(host)
            return await real(callback, host, *rest, **more)  # type: ignore[arg-type]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(asyncio, "start_server", watched)
            await loopback.sign_in(client, browser.show)
        assert bound == ["127.0.0.1"]
        assert browser.query["redirect_uri"].startswith("http://localhost:")

    async def test_a_provider_that_gives_no_refresh_token(self, oauth: OAuthServer) -> None:
        """Such a sign-in would end within the hour: told, with the scope that is missing."""
        oauth.with_refresh_token = False
        with pytest.raises(SignInRefused, match="offline_access"):
            await loopback.sign_in(client_at(oauth), Browser().show)

    async def test_the_network_goes_after_the_browser(self, oauth: OAuthServer) -> None:
        """The code cannot be redeemed: told as a matter of the network."""
        client = replace(client_at(oauth), token_url="http://127.0.0.1:9/token")
        with pytest.raises(ServerUnavailable, match="cannot be reached"):
            await loopback.sign_in(client, Browser().show)


class RealBrowser(Browser):
    """Headless Chromium: what it shows of the last page."""

    async def _visit(self) -> None:
        with tempfile.TemporaryDirectory(prefix="chromium-") as profile:
            browser = await asyncio.create_subprocess_exec(
                *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"),
                *(f"--user-data-dir={profile}", self.address),
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
            out, _ = await browser.communicate()
        self.pages.append((browser.returncode or 0, out.decode()))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_real_browser(oauth: OAuthServer, host: str, need: Callable[..., Path]) -> None:
    """Chromium, with its connections ahead and its favicon, by either name of this machine."""
    need("chromium")
    browser = RealBrowser()
    client = replace(client_at(oauth), redirect_host=host)
    granted = await loopback.sign_in(client, browser.show, patience=60)
    assert granted.refresh_token in oauth.refresh_tokens
    assert browser.task is not None
    await browser.task
    assert "You can close this page" in browser.pages[0][1]


class TestProviders:
    """What is known of the two big ones."""

    @staticmethod
    def account(**oauth: object) -> Account:
        return Account(host="i.example", username="ada", oauth={"client_id": "id", **oauth})  # type: ignore[arg-type]

    def test_microsoft(self) -> None:
        """The device flow, the tenant in every address, sending only where it is needed."""
        client = client_for("work", self.account(provider="microsoft", tenant="corp.example"))
        base = "https://login.microsoftonline.com/corp.example/oauth2/v2.0/"
        assert (client.device_url, client.token_url) == (f"{base}devicecode", f"{base}token")
        assert client.flow == "device"
        assert not any("SMTP" in scope for scope in client.scopes)
        with_smtp = client_for("work", self.account(provider="microsoft"), smtp=True)
        assert "https://outlook.office.com/SMTP.Send" in with_smtp.scopes
        assert "/common/" in with_smtp.token_url

    def test_google(self) -> None:
        """The loopback flow, one scope for mail, and a refresh token at every consent."""
        client = client_for("home", self.account(provider="google"))
        assert (client.flow, client.redirect_host) == ("loopback", "127.0.0.1")
        assert client.scopes == ("https://mail.google.com/",)
        assert dict(client.extra) == {"access_type": "offline", "prompt": "consent"}

    def test_another(self) -> None:
        """Is named by the host that gives its tokens."""
        account = self.account(
            provider="other",
            scopes=["mail"],
            token_url="https://login.mail.example/token",
            device_url="https://login.mail.example/device",
        )
        client = client_for("home", account)
        assert (client.title, client.flow) == ("login.mail.example", "device")


def test_the_flow_can_be_chosen(oauth: OAuthServer) -> None:
    """Some organisations forbid codes that are typed; Microsoft's browser way is there too."""
    account = Account(
        host="i.example",
        username="ada",
        oauth={"provider": "microsoft", "client_id": "id", "flow": "loopback"},  # type: ignore[arg-type]
    )
    client = client_for("work", account)
    assert client.flow == "loopback"
    assert client.redirect_host == "localhost"
    assert client.authorize_url.endswith("/common/oauth2/v2.0/authorize")
