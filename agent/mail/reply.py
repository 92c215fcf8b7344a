"""What a sender newly wrote, apart from quotes, forwarded mail, signature and small print.

One pass over the lines says which are quoted and where a forwarded mail begins; a second one
takes the signature and footer off each piece that is left. Every step looks at a bounded
number of lines around it, so the time is linear in the text. The words are data
(`lexicon/replies.toml`). Nothing is lost: each line ends up in one of the four fields.

A greeting belongs to the text. The sign-off ("Best regards") and what follows it belong to
the signature, a postscript to the text again.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

MAX_LINES = 50_000
SEEN = 400  # characters of a line that decide what it is
ATTRIBUTION_LINES = 4
HEADER_LINES = 14
SIGNATURE_PARAGRAPHS = 4
BLOCK_LINES = 9  # of one paragraph of a signature
SIGNATURE_LINES = 24  # written lines after a sign-off
FOOTER_LINES = 60  # written lines of small print
FOOTER_TAIL = 3  # the last written lines, where any word of a footer makes one
BANNER_LINES = 4
NEAR_END = 300  # lines in which a signature and small print are looked for


@dataclass(frozen=True, slots=True)
class NewText:
    """The four portions of a message's text; each is "" where there is none."""

    text: str
    quoted: str = ""
    signature: str = ""
    forwarded: str = ""


class _Part(Enum):
    NEW = auto()
    QUOTED = auto()
    SIGNATURE = auto()
    FORWARDED = auto()


@dataclass(frozen=True, slots=True)
class _Words:
    """The lexicon as patterns; each is a plain alternation of phrases."""

    attribution: re.Pattern[str]
    verb: re.Pattern[str]
    fields: dict[str, re.Pattern[str]]
    original: re.Pattern[str]
    forwarded: re.Pattern[str]
    forwarded_begins: re.Pattern[str]
    sign_off: frozenset[str]
    device: re.Pattern[str]
    small_print: re.Pattern[str]
    footer: re.Pattern[str]
    banner: re.Pattern[str]


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


@cache
def _words() -> _Words:
    file = resources.files("agent.lexicon").joinpath("replies.toml")
    data: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
    small_print = data["small_print"]
    return _Words(
        attribution=re.compile(rf"(?:{_any_of(data['attribution']['begins'])})[\s,.]", re.I),
        verb=re.compile(rf"(?<!\w)(?:{_any_of(data['attribution']['verbs'])})(?!\w)", re.I),
        fields={
            name: re.compile(
                rf"[*\s]{{0,4}}(?:{_any_of(labels)})\s?\*?\s?:\*?\s?(.{{0,200}})", re.I
            )
            for name, labels in data["fields"].items()
        },
        original=re.compile(rf"-{{2,}}\s?(?:{_any_of(data['markers']['original'])})", re.I),
        forwarded=re.compile(rf"-{{2,}}\s?(?:{_any_of(data['markers']['forwarded'])})", re.I),
        forwarded_begins=re.compile(_any_of(data["markers"]["forwarded_begins"]), re.I),
        sign_off=frozenset(data["closing"]["sign_off"]),
        device=re.compile(_any_of(data["device"]["lines"]), re.I),
        small_print=re.compile(_any_of([*small_print["begins"], *small_print["footer"]]), re.I),
        footer=re.compile(_any_of(small_print["anywhere"]), re.I),
        banner=re.compile(_any_of(data["banner"]["lines"]), re.I),
    )


