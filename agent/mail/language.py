"""Which language a text is in, by its commonest words and the letters only it has.

The words are data: `agent/lexicon/languages.toml`, a table a language.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from agent.lexicon.languages import language_words

_WORD = re.compile(r"[^\W\d_]+")
_MOST = 400  # words looked at
_ENOUGH = 25  # words by which a text tells its language alone
_FEW = 6  # words below which one of a language speaks for it

_NOTED_ENOUGH = 0.7  # of a word, where nothing speaks for the language of the mail
_NOTE = 15  # words of a note that may hold too few common ones


@lru_cache(maxsize=8)  # a mail's kind and what it carries ask about the same text
def language_of(text: str) -> str:
    """The ISO 639-1 code of a text's language; "en" where nothing speaks clearly for another."""
    shown, found = _read(text)
    counts = _counts(found, shown)
    return _clearest(counts, 2.0 if counts["en"] else 1.0)


def language_around(text: str, around: str) -> str:
    """The language of a text, or where it says too little, of it and what stands around it.

    `around` is what the same sender, or whom they answer, wrote beside it: subject, calendar,
    signature, history; it counts half.
    """
    shown, found = _read(text)
    if len(found) >= _ENOUGH:
        return language_of(text)
    beside, others = _read(around)
    theirs = _counts(others, beside)
    counts = {code: count + theirs[code] / 2 for code, count in _counts(found, shown).items()}
    return _clearest(counts, 2.0 if len(found) >= _FEW else 1.0)


@lru_cache(maxsize=4)
def _read(text: str) -> tuple[str, list[str]]:
    """The part of a text that is looked at, in small letters, and its words."""
    shown = text[: _MOST * 8].lower()
    return shown, _WORD.findall(shown)[:_MOST]


def _clearest(counts: Mapping[str, float], least: float) -> str:
    """The language that most speaks for, English where that is less than `least` or no more."""
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= least and counts[best] > counts["en"] else "en"


def is_common(word: str, language: str) -> bool:
    """Whether a word is one of the commonest of that language, so that it is no name."""
    return word.lower() in language_words().said.get(language, frozenset())


def is_in_another(text: str, language: str) -> bool:
    """Whether a text is clearly in another language: a few words of trade speak for none."""
    shown, found = _read(text)
    counts = _counts(found, shown)
    base = language.partition("-")[0].lower()
    best = max(counts, key=lambda code: counts[code])
    if counts[best] >= 2 and counts[best] > counts.get(base, 0.0) + 1:
        return True
    return (
        len(found) <= _NOTE and base in language_words().said and _is_noted_in_another(text, base)
    )


def _is_noted_in_another(text: str, base: str) -> bool:
    """Whether a few words have something of another language, and next to nothing of this one."""
    words_of = language_words()
    plain = words_of.particles.sub(" ", text[: _MOST * 8])
    found = _WORD.findall(plain)
    own = words_of.signs.get(base)
    signs = [w for w in found if w not in words_of.at_home and not (own and own.match(w))]
    low = [word.lower() for word in found]
    counts = {
        code: sum(0.5 if word in words_of.said_by_several else 1.0 for word in low if word in said)
        + 0.7
        * sum(1 for word in signs if code in words_of.signs and words_of.signs[code].match(word))
        for code, said in words_of.said.items()
    }
    opening = words_of.articles.match(plain)
    article = opening[1].lower() if opening else ""
    if article and article not in words_of.said[base]:
        counts |= {c: n + 0.5 for c, n in counts.items() if article in words_of.said[c]}
    best = max(counts.values())
    return best >= _NOTED_ENOUGH and best > 2 * counts[base] and best > counts[base] + 0.5


def _counts(found: list[str], shown: str) -> dict[str, float]:
    """For each language one for each word of it alone, half for one it shares, up to 2 for its letters."""
    words_of = language_words()
    counts = dict.fromkeys(words_of.codes, 0.0)
    for word in found:
        for code in words_of.languages.get(word, ()):
            counts[code] += 0.5 if word in words_of.shared else 1.0
    if not shown.isascii():
        for code, letters in words_of.letters.items():
            counts[code] += min(2.0, 0.7 * sum(map(shown.count, letters)))
    return counts
