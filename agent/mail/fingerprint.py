"""The one way in which a message's bytes are compared: SHA-256, in hexadecimal.

Servers may normalise line ends or add a header on APPEND, so the fingerprint of a
draft is always taken from what the server gives back, never from what was sent.
"""

import hashlib


def fingerprint(data: bytes) -> str:
    """The SHA-256 of a message's bytes, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
