"""Notices by mail: to the user alone, over a connection that is what it should be."""

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from agent.adapters.smtp import LogNotifier, SmtpNotifier, SmtpSettings
from agent.errors import ConfigError, ProtocolError, ServerUnavailable, SignInRefused
from tests.servers.tls import Authority, ServerCertificate

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
ME = "ada@mail.example"
# aiosmtpd warns of a login without STARTTLS, also where the whole connection is TLS.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


class StoppedClock:
    """Always the same moment."""

    def now(self) -> datetime:
        return NOW

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


class Sink:
    """A handler that keeps what it is given."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.sign_ins: list[Any] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        self.envelopes.append(envelope)
        return "250 OK"

    def authenticate(
        self, _server: Any, _session: Any, _env: Any, _mech: str, data: Any
    ) -> AuthResult:
        self.sign_ins.append(data)
        good = isinstance(data, LoginPassword) and data.password == b"secret"
        return AuthResult(success=good, handled=False)

    def message(self) -> EmailMessage:
        """The one message that came."""
        (envelope,) = self.envelopes
        assert isinstance(envelope.content, bytes)
        return message_from_bytes(envelope.content, policy=policy.default)


@dataclass(frozen=True, slots=True)
class Trusted:
    """A server's certificate, and the authority that vouches for it."""

    certificate: ServerCertificate
    ca_file: Path


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Trusted:
    """A certificate for 127.0.0.1 of a throw-away authority."""
    authority = Authority(tmp_path_factory.mktemp("tls"))
    return Trusted(authority.issue("smtp"), authority.ca_file)


@pytest.fixture
def serve(trusted: Trusted) -> Iterator[Callable[..., tuple[Sink, int]]]:
    """Start a server that asks for a login; gives what it receives, and its port."""
    running: list[Controller] = []

    def started(security: str) -> tuple[Sink, int]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(trusted.certificate.certificate, trusted.certificate.key)
        sink = Sink()
        controller = Controller(
            sink,
            hostname="127.0.0.1",
            port=free_port(),
            ssl_context=context if security == "tls" else None,
            tls_context=context if security == "starttls" else None,
            require_starttls=security == "starttls",
            auth_require_tls=security == "starttls",
            auth_required=True,
            authenticator=sink.authenticate,
            server_hostname="mx.mail.example",
        )
        controller.start()
        running.append(controller)
        return sink, controller.port

    yield started
    for controller in running:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def notifier(
    port: int, *, secret: str | None = None, to: str = ME, **settings: Any
) -> SmtpNotifier:
    async def given() -> str:
        return secret or "secret"

    return SmtpNotifier(
        SmtpSettings("127.0.0.1", port, username="ada", timeout=5, **settings),
        to=to,
        own=(ME, "ada@work.example"),
        secret=given,
        clock=StoppedClock(),
    )


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_reaches_the_user(
    serve: Callable[..., tuple[Sink, int]],
    trusted: Trusted,
    security: str,
) -> None:
    """A notice arrives whole, over TLS or STARTTLS, marked as made by a machine."""
    sink, port = serve(security)
    teller = notifier(port, security=security, ca_file=trusted.ca_file)
    await teller.tell("Grüße\r\nBcc: eve@evil.example", "Ein Entwurf für Zoë wartet.\n")
    message = sink.message()
    assert sink.envelopes[0].rcpt_tos == [ME]
    assert (message["To"], message["From"], message["Bcc"]) == (ME, ME, None)
    assert message["Subject"] == "Grüße Bcc: eve@evil.example"
    assert message["Date"].datetime == NOW
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().splitlines() == ["Ein Entwurf für Zoë wartet."]


def test_nobody_else() -> None:
    """An address that is not the user's own is refused before any connection."""
    with pytest.raises(ConfigError, match="none of your own addresses"):
        notifier(1, to="boss@corp.example")


async def test_pinned(serve: Callable[..., tuple[Sink, int]], trusted: Trusted) -> None:
    """A self-signed certificate is fine where its fingerprint is the pinned one."""
    _, port = serve("tls")
    assert await notifier(port, fingerprint=trusted.certificate.fingerprint).check() == "TLS"


async def test_another_certificate_than_the_pinned(
    serve: Callable[..., tuple[Sink, int]],
) -> None:
    """Another certificate than the pinned one ends it before the password is said."""
    sink, port = serve("tls")
    with pytest.raises(ProtocolError, match="not the pinned one"):
        await notifier(port, fingerprint="0" * 64).check()
    assert sink.sign_ins == []


async def test_an_untrusted_certificate(serve: Callable[..., tuple[Sink, int]]) -> None:
    """A certificate that nobody vouches for is refused, with the way out."""
    _, port = serve("tls")
    with pytest.raises(ProtocolError, match=r"smtp\.fingerprint"):
        await notifier(port).check()


async def test_starttls_is_required(serve: Callable[..., tuple[Sink, int]]) -> None:
    """A server (or somebody in between) that offers no STARTTLS gets no password."""
    sink, port = serve("plain")
    with pytest.raises(ProtocolError):
        await notifier(port, security="starttls").check()
    assert sink.sign_ins == []


async def test_tls_on_a_port_without(serve: Callable[..., tuple[Sink, int]]) -> None:
    """TLS spoken to a port that does not know it is told as that."""
    _, port = serve("plain")
    with pytest.raises(ProtocolError, match="does not speak TLS there"):
        await notifier(port).check()


async def test_a_wrong_password(serve: Callable[..., tuple[Sink, int]], trusted: Trusted) -> None:
    """A refused password is told as such."""
    _, port = serve("tls")
    with pytest.raises(SignInRefused, match="refused the user name or the password"):
        await notifier(port, secret="wrong", ca_file=trusted.ca_file).check()


async def test_nobody_there() -> None:
    """A server that does not answer is one to try again."""
    with pytest.raises(ServerUnavailable, match="cannot be reached"):
        await notifier(free_port()).check()


async def test_failure_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """A notice that cannot be delivered is in the log, and nothing is raised."""
    await notifier(free_port()).tell("Sign-in refused", "Store the password again.")
    assert "Sign-in refused\nStore the password again." in caplog.text
    assert "cannot be reached" in caplog.text


async def test_log_notifier(caplog: pytest.LogCaptureFixture) -> None:
    """Without a server, a notice is a warning in the log."""
    await LogNotifier().tell("Sign-in refused", "Store the password again.")
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "Store the password again." in record.getMessage()
