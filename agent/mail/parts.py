"""The MIME parts of a message: which of them a reader reads, and what hangs on it.

`read_parts` takes the tree that `mime.py` made of a message and never raises.
Attached messages (message/rfc822) are material that somebody passes on, not the message:
only their subject is noted. Attachments are never opened, calendar parts excepted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from agent.mail.characters import decode, one_line, visible
from agent.mail.encodedwords import decode_words
from agent.mail.html import read_html
from agent.mail.message import CalendarPart
from agent.mail.mime import Part

MAX_TEXT = 2 << 20
MAX_PARTS = 200
MAX_DEPTH = 30
MAX_CALENDARS = 10
MAX_CALENDAR = 1 << 20

_CALENDAR_TYPES = frozenset(
    {"text/calendar", "text/x-vcalendar", "application/ics", "application/calendar"}
)
_SEALED = {
    "multipart/encrypted": "The message is encrypted, so its text cannot be read.",
    "application/pkcs7-mime": "The message is sealed with S/MIME, so its text cannot be read.",
    "application/x-pkcs7-mime": "The message is sealed with S/MIME, so its text cannot be read.",
    "application/ms-tnef": "A part is in Outlook's own format (winmail.dat), which is not read.",
}
# A plain part that only says that there is another one.
_STUB = re.compile(
    r"(?:view|read|see|open|display|enable|support|require|kann|ansehen|anzeigen|afficher|ver"
    r"|bekijk|visualizz|wyświetl)[^\n]{0,120}"
    r"(?:html|browser|web ?page|navigateur|navegador|przeglądar|online|web version)"
    r"|html[^\n]{0,60}(?:mail|message|client|format|version|only|part)",
    re.I,
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?([\w-]{1,40})", re.I)
_LOOKS_HTML = re.compile(
    r"\s{0,200}<(?:!doctype html|html|body|head|div|table|p)\b[^>]{0,500}>", re.I
)

# The standard library's defects, by class name, in words. Those not listed harm nobody.
_DEFECTS = {
    "NoBoundaryInMultipartDefect": "A part says that it has parts, and not what divides them.",
    "StartBoundaryNotFoundDefect": "The line that should begin the parts is missing.",
    "CloseBoundaryNotFoundDefect": "The message ends in the middle of its parts: it may be cut off.",
    "MultipartInvariantViolationDefect": "A part that should hold parts holds none.",
    "FirstHeaderLineIsContinuationDefect": "The header begins in the middle of a field.",
    "MisplacedEnvelopeHeaderDefect": "An mbox separator stands inside the header.",
    "MissingHeaderBodySeparatorDefect": "A line in the header is not a header field.",
    "MalformedHeaderDefect": "A header field is malformed.",
    "InvalidMultipartContentTransferEncodingDefect": "A part with parts claims an encoding.",
    "InvalidBase64PaddingDefect": "Encoded text (base64) is cut off.",
    "InvalidBase64CharactersDefect": "Encoded text (base64) holds characters that do not belong.",
    "InvalidBase64LengthDefect": "Encoded text (base64) is cut off.",
    "UndecodableBytesDefect": "A header field holds bytes that are no text.",
}


@dataclass(frozen=True, slots=True)
class Content:
    """What the parts of a message hold; the fields mean what they mean in `ParsedMail`."""

    text: str
    links: tuple[tuple[str, str], ...]
    calendars: tuple[CalendarPart, ...]
    json_ld: tuple[str, ...]
    attachments: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """The text of one part, and whether it came from HTML."""

    text: str = ""
    html: bool = False


@dataclass(slots=True)
class _Reader:
    """Collects as it walks. Every message object is visited once."""

    links: list[tuple[str, str]] = field(default_factory=list)
    calendars: list[CalendarPart] = field(default_factory=list)
    json_ld: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    problems: dict[str, None] = field(default_factory=dict)  # a set that keeps its order
    parts: int = 0

    def problem(self, words: str) -> None:
        self.problems.setdefault(words)

    def read(self, part: Part, depth: int = 0) -> _Seen:
        """The text of a part and all that it holds."""
        self.parts += 1
        if self.parts > MAX_PARTS or depth > MAX_DEPTH:
            self.problem("The message has too many parts; the last ones were not read.")
            return _Seen()
        if part.kind in _SEALED:
            self.problem(_SEALED[part.kind])
        seen = self._read_kind(part, part.kind, depth)
        for defect in part.defects:
            if defect in _DEFECTS:
                self.problem(_DEFECTS[defect])
        return seen

    def _read_kind(self, part: Part, kind: str, depth: int) -> _Seen:
        if kind == "message/rfc822" and depth:
            self._note_message(part)
            return _Seen()
        if part.children is not None:
            return self._read_multipart(part.children, kind, depth)
        name = _file_name(part)
        if kind in _CALENDAR_TYPES or name.lower().endswith(".ics"):
            self._read_calendar(part, name)
            return _Seen()
        if self._is_body(part, kind, name, depth):
            return self._read_text(part, kind)
        if not _is_decoration(part, kind):
            self.attachments.append(name or f"unnamed ({kind})")
        return _Seen()

    def _is_body(self, part: Part, kind: str, name: str, depth: int) -> bool:
        """Whether a leaf is there to be read; the root is, whatever it claims of itself."""
        if kind.startswith("multipart/"):
            return True  # a container without parts: what is there is text
        if not kind.startswith("text/") or kind in {"text/x-amp-html", "text/rfc822-headers"}:
            return False
        return depth == 0 or (part.disposition.value != "attachment" and not name)

    def _read_multipart(self, children: Sequence[Part], kind: str, depth: int) -> _Seen:
        if kind.startswith("message/") and kind not in {"message/rfc822", "message/global"}:
            return _Seen()  # the machine's half of a delivery report (RFC 3464)
        if kind == "multipart/alternative":
            return _best([self.read(child, depth + 1) for child in children])
        if kind == "multipart/report":
            # RFC 6522: the first part is for people, the others are not.
            seen = [self.read(child, depth + 1) for child in children]
            return seen[0] if seen else _Seen()
        return _joined([self.read(child, depth + 1) for child in children])

    def _note_message(self, part: Part) -> None:
        subject = part.children[0].first.get("subject", "") if part.children else ""
        words = decode_words(subject).text
        self.attachments.append(f"message: {words[:200]}" if words else "message")

    def _read_calendar(self, part: Part, name: str) -> None:
        self.attachments.append(name or "invitation")
        if len(self.calendars) >= MAX_CALENDARS:
            self.problem("The message has too many calendar parts; the last ones were not read.")
            return
        text = self._decoded(part)[:MAX_CALENDAR]
        if any(_same_calendar(text, other.text) for other in self.calendars):
            return  # most systems send one invitation twice: to be shown, and to be saved
        method = one_line(part.type.text("method")).upper()
        self.calendars.append(CalendarPart(text, method if method.isalpha() else None))

    def _read_text(self, part: Part, kind: str) -> _Seen:
        text = self._decoded(part)
        if kind == "text/html" or _LOOKS_HTML.match(text):
            page = read_html(text)
            self.links += page.links
            self.json_ld += page.json_ld
            if page.cut:
                self.problem("The HTML is too large or too deeply nested; its end was not read.")
            return _Seen(page.text, html=True)
        if text.lstrip()[:20].upper().startswith("BEGIN:VCALENDAR"):
            self.calendars.append(CalendarPart(text[:MAX_CALENDAR], None))
            return _Seen()
        if "-----BEGIN PGP MESSAGE-----" in text:
            self.problem(_SEALED["multipart/encrypted"])
        if part.type.text("format").lower() == "flowed":
            text = _unflowed(text, delsp=part.type.text("delsp").lower() == "yes")
        return _Seen(visible(text))

    def _decoded(self, part: Part) -> str:
        """A leaf's text with LF line ends, at most MAX_TEXT bytes of it."""
        data = part.content()
        if len(data) > MAX_TEXT:
            self.problem("The text is longer than 2 MiB; its end was not read.")
            data = data[:MAX_TEXT]
        charset = part.type.text("charset")
        if not charset and part.kind == "text/html":
            found = _META_CHARSET.search(data, 0, 2_000)
            charset = found[1].decode("ascii") if found else ""
        decoded = decode(data, charset or None)
        if decoded.problem:
            self.problem(f"In the body, {decoded.problem}.")
        elif "\ufffd" in decoded.text:
            self.problem("Some letters of the body were lost before it was sent.")
        return decoded.text.replace("\r\n", "\n").replace("\r", "\n")


