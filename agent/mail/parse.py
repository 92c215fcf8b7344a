"""Bytes to `ParsedMail`. The only importer of mail-parser. `parse` never raises.

mail-parser reads the address, date and Received fields, where it recovers more than the
standard library does. The parts are walked beside it (`parts.py`): it drops raw 8-bit
subjects and the text of unknown character sets in silence, keeps an inline text/calendar
without its method, and raises on a NUL in a charset or on deep nesting. So its readers of
single fields are called, with values decoded and bounded; a whole message it would go through
five times. What every mail program writes ("Ann Lee <ann@acme.example>") is read here: with
both, the fields of a mail take 0.1 ms instead of 0.6.
"""

import logging
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any, cast

from mailparser.utils import convert_mail_date, get_addresses, receiveds_parsing

from agent.domain.facts import Thread
from agent.mail.characters import one_line
from agent.mail.encodedwords import MAX_VALUE, decode_words, repair
from agent.mail.message import Address, AuthResult, ParsedMail
from agent.mail.mime import Part, read_header, read_tree
from agent.mail.parts import read_parts

MAX_BYTES = 25 << 20
MAX_HEADER = 512 << 10
MAX_LINES = 500_000
MAX_CONTAINERS = 30
FEW_CONTAINERS = 8  # so many that every line may be checked against them all
MAX_CHECKS = 100_000  # of a line against a container around it
MAX_SEPARATORS = 500  # more than twice the parts that are read
MAX_FIELDS = 500
MAX_ADDRESSES = 500
MAX_IDS = 200
MAX_SUBJECT = 1_000  # characters: a line of a header has no more (RFC 5322, 2.1.1)
MAX_NAME = 300
EARLIEST_YEAR = 1980
LATEST_YEAR = 2100

# It quotes the mail in its messages; logs hold ids only.
logging.getLogger("mailparser").setLevel(logging.CRITICAL + 1)

_HEADER_ENDS = (b"\n\n", b"\n\r\n", b"\r\r")
_FIELD = re.compile(rb"[!-9;-~]{1,100}[ \t]{0,5}:")
_CONTAINER = re.compile(
    rb"^content-type[ \t]{0,5}:[ \t]{0,5}(?:\r?\n[ \t]{1,5})?(?:multipart|message)/", re.I | re.M
)
_SEPARATOR = re.compile(rb"^--", re.M)
_NEWLINE = re.compile(rb"\n")
_MESSAGE_ID = re.compile(r"<([^<>]{1,990})>")
_ADDRESS = re.compile(r"[^\s<>\"(),;:@]{1,64}@[^\s<>\"(),;:@]{1,255}")
_SERVER = re.compile(r"\s{0,20}([^\s;()]{1,255})")
# A mailbox as nearly all are written (RFC 5322, 3.4), and a Received field without quotes, its
# comments nested once at most, up to the one semicolon before its date (RFC 5322, 3.6.7).
_ATOM = r"[A-Za-z0-9_+-]{1,64}+(?:\.[A-Za-z0-9_+-]{1,64}+){0,20}+"
_PLAIN_MAILBOX = re.compile(
    rf"(?:(?:\"(?P<quoted>[A-Za-z0-9][A-Za-z0-9,.'& -]{{0,99}})\"|(?P<name>[A-Za-z0-9][A-Za-z0-9.'&-]{{0,99}}+"
    rf"(?: [A-Za-z0-9.'&-]{{1,99}}+){{0,9}}+)) <(?P<email>{_ATOM}@{_ATOM})>|(?P<bare>{_ATOM}@{_ATOM})"
    rf"|<(?P<angled>{_ATOM}@{_ATOM})>"
    # "Lee, Ann <...>", "=?utf-8?q?M=C3=BCller,_Ann?= <...>": wrong without quotes, and often seen
    rf"|(?P<listed>[^\s<>()\"@:;\\,][^<>()\"@:;\\,]{{0,99}}+,[^<>()\"@:;\\]{{0,99}}+)<(?P<its>{_ATOM}@{_ATOM})>)"
)
_COMMENT = r"\((?:[^()\\]|\([^()\\]*+\))*+\)"
_PLAIN_TRACE = re.compile(
    rf"(?:[^()\[\]<>;\"\\]|{_COMMENT}|\[[^\[\]\\]*+\]|<[^()\[\]<>;\"\\]*+>)*+"
    rf";(?P<date>[^;()\[\]<>\"\\]*+(?:{_COMMENT}\s*+)?+)"
)
# A date as programs write it (RFC 5322, 3.3), its zone one that there is.
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_PLAIN_DATE = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d{1,2}) ([A-Z][a-z][a-z]) ((?:19|20)\d\d)"
    r" (\d\d):(\d\d):([0-5]\d) ([+-])(0\d|1[0-4])(00|15|30|45)(?: \([A-Z]{1,5}\))?",
    re.ASCII,
)

