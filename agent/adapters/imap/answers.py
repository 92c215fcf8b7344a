"""What stands in a server's answers: folders, numbers, and the changes since one of them.

A number that is missing, or none, is 0; a server is not to be tripped over for it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from imaplib import IMAP4
from typing import Any

from agent.ports import FolderState

_NUMBERS = re.compile(rb"\d{1,10}", re.A)
_MODSEQ = re.compile(rb"\d{1,19}", re.A)
_MODSEQ_LIMIT = 2**63  # RFC 7162, 3.1: 63 bits; what is more, no later answer could be above

Answer = Mapping[bytes, Any]
"""One message's FETCH items by upper-case name, as imapclient reads them."""


@dataclass(frozen=True, slots=True)
class Selected:
    """A folder as SELECT or EXAMINE described it; 0 where the server does not say."""

    name: str
    uidvalidity: int
    uidnext: int
    exists: int
    writable: bool
    modseq: int = 0

    @property
    def state(self) -> FolderState:
        """What the port tells of it."""
        return FolderState(self.name, self.uidvalidity, self.uidnext, self.exists, self.modseq)


@dataclass(frozen=True, slots=True)
class Since:
    """What a server told of its changes since a modification sequence (RFC 7162, 3.2.5).

    `vanished` are ranges of UIDs, which may name some that never were; `touched` are the UIDs
    that are new, or whose flags have changed.
    """

    vanished: tuple[range, ...]
    touched: frozenset[int]


def checked(command: str, typ: str, data: list[Any]) -> list[Any]:
    """The data of an answer that is OK; imaplib hands a NO back like any other."""
    if typ != "OK":
        words = b" ".join(as_bytes(part) for part in data if not isinstance(part, tuple))
        raise IMAP4.error(f"{command} failed: {words.decode('utf-8', 'replace')}")
    return data


def as_bytes(value: Any) -> bytes:
    """An atom of an answer as bytes; imapclient makes numbers and NIL of some."""
    if value is None:
        return b""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


def number_in(value: Any) -> int:
    """A number of an answer, 0 where it is missing or none."""
    found = _NUMBERS.search(as_bytes(value[0] if isinstance(value, list) else value))
    return int(found[0]) if found else 0


def status_items(found: Any) -> dict[bytes, Any]:
    """The items of a STATUS answer by upper-case name."""
    words = iter(found if isinstance(found, tuple) else ())
    return {as_bytes(name).upper(): value for name, value in zip(words, words, strict=False)}


def status_in(folder: str, items: Mapping[bytes, Any]) -> Selected:
    return Selected(
        folder,
        uidvalidity=number_in(items.get(b"UIDVALIDITY")),
        uidnext=number_in(items.get(b"UIDNEXT")),
        exists=number_in(items.get(b"MESSAGES")),
        writable=False,
        modseq=modseq_in(items.get(b"HIGHESTMODSEQ")),
    )


def modseq_in(value: Any) -> int:
    """A modification sequence of an answer; 0 where it is missing, none, or beyond 63 bits."""
    found = _MODSEQ.fullmatch(as_bytes(value[0] if isinstance(value, list) else value))
    return number if found and (number := int(found[0])) < _MODSEQ_LIMIT else 0


def uid_ranges(line: bytes) -> Iterator[range]:
    """The UIDs of "(EARLIER) 41,43:116", without unfolding them: a server may say "1:4294967295"."""
    for part in line.rpartition(b" ")[2].split(b","):
        first, _, last = part.partition(b":")
        if first.isdigit() and (not last or last.isdigit()):
            low, high = sorted((int(first), int(last or first)))
            yield range(low, high + 1)


def numbers_in(lines: Iterable[Any]) -> list[int]:
    """The numbers of a SEARCH answer, ascending.

    A MODSEQ in brackets may follow them; some servers split the answer in lines.
    """
    told = b" ".join(as_bytes(line).partition(b"(")[0] for line in lines if line)
    return sorted({int(each) for each in _NUMBERS.findall(told)})
