"""Bytes to `ParsedMail`. The only importer of mail-parser. `parse` never raises.

mail-parser reads the address, date and Received fields, where it recovers more than the
standard library does and says why. The parts are walked beside it (`parts.py`): it drops
raw 8-bit subjects and the text of unknown character sets in silence, keeps an inline
text/calendar without its method, and raises on a NUL in a charset or on deep nesting.
So it is given fields only, decoded and bounded.
"""

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any, cast

from mailparser import MailParser
from mailparser.utils import get_addresses

from agent.domain.facts import Thread
from agent.mail.characters import one_line
from agent.mail.encodedwords import decode_words, repair
from agent.mail.message import Address, AuthResult, ParsedMail
from agent.mail.parts import read_parts

MAX_BYTES = 25 << 20
MAX_HEADER = 512 << 10
MAX_LINES = 500_000
MAX_CONTAINERS = 30
MAX_SEPARATORS = 2_000
MAX_FIELDS = 500
MAX_ADDRESSES = 500
MAX_IDS = 200
EARLIEST_YEAR = 1980
LATEST_YEAR = 2100

# It quotes the mail in its messages; logs hold ids only.
logging.getLogger("mailparser").setLevel(logging.CRITICAL + 1)

_HEADER_END = re.compile(rb"\r?\n\r?\n|\r\r")
_FIELD = re.compile(rb"[!-9;-~]{1,100}[ \t]{0,5}:")
_CONTAINER = re.compile(
    rb"^content-type[ \t]{0,5}:[ \t]{0,5}(?:\r?\n[ \t]{1,5})?(?:multipart|message)/", re.I | re.M
)
_SEPARATOR = re.compile(rb"^--", re.M)
_NEWLINE = re.compile(rb"\n")
_MESSAGE_ID = re.compile(r"<([^<>]{1,990})>")
_ADDRESS = re.compile(r"[^\s<>\"(),;:@]{1,64}@[^\s<>\"(),;:@]{1,255}")
_SERVER = re.compile(r"\s{0,20}([^\s;()]{1,255})")
_PARSED_FIELDS = ("from", "to", "cc", "reply-to", "date", "received")


@dataclass(frozen=True, slots=True)
class _Header:
    """Every field: decoded for reading, and as repaired text for those with a grammar."""

    decoded: dict[str, tuple[str, ...]]
    repaired: dict[str, tuple[str, ...]]
    problems: tuple[str, ...]

    def first(self, name: str) -> str:
        values = self.repaired.get(name)
        return values[0] if values else ""


def _bounded(data: bytes) -> tuple[bytes, list[str]]:
    """The message up to where it grows too large for the parser, and what was cut.

    The standard library's parser checks each line against every open container and goes
    one call deeper for each, so that depth times lines is bounded here, before it starts.
    """
    problems: list[str] = []
    limit = len(data)
    if limit > MAX_BYTES:
        limit = MAX_BYTES
        problems.append("The message is larger than 25 MiB; its end was not read.")
    header_end = _HEADER_END.search(data, 0, MAX_HEADER)
    if header_end is None and limit > MAX_HEADER:
        limit = MAX_HEADER
        problems.append("The header is longer than 512 KiB; its end was not read.")
    for pattern, most, what in (
        (_NEWLINE, MAX_LINES, "lines"),
        (_CONTAINER, MAX_CONTAINERS, "parts inside parts"),
        (_SEPARATOR, MAX_SEPARATORS, "parts"),
    ):
        over = next(islice(pattern.finditer(data, 0, limit), most, None), None)
        if over is not None:
            limit = over.start()
            problems.append(f"The message has more than {most} {what}; its end was not read.")
    return data[:limit], problems


def _without_preface(data: bytes) -> tuple[bytes, list[str]]:
    """The message from its first field on: byte order marks, blank lines and NULs go."""
    stripped = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t \x00")
    if not stripped:
        return b"", ["The message is empty."]
    if stripped is not data and _FIELD.match(stripped):
        data = stripped
    problems = []
    if not (_FIELD.match(data) or data.startswith((b"From ", b">From "))):
        problems.append("The message does not begin with a header.")
    if b"\x00" in data:
        data = data.replace(b"\x00", b"")
        problems.append("The message holds NUL bytes, which were dropped.")
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    return data, problems


