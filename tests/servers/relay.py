"""A TCP relay between the program and a server that does what networks do, at any byte.

It passes bytes on untouched (TLS too), until a `Fault` that was armed has counted its bytes,
from the time it was armed, in its direction. A fault fires once; what it did is in `fired`.

What a fault can be, by `kind`:

cut      both ends are reset.
hang_up  the client gets an end of stream; the server may finish what it was told.
stall    nothing passes in that direction any more; the client has to find out.
drop     bytes of that direction vanish, those of the other one pass.
late     bytes of that direction are held back for `seconds` and then delivered, even though
         the client has gone meanwhile; nothing comes back to it.
delay    each of the next pieces takes `seconds`.
split    the next bytes pass one by one.
half     the sender's direction is closed, the other stays open.
refuse   the next connection is closed before a byte is said.
call     `then` is called (it kills a process, say), and both ends are reset.
"""

import contextlib
import select
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "cut", "hang_up", "stall", "drop", "late", "delay", "split", "half", "refuse", "call"
]
Way = Literal["up", "down"]

_SPLIT = 600  # bytes that pass one by one
_DELAYS = 4  # pieces that are slow
_PATIENCE = 30.0  # for a server that was told to go


@dataclass(slots=True)
class Fault:
    """One fault: `way` is up (to the server) or down; `at` is the count of bytes before it.

    With `after`, the count begins behind the first place where those bytes were seen in that
    direction (on a connection without TLS).
    """

    kind: Kind
    way: Way = "down"
    at: int = 0
    seconds: float = 0.0
    after: bytes | None = None
    then: Callable[[], None] | None = None
    _seen: bytes = b""

    def due_in(self, data: bytes) -> int | None:
        """How many of these bytes pass before it fires; None where it does not fire yet."""
        if self.after is not None:
            tail = self._seen + data
            place = tail.find(self.after)
            if place < 0:
                self._seen = tail[-len(self.after) :]
                return None
            data = data[max(place + len(self.after) - len(self._seen), 0) :]
            skipped = place + len(self.after) - len(self._seen)
            self.after = None
            within = self._count(data)
            return None if within is None else within + max(skipped, 0)
        return self._count(data)

    def _count(self, data: bytes) -> int | None:
        if self.at < len(data):
            return self.at
        self.at -= len(data)
        return None


class Relay:
    """Passes connections on to a server, until a fault says otherwise."""

    def __init__(self, host: str, port: int) -> None:
        self.server = (host, port)
        self.armed: list[Fault] = []
        self.fired: list[Fault] = []
        self.links: list[_Link] = []
        self.down = False
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.host, self.port = "127.0.0.1", int(self._listener.getsockname()[1])
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def arm(self, *faults: Fault) -> None:
        """Let these happen, each once."""
        with self._lock:
            self.armed += faults

    def disarm(self) -> None:
        """Let nothing more happen."""
        with self._lock:
            self.armed.clear()

    def settle(self, patience: float = 2.0) -> None:
        """Wait until the server is done with every connection that the client has lost."""
        end = time.monotonic() + patience
        for link in self.links:
            if link.broken.is_set():
                link.over.wait(max(end - time.monotonic(), 0.0))
        self.links = [link for link in self.links if not link.over.is_set()]

    def close(self) -> None:
        """End every connection."""
        self.disarm()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for link in self.links:
            link.reset()
        self._thread.join(5)

    def next_fault(self, way: Way, data: bytes) -> tuple[Fault, int] | None:
        """The first fault that these bytes set off, and how many of them pass before it."""
        with self._lock:
            due = [
                (fault, place)
                for fault in self.armed
                if fault.kind != "refuse" and fault.way == way
                for place in [fault.due_in(data)]
                if place is not None
            ]
            if not due:
                return None
            first = min(due, key=lambda pair: pair[1])
            self.armed.remove(first[0])
            for fault, _ in due:
                if fault is not first[0]:
                    fault.at = 0  # its bytes have been counted: the next ones set it off
            self.fired.append(first[0])
            return first

    def _refused(self) -> bool:
        with self._lock:
            for fault in self.armed:
                if fault.kind == "refuse":
                    self.armed.remove(fault)
                    self.fired.append(fault)
                    return True
        return self.down

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self._refused():
                _reset(client)
                continue
            try:
                server = socket.create_connection(self.server, 5)
            except OSError:
                _reset(client)
                continue
            server.settimeout(None)
            link = _Link(self, client, server)
            self.links.append(link)
            link.start()


