"""Telling the user by mail, and nobody else.

`SmtpNotifier` holds one recipient, which must be an address of the user's own; there is no
way to hand it another. `LogNotifier` stands in where no server is configured.
"""

import base64
import binascii
import hashlib
import logging
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from agent.adapters.sasl import Exchange, chosen
from agent.errors import (
    ConfigError,
    FollowthroughError,
    ProtocolError,
    ServerUnavailable,
    SignInRefused,
)
from agent.ports import Clock

if TYPE_CHECKING:
    import aiosmtplib

_log = logging.getLogger(__name__)

Secret = Callable[[], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """The server. `security` "none" is for loopback hosts; `timeout` is in seconds.

    `fingerprint` is the SHA-256 of the certificate in lower-case hexadecimal; where it is
    given, that certificate and no other is accepted.
    """

    host: str
    port: int = 465
    security: Literal["tls", "starttls", "none"] = "tls"
    username: str | None = None
    fingerprint: str | None = None
    ca_file: Path | None = None
    timeout: float = 30.0
    method: Literal["password", "oauth"] = "password"

    @property
    def place(self) -> str:
        """How the server is named to the user."""
        return f"{self.host}:{self.port}"


class LogNotifier:
    """`ports.Notifier` that writes to the log."""

    async def tell(self, subject: str, text: str) -> None:
        """Log the notice as a warning, so that it stands out."""
        _log.warning("%s\n%s", subject, text)


class SmtpNotifier:
    """`ports.Notifier` by mail to one of the user's own addresses.

    `own` are all addresses of the user, lower case; raises ConfigError where `to` is none of
    them. `secret` is asked for at each sign-in.
    """

    def __init__(
        self,
        settings: SmtpSettings,
        *,
        to: str,
        own: Collection[str],
        secret: Secret,
        clock: Clock,
    ) -> None:
        if to not in own:
            raise ConfigError(
                "smtp.to", [f'"{to}" is none of your own addresses; nothing is sent to others']
            )
        self._settings = settings
        self._to = to
        self._secret = secret
        self._clock = clock

    async def tell(self, subject: str, text: str) -> None:
        """Send the user a notice; a failure is logged with what was to be told."""
        try:
            await self.send(subject, text)
        except FollowthroughError as error:
            _log.warning("A notice could not be mailed (%s)\n%s\n%s", error, subject, text)

    async def send(self, subject: str, text: str) -> None:
        """Send the user a notice.

        Raises ServerUnavailable, SignInRefused, KeyringLocked or ProtocolError.
        """
        message = self._message(subject, text)
        async with self._signed_in() as server:
            await server.send_message(message, sender=self._to, recipients=[self._to])

    async def check(self) -> str:
        """Sign in and out again, sending nothing; returns how the connection is secured.

        Raises as `send` does.
        """
        async with self._signed_in() as server:
            await server.noop()
            return {"tls": "TLS", "starttls": "STARTTLS", "none": "no encryption"}[
                self._settings.security
            ]

    def _message(self, subject: str, text: str) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = message["To"] = self._to
        message["Subject"] = " ".join(subject.split())
        message["Date"] = format_datetime(self._clock.now())
        message["Message-ID"] = make_msgid(domain=self._to.rpartition("@")[2])
        # RFC 3834, 5: so that no machine answers, and no reader takes it for a person's mail.
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        return message

    @asynccontextmanager
    async def _signed_in(self) -> AsyncIterator["aiosmtplib.SMTP"]:
        import aiosmtplib

        settings = self._settings
        secret = await self._secret() if settings.username else ""
        server = _client(settings)
        try:
            await server.connect()
            _require_pinned(server, settings)
            if settings.username:
                await _sign_in(server, settings, settings.username, secret)
            yield server
        except (aiosmtplib.SMTPException, OSError) as error:
            raise _in_our_words(error, settings) from None
        finally:
            # What counts has been answered for; a server that hangs up now takes nothing back.
            with suppress(aiosmtplib.SMTPException, OSError):
                await server.quit()
            server.close()


def _client(settings: SmtpSettings) -> "aiosmtplib.SMTP":
    import aiosmtplib

    return aiosmtplib.SMTP(
        hostname=settings.host,
        port=settings.port,
        # The name of the user's machine is nobody's business; RFC 5321, 4.1.4 allows an address.
        local_hostname="[127.0.0.1]",
        timeout=settings.timeout,
        use_tls=settings.security == "tls",
        start_tls=settings.security == "starttls",
        tls_context=_tls_context(settings),
    )


async def _sign_in(
    server: "aiosmtplib.SMTP", settings: SmtpSettings, username: str, secret: str
) -> None:
    if settings.method == "password":
        await server.login(username, secret)
    else:
        await _show_token(server, settings, username, secret)


async def _show_token(
    server: "aiosmtplib.SMTP", settings: SmtpSettings, username: str, token: str
) -> None:
    """AUTH with an access token (RFC 7628, 4.3; RFC 4954, 4)."""
    await server.ehlo()
    mechanism = chosen(_offered(server))
    if mechanism is None:
        raise SignInRefused(
            f"{settings.place} (SMTP) offers no sign-in by OAuth: check smtp.host, or give [smtp] "
            "a password_command of its own."
        )
    exchange = Exchange(mechanism, username, token, settings.host, settings.port)
    response = await server.execute_command(b"AUTH", mechanism.encode(), _next(exchange, b""))
    if response.code == 334:
        response = await server.execute_command(_next(exchange, _decoded(response.message)))
    if 400 <= response.code < 500:
        raise _answered(response.code, response.message, f"{settings.place} (SMTP)")
    if response.code != 235:
        raise SignInRefused(
            f"{settings.place} (SMTP) refused the sign-in of {username}"
            f"{f' ({exchange.error})' if exchange.error else ''}: check that sending by SMTP is "
            "allowed for this mailbox, and sign in again with `followthrough login`."
        )


def _offered(server: "aiosmtplib.SMTP") -> frozenset[str]:
    """The mechanisms of the EHLO answer, upper case."""
    return frozenset(each.upper() for each in server.server_auth_methods)


def _next(exchange: Exchange, challenge: bytes) -> bytes:
    response = exchange(challenge)
    return b"*" if response is None else base64.b64encode(response)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _tls_context(settings: SmtpSettings) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=settings.ca_file)
    if settings.fingerprint:
        # The pin is the check: `_require_pinned` compares it before anything secret is said.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _require_pinned(server: "aiosmtplib.SMTP", settings: SmtpSettings) -> None:
    if not settings.fingerprint:
        return
    connection = server.get_transport_info("ssl_object")
    certificate = connection.getpeercert(binary_form=True) if connection else None
    shown = hashlib.sha256(certificate or b"").hexdigest()
    if shown != settings.fingerprint:
        raise ProtocolError(
            f"The certificate of {settings.place} (SMTP) is not the pinned one; it shows SHA-256 "
            f"{shown}. If you renewed it, set smtp.fingerprint anew; otherwise somebody is in "
            "between."
        )


