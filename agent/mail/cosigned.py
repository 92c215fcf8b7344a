"""Several who write together: "Denis et Martine Cazalis", "i. V. Volker Amann    i. A. Silke Dörr"."""

from agent.lexicon.people import writer_words
from agent.lexicon.who import common_words, people_words
from agent.mail.displayed import begins_given, is_called
from agent.mail.one_person import same_name
from agent.mail.signer import is_name, is_title_line

_LINES = 6  # lines of a signature in which two sign
_LINE = 90  # characters of such a line


def cosigned(shown: str, signature: str, writer: str | None) -> list[str]:
    """The names of two who write together: "Denis et Martine Cazalis", below it "Denis et Martine".

    Of two in the name shown the one who signs is meant alone.
    """
    names = _pair(shown)
    for line in signature[:600].splitlines()[:_LINES]:
        if both := _pair(line) or two_in(line) or _called_in(line):
            return names or both
    signs = [each for each in names if writer and same_name(each, writer)]
    return signs or names


def _pair(line: str) -> list[str]:
    """The two names of a line, with the family name that they share."""
    pair = writer_words().pair.fullmatch(line.strip(" ,-–—*"))
    if pair is None or pair[1] == pair[2] or (pair[3] or "").isupper():
        return []  # "Grant & Grant CPA"
    words = [each.lower() for each in (pair[1], pair[2])]
    known = begins_given(pair[1]) and (
        begins_given(pair[2]) or not any(word in common_words() for word in words)
    )
    return [f"{each} {pair[3] or ''}".strip() for each in (pair[1], pair[2])] if known else []


def _called_in(line: str) -> list[str]:
    """The given names of a line that has nothing else: "van Bas en Loes", "(Heike, Moni und Kathi)"."""
    said = people_words().closing.sub("", line[:_LINE]).strip(" \t,-–—*_().!")
    first, _, rest = said.partition(" ")
    said = rest if first in writer_words().of_names else said
    names = [each.strip() for each in writer_words().apart.split(said)]
    known = all(is_called(each.lower()) and each[:1].isupper() for each in names)
    return names if len(names) > 1 and known else []


def two_in(line: str) -> list[str]:
    """The two full names of a line: apart by a sign, an "and" or a gap, or one behind the other."""
    if len(line) > _LINE or any(map(str.isdigit, line)):
        return []
    said = writer_words().apart.split(line.strip(" \t,-–—*_"))
    names = [
        writer_words().for_whom.sub("", each).strip() for each in said if each and each.strip()
    ]
    words = names[0].split() if names else []
    if len(names) == 1 and len(words) == 4 and begins_given(words[0]) and begins_given(words[2]):
        names = [" ".join(words[:2]), " ".join(words[2:])]
        if begins_given(words[1]) or words[1].lower() in writer_words().small:
            return []  # "Ana Maria Luisa Costa"
    if len(names) != 2 or not all(map(_full, names)):
        return []
    return names


def _full(name: str) -> bool:
    """Whether a piece is somebody's full name that begins with a given one."""
    bare = people_words().honour.sub("", name)
    return (
        len(bare.split()) > 1 and begins_given(bare) and is_name(name) and not is_title_line(name)
    )
