"""A hunt under fire: faults at random, and what they did to it counted.

Four kinds of siege, by turns: the network through TLS, at any byte; the network in plain text,
where a fault may also wait for a word of the dialogue; the host (a full disk, a database that is
locked or read-only, a clock that jumps, a restart); and kill -9 of a real process.
"""

import asyncio
import contextlib
import multiprocessing
import os
import random
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from agent.adapters.memory import SimulatedClock
from agent.adapters.sqlite import SqliteStore
from agent.domain.followup import FollowUpStatus
from agent.errors import ServerUnavailable, StoreError
from agent.ports import Store
from agent.service.context import Context
from bench.fire import hunt
from bench.fire.life import Life, in_peace
from bench.fire.work import TIMEOUTS, Way, child, context_for, mailbox_for, one_pass
from bench.fire.world import OnServer, World
from tests.servers.dovecot import Dovecot
from tests.servers.relay import Fault, Relay
from tests.servers.relay import Kind as FaultKind
from tests.servers.relay import Way as Direction

#: Kinds of siege, and which part of the faults is theirs; a kill costs ten times a cut.
SIEGES = {"tls": 0.35, "plain": 0.35, "host": 0.2, "kill": 0.1}
#: Faults in one hunt at the most: it then goes on in peace to its end, and is compared.
_A_HUNT = 200
_TRIES = 60  # passes in one step before it is given up as one that never comes through
_DAY = timedelta(days=1)
_QUICK = 0.7  # how often the user acts on a draft that we do not know to lie there yet

#: Kinds of network faults and how often; those that cost a time-out are rarer.
_NETWORK: dict[FaultKind, int] = {
    "cut": 24,
    "hang_up": 24,
    "split": 12,
    "refuse": 12,
    "delay": 5,
    "half": 4,
    "stall": 2,
    "drop": 2,
    "late": 2,
}
_SECONDS: dict[FaultKind, float] = {"delay": 0.02, "late": TIMEOUTS.read + 0.1}
#: Words of the dialogue behind which things go wrong at their worst.
_WORDS: list[tuple[Direction, bytes]] = [
    ("up", b" APPEND "),
    ("up", b"}\r\n"),
    ("down", b"+ OK"),
    ("down", b"APPENDUID"),
    ("up", b" STORE "),
    ("up", b" EXPUNGE "),
    ("down", b"EXPUNGE"),
    ("up", b"HEADER Message-ID"),
    ("down", b"BODY[]"),
]
_HOST = (
    "clock forward,clock back,full disk,locked,read-only,read-only folder,restart,suspend".split(
        ","
    )
)


@dataclass
class Toll:
    """What the faults were, and what they did; all but the first ought to be nothing."""

    faults: Counter[str] = field(default_factory=Counter)
    missed: int = 0
    facts_doubled: int = 0
    drafts_doubled: int = 0
    drafts_lost: int = 0
    edited_touched: int = 0
    others_changed: int = 0
    stuck: int = 0
    differs: int = 0
    hunts: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def harm(self) -> int:
        """Everything that ought not to be."""
        counts = (self.missed, self.facts_doubled, self.drafts_doubled, self.drafts_lost)
        return sum(counts) + self.edited_touched + self.others_changed + self.stuck + self.differs

    def add(self, other: "Toll") -> None:
        """Another siege's, on top."""
        self.faults += other.faults
        self.notes += other.notes
        for name in (
            "missed facts_doubled drafts_doubled drafts_lost edited_touched others_changed "
            "stuck differs hunts"
        ).split():
            setattr(self, name, getattr(self, name) + getattr(other, name))