def _file_name(part: Part) -> str:
    return decode_words(part.file_name).text[:255]


def _is_decoration(part: Part, kind: str) -> bool:
    """Whether a part belongs to the look of the message: logos, and signatures over it."""
    if kind in {"application/pgp-signature", "application/pkcs7-signature"}:
        return True
    if kind in {"application/x-pkcs7-signature", "text/x-amp-html", "text/rfc822-headers"}:
        return True
    return kind.startswith("image/") and part.disposition.value != "attachment"


def _same_calendar(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def _joined(seen: list[_Seen]) -> _Seen:
    """One body after the other, as a reader shows them."""
    texts = [s.text for s in seen if s.text.strip()]
    return _Seen("\n\n".join(texts), any(s.html for s in seen))


def _best(alternatives: list[_Seen]) -> _Seen:
    """The plain alternative where it is worth reading, else the HTML one (RFC 2046, 5.1.4)."""
    plain = _joined([s for s in alternatives if not s.html])
    html = _joined([s for s in alternatives if s.html])
    return plain if _worth_reading(plain.text, html.text) else html


def _worth_reading(plain: str, html: str) -> bool:
    """Whether the plain alternative says what the HTML one says."""
    words, others = len(plain.split()), len(html.split())
    if not words:
        return not others
    if words < 60 and others > words and _STUB.search(plain[:1_000]):
        return False
    return words * 5 > others or others < 40


def _unflowed(text: str, *, delsp: bool) -> str:
    """format=flowed lines put together again (RFC 3676, 4.2)."""
    paragraphs: list[list[str]] = []
    open_depth = -1  # the quote depth of a line that goes on, -1 where none does
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        kept = content[:-1] if flows and delsp else content
        if open_depth == depth and content != "-- ":
            paragraphs[-1].append(kept)
        else:
            paragraphs.append([f"{'>' * depth} {kept}" if depth else kept])
        open_depth = depth if flows else -1
    return "\n".join("".join(pieces) for pieces in paragraphs)


def read_parts(message: Part) -> Content:
    """Walk a parsed message and collect what a reader reads and what hangs on it."""
    reader = _Reader()
    text = reader.read(message).text
    return Content(
        text=text[:MAX_TEXT],
        links=tuple(reader.links),
        calendars=tuple(reader.calendars),
        json_ld=tuple(reader.json_ld),
        attachments=tuple(reader.attachments),
        problems=tuple(reader.problems),
    )
