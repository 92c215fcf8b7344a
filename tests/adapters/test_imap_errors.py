"""What a server says when it refuses, and what the user then reads."""

import base64
import socket
import ssl
from imaplib import IMAP4
from typing import Any

import pytest

from agent.adapters.imap import ImapMailbox, ImapSettings
from agent.adapters.imap.errors import Doing, dropped, pause_asked, plain_words, refused
from agent.errors import (
    ConfigError,
    FollowthroughError,
    ProtocolError,
    ServerUnavailable,
    SignInRefused,
)
from tests.adapters.scripts import QUICK, mailbox_on, settings_for
from tests.servers.dovecot import Dovecot
from tests.servers.scripted import Dialogue, scripted
from tests.servers.tls import Authority

SETTINGS = ImapSettings("work", "imap.acme.example", "me@home.example")


async def sign_in_error(answers: dict[str, Any], **changes: Any) -> FollowthroughError:
    """What `connect` raises on a server with those answers."""
    with pytest.raises(FollowthroughError) as caught:
        async with mailbox_on(answers, **changes):
            pass
    return caught.value


# -- signing in ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        b"NO [AUTHENTICATIONFAILED] Authentication failed.",
        b"NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)",
        b"NO [AUTHENTICATIONFAILED] Incorrect password, too many of these. Please try again later",
        b"NO LOGIN failed.",
        b"NO Login failed, please try again.",
        b"NO [EXPIRED] That password isn't the right one",
    ],
)
async def test_a_wrong_password_is_the_users_to_solve(answer: bytes) -> None:
    """Row 14: a refused password is SignInRefused, and names server, user and account."""
    error = await sign_in_error({"LOGIN": b"{tag} " + answer + b"\r\n"})
    assert isinstance(error, SignInRefused)
    for word in ("127.0.0.1", "alice", "test", "password"):
        assert word in str(error)
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    "answer",
    [
        b"NO [UNAVAILABLE] Temporary authentication failure.",
        b"NO [INUSE] Mailbox is in use",
        b"NO [LIMIT] Too many simultaneous connections. (Failure)",
        b"NO [ALERT] Too many simultaneous connections. (Failure)",
        b"NO [ALERT] Account exceeded command or bandwidth limits. (Failure)",
        b"NO [THROTTLED] slow down",
        b"NO Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)",
        b"NO [UNAVAILABLE] LOGIN Server error - Please try again later",
        b"NO [SERVERBUG] internal error occurred",
        b"BAD User is authenticated but not connected.",
        b"NO Server Unavailable. 15",
    ],
)
async def test_come_back_later_is_never_a_wrong_password(answer: bytes) -> None:
    """Row 13: limits and outages are ServerUnavailable, with a long pause."""
    error = await sign_in_error({"LOGIN": b"{tag} " + answer + b"\r\n"})
    assert isinstance(error, ServerUnavailable)
    assert (error.retry_after or 0) >= 600


async def test_a_named_pause_is_kept() -> None:
    """Exchange's "Suggested Backoff Time" is in milliseconds."""
    answer = b"{tag} NO Request is throttled. Suggested Backoff Time: 299961 milliseconds\r\n"
    error = await sign_in_error({"LOGIN": answer})
    assert isinstance(error, ServerUnavailable)
    assert error.retry_after == pytest.approx(299.961)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Suggested Backoff Time: 89117 milliseconds", 89.117),
        ("Suggested Backoff Time: 30", 30),
        ("Suggested Backoff Time: 300000", 300),
        ("suggested backoff time 45 seconds", 45),
        ("come back later", None),
    ],
)
def test_pauses_are_read_in_any_unit(text: str, seconds: float | None) -> None:
    """With a unit or without."""
    assert pause_asked(text) == seconds


@pytest.mark.parametrize(
    ("answer", "advice"),
    [
        (b"NO AUTHENTICATE failed. Basic authentication is disabled.", "OAuth"),
        (b"NO LogonDenied-BasicAuthBlocked-", "OAuth"),
        (b"NO [ALERT] Application-specific password required: https://x.example", "app password"),
        (b"NO [WEBALERT https://x.example] Web login required.", "web browser"),
        (b"NO [ALERT] Please log in via your web browser: https://x.example", "web browser"),
    ],
)
async def test_what_to_do_instead_is_said(answer: bytes, advice: str) -> None:
    """Row 15: a provider without passwords, with app passwords, or with a web page first."""
    error = await sign_in_error({"LOGIN": b"{tag} " + answer + b"\r\n"})
    assert isinstance(error, SignInRefused)
    assert advice in str(error)


