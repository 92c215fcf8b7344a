"""Whether a text only speaks of somebody: whose place is free, who gave a name away, who is at home.

"You'd be replacing Carol", "I got your number from Brian", "Nadia m'a donné vos coordonnées".
"""

from agent.lexicon.spoken import spoken_words

_BEFORE, _AFTER = 60, 90  # characters around a name that are read


def only_spoken_of(text: str, start: int, end: int) -> bool:
    """Whether the name from `start` to `end` is of one who will not be met."""
    words = spoken_words()
    if words.after.match(text, end, end + _AFTER):
        return True
    before = text[max(0, start - _BEFORE) : start]
    if words.before.search(before):
        return True
    if words.home.search(before) is None:
        return False
    return words.there.search(text[end : end + _AFTER].partition(".")[0]) is None
