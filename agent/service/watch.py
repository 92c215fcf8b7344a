"""What is known of each account's watcher, and the one line that tells the user of all of them.

Pure: times are handed in. `Watch.until` is the watchdog's side of it: the second, on a clock
that nobody sets, by which a watcher has to have shown progress. Waiting for news, for a server
that is away or for a keyring is healthy; it only has to end when it was said to.
"""

import asyncio
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto


class Doing(Enum):
    """What a watcher is about."""

    SIGNING_IN = auto()  # for the first time
    WATCHING = auto()
    OFFLINE = auto()  # the server cannot be reached; tried again
    LOCKED = auto()  # the secret cannot be had before somebody unlocks its place; tried again
    STUCK = auto()  # the server or the disk does what it must not; tried again
    LAPSED = auto()  # only the user can sign in anew; looked at again until they have
    REFUSED = auto()  # the server refused the sign-in; tried again a few times
    ENDED = auto()  # …and given up, until the user has done something about it


@dataclass(slots=True)
class Watch:
    """One account's watcher.

    `since` is when what it is doing began to go wrong. `reading` is how many messages of how
    many a long pass has read. `replan` asks for every application to be planned anew. Nothing
    is written before `full_until`, a second on the same clock: the mailbox was full.
    """

    wake: asyncio.Event = field(default_factory=asyncio.Event)
    drop: bool = False
    replan: bool = False
    doing: Doing = Doing.SIGNING_IN
    since: datetime | None = None
    said: str = ""
    reading: tuple[int, int] | None = None
    until: float = math.inf
    full_until: float = -math.inf

    def well(self) -> None:
        """Signed in: whatever was wrong is over."""
        self.doing, self.since, self.said = Doing.WATCHING, None, ""

    def wrong(self, doing: Doing, now: datetime) -> None:
        """Something is wrong; the same trouble keeps its beginning."""
        if self.doing is not doing or self.since is None:
            self.doing, self.since = doing, now


#: What is wrong, the worst first.
_TROUBLES = (
    Doing.ENDED,
    Doing.LAPSED,
    Doing.REFUSED,
    Doing.STUCK,
    Doing.LOCKED,
    Doing.OFFLINE,
)

#: From so many messages on, a pass is told of while it goes on.
_LONG = 100


def status_line(
    watches: Mapping[str, Watch],
    upcoming: str = "",
    *,
    local: Callable[[datetime], datetime] = lambda at: at,
) -> str:
    """What the service is doing; `upcoming` is what it will do next, `local` the user's zone.

    "watching 2 accounts, next: check-in to Acme on Thu 09:00", "offline since 14:02, retrying",
    "work offline since 14:02, retrying; watching 1 account".
    """
    parts = [
        _trouble(doing, watches, local)
        for doing in _TROUBLES
        if any(watch.doing is doing for watch in watches.values())
    ]
    starting = [name for name, watch in watches.items() if watch.doing is Doing.SIGNING_IN]
    if starting:
        parts.append(f"signing in to {', '.join(starting)}")
    reading = [
        f"reading {name}, {watch.reading[0]} of {watch.reading[1]} mails"
        for name, watch in watches.items()
        if watch.reading and watch.reading[1] >= _LONG and watch.doing is Doing.WATCHING
    ]
    well = sum(watch.doing is Doing.WATCHING for watch in watches.values()) - len(reading)
    if well:
        reading.append(f"watching {well} account{'s' if well != 1 else ''}{upcoming}")
    return "; ".join([*parts, *reading])


def _trouble(
    doing: Doing, watches: Mapping[str, Watch], local: Callable[[datetime], datetime]
) -> str:
    """One kind of trouble; the accounts are named where others are well."""
    those = {name: watch for name, watch in watches.items() if watch.doing is doing}
    names = "" if len(those) == len(watches) else f"{', '.join(those)} "
    since = min((w.since for w in those.values() if w.since), default=None)
    at = f" since {local(since):%H:%M}" if since else ""
    if doing is Doing.LOCKED:
        return f"{names}waiting for the keyring"
    if doing is Doing.LAPSED:
        return f"waiting for you to sign in: followthrough login {', '.join(those)}"
    if doing is Doing.STUCK:
        return f"{names}in trouble{at}, retrying; the journal says why"
    if doing is Doing.OFFLINE:
        return f"{names}offline{at}, retrying"
    retrying = ", retrying" if doing is Doing.REFUSED else ""
    return f"{names}sign-in refused{at}{retrying}"
