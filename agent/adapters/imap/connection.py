"""One signed-in connection: the only commands that are ever sent, each named here.

A `Session` is used from one thread at a time. Whatever it raises is of `agent.errors`;
after ServerUnavailable it is dead, logout included, and must be dropped.

What it can change on a server is this and no more: append a message, and set
\\Deleted on (or take it back from) one UID and expunge that very UID.
"""

import contextlib
import hashlib
import re
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from imaplib import IMAP4
from itertools import chain
from typing import Any

from imapclient.exceptions import ProtocolError as UnreadableAnswer
from imapclient.imap_utf7 import encode as encode_utf7
from imapclient.response_parser import parse_fetch_response, parse_response

from agent.adapters.imap.answers import (
    Answer,
    Selected,
    Since,
    as_bytes,
    checked,
    modseq_in,
    number_in,
    numbers_in,
    status_in,
    status_items,
    uid_ranges,
)
from agent.adapters.imap.bearer import show_token
from agent.adapters.imap.errors import (
    Doing,
    dropped,
    plain_words,
    refused,
    refused_sign_in,
    unreachable,
)
from agent.adapters.imap.settings import ImapSettings
from agent.adapters.imap.wire import Client
from agent.errors import FollowthroughError, ProtocolError, ServerUnavailable, SignInRefused

_APPENDUID = re.compile(rb"APPENDUID +(\d{1,10}) +(\d{1,10})\b", re.I | re.A)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class Mangled(Exception):
    """The server's answer about these messages cannot be read, but the link is in step."""