async def test_a_bye_for_a_greeting_is_read() -> None:
    """A server that is full says so before anything else."""
    with scripted(greeting=b"* BYE Too many connections, try again later\r\n") as server:
        mailbox = ImapMailbox(settings_for(server), lambda: "secret")
        with pytest.raises(ServerUnavailable, match="Too many connections"):
            await mailbox.connect()


async def test_a_hang_up_while_signing_in_is_no_wrong_password() -> None:
    """A dead link says nothing about the password."""

    def hang_up(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        dialogue.hang_up()

    assert isinstance(await sign_in_error({"LOGIN": hang_up}), ServerUnavailable)


async def test_a_password_beyond_ascii_goes_by_authenticate() -> None:
    """LOGIN cannot carry "Grüße"; AUTHENTICATE PLAIN can."""
    heard: list[bytes] = []

    def authenticate(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        dialogue.say(b"+ \r\n")
        heard.append(dialogue.hear())
        dialogue.say(tag + b" OK welcome\r\n")

    capability = b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n{tag} OK done\r\n"
    with scripted({"CAPABILITY": capability, "AUTHENTICATE": authenticate}) as server:
        mailbox = ImapMailbox(settings_for(server), lambda: "Grüße")
        await mailbox.connect()
        await mailbox.close()
    assert heard == [b"AGFsaWNlAEdyw7zDn2U="]


@pytest.mark.parametrize(
    ("offered", "response", "last"),
    [
        (b"XOAUTH2", b"user=alice\x01auth=Bearer secret\x01\x01", b""),
        (
            b"OAUTHBEARER",
            b"n,a=alice,\x01host=127.0.0.1\x01port=%d\x01auth=Bearer secret\x01\x01",
            b"AQ==",
        ),
    ],
)
async def test_a_token_goes_by_the_mechanism_offered(
    offered: bytes, response: bytes, last: bytes
) -> None:
    """RFC 7628, 3.2.3: a refusal comes as a second challenge, which each answers in its way."""
    heard: list[bytes] = []
    ports: list[int] = []

    def authenticate(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        heard.append(rest)
        dialogue.say(b"+ \r\n")
        heard.append(base64.b64decode(dialogue.hear()))
        dialogue.say(b"+ eyJzdGF0dXMiOiI0MDAifQ==\r\n")
        heard.append(dialogue.hear())
        ports.append(dialogue.sock.getsockname()[1])
        dialogue.say(tag + b" NO AUTHENTICATE failed.\r\n")

    capability = b"* CAPABILITY IMAP4rev1 AUTH=" + offered + b"\r\n{tag} OK done\r\n"
    answers = {"AUTHENTICATE": authenticate, "CAPABILITY": capability}
    error = await sign_in_error(answers, method="oauth")
    assert isinstance(error, SignInRefused)
    assert "though the token is new: 400, " in str(error)
    assert "secret" not in str(error)
    expected = response % ports[0] if b"%d" in response else response
    assert heard == [b"AUTHENTICATE " + offered, expected, last]


async def test_a_server_that_takes_no_tokens() -> None:
    """Where nothing of OAuth's is offered, no token is sent, and the table to look at is named."""
    with scripted() as server:
        mailbox = ImapMailbox(settings_for(server, method="oauth"), lambda: "secret")
        with pytest.raises(SignInRefused, match=r"\[accounts\.test\.oauth\]"):
            await mailbox.connect()
        assert not server.heard(b"AUTHENTICATE")


async def test_a_token_refused_for_now_is_not_blamed() -> None:
    """Throttling is throttling, whatever one signs in with."""

    def authenticate(dialogue: Dialogue, tag: bytes, _rest: bytes) -> None:
        dialogue.say(b"+ \r\n")
        dialogue.hear()
        dialogue.say(tag + b" NO [UNAVAILABLE] Temporary authentication failure\r\n")

    capability = b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n{tag} OK done\r\n"
    answers = {"AUTHENTICATE": authenticate, "CAPABILITY": capability}
    assert isinstance(await sign_in_error(answers, method="oauth"), ServerUnavailable)


async def test_a_link_that_breaks_while_a_token_is_shown() -> None:
    """A dead link is a dead link: tried again, and nobody is told to sign in anew."""

    def authenticate(dialogue: Dialogue, _tag: bytes, _rest: bytes) -> None:
        dialogue.say(b"+ \r\n")
        dialogue.hear()
        dialogue.hang_up()

    capability = b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n{tag} OK done\r\n"
    answers = {"AUTHENTICATE": authenticate, "CAPABILITY": capability}
    assert isinstance(await sign_in_error(answers, method="oauth"), ServerUnavailable)


async def test_a_password_with_a_line_break_is_not_sent() -> None:
    """Row 39: nothing with a line break leaves, passwords included."""
    with scripted() as server:
        mailbox = ImapMailbox(settings_for(server), lambda: "se\r\ncret")
        with pytest.raises(ProtocolError, match="line break"):
            await mailbox.connect()
        assert not server.heard(b"LOGIN")


async def test_login_storms_are_held_back() -> None:
    """Row 10: too many sign-ins within an hour pause the account."""
    async with mailbox_on(logins_per_hour=3) as (mailbox, server):
        await mailbox.connect()
        await mailbox.connect()
        with pytest.raises(ServerUnavailable, match="locked out") as caught:
            await mailbox.connect()
        assert 3000 < (caught.value.retry_after or 0) <= 3600
        assert server.connections == 3


async def test_the_password_may_come_from_a_coroutine() -> None:
    """A token is fetched anew at each sign-in."""

    async def token() -> str:
        return "s3cret"

    with scripted() as server:
        mailbox = ImapMailbox(settings_for(server), token)
        await mailbox.connect()
        await mailbox.close()
        assert server.heard(b'"s3cret"')


# -- reaching the server -----------------------------------------------------------------


async def connect_error(settings: ImapSettings, word: str = "secret") -> FollowthroughError:
    """What `connect` raises with those settings."""
    mailbox = ImapMailbox(settings, lambda: word)
    with pytest.raises(FollowthroughError) as caught:
        await mailbox.connect()
    return caught.value


async def test_a_refused_connection_names_host_and_port() -> None:
    """Nothing listens there."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    error = await connect_error(
        ImapSettings("work", "127.0.0.1", "me", port=port, security="none", timeouts=QUICK)
    )
    assert isinstance(error, ServerUnavailable)
    assert f"127.0.0.1:{port}" in str(error)


async def test_an_unknown_host_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that DNS does not know."""

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "create_connection", unknown)
    error = await connect_error(SETTINGS)
    assert isinstance(error, ServerUnavailable)
    assert "imap.acme.example" in str(error)
    assert "spelled" in str(error)


async def test_a_server_that_stays_silent_runs_into_the_time_limit() -> None:
    """Row 5: no call waits for ever."""

    def silent(dialogue: Dialogue, tag: bytes, rest: bytes) -> None:
        dialogue.hear()

    error = await sign_in_error({"CAPABILITY": silent})
    assert isinstance(error, ServerUnavailable)
    assert "did not answer" in str(error)


def test_plain_text_is_for_this_machine_only() -> None:
    """A password never goes over an open wire to another host."""
    with pytest.raises(ConfigError, match="this machine only"):
        ImapSettings("work", "imap.acme.example", "me", security="none")


# -- TLS -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A throw-away CA."""
    return Authority(tmp_path_factory.mktemp("ca"))


def tls_server(authority: Authority, name: str, **options: Any) -> Any:
    """A scripted server with a certificate of that kind; and the certificate."""
    certificate = authority.issue(name, **options)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.certificate, certificate.key)
    return scripted(tls=context), certificate


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"expired": True}, "has expired"),
        ({"names": ("other.example",)}, "another name"),
        ({"self_signed": True}, "signed by itself"),
    ],
)
async def test_a_certificate_that_cannot_be_trusted_is_explained(
    authority: Authority, options: dict[str, Any], words: str
) -> None:
    """Row 16: expired, made out to another name, or signed by itself; nothing is sent."""
    running, _ = tls_server(authority, "bad", **options)
    with running as server:
        error = await connect_error(settings_for(server, security="tls", ca_file=authority.ca_file))
        assert isinstance(error, ProtocolError)
        assert words in str(error)
        assert server.commands == []


