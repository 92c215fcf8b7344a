"""Reading ahead, for `replay`: other processes parse and read mails before their turn comes.

A reading depends on what is known when its mail comes in one way only: on the domains of the
employers that the user deals with. Whether the sender's is one of them is known when the mail is
handed out, unless a mail from there lies before it whose turn has not come; then it is read both
ways. Where neither fits, the mail is read again in its turn, and the sender is judged anew where other
employers can tell on them. So what comes out is the same as without.
"""

import contextlib
import os
import signal
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, replace
from itertools import chain

from agent.mail.domains import registrable
from agent.mail.message import Identity, ParsedMail, Reading
from agent.mail.parse import Envelope, envelope, parse
from agent.mail.read import read
from agent.mail.trust import hangs_on_known, judge

#: Fewer mails are read sooner than processes start.
WORTHWHILE = 250
#: So many mails are handed out at once, and so many such parcels lie ahead: enough to keep
#: the processes busy, and few, since the further ahead the more is read both ways.
_PARCEL, _PARCELS = 4, 4
_GLANCES = 50  # of envelopes at once
_MOST_PROCESSES = 4


@dataclass(frozen=True, slots=True)
class Errand:
    """A mail to be read; `dealt_with` says whether the sender's domain is an employer's that is
    known, `doubtful` that it may be one by the time of its turn."""

    data: bytes
    domain: str
    dealt_with: bool
    doubtful: bool


@dataclass(frozen=True, slots=True)
class ReadAhead:
    """A mail that was read before its turn: as from an employer that is known, or not, or both."""

    mail: ParsedMail
    if_known: Reading | None
    if_not: Reading | None

    def as_known(self, identity: Identity, known_domains: Collection[str]) -> Reading | None:
        """The reading, given what is known now; None where it has to be read again."""
        known = registrable(self.mail.from_.domain) in known_domains
        reading = self.if_known if known else self.if_not
        if reading is None or not hangs_on_known(self.mail, known_domains):
            return reading
        trust = judge(self.mail, reading.reply_text, identity, known_domains)
        return replace(reading, trust=trust)


class Readers:
    """The processes that read ahead; without any, nothing is ever read ahead."""

    def __init__(self, pool: Executor | None, identity: Identity) -> None:
        self._pool = pool
        self._identity = identity

    def envelopes(self, mails: Sequence[bytes]) -> list[Envelope]:
        """When each mail arrived, as it says itself, and from whom."""
        parcels = [mails[i : i + _GLANCES] for i in range(0, len(mails), _GLANCES)]
        if self._pool is not None:
            with contextlib.suppress(BrokenExecutor, OSError):
                return list(chain.from_iterable(self._pool.map(_envelopes, parcels)))
            self._pool = None
        return list(chain.from_iterable(map(_envelopes, parcels)))

    def ahead(
        self, mails: Sequence[tuple[bytes, str]], known_domains: Collection[str]
    ) -> Iterator[ReadAhead | None]:
        """Each mail, given with its sender, as it was read ahead, in order; None for one that was
        not. `known_domains` is looked at again whenever mails are handed out.
        """
        handed_out: deque[tuple[list[Errand], Future[list[ReadAhead]] | None]] = deque()
        for start in range(0, len(mails), _PARCEL):
            waiting = {errand.domain for errands, _ in handed_out for errand in errands}
            errands = list(self._errands(mails[start : start + _PARCEL], waiting, known_domains))
            handed_out.append((errands, self._hand_out(errands)))
            if len(handed_out) > _PARCELS:
                yield from _taken(*handed_out.popleft())
        while handed_out:
            yield from _taken(*handed_out.popleft())

    def _errands(
        self, mails: Sequence[tuple[bytes, str]], waiting: set[str], known_domains: Collection[str]
    ) -> Iterator[Errand]:
        """What is to be read; `waiting` are the domains of the mails whose turn comes before."""
        for data, sender in mails:
            domain = registrable(sender.rpartition("@")[2])
            known = domain in known_domains
            # Nobody comes to know an employer by the user's own mail.
            theirs = not self._identity.owns(sender)
            yield Errand(data, domain, known, theirs and not known and domain in waiting)
            waiting.add(domain)

    def _hand_out(self, parcel: list[Errand]) -> "Future[list[ReadAhead]] | None":
        if self._pool is None:
            return None
        try:
            return self._pool.submit(_read_all, parcel, self._identity)
        except (BrokenExecutor, OSError):
            self._pool = None
            return None


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


def _envelopes(mails: Sequence[bytes]) -> list[Envelope]:
    return [envelope(data) for data in mails]


def _taken(
    errands: Sequence[Errand], parcel: "Future[list[ReadAhead]] | None"
) -> Sequence[ReadAhead | None]:
    """A parcel that did not come back is read in its turn, and says there what is wrong."""
    if parcel is not None:
        with contextlib.suppress(Exception):
            return parcel.result()
    return [None] * len(errands)


def _read_all(errands: Sequence[Errand], identity: Identity) -> list[ReadAhead]:
    return [_read_one(errand, identity) for errand in errands]


def _read_one(errand: Errand, identity: Identity) -> ReadAhead:
    mail = parse(errand.data)
    known, both = errand.dealt_with, errand.doubtful
    home = {registrable(mail.from_.domain)}
    return ReadAhead(
        mail,
        if_known=read(mail, identity, home, cautious=False) if known or both else None,
        if_not=read(mail, identity, cautious=False) if both or not known else None,
    )