class Session:
    """One connection to one account."""

    def __init__(self, settings: ImapSettings, client: Client) -> None:
        self._settings = settings
        self._client: Any = client  # imapclient carries no types
        self._raw_names: dict[str, str] = {}
        self._lost = False
        self._resync = False
        self._list_status = True
        self.selected: Selected | None = None

    @property
    def wire(self) -> Any:
        """The socket and its buffer, for the IDLE reader and for waking."""
        return self._client.wire

    @property
    def lost(self) -> bool:
        """Whether the link is known to be dead."""
        return self._lost

    def capabilities(self) -> frozenset[str]:
        """What the server offers to this user, upper case."""
        with self._guard("asking for capabilities"):
            return frozenset(
                word.decode("ascii", "replace") for word in self._client.capabilities()
            )

    # -- changes since -------------------------------------------------------------

    @property
    def can_resync(self) -> bool:
        """Whether the server tells of changes since a modification sequence."""
        return self._resync

    def enable_resync(self) -> None:
        """Ask for QRESYNC (RFC 7162, 3.2.3) where it is offered; before any folder is opened.

        A server that offers it and does not answer ENABLED has none.
        """
        if not {"ENABLE", "QRESYNC"} <= self.capabilities():
            return
        with contextlib.suppress(ProtocolError), self._guard("asking for changes alone"):
            imap = self._client.wire
            typ, data = imap._simple_command("ENABLE", "QRESYNC")
            typ, data = imap._untagged_response(typ, data, "ENABLED")
            words = b" ".join(as_bytes(line) for line in checked("ENABLE", typ, data) if line)
            self._resync = b"QRESYNC" in words.upper().split()

    def examine_since(self, folder: str, uidvalidity: int, modseq: int) -> tuple[Selected, Since]:
        """Select read-only, and hear what has changed since; one round trip.

        Raises ProtocolError where the server will not have it, and is not asked so again.
        """
        known = f" (QRESYNC ({uidvalidity} {modseq}))"
        try:
            selected = self._select(folder, readonly=True, parameters=known)
        except ProtocolError:
            self._resync = False
            raise
        untagged = self._client.wire.untagged_responses
        vanished = [as_bytes(line) for line in untagged.pop("VANISHED", [])]
        with self._guard(f"opening {folder}"):
            told = untagged.pop("FETCH", [None])
            answers = self._parsed("OK", told)
        touched = frozenset(uid for uid, answer in answers.items() if b"MODSEQ" in answer)
        return selected, Since(tuple(chain.from_iterable(map(uid_ranges, vanished))), touched)

    # -- folders ------------------------------------------------------------------

    def remember_names(self, raw_names: Mapping[str, str]) -> None:
        """Take over the server's own spelling of each decoded folder name."""
        self._raw_names.update(raw_names)

    def list_folders(self, *, extended: bool = False) -> list[tuple[tuple[bytes, ...], str, bytes]]:
        """Flags, delimiter and raw name of every folder; `extended` asks for special uses."""
        with self._guard("listing the folders"):
            found = self._list_special() if extended else self._client.list_folders()
        return [
            (
                tuple(as_bytes(flag) for flag in flags),
                as_bytes(delimiter).decode("latin-1"),
                as_bytes(name),
            )
            for flags, delimiter, name in found
        ]

    def _list_special(self) -> Any:
        imap = self._client.wire
        typ, data = imap._simple_command("LIST", '""', '"*"', "RETURN", "(SPECIAL-USE)")
        typ, data = imap._untagged_response(typ, data, "LIST")
        words = iter(parse_response([line for line in checked("LIST", typ, data) if line]))
        return zip(words, words, words, strict=False)

    def raw_name(self, folder: str) -> str:
        """The folder's name in modified UTF-7 (RFC 3501, 5.1.3), as the server spells it."""
        return self._raw_names.get(folder) or encode_utf7(folder).decode("ascii")

    def examine(self, folder: str) -> Selected:
        """Select read-only; nothing in it can be changed, nor lose its \\Recent."""
        return self._select(folder, readonly=True)

    def select(self, folder: str) -> Selected:
        """Select for writing; used for the removal of our own draft only."""
        return self._select(folder, readonly=False)

    def leave(self, folder: str) -> None:
        """Leave a folder that is open read-only; CLOSE expunges nothing then (RFC 3501, 6.4.2).

        Courier refuses to store into a folder that the same connection has open read-only.
        """
        selected = self.selected
        if selected is None or selected.name != folder or selected.writable:
            return
        # A server that refuses this does not mind the other either.
        with contextlib.suppress(ProtocolError):
            with self._guard(f"leaving {folder}"):
                self._client.close_folder()
            self.selected = None

    def _select(self, folder: str, *, readonly: bool, parameters: str = "") -> Selected:
        self.selected = None
        with self._guard(f"opening {folder}"):
            imap = self._client.wire
            # Parameters follow the name (RFC 4466, 2.1); imaplib knows none.
            name = f"{quoted(self.raw_name(folder))}{parameters}"
            checked("SELECT", *imap.select(name, readonly))
            modseq = imap.untagged_responses.pop("HIGHESTMODSEQ", None)
            answer = self._client._process_select_response(imap.untagged_responses)
        self.selected = Selected(
            folder,
            uidvalidity=number_in(answer.get(b"UIDVALIDITY")),
            uidnext=number_in(answer.get(b"UIDNEXT")),
            exists=number_in(answer.get(b"EXISTS")),
            writable=not readonly,
            modseq=modseq_in(modseq),
        )
        return self.selected

    def status(self, folder: str) -> Selected:
        """UIDVALIDITY, UIDNEXT and the count of a folder that is not selected (RFC 3501, 6.3.10)."""
        with self._guard(f"looking at {folder}"):
            answer = self._client.folder_status(
                self.raw_name(folder), ("MESSAGES", "UIDNEXT", "UIDVALIDITY")
            )
        return status_in(folder, {as_bytes(name).upper(): value for name, value in answer.items()})

    @property
    def can_list_status(self) -> bool:
        """Whether `list_status` may be asked: offered, and not refused before."""
        return self._list_status and {"LIST-EXTENDED", "LIST-STATUS"} <= self.capabilities()

    def list_status(self, folders: Sequence[str]) -> dict[str, Selected]:
        """Several folders by one command (LIST-STATUS, RFC 5819); those not answered are missing.

        Raises ProtocolError where the server will not have it, and is not asked so again.
        """
        try:
            return self._listed_status(folders)
        except ProtocolError:
            self._list_status = False
            raise

    def _listed_status(self, folders: Sequence[str]) -> dict[str, Selected]:
        names = {self.raw_name(folder).encode(): folder for folder in folders}
        patterns = " ".join(quoted(self.raw_name(folder)) for folder in folders)
        modseq = " HIGHESTMODSEQ" if "CONDSTORE" in self.capabilities() else ""
        items = f"MESSAGES UIDNEXT UIDVALIDITY{modseq}"
        with self._guard("looking at the folders"):
            imap = self._client.wire
            imap.untagged_responses.pop("STATUS", None)
            arguments = ('""', f"({patterns})", "RETURN", f"(STATUS ({items}))")
            typ, data = imap._simple_command("LIST", *arguments)
            checked("LIST", typ, data)
            imap.untagged_responses.pop("LIST", None)
            lines = imap.untagged_responses.pop("STATUS", [])
            words = iter(parse_response(lines) if lines else ())
            told = [
                (as_bytes(name), status_items(found))
                for name, found in zip(words, words, strict=False)
            ]
        return {names[name]: status_in(names[name], found) for name, found in told if name in names}

    # -- reading --------------------------------------------------------------------

    def search(self, *criteria: str) -> list[int]:
        """UID SEARCH in the selected folder, ascending; criteria are sent as they are."""
        with self._guard("searching"):
            lines = checked("SEARCH", *self._client.wire.uid("SEARCH", *criteria))
        return numbers_in(lines)

    def fetch(self, uids: Sequence[int], *items: str) -> dict[int, Answer]:
        """UID FETCH of at most a chunk of UIDs; those expunged are missing.

        Raises Mangled where the answer cannot be read.
        """
        wanted = ",".join(map(str, uids))
        with self._fetching():
            typ, data = self._client.wire.uid("FETCH", wanted, f"({' '.join(items)})")
            answers = self._parsed(typ, data)
        asked = frozenset(uids)
        return {uid: answer for uid, answer in answers.items() if uid in asked}

    def fetch_by_number(self, numbers: Sequence[int], *items: str) -> dict[int, Answer]:
        """FETCH of a chunk of the selected folder by sequence numbers; keyed by UID."""
        wanted = ",".join(map(str, numbers))
        with self._fetching():
            typ, data = self._client.wire.fetch(wanted, f"(UID {' '.join(items)})")
            return self._parsed(typ, data)

    @contextlib.contextmanager
    def _fetching(self) -> Iterator[None]:
        """A guard for FETCH, without what a failed one before it left behind."""
        self._client.wire.untagged_responses.pop("FETCH", None)
        with self._guard("fetching", readable=False):
            yield

    def _parsed(self, typ: str, data: Any) -> dict[int, Answer]:
        if checked("FETCH", typ, data) == [None]:
            return {}
        # An untagged FETCH that nobody asked for may come without a UID; it is keyed by its
        # sequence number then, and told from a real answer by the lack of items.
        return dict(parse_fetch_response(data, normalise_times=False, uid_is_key=True))

    # -- the few things that change something -------------------------------------------

    def append(
        self, folder: str, data: bytes, flags: Sequence[str], at: datetime
    ) -> tuple[int, int] | None:
        """Append a message; its (UIDVALIDITY, UID) where the server says so (RFC 4315, 3).

        When this returns, the message is stored. On ServerUnavailable it may be.
        """
        with self._guard(f"leaving a draft in {folder}"):
            answer = self._client.append(self.raw_name(folder), data, flags, at)
        match = _APPENDUID.search(as_bytes(answer))
        return (int(match[1]), int(match[2])) if match else None

    def mark_deleted(self, uid: int) -> None:
        """Set \\Deleted on one message of the folder selected for writing."""
        self._store(uid, "+FLAGS.SILENT")

    def unmark_deleted(self, uid: int) -> None:
        """Take our own \\Deleted back."""
        self._store(uid, "-FLAGS.SILENT")

    def _store(self, uid: int, change: str) -> None:
        with self._guard("withdrawing a draft"):
            answer = self._client.wire.uid("STORE", str(uid), change, r"(\Deleted)")
            checked("STORE", *answer)

    def expunge(self, uid: int) -> None:
        """UID EXPUNGE of that one message (RFC 4315, 2.1); a bare EXPUNGE does not exist here."""
        with self._guard("withdrawing a draft"):
            checked("EXPUNGE", *self._client.wire.uid("EXPUNGE", str(uid)))

    # -- the end ---------------------------------------------------------------------

    def logout(self) -> None:
        """Say goodbye within a moment, or just drop the link; never raises."""
        with contextlib.suppress(OSError, IMAP4.error, ValueError):
            if not self._lost:
                self.wire.sock.settimeout(self._settings.timeouts.goodbye)
                self._client.wire.logout()
                self._lost = True
        self.drop()

    def drop(self) -> None:
        """Close the socket at once; what was not sent yet never will be.

        Else the kernel goes on trying for minutes, and a server that is reached again at last
        stores a draft which was long since looked for in vain, and appended once more.
        """
        if not self._lost:
            self.wire.forget_unsent()
        self._lost = True
        self.selected = None
        self.wire.shutdown()

    # -- errors ------------------------------------------------------------------------

    @contextlib.contextmanager
    def _guard(self, action: str, *, readable: bool = True) -> Iterator[None]:
        """Turn what imaplib and imapclient raise into our errors; a dead link stays dead.

        With `readable` False, an answer that cannot be parsed is `Mangled`.
        """
        doing = Doing(self._settings, action)
        if self._lost:
            raise ServerUnavailable(f"There is no connection to {self._settings.place}.")
        try:
            yield
        except FollowthroughError:
            raise
        except IMAP4.readonly as error:
            self._client.wire.untagged_responses.pop("READ-ONLY", None)
            raise refused(error, doing) from error
        except (OSError, IMAP4.abort) as error:
            self.drop()
            raise dropped(error, doing) from error
        except UnreadableAnswer as error:
            raise self._unreadable(error, doing, readable) from error
        except IMAP4.error as error:
            refusal = refused(error, doing)
            if readable or isinstance(refusal, ServerUnavailable):
                raise refusal from error
            raise Mangled(plain_words(error)) from error  # NO to a FETCH names no message
        except (ValueError, TypeError, LookupError, AssertionError) as error:
            raise self._unreadable(error, doing, readable) from error

    def _unreadable(self, error: Exception, doing: Doing, readable: bool) -> Exception:
        words = plain_words(error)
        if not readable:
            return Mangled(words)
        return ProtocolError(
            f"{self._settings.place} (account {self._settings.account}) gave an answer "
            f"that cannot be read, while {doing.action}: {words}."
        )


