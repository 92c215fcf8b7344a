"""Which lines of a mail quote another one, and where a forwarded mail begins.

One pass over the lines; every step looks at a bounded number of lines around it, so the time is
linear in the text. A quote is marked with ">", or stands below a line that names who wrote
("On ... wrote:"), below a mail program's copied fields, or below a dashed line that says so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.mail.message import Address
from agent.mail.reply_words import RULE, SEEN, Part, ReplyWords, reply_words

ATTRIBUTION_LINES = 4
HEADER_LINES = 14
_QUOTE = re.compile(r"[ \t]{0,3}>")
_QUOTE_MARK = re.compile(r"[ \t]{0,3}>[ ]?")
_MARKS = " \t>"
_ADDRESS = re.compile(r"[<\[(]?(?:mailto:)?([^\s<>\[\]()@:;,\"']{1,64}@[\w.-]{4,90})")
_AROUND_NAME = " \t\"'*"
_DATE_OR_ADDRESS = re.compile(r"\d{1,2}[:.h]\d\d|(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}|@")
_GENERIC_ATTRIBUTION = re.compile(r"[^\n]{0,200}<[^<>\s]{1,100}@[^<>\s]{1,100}>\s?:$")
_NOT_A_SENDER = re.compile(
    r"\d{1,2}[:.h ]|\d{1,2}\s?[ap]\.?m|(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.I
)


@dataclass(slots=True)
class Division:
    """The lines with what they are, and whether anything said that they quote a mail."""

    parts: list[Part]
    attributed: bool = False

    def rest(self, part: Part, length: int) -> None:
        self.parts += [part] * (length - len(self.parts))


def divide(lines: Sequence[str], words: ReplyWords) -> Division:
    """Say of each line whether it is new, quoted, or forwarded."""
    done = Division([])
    # Every line that names who wrote ends in a colon; most lines are far from one.
    colons = [line.rstrip(" \t*_").endswith((":", "：")) for line in lines]
    quoted = [_is_quoted(line) for line in lines]
    at = 0
    while at < len(lines):
        line = lines[at]
        if quoted[at] or _is_wrapped_quote(lines, quoted, at):
            done.parts.append(Part.QUOTED)
        elif not line.strip():
            done.parts.append(Part.NEW)
        elif rest := _begins_rest(lines, at, words):
            done.attributed = True
            anything_new = _anything_new(lines[:at], done.parts, words)
            done.rest(rest if anything_new else Part.FORWARDED, len(lines))
        elif any(colons[at : at + ATTRIBUTION_LINES]) and (count := _attribution(lines, at, words)):
            done.attributed = True
            done.parts += [Part.QUOTED] * count
            following = _next_written(lines, at + count)
            if following is not None and not quoted[following]:
                # Outlook and some telephones mark nothing: all that follows is the old mail.
                done.rest(Part.QUOTED, len(lines))
        else:
            done.parts.append(Part.NEW)
        at = len(done.parts)
    return done


def unmarked(lines: Sequence[str]) -> list[str]:
    """The lines without the marks of a quote."""
    return [_QUOTE_MARK.sub("", line) for line in lines]


def senders_below(text: str) -> Iterator[Address]:
    """Who wrote the mails below, by their copied fields: "From: Mick Tansley <mick@redcar.example>".

    `text` may have the marks of a quote. A field may have a name alone, or an address alone.
    """
    field = reply_words().fields["from"]
    for line in text.split("\n"):
        if found := field.match(line.lstrip(_MARKS)):
            written = _ADDRESS.search(found[1])
            name = found[1][: written.start()] if written else found[1]
            shown = " ".join(name.strip(_AROUND_NAME).split())
            yield Address(shown, written[1].lower() if written else "")


def _begins_rest(lines: Sequence[str], at: int, words: ReplyWords) -> Part | None:
    """What all the remaining lines are, where a line says so."""
    head = lines[at][:SEEN].strip()
    if ":" not in head and head[0] not in "-_=*‐–—":
        return None
    dashed = head.startswith("--")
    if (dashed and words.forwarded.match(head)) or words.forwarded_begins.match(head):
        return Part.FORWARDED
    if dashed and words.original.match(head) and "above this line" not in head.lower():
        return Part.QUOTED
    start: int | None = at
    if RULE.match(head):
        start = _next_written(lines, at + 1)
    if start is not None and _is_header_block(lines, start, words):
        return Part.QUOTED
    return None


def _anything_new(lines: Sequence[str], parts: Sequence[Part], words: ReplyWords) -> bool:
    """Whether the sender wrote anything so far: a bare forward looks like a reply otherwise."""
    return any(
        part is Part.NEW and line.strip() and not words.device.match(line.strip())
        for line, part in zip(lines, parts, strict=True)
    )


def _is_quoted(line: str) -> bool:
    # ">From " is how mbox files guard a line that was never quoted.
    return bool(_QUOTE.match(line)) and not line.startswith(">From ")


def _is_wrapped_quote(lines: Sequence[str], quoted: Sequence[bool], at: int) -> bool:
    """Whether a program broke a long quoted line and lost the mark of its second half."""
    if at == 0 or at + 1 >= len(lines) or not (quoted[at - 1] and quoted[at + 1]):
        return False
    before, line = lines[at - 1], lines[at]
    return len(before) >= 60 and bool(line.strip()) and len(line) < len(before)


def _attribution(lines: Sequence[str], at: int, words: ReplyWords) -> int:
    """How many lines "On … wrote:" takes here, 0 where it does not stand here."""
    first = lines[at][:SEEN].strip(" \t*_\ufeff")
    stated = bool(words.attribution.match(first))
    if not stated and not (first.endswith(":") or "@" in first or words.verb.search(first[:SEEN])):
        return 0
    joined = ""
    for count, line in enumerate(lines[at : at + ATTRIBUTION_LINES], start=1):
        if not line.strip() or len(line) > SEEN:
            return 0
        joined = f"{joined} {line.strip(' *_')}".strip()
        if len(joined) > SEEN:
            return 0
        if joined.endswith((":", "：")):
            return count if _attributes(joined, words, stated=stated) else 0
        if not stated and count > 1:
            return 0
    return 0


def _attributes(joined: str, words: ReplyWords, *, stated: bool) -> bool:
    """Whether a line that ends in a colon names who wrote, and when or from where."""
    if not _DATE_OR_ADDRESS.search(joined):
        return False
    verb = words.verb.search(joined)
    if verb is not None and (stated or "@" in joined):
        return True
    if verb is not None:  # "Jane Roe schrieb am 4.5.2026:", but not "as we wrote on 4.5.2026:"
        return joined[: verb.start()].strip().istitle()
    # Programs in other languages: "2026年5月5日(火) 9:00 Name <name@host>:".
    return bool(_GENERIC_ATTRIBUTION.match(joined)) and bool(re.search(r"\d", joined[:20]))


def _is_header_block(lines: Sequence[str], at: int, words: ReplyWords) -> bool:
    """Whether the fields of a quoted mail stand here: From with Sent or Subject, and one more."""
    sender = words.fields["from"].match(lines[at][:SEEN])
    if sender is None or _NOT_A_SENDER.match(sender[1].strip(" *")):
        return False
    found: set[str] = set()
    for line in lines[at + 1 : at + HEADER_LINES]:
        head = line[:SEEN].strip()
        if (not head and found) or words.fields["from"].match(head):
            break
        found.update(name for name, label in words.fields.items() if label.match(head))
    return len(found) >= 2 and bool(found & {"sent", "subject"})


def _next_written(lines: Sequence[str], at: int) -> int | None:
    """The next line that is not blank, looked for over a few lines only."""
    return next((i for i in range(at, min(at + 8, len(lines))) if lines[i].strip()), None)