def _in_our_words(error: Exception, settings: SmtpSettings) -> FollowthroughError:
    import aiosmtplib

    where = f"{settings.place} (SMTP)"
    cause = error.__cause__ if isinstance(error, aiosmtplib.SMTPConnectError) else error
    if isinstance(cause, ssl.SSLError):
        return _tls_trouble(cause, where)
    if isinstance(error, aiosmtplib.SMTPAuthenticationError) and error.code >= 500:
        return SignInRefused(
            f"{where} refused the user name or the password: check smtp.username, and store the "
            "password again. Some providers want an app password."
        )
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return _answered(error.code, error.message, where)
    if isinstance(error, aiosmtplib.SMTPConnectError | aiosmtplib.SMTPTimeoutError | OSError):
        return ServerUnavailable(
            f"{where} cannot be reached: check the host and the port, and whether the network is up."
        )
    return ProtocolError(f"{where} cannot be used: {error}.")


def _answered(code: int, message: str, where: str) -> FollowthroughError:
    said = f"{code} {' '.join(message.split())[:200]}"
    kind = ServerUnavailable if 400 <= code < 500 else ProtocolError
    return kind(f"{where} refused: {said}.")


def _tls_trouble(error: ssl.SSLError, where: str) -> FollowthroughError:
    if isinstance(error, ssl.SSLCertVerificationError):
        return ProtocolError(
            f"The certificate of {where} cannot be trusted: {error.verify_message}. If that server "
            "is your own, set smtp.fingerprint to the certificate's SHA-256."
        )
    return ProtocolError(
        f"{where} does not speak TLS there: check smtp.port, and smtp.security (tls or starttls)."
    )