_Pairs = list[tuple[str, str]]
_convert_mail_date, _receiveds_parsing = cast(Any, convert_mail_date), cast(Any, receiveds_parsing)


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
    if limit > MAX_HEADER and _header_end(data, MAX_HEADER) < 0:
        limit = MAX_HEADER
        problems.append("The header is longer than 512 KiB; its end was not read.")
    for pattern, sign, most, what in (
        (_NEWLINE, b"\n", MAX_LINES, "lines"),
        (_CONTAINER, b"content-type", MAX_CONTAINERS, "parts inside parts"),
        (_SEPARATOR, b"--", MAX_SEPARATORS, "parts"),
    ):
        if limit <= most or data.lower().count(sign, 0, limit) <= most:
            continue  # counting takes a tenth of looking
        over = next(islice(pattern.finditer(data, 0, limit), most, None), None)
        if over is not None:
            limit = over.start()
            problems.append(f"The message has more than {most} {what}; its end was not read.")
    kept = data[:limit]
    if (held := len(_CONTAINER.findall(kept))) > FEW_CONTAINERS:
        most = MAX_CHECKS // held
        if kept.count(b"\n") > most:
            kept = b"\n".join(kept.split(b"\n", most)[:most])
            problems.append(f"In a message of {held} parts inside parts, {most} lines were read.")
    return kept, problems


def _header_end(data: bytes, most: int | None = None) -> int:
    """Where the first blank line ends, -1 where none does among the first `most` bytes."""
    ends = [(data.find(sign, 0, most), sign) for sign in _HEADER_ENDS]
    return min((at + len(sign) for at, sign in ends if at >= 0), default=-1)


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


def _header(message: Part) -> _Header:
    if message.head and _is_plain(message.head) and len(message.fields) <= MAX_FIELDS:
        return _plain_header(message.fields)
    decoded: dict[str, list[str]] = {}
    repaired: dict[str, list[str]] = {}
    problems: dict[str, None] = {}
    fields = message.fields
    if len(fields) > MAX_FIELDS:
        problems[f"The header has more than {MAX_FIELDS} fields; the last were not read."] = None
    for name, value in fields[:MAX_FIELDS]:
        key = _field_name(name)
        if _is_plain(value):
            line = " ".join(value.split())
            decoded.setdefault(key, []).append(line)
            repaired.setdefault(key, []).append(line)
            continue
        words = decode_words(value)
        if words.problem:
            problems[f"In {one_line(name)}, {words.problem}."] = None
        decoded.setdefault(key, []).append(words.text)
        repaired.setdefault(key, []).append(" ".join(repair(value).text.split()))
    return _Header(
        {key: tuple(values) for key, values in decoded.items()},
        {key: tuple(values) for key, values in repaired.items()},
        tuple(problems),
    )


def _plain_header(fields: Sequence[tuple[str, str]]) -> _Header:
    """A header that says what its bytes show, as most do."""
    found: dict[str, list[str]] = {}
    for name, value in fields:
        found.setdefault(name.lower(), []).append(" ".join(value.split()))
    values = {name: tuple(lines) for name, lines in found.items()}
    return _Header(values, values, ())


