"""One connection: how its socket is set up, what it logs, and what it refuses to send."""

import logging
import socket
from collections.abc import Iterator

import pytest

from agent.adapters.imap.connection import Session, open_session, search_date
from agent.adapters.imap.settings import ImapSettings, is_loopback
from agent.adapters.imap.wire import bare_fingerprint, is_safe
from agent.errors import ProtocolError, ServerUnavailable
from tests.adapters.scripts import QUICK, mailbox_on, settings_for
from tests.servers.scripted import ScriptedServer, scripted


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """An ordinary scripted server."""
    with scripted() as running:
        yield running


@pytest.fixture
def session(server: ScriptedServer) -> Iterator[Session]:
    """A signed-in session on it."""
    opened = open_session(settings_for(server), "secret")
    yield opened
    opened.logout()


def test_the_link_is_kept_alive_and_quick(session: Session) -> None:
    """Rows 1 and 7: keep-alive, a limit on unanswered data, and no waiting for more to send."""
    sock = session.wire.sock
    assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
    assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    assert 0 < sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) <= 60_000


def test_every_read_has_a_time_limit(session: Session) -> None:
    """Row 5: imapclient sets none of its own."""
    assert session.wire.sock.gettimeout() == QUICK.read


def test_nothing_is_formatted_for_a_log(session: Session) -> None:
    """Row 6: imapclient's debug level 5 costs ten times the time."""
    assert session.wire.debug == 0


async def test_neither_bodies_nor_passwords_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Row 44: even with everything at DEBUG, content stays out of the log."""
    fetch = b"* 1 FETCH (UID 1 RFC822.SIZE 9 FLAGS () BODY[] {9}\r\ntop-hush!)\r\n{tag} OK done\r\n"
    with caplog.at_level(logging.DEBUG):
        async with mailbox_on({"UID FETCH": fetch}) as (mailbox, _):
            (mail,) = [one async for one in mailbox.fetch("INBOX", [1])]
    assert mail.data == b"top-hush!"
    assert "top-hush" not in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("forged", ["a\r\nA2 LOGOUT", "a\nb", "a\rb", "a\0b"])
def test_no_argument_may_start_a_second_command(
    session: Session, server: ScriptedServer, forged: str
) -> None:
    """Row 39: CR, LF and NUL are refused in every command."""
    session.examine("INBOX")
    before = len(server.commands)
    with pytest.raises(ProtocolError, match="line break"):
        session.search("HEADER", "Message-ID", forged)
    with pytest.raises(ProtocolError, match="line break"):
        session.fetch([1], forged)
    assert server.commands[before:] == []
    assert not session.lost


def test_a_folder_name_is_encoded_and_never_a_second_command(
    session: Session, server: ScriptedServer
) -> None:
    """Modified UTF-7 turns a line break in a name into letters."""
    session.examine("Entwürfe\r\nA2 LOGOUT")
    (line,) = server.heard(b"EXAMINE")
    assert line.endswith(b'EXAMINE "Entw&APw-rfe&AA0ACg-A2 LOGOUT"')


def test_after_a_drop_nothing_is_sent(session: Session, server: ScriptedServer) -> None:
    """Row 4: a dead link is dead, logout included."""
    session.drop()
    before = len(server.commands)
    with pytest.raises(ServerUnavailable):
        session.examine("INBOX")
    session.logout()
    assert server.commands[before:] == []


def test_safe_arguments() -> None:
    """Tabs and high characters are harmless; CR, LF and NUL are not."""
    assert is_safe("a\tü")
    assert is_safe(b"\xff")
    assert not is_safe(b"a\n")


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.3.2.1", True),
        ("::1", True),
        ("LOCALHOST", True),
        ("imap.acme.example", False),
        ("10.0.0.1", False),
        ("127.0.0.1.acme.example", False),
    ],
)
def test_what_can_only_be_this_machine(host: str, loopback: bool) -> None:
    """A name may point anywhere; only "localhost" and loopback addresses are trusted."""
    assert is_loopback(host) is loopback


@pytest.mark.parametrize(
    "written", ["AB" * 32, ":".join(["ab"] * 32), "sha256:" + "ab" * 32, "SHA256=" + "AB" * 32]
)
def test_fingerprints_in_every_spelling(written: str) -> None:
    """As openssl prints it, as browsers show it, as people type it."""
    assert bare_fingerprint(written) == "ab" * 32


def test_dates_are_english_whatever_the_locale() -> None:
    """SEARCH knows no other months."""
    from datetime import date

    assert search_date(date(2026, 3, 4)) == "04-Mar-2026"


def test_settings_name_the_place() -> None:
    """As it is shown in every sentence."""
    assert ImapSettings("work", "imap.acme.example", "me").place == "imap.acme.example:993"
