"""What a server says when it refuses, read into the errors of `agent.errors`.

Servers say "come back later" in the same breath as "wrong password", so the words
are read before the sign-in is blamed: codes of RFC 5530, then the known sentences of
Gmail, Microsoft, Yahoo and Dovecot. Every result is one whole sentence for the user.
"""

import re
import socket
import ssl
from dataclasses import dataclass
from imaplib import IMAP4

from agent.adapters.imap.settings import ImapSettings
from agent.errors import (
    FollowthroughError,
    MailboxFull,
    ProtocolError,
    ServerUnavailable,
    SignInRefused,
)

LONG_PAUSE = 15 * 60.0
QUOTA_PAUSE = 6 * 60 * 60.0

_BACKOFF = re.compile(r"backoff time:? {0,3}(\d{1,9})(?: {0,3}(ms|milliseconds|s|seconds))?", re.I)
_QUOTA = re.compile(r"\[overquota\]|\bover ?quota\b|quota exceeded|mailbox is full", re.I)
_LATER = re.compile(
    r"\[(?:unavailable|inuse|throttled|limit|serverbug)\]|throttl|rate.?limit|too many"
    r"|maximum number of connections|exceeded (?:command|bandwidth|connection)"
    r"|try again (?:later|in)|temporar|unavailable|backend error|not connected"
    r"|(?:system|internal|server) error|session invalidated|server busy|in use by",
    re.I,
)
_CREDENTIALS = re.compile(r"\[(?:authenticationfailed|authorizationfailed|expired)\]", re.I)
_NO_PASSWORDS = re.compile(
    r"basic ?auth(?:entication)? ?(?:is )?(?:disabled|blocked)|basicauthblocked"
    r"|oauth2? is required|does not support password|logondenied-basicauthblocked",
    re.I,
)
_APP_PASSWORD = re.compile(r"application-specific password|app(?:-specific)? password", re.I)
_BROWSER = re.compile(r"\[webalert|web browser|weblogin", re.I)
_PASSING_CODES = re.compile(r"^b?['\"]|['\"]$")


@dataclass(frozen=True, slots=True)
class Doing:
    """What was being tried, as it reads after "while": "reading Drafts"."""

    settings: ImapSettings
    action: str


def plain_words(error: BaseException) -> str:
    """The server's own words out of an exception of imaplib, on one line, at most 200 characters."""
    text = str(error.args[0]) if error.args else type(error).__name__
    text = re.sub(r"^(?:[A-Za-z ]{1,20} failed: |command: \w+ => )", "", text)
    text = re.sub(r"\bb(['\"])(.{0,2000}?)\1", r"\2", text, flags=re.S)
    text = " ".join(_PASSING_CODES.sub("", text).split())
    return text[:200] or type(error).__name__


def pause_asked(text: str) -> float | None:
    """Seconds a server asked us to stay away, or None.

    Exchange writes "Suggested Backoff Time: 299961 milliseconds"; a number without a unit
    is taken for milliseconds too where it could not be meant in seconds.
    """
    match = _BACKOFF.search(text)
    if match is None:
        return None
    number = float(match[1])
    unit = (match[2] or "").lower()
    in_seconds = unit.startswith("s") or (not unit and number < 3600)
    return number if in_seconds else number / 1000


def _passing(text: str, doing: Doing) -> ServerUnavailable | None:
    """The refusal as "later", if its words say so."""
    where = f"{doing.settings.place} (account {doing.settings.account})"
    pause = pause_asked(text)
    if _QUOTA.search(text):
        return MailboxFull(
            f"The mailbox at {where} is full, while {doing.action}: {text}. "
            "Make room there; it is tried again later.",
            retry_after=pause or QUOTA_PAUSE,
        )
    if pause is not None or _LATER.search(text):
        return ServerUnavailable(
            f"{where} asks to come back later, while {doing.action}: {text}.",
            retry_after=pause or LONG_PAUSE,
        )
    return None


def refused_sign_in(error: BaseException, settings: ImapSettings) -> FollowthroughError:
    """A failed LOGIN or AUTHENTICATE: ServerUnavailable where it says so, else SignInRefused."""
    text = plain_words(error)
    if isinstance(error, IMAP4.abort) and not _NO_PASSWORDS.search(text):
        passing = _passing(text, Doing(settings, "signing in"))
        return passing or dropped(error, Doing(settings, "signing in"))
    where = f"{settings.place} refused to sign in {settings.username} (account {settings.account})"
    if _NO_PASSWORDS.search(text):
        return SignInRefused(
            f"{where}: this provider takes no passwords, only OAuth ({text}). "
            f"Add [accounts.{settings.account}.oauth] (docs/sign-in.md tells how), then `followthrough "
            f"login {settings.account}`; or use an app password where the provider has them."
        )
    if _APP_PASSWORD.search(text):
        return SignInRefused(
            f"{where}: it wants an app password ({text}). "
            "Create one in the account's security settings and store it instead."
        )
    if _BROWSER.search(text):
        return SignInRefused(
            f"{where}: it wants you to sign in with a web browser once ({text}). "
            "Do that, then start again."
        )
    blamed = SignInRefused(f"{where}: {text}. Check the user name and the stored password.")
    if _CREDENTIALS.search(text):
        return blamed
    return _passing(text, Doing(settings, "signing in")) or blamed