_QUOTE = re.compile(r"[ \t]{0,3}>")
_QUOTE_MARK = re.compile(r"[ \t]{0,3}>[ ]?")
_RULE = re.compile(r"\s{0,3}[-_=*‐–—]{5,}\s{0,3}$")
_DATE_OR_ADDRESS = re.compile(r"\d{1,2}[:.h]\d\d|(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}|@")
_GENERIC_ATTRIBUTION = re.compile(r"[^\n]{0,200}<[^<>\s]{1,100}@[^<>\s]{1,100}>\s?:$")
_NOT_A_SENDER = re.compile(
    r"\d{1,2}[:.h ]|\d{1,2}\s?[ap]\.?m|(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.I
)
_POSTSCRIPT = re.compile(r"\s{0,3}(?:p\.?\s?p?\.?s\b|ps\s?:|nb\s?:|n\.b\.)", re.I)
_DELIMITER = re.compile(r"\s{0,2}(?:--|—|––)\s{0,3}$")
_CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}\.\w|(?:https?://|www\.)\S|\+?\(?\d[\d\s()./-]{7,}\d"
    r"|^\s{0,3}(?:tel|phone|mobile|mob|cell|fax|m|t|p|e|w|telefon|handy|mobil|tél|linkedin)\s?[.:]",
    re.I,
)
_ABOUT_THE_TALK = re.compile(
    r"\bzoom\b|\bteams\b|meet\.|google meet|webex|meeting|\bdial|\bpin\b|passcode|password|\broom\b"
    r"|\b(?:when|where|date|time|location|address|link|deadline)\s?:|\d{1,2}:\d\d|calendly"
    r"|\d\s?[ap]\.?m\b|\d (?:uhr|heures)\b",
    re.I,
)
_BULLET = re.compile(r"\s{0,4}(?:[-*•–]\s|\d{1,2}[.)]\s)")
_DESK = re.compile(
    r"\b(?:team|committee|office|department|recruiting|recruitment|careers|talent|staff|desk|panel|hr"
    r"|personalabteilung|équipe|equipo|squadra|zespół)\b",
    re.I,
)
_NAME_LINE = re.compile(
    r"(?:the |das |dein |ihr |your |el |le |la )?(?:[^\W\d_][\w.'’-]{0,24}[,&]?\s?){1,5}$", re.I
)
_DASHED_NAME = re.compile(
    r"\s{0,3}(?:[-–—~/]{1,2}|//)\s?[^\W\d_][\w.'’-]{1,24}(?:\s[^\W\d_][\w.'’-]{0,24}){0,3}$"
)
_AFTER_SIGN_OFF = re.compile(r"\s?(?:,|!|\.|-|–|—|from|aus|vom|von|uit|de|desde)\s", re.I)
_NOT_NAMES = frozenset(
    "yes no great done perfect ok okay hi hello hey sure thanks congratulations agreed noted "
    "confirmed none tbd ja nein oui non sí super hallo bonjour hola deal welcome".split()
)


def _is_quoted(line: str) -> bool:
    # ">From " is how mbox files guard a line that was never quoted.
    return bool(_QUOTE.match(line)) and not line.startswith(">From ")


# -- first pass: quotes and forwards -----------------------------------------------


def _attribution(lines: Sequence[str], at: int, words: _Words) -> int:
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


def _attributes(joined: str, words: _Words, *, stated: bool) -> bool:
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


def _is_header_block(lines: Sequence[str], at: int, words: _Words) -> bool:
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


def _is_wrapped_quote(lines: Sequence[str], at: int) -> bool:
    """Whether a program broke a long quoted line and lost the mark of its second half."""
    if at == 0 or at + 1 >= len(lines):
        return False
    before, line, after = lines[at - 1], lines[at], lines[at + 1]
    return (
        _is_quoted(before)
        and _is_quoted(after)
        and len(before) >= 60
        and bool(line.strip())
        and len(line) < len(before)
    )


@dataclass(slots=True)
class _Division:
    """The lines with what they are, and whether anything said that they quote a mail."""

    parts: list[_Part]
    attributed: bool = False

    def rest(self, part: _Part, length: int) -> None:
        self.parts += [part] * (length - len(self.parts))