def _header(message: Message) -> _Header:
    decoded: dict[str, list[str]] = {}
    repaired: dict[str, list[str]] = {}
    problems: dict[str, None] = {}
    fields = list(islice(message.raw_items(), MAX_FIELDS + 1))
    if len(fields) > MAX_FIELDS:
        problems[f"The header has more than {MAX_FIELDS} fields; the last were not read."] = None
    for name, raw in fields[:MAX_FIELDS]:
        key = one_line(str(name)).lower()
        words = decode_words(str(raw))
        if words.problem:
            problems[f"In {one_line(str(name))}, {words.problem}."] = None
        decoded.setdefault(key, []).append(words.text)
        repaired.setdefault(key, []).append(" ".join(repair(str(raw)).text.split()))
    return _Header(
        {key: tuple(values) for key, values in decoded.items()},
        {key: tuple(values) for key, values in repaired.items()},
        tuple(problems),
    )


def _read_fields(header: _Header, problems: list[str]) -> Any:
    """What mail-parser makes of the fields that have a grammar; only the topmost Received.

    It raises on a mangled encoded word in a name (base64 cut short); then the marks that
    make it one are taken away, and the name stays as it was written.
    """
    values = [(name, header.first(name)) for name in _PARSED_FIELDS]
    try:
        return _mail_parser(values)
    except Exception:
        problems.append("A name in an address field is mangled.")
        return _mail_parser([(name, value.replace("=?", "=")) for name, value in values])


def _mail_parser(values: Iterable[tuple[str, str]]) -> Any:
    fields = Message()
    for name, value in values:
        if value:
            fields[name] = value
    return cast(Any, MailParser)(fields)


def _addresses(pairs: Iterable[tuple[str, str]]) -> tuple[Address, ...]:
    found = (_address(name, email) for name, email in islice(pairs, MAX_ADDRESSES))
    return tuple(dict.fromkeys(address for address in found if address.email))


def _address(name: str, email: str) -> Address:
    email = "".join(one_line(email).split()).strip("<>'\"").lower()
    name = decode_words(name).text.strip(" '\"\t,;")
    return Address("" if name.lower() == email else name, email if "@" in email else "")


def _from(pairs: list[tuple[str, str]], value: str, problems: list[str]) -> Address:
    """The first author. A mangled field still yields its last address, as clients show it."""
    if not value:
        problems.append("The message does not say who it is from.")
        return Address("", "")
    addresses = _addresses(pairs)
    if len(addresses) > 1:
        problems.append("The message names more than one author; the first was taken.")
    if addresses:
        return addresses[0]
    problems.append("The sender's address is malformed.")
    found = _ADDRESS.findall(value[:1_000])
    name = decode_words(value.partition("<")[0]).text.strip(" \"'")
    return _address(name if not found or found[-1] not in name else "", found[-1] if found else "")


def _sender(value: str) -> Address | None:
    if not value:
        return None
    return next(iter(_addresses(get_addresses(value, decode_names=True))), None)


def _date(parsed: Any, value: str, problems: list[str]) -> datetime | None:
    """The Date field with the sender's own offset, None where it names no instant (RFC 5322, 3.3)."""
    if not value:
        problems.append("The message has no date.")
        return None
    date = _strict_date(parsed) or _lenient_date(value)
    if date is None:
        problems.append(f"The date {one_line(value)[:60]!r} cannot be read.")
    elif not EARLIEST_YEAR <= date.year <= LATEST_YEAR:
        problems.append(f"The date {one_line(value)[:60]!r} cannot be right.")
        return None
    return date


