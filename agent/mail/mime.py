"""Bytes to the tree of a message's parts (RFC 5322, 2.1; RFC 2045; RFC 2046, 5.1).

`read_tree` divides what keeps the rules by itself, in one go over the bytes: a header is one
pattern, a boundary one search. What breaks a rule (a line of the header that is no field, parts
without an end) and what holds other messages goes to the standard library's parser, which knows how to
recover and takes every line in hand for it. Both give the same tree. Nothing is decoded before it
is asked for.
"""

import re
from binascii import a2b_qp
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.utils import collapse_rfc2231_value
from itertools import pairwise

_HEADER = re.compile(
    rb"(?:From [^\r\n]*\r?\n)?((?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*+)*+)\r?\n"
)
_FIELD_ENDS = re.compile(r"\n(?![ \t]|\Z)")
# "text/plain; charset=utf-8", 'attachment; filename="cv.pdf"': nothing escaped or encoded in it.
_PARAMETER = r"\s*;\s*([A-Za-z0-9-]+)=(?:\"([ !#-;=-\[\]-~]*)\"|([!#-:=-\[\]-~]+))"
_PARAMETERS = re.compile(_PARAMETER, re.ASCII)
_LABEL = re.compile(rf"\s*([\w.+/-]+)((?:{_PARAMETER})*+)\s*;?\s*", re.ASCII)
_MOST = 10_000  # characters of a label that are looked at
_MOST_PARAMETERS = 200  # ... and signs before a parameter: the library copies the rest at each
_AFTER_BOUNDARY = re.compile(rb"(--)?[ \t]*(?:\r?\n|\Z)")
_AS_THEY_ARE = frozenset({"", "7bit", "8bit", "binary"})

# As it stands, or its charset, language and text (RFC 2231).
_Value = str | tuple[str | None, str | None, str]


@dataclass(frozen=True, slots=True)
class Label:
    """A Content-Type or Content-Disposition: what it says first, lower case, and its parameters."""

    value: str = ""
    parameters: Mapping[str, _Value] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A parameter's text, "" where it is missing or mangled."""
        value = self.parameters.get(name, "")
        return value if isinstance(value, str) else str(value[2] or "")


@dataclass(slots=True)
class Part:
    """A message, or a part of one.

    `fields` are its header fields as they were written, folds and all, with 8-bit bytes as the
    library keeps them (PEP 383); `head` is all of them in one, "" where the library read them.
    `children` are the parts of a container, None for a leaf.
    """

    fields: Sequence[tuple[str, str]]
    head: str = ""
    children: "Sequence[Part] | None" = None
    body: bytes = b""  # of a leaf, as it was transferred
    source: Message | None = None  # where the library read it
    kind: str = "text/plain"
    type: Label = field(default_factory=Label)
    first: dict[str, str] = field(init=False)  # the first field of each name, lower case

    def __post_init__(self) -> None:
        self.first = {name.lower(): value for name, value in reversed(self.fields)}
        if "content-type" in self.first:
            self.type = _label("Content-Type", self.first["content-type"])
            # What is no type is text (RFC 2045, 5.2).
            self.kind = self.type.value if self.type.value.count("/") == 1 else "text/plain"

    @property
    def disposition(self) -> Label:
        """Its Content-Disposition (RFC 2183)."""
        value = self.first.get("content-disposition")
        return Label() if value is None else _label("Content-Disposition", value)

    @property
    def file_name(self) -> str:
        """The name under which it was attached, encoded words and all, "" where it has none."""
        named = self.disposition.parameters.get("filename", self.type.parameters.get("name", ""))
        try:
            return collapse_rfc2231_value(named).strip()
        except (ValueError, TypeError, LookupError):
            return ""

    @property
    def encoding(self) -> str:
        """Its Content-Transfer-Encoding (RFC 2045, 6), lower case."""
        return self.first.get("content-transfer-encoding", "").strip().lower()

    @property
    def defects(self) -> list[str]:
        """What the library found wrong with it so far, by class name."""
        return [type(d).__name__ for d in self.source.defects] if self.source is not None else []

    def content(self) -> bytes:
        """What a leaf holds, decoded; base64 that is cut off is among its defects then."""
        if self.source is None:
            encoding = self.encoding
            if encoding in _AS_THEY_ARE:
                return self.body
            if encoding == "quoted-printable":
                return a2b_qp(self.body)
            self.source = Message()
            self.source["Content-Transfer-Encoding"] = encoding
            self.source.set_payload(self.body.decode("ascii", "surrogateescape"))
        try:
            data = self.source.get_payload(decode=True)
        except (MessageError, ValueError, AssertionError):
            return b""
        return data if isinstance(data, bytes) else b""


