"""A room on a host that nobody knows, where the words of a mail say that one joins there.

Firms run video systems of their own ("The room is open from 15:15: https://meet.firm.example/r/1").
Asked only of mails that fix a talk, and behind `join.is_room`, which knows the systems by name. A
host that pretends to be one of those ("zoom.us.evil.example") is never a room.
"""

import re
from urllib.parse import urlsplit

from agent.lexicon.shapes import Shape
from agent.mail.join import MAX_TEXT, urls

_BEFORE = 90  # characters before a link in which its sentence says what it is
_JOINS = Shape(
    "phone", r"(?:<room>[^\n]{0,50}|<room_by> ?|<room_word>[ \t]*:?\s{0,2}(?:<)?)$", caseless=True
)
_READS = Shape("phone", r"<no_room>", caseless=True)
_NO_ROOM_PATH = re.compile(
    r"(?:book|schedul|calendar|slots?|career|jobs?|apply|about|event|test|survey|form|docs?|portal|log-?in|sign|confirm|resched|cancel|maps?|blog|news|privacy|unsubscribe)",
    re.I,
)
# "teams.firm.example/l/19ac": a host of their own that is named after what it runs.
_OWN_HOST = re.compile(
    r"(?:zoom|teams|meet|video|call|jitsi|bbb|conf)\.[\w-]{2,60}(?:\.[\w-]{2,20}){0,1}"
)
_OWN_PATH = re.compile(r"/(?:j|l|r|b|meet|join|rooms?)/[\w-]")
_PRETENDS = re.compile(
    r"zoom[.-](?:us|com|gov)|microsoft|(?:^|[.-])google|webex|teams[.-](?:live|com|us)|gotomeeting|whereby|skype"
)


def told_room(text: str) -> str | None:
    """The first link that its sentence or its own shape says to be where one joins, or None."""
    if "://" not in text:
        return None
    text = text[:MAX_TEXT]
    at = 0
    for url in urls(text):
        at = max(text.find(url, at), at)
        before = text[max(0, at - _BEFORE) : at]
        if not _foreign(url) and (_OWN.match(url) or _said(before)):
            return url
        at += 1
    return None


_OWN = re.compile(rf"https?://{_OWN_HOST.pattern}{_OWN_PATH.pattern}", re.I)


def _said(before: str) -> bool:
    """Whether the words before a link lead to a room, and not to something to book or to read."""
    return _JOINS.search(before) is not None and _READS.search(before) is None


def _foreign(url: str) -> bool:
    """A page that is no room by its address: one that pretends, books, or is a front page."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return True
    bare = len(parts.path.strip("/")) < 2
    return bare or bool(_PRETENDS.search(host) or _NO_ROOM_PATH.search(host + parts.path))
