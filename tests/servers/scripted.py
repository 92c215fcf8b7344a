"""An IMAP server that says what a test wants it to: what Dovecot never says.

It knows enough of IMAP to be signed in to. A test overrides single commands with bytes
(`{tag}` stands for the command's tag) or with a function that talks as it likes.
"""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

Reply = bytes | Callable[["Dialogue", bytes, bytes], None]

ORDINARY: dict[str, bytes] = {
    "CAPABILITY": b"* CAPABILITY IMAP4rev1 IDLE UIDPLUS SPECIAL-USE\r\n{tag} OK done\r\n",
    "LOGIN": b"{tag} OK welcome\r\n",
    "LIST": (
        b'* LIST () "/" INBOX\r\n* LIST (\\Drafts) "/" Drafts\r\n'
        b'* LIST (\\Sent) "/" Sent\r\n{tag} OK done\r\n'
    ),
    "EXAMINE": (
        b"* FLAGS (\\Seen \\Draft \\Deleted)\r\n* 2 EXISTS\r\n* 0 RECENT\r\n"
        b"* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 3] ok\r\n{tag} OK [READ-ONLY] done\r\n"
    ),
    "SELECT": (
        b"* FLAGS (\\Seen \\Draft \\Deleted)\r\n* 2 EXISTS\r\n* 0 RECENT\r\n"
        b"* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 3] ok\r\n{tag} OK [READ-WRITE] done\r\n"
    ),
    "STATUS": b'* STATUS "INBOX" (MESSAGES 2 UIDNEXT 3 UIDVALIDITY 7)\r\n{tag} OK done\r\n',
    "IDLE": b"+ idling\r\n",
    "CLOSE": b"{tag} OK done\r\n",
    "NOOP": b"{tag} OK done\r\n",
    "LOGOUT": b"* BYE bye\r\n{tag} OK done\r\n",
}


class HungUp(Exception):
    """The client is gone, or the script wants to be."""


class Dialogue:
    """One connection as the script sees it."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.file = sock.makefile("rb")

    def say(self, data: bytes) -> None:
        """Send bytes as one packet."""
        self.sock.sendall(data)

    def hear(self) -> bytes:
        """A line without its end."""
        line = self.file.readline()
        if not line:
            raise HungUp
        return line.rstrip(b"\r\n")

    def hang_up(self) -> None:
        """End the connection."""
        raise HungUp


@dataclass
class ScriptedServer:
    """A running server, what it was asked, and how to reach it."""

    answers: Mapping[str, Reply]
    greeting: bytes = b"* OK ready\r\n"
    tls: ssl.SSLContext | None = None
    commands: list[bytes] = field(default_factory=list)
    connections: int = 0
    host: str = "127.0.0.1"
    port: int = 0
    open_sockets: list[socket.socket] = field(default_factory=list)

    def heard(self, word: bytes) -> list[bytes]:
        """Every command line that holds the word."""
        return [line for line in self.commands if word in line]

    def serve(self, sock: socket.socket) -> None:
        """Talk to one client until either has enough."""
        with contextlib.suppress(HungUp, OSError):
            if self.tls is not None:
                sock = self.tls.wrap_socket(sock, server_side=True)
            self.open_sockets.append(sock)
            dialogue = Dialogue(sock)
            dialogue.say(self.greeting)
            while True:
                self._answer(dialogue, dialogue.hear())
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
        sock.close()

    def _answer(self, dialogue: Dialogue, line: bytes) -> None:
        self.commands.append(line)
        tag, _, rest = line.partition(b" ")
        words = rest.decode("latin-1").upper().split(" ")
        name = " ".join(words[:2]) if words[0] == "UID" else words[0]
        reply = self.answers.get(name, ORDINARY.get(name))
        if line.upper() == b"DONE" or reply is None:
            return dialogue.say(tag + b" BAD what?\r\n") if reply is None else None
        if callable(reply):
            reply(dialogue, tag, rest)
        else:
            dialogue.say(reply.replace(b"{tag}", tag))
        if name == "LOGOUT":
            raise HungUp
        return None


@contextlib.contextmanager
def scripted(
    answers: Mapping[str, Reply] | None = None,
    *,
    greeting: bytes = b"* OK ready\r\n",
    tls: ssl.SSLContext | None = None,
) -> Iterator[ScriptedServer]:
    """A server with those answers on a free loopback port, each client in a thread."""
    server = ScriptedServer(answers or {}, greeting, tls)
    listener = socket.create_server((server.host, 0))
    server.port = listener.getsockname()[1]

    def accept() -> None:
        while True:
            try:
                sock, _ = listener.accept()
            except OSError:
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            server.connections += 1
            threading.Thread(target=server.serve, args=(sock,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for sock in server.open_sockets:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        thread.join(5)