def _strict_date(parsed: Any) -> datetime | None:
    if parsed.date is None:
        return None
    offset = timedelta(hours=float(parsed.timezone))
    if abs(offset) > timedelta(hours=15):
        return None
    instant: datetime = parsed.date
    # mail-parser gives tenths of hours; quarter hours (India, Nepal) are what was meant.
    minutes = round(offset / timedelta(minutes=15)) * 15
    return instant.astimezone(timezone(timedelta(minutes=minutes)))


def _lenient_date(value: str) -> datetime | None:
    """Dates that break the grammar and are still clear: one-digit hours, ISO 8601."""
    text = value[:100].strip()
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            date = read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if date.tzinfo is not None and abs(date.utcoffset() or timedelta()) <= timedelta(hours=15):
            return date
    return None


def _received(parsed: Any) -> datetime | None:
    """The topmost Received stamp, in UTC."""
    hops = parsed.received
    stamp = hops[-1].get("date_utc") if hops else None
    if not stamp:
        return None
    instant = datetime.fromisoformat(stamp).astimezone(UTC)
    return instant if EARLIEST_YEAR <= instant.year <= LATEST_YEAR else None


def _ids(values: Iterable[str]) -> tuple[str, ...]:
    """The message ids of a field (RFC 5322, 3.6.4), without brackets and folding."""
    found = (match for value in values for match in _MESSAGE_ID.findall(value))
    return tuple(islice(("".join(one.split()) for one in found), MAX_IDS))


def _thread(header: _Header) -> Thread:
    own = header.repaired.get("message-id", ())
    bare = one_line(own[0]) if own else ""
    fallback = bare if "@" in bare and " " not in bare else None
    return Thread(
        message_id=next(iter(_ids(own)), fallback),
        in_reply_to=_ids(header.repaired.get("in-reply-to", ())),
        references=_ids(header.repaired.get("references", ())),
    )


def _auth_results(values: Iterable[str]) -> tuple[AuthResult, ...]:
    """Each Authentication-Results field with the server that vouches for it (RFC 8601, 2.2)."""
    results = []
    for value in values:
        server = _SERVER.match(value)
        results.append(AuthResult(server[1].lower() if server else "", value))
    return tuple(results)


def _parse(data: bytes) -> ParsedMail:
    bounded, problems = _bounded(data)
    bounded, preface = _without_preface(bounded)
    message = message_from_bytes(bounded)
    header = _header(message)
    parsed = _read_fields(header, problems)
    from_ = _from(parsed.from_, header.first("from"), problems)
    date = _date(parsed, header.first("date"), problems)
    content = read_parts(message)
    return ParsedMail(
        thread=_thread(header),
        subject=(header.decoded.get("subject") or ("",))[0],
        date=date,
        received=_received(parsed),
        from_=from_,
        sender=_sender(header.first("sender")),
        reply_to=_addresses(parsed.reply_to or ()),
        to=_addresses(parsed.to or ()),
        cc=_addresses(parsed.cc or ()),
        headers=header.decoded,
        text=content.text,
        links=content.links,
        calendars=content.calendars,
        json_ld=content.json_ld,
        attachments=content.attachments,
        auth_results=_auth_results(header.decoded.get("authentication-results", ())),
        content_type=message.get_content_type(),
        size=len(data),
        problems=tuple(dict.fromkeys((*preface, *problems, *header.problems, *content.problems))),
    )


def _unreadable(data: bytes, words: str) -> ParsedMail:
    return ParsedMail(
        thread=Thread(None),
        subject="",
        date=None,
        received=None,
        from_=Address("", ""),
        sender=None,
        reply_to=(),
        to=(),
        cc=(),
        headers={},
        text="",
        size=len(data),
        problems=(words,),
    )


def parse(data: bytes) -> ParsedMail:
    """Read one message, as it lies on the server; what cannot be read is named in `problems`.

    Any bytes will do. Size, lines, parts and nesting are bounded; nothing is ever raised.
    """
    try:
        return _parse(data)
    except Exception as error:  # a poison message must not stop the mail behind it
        return _unreadable(data, f"The message could not be read ({type(error).__name__}).")