def read_tree(data: bytes) -> Part:
    """A message's parts. May raise what the standard library's parser raises, for mangled bytes."""
    return _divided(data, 0, len(data)) or _of_library(message_from_bytes(data))


def read_header(data: bytes) -> Part:
    """The header of a message alone, as a part that holds nothing."""
    header = _HEADER.match(data)
    if header is None:
        return read_tree(data)
    return _with_header(header[1])


def _with_header(header: bytes) -> Part:
    """A part of that header, every line of which is a field or goes one on."""
    head = header.decode("ascii", "surrogateescape").replace("\r\n", "\n")
    cut = (line.partition(":") for line in _FIELD_ENDS.split(head) if line)
    return Part([(name, value) for name, _, value in cut], head)


def _divided(data: bytes, start: int, end: int, *, inside: bool = False) -> Part | None:
    """The part that lies there, None where it or a part of it breaks a rule or holds a message."""
    header = _HEADER.match(data, start, end)
    if header is None:
        return None
    part = _with_header(header[1])
    if part.kind.startswith("multipart/"):
        part.children = _children(data, header.end(), end, part)
        return None if part.children is None else part
    if part.kind.startswith("message/"):
        return None
    part.body = data[header.end() : end]
    if inside:  # the line's end before a boundary belongs to that
        part.body = part.body.removesuffix(b"\n").removesuffix(b"\r")
    return part


def _children(data: bytes, start: int, end: int, part: Part) -> list[Part] | None:
    boundary = part.type.text("boundary").rstrip()
    keeps_rules = (
        boundary
        and boundary.isascii()
        and part.encoding in _AS_THEY_ARE
        and part.kind != "multipart/digest"
        and data.count(b"\r", start, end) == data.count(b"\r\n", start, end)
    )
    if not keeps_rules:
        return None
    children: list[Part] = []
    for first, last in _between(data, start, end, b"--" + boundary.encode()):
        child = _divided(data, first, last, inside=True)
        if child is None:
            return None
        children.append(child)
    return children or None


def _between(data: bytes, start: int, end: int, separator: bytes) -> Iterable[tuple[int, int]]:
    """Where the parts lie between the lines of a boundary; nothing where it is not closed."""
    lines: list[tuple[int, int]] = []
    at = data.find(separator, start, end)
    while at >= 0:
        after = _AFTER_BOUNDARY.match(data, at + len(separator), end)
        if after is not None and (at == start or data[at - 1 : at] == b"\n"):
            lines.append((at, after.end()))
            if after[1]:
                return [(this[1], following[0]) for this, following in pairwise(lines)]
        at = data.find(separator, at + 1, end)
    return ()


def _of_library(message: Message) -> Part:
    """A part as the library's parser found it."""
    fields = [(str(name), str(value)) for name, value in message.raw_items()]
    part = Part(fields, source=message, kind=message.get_default_type())
    if message.is_multipart():
        held = message.get_payload()
        part.children = [_of_library(child) for child in held if isinstance(child, Message)]
    elif part.encoding:  # the library takes "base64 " for no encoding that it knows
        message.replace_header("Content-Transfer-Encoding", part.encoding)
    return part


def _label(name: str, value: str) -> Label:
    value = ";".join(value[:_MOST].split(";")[: _MOST_PARAMETERS + 1])
    plain = _LABEL.fullmatch(value)
    if plain is None:
        return _label_of_library(name, value)
    parameters: dict[str, _Value] = {}
    for key, quoted, bare in _PARAMETERS.findall(plain[2]):
        parameters.setdefault(key.lower(), quoted or bare)
    return Label(plain[1].lower(), parameters)


def _label_of_library(name: str, value: str) -> Label:
    message = Message()
    message.set_raw(name, value)
    try:
        found = message.get_params([], header=name)
    except (ValueError, TypeError, IndexError):
        found = []
    parameters: dict[str, _Value] = {}
    for key, text in found:
        parameters.setdefault(key.lower(), text)
    return Label(str(message[name]).partition(";")[0].strip().lower(), parameters)
