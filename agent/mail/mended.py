"""Content lines of a calendar that break RFC 5545 in ways seen in mail, put right.

A parameter without a name or a value ("DTSTART;;VALUE=DATE-TIME:…"), blanks about the colon, and
times in the extended form of ISO 8601 or without seconds. Everything else is left as it is.
Linear: every repeat is bounded.
"""

import re

_MOST = 300  # characters of a line's name and parameters that are looked at
_HEAD = re.compile(
    r"([A-Z0-9-]{1,60})[ \t]{0,3}((?:;(?:[^\":;]|\"[^\"]{0,200}\"){0,300}){0,20}):", re.IGNORECASE
)
_PARAMETER = re.compile(r";((?:[^\":;]|\"[^\"]{0,200}\"){0,300})")
_CROOKED = re.compile(r"[^:\"]{0,300}(?:;[;:]|[ \t][;:]|;[A-Z-]{1,40}[;:])", re.IGNORECASE)
_TIME = re.compile(r"(?:DTSTART|DTEND|RECURRENCE-ID)[;:]", re.IGNORECASE)
_EXTENDED = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d{1,6})?(Z?))?$"
)


def mended(line: str) -> str:
    """A content line as RFC 5545 would have it, if it can be told; else as it is."""
    if _CROOKED.match(line[:_MOST]):
        line = _with_sound_head(line)
    return _with_sound_time(line) if _TIME.match(line) else line


def _with_sound_head(line: str) -> str:
    head = _HEAD.match(line)
    if head is None:
        return line
    given = (each[1].strip() for each in _PARAMETER.finditer(head[2]))
    sound = "".join(f";{each}" for each in given if "=" in each and each[-1] != "=")
    return f"{head[1]}{sound}:{line[head.end() :]}"


def _with_sound_time(line: str) -> str:
    """A time in the basic form: "2026-11-10T15:00Z" is 20261110T150000Z."""
    head = _HEAD.match(line)
    value = _EXTENDED.match(line[head.end() :].strip()) if head else None
    if head is None or value is None:
        return line
    year, month, day, hour, minute, second, utc = value.groups()
    clock = f"T{hour}{minute}{second or '00'}{utc}" if hour else ""
    return f"{line[: head.end()]}{year}{month}{day}{clock}"
