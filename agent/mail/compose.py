"""A draft becomes bytes: one text, with the files that go with it, safe in every header and line.

The law of this file: nothing reaches a header unless it holds no control character, only
ASCII goes over the wire, lines stay under 78 characters, and equal drafts give equal bytes,
since a draft is found again by its fingerprint. No header names the program (save in a note
to the user themself) and there is no Cc and no Bcc: what the user sends looks like what they
would have written. One field tells the user until when a draft is on time, where they want it.

RFC 5322 (the message), RFC 2047 (words beyond ASCII in headers), RFC 2045 (the body).
"""

import base64
import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import quoprimime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime

from agent.mail.message import Address

_MAX_LINE = 76
_MAX_ID = 250
_MAX_REFERENCES = 30
_MAX_HEADER = 300
_MAX_QUOTED = 60  # a longer word or name is encoded, so that it can be folded
_MAX_CHUNK = 39  # bytes in one encoded word: with "Subject: " before it the line is short enough

_MAX_NAME = 100

_KIND = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,80}\Z")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\Z")
_ID = re.compile(r"[!-;=?-~]+@[!-;=?-~]+\Z")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+\Z")

# Controls, lone surrogates, and the separators that some readers take for line ends.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
_CONTROL_IN_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

# Marks that change how the text around them is shown: an address can hide behind them.
_DIRECTION_MARK = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail: its name, its MIME type, its bytes."""

    name: str
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft says and to whom; ids without angle brackets, `date` aware.

    `to_self` marks a note to the user as made by a machine, so that no other machine answers
    it (RFC 3834, 5). `send_by` is until when it is on time, in a field for the user's eyes; that
    names no program, since some clients keep such a field when they send.
    """

    message_id: str
    from_: Address
    to: tuple[Address, ...]
    subject: str
    body: str
    date: datetime
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    to_self: bool = False
    send_by: datetime | None = None


# For the files that go with a mail: SMTP's line ends and lengths.
_POLICY = EmailPolicy(linesep="\r\n", max_line_length=_MAX_LINE, cte_type="7bit")


def _folded(name: str, tokens: Iterable[str]) -> str:
    """A header of tokens that stay whole, on lines as long as they may be (RFC 5322, 2.2.3)."""
    lines = [f"{name}:"]
    for token in tokens:
        if len(lines[-1]) + 1 + len(token) > _MAX_LINE and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {token}"
    return "\r\n".join(lines) + "\r\n"


def _mailbox_tokens(addresses: Sequence[Address]) -> Iterator[str]:
    """Name and address of each, the comma at the end of all but the last."""
    for at, address in enumerate(addresses, start=1):
        name = _checked(address.name)
        if _ATOMS.match(name) and len(name) <= _MAX_QUOTED:
            yield name
        elif name.isascii() and len(name) <= _MAX_QUOTED:
            yield '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
        else:
            yield from _encoded_words(name)
        yield f"<{_checked_address(address)}>" + ("," if at < len(addresses) else "")


def _text_tokens(text: str) -> Iterator[str]:
    """The words of an ASCII text, else all of it as encoded words."""
    words = text.split(" ")
    if text.isascii() and all(len(word) < _MAX_QUOTED for word in words):
        yield from words
    else:
        yield from _encoded_words(text)


def _encoded_words(text: str) -> Iterator[str]:
    """RFC 2047 words of whole characters; readers drop the space between two of them."""
    chunk = b""
    for character in text:
        encoded = character.encode("utf-8")
        if len(chunk) + len(encoded) > _MAX_CHUNK:
            yield _encoded_word(chunk)
            chunk = b""
        chunk += encoded
    if chunk:
        yield _encoded_word(chunk)


def _encoded_word(chunk: bytes) -> str:
    return f"=?utf-8?B?{base64.b64encode(chunk).decode('ascii')}?="


