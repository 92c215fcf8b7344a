"""An append whose answer never came: for how long its server may yet store it."""

from datetime import datetime, timedelta

#: A server that is slow, or a box in between that holds bytes back, stores what was given up.
SETTLE = timedelta(seconds=90)


def in_doubt(begun: datetime | None, now: datetime) -> bool:
    """Whether an append begun then may yet come about; a clock that was set back ends the doubt."""
    return begun is not None and timedelta(0) <= now - begun < SETTLE
