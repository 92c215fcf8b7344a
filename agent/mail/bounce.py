"""What a delivery report says: which addresses mail did not reach, and which mail it was.

RFC 3464 reports are read by their fields; those that only tell it in words by the
X-Failed-Recipients field (Exim, Gmail). A delay is no failure. Never raises.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from itertools import islice

from agent.mail.compose import is_address

_MAX_PARTS = 50
_MAX_RECIPIENTS = 50
_ADDRESS = re.compile(r"[^\s<>;,\"]{1,64}@[^\s<>;,\"]{1,255}")
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
        ids = [each for part in parts if (each := _original(part))]
    except Exception:  # the parser gives up on what no server would send
        return None
    addresses = tuple(dict.fromkeys(a for a in found if is_address(a)))
    return Bounce(addresses[:_MAX_RECIPIENTS], ids[0] if ids else None) if addresses else None


def _failed(part: Message) -> Iterator[str]:
    """The recipients of a message/delivery-status part that failed (RFC 3464, 2.3)."""
    blocks = part.get_payload()
    if part.get_content_type() != "message/delivery-status" or not isinstance(blocks, list):
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
