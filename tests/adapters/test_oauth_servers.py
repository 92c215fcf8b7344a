"""Access tokens shown to real servers: a Dovecot by IMAP, by both mechanisms; and one by SMTP."""

import asyncio
import base64
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope

from agent.adapters.imap import ImapMailbox, ImapSettings
from agent.adapters.oauth.tokens import Tokens
from agent.adapters.sasl import MECHANISMS, Exchange, chosen, error_words
from agent.adapters.secrets import Secrets
from agent.adapters.smtp import SmtpNotifier, SmtpSettings
from agent.errors import FollowthroughError, ServerUnavailable, SignInLapsed, SignInRefused
from tests.adapters.test_oauth import SetClock, client_at
from tests.adapters.test_secrets import Drawer
from tests.servers.dovecot import Dovecot
from tests.servers.oauth import OAuthServer
from tests.servers.signing import bearing, granting, oauth

__all__ = ["bearing", "granting", "oauth"]

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


class Signing:
    """An account of the Dovecot, whose tokens come from the OAuth server."""

    def __init__(self, dovecot: Dovecot, server: OAuthServer, folder: Path) -> None:
        self.server = server
        server.user, _ = dovecot.new_user()
        server.rotating = True
        self.drawer = Drawer(**{"home:oauth": server.sign_in()})
        keeper = Secrets(backends=lambda: [self.drawer])
        self.tokens = Tokens(client_at(server), keeper, folder, SetClock())
        self.settings = ImapSettings(
            "home",
            dovecot.host,
            server.user,
            port=dovecot.tls_port,
            ca_file=dovecot.ca_file,
            method="oauth",
        )
        self.mailbox = ImapMailbox(self.settings, self.tokens.access)


@pytest.fixture
def signing(bearing: Dovecot, granting: OAuthServer, tmp_path: Path) -> Signing:
    return Signing(bearing, granting, tmp_path / "state")


async def test_signing_in_to_a_real_server(signing: Signing) -> None:
    """By OAUTHBEARER and by XOAUTH2: each login shows a new token, which the server asks about."""
    before = len(signing.server.asked("token"))
    for _ in range(2):
        folders = await signing.mailbox.connect()
        assert folders.drafts == "Drafts"
        await signing.mailbox.close()
    shown = [form["token"] for form in signing.server.asked("introspect")]
    assert len(signing.server.asked("token")) - before >= 2
    assert len(set(shown)) == len(shown)


async def test_tokens_are_not_logged(signing: Signing, caplog: pytest.LogCaptureFixture) -> None:
    """Row 44: at DEBUG neither token is in the log, nor the response that carries one."""
    with caplog.at_level(logging.DEBUG):
        await signing.mailbox.connect()
        await signing.mailbox.close()
    (access,) = list(signing.server.access_tokens)[-1:]
    at = signing.settings
    for mechanism in MECHANISMS:
        shown = Exchange(mechanism, at.username, access, at.host, at.port)(b"") or b""
        assert base64.b64encode(shown).decode() not in caplog.text
    for secret in (access, signing.drawer.kept["home:oauth"], "refresh-"):
        assert secret not in caplog.text


