"""Whether two spellings can be of one person."""

from functools import lru_cache

from agent.lexicon.people import writer_words
from agent.lexicon.who import people_words
from agent.mail.spelling import squash


def same_name(one: str, other: str) -> bool:
    """Whether two spellings can be one person's: "Dana", "Dana Fox", "Ms Fox", "Dr Dana K. Fox"."""
    a, b = _words(one), _words(other)
    if not a or not b:
        return False
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    return (
        sorted(short) == sorted(long)  # a directory's "Fox, Dana" among them
        or (len(short) == 1 and short[0] in (long[0], long[-1]))
        or (len(short) == 1 and long[0] in people_words().short.get(short[0], ()))
        or (len(short) > 1 and short[0] in writer_words().small and short == long[-len(short) :])
        or (len(short) > 1 and short[-1] == long[-1] and short[0][:1] == long[0][:1])
    )


@lru_cache(maxsize=1024)  # each name of a mail is held against each other
def _words(name: str) -> tuple[str, ...]:
    """The words of a name as a domain spells them, without Mr and Dr."""
    return tuple(squash(word) for word in people_words().honour.sub("", name).split())