def compose(draft: Draft) -> bytes:
    """The message as bytes: ASCII, CRLF, the same for an equal draft.

    An ancestor's id that no header may hold is left out, since a thread is a comfort and the
    id came from outside. Raises ValueError for anything else that no header may hold, which
    is a mistake of the caller: texts go through `clean_header`, addresses through `is_address`.
    """
    if not draft.to:
        raise ValueError("a draft needs somebody to go to")
    if draft.date.tzinfo is None:
        raise ValueError("the date of a draft needs its zone")
    header = "".join(
        (
            _folded("From", _mailbox_tokens([draft.from_])),
            _folded("To", _mailbox_tokens(_once_each(draft.to))),
            _folded("Subject", _text_tokens(_checked(draft.subject))),
            f"Date: {_spelled(draft.date)}\r\n",
            f"Message-ID: <{_checked_id(draft.message_id)}>\r\n",
            *_thread(draft),
            f"X-Send-By: {_spelled(draft.send_by)}\r\n" if draft.send_by else "",
            "Auto-Submitted: auto-generated\r\n" if draft.to_self else "",
        )
    )
    content = _with_files(draft) if draft.attachments else _text_alone(clean_body(draft.body))
    return header.encode("ascii") + content


def _spelled(at: datetime) -> str:
    return format_datetime(at.replace(microsecond=0))


def _text_alone(body: str) -> bytes:
    """A body and the fields that tell what it is."""
    encoding = _encoding_for(body)
    sent = body
    if encoding == "quoted-printable":
        sent = quoprimime.body_encode(body.encode("utf-8").decode("latin-1"), _MAX_LINE)
    return (
        'Content-Type: text/plain; charset="utf-8"\r\n'
        f"Content-Transfer-Encoding: {encoding}\r\n"
        "MIME-Version: 1.0\r\n\r\n" + sent.replace("\n", "\r\n")
    ).encode("ascii")


def _with_files(draft: Draft) -> bytes:
    """The body, and the files behind it, as parts. The boundary follows from the id: equal
    drafts, equal bytes."""
    mail = EmailMessage(policy=_POLICY)
    body = clean_body(draft.body)
    mail.set_content(body, charset="utf-8", cte=_encoding_for(body))
    for each in draft.attachments:
        main, _, sub = each.kind.partition("/")
        known = bool(_KIND.match(each.kind)) and main not in ("multipart", "message")
        mail.add_attachment(
            each.data,
            maintype=main if known else "application",
            subtype=sub if known else "octet-stream",
            filename=file_name(each.name),
            cte="base64",
        )
    digest = hashlib.sha256(draft.message_id.encode()).hexdigest()
    mail.set_boundary(f"=_{digest[:32]}")
    return mail.as_bytes()


def file_name(name: str) -> str:
    """A name for a file as it may stand in a header or a folder: no path, no marks, not endless."""
    bare = one_line(re.split(r"[/\\]", name)[-1]).strip(". ")
    stem, dot, ending = bare.rpartition(".")
    if len(bare) > _MAX_NAME and dot and len(ending) < 10:
        bare = f"{stem[: _MAX_NAME - len(ending) - 1]}.{ending}"
    return bare[:_MAX_NAME] or "file"


def one_line(text: str) -> str:
    """Any text as one line: no controls, no hidden marks, one space between words."""
    return " ".join(_CONTROL.sub(" ", _DIRECTION_MARK.sub("", text)).split())


def clean_header(text: str) -> str:
    """Any text as one line fit for a header, at most 300 characters of it.

    "=?" is parted, because it would be read back as the start of an encoded word.
    """
    return one_line(text).replace("=?", "= ?")[:_MAX_HEADER].rstrip()


def clean_body(text: str) -> str:
    """A body with LF line ends, one at its end, without controls or spaces that end a line."""
    unified = re.sub(r"\r\n?|[\u2028\u2029\x85]", "\n", text)
    kept = _CONTROL_IN_TEXT.sub("", unified)
    return "\n".join(line.rstrip() for line in kept.split("\n")).strip("\n") + "\n"


def is_address(email: str) -> bool:
    """Whether a draft can go to this address: a dot-atom (RFC 5322, 3.2.3) at a host's name."""
    local, at, domain = email.rpartition("@")
    host = _ascii_domain(domain)
    return bool(at and len(local) <= 64 and _LOCAL.match(local) and host)


