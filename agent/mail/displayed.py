"""Who writes, by the name that a mail shows for its sender: a person, or nobody for desks and firms."""

import re

from agent.lexicon.people import writer_words
from agent.lexicon.who import common_words, people_words
from agent.mail.labels import label_of
from agent.mail.mailboxes import is_desk, is_person
from agent.mail.message import Address
from agent.mail.shown import employer_shown, institutional, is_desk_word
from agent.mail.signer import before_firm, is_name, is_title_line, person_shown
from agent.mail.spelling import aligned, squash


def person_writing(address: Address, company: str | None) -> str | None:
    """The person in the sender's display name; None where it is a desk's or an employer's."""
    name = (
        person_shown(address.name)
        or _as_addressed(address)
        or _behind_title(address.name)
        or _behind_desk(address)
    )
    if name is None:
        return None
    if company and squash(name) == squash(company) and not names_firm(name, address):
        return None
    lowered = name.lower()
    if first := before_firm(name):
        return first
    if (
        squash(name) == squash(address.local)
        and lowered in common_words()
        and not begins_given(name)
    ):
        return None  # "Warden <warden@...>"
    if first := before_own_firm(name, address):
        return first
    if is_desk_shown(name.split(), address):
        return None
    label = label_of(address.domain)
    shown = employer_shown(address.name, label)
    if shown and shown.certain and squash(name) in squash(shown.name):
        return None
    words = people_words().honour.sub("", name).split()
    every_day = words[-1].lower() in common_words() and not begins_given(" ".join(words))
    if every_day and not (len(words) > 1 and local_of(name, address)):
        return None  # "Secretaries <secs@...>", "Yılmaz Bau <info@yilmaz-bau...>"
    if len(words) == 1:
        honoured = words != name.split()  # "Dr. Wolff <praxis@wolff...>"
        return name if honoured or local_of(name, address) or not is_desk(address) else None
    own_firm = len(words) == 2 and squash(words[0]) == squash(address.local)
    if own_firm and not _of_desk(lowered.split()[0]):
        return name  # "Mo Salim <mo@salim...>"
    spelled = squash(label)
    of_firm = [len(squash(word)) > 3 and squash(word) in spelled for word in words]
    if begins_given(" ".join(words)) and (not all(of_firm) or not is_desk(address)):
        return name  # "Gérard Vidalie <atelier@carrosserie-vidalie...>"
    return None if any(of_firm) and not local_of(name, address) else name


def _behind_title(display: str) -> str | None:
    """ "Nurse Manager Denise Colter": somebody whose title stands before the name."""
    words = display[:80].split()
    name = " ".join(words[-2:])
    known = len(words) in (3, 4) and words[-2].lower() in people_words().given
    return name if known and is_title_line(" ".join(words[:-2])) and is_name(name) else None


def _behind_desk(address: Address) -> str | None:
    """ "Talent Acquisition - Meera <meera@...>": somebody behind a desk, in the address too."""
    for part in writer_words().parted.split(address.name[:120])[1:]:
        name = part.strip(" )")
        if begins_given(name) and is_name(name) and local_of(name, address):
            return name
    return None


def names_firm(name: str, address: Address) -> bool:
    """Whether it is somebody whose firm is called so: "Zé Carlos <obras@zecarlosobras...>"."""
    whole = begins_given(name) and " " in name and not institutional(name)
    return _own_name(address) or (whole and name == address.name and not is_desk(address))


def _own_name(address: Address) -> bool:
    """Whether an address is made of a given name and what follows it in the name shown."""
    words = address.name.split()
    local = squash(address.local)
    return (
        1 < len(words) < 4
        and words[0].lower() in people_words().given
        and all(squash(word) in local for word in words)
    )


