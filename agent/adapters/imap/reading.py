"""Reading a folder: which UIDs, then the messages, in pieces that servers and memory bear.

Sizes first, so that a message over the cap is cut by the server and not by us. An answer
that cannot be read is asked for again in halves, down to the one UID that spoils it; that
one is given back with empty data, so that the service can set it aside by name.
"""

import email.utils
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.parser import BytesHeaderParser

from agent.adapters.imap.answers import Answer, Selected
from agent.adapters.imap.connection import Mangled, Session, search_date
from agent.errors import ServerUnavailable
from agent.ports import FolderState, RawMail

UIDS_A_COMMAND = 200
BYTES_A_COMMAND = 1000  # Exchange and others refuse longer lines: "too long argument"
GMAIL = "X-GM-EXT-1"
_MAILS_A_BATCH = 50
_BYTES_A_BATCH = 4 * 1024 * 1024

# A link that breaks over and over at one message: the message, not the network.
_CUT_AFTER = 2
_GIVE_UP_AFTER = 4

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of arrival of a message whose server does not say, and which has no Date."""


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of a message before it is read; `size` is None where the server mangles it.

    `same_as` is X-GM-MSGID, "" where there is none; one that is `known` by it is not to be read.
    """

    uid: int
    size: int | None
    arrived: datetime | None
    flags: frozenset[str]
    same_as: str = ""
    known: bool = False


@dataclass(slots=True)
class Strikes:
    """How often the link broke while a message was read; kept from one connection to the next.

    A bad network breaks it at innocent messages too: so one is given up only after it has
    broken the link for `poison` seconds, and that over and over.
    """

    poison: float = 600.0
    clock: Callable[[], float] = time.monotonic
    counts: dict[tuple[str, int, int], int] = field(default_factory=dict)
    first: dict[tuple[str, int, int], float] = field(default_factory=dict)

    def of(self, folder: Selected, uid: int) -> int:
        """The strikes against one message."""
        return self.counts.get((folder.name, folder.uidvalidity, uid), 0)

    def hopeless(self, folder: Selected, uid: int) -> bool:
        """Whether it is the message, and not the network."""
        key = (folder.name, folder.uidvalidity, uid)
        lasted = self.clock() - self.first.get(key, math.inf)
        return self.of(folder, uid) >= _GIVE_UP_AFTER and lasted >= self.poison

    def add(self, folder: Selected, uids: Sequence[int]) -> None:
        """The link broke while these were read."""
        for uid in uids:
            key = (folder.name, folder.uidvalidity, uid)
            self.first.setdefault(key, self.clock())
            self.counts[key] = self.counts.get(key, 0) + 1

    def clear(self, folder: Selected, uids: Sequence[int]) -> None:
        """These were read."""
        for uid in uids:
            self.counts.pop((folder.name, folder.uidvalidity, uid), None)
            self.first.pop((folder.name, folder.uidvalidity, uid), None)


def folder_state(session: Session, folder: str) -> FolderState:
    """The folder as EXAMINE tells it; a server that keeps UIDNEXT to itself is asked for it."""
    selected = session.examine(folder)
    uidnext = selected.uidnext
    if not uidnext and selected.exists:
        uidnext = max(session.fetch_by_number([selected.exists], "FLAGS"), default=0) + 1
    return replace(selected.state, uidnext=max(uidnext, 1))


def uids(session: Session, folder: str, above: int, since: date | None) -> list[int]:
    """UIDs above one, ascending; `since` is a day as the server reckons its days.

    `n:*` names the last message even where it lies below n (RFC 3501, 6.4.8): filtered.
    """
    selected = session.examine(folder)
    if not selected.exists or 0 < selected.uidnext <= above + 1:
        return []
    criteria = ["UID", f"{above + 1}:*"] if above else ["ALL"]
    if since is not None:
        criteria = [*criteria, "SINCE", search_date(since)]
    return [uid for uid in session.search(*criteria) if uid > above]


def chunks(wanted: Sequence[int]) -> Iterator[list[int]]:
    """UIDs in lists that fit into one command, ascending and without doubles."""
    chunk: list[int] = []
    length = 0
    for uid in sorted(set(wanted)):
        longer = length + len(str(uid)) + 1
        if chunk and (longer > BYTES_A_COMMAND or len(chunk) == UIDS_A_COMMAND):
            yield chunk
            chunk, longer = [], len(str(uid)) + 1
        chunk.append(uid)
        length = longer
    if chunk:
        yield chunk


def describe(session: Session, wanted: Sequence[int]) -> list[Described]:
    """Size, arrival and flags of the messages that are still there."""
    items = ["UID", "RFC822.SIZE", "INTERNALDATE", "FLAGS"]
    if GMAIL in session.capabilities():
        items.append("X-GM-MSGID")
    answers, mangled = patiently(lambda part: session.fetch(part, *items), wanted)
    known = [_described(uid, answer) for uid, answer in answers.items()]
    unknown = [Described(uid, None, None, frozenset()) for uid in mangled]
    return sorted(known + unknown, key=lambda described: described.uid)