def _field_name(name: str) -> str:
    if name.isascii() and name.isprintable() and " " not in name:
        return name.lower()
    return one_line(name).lower()


def _is_plain(value: str) -> bool:
    """Whether text of a header says what its bytes show: short, ASCII, nothing encoded or unseen."""
    if len(value) > MAX_VALUE or "=?" in value or not value.isascii():
        return False
    return value.replace("\n", "").replace("\r", "").replace("\t", "").isprintable()


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields with a grammar: names with addresses, and instants; `sent` has its own offset."""

    from_: _Pairs
    reply_to: _Pairs
    to: _Pairs
    cc: _Pairs
    sent: datetime | None
    received: datetime | None


def _read_fields(header: _Header, problems: list[str]) -> _Fields:
    """The fields as they can be read; only the topmost Received.

    mail-parser raises on a mangled encoded word in a name (base64 cut short); then the marks
    that make it one are taken away, and the name stays as it was written.
    """
    try:
        return _fields(header.first)
    except Exception:
        problems.append("A name in an address field is mangled.")
        return _fields(lambda name: header.first(name).replace("=?", "="))


def _fields(value: Callable[[str], str]) -> _Fields:
    from_, reply_to, to, cc = (_pairs(value(n)) for n in ("from", "reply-to", "to", "cc"))
    return _Fields(
        from_, reply_to, to, cc, _strict_date(value("date")), _received(value("received"))
    )


def _pairs(value: str) -> _Pairs:
    """The names and addresses of a field, in order."""
    plain = [_PLAIN_MAILBOX.fullmatch(each) for each in _parted(value)]
    if all(plain):
        return [
            (
                m["quoted"] or m["name"] or m["listed"] or "",
                m["email"] or m["bare"] or m["angled"] or m["its"],
            )
            for m in plain
            if m
        ]
    found = get_addresses(value, decode_names=True) if value else []
    return [("" if name == email else name, email) for name, email in found if email]


def _parted(value: str) -> list[str]:
    """The mailboxes of a list without quotes; another value whole. A comma before no address is a name's."""
    if '"' in value:
        return [value]
    parted: list[str] = []
    begun = ""
    for piece in value.split(","):
        begun += piece
        if "@" in piece:
            parted.append(begun.strip(" "))
            begun = ""
        else:
            begun += ","
    return [*parted, begun] if begun else parted


def _addresses(pairs: Iterable[tuple[str, str]]) -> tuple[Address, ...]:
    read = (_address(name, email) for name, email in islice(pairs, MAX_ADDRESSES))
    found = [address for address in read if address.email]
    return tuple(found if len(found) < 2 else dict.fromkeys(found))


def _address(name: str, email: str) -> Address:
    email = "".join(one_line(email).split()).strip("<>'\"").lower()
    name = decode_words(name[: 10 * MAX_NAME]).text.strip(" '\"\t,;")[:MAX_NAME]
    return Address("" if name.lower() == email else name, email if "@" in email else "")


def _from(pairs: _Pairs, value: str, problems: list[str]) -> Address:
    """The first author. A mangled field still yields its last address, as clients show it."""
    if not value:
        problems.append("The message does not say who it is from.")
        return Address("", "")
    addresses = _addresses(pairs)
    if not addresses and "=?" in value:
        # Some systems put the whole field, address and all, into one encoded word (RFC 2047, 5 forbids it).
        addresses = _addresses(_pairs(decode_words(value).text))
    if len(addresses) > 1:
        problems.append("The message names more than one author; the first was taken.")
    if addresses:
        return addresses[0]
    problems.append("The sender's address is malformed.")
    found = _ADDRESS.findall(value[:1_000])
    name = decode_words(value.partition("<")[0]).text.strip(" \"'")
    return _address(name if not found or found[-1] not in name else "", found[-1] if found else "")


def _subject(header: _Header, problems: list[str]) -> str:
    subject = (header.decoded.get("subject") or ("",))[0]
    if len(subject) > MAX_SUBJECT:
        problems.append(f"The subject has {len(subject)} characters; its end was not read.")
    return subject[:MAX_SUBJECT]