def _divide(lines: Sequence[str], words: _Words) -> _Division:
    """Say of each line whether it is new, quoted, or forwarded."""
    done = _Division([])
    # Every line that names who wrote ends in a colon; most lines are far from one.
    colons = [line.rstrip(" \t*_").endswith((":", "：")) for line in lines]
    at = 0
    while at < len(lines):
        line = lines[at]
        if _is_quoted(line) or _is_wrapped_quote(lines, at):
            done.parts.append(_Part.QUOTED)
        elif not line.strip():
            done.parts.append(_Part.NEW)
        elif rest := _begins_rest(lines, at, words):
            done.attributed = True
            anything_new = _anything_new(lines[:at], done.parts, words)
            done.rest(rest if anything_new else _Part.FORWARDED, len(lines))
        elif any(colons[at : at + ATTRIBUTION_LINES]) and (count := _attribution(lines, at, words)):
            done.attributed = True
            done.parts += [_Part.QUOTED] * count
            following = _next_written(lines, at + count)
            if following is not None and not _is_quoted(lines[following]):
                # Outlook and some telephones mark nothing: all that follows is the old mail.
                done.rest(_Part.QUOTED, len(lines))
        else:
            done.parts.append(_Part.NEW)
        at = len(done.parts)
    return done


def _begins_rest(lines: Sequence[str], at: int, words: _Words) -> _Part | None:
    """What all the remaining lines are, where a line says so."""
    head = lines[at][:SEEN].strip()
    if ":" not in head and head[0] not in "-_=*‐–—":
        return None
    if words.forwarded.match(head) or words.forwarded_begins.match(head):
        return _Part.FORWARDED
    if words.original.match(head) and "above this line" not in head.lower():
        return _Part.QUOTED
    start: int | None = at
    if _RULE.match(head):
        start = _next_written(lines, at + 1)
    if start is not None and _is_header_block(lines, start, words):
        return _Part.QUOTED
    return None


def _anything_new(lines: Sequence[str], parts: Sequence[_Part], words: _Words) -> bool:
    """Whether the sender wrote anything so far: a bare forward looks like a reply otherwise."""
    return any(
        part is _Part.NEW and line.strip() and not words.device.match(line.strip())
        for line, part in zip(lines, parts, strict=True)
    )


# -- second pass: signature and small print --------------------------------------------


def _plain(line: str) -> str:
    """A line for comparing: lower case, without ornaments and the punctuation at its ends."""
    return " ".join(line[:SEEN].lower().replace("’", "'").split()).strip(" *_-–—,.!:;~|")


def _is_sign_off(line: str, words: _Words) -> bool:
    """Whether the line closes a letter: "Best regards,", "Thanks & regards", "Best, Anna"."""
    plain = _plain(line)
    if not plain or len(plain) > 60:
        return False
    if plain in words.sign_off:
        return True
    if all(
        piece.strip() in words.sign_off for piece in re.split(r" and | & | und | et |/|, ", plain)
    ):
        return True
    found = _AFTER_SIGN_OFF.search(plain)
    if found is None or plain[: found.start()].strip() not in words.sign_off:
        return False
    return len(plain[found.end() :].split()) <= 2 and not line.rstrip().endswith("?")


def _is_prose(line: str) -> bool:
    """Whether a line reads as part of a sentence rather than as a name, a title or a number."""
    count = len(line.split())
    if line.rstrip().endswith("?"):
        return count >= 3
    if line.rstrip().endswith((".", "!", ":", ",")):
        return count >= 6
    return count >= 9 and "|" not in line and not _CONTACT.search(line[:SEEN])


def _is_name(line: str) -> bool:
    stripped = line.strip(" *_,")
    return (
        0 < len(stripped) <= 60
        and bool(_NAME_LINE.match(stripped))
        and stripped[:1].isupper()
        and not line.rstrip().endswith((".", "!", "?", ":"))
    )