def batches(
    described: Sequence[Described], folder: Selected, strikes: Strikes, cap: int
) -> Iterator[list[Described]]:
    """Messages that are read by one command: little ones together, troublesome ones alone."""
    batch: list[Described] = []
    weight = 0
    for one in described:
        alone = one.known or one.size is None or one.size > cap or strikes.of(folder, one.uid) > 0
        full = len(batch) == _MAILS_A_BATCH or weight + (one.size or 0) > _BYTES_A_BATCH
        if batch and (alone or full):
            yield batch
            batch, weight = [], 0
        if alone:
            yield [one]
        else:
            batch.append(one)
            weight += one.size or 0
    if batch:
        yield batch


@dataclass(frozen=True, slots=True)
class Limits:
    """In bytes: a longer message is cut, and to what."""

    cap: int
    cut_to: int


def read(
    session: Session, folder: Selected, batch: Sequence[Described], strikes: Strikes, limits: Limits
) -> list[RawMail]:
    """The messages of one batch, whole or cut; those expunged meanwhile are missing."""
    if batch[0].known:
        return [replace(_mail(folder, batch[0], None, complete=False), known=True)]
    given_up = [one for one in batch if strikes.hopeless(folder, one.uid)]
    if given_up:
        return [_mail(folder, one, None, complete=False) for one in given_up]
    numbers = [one.uid for one in batch]
    cut = len(batch) == 1 and _must_be_cut(batch[0], strikes.of(folder, numbers[0]), limits)
    item = f"BODY.PEEK[]<0.{limits.cut_to}>" if cut else "BODY.PEEK[]"
    try:
        answers, mangled = patiently(lambda part: session.fetch(part, "UID", item), numbers)
    except ServerUnavailable as error:
        if error.retry_after is None:  # a throttled server is no message's fault
            strikes.add(folder, numbers)
        raise
    strikes.clear(folder, numbers)
    return [
        _mail(folder, one, answers.get(one.uid), complete=not cut)
        for one in batch
        if one.uid in answers or one.uid in mangled
    ]


def _must_be_cut(one: Described, strikes: int, limits: Limits) -> bool:
    return strikes >= _CUT_AFTER or (one.size is not None and one.size > limits.cap)


def patiently(
    fetch: Callable[[Sequence[int]], dict[int, Answer]], numbers: Sequence[int]
) -> tuple[dict[int, Answer], list[int]]:
    """The answers that can be read, and the numbers whose answer cannot, found by halving."""
    try:
        return fetch(numbers), []
    except Mangled:
        if len(numbers) == 1:
            return {}, list(numbers)
    middle = len(numbers) // 2
    first, first_mangled = patiently(fetch, numbers[:middle])
    second, second_mangled = patiently(fetch, numbers[middle:])
    return first | second, first_mangled + second_mangled


def body(answer: Answer) -> bytes | None:
    """The BODY[…] of an answer, by whatever name a server echoes it; None where it is not bytes."""
    for name, value in answer.items():
        if isinstance(name, bytes) and name.upper().startswith(b"BODY["):
            return value if isinstance(value, bytes) else str(value or "").encode() or None
    return None


def flags_of(answer: Answer) -> frozenset[str]:
    """The flags, without \\Recent, which belongs to the session and not to the message."""
    found = answer.get(b"FLAGS")
    words = (str(flag, "latin-1") for flag in found or () if isinstance(flag, bytes))
    return frozenset(word for word in words if word.lower() != "\\recent")


def arrival_of(answer: Answer) -> datetime | None:
    """When the server received it, in UTC; None where it does not say."""
    at = answer.get(b"INTERNALDATE")
    return at.astimezone(UTC) if isinstance(at, datetime) and at.tzinfo else None


def _described(uid: int, answer: Answer) -> Described:
    size = answer.get(b"RFC822.SIZE")
    return Described(
        uid,
        size if isinstance(size, int) else None,
        arrival_of(answer),
        flags_of(answer),
        _digits(answer.get(b"X-GM-MSGID")),
    )


def _digits(value: object) -> str:
    """A number of the server's as text; "" for anything else."""
    return str(value) if isinstance(value, int) and value > 0 else ""


def _mail(folder: Selected, one: Described, answer: Answer | None, *, complete: bool) -> RawMail:
    data = body(answer) if answer is not None else None
    return RawMail(
        folder.name,
        folder.uidvalidity,
        one.uid,
        one.arrived or _own_date(data or b""),
        one.flags,
        data or b"",
        complete=complete and bool(data),
        same_as=one.same_as,
    )


def _own_date(data: bytes) -> datetime:
    """What the message's Date field says, where the server names no time of arrival."""
    try:
        written = email.utils.parsedate_to_datetime(
            str(BytesHeaderParser().parsebytes(data)["Date"])
        )
        return written.astimezone(UTC) if written.tzinfo else written.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError, LookupError):
        return NEVER
