"""Forms of address, ranks and titles before a name, and the form of the name that they stand with."""

from agent.lexicon.people import mention_words
from agent.lexicon.who import people_words


def without_rank(name: str) -> str:
    """ "Herr Rechtsanwalt Vogt" as "Herr Vogt", "Frau Oberärztin Dr. Fellner" as "Frau Dr. Fellner"."""
    return mention_words().ranked.sub(lambda found: f"{found[0].split()[0]} ", name)


def nominative(name: str) -> str:
    """ "z Kingą Zawadą", "z panią Haliną Wójcik": a Polish name after "with", as written by itself."""
    honour, words = people_words().civil.match(f"{name} "), name.split()
    said = words[len(honour[0].split()) :] if honour else words
    if honour and len(said) == 1 and name.startswith("panią ") and name.endswith("ą"):
        return f"pani {said[0][:-1]}a"
    if len(said) < 2 or not said[0].endswith("ą"):
        return name
    return " ".join(f"{word[:-1]}a" if word.endswith("ą") else word for word in said)


def honour_in(words: tuple[str, ...]) -> int | None:
    """Where a Frau, Dr or Prof. stands before a name: "Pflegedienstleitung Frau Wiedemann"."""
    honour = people_words().honour
    for index, word in enumerate(words[:-1]):
        if honour.fullmatch(f"{word} "):
            both = index and honour.fullmatch(f"{words[index - 1]} {word} ")
            return index - 1 if both else index  # "Battalion Chief Orr"
    return None