def _is_short(line: str) -> bool:
    """Whether a line can be the name below a sign-off, "Imogen Clarke (she/her)" included."""
    return len(line.split()) <= 6 and len(line) <= 70 and line.strip(" *_")[:1].isupper()


def _written(lines: Sequence[str], start: int, end: int) -> list[int]:
    """The lines that are not blank, of the last few hundred."""
    return [i for i in range(max(start, end - NEAR_END), end) if lines[i].strip()]


def _device_lines(lines: Sequence[str], words: _Words) -> set[int]:
    """Lines that a telephone added. "Sent from my desk, which is quicker." is a sentence."""
    return {
        i
        for i in _written(lines, 0, len(lines))
        if words.device.match(lines[i].strip(" \t*_"))
        and (len(lines[i].split()) <= 9 or "://" in lines[i])
        and not re.search(r"[,;]\s", lines[i])
    }


def _banner_lines(lines: Sequence[str], words: _Words) -> set[int]:
    top = _written(lines, 0, min(len(lines), 40))[:BANNER_LINES]
    return {i for i in top if words.banner.match(lines[i].strip(" \t*_>#-⚠️"))}


def _small_print(lines: Sequence[str], end: int, words: _Words) -> int:
    """Where the small print begins, `end` where there is none."""
    start = end
    written = _written(lines, 0, end)[-FOOTER_LINES:]
    for i in reversed(written):
        if words.small_print.match(lines[i].strip(" \t*_-|•#>[(")):
            start = i
    for i in written[-FOOTER_TAIL:]:
        # Only at the very end, and not in the last sentence of a mail that has one line.
        if i < start and i > written[0] and words.footer.search(lines[i][:SEEN]):
            start = i
    start = min(start, _list_footer(lines, start))
    while 0 < start < end and (_RULE.match(lines[start - 1]) or not lines[start - 1].strip()):
        start -= 1
    return start


def _list_footer(lines: Sequence[str], end: int) -> int:
    """Where a mailing list's own lines begin, below a rule; `end` where there are none."""
    written = _written(lines, 0, end)[-8:]
    for position, i in enumerate(written):
        after = [lines[j] for j in written[position + 1 :]]
        if (
            _RULE.match(lines[i])
            and any(_CONTACT.search(line[:SEEN]) for line in after)
            and not any(_is_prose(line) or _ABOUT_THE_TALK.search(line[:SEEN]) for line in after)
        ):
            return i
    return end


