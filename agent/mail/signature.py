"""Where a letter's signature begins: at its sign-off, or at a name, title or desk below the text.

A greeting belongs to the text. The sign-off ("Best regards") and what follows it belong to the
signature, a postscript to the text again. `sender` holds the words that the author may sign with.
"""

import re
from collections.abc import Sequence

from agent.lexicon.who import people_words
from agent.mail.reply_words import (
    CONTACT,
    SEEN,
    Part,
    ReplyWords,
    is_prose,
    written_lines,
)
from agent.mail.signer import is_title_line
from agent.mail.small_print import banner_lines, delimiter, device_lines, small_print

SIGNATURE_PARAGRAPHS = 4
BLOCK_LINES = 9  # of one paragraph of a signature
NAME_WORDS = 3  # of a name, and of a sign-off on the same line
CLOSING_WORDS = 6  # of a closing that is in no list
TITLE_LINES = 4  # of a paragraph that holds no more than a name and titles
FORMULA_LINES = 2  # over which a long closing may run on
LONG_LINE = 2_000  # characters of a line in which a word of the talk is looked for
SIGNATURE_LINES = 24  # written lines after a sign-off
_POSTSCRIPT = re.compile(r"\s{0,3}(?:p\.?\s?p?\.?s\b|ps\s?:|nb\s?:|n\.b\.)", re.I)
_BULLET = re.compile(r"\s{0,4}(?:[-*•–]\s|\d{1,2}[.)]\s)")
_DASHED_NAME = re.compile(
    r"\s{0,3}(?:[-–—~/]{1,2}|//)\s?[^\W\d_][\w.'’-]{1,24}(?:\s[^\W\d_][\w.'’-]{0,24}){0,3}$"
)


def signed(lines: Sequence[str], words: ReplyWords, sender: str, *, alone: bool) -> list[Part]:
    """Of the lines of one new piece, which are text and which signature.

    `alone` says that there is no other piece: then a mail of "Thanks, Ann" says thanks.
    """
    parts = [Part.NEW] * len(lines)
    aside = device_lines(lines, words) | banner_lines(lines, words)
    kept = ["" if i in aside else line for i, line in enumerate(lines)]
    end = small_print(kept, len(kept), words)
    end = delimiter(kept, end)
    start = _sign_off(kept, end, words, sender)
    postscript = _postscript(kept, 0, end)
    if start == end:
        start = _name_block(kept, postscript.start if postscript else end, words, sender)
        start = _with_closing(kept, start, end)
    elif alone and not written_lines(kept, 0, start):
        start += 1
    for i in aside | set(range(start, len(lines))):
        parts[i] = Part.SIGNATURE
    for i in postscript:
        parts[i] = Part.NEW
    return parts


def _postscript(lines: Sequence[str], start: int, end: int) -> range:
    """The paragraph of a P.S. near the end."""
    for i in written_lines(lines, start, end)[-SIGNATURE_LINES:]:
        if _POSTSCRIPT.match(lines[i]):
            stop = next((j for j in range(i, end) if not lines[j].strip()), end)
            return range(i, stop)
    return range(0)


def _sign_off(lines: Sequence[str], end: int, words: ReplyWords, sender: str) -> int:
    """Where the sign-off stands, `end` where there is none: the first that only a block follows."""
    written = written_lines(lines, 0, end)[-SIGNATURE_LINES:]
    for position, i in enumerate(written):
        if not _is_sign_off(lines[i], words, sender):
            continue
        following = written[position + 1 : position + 2]
        if lines[i].rstrip().endswith((".", "!")) and any(
            _is_sign_off(lines[j], words, sender) for j in following
        ):
            continue  # "Thank you!" is still said, the letter closes on the next line
        after = [lines[j] for j in written[position + 1 :] if not _POSTSCRIPT.match(lines[j])]
        prose = sum(map(is_prose, after))
        if (
            not after
            or prose == 0
            or (prose <= FORMULA_LINES and words.formula.match(lines[i].strip()[:SEEN]))
            or (_is_name(after[0], words) and prose <= 2 and not is_prose(after[0]))
        ):
            return i
    return end


def _is_sign_off(line: str, words: ReplyWords, sender: str) -> bool:
    """Whether the line closes a letter: "Best regards,", "Thanks & regards", "Best, Anna"."""
    if words.formula.match(line.strip()[:SEEN]):
        return True
    plain = _plain(line)
    if not plain or len(plain) > 60:
        return False
    if plain in words.sign_off or _greets(line, plain, words):
        return True
    if _greets_with_name(plain, words, sender):
        return True
    if all(piece.strip() in words.sign_off for piece in words.between.split(plain)):
        return True
    found = words.after_sign_off.search(plain)
    if found is None or plain[: found.start()].strip() not in words.sign_off:
        return False
    return len(plain[found.end() :].split()) <= 2 and not line.rstrip().endswith("?")


