"""The bytes: one socket, one buffer, and a line reader that everybody shares.

imaplib and the IDLE reader must read from the same buffer, or an EXISTS that comes in
the packet of "+ idling" is lost in the one while the other sleeps. imaplib names
`open`, `read`, `readline`, `shutdown` as methods to override; so they are.
"""

import contextlib
import hashlib
import logging
import re
import selectors
import socket
import ssl
import struct
import sys
from imaplib import IMAP4
from typing import Any

from imapclient import IMAPClient, SocketTimeout

from agent.adapters.imap.errors import wrong_fingerprint
from agent.adapters.imap.settings import ImapSettings
from agent.errors import ProtocolError

_CHUNK = 64 * 1024
_LINE_LIMIT = 16 * 1024 * 1024  # a SEARCH answer of two million UIDs
_BARE_STATUS = re.compile(rb"[A-Z]{4}\d{1,9} (?:OK|NO|BAD)", re.A)
_LOWER_CASE = re.compile(rb"\* (?:\d{1,10} )?[a-z]{1,20}(?![^ \r\n])", re.A)
_FORBIDDEN = re.compile(r"[\r\n\0]")

# At DEBUG these write whole messages into the log.
_LOGGERS = ("imapclient", "imapclient.imapclient", "imapclient.imaplib")


def is_safe(argument: str | bytes) -> bool:
    """Whether an argument holds no CR, LF or NUL, which would start a command of its own."""
    text = argument if isinstance(argument, str) else argument.decode("latin-1")
    return _FORBIDDEN.search(text) is None


