"""How much of a text is read for sense: several times what people write in one mail.

All that a text can be read for, times, names, titles, acts, is made of its words and signs, so
their number bounds what each reader has to do; characters alone do not, for "1." a hundred times
is as short as three sentences. The longest of 12,640 letters has 310 words and signs.
"""

import re

MOST_CHARACTERS = 20_000
MOST_WORDS = 1_500  # with numbers, signs and the ends of lines; a long word counts several times
_WORDS = re.compile(
    rf"(?:[^\S\n]*+(?:[^\W\d_]{{1,12}}+|\d++|\n(?:[^\S\n]*+\n)*+|[^\w\s]|_)){{0,{MOST_WORDS}}}+"
)


def sensible(text: str) -> str:
    """The beginning of a text that is read for sense; of any mail that people write the whole."""
    kept = text[:MOST_CHARACTERS]
    if len(kept) <= MOST_WORDS:
        return kept  # each word is a character at least
    words = _WORDS.match(kept)
    rest = kept[words.end() :].strip() if words else ""
    return kept[: words.end()].rstrip() if words and rest else kept
