"""Appends whose answer never came, and how long to wait before trying again.

A server that is slow, or a middlebox that holds bytes back, can store a message after the
client has given up and looked for it in vain. So the same message is not appended again for a
while; then it is looked for once more, and only then appended.
"""

import time
from collections.abc import Callable
from email.parser import BytesHeaderParser

Key = tuple[str, str]


def key_of(folder: str, data: bytes) -> Key:
    """What tells one append from another: where it goes, and the Message-ID."""
    written = BytesHeaderParser().parsebytes(data)["Message-ID"]
    return folder, str(written or "")


class Appends:
    """The appends of one account that may yet come about; times are monotonic seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._until: dict[Key, float] = {}

    def note(self, key: Key) -> None:
        """Its answer did not come."""
        self._until[key] = self._clock() + self._seconds

    def left(self, key: Key) -> float:
        """Seconds until it may be appended again; 0 where nothing is in doubt."""
        left = self._until.get(key, 0.0) - self._clock()
        if left <= 0:
            self._until.pop(key, None)
            return 0.0
        return left