async def test_an_unknown_authority_is_explained_with_the_fingerprint(
    authority: Authority,
) -> None:
    """The SHA-256 to pin is shown, as the user would have to find it out otherwise."""
    running, certificate = tls_server(authority, "unknown")
    with running as server:
        error = await connect_error(settings_for(server, security="tls"))
        assert isinstance(error, ProtocolError)
        assert certificate.fingerprint in str(error)
        assert "authority" in str(error)


@pytest.mark.parametrize("spelling", ["bare", "colons", "sha256"])
async def test_a_pinned_certificate_is_accepted(authority: Authority, spelling: str) -> None:
    """Row 16: with its fingerprint set, a self-signed certificate is as good as another."""
    running, certificate = tls_server(authority, "pinned", self_signed=True, expired=True)
    bare = certificate.fingerprint
    colons = ":".join(bare[index : index + 2] for index in range(0, 64, 2)).upper()
    written = {"bare": bare, "colons": colons, "sha256": f"sha256:{bare}"}[spelling]
    with running as server:
        mailbox = ImapMailbox(
            settings_for(server, security="tls", fingerprint=written), lambda: "secret"
        )
        assert (await mailbox.connect()).drafts == "Drafts"
        await mailbox.close()


async def test_another_certificate_than_the_pinned_one_is_refused(authority: Authority) -> None:
    """A pin accepts that certificate and no other, good or bad."""
    running, certificate = tls_server(authority, "changed")
    with running as server:
        error = await connect_error(
            settings_for(server, security="tls", fingerprint="ab" * 32, ca_file=authority.ca_file)
        )
        assert isinstance(error, ProtocolError)
        assert certificate.fingerprint in str(error)
        assert server.commands == []