def _greets(line: str, plain: str, words: ReplyWords) -> bool:
    """Whether a short line that ends no sentence has a word of greeting: "Ganz liebe Grüße"."""
    said = re.split(r"[\s,]+", plain)
    return (
        len(said) <= CLOSING_WORDS
        and not line.rstrip().endswith((".", "?", ":"))
        and not words.closing.isdisjoint(said)
    )


def _greets_with_name(plain: str, words: ReplyWords, sender: str) -> bool:
    """Whether a sign-off and the sender's name stand on one line: "LG Ilka Petrowsky"."""
    said = plain.split()
    return any(
        " ".join(said[:n]).rstrip(",") in words.sign_off
        and _names_sender(" ".join(said[n:]), words, sender)
        for n in range(max(1, len(said) - NAME_WORDS), min(len(said), NAME_WORDS + 1))
    )


def _plain(line: str) -> str:
    """A line for comparing: lower case, without ornaments and the punctuation at its ends."""
    return " ".join(line[:SEEN].lower().replace("’", "'").split()).strip(" *_-–—,.!:;~|")


def _with_closing(lines: Sequence[str], start: int, end: int) -> int:
    """Where the line that leads to a name begins: "Bienvenue (j'espère !)," is no part of the text."""
    written = written_lines(lines, 0, start)
    if start == end or len(written) < 2:
        return start
    last = lines[written[-1]].rstrip()
    closes = last.endswith(",") and len(last.split()) <= CLOSING_WORDS
    return written[-1] if closes and not any(map(str.isdigit, last)) else start


def _name_block(lines: Sequence[str], end: int, words: ReplyWords, sender: str) -> int:
    """Where a signature without a sign-off begins, `end` where there is none.

    From the end up: paragraphs of name, title, firm and numbers; else a name below the last
    sentence. The first paragraph always stays text.
    """
    written = written_lines(lines, 0, end)
    start = end
    for _ in range(SIGNATURE_PARAGRAPHS):
        first, stop = _paragraph(lines, start)
        if stop == first or not written or first <= written[0]:
            break
        before = next((lines[i] for i in reversed(written) if i < first), "")
        block = [line for line in lines[first:stop] if line.strip()]
        dashed = len(block) == 1 and _DASHED_NAME.match(block[0]) and not _BULLET.match(before)
        if before.rstrip().endswith(":") or not (dashed or _is_signed_block(block, words, sender)):
            break
        start = first
    return start if start < end else _closing_name(lines, written, end, words, sender)


def _paragraph(lines: Sequence[str], end: int) -> tuple[int, int]:
    """The bounds of the last paragraph before `end`, at most a few lines of it."""
    while end > 0 and not lines[end - 1].strip():
        end -= 1
    start = end
    while start > 0 and lines[start - 1].strip() and end - start <= BLOCK_LINES:
        start -= 1
    return start, end


def _is_signed_block(block: Sequence[str], words: ReplyWords, sender: str) -> bool:
    """Whether a paragraph says who writes: one that says where to join or what to bring does not."""
    if len(block) > BLOCK_LINES or any(
        is_prose(line) or words.about_the_talk.search(line[:SEEN]) or _BULLET.match(line)
        for line in block
    ):
        return False
    if _names_sender(block[0], words, sender):
        return True
    if _is_name(block[0], words) and any(CONTACT.search(line[:SEEN]) for line in block[1:]):
        return True
    if len(block) == 1 and (_is_desk(block[0], words) or _shares_name(block[0], sender)):
        return True
    if len(block) <= TITLE_LINES and _is_name_with_title(block):
        return True
    if len(block) > TITLE_LINES:
        return False
    if all(_is_title(line, words) for line in block):
        return len(block[0].split()) > 1 or not sender
    return len(block) > 1 and _is_full_name(block[0]) and not _has_digits(block)


def _is_name_with_title(block: Sequence[str]) -> bool:
    """Whether a name opens a block with its title beside or below it: "Yvonne Maes, recruiter",
    "Pat" above "HR Admin, Copperfield College".
    """
    head, _, beside = block[0].strip(" *_").partition(",")
    below = block[1] if len(block) > 1 else ""
    title = (beside or below).strip(" *_,|")
    alone = head.strip().lower()
    words = people_words()
    called = _is_full_name(head) or alone in words.given or alone in words.given_words
    return called and len(title.split()) <= CLOSING_WORDS and is_title_line(title)


def _shares_name(line: str, sender: str) -> bool:
    """Whether a line of two or three words ends with a word of the sender's: "fermín ochoa"."""
    said = line.strip(" *_").lower().split()
    return len(said) in (2, 3) and len(said[-1]) > 3 and said[-1] in sender.lower().split()


