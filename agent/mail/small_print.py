"""The small print of a mail: what programs, lists and lawyers add, which nobody wrote.

Telephones' lines, the banners of mail gateways, disclaimers and footers of lists, and where a
signature's own delimiter stands (RFC 3676, 4.3).
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from agent.mail.reply_words import (
    CONTACT,
    RULE,
    SEEN,
    ReplyWords,
    is_prose,
    written_lines,
)

FOOTER_LINES = 60  # written lines of small print
FOOTER_TAIL = 3  # the last written lines, where any word of a footer makes one
RULED_LINES = 2  # below a rule, whatever they say
BANNER_LINES = 4
_DELIMITER = re.compile(r"\s{0,2}(?:--|—|––)\s{0,3}$")
_MOST_SIGNED = 12  # written lines below a bare "--"


def device_lines(lines: Sequence[str], words: ReplyWords) -> set[int]:
    """Lines that a telephone added. "Sent from my desk, which is quicker." is a sentence."""
    return {
        i
        for i in written_lines(lines, 0, len(lines))
        if words.device.match(lines[i][:SEEN].strip(" \t*_"))
        and (len(lines[i].split()) <= 9 or "://" in lines[i])
        and not re.search(r"[,;]\s", lines[i])
    }


def banner_lines(lines: Sequence[str], words: ReplyWords) -> set[int]:
    top = written_lines(lines, 0, min(len(lines), 40))[:BANNER_LINES]
    return {i for i in top if words.banner.match(lines[i][:SEEN].strip(" \t*_>#-⚠️"))}


def small_print(lines: Sequence[str], end: int, words: ReplyWords) -> int:
    """Where the small print begins, `end` where there is none."""
    start = end
    written = written_lines(lines, 0, end)[-FOOTER_LINES:]
    for i in reversed(written):
        if words.small_print.match(lines[i][:SEEN].strip(" \t*_-|•#>[(")):
            start = i
    start = min(start, _meeting_block(lines, start, words))
    for i in written[-FOOTER_TAIL:]:
        # Only at the very end, and not in the last sentence of a mail that has one line.
        if i < start and i > written[0] and words.footer.search(lines[i][:SEEN]):
            start = i
    start = min(start, _list_footer(lines, start, words), _ruled_off(lines, start, words))
    while 0 < start < end and (RULE.match(lines[start - 1]) or not lines[start - 1].strip()):
        start -= 1
    return start


def _meeting_block(lines: Sequence[str], end: int, words: ReplyWords) -> int:
    """Where a meeting program's own lines begin that nothing written follows; else `end`."""
    written = written_lines(lines, 0, end)
    for above, i in reversed(list(pairwise(written))):
        line = lines[i][:SEEN].strip(" \t*_")
        if words.meeting.match(line) or (RULE.match(lines[above]) and words.program.match(line)):
            return i
        if is_prose(line):
            break
    return end


def _list_footer(lines: Sequence[str], end: int, words: ReplyWords) -> int:
    """Where a mailing list's own lines begin, below a rule; `end` where there are none."""
    written = written_lines(lines, 0, end)[-8:]
    for position, i in enumerate(written):
        after = [lines[j] for j in written[position + 1 :]]
        if (
            RULE.match(lines[i])
            and any(CONTACT.search(line[:SEEN]) for line in after)
            and not any(
                is_prose(line) or words.about_the_talk.search(line[:SEEN]) for line in after
            )
        ):
            return i
    return end


def _ruled_off(lines: Sequence[str], end: int, words: ReplyWords) -> int:
    """Where a rule stands that only a line or two follow; `end` where none does.

    A rule below a heading divides nothing off: more has to be written above it than below.
    """
    written = written_lines(lines, 0, end)
    for i in written[1:][-1 - RULED_LINES :]:
        if not RULE.match(lines[i]):
            continue
        above = sum(is_prose(lines[j]) for j in written if j < i)
        after = [line for line in lines[i + 1 : end] if line.strip()]
        if above > sum(map(is_prose, after)) and not any(
            words.about_the_talk.search(line[:SEEN]) for line in after
        ):
            return i
    return end


def delimiter(lines: Sequence[str], end: int) -> int:
    """Where "-- " stands (RFC 3676, 4.3), `end` where it does not; a bare "--" must be near the end."""
    for i in range(max(0, end - 60), end):
        if _DELIMITER.match(lines[i]):
            following = len(written_lines(lines, i + 1, end))
            if following <= (40 if lines[i] == "-- " else _MOST_SIGNED):
                return i
    return end