def open_session(settings: ImapSettings, secret: str) -> Session:
    """Connect and sign in. Blocks; to be called in a thread of its own.

    Raises ServerUnavailable, SignInRefused, or ProtocolError for TLS that cannot be trusted.
    """
    client = _connect(settings)
    try:
        if settings.security == "starttls":
            _require_tls(client, settings)
        _sign_in(client, settings, secret)
    except BaseException:
        client.wire.shutdown()
        raise
    return Session(settings, client)


def _connect(settings: ImapSettings) -> Client:
    doing = Doing(settings, "being greeted")
    try:
        return Client(settings)
    except ssl.SSLCertVerificationError as error:
        raise unreachable(error, settings, shown=shown_fingerprint(settings)) from error
    except TimeoutError as error:
        raise unreachable(error, settings) from error
    except OSError as error:
        raise unreachable(error, settings) from error
    except IMAP4.error as error:
        raise dropped(error, doing) from error
    except UnicodeError as error:  # a host name that IDNA cannot encode
        raise unreachable(socket.gaierror(str(error)), settings) from error


def _require_tls(client: Any, settings: ImapSettings) -> None:
    """STARTTLS or nothing: a server that does not offer it may be one in between."""
    if not client.has_capability("STARTTLS"):
        raise ProtocolError(
            f"{settings.place} (account {settings.account}) does not offer STARTTLS, so nothing "
            'is sent there: set security = "tls" with its port (mostly 993).'
        )
    try:
        client.starttls()
    except ssl.SSLCertVerificationError as error:
        raise unreachable(error, settings) from error
    except OSError as error:
        raise unreachable(error, settings) from error
    except IMAP4.error as error:
        raise dropped(error, Doing(settings, "starting TLS")) from error