async def test_a_token_that_the_server_does_not_take(
    signing: Signing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its JSON is answered as each mechanism wants, so that the refusal is heard at once."""

    async def stale() -> str:
        return "expired-token"

    mailbox = ImapMailbox(signing.settings, stale)
    with pytest.raises(SignInRefused, match=r"though the token is new: .*followthrough login home"):
        await asyncio.wait_for(mailbox.connect(), 10)
    await mailbox.close()


async def test_somebody_elses_token(signing: Signing) -> None:
    """Who consented under another name is told which name was expected."""
    name = signing.server.user
    signing.server.user = "user999"
    with pytest.raises(SignInRefused, match=f"it is {name} who signed in"):
        await signing.mailbox.connect()
    await signing.mailbox.close()


async def test_a_sign_in_that_lapses_meanwhile(signing: Signing) -> None:
    """The connection that is there goes on; the next login says what to do."""
    await signing.mailbox.connect()
    signing.server.end_sign_ins()
    assert await signing.mailbox.capabilities()
    await signing.mailbox.close()
    with pytest.raises(SignInLapsed, match="followthrough login home"):
        await signing.mailbox.connect()


class TestExchange:
    """The two mechanisms by themselves."""

    def test_names_that_would_end_a_name(self) -> None:
        """RFC 5801, 4: a comma and an equals sign are written otherwise."""
        exchange = Exchange("OAUTHBEARER", "a=b,c", "t", "h", 1)
        assert exchange(b"") == b"n,a=a=3Db=2Cc,\1host=h\1port=1\1auth=Bearer t\1\1"

    def test_a_server_that_never_ends(self) -> None:
        """A third challenge ends the exchange."""
        exchange = Exchange("XOAUTH2", "a", "t", "h", 1)
        exchange(b"")
        assert exchange(b"{}") == b""
        assert exchange(b"{}") is None

    @pytest.mark.parametrize(
        ("offered", "best"),
        [
            ({"OAUTHBEARER", "XOAUTH2"}, "OAUTHBEARER"),
            ({"XOAUTH2", "PLAIN"}, "XOAUTH2"),
            ({"PLAIN"}, None),
        ],
    )
    def test_the_standard_first(self, offered: set[str], best: str | None) -> None:
        """RFC 7628 over its forerunner."""
        assert chosen(offered) == best

    @pytest.mark.parametrize(
        ("challenge", "words"),
        [
            (b'{"status":"invalid_token","scope":"mail"}', "invalid_token, scope mail"),
            (b'{"status":"400","schemes":"Bearer"}', "400"),
            (b'{"status":"a\\u001b[31m"}', "a[31m"),
            (b'{"status":7}', ""),
            (b"[]", ""),
            (b"no JSON", ""),
            (b"[" * 100_000, ""),
            (b"\xff\xfe", ""),
        ],
    )
    def test_what_the_error_says(self, challenge: bytes, words: str) -> None:
        """The status, and the scope that is missing; nothing that is no text."""
        assert error_words(challenge) == words


class Bearing(SMTP):
    """aiosmtpd with both mechanisms, asking the OAuth server about tokens."""

    granting: OAuthServer
    response = b""
    outcome = "535 5.7.8 refused"

    async def auth_XOAUTH2(self, _server: Any, args: list[str]) -> AuthResult:
        return await self._auth(args)

    async def auth_OAUTHBEARER(self, _server: Any, args: list[str]) -> AuthResult:
        return await self._auth(args)

    async def _auth(self, args: list[str]) -> AuthResult:
        first = base64.b64decode(args[1])
        token = first.partition(b"auth=Bearer ")[2].partition(b"\1")[0].decode()
        if token in self.granting.access_tokens:
            return AuthResult(success=True)
        answer = await self.challenge_auth(b'{"status":"401"}', encode_to_b64=True)
        type(self).response = answer if isinstance(answer, bytes) else b""
        await self.push(self.outcome)
        return AuthResult(success=False, handled=True)


class Sink:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        self.envelopes.append(envelope)
        return "250 OK"


@pytest.fixture(params=["XOAUTH2", "OAUTHBEARER"])
def smtp(request: pytest.FixtureRequest, oauth: OAuthServer) -> Iterator[tuple[Sink, int, type]]:
    """A server that takes tokens by one mechanism; what it receives, its port, its class."""
    kind = type("One", (Bearing,), {"granting": oauth})
    other = ({"XOAUTH2", "OAUTHBEARER"} - {request.param}).pop()

    class Here(Controller):
        def factory(self) -> SMTP:
            made: SMTP = kind(
                self.handler,
                auth_require_tls=False,
                auth_exclude_mechanism=[other],
                **self.SMTP_kwargs,
            )
            return made

    sink = Sink()
    controller = Here(sink, hostname="127.0.0.1", port=_free_port())
    controller.start()
    yield sink, controller.port, kind
    controller.stop()


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def notifier(port: int, token: str) -> SmtpNotifier:
    async def secret() -> str:
        return token

    settings = SmtpSettings(
        "127.0.0.1", port, security="none", username="ada", timeout=5, method="oauth"
    )
    own = "ada@mail.example"
    return SmtpNotifier(settings, to=own, own=[own], secret=secret, clock=SetClock())


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
class TestSmtp:
    async def test_a_notice_goes_by_the_same_sign_in(
        self, smtp: tuple[Sink, int, type], oauth: OAuthServer
    ) -> None:
        """One consent serves for both."""
        sink, port, _ = smtp
        oauth.access_tokens["fresh"] = "ada"
        await notifier(port, "fresh").send("A question", "Was it an interview?")
        assert [each.rcpt_tos for each in sink.envelopes] == [["ada@mail.example"]]

    async def test_a_refused_token(self, smtp: tuple[Sink, int, type]) -> None:
        """The JSON is answered, and what it says is told, without the token."""
        _, port, kind = smtp
        with pytest.raises(SignInRefused, match=r"refused the sign-in of ada \(401\)") as caught:
            await notifier(port, "stale-token").check()
        assert "stale" not in str(caught.value)
        assert kind.response in (b"", b"\1")  # type: ignore[attr-defined]

    async def test_a_refusal_for_now(self, smtp: tuple[Sink, int, type]) -> None:
        """A temporary failure is one."""
        _, port, kind = smtp
        kind.outcome = "454 4.7.0 try again"  # type: ignore[attr-defined]
        with pytest.raises(ServerUnavailable, match="454"):
            await notifier(port, "stale-token").check()

    async def test_a_server_without_it(self) -> None:
        """Where no mechanism is offered, no token is sent."""
        controller = Controller(Sink(), hostname="127.0.0.1", port=_free_port())
        controller.start()
        try:
            with pytest.raises(FollowthroughError, match="no sign-in by OAuth"):
                await notifier(controller.port, "fresh").check()
        finally:
            controller.stop()