def dropped(error: BaseException, doing: Doing) -> ServerUnavailable:
    """The link died: EOF, reset, time-out, BYE, or an answer that cannot be in step."""
    text = plain_words(error)
    where = f"{doing.settings.place} (account {doing.settings.account})"
    if isinstance(error, TimeoutError):
        return ServerUnavailable(
            f"{where} did not answer in {doing.settings.timeouts.read:.0f} s, "
            f"while {doing.action}; the connection was dropped."
        )
    passing = _passing(text, doing)
    return passing or ServerUnavailable(
        f"The connection to {where} broke while {doing.action}: {text}.",
    )


def refused(error: BaseException, doing: Doing) -> FollowthroughError:
    """A NO or BAD to a command after sign-in: ServerUnavailable where it says so."""
    text = plain_words(error)
    where = f"{doing.settings.place} (account {doing.settings.account})"
    return _passing(text, doing) or ProtocolError(f"{where} refused, while {doing.action}: {text}.")


def unreachable(
    error: OSError, settings: ImapSettings, *, shown: str | None = None
) -> FollowthroughError:
    """Why no connection came about: name, port, network, or TLS.

    `shown` is the SHA-256 of a certificate that was not trusted, where it is known.
    """
    where = f"{settings.place} (account {settings.account})"
    if isinstance(error, ssl.SSLError):
        return _tls(error, settings, shown)
    if isinstance(error, socket.gaierror):
        return ServerUnavailable(
            f"The host {settings.host} (account {settings.account}) was not found: "
            "check how it is spelled, and whether the network is up."
        )
    if isinstance(error, ConnectionRefusedError):
        return ServerUnavailable(
            f"Nothing answers at {where}: check the host and the port, "
            "and whether the server is running."
        )
    if isinstance(error, TimeoutError):
        return ServerUnavailable(
            f"{where} did not answer in {settings.timeouts.connect:.0f} s: "
            "check the host, the port and the network."
        )
    return ServerUnavailable(f"{where} cannot be reached: {error.strerror or error}.")


# Verification results of OpenSSL's x509_vfy.h.
_EXPIRED, _NOT_YET, _SELF_SIGNED, _SELF_SIGNED_ROOT, _NO_ISSUER, _WRONG_HOST = 10, 9, 18, 19, 20, 62
_WRONG_IP = 64


def _tls(error: ssl.SSLError, settings: ImapSettings, shown: str | None) -> FollowthroughError:
    where = f"{settings.place} (account {settings.account})"
    if isinstance(error, ssl.SSLCertVerificationError):
        return ProtocolError(
            f"The certificate of {where} {_certificate_fault(error, settings, shown)}"
        )
    if "WRONG_VERSION_NUMBER" in str(error) or "RECORD_LAYER" in str(error):
        other = "starttls" if settings.security == "tls" else "tls"
        return ProtocolError(
            f'{where} does not speak TLS there: check the port, or set security = "{other}".'
        )
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return ServerUnavailable(f"{where} hung up during the TLS handshake.")
    return ProtocolError(f"No TLS connection to {where} came about: {error.reason or error}.")


def _certificate_fault(
    error: ssl.SSLCertVerificationError, settings: ImapSettings, shown: str | None
) -> str:
    pin = (
        f"If that server is your own, set fingerprint of accounts.{settings.account} to the "
        "certificate's SHA-256" + (f" (shown here: {shown})." if shown else ".")
    )
    match error.verify_code:
        case code if code == _EXPIRED:
            return "has expired: its owner must renew it; nothing is read until then."
        case code if code == _NOT_YET:
            return "is not valid yet: check this machine's clock."
        case code if code in (_WRONG_HOST, _WRONG_IP):
            return f"is made out to another name: check the host. {pin}"
        case code if code in (_SELF_SIGNED, _SELF_SIGNED_ROOT):
            return f"is signed by itself and by no authority known here. {pin}"
        case code if code == _NO_ISSUER:
            return f"is signed by an authority that is not known here. {pin}"
        case _:
            return f"cannot be trusted: {error.verify_message}. {pin}"


def wrong_fingerprint(settings: ImapSettings, shown: str) -> ProtocolError:
    """The server showed another certificate than the pinned one."""
    return ProtocolError(
        f"The certificate of {settings.place} (account {settings.account}) is not the pinned one; "
        f"it shows SHA-256 {shown}. If it was renewed by you, set fingerprint anew; "
        "otherwise somebody is in between."
    )
