"""Forms of address, ranks and titles before a name, and the form of the name that they stand with."""

from agent.lexicon.people import mention_words
from agent.lexicon.who import people_words

# Forms of address and titles as they stand behind "z" and "od", and by themselves.
_BY_ITSELF = {
    "panią": "pani",
    "panem": "pan",
    "pana": "pan",
    "profesorem": "profesor",
    "doktorem": "doktor",
    "inżynierem": "inżynier",
}
# Ends of given and of family names in those cases, and what they are by themselves.
_GIVEN_ENDS = (
    ("ą", "a"), ("ę", "a"), ("kiem", "ek"), ("iem", ""), ("em", ""), ("ka", "ek"), ("a", ""),
)  # fmt: skip
_FAMILY_ENDS = (
    ("skiego", "ski"), ("ckiego", "cki"), ("skim", "ski"), ("ckim", "cki"), ("dzkim", "dzki"),
    ("skiej", "ska"), ("ckiej", "cka"), ("ą", "a"), ("ę", "a"),
)  # fmt: skip
_MALE_ENDS = (("kiem", "k"), ("iem", ""), ("em", ""))
_FLEETING = "bcćdfghjklłmnńprsśtwzźż"  # behind these a -k is -ek: "Kaczmarkiem"


def without_rank(name: str) -> str:
    """ "Herr Rechtsanwalt Vogt" as "Herr Vogt", "Frau Oberärztin Dr. Fellner" as "Frau Dr. Fellner"."""
    return mention_words().ranked.sub(lambda found: f"{found[0].split()[0]} ", name)


def nominative(name: str) -> str:
    """ "z Kingą Zawadą", "z panią Haliną Wójcik": a Polish name after "with", as written by itself.

    Also after "about" and "from": "pana Zenka", "z profesorem Kaczmarkiem".
    """
    words = name.split()
    honour = words[0].lower() if words[0].lower() in _BY_ITSELF else ""
    said = words[1:] if honour else words
    if not said or not (honour or (said[0].endswith(("ą", "ę")) and said[0][:1].isupper())):
        return name
    male = honour not in ("", "panią")
    given = _given_of(said[0], male=male)
    if given is None and len(said) > 1:
        return name
    family = [_family_of(word, male=male) for word in (said[1:] if given else said)]
    full = [given, *family] if given else family
    if honour and (len(full) == 1 or honour not in ("panią", "panem", "pana")):
        full.insert(0, _BY_ITSELF[honour])
    return " ".join(full)


def _given_of(word: str, *, male: bool) -> str | None:
    """A given name by itself; None for one that nobody bears. A man's "Jana" is Jan."""
    whole = ("", "")
    for end, own in (*_GIVEN_ENDS, whole) if male else (whole, *_GIVEN_ENDS):
        found = word.removesuffix(end) + own
        if word.endswith(end) and found.lower() in people_words().given:
            return found
    return None


def _family_of(word: str, *, male: bool) -> str:
    """A family name by itself: "Zawadą" is Zawada, "Rakiem" is Rak."""
    for end, own in (*_FAMILY_ENDS, *(_MALE_ENDS if male else ())):
        if word.endswith(end) and len(word) > len(end) + 1:
            found = word.removesuffix(end) + own
            fleeting = end == "kiem" and found[-2:-1] in _FLEETING
            return f"{found[:-1]}ek" if fleeting else found
    return word


def honour_in(words: tuple[str, ...]) -> int | None:
    """Where a Frau, Dr or Prof. stands before a name: "Pflegedienstleitung Frau Wiedemann"."""
    honour = people_words().honour
    for index, word in enumerate(words[:-1]):
        if honour.fullmatch(f"{word} "):
            both = index and honour.fullmatch(f"{words[index - 1]} {word} ")
            return index - 1 if both else index  # "Battalion Chief Orr"
    return None
