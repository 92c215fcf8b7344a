"""The fullest spelling of an employer's name that a mail has, where one place only shortens it.

A domain, a tenant's slug or a sentence says "Kessler"; the subject, the signature or the place of
a calendar's event says "Kessler Auto Body". And where a domain is made of initials ("cmva"), the
line under the letter is the name.
"""

import re
from collections.abc import Iterable, Iterator

from agent.lexicon import role_words
from agent.lexicon.display import legal_forms
from agent.lexicon.firms import firm_words
from agent.lexicon.who import employer_words, people_words
from agent.mail.firms import Firm
from agent.mail.label_names import begins_name
from agent.mail.role import is_title
from agent.mail.runs import JOINERS
from agent.mail.shown import anonymous, institutional, is_desk_word, without_legal_form
from agent.mail.spelling import abbreviates, squash
from agent.mail.titles import titled

_BARS = re.compile(r"\s[|·•–—-]\s")
_LINES = 8  # lines under a letter that are looked at
_WORDS = range(2, 10)  # words of a line that is a name
_MORE = 3  # words that a fuller name has more
_WHOLE = 6  # letters of a part of a label that is a word by itself
_LONG = 8  # letters of a label that is the end of a name
_SIGNS = frozenset("@:/|()#;!?,")


def house_line(label: str, sender: str, below: str, named: Iterable[Firm]) -> str | None:
    """The name that a domain shortens: "Kreisklinik Wolfratsberg" of kk-wolfrats.

    `below` is the end of the letter and what stands under it; `sender` is who writes, as shown.
    """
    if "-" in label and all(len(part) >= _WHOLE for part in label.split("-")):
        return None  # "caritas-moorbach" says itself how it wants to be called
    own = {squash(word) for word in sender.split()}
    for part in _parts(below):
        name = _plain_name(part)
        if not name or {squash(word) for word in name.split()} <= own:
            continue
        within = len(label) >= _LONG and squash(name).endswith(squash(label))
        if within or abbreviates(label, tuple(name.split())):
            return name  # "Autotrasporti Oddo" at trasportioddo
    for each in named:
        told = institutional(each.name) or each.cue >= 1.5 or len(each.words) > _MORE
        name = each.name.partition(" ")[2] if _article(each.words[0]) else each.name
        if told and _plain_name(name) and abbreviates(label, tuple(name.split())):
            return name
    return None


def _parts(below: str) -> Iterator[str]:
    """The lines under a letter, whole and by their bars, and what follows a title's comma."""
    for line in below.splitlines()[-_LINES:]:
        for part in _BARS.split(line):
            bare = part.strip(" *_-–—|.")
            yield bare
            head, comma, last = bare.rpartition(", ")
            if comma and head:
                yield last if is_title(head) or titled(head) else head


def _plain_name(line: str) -> str | None:
    """A line that is a name as a whole, without its legal form; None where it is anything else."""
    words = line.split()
    if len(words) not in _WORDS or any(sign in line for sign in _SIGNS):
        return None
    name = without_legal_form(line)
    words = name.split()
    of_house = bool(words) and words[0].lower() in employer_words().institutions
    plain = all(_of_name(word) or (of_house and word.isalpha()) for word in words)
    plain = plain and len(words) in _WORDS and words[0][:1].isupper()
    person = bool(words) and words[0].lower() in people_words().given and not institutional(name)
    desk = bool(words) and (is_desk_word(words[0]) or people_words().honour.match(f"{words[0]} "))
    if not plain or person or desk or is_title(name) or titled(name) or anonymous(name):
        return None
    return name


def fullest(found: str, names: Iterable[str]) -> str:
    """The longest of the names that is the found one with an institution's words around it.

    "Kessler Auto Body" of "Kessler", "Stadtverwaltung Hollenfels" of "Hollenfels".
    """
    known = list(dict.fromkeys(names))
    if found not in known and (bare := next((n for n in known if _without_desk(n, found)), "")):
        return bare
    longer = [name for name in known if _says_more(name, found)]
    return max(longer, key=len, default=found)


def _without_desk(name: str, found: str) -> bool:
    """Whether a name is the found one without a desk: "Banco Itamirim" of "Talentos Banco Itamirim"."""
    body = name.split()[0].lower() in employer_words().institutions
    return body and " " in name and found.endswith(f" {name}")


def _says_more(name: str, found: str) -> bool:
    """Whether a name is another with words of business behind it, or an institution's before it.

    Or the same with its spaces: "Harbour Savings" of "Harboursavings".
    """
    words, own, key = name.split(), found.split(), squash(found)
    if len(squash(name)) < len(key) or len(words) - len(own) > _MORE + (len(own) == 1):
        return False
    same = (at for at in range(1, len(words) + 1) if squash(" ".join(words[:at])) == key)
    if end := next(same, 0):
        return _goes_on(words[end:], own) if words[end:] else end > len(own)
    known = words[0].lower() in employer_words().institutions or begins_name(words[0])
    known = known and not is_desk_word(words[0])
    known = known or (words[0] in firm_words().bodies and words[1:2] != [] and words[1] in JOINERS)
    return len(words) > len(own) and words[-len(own) :] == own and known


def _goes_on(rest: list[str], own: list[str]) -> bool:
    """Whether words behind a name belong to it: "Instituto dos Rios" "e Albufeiras"."""
    if len(rest) > _MORE:
        return False
    if own[0].lower() in employer_words().institutions and rest[0] in JOINERS and len(rest) > 1:
        return _capitals(rest)
    return _business(rest[-1]) and not any(map(is_desk_word, rest)) and _capitals(rest)


def _business(word: str) -> bool:
    plain = word.lower().strip(".,")
    known = plain in role_words().business or plain in employer_words().institutions
    form = legal_forms().word.fullmatch(word) or legal_forms().unspoken.search(f"A {word}")
    return known and not form


def _article(word: str) -> bool:
    """Whether a word in capitals is the article of a sentence: "Le Crédit Mutualiste"."""
    return word in firm_words().articles_kept or word in firm_words().articles


def _of_name(word: str) -> bool:
    return word[0].isupper() or word in JOINERS or "’" in word or "'" in word


def _capitals(words: Iterable[str]) -> bool:
    return all(word[0].isupper() or word in JOINERS for word in words)