def _delimiter(lines: Sequence[str], end: int) -> int:
    """Where "-- " stands (RFC 3676, 4.3), `end` where it does not; a bare "--" must be near the end."""
    for i in range(max(0, end - 60), end):
        if _DELIMITER.match(lines[i]):
            following = len(_written(lines, i + 1, end))
            if following <= (40 if lines[i] == "-- " else SIGNATURE_LINES // 2):
                return i
    return end


def _sign_off(lines: Sequence[str], end: int, words: _Words) -> int:
    """Where the sign-off stands, `end` where there is none: the first that only a block follows."""
    written = _written(lines, 0, end)[-SIGNATURE_LINES:]
    for position, i in enumerate(written):
        if not _is_sign_off(lines[i], words):
            continue
        following = written[position + 1 : position + 2]
        if lines[i].rstrip().endswith((".", "!")) and any(
            _is_sign_off(lines[j], words) for j in following
        ):
            continue  # "Thank you!" is still said, the letter closes on the next line
        after = [lines[j] for j in written[position + 1 :] if not _POSTSCRIPT.match(lines[j])]
        prose = sum(map(_is_prose, after))
        if (
            not after
            or prose == 0
            or (_is_name(after[0]) and prose <= 2 and not _is_prose(after[0]))
        ):
            return i
    return end


def _name_block(lines: Sequence[str], end: int, sender: str) -> int:
    """Where a signature without a sign-off begins, `end` where there is none.

    From the end up: paragraphs of name, title, firm and numbers; else a name below the last
    sentence. The first paragraph always stays text.
    """
    written = _written(lines, 0, end)
    start = end
    for _ in range(SIGNATURE_PARAGRAPHS):
        first, stop = _paragraph(lines, start)
        if stop == first or not written or first <= written[0]:
            break
        before = next((lines[i] for i in reversed(written) if i < first), "")
        block = [line for line in lines[first:stop] if line.strip()]
        dashed = len(block) == 1 and _DASHED_NAME.match(block[0]) and not _BULLET.match(before)
        if before.rstrip().endswith(":") or not (dashed or _is_signed_block(block, sender)):
            break
        start = first
    return start if start < end else _closing_name(lines, written, end, sender)


def _paragraph(lines: Sequence[str], end: int) -> tuple[int, int]:
    """The bounds of the last paragraph before `end`, at most a few lines of it."""
    while end > 0 and not lines[end - 1].strip():
        end -= 1
    start = end
    while start > 0 and lines[start - 1].strip() and end - start <= BLOCK_LINES:
        start -= 1
    return start, end


def _is_signed_block(block: Sequence[str], sender: str) -> bool:
    """Whether a paragraph says who writes: one that says where to join or what to bring does not."""
    if len(block) > BLOCK_LINES or any(
        _is_prose(line) or _ABOUT_THE_TALK.search(line[:SEEN]) or _BULLET.match(line)
        for line in block
    ):
        return False
    if _names_sender(block[0], sender):
        return True
    if _is_name(block[0]) and any(_CONTACT.search(line[:SEEN]) for line in block[1:]):
        return True
    if len(block) == 1 and _DESK.search(block[0]) and len(block[0].split()) <= 5:
        return True
    return (
        len(block) <= 4
        and all(_is_title(line) for line in block)
        and (len(block[0].split()) > 1 or not sender)
    )


def _names_sender(line: str, sender: str) -> bool:
    """Whether a line begins with a name of the sender's, or is their initials."""
    names = [name.strip(".,()\"'") for name in sender.lower().split()]
    words = line.strip(" *_-–—~,").lower().split()
    if not names or not words or len(line) > 90:
        return False
    first = words[0].strip(".,|")
    initials = "".join(name[:1] for name in names)
    letters = first.replace(".", "")
    if len(letters) <= 2 and len(line) <= 25:  # "H.M.", "K. (from my phone)", "T xx"
        return letters.isalpha() and letters in initials
    # "Sol" signs for Soledad, "Bex" for Bex Lomas.
    return len(first) > 2 and any(
        name.startswith(first) and (name == first or len(words) <= 3) for name in names
    )


def _is_title(line: str) -> bool:
    """Whether a line is a name, a title or a firm: few words, in capitals, without numbers."""
    words = [word for word in re.split(r"[\s|,@/·•()]+", line.strip(" *_")) if len(word) > 3]
    return (
        0 < len(words) <= 8
        and all(word[:1].isupper() for word in words)
        and line.strip(" *_")[:1].isupper()
        and not any(map(str.isdigit, line))
        and not line.rstrip().endswith((".", "!", "?", ":"))
        and _plain(line) not in _NOT_NAMES
    )


def _closing_name(lines: Sequence[str], written: Sequence[int], end: int, sender: str) -> int:
    """A name right below the last sentence, with or without what follows a name."""
    for position in range(max(1, len(written) - 4), len(written)):
        i, before = written[position], lines[written[position - 1]].rstrip()
        ended = before.endswith((".", "!", "?", ")", "…", ","))
        block = [lines[j] for j in written[position:]]
        signed = position == len(written) - 1 and len(lines[i].split()) <= 2
        if signed and _names_sender(lines[i], sender):
            return i
        if not ended or any(_is_prose(line) or _ABOUT_THE_TALK.search(line) for line in block):
            continue
        if _names_sender(lines[i], sender) or _DASHED_NAME.match(lines[i]):
            return i
        desk = _DESK.search(lines[i]) and _is_short(lines[i]) and before.endswith(",")
        if desk and position == len(written) - 1:
            return i
        if not sender and signed and _is_name(lines[i]) and _is_title(lines[i]):
            return i
    return end


def _signed(lines: Sequence[str], words: _Words, sender: str, *, alone: bool) -> list[_Part]:
    """Of the lines of one new piece, which are text and which signature.

    `alone` says that there is no other piece: then a mail of "Thanks, Ann" says thanks.
    """
    parts = [_Part.NEW] * len(lines)
    aside = _device_lines(lines, words) | _banner_lines(lines, words)
    kept = ["" if i in aside else line for i, line in enumerate(lines)]
    end = _small_print(kept, len(kept), words)
    end = _delimiter(kept, end)
    start = _sign_off(kept, end, words)
    postscript = _postscript(kept, 0, end)
    if start == end:
        start = _name_block(kept, postscript.start if postscript else end, sender)
    elif alone and not _written(kept, 0, start):
        start += 1
    for i in aside | set(range(start, len(lines))):
        parts[i] = _Part.SIGNATURE
    for i in postscript:
        parts[i] = _Part.NEW
    return parts


def _postscript(lines: Sequence[str], start: int, end: int) -> range:
    """The paragraph of a P.S. near the end."""
    for i in _written(lines, start, end)[-SIGNATURE_LINES:]:
        if _POSTSCRIPT.match(lines[i]):
            stop = next((j for j in range(i, end) if not lines[j].strip()), end)
            return range(i, stop)
    return range(0)


# -- together ------------------------------------------------------------------------------


def _sign_pieces(lines: Sequence[str], parts: list[_Part], words: _Words, sender: str) -> None:
    """Take the signature off every new piece, in place."""
    pieces: list[slice] = []
    at = 0
    for part, group in groupby(parts):
        stop = at + len(list(group))
        if part is _Part.NEW and any(line.strip() for line in lines[at:stop]):
            pieces.append(slice(at, stop))
        at = stop
    alone = len(pieces) == 1 and _Part.FORWARDED not in parts
    for piece in pieces:
        parts[piece] = _signed(lines[piece], words, sender, alone=alone)


def _gathered(lines: Sequence[str], parts: Sequence[_Part], wanted: _Part) -> str:
    """The lines of one kind, pieces apart by a blank line, no two blank lines in a row."""
    kept: list[str] = []
    apart = False
    for line, part in zip(lines, parts, strict=True):
        if part is not wanted or not line.strip():
            apart = True
            continue
        if apart and kept:
            kept.append("")
        apart = False
        kept.append(line.rstrip())
    return "\n".join(kept)


def new_text(text: str, sender: str = "") -> NewText:
    """Split a message's text into what is new and what is not.

    `text` has LF line ends, with ">" before quoted lines, as `ParsedMail.text` has. `sender`
    is the display name of the author, where known; it helps to tell a name from a word.
    """
    words = _words()
    lines = text.split("\n")
    beyond, lines = lines[MAX_LINES:], lines[:MAX_LINES]
    division = _divide(lines, words)
    parts = division.parts
    if not division.attributed and not any(
        part is _Part.NEW and line.strip() for line, part in zip(lines, parts, strict=True)
    ):
        # Indented as a whole, as some programs do for looks: nobody is quoted.
        lines = [_QUOTE_MARK.sub("", line) for line in lines]
        parts = [_Part.NEW] * len(lines)
    _sign_pieces(lines, parts, words, sender)
    return NewText(
        text=_gathered(lines, parts, _Part.NEW),
        quoted="\n".join(filter(None, (_gathered(lines, parts, _Part.QUOTED), *beyond))),
        signature=_gathered(lines, parts, _Part.SIGNATURE),
        forwarded=_gathered(lines, parts, _Part.FORWARDED),
    )
