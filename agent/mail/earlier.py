"""The mails that a mail quotes, newest first, each read from the day on which it was written.

"Tomorrow at 4" in yesterday's mail is today. One pass over the lines: a deeper mark of a quote, or
the fields that a mail program copies ("From: ..."), begin an older mail; the line that says who
wrote it, or its fields, say when.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from agent.mail.letter import Letter
from agent.mail.reply_words import reply_words
from agent.mail.slots import Slot

MOST = 4  # quoted mails that are looked at
_AGO = timedelta(days=120)  # how long ago one was written at most
_HEAD_LINES = 4
_DATED = re.compile(r"\d{4}|\d{1,2}[:.h]\d\d|\d{1,2}[./-]\d")
_MARKS = re.compile(r"[ \t>]*")
_FIELD = re.compile(r"\W{0,3}[^\W\d_]{2,12}(?: [^\W\d_]{2,8})?\s?:\s")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A quoted mail: its words without the marks of a quote, and how it was read when it came."""

    text: str
    letter: Letter

    def slots(self) -> tuple[Slot, ...]:
        """Its times, also those that were over when it was written."""
        return self.letter.slots(self.text, past=True)


def earlier(letter: Letter) -> Iterator[Earlier]:
    """The mails that a letter quotes; one that does not say its day is read from the letter's."""
    head: list[str] = []
    given = 0
    for lines in _mails(letter.quoted):
        fields, rest = _fields_apart(lines)
        opening, rest = _opening_apart(rest)
        body, following = _attribution_apart(rest)
        if body:
            yield Earlier("\n".join(body), _as_of(letter, head or fields or opening))
            given += 1
        head = following
        if given == MOST:
            return


def _mails(quoted: str) -> Iterator[list[str]]:
    """The lines of each quoted mail, bare."""
    lines: list[str] = []
    depth = 0
    copied = reply_words().fields["from"]
    for line in quoted.split("\n"):
        marks = _MARKS.match(line)
        bare = line[marks.end() :] if marks else line
        level = marks[0].count(">") if marks else 0
        if bare and (level > depth or copied.match(bare)):
            yield lines
            lines = []
        depth = level if bare else depth
        lines.append(bare)
    yield lines


def _fields_apart(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The fields copied at the top of a quoted mail, and the rest."""
    if not lines or not reply_words().fields["from"].match(lines[0]):
        return [], list(lines)
    count = next((i for i, line in enumerate(lines) if not _FIELD.match(line)), len(lines))
    return list(lines[:count]), list(lines[count:])


def _opening_apart(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The line above a quoted mail that says who wrote it, where it is marked as quoted itself."""
    written = [at for at, line in enumerate(lines) if line.strip()][:_HEAD_LINES]
    for at in written[:-1]:
        if lines[at].rstrip(" *_").endswith(":"):
            opening = list(lines[: at + 1])
            dated = _DATED.search(" ".join(opening)) and reply_words().verb.search(lines[at])
            return (opening, list(lines[at + 1 :])) if dated else ([], list(lines))
    return [], list(lines)


def _attribution_apart(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """A quoted mail's own lines, and those at its end that say who wrote the mail below it."""
    written = [at for at, line in enumerate(lines) if line.strip()]
    if not written:
        return [], []
    end = written[-1] + 1
    if not lines[end - 1].rstrip(" *_").endswith(":"):
        return list(lines[:end]), []
    start = end - 1
    while (
        start and end - start < _HEAD_LINES and lines[start - 1] and not _DATED.search(lines[start])
    ):
        start -= 1
    return [line for line in lines[:start] if line], list(lines[start:end])


def _as_of(letter: Letter, head: Sequence[str]) -> Letter:
    """The letter as if it had been written on the day that such a head names."""
    today = letter.anchor.date()
    days = [mention.day for mention in letter.mentions("\n".join(head))] if head else []
    known = [day for day in days if today - _AGO <= day <= today]
    if not known:
        return letter
    return replace(letter, anchor=datetime.combine(known[0], time(12), letter.anchor.tzinfo))
