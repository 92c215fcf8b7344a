"""What a sender newly wrote, apart from quotes, forwarded mail, signature and small print.

One pass over the lines says which are quoted and where a forwarded mail begins
(`agent.mail.quotes`); a second one takes the signature (`agent.mail.signature`) and the footer
(`agent.mail.small_print`) off each piece that is left. Both are linear in the text. The words
are data (`lexicon/replies.toml`). Nothing is lost: each line ends up in one of the four fields.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from agent.mail.quotes import divide, unmarked
from agent.mail.reply_words import Part, ReplyWords, reply_words
from agent.mail.signature import signed

# Lines that are divided; more than a thread of years has. What stands below them counts as quoted.
MAX_LINES = 5_000
# Pieces of new text, between quotes, whose end is looked at for a signature; answers have a dozen.
MAX_PIECES = 30


@dataclass(frozen=True, slots=True)
class NewText:
    """The four portions of a message's text; each is "" where there is none."""

    text: str
    quoted: str = ""
    signature: str = ""
    forwarded: str = ""


def new_text(text: str, sender: str = "") -> NewText:
    """Split a message's text into what is new and what is not.

    `text` has LF line ends, with ">" before quoted lines, as `ParsedMail.text` has. `sender` holds
    the words that the author may sign with (display name, words of the address), where known.
    """
    words = reply_words()
    lines = text.split("\n")
    beyond, lines = lines[MAX_LINES:], lines[:MAX_LINES]
    division = divide(lines, words)
    parts = division.parts
    if not division.attributed and not any(
        part is Part.NEW and line.strip() for line, part in zip(lines, parts, strict=True)
    ):
        # Indented as a whole, as some programs do for looks: nobody is quoted.
        lines = unmarked(lines)
        parts = [Part.NEW] * len(lines)
    _sign_pieces(lines, parts, words, sender)
    return NewText(
        text=_gathered(lines, parts, Part.NEW),
        quoted="\n".join(filter(None, (_gathered(lines, parts, Part.QUOTED), *beyond))),
        signature=_gathered(lines, parts, Part.SIGNATURE),
        forwarded=_gathered(lines, parts, Part.FORWARDED),
    )


def _sign_pieces(lines: Sequence[str], parts: list[Part], words: ReplyWords, sender: str) -> None:
    """Take the signature off every new piece, in place."""
    pieces: list[slice] = []
    at = 0
    for part, group in groupby(parts):
        stop = at + len(list(group))
        if part is Part.NEW and any(line.strip() for line in lines[at:stop]):
            pieces.append(slice(at, stop))
        at = stop
    alone = len(pieces) == 1 and Part.FORWARDED not in parts
    for piece in pieces[-MAX_PIECES:]:
        found = signed(lines[piece], words, sender, alone=alone)
        # "This is an automatic reminder of your interview": a mail is not small print throughout.
        if not alone or _gathered(lines[piece], found, Part.NEW):
            parts[piece] = found


def _gathered(lines: Sequence[str], parts: Sequence[Part], wanted: Part) -> str:
    """The lines of one kind, pieces apart by a blank line, no two blank lines in a row."""
    if wanted not in parts:
        return ""
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