async def test_a_port_without_tls_is_named_as_such() -> None:
    """The mostly made mistake: the wrong port for implicit TLS."""
    with scripted() as server:
        error = await connect_error(settings_for(server, security="tls"))
    assert isinstance(error, ProtocolError)
    assert "starttls" in str(error)


async def test_starttls_that_is_not_offered_ends_the_talk() -> None:
    """Row 17: a stripped STARTTLS means no sign-in at all."""
    with scripted() as server:
        error = await connect_error(settings_for(server, security="starttls"))
        assert isinstance(error, ProtocolError)
        assert "STARTTLS" in str(error)
        assert not server.heard(b"LOGIN")


async def test_text_injected_before_tls_ends_the_talk() -> None:
    """Row 17: what comes in plain text after STARTTLS is never taken for an answer."""
    answers = {
        "CAPABILITY": b"* CAPABILITY IMAP4rev1 STARTTLS\r\n{tag} OK done\r\n",
        "STARTTLS": b"{tag} OK go on\r\n* OK [ALERT] injected\r\n",
    }
    with scripted(answers) as server:
        error = await connect_error(settings_for(server, security="starttls"))
        assert "STARTTLS" in str(error)
        assert not server.heard(b"LOGIN")


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_both_kinds_of_tls_work_on_dovecot(dovecot: Dovecot, security: Any) -> None:
    """A real server, a real handshake, a throw-away CA."""
    user, password = dovecot.new_user()
    port = dovecot.tls_port if security == "tls" else dovecot.port
    settings = ImapSettings(
        "work", "localhost", user, port=port, security=security, ca_file=dovecot.ca_file
    )
    mailbox = ImapMailbox(settings, lambda: password)
    assert (await mailbox.connect()).drafts == "Drafts"
    assert "IDLE" in await mailbox.capabilities()
    assert await mailbox.wait(0.1) is False
    await mailbox.close()


async def test_a_wrong_password_on_dovecot(dovecot: Dovecot) -> None:
    """A real refusal."""
    user, _ = dovecot.new_user()
    settings = ImapSettings("work", dovecot.host, user, port=dovecot.port, security="none")
    error = await connect_error(settings, "wrong")
    assert isinstance(error, SignInRefused)
    assert user in str(error)


# -- after sign-in ------------------------------------------------------------------------


def test_a_quota_is_tried_again_much_later() -> None:
    """Row 30: a full mailbox is no reason to hammer the server."""
    error = refused(
        IMAP4.error("append failed: [OVERQUOTA] Quota exceeded"), Doing(SETTINGS, "drafting")
    )
    assert isinstance(error, ServerUnavailable)
    assert (error.retry_after or 0) >= 3600
    assert "full" in str(error)


def test_an_ordinary_refusal_is_a_protocol_error() -> None:
    """A NO that promises nothing."""
    error = refused(IMAP4.error("select failed: Permission denied"), Doing(SETTINGS, "reading"))
    assert isinstance(error, ProtocolError)
    assert "Permission denied" in str(error)


def test_a_timeout_says_how_long_it_waited() -> None:
    """The sentence names the time and what was being done."""
    error = dropped(TimeoutError("timed out"), Doing(SETTINGS, "opening Drafts"))
    assert "60 s" in str(error)
    assert "opening Drafts" in str(error)


@pytest.mark.parametrize(
    ("raised", "words"),
    [
        (IMAP4.error(b"[AUTH] no"), "[AUTH] no"),
        (IMAP4.error("b'[AUTH] no'"), "[AUTH] no"),
        (IMAP4.error("FETCH command error: BAD [b'bad\\r\\nthing']"), "FETCH"),
        (IMAP4.abort("command: SELECT => socket error: EOF"), "socket error: EOF"),
        (OSError(), "OSError"),
        (IMAP4.error("x" * 100_000), "x" * 200),
    ],
)
def test_server_words_come_on_one_short_line(raised: Exception, words: str) -> None:
    """Whatever imaplib wraps them in."""
    text = plain_words(raised)
    assert words in text
    assert "\n" not in text
    assert len(text) <= 200