def _as_addressed(address: Address) -> str | None:
    """A name that reads like none, but is in the address: "Marvin Teller <marvin.teller@...>"."""
    words = address.name.split()
    if not 1 < len(words) < 5 or not all(word[0].isupper() for word in words):
        return None
    if not is_desk_word(words[-1]) and _own_name(address):
        return address.name
    first, last = squash(words[0]), squash(words[-1])
    if is_called(words[0].lower()) and squash(address.local) == first:
        return address.name if len(words) < 4 and not is_desk_word(words[-1]) else None
    if len(words) != 2:
        return None
    if words[1].lower() in people_words().surnames and squash(address.local) == first:
        return address.name
    if words[0].lower() not in people_words().given or is_desk_word(words[1]):
        return None
    local = re.sub(r"[^a-z0-9._-]", "", address.local)
    forms = {f"{first[:1]}{last}", f"{last}{first[:1]}"}
    forms |= {f"{a}{mark}{b}" for mark in "._-" for a, b in ((first, last), (first[:1], last))}
    return address.name if local in forms else None


def before_own_firm(name: str, address: Address) -> str | None:
    """ "Nele von Grünwerk <nele@gruenwerk...>": who writes, before the sender's firm."""
    first, of, *firm = [*name.split(), "", ""]
    own = " ".join(firm).strip()
    of_firm = (
        of.lower() in writer_words().small
        and len(own) > 3
        and (
            squash(address.local) == squash(first) or (begins_given(first) and len(own.split()) > 1)
        )
    )
    return first if of_firm and aligned(label_of(address.domain), tuple(own.split())) else None


def _of_desk(word: str) -> bool:
    """Whether a word can be a desk's or a house's: of every day, or nobody's name."""
    return word in common_words() or word in people_words().never or institutional(word)


def is_desk_shown(words: list[str], address: Address) -> bool:
    """ "Directie De Regenboogschool <directie@...>": the desk that an address is called by, and a firm."""
    local, label = squash(address.local), squash(label_of(address.domain))
    if len(local) > 4 and len(words) > 1 and words[0].lower() not in people_words().given:
        # "Officina Rebora <officina@rebora-moto...>", "Coastal Water Resourcing <resourcing@...>"
        others = words[1:] if squash(words[0]) == local else words[:-1]
        first, last = words[0].lower(), words[-1].lower()
        named = (squash(first) == local and _of_desk(first)) or (squash(last) == local)
        if named and any(len(word) > 3 and squash(word) in label for word in others):
            return True
    called = any(squash(word).startswith(local) for word in words[:2] if len(local) > 4)
    return called and len(words) > 2 and any(is_desk_word(word) for word in words[:2])


def local_of(name: str, address: Address) -> bool:
    """Whether the part of an address before the @ has a part of the name in it."""
    local = squash(address.local)
    parts = [squash(part) for part in people_words().honour.sub("", name).split()]
    return any(
        len(part) > 2 and (part in local or (len(local) > 2 and part.startswith(local)))
        for part in parts
    )


def own_box(name: str, address: Address) -> bool:
    """Whether a service gives somebody an address of their own: "noor.haddad@hire.lever.co"."""
    parts = [squash(part) for part in name.split()]
    return squash(address.local) == "".join(parts) and len(parts) > 1


def begins_given(name: str) -> bool:
    """Whether a name begins with a given name."""
    return name.split()[:1] != [] and name.split()[0].lower() in people_words().given


def is_called(word: str) -> bool:
    """Whether a word in small letters is a given name, though it may be another word too."""
    return word in people_words().given or word in people_words().given_words


def told_by_address(address: Address) -> str | None:
    """Whose address it is where no name is shown: "rob@...", "jan.kowalski@..." begin with a given name."""
    if address.name or not is_person(address):
        return None
    words = [word for word in _LOCAL_PARTS.split(address.local) if word]
    plain = 0 < len(words) < 4 and all(word.isalpha() for word in words)
    if not plain or words[0].lower() not in people_words().given:
        return None
    return " ".join(word.capitalize() for word in words)


_LOCAL_PARTS = re.compile(r"[._-]")
