"""Reading ahead, for `replay`: other processes parse and read mails before their turn comes.

A reading depends on what is known when its mail comes in one way only: on the domains of the
employers that the user deals with. Whether the sender's is one of them is guessed, as it stands
when the mail is handed out; where the guess was wrong the mail is read again in its turn, and
the sender is judged anew in any case. So what comes out is the same as without.
"""

import contextlib
import os
import signal
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from agent.mail.domains import registrable
from agent.mail.message import Identity, ParsedMail, Reading
from agent.mail.parse import parse
from agent.mail.read import read
from agent.mail.trust import judge

#: Fewer mails are read sooner than processes start.
WORTHWHILE = 250
#: So many mails are handed out at once, and so many such parcels lie ahead: enough to keep
#: the processes busy, and few, since the further ahead the more guesses are wrong.
_PARCEL, _PARCELS = 5, 6
_MOST_PROCESSES = 4


@dataclass(frozen=True, slots=True)
class ReadAhead:
    """A mail that was read before its turn; `dealt_with` is the guess that was made."""

    mail: ParsedMail
    reading: Reading
    dealt_with: bool

    def as_known(self, identity: Identity, known_domains: Collection[str]) -> Reading | None:
        """The reading, given what is known now; None where it has to be read again."""
        if (registrable(self.mail.from_.domain) in known_domains) is not self.dealt_with:
            return None
        trust = judge(self.mail, self.reading.reply_text, identity, known_domains)
        return replace(self.reading, trust=trust)


class Readers:
    """The processes that read ahead; without any, nothing is ever read ahead."""

    def __init__(self, pool: Executor | None, identity: Identity) -> None:
        self._pool = pool
        self._identity = identity

    def arrivals(self, mails: Sequence[bytes]) -> list[datetime | None]:
        """When each mail arrived, as it says itself."""
        parcels = [mails[i : i + _PARCEL] for i in range(0, len(mails), _PARCEL)]
        if self._pool is not None:
            with contextlib.suppress(BrokenExecutor, OSError):
                return list(chain.from_iterable(self._pool.map(_arrivals, parcels)))
            self._pool = None
        return list(chain.from_iterable(map(_arrivals, parcels)))

    def ahead(
        self, mails: Sequence[bytes], known_domains: Collection[str]
    ) -> Iterator[ReadAhead | None]:
        """Each mail as it was read ahead, in order; None for one that was not.

        `known_domains` is looked at again whenever mails are handed out.
        """
        handed_out: deque[tuple[int, Future[list[ReadAhead]] | None]] = deque()
        for start in range(0, len(mails), _PARCEL):
            parcel = mails[start : start + _PARCEL]
            handed_out.append((len(parcel), self._hand_out(parcel, known_domains)))
            if len(handed_out) > _PARCELS:
                yield from self._taken(*handed_out.popleft())
        while handed_out:
            yield from self._taken(*handed_out.popleft())

    def _hand_out(
        self, parcel: Sequence[bytes], known_domains: Collection[str]
    ) -> "Future[list[ReadAhead]] | None":
        if self._pool is None:
            return None
        try:
            return self._pool.submit(_read_all, parcel, self._identity, frozenset(known_domains))
        except (BrokenExecutor, OSError):
            self._pool = None
            return None

    def _taken(
        self, count: int, parcel: "Future[list[ReadAhead]] | None"
    ) -> Sequence[ReadAhead | None]:
        """A parcel that did not come back is read in its turn, and says there what is wrong."""
        if parcel is not None:
            with contextlib.suppress(Exception):
                return parcel.result()
        return [None] * count


@contextlib.contextmanager
def readers(identity: Identity, mails: int) -> Iterator[Readers]:
    """Readers for so many mails; none where they are few, or this machine has one processor."""
    pool = _pool(mails)
    if pool is None:
        yield Readers(None, identity)
        return
    try:
        yield Readers(pool, identity)
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(mails: int) -> Executor | None:
    processes = min(_processors(), _MOST_PROCESSES)
    if mails < WORTHWHILE or processes < 2:
        return None
    # Only here: whoever merely takes in a mail, such as the daemon, has no use for them.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    if "fork" not in multiprocessing.get_all_start_methods():
        return None
    forks = multiprocessing.get_context("fork")
    try:
        return ProcessPoolExecutor(processes, mp_context=forks, initializer=_begin)
    except (OSError, NotImplementedError):
        return None  # a sandbox without semaphores


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _begin() -> None:
    """Ctrl-C is for the process that was started by hand; it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _arrivals(mails: Sequence[bytes]) -> list[datetime | None]:
    return [parse(data).at for data in mails]


def _read_all(
    mails: Sequence[bytes], identity: Identity, known_domains: frozenset[str]
) -> list[ReadAhead]:
    return [_read_one(data, identity, known_domains) for data in mails]


def _read_one(data: bytes, identity: Identity, known_domains: frozenset[str]) -> ReadAhead:
    mail = parse(data)
    domains = known_domains & {registrable(mail.from_.domain)}
    return ReadAhead(mail, read(mail, identity, domains), bool(domains))