@dataclass(slots=True)
class _Link:
    """One connection and its two directions. `broken`: a fault has struck or the client left;
    `over`: the server is done with it."""

    relay: Relay
    client: socket.socket
    server: socket.socket
    broken: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)
    deaf: bool = False

    def start(self) -> None:
        for sock in (self.client, self.server):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=self._up, daemon=True).start()
        threading.Thread(target=self._down, daemon=True).start()

    def reset(self) -> None:
        self.broken.set()
        _reset(self.client)
        _reset(self.server)
        self.over.set()

    def _up(self) -> None:
        with contextlib.suppress(OSError):
            self._pass_on("up", self.client, self.server)
        self.broken.set()
        _end_writing(self.server)

    def _down(self) -> None:
        with contextlib.suppress(OSError):
            self._pass_on("down", self.server, self.client)
        self.over.set()
        _end_writing(self.client)
        if self.broken.is_set():
            self.server.close()

    def _pass_on(self, way: Way, source: socket.socket, sink: socket.socket) -> None:
        slow, splitting = 0, 0
        seconds = 0.0
        while data := source.recv(65536):
            if self.deaf:  # the client hears nothing more; the server is let finish
                if way == "up":
                    return
                continue
            while struck := self.relay.next_fault(way, data):
                fault, place = struck
                self._send(sink, data[:place], splitting)
                data = data[place:]
                if fault.kind == "split":
                    splitting = _SPLIT
                elif fault.kind == "delay":
                    slow, seconds = _DELAYS, fault.seconds
                elif not self._strike(fault, way, source, data, sink):
                    return
                else:
                    data = b""
            if slow:
                slow -= 1
                time.sleep(seconds)
            self._send(sink, data, splitting)
            splitting = max(splitting - len(data), 0)

    def _send(self, sink: socket.socket, data: bytes, splitting: int) -> None:
        for index in range(min(splitting, len(data))):
            sink.sendall(data[index : index + 1])
        if rest := data[min(splitting, len(data)) :]:
            sink.sendall(rest)

    def _strike(
        self, fault: Fault, way: Way, source: socket.socket, data: bytes, sink: socket.socket
    ) -> bool:
        """Do it; whether this direction goes on."""
        match fault.kind:
            case "hang_up":
                return self._hang_up(way)
            case "stall":
                self._until_the_client_leaves()
                self.reset()
            case "drop":
                return self._drop(way, source)
            case "late":
                return self._late(way, sink, data, fault.seconds)
            case "half":
                _end_writing(sink)
                self._until_the_client_leaves()
                self.reset()
            case _:
                if fault.then is not None:
                    fault.then()
                    return self._hang_up(way)
                self.reset()
        return False

    def _hang_up(self, way: Way) -> bool:
        """Whether this direction goes on, unheard: what the server still says is read."""
        self.deaf = True
        self.broken.set()
        _end_writing(self.client)
        _end_writing(self.server)
        return way == "down"

    def _drop(self, way: Way, source: socket.socket) -> bool:
        if way == "up":
            self._until_the_client_leaves()
            self.reset()
            return False
        while source.recv(65536):
            pass
        return False

    def _late(self, way: Way, sink: socket.socket, data: bytes, seconds: float) -> bool:
        self.deaf = True
        data += self._what_follows() if way == "up" else b""
        time.sleep(seconds)
        if way == "up":
            with contextlib.suppress(OSError):
                sink.sendall(data)
        return self._hang_up(way)

    def _what_follows(self) -> bytes:
        """The rest of what the client is sending; the end of a literal comes as a packet of its own."""
        more = b""
        with contextlib.suppress(OSError):
            while select.select([self.client], [], [], 0.05)[0]:
                piece = self.client.recv(65536)
                if not piece:
                    break
                more += piece
        return more

    def _until_the_client_leaves(self) -> None:
        poll = select.poll()
        try:
            poll.register(self.client, select.POLLRDHUP | select.POLLHUP | select.POLLERR)
        except ValueError:  # the other direction has closed it
            return
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end and not poll.poll(200):
            pass


def _reset(sock: socket.socket) -> None:
    """Close it so that the other side hears a reset, and nothing that was held is delivered."""
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RD)  # wakes a thread that reads from it
    sock.close()


def _end_writing(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def relay_to(host: str, port: int) -> Iterator[Relay]:
    """A relay to that server, closed after the block."""
    relay = Relay(host, port)
    try:
        yield relay
    finally:
        relay.close()