class Wire(IMAP4):
    """imaplib over a buffer of our own. Not for two threads at once."""

    def __init__(self, settings: ImapSettings, *, literal_limit: int) -> None:
        self._settings = settings
        self._literal_limit = literal_limit
        self._buffer = bytearray()
        super().__init__(settings.host, settings.port, settings.timeouts.connect)

    # -- what imaplib asks for -------------------------------------------------

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:
        """Connect, with TLS at once where the account says so.

        imaplib reads the greeting and CAPABILITY next, in the time allowed for reading.
        """
        self.host, self.port = host, port
        sock = socket.create_connection((host, port), timeout)
        try:
            _tune(sock)
            if self._settings.security == "tls":
                sock = self._wrapped(sock)
        except BaseException:
            sock.close()
            raise
        sock.settimeout(self._settings.timeouts.read)
        self.sock: socket.socket = sock

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes of a literal. A length beyond all sense is a broken answer."""
        if size > self._literal_limit:
            raise self.abort(f"unexpected response: a literal of {size} bytes")
        while len(self._buffer) < size:
            self._fill()
        return self._take(size)

    def readline(self) -> bytes:
        """One line with its CRLF; small sins of servers are put right."""
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if searched > _LINE_LIMIT:
                raise self.abort("unexpected response: a line without an end")
            self._fill()
        return _mended(self._take(end + 1))

    def shutdown(self) -> None:
        """Close the socket; never raises."""
        self.wake()
        with contextlib.suppress(OSError, AttributeError):
            self.sock.close()

    def starttls(self, ssl_context: ssl.SSLContext | None = None) -> Any:
        """STARTTLS (RFC 3501, 6.2.1): what was sent before the handshake must be nothing.

        Bytes that wait in the buffer were injected in plain text (RFC 9051, 11.1).
        """
        typ, data = self._simple_command("STARTTLS")
        if typ != "OK":
            raise self.error(f"STARTTLS failed: {data!r}")
        if self._buffer or self._waiting():
            raise self.abort("unexpected response: text after STARTTLS, before TLS")
        self.sock = self._wrapped(self.sock)
        self._tls_established = True
        self._get_capabilities()
        return typ, data

    def _command(self, name: str, *args: Any) -> Any:
        """Every command passes here; none may smuggle in a second one."""
        for argument in args:
            if isinstance(argument, str | bytes) and not is_safe(argument):
                raise ProtocolError(
                    "A command with a line break or NUL inside was held back from "
                    f"{self._settings.place}: some mail carries a forged header."
                )
        return super()._command(name, *args)  # type: ignore[misc]

    # -- what the IDLE reader asks for -------------------------------------------

    def start_idle(self) -> bytes:
        """Send IDLE (RFC 2177) and return its tag, without waiting for "+"."""
        tag: bytes = self._new_tag()
        del self.tagged_commands[tag]  # its answer is read by the IDLE reader
        self.sock.sendall(tag + b" IDLE\r\n")
        return tag

    def next_line(self) -> bytes | None:
        """A whole line without its CRLF, if one has come; None while there is none.

        Never blocks. Raises `abort` at the end of the stream.
        """
        while (end := self._buffer.find(b"\n")) < 0:
            if not self._fill_without_waiting():
                return None
        return self._take(end + 1).rstrip(b"\r\n")

    def wake(self) -> None:
        """End every read on this socket, in whatever thread it waits; `close` would not."""
        with contextlib.suppress(OSError, AttributeError):
            # SSLSocket's own shutdown would take the session from under a reader's feet.
            socket.socket.shutdown(self.sock, socket.SHUT_RDWR)

    def forget_unsent(self) -> None:
        """Let closing this socket discard what it still holds, and tell the server by a reset."""
        with contextlib.suppress(OSError, AttributeError):
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    # -- the buffer ----------------------------------------------------------------

    def _take(self, size: int) -> bytes:
        with memoryview(self._buffer) as view:
            taken = bytes(view[:size])
        del self._buffer[:size]
        return taken

    def _fill(self) -> None:
        data = self.sock.recv(_CHUNK)
        if not data:
            raise self.abort("the server hung up (EOF)")
        self._buffer += data

    def _fill_without_waiting(self) -> bool:
        """Read what has come. With TLS, only asking tells whether something has."""
        timeout = self.sock.gettimeout()
        self.sock.settimeout(0)
        try:
            self._fill()
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return False
        finally:
            self.sock.settimeout(timeout)
        return True

    def _waiting(self) -> bool:
        with selectors.DefaultSelector() as selector:
            selector.register(self.sock, selectors.EVENT_READ)
            return bool(selector.select(0))

    def _wrapped(self, sock: socket.socket) -> ssl.SSLSocket:
        context = tls_context(self._settings)
        wrapped = context.wrap_socket(sock, server_hostname=self._settings.host)
        if self._settings.fingerprint:
            self._check_pin(wrapped)
        return wrapped

    def _check_pin(self, sock: ssl.SSLSocket) -> None:
        shown = hashlib.sha256(sock.getpeercert(binary_form=True) or b"").hexdigest()
        if shown != bare_fingerprint(self._settings.fingerprint or ""):
            sock.close()
            raise wrong_fingerprint(self._settings, shown)


class Client(IMAPClient):
    """IMAPClient over a `Wire`, with its costly habits put right."""

    def __init__(self, settings: ImapSettings) -> None:
        self._settings = settings
        timeouts = settings.timeouts
        for name in _LOGGERS:
            logging.getLogger(name).setLevel(logging.INFO)
        super().__init__(
            settings.host,
            settings.port,
            ssl=settings.security == "tls",
            timeout=SocketTimeout(timeouts.connect, timeouts.read),  # type: ignore[arg-type]
        )
        self.wire.debug = 0  # at 5, every byte of a body is formatted for a log
        self.normalise_times = False
        self.folder_encode = False

    @property
    def wire(self) -> Wire:
        """The connection beneath."""
        wire: Wire = self._imap
        return wire

    def _create_IMAP4(self) -> Wire:
        limit = 2 * self._settings.size_cap + 1024 * 1024
        return Wire(self._settings, literal_limit=limit)


def tls_context(settings: ImapSettings) -> ssl.SSLContext:
    """Verification is never off: by the authorities known here, or by the pinned fingerprint."""
    context = ssl.create_default_context(cafile=settings.ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if settings.fingerprint:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def bare_fingerprint(written: str) -> str:
    """A fingerprint as openssl or a person writes it, as 64 lower-case digits."""
    return written.strip().lower().removeprefix("sha256").lstrip(":= ").replace(":", "")


def _tune(sock: socket.socket) -> None:
    """No 40 ms of Nagle per command; a link that NAT has forgotten is noticed in two minutes."""
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if sys.platform == "linux":
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 60)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 15)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 4)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 60_000)


def _mended(line: bytes) -> bytes:
    """A line as imaplib can read it: a bare LF, a tagged OK without text, "* search 1"."""
    body = line.rstrip(b"\r\n")
    if lower := _LOWER_CASE.match(body):
        body = lower[0].upper() + body[lower.end() :]
    if _BARE_STATUS.fullmatch(body):
        body += b" "
    return body + b"\r\n"
