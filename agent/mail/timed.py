"""What each time of a mail is in its sentence: a limit, a question, or the old time.

`timed` couples the times that the grammar of dates found with the sentences that hold them.
"""

from collections.abc import Iterable

from agent.mail.acts import Act, Doing, Sentence
from agent.mail.cues import Cues, cues, plain
from agent.mail.signals import Timed
from agent.mail.when import TimeMention

_BETWEEN = 4  # words that may stand between a limit's word and its time
_OLD_BETWEEN = 6  # ... and between the word of an old time and that time
_BEFORE_FIRST = 25  # characters before the first of two times where "either" is looked for


def timed(
    mentions: Iterable[TimeMention],
    found: Iterable[Sentence],
    doings: Iterable[Doing],
    text: str,
    language: str = "en",
) -> tuple[Timed, ...]:
    """Each time with its sentence, and whether it is a limit, a question, or the old time.

    The words of that are the `cues` of the language.
    """
    sentences_, mentions = list(found), list(mentions)
    acts: dict[tuple[int, int], set[Act]] = {}
    for doing in doings:
        acts.setdefault(doing.sentence.span, set()).add(doing.act)
    words, even = cues(language), plain(text)
    choices: dict[tuple[int, int], bool] = {}  # asked once a sentence, however many times it has
    result = []
    for mention in mentions:
        start = mention.span[0]
        sentence = next((s for s in sentences_ if s.span[0] <= start < s.span[1]), None)
        before = even[max(sentence.span[0] if sentence else 0, start - 60) : start]
        done = acts.get(sentence.span, set()) if sentence else set()
        if sentence and sentence.span not in choices:
            choices[sentence.span] = sentence.asks or _choice(sentence, mentions, even, words)
        result.append(
            Timed(
                mention,
                sentence,
                deadline=words.closes("limit", before[-50:], _BETWEEN),
                asked=sentence is not None and choices[sentence.span],
                taken=Act.CANCELS in done or (Act.MOVES in done and _given_up(before, words)),
            )
        )
    return tuple(result)


def _given_up(before: str, words: Cues) -> bool:
    """Whether a time is the one moved from: "instead of", "from" before it, and no word of the new."""
    if words.closes("not", before, 1):
        return True
    ends = max(words.last_end("old", before), words.last_end("start", before))
    between = before[ends:]
    return ends >= 0 and len(between.split()) <= _OLD_BETWEEN and not words.find("new", between)


def _choice(sentence: Sentence, mentions: Iterable[TimeMention], even: str, words: Cues) -> bool:
    """Whether a sentence offers a choice of times: "either ... or", or "or" between two of them."""
    inside = [m for m in mentions if sentence.span[0] <= m.span[0] < sentence.span[1]]
    if len(inside) < 2:
        return False
    first = max(sentence.span[0], inside[0].span[0] - _BEFORE_FIRST)
    return words.find("or", even[first : inside[-1].span[0]])