class Siege:
    """One hunt under one kind of fire, until it ends or `wanted` faults have struck."""

    def __init__(self, server: Dovecot, kind: str, seed: int, wanted: int) -> None:
        self.kind, self.seed, self.wanted = kind, seed, wanted
        self.dice = random.Random(f"{kind}:{seed}")  # noqa: S311 - no secret
        self.toll = Toll()
        self.clock = SimulatedClock(hunt.START)
        tls = kind in ("tls", "host")
        self.relay = Relay(server.host, server.tls_port if tls else server.port)
        user, password = server.new_user()
        self.way = Way(self.relay.port, user, password, str(server.ca_file) if tls else "")
        self.place = OnServer(server.host, server.port, user, password)
        self.world = World(self.place)
        self.context: Context | None = None
        self.harmless = True  # for what is written: no fault that changes when things are due
        self._struck = 0

    async def go(self) -> Toll:
        """Live through it, and count."""
        with _state_folder(small=self.kind == "host") as (folder, mounted):
            self.folder, self.mounted = folder, mounted
            self.database = folder / "state" / "followthrough.db"
            self.store: Store = SqliteStore(self.database)
            work = self._in_children if self.kind == "kill" else self._in_process
            life = Life(self.seed, self.world, self.clock, lambda: self.store, work)
            self.life = life
            try:
                await life.lived()
                self.relay.disarm()
                self.clock.advance(120)  # what is in doubt is settled by then
                await work(calm=True)
                life._take_note()
                if life.hurried:
                    self.toll.faults["acted on while in doubt"] += len(life.hurried)
                await self._count(life)
            finally:
                await self._leave()
                self.store.close()
                self.relay.close()
                self.place.close()
        return self.toll

    def _enough(self) -> bool:
        return self.toll.faults.total() >= self.wanted

    # -- in this process -----------------------------------------------------------------

    async def _in_process(self, *, calm: bool = False) -> None:
        """Arm faults, and pass until a pass comes through."""
        if self._enough():
            self.relay.disarm()
        elif not calm:
            if self.kind == "host" and self.dice.random() < 0.7:
                await self._host_fault()
            self.relay.arm(*(self._fault() for _ in range(self.dice.choice([0, 3, 6, 12]))))
        quiet = 0
        for _ in range(_TRIES):
            through = await self._try()
            self._note_fired()
            if not through and self.dice.random() < _QUICK:
                self.life.hurry()
            if through:
                quiet += 1
                if not self.relay.armed or quiet == 3:
                    return
                await self._leave()  # faults that still wait get another dialogue
        self.toll.stuck += 1
        self.toll.notes.append(f"{self.kind} {self.seed}: stuck at {self.clock.now()}")
        self.relay.disarm()

    async def _try(self) -> bool:
        """One pass; whether it came through."""
        try:
            context = self.context or self._fresh()
            await one_pass(context)
            if self.dice.random() < 0.3:
                await context.mailboxes["home"].wait(0.02)
        except ServerUnavailable as error:
            await self._leave()
            await asyncio.to_thread(self.relay.settle)
            if error.retry_after and error.retry_after < 5:
                await asyncio.sleep(error.retry_after)
            self.clock.advance(self.dice.uniform(2, 10))
            return False
        except StoreError:
            return False
        return True

    def _fresh(self) -> Context:
        mailbox = mailbox_for(self.way)
        self.context = context_for(self.way, self.store, mailbox, self.clock)
        return self.context

    async def _leave(self) -> None:
        if self.context is not None:
            self.context.folders.clear()
            await self.context.mailboxes["home"].close()

    def _fault(self) -> Fault:
        dice = self.dice
        kind = dice.choices(list(_NETWORK), list(_NETWORK.values()))[0]
        if self.kind == "plain" and dice.random() < 0.5 and kind != "refuse":
            way, word = dice.choice(_WORDS)
            kind = "late" if way == "up" and dice.random() < 0.1 else kind
            return Fault(
                kind, way, dice.choice([0, 0, 1, 5, 40, 200]), _SECONDS.get(kind, 0.0), after=word
            )
        way = "up" if kind == "late" or dice.random() < 0.5 else "down"
        most = 3000 if way == "up" else 12000
        return Fault(kind, way, int(most ** dice.random()), _SECONDS.get(kind, 0.0))

    def _note_fired(self) -> None:
        for fault in self.relay.fired:
            if fault.kind != "call":  # counted where the process died of it
                self.toll.faults[f"{fault.kind} {fault.way}"] += 1
        self.relay.fired.clear()

    # -- the host -----------------------------------------------------------------------

    async def _host_fault(self) -> None:
        fault = self.dice.choice(_HOST)
        match fault:
            case "clock forward" | "clock back":
                await self._jump(_DAY if fault == "clock forward" else -_DAY)
            case "full disk":
                fault = await self._full()
            case "locked":
                await self._locked()
            case "read-only":
                await self._read_only()
            case "read-only folder":
                if not await self._read_only_folder():
                    return
            case "suspend":
                self.harmless = False
                self.clock.advance(timedelta(hours=self.dice.choice([1, 10, 60])))
                for link in self.relay.links:
                    link.reset()
            case _:
                await self._leave()
                self._reopen()
        self.toll.faults[fault] += 1

    async def _jump(self, by: timedelta) -> None:
        """The clock is wrong by a day for one pass, and then right again."""
        self.harmless = False
        right = self.clock.now()
        self.clock.set(right + by)
        await self._try()
        self.clock.set(max(right, self.clock.now() - by))

    async def _full(self) -> str:
        """No room for another page, or for just a few."""
        if not self.mounted:
            connection = self.store._connection  # type: ignore[attr-defined]
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages}")
            await self._try()
            connection.execute("PRAGMA max_page_count = 1073741823")
            return "full database"
        filler = self.folder / "filler"
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(b"x" * 4096):
                pass
        spare = self.dice.choice([0, 0, 4096, 16384])
        with contextlib.suppress(OSError):
            os.truncate(filler, max(filler.stat().st_size - spare, 0))
        await self._try()
        filler.unlink()
        return "full disk"

    async def _locked(self) -> None:
        other = sqlite3.connect(self.database, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            self.store._run("PRAGMA busy_timeout = 20")  # type: ignore[attr-defined]
            await self._try()
        finally:
            other.close()

    async def _read_only(self) -> None:
        self.store._run("PRAGMA query_only = ON")  # type: ignore[attr-defined]
        await self._try()
        self.store._run("PRAGMA query_only = OFF")  # type: ignore[attr-defined]

    async def _read_only_folder(self) -> bool:
        """The program is started over a state folder that cannot be written to, and again over one
        that can. Whether that can be tried: the folder must be a file system of its own."""
        if not self.mounted:
            return False
        await self._leave()
        self.store.close()
        _remounted(self.folder, "ro")
        try:
            SqliteStore(self.database)
        except StoreError:
            pass  # said in a sentence, with exit code 73
        else:
            self.toll.stuck += 1
            self.toll.notes.append(f"{self.kind} {self.seed}: a read-only folder was not noticed")
        finally:
            _remounted(self.folder, "rw")
            self._reopen()
        return True

    def _reopen(self) -> None:
        self.store.close()
        self.store = SqliteStore(self.database)
        self.context = None

    # -- kill -9 ---------------------------------------------------------------------------

    async def _in_children(self, *, calm: bool = False) -> None:
        """Passes in processes of their own, killed so and so often; then one that lives."""
        if calm or self._enough():
            await self._in_process(calm=True)
            await self._leave()
            return
        if self.dice.random() < 0.9:
            for _ in range(self.dice.choice([0, 1, 2, 4])):
                await asyncio.to_thread(self._killed)
                if self.dice.random() < _QUICK:
                    self.life.hurry()
                self.clock.advance(12)  # RestartSec
        for _ in range(_TRIES):
            process = self._start(None)
            await asyncio.to_thread(process.join)
            self.relay.settle()
            self._note_fired()
            if process.exitcode == 0:
                return
            self.clock.advance(5)
        self.toll.stuck += 1
        self.toll.notes.append(f"{self.kind} {self.seed}: stuck, exit {process.exitcode}")

    def _start(self, dies_at: int | None) -> BaseProcess:
        forks = multiprocessing.get_context("forkserver")
        process = forks.Process(
            target=child, args=(self.way, str(self.database), self.clock.now(), dies_at)
        )
        process.start()
        return process

    def _killed(self) -> None:
        how = self.dice.choice(["await", "await", "instant", "byte"])
        if how == "await":
            process = self._start(self.dice.randrange(0, 60))
        elif how == "instant":
            process = self._start(None)
            time.sleep(self.dice.uniform(0.0, 0.15))
            process.kill()
        else:
            process = self._killed_at_a_byte()
        process.join()
        self.relay.disarm()
        self.relay.settle()
        if process.exitcode == -9:
            self.toll.faults[f"kill -9 at {how}"] += 1

    def _killed_at_a_byte(self) -> BaseProcess:
        """By the relay, at the very byte; no later one reaches the server."""
        word: bytes | None
        way, word = self.dice.choice(_WORDS)
        at = self.dice.choice([0, 1, 20, 300])
        if self.dice.random() < 0.5:
            word, at = None, int(4000 ** self.dice.random())
        held: list[BaseProcess] = []

        def kill() -> None:
            if held:
                held[0].kill()

        self.relay.arm(Fault("call", way, at, after=word, then=kill))
        held.append(self._start(None))
        return held[0]

    # -- counting ---------------------------------------------------------------------------

    async def _count(self, life: Life) -> None:
        toll, store = self.toll, self.store
        before = toll.harm
        unseen = [each for each in life.delivered if not store.seen("home", each)]
        toll.missed += len(unseen) + len(store.aside())
        told = Counter(
            fact.thread.message_id
            for app in store.applications()
            for fact in app.facts
            if fact.thread.message_id
        )
        toll.facts_doubled += sum(count - 1 for count in told.values())
        doubled = [key for key, places in life.copies.items() if len(places) > 1]
        doubled += self._beside_an_edited_one(life)
        toll.drafts_doubled += len(doubled)
        lost = self._lost(life)
        toll.drafts_lost += len(lost)
        edited, others = self.world.changed()
        toll.edited_touched += edited
        toll.others_changed += others
        toll.hunts += 1
        differing = await self._unlike_peace(life)
        toll.differs += len(differing)
        if toll.harm > before:
            toll.notes.append(
                f"{self.kind} {self.seed} (after {self.toll.faults.total()}): missed {unseen} "
                f"{[each.why for each in store.aside()]}, doubled {doubled}, lost {lost}, "
                f"edited {edited}, others {others}, differs {differing}"
            )

    def _beside_an_edited_one(self, life: Life) -> list[str]:
        """A draft of ours that lies beside the user's own version of it."""
        edited = {f"edited-{f.message_id}": f.key for f in life.followups() if f.message_id}
        theirs = {message.message_id for message in self.place.lying("Drafts")}
        return [
            key
            for id_, key in edited.items()
            if id_ in theirs and id_.removeprefix("edited-") in theirs
        ]

    def _lost(self, life: Life) -> list[str]:
        """What is said to lie in Drafts and does not, or was never finished."""
        there = {message.message_id for message in self.place.lying("Drafts")}
        lost = [f.key for f in life.followups() if f.status is FollowUpStatus.DRAFTING]
        for followup in life.followups():
            if followup.status is FollowUpStatus.DRAFTED and followup.missed_at is None:
                lost += [followup.key] * (followup.message_id not in there)
        inbox = {message.message_id for message in self.place.lying("INBOX")}
        for memo in life.memos():
            if memo.status.value in ("laying", "laid") and memo.message_id not in inbox:
                lost.append(memo.key)
        return lost

    async def _unlike_peace(self, life: Life) -> list[str]:
        """Follow-ups that stand otherwise than in the same hunt without faults.

        Not where the clock was set wrong, nor in applications where the user was quicker than in
        peace: what they edited at once may have been taken back there before they came to it.
        """
        if not self.harmless:
            return []
        peace = await in_peace(self.seed)
        ours, theirs = life.standing(), peace.standing()
        otherwise = {followup.key.partition(":")[0] for followup in life.hurried}
        return [
            f"{key}: {theirs.get(key)} → {ours.get(key)}"
            for key in sorted(ours.keys() | theirs.keys())
            if ours.get(key) != theirs.get(key) and key.partition(":")[0] not in otherwise
        ]


@contextlib.contextmanager
def _state_folder(*, small: bool) -> Iterator[tuple[Path, bool]]:
    """A folder in memory; a small file system of its own where one can be mounted."""
    shm = Path("/dev/shm")  # noqa: S108 - a new folder in it
    base = shm if shm.is_dir() and os.access(shm, os.W_OK) else Path(tempfile.gettempdir())
    folder = Path(tempfile.mkdtemp(prefix="torture-", dir=base))
    mounted = small and _mounted(folder)
    try:
        yield folder, mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)  # noqa: S607
        shutil.rmtree(folder, ignore_errors=True)


def _mounted(folder: Path) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def _remounted(folder: Path, how: str) -> None:
    command = ["mount", "-o", f"remount,{how}", str(folder)]
    subprocess.run(command, check=True, capture_output=True)


Tell = Callable[[str], None]


def besiege(server: Dovecot, faults: int, seed: int, kinds: tuple[str, ...], tell: Tell) -> Toll:
    """Siege after siege until that many faults have struck."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(["bench.fire.warm"])
    toll = Toll()
    number = 0
    while toll.faults.total() < faults:
        kind = kinds[number % len(kinds)]
        part = SIEGES[kind] / sum(SIEGES[each] for each in kinds)
        wanted = min(faults * part, _A_HUNT * SIEGES[kind] / max(SIEGES.values()))
        siege = Siege(server, kind, seed * 100_000 + number, max(round(wanted), 1))
        known = len(toll.notes)
        toll.add(asyncio.run(siege.go()))
        for note in toll.notes[known:]:
            tell(note)
        number += 1
    return toll