def _names_sender(line: str, words: ReplyWords, sender: str) -> bool:
    """Whether a line begins with a name of the sender's, or is their initials."""
    if len(line) > 90:
        return False
    names = [name.strip(".,()\"'") for name in sender.lower().split()]
    said = line.strip(" *_-–—~,").lower().split()
    if not names or not said:
        return False
    if len(said) > 1 and said[0].strip(".,") in words.before_name:
        del said[0]  # "deine Lena", "xo Lou", "Dr. Faber"
    first = said[0].strip(".,|")
    initials = "".join(name[:1] for name in names)
    letters = first.replace(".", "")
    if len(letters) <= 2 and len(line) <= 25:  # "H.M.", "K. (from my phone)", "T xx"
        return letters.isalpha() and letters in initials
    # "Sol" signs for Soledad, "Bex" for Bex Lomas.
    return len(first) > 2 and any(
        name.startswith(first) and (name == first or len(said) <= 3) for name in names
    )


def _closing_name(
    lines: Sequence[str], written: Sequence[int], end: int, words: ReplyWords, sender: str
) -> int:
    """A name right below the last sentence, with or without what follows a name."""
    for position in range(max(1, len(written) - 4), len(written)):
        i, before = written[position], lines[written[position - 1]].rstrip()
        ended = before.endswith((".", "!", "?", ")", "…", ","))
        block = [lines[j] for j in written[position:]]
        signed = position == len(written) - 1 and len(lines[i].split()) <= 2
        if signed and _names_sender(lines[i], words, sender):
            return i
        if _opens_block(lines, i, block, words, sender):
            return written[position - 1]
        if not ended or any(
            is_prose(line) or words.about_the_talk.search(line[:LONG_LINE]) for line in block
        ):
            continue
        if _names_sender(lines[i], words, sender) or _DASHED_NAME.match(lines[i]):
            return i
        last = position == len(written) - 1
        if last and before.endswith(",") and _is_short(lines[i]) and words.desk.search(lines[i]):
            return i
        if signed and _signs(lines[i], words, sender):
            return i
    return end


def _opens_block(
    lines: Sequence[str], name: int, block: Sequence[str], words: ReplyWords, sender: str
) -> bool:
    """Whether a closing in no list stands above the sender's full name, as a paragraph begins."""
    closing = lines[name - 1].strip()
    alone = bool(closing) and (name < 2 or not lines[name - 2].strip())
    return (
        alone
        and len(closing.split()) <= CLOSING_WORDS
        and not closing.endswith((".", "?", ":"))
        and not any(map(str.isdigit, closing))
        and len(block[0].split()) <= len(sender.split())
        and " " in block[0].strip()
        and _names_sender(block[0], words, sender)
        and not any(map(is_prose, block))
    )


def _signs(line: str, words: ReplyWords, sender: str) -> bool:
    """Whether the one or two words below the last sentence are a name."""
    first, _, more = line.strip(" *_,").lower().partition(" ")
    known = first in people_words().given
    return _is_name(line, words) and (known or (_is_title(line, words) and not (sender and more)))


def _is_desk(line: str, words: ReplyWords) -> bool:
    """Whether a line is a team's or an office's: "Le service des ressources humaines"."""
    return len(line.split()) <= CLOSING_WORDS and words.desk.search(line[:SEEN]) is not None


def _is_full_name(line: str) -> bool:
    """Whether a line is two to four words in capitals: a name above a title."""
    said = line.strip(" *_,").split()
    return 2 <= len(said) <= 4 and all(w[:1].isupper() and not w.isupper() for w in said)


def _has_digits(block: Sequence[str]) -> bool:
    return any(any(map(str.isdigit, line)) for line in block)


def _is_name(line: str, words: ReplyWords) -> bool:
    stripped = line.strip(" *_,")
    return (
        0 < len(stripped) <= 60
        and words.name_line.match(stripped) is not None
        and stripped[:1].isupper()
        and not line.rstrip().endswith((".", "!", "?", ":"))
    )


def _is_short(line: str) -> bool:
    """Whether a line can be the name below a sign-off, "Imogen Clarke (she/her)" included."""
    return len(line.split()) <= 6 and len(line) <= 70 and line.strip(" *_")[:1].isupper()


def _is_title(line: str, words: ReplyWords) -> bool:
    """Whether a line is a name, a title or a firm: few words, in capitals, without numbers."""
    said = [word for word in re.split(r"[\s|,@/·•()]+", line.strip(" *_")) if len(word) > 3]
    return (
        0 < len(said) <= 8
        and all(word[:1].isupper() for word in said)
        and line.strip(" *_")[:1].isupper()
        and not any(map(str.isdigit, line))
        and not line.rstrip().endswith((".", "!", "?", ":"))
        and _plain(line) not in words.no_name
    )
