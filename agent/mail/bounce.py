"""What a delivery report says: which addresses mail did not reach, and which mail it was.

RFC 3464 reports are read by their fields; those that only tell it in words by the
X-Failed-Recipients field (Exim, Gmail), or by the addresses in the words of a mailer daemon
that gives up. A delay is no failure. Never raises.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from itertools import islice

from agent.mail.compose import is_address

_MAX_PARTS = 50
_MAX_RECIPIENTS = 50
_ADDRESS = re.compile(r"[^\s<>;,\"]{1,64}@[^\s<>;,\"]{1,255}")
_DAEMON = re.compile(
    r"(?:mailer-daemon|postmaster|mail-?delivery|mdaemon|bounces?)@|mailer-daemon\b", re.I
)
# What a server says that gives up; "will retry" and "delayed" are said by one that does not.
_GIVES_UP = re.compile(
    r"\b5\d\d[ -]|\b5\.\d\.\d{1,3}\b|undeliver|not (?:be )?delivered|n['’]t (?:be )?delivered"
    r"|delivery (?:has )?failed|failed permanently|permanent (?:fatal )?error|returned to sender"
    r"|user unknown|no such user|does(?: not|n['’]t) exist|address(?:es)? failed|could not be found"
    r"|unzustellbar|nicht zugestellt|unbekannte[rn]? empfänger|non remis|pas pu être remis"
    r"|n['’]existe pas|no (?:se )?(?:ha podido|pudo) (?:ser )?entrega|no existe|non recapit",
    re.I,
)
_TRIES_ON = re.compile(
    r"\bdelayed\b|will (?:be )?(?:re)?tr(?:y|ied)|still trying|verzögert|retardé|retrasad", re.I
)
_READ = 20_000  # characters of a report's words that are read
_HISTORY = re.compile(
    r"^[>\s-]*(?:-{2,}.{0,60}(?:copy|original|returned|header)|from: )", re.I | re.M
)
_ID = re.compile(r"<([^<>\s]{3,300})>")


@dataclass(frozen=True, slots=True)
class Bounce:
    """Addresses that are refused for good, lower case; the Message-ID of what was sent."""

    addresses: tuple[str, ...]
    message_id: str | None = None


def read_bounce(data: bytes) -> Bounce | None:
    """What a report says; None where it says of no address that mail failed for good."""
    try:
        message = message_from_bytes(data)
        parts = list(islice(message.walk(), _MAX_PARTS))
        found = [a for part in parts for a in _failed(part)] or list(_named(message))
        if not found and not any(_is_status(part) for part in parts):
            found = list(_told(message, parts))
        ids = [each for part in parts if (each := _original(part))] + _answered(message)
    except Exception:  # the parser gives up on what no server would send
        return None
    addresses = tuple(dict.fromkeys(a for a in found if is_address(a)))
    return Bounce(addresses[:_MAX_RECIPIENTS], ids[0] if ids else None) if addresses else None


def _is_status(part: Message) -> bool:
    return part.get_content_type() == "message/delivery-status"


def _told(message: Message, parts: Iterable[Message]) -> Iterator[str]:
    """The addresses in the words of a mailer daemon that says it gives up.

    Whose mail really went there the caller knows: the daemon's own address is here too.
    """
    report = message.get_content_type() == "multipart/report"
    if not report and not _DAEMON.search(str(message["From"] or "")):
        return
    text = next((_text_of(p) for p in parts if p.get_content_type() == "text/plain"), "")
    if copy := _HISTORY.search(text):
        text = text[: copy.start()]
    said = f"{message['Subject']}\n{text}"
    if _GIVES_UP.search(said) and not _TRIES_ON.search(said):
        for address in islice(_ADDRESS.finditer(text), _MAX_RECIPIENTS):
            yield address[0].lower().rstrip(".:>)]'")


def _text_of(part: Message) -> str:
    decoded = part.get_payload(decode=True)
    return decoded.decode("utf-8", "replace")[:_READ] if isinstance(decoded, bytes) else ""


def _answered(message: Message) -> list[str]:
    """The mails that the report says it answers (RFC 3834, 3.1.2)."""
    said = f"{message['In-Reply-To'] or ''} {message['References'] or ''}"
    return _ID.findall(said[:2_000])


def _failed(part: Message) -> Iterator[str]:
    """The recipients of a message/delivery-status part that failed (RFC 3464, 2.3)."""
    blocks = part.get_payload()
    if not _is_status(part) or not isinstance(blocks, list):
        return
    for block in islice(blocks, _MAX_RECIPIENTS):
        if not isinstance(block, Message):
            continue
        action = str(block["Action"] or "").strip().lower()
        status = str(block["Status"] or "").strip()
        if action == "failed" or (not action and status.startswith("5")):
            for field in ("Original-Recipient", "Final-Recipient"):
                if address := _ADDRESS.search(str(block[field] or "")):
                    yield address[0].lower()
                    break


def _named(message: Message) -> Iterator[str]:
    for address in _ADDRESS.findall(str(message["X-Failed-Recipients"] or "")):
        yield address.lower()


def _original(part: Message) -> str | None:
    """The Message-ID of the mail that came back, from its copy or its header alone."""
    kind, inside = part.get_content_type(), part.get_payload()
    if kind == "message/rfc822" and isinstance(inside, list) and inside:
        return _id_of(inside[0])
    if kind == "text/rfc822-headers":
        decoded = part.get_payload(decode=True)
        if isinstance(decoded, bytes):
            return _id_of(message_from_string(decoded.decode("utf-8", "replace")[:20_000]))
    return None


def _id_of(message: object) -> str | None:
    if not isinstance(message, Message):
        return None
    found = _ID.search(str(message["Message-ID"] or ""))
    return found[1] if found else None
