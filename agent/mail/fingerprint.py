"""The ways in which messages are compared: SHA-256, in hexadecimal.

Servers may normalise line ends or add a header on APPEND, so the fingerprint of a
draft is always taken from what the server gives back, never from what was sent.
"""

import contextlib
import hashlib
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message

_NAMED = ("To", "Cc", "Bcc", "Subject", "Message-ID")


def fingerprint(data: bytes) -> str:
    """The SHA-256 of a message's bytes, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def words_print(data: bytes) -> str:
    """The SHA-256 of what a draft says, to whom, under which id, however a server wraps it."""
    message = message_from_bytes(data)
    said = [_field(message, name) for name in _NAMED]
    for part in message.walk():
        if not part.is_multipart():
            payload = part.get_payload(decode=True)
            said.append(b"\n".join(payload.split()) if isinstance(payload, bytes) else b"")
    return hashlib.sha256(b"\0".join(said)).hexdigest()


def _field(message: Message, name: str) -> bytes:
    """A field without folding and encoded words; as it is written where they cannot be read."""
    written = " ".join(str(value) for value in message.get_all(name, []))
    with contextlib.suppress(LookupError, ValueError, MessageError):  # an unknown charset, say
        written = str(make_header(decode_header(written)))
    return "".join(written.split()).encode("utf-8", "replace")