def _sign_in(client: Client, settings: ImapSettings, secret: str) -> None:
    try:
        _login(client, settings, secret)
    except ssl.SSLError as error:
        raise dropped(error, Doing(settings, "signing in")) from error
    except OSError as error:
        raise dropped(error, Doing(settings, "signing in")) from error
    except IMAP4.error as error:
        # imapclient makes a LoginError of everything; the cause tells a dead link from a refusal.
        cause = error.__context__ if isinstance(error.__context__, IMAP4.abort) else error
        raise refused_sign_in(cause, settings) from error


def _login(client: Any, settings: ImapSettings, secret: str) -> None:
    """LOGIN takes ASCII only (RFC 3501, 6.2.3); other passwords go by AUTHENTICATE PLAIN."""
    user = settings.username
    if settings.method == "oauth":
        show_token(client, settings, secret)
    elif (user + secret).isascii() and not client.has_capability("LOGINDISABLED"):
        client.login(user, secret)
    elif client.has_capability("AUTH=PLAIN"):
        client.sasl_login("PLAIN", _once(f"\0{user}\0{secret}"))
    else:
        raise SignInRefused(
            f"{settings.place} (account {settings.account}) offers no way to sign in with this "
            "password: it holds letters beyond ASCII, or the server wants OAuth."
        )


def _once(response: str) -> Callable[[bytes], bytes]:
    """Answer the first challenge; a second one is an error text, to be met with nothing."""
    answers = iter([response.encode()])
    return lambda _challenge: next(answers, b"")


def shown_fingerprint(settings: ImapSettings) -> str | None:
    """The SHA-256 of the certificate that a TLS server shows, trusted or not; sends nothing."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    address = (settings.host, settings.port)
    try:
        with (
            socket.create_connection(address, settings.timeouts.connect) as sock,
            context.wrap_socket(sock, server_hostname=settings.host) as wrapped,
        ):
            return hashlib.sha256(wrapped.getpeercert(binary_form=True) or b"").hexdigest()
    except OSError:
        return None


def quoted(text: str) -> str:
    """A quoted string (RFC 3501, 4.3); what may not be sent at all, the wire refuses."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def search_date(day: date) -> str:
    """A date as SEARCH writes it (RFC 3501, 9: date), in English whatever the locale."""
    return f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year:04d}"