def new_message_id(seed: str, domain: str) -> str:
    """An id such as an ordinary mail client makes; the same for the same seed and domain.

    Raises ValueError for a domain that no address could have.
    """
    host = _ascii_domain(domain)
    if not host:
        raise ValueError(f"not the name of a host: {domain!r}")
    digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).digest()
    return f"{uuid.UUID(bytes=digest[:16], version=4)}@{host}"


# What mail programs put before a subject, in the languages of the mails we read: answers,
# forwards, and the tags that company gateways add to mail from outside.
_REPLY_MARKS = (
    r"re|aw|antw|antwort|sv|vs|rv|res|rif|r|odp|回复|答复|"
    r"fwd?|wg|tr|enc|i|doorst|pd|vl|转发"
)
_PREFIX = re.compile(
    rf"\s*(?:(?:{_REPLY_MARKS})\s?(?:[\[(]\d{{1,3}}[\])])?\s?[:：]"
    r"|\[(?:ext|external|extern|externe|externo|external e-?mail|external sender)\]:?"
    r"|\(ext(?:ernal)?\)"
    r"|ext(?:ernal|ern)?:)\s*",
    re.IGNORECASE,
)


def reply_subject(subject: str) -> str:
    """The subject of an answer: one "Re: " before what is left without prefixes and tags."""
    rest = clean_header(subject)
    while found := _PREFIX.match(rest):
        rest = rest[found.end() :]
    return f"Re: {rest}".strip()


def _thread(draft: Draft) -> Iterator[str]:
    """In-Reply-To and References (RFC 5322, 3.6.4), the mail that is answered last."""
    parent = draft.in_reply_to if draft.in_reply_to and _usable_id(draft.in_reply_to) else None
    chain = [each for each in draft.references if _usable_id(each) and each != parent]
    if parent:
        yield f"In-Reply-To: <{parent}>\r\n"
        chain.append(parent)
    chain = list(dict.fromkeys(chain))
    if len(chain) > _MAX_REFERENCES:  # the first one names the thread, the last ones place us
        chain = [chain[0], *chain[1 - _MAX_REFERENCES :]]
    if chain:
        yield "References: " + "\r\n ".join(f"<{each}>" for each in chain) + "\r\n"


def _checked_address(address: Address) -> str:
    """The address as it goes over the wire; raises ValueError for one that no server would take."""
    if not is_address(address.email):
        raise ValueError(f"no draft can go to {address.email!r}")
    return f"{address.local}@{_ascii_domain(address.domain)}"


def _once_each(addresses: tuple[Address, ...]) -> list[Address]:
    """The addresses without repeats, the first spelling of each kept."""
    seen: dict[str, Address] = {}
    for each in addresses:
        seen.setdefault(each.email.lower(), each)
    return list(seen.values())


def _checked(text: str) -> str:
    """The text for a header; raises ValueError for a control character, which is an attack."""
    if _CONTROL.search(text):
        raise ValueError(f"not fit for a header: {text!r}")
    return clean_header(text)


def _checked_id(message_id: str) -> str:
    if not _usable_id(message_id):
        raise ValueError(f"not a Message-ID: {message_id!r}")
    return message_id


def _usable_id(message_id: str) -> bool:
    """Whether an id can stand in a header: printable ASCII around one @, and not endless."""
    return len(message_id) <= _MAX_ID and bool(_ID.match(message_id))


def _ascii_domain(domain: str) -> str:
    """The host as it goes over the wire (RFC 5890 A-labels), "" where it is none."""
    try:
        host = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return host if _DOMAIN.match(host) and ".." not in host else ""


def _encoding_for(body: str) -> str:
    """Plain where every line is short and ASCII, else quoted-printable (RFC 2045, 6.7)."""
    short = all(len(line) <= _MAX_LINE for line in body.split("\n"))
    return "7bit" if short and body.isascii() else "quoted-printable"