def _sender(value: str) -> Address | None:
    if not value:
        return None
    return next(iter(_addresses(_pairs(value))), None)


def _date(strict: datetime | None, value: str, problems: list[str]) -> datetime | None:
    """The Date field with the sender's own offset, None where it names no instant (RFC 5322, 3.3)."""
    if not value:
        problems.append("The message has no date.")
        return None
    date = strict or _lenient_date(value)
    if date is None:
        problems.append(f"The date {one_line(value)[:60]!r} cannot be read.")
    elif not EARLIEST_YEAR <= date.year <= LATEST_YEAR:
        problems.append(f"The date {one_line(value)[:60]!r} cannot be right.")
        return None
    return date


def _plain_date(value: str) -> datetime | None:
    """A date in the form nearly all have, with its own offset; None for any other and for no day."""
    plain = _PLAIN_DATE.fullmatch(value)
    if plain is None or plain[2] not in _MONTHS:
        return None
    day, month, year, hour, minute, second, sign, hours, quarter = plain.groups()
    offset = timedelta(hours=int(hours), minutes=int(quarter))
    zone = timezone(-offset if sign == "-" else offset)
    try:
        return datetime(
            int(year),
            _MONTHS.index(month) + 1,
            int(day),
            int(hour),
            int(minute),
            int(second),
            tzinfo=zone,
        )
    except ValueError:
        return None


def _strict_date(value: str) -> datetime | None:
    if plain := _plain_date(value):
        return plain
    try:
        instant, hours = _convert_mail_date(value)
    except ValueError:
        return None
    offset = timedelta(hours=float(hours))
    if abs(offset) > timedelta(hours=15):
        return None
    # mail-parser gives tenths of hours; quarter hours (India, Nepal) are what was meant.
    minutes = round(offset / timedelta(minutes=15)) * 15
    found: datetime = instant.astimezone(timezone(timedelta(minutes=minutes)))
    return found


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


def _received(value: str) -> datetime | None:
    """The topmost Received stamp, in UTC."""
    instant: datetime
    if plain := _PLAIN_TRACE.fullmatch(value):
        stamp = plain["date"].strip()
        try:
            date = _plain_date(stamp)
            instant = date.astimezone(UTC) if date else _convert_mail_date(stamp)[0]
        except ValueError:
            return None
    else:
        hops = _receiveds_parsing([value]) if value else []
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
    message = read_tree(bounded)
    header = _header(message)
    fields = _read_fields(header, problems)
    from_ = _from(fields.from_, header.first("from"), problems)
    date = _date(fields.sent, header.first("date"), problems)
    content = read_parts(message)
    return ParsedMail(
        thread=_thread(header),
        subject=_subject(header, problems),
        date=date,
        received=fields.received,
        from_=from_,
        sender=_sender(header.first("sender")),
        reply_to=_addresses(fields.reply_to),
        to=_addresses(fields.to),
        cc=_addresses(fields.cc),
        headers=header.decoded,
        text=content.text,
        links=content.links,
        calendars=content.calendars,
        json_ld=content.json_ld,
        attachments=content.attachments,
        auth_results=_auth_results(header.decoded.get("authentication-results", ())),
        content_type=message.kind,
        size=len(data),
        problems=tuple(dict.fromkeys((*preface, *problems, *header.problems, *content.problems))),
    )


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is on the outside of a message: when it arrived and who sent it, as `parse` reads them."""

    at: datetime | None
    sender: str


def envelope(data: bytes) -> Envelope:
    """The outside of a message, without its content: a fifth of the work. Nothing is ever raised."""
    try:
        bounded, _ = _without_preface(_bounded(data)[0])
        end = _header_end(bounded)
        header = _header(read_header(bounded[:end] if end >= 0 else bounded))
        fields = _read_fields(header, [])
        from_ = _from(fields.from_, header.first("from"), [])
        at = fields.received or _date(fields.sent, header.first("date"), [])
        return Envelope(at, from_.email)
    except Exception:  # as for `parse`, which names what is wrong
        return Envelope(None, "")


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
