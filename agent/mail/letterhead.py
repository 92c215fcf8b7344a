"""What a letter shows of who sends it: the sender's domain, the name shown, the lines under it.

`of_domain` reads the employer from them, where the domain is the employer's own.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from agent.lexicon import role_words
from agent.lexicon.display import legal_forms
from agent.lexicon.firms import sender_words
from agent.lexicon.who import employer_words, people_words
from agent.mail.firms import SIGNATURE, Ballot, Firm, said, spelled
from agent.mail.fullest import house_line
from agent.mail.label_names import spelled_out
from agent.mail.labels import relay_like
from agent.mail.machine import unattended
from agent.mail.message import Address
from agent.mail.role import is_title
from agent.mail.runs import JOINERS
from agent.mail.shown import (
    Shown,
    anonymous,
    institutional,
    is_desk_word,
    without_desk,
    without_legal_form,
)
from agent.mail.signer import last_name_in, signed
from agent.mail.spelling import BESIDE, aligned, covers, initials, squash
from agent.mail.titles import trade

ADDRESS = re.compile(r"\S+@(\S+)")
_NO_PROSE = re.compile(r"https?://\S{1,300}|\S{1,64}@\S{1,100}")
_PARTED = re.compile(r"\s+[-–—|]\s+|\s*\|\s*|,\s+")
_BARS = re.compile(r"\s[|·•]\s")
# A person and the desk, before the employer's name on one line: "School Office", "Hilda Garth".
_CALLS = re.compile(r"[^\W\d_a-z][\w'’-]* [^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’-]*)?")
_FIRST_WORD = 5  # letters of a word that a line and a domain both begin with
_ALIKE = 0.8  # how much a display name and a domain must share to be one name, inflected


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the employer is read from: sender, the label of its domain, names, and the words.

    `writers` are the labels of other addresses in a mail that a service sends.
    """

    sender: Address
    label: str
    named: list[Firm]
    shown: Shown | None
    text: str
    signature: str
    slugs: tuple[str, ...] = ()
    language: str = "en"
    subject: str = ""
    writers: tuple[str, ...] = ()

    def spelled_out(self, label: str) -> str | None:
        """A label as a name, with the spellings of this mail and its language."""
        writer = self.sender.name.split()
        text = f"{self.subject}\n{self.text}\n{self.signature}"
        return spelled_out(label, self.spellings(), text, self.language, writer)

    def spellings(self) -> dict[str, str]:
        """The words of the mail by their letters, to spell a domain's parts with."""
        told = f"{self.sender.name}\n{self.signature[:500]}\n{self.text[:2500]}"
        told = _NO_PROSE.sub(" ", told)  # "boreal.zoom.us" has no accents
        return {squash(word): word for word in re.findall(r"[^\W\d_]{2,}", told)}


def behind_desk(words: list[str], sender: Address) -> str | None:
    """ "Protocollo Accademia delle Arti <protocollo@...>": what follows the desk that writes.

    A given name in the address ("Anna Keir <anna@...>") is no desk, and what follows it no firm.
    """
    local = squash(sender.local)
    desk = next((i for i, w in enumerate(words[:3]) if squash(w) == local and len(local) > 3), None)
    if desk is None or words[desk].lower() in people_words().given:
        return None
    rest = without_desk(words[desk + 1 :], "")[0].split()
    name = " ".join(rest)
    if not rest or not name[0].isupper() or is_desk_word(rest[-1]):
        return None
    if institutional(words[desk]):
        return None  # "Supermercados La Vega <supermercados@...>"
    general = words[desk].lower() in employer_words().general
    known = general or is_desk_word(words[desk]) or is_desk_word(words[0])
    whole = len(rest) > 1 or (known and "-" in name)
    return name if whole and known else None


def of_domain(letter: Letterhead) -> str | None:
    """The name that the sender's domain is made of, as the mail spells it."""
    sender, label, shown, named = letter.sender, letter.label, letter.shown, letter.named
    certain = shown is not None and shown.certain
    ballot = _spelling_votes(letter)
    strong = unattended(sender) or relay_like(label)
    if shown and certain and not ballot.weights and strong and institutional(shown.name):
        return shown.name
    if (
        (relay_like(label) or not ballot.weights)
        and strong
        and (told := said(_no_given(named), label).best(least=2.0))
    ):
        return told
    if line := _own_line(letter):
        ballot.add(line, 5.0)
    name = spelled(label, tuple(shown.name.split())) if shown else None
    if shown and name and (certain or squash(name) == squash(label)):
        ballot.add(shown.name if certain else name, 8.0 if institutional(shown.name) else 4.0)
    if best := ballot.best():
        name = ballot.longer(best)
        full = in_full_line(letter, name)
        return _displayed(letter, best) or (full if full != name else _whole(letter, name))
    below = f"{letter.text[-300:]}\n{letter.signature[:600]}"
    if house := house_line(label, sender.name, below, named):
        return house
    if displayed := _displayed(letter) or _on_desk(letter):
        return displayed
    if shown and certain and squash(label).startswith(squash(shown.name)):
        return _of_desk(letter, shown.name)
    if shown and certain and (institutional(shown.name) or strong):
        return shown.name
    inflected = shown is not None and squash(shown.name).startswith(squash(label)[:6])
    if shown and not inflected and behind_desk(sender.name.split(), sender):
        return shown.name  # "Sekretariat Albert-Kolb-Schule <sekretariat@akschule...>"
    lines = [
        each
        for each in named
        if each.share == SIGNATURE and institutional(each.name) and not anonymous(each.name)
    ]
    if lines and not is_title(lines[-1].name):
        return lines[-1].name
    return _company(letter) or _same_beginning(letter) or letter.spelled_out(label)


def _of_desk(letter: Letterhead, name: str) -> str:
    """The name that a desk shows, with the domain's word of business: "Foxglove Recruiting" at foxglovegames.

    As it is where a person shows it ("Danni @ Halo" at halohair), or the text calls the firm so.
    """
    desk = without_desk(letter.sender.name.split(), "")[1]
    called = any(each.name == name and each.cue and each.share == 1.0 for each in letter.named)
    return _whole(letter, name) if desk and not called else name


def _same_beginning(letter: Letterhead) -> str | None:
    """The last line under a letter that begins with the domain's first word.

    "Boettcher Heating & Air" at boettcherhvac; a name in the letter that the domain was made of
    goes before: "North District Probation Department" at nd-probation.
    """
    for each in letter.named:
        known = institutional(each.name) and not anonymous(each.name) and not is_title(each.name)
        if known and each.share >= SIGNATURE and covers(letter.label, each.words):
            return each.name
    for line in reversed(_signed_lines(letter)[-3:]):
        desk, comma, behind = line.rpartition(", ")
        line = behind if comma and not without_desk(desk.split(), "")[0] else line
        words = _named_words(without_legal_form(line), letter.label)
        first = squash(words[0]) if len(words) > 1 else ""
        rest = squash(letter.label).removeprefix(first)
        if len(first) < _FIRST_WORD or rest == squash(letter.label) or institutional(rest):
            continue  # "Elmridge Elementary" at elmridgeisd
        name = " ".join(words)
        person = (
            squash(name) in squash(letter.sender.name) or words[0].lower() in people_words().given
        )
        if not person and not is_title(name) and not anonymous(name):
            return name
    return None


def _no_given(named: Iterable[Firm]) -> Iterable[Firm]:
    """Names without those that are somebody's given name: "meeting: Hannah"."""
    return (each for each in named if each.name.lower() not in people_words().given)


def _spelling_votes(letter: Letterhead) -> Ballot:
    """The names in the mail that the label is made of, or begins with where words say so."""
    ballot, label = Ballot(), letter.label
    certain = letter.shown is not None and letter.shown.certain
    own = set() if certain else {squash(word) for word in letter.sender.name.split()}
    keys = [squash(each.name) for each in letter.named]
    for each in letter.named:
        key = squash(each.name)
        if name := spelled(label, each.words):
            if {squash(word) for word in name.split()} <= own and squash(name) != squash(label):
                continue
            ballot.add(name, (1.0 + each.cue + 0.3 * institutional(name)) * each.share)
        elif each.cue >= 1.5 and len(key) > 4 and squash(label).startswith(key):
            ballot.add(each.name, each.cue * each.share)  # "Hiring at Gantry", at gantrysoft
        elif " " not in each.name and _stem(key, label) and each.name in _signed_lines(letter):
            ballot.add(each.name, each.share)  # "Head of Claims / Saltwell", at saltwellinsurance
        elif " " in each.name and len(key) > 7 and squash(label).endswith(key):
            ballot.add(each.name, each.share)  # "Petrov Dental" at ipetrov-dental
        elif (
            len(key) > 4 and label.startswith(f"{key}-") and key not in own and keys.count(key) > 1
        ):
            ballot.add(each.name, each.share)  # "Candidate Experience, Aurelis" at aurelis-soft
    return ballot


def _stem(key: str, label: str) -> bool:
    """Whether a label is these letters and a word of business."""
    return len(key) > 4 and label.startswith(key) and label[len(key) :] in role_words().business


def _signed_lines(letter: Letterhead) -> list[str]:
    """The last lines under a letter, bare, but the first of them: that is who signs."""
    lines = f"{letter.text[-200:]}\n{letter.signature[:600]}".splitlines()[-8:]
    return [line.strip(" *_-–—.") for line in lines[1:]]


def _own_line(letter: Letterhead) -> str | None:
    """A line under the letter that is the employer's name: it begins as the domain does.

    "Marlow Plant Hire" at marlowplant, "St Bede's" at stbedes-wexcombe.
    """
    label = squash(letter.label)
    lines = f"{letter.text[-400:]}\n{letter.signature[:600]}".splitlines()[-8:]
    if named := _beside_address(letter, lines) or _above_unit(letter, lines):
        return named
    for line in lines:
        name = without_legal_form(line.strip(" *_-–—|.,")) if len(line) < 60 else ""
        words = name.split()
        if not 1 < len(words) < 7 or any(c in "@:,0123456789|" for c in line):
            continue
        if is_title(name) and not name.endswith("s"):  # "Farnham Reeve Auctioneers"
            continue
        head = squash("".join(words[:2]))
        begins = label.startswith(head) or (label.startswith(squash(words[0])) and "&" in words[1])
        if not begins or not name[0].isupper() or not words[-1][0].isupper() or len(head) < 5:
            continue
        kept, _ = without_desk(_before_desk(words, letter.label), letter.label)
        possessive = line.strip()[-2:] if line.strip().endswith(("'s", "’s")) else ""
        if squash(letter.sender.name) == squash(kept):
            break
        return f"{kept}{possessive}"
    return _covering(letter, lines)


def _beside_address(letter: Letterhead, lines: list[str]) -> str | None:
    """The name that stands before the sender's own address on the web, or on the line above it.

    "Wolters Bouw | www.aannemer-wolters.example": whoever writes so spells the own name out.
    """
    above = ""
    for line in lines:
        head, address, rest = line.partition(letter.sender.domain)
        if address and not rest.strip(" /") and "@" not in head:
            head = head.replace("https://", "").replace("http://", "").removesuffix("www.")
            part = _BARS.split(head.strip(" |·•,-–—"))[-1]
            name = without_legal_form(part or above)
            if ":" in name or any(map(str.isdigit, name)):
                continue  # "T: 0113 496 0000 | stoneacre.example"
            person = squash(name) in squash(letter.sender.name) or is_title(name)
            if 2 < len(name) < 60 and name[0].isupper() and not person and "," not in name:
                return name
        above = line.strip(" *_-–—|.,")
    return None


def _before_desk(words: list[str], label: str) -> list[str]:
    """ "Civic Standards Agency Appointments Board" without the desk behind what the domain spells."""
    fit = aligned(label, tuple(words))
    for at in range(fit.end if fit else len(words), len(words)):
        service = words[at].lower().startswith("service")
        if is_desk_word(words[at]) and not service and not institutional(words[at]):
            return words[:at]
    return words


def _above_unit(letter: Letterhead, lines: list[str]) -> str | None:
    """The university of a line that begins with a part of it: "Polymer Lab, Dunmore University".

    Not where the domain is the part's alone.
    """
    words = employer_words()
    for line in lines:
        unit, comma, whole = line.strip(" *_-–—|.").rpartition(", ")
        named = {word.lower() for word in whole.split()}
        if not comma or not named & words.universities:
            continue
        if any(word.lower() in words.units for word in unit.split()) and any(
            len(squash(word)) > 3 and squash(word) in squash(letter.label) for word in whole.split()
        ):
            return whole
    return None


def _displayed(letter: Letterhead, best: str | None = None) -> str | None:
    """The display name where it is the employer's own, longer than the domain: "Verein Offene Tür"."""
    words = _display_part(letter).split()
    name = " ".join(words)
    if best and name.startswith(f"{best} ") and institutional(name):
        return name  # "Little Acorns Nursery" at littleacorns-dunmore
    fit = aligned(letter.label, tuple(words))
    if fit is None:
        close = SequenceMatcher(None, squash(name), squash(letter.label)).ratio() > _ALIKE
        return (
            name
            if close and best is None and len(words) > 1 and not _by_name(letter, words)
            else None
        )
    extra = words[: fit.start] + words[fit.end :]
    if not extra or fit.quality < 0.85 or (best and squash(name) in squash(best)):
        return None
    known = employer_words().institutions
    first = next((i for i, word in enumerate(words[: fit.start]) if word.lower() in known), None)
    if first is not None:
        return " ".join(words[first:])  # "Sede electrónica Ayuntamiento de Valdearenas"
    if words[-1].lower() in known:
        return name
    return None if best or _by_name(letter, extra) else name


def _on_desk(letter: Letterhead) -> str | None:
    """ "Schreinerei Obermoser <post@obermoser-holz...>": a desk's name that shares a word with the domain."""
    if not sender_words().desk_box.fullmatch(letter.sender.local):
        return None
    words = _display_part(letter).split()
    label = squash(letter.label)
    shares = any(len(squash(word)) > 3 and squash(word) in label for word in words)
    given = any(word.lower() in people_words().given for word in words)
    person = given or (words and sender_words().honour.match(words[0]))
    if len(words) < 2 or not shares or person:
        return None
    return " ".join(words)


def in_full_line(letter: Letterhead, name: str) -> str:
    """A name as the line under the letter has it, longer: "Fjordline Tours" of fjordline."""
    lines = f"{letter.text[-300:]}\n{letter.signature[:600]}".splitlines()[-8:]
    parts = [part for line in lines for part in _BARS.split(line)]
    heads = [each.name for each in letter.named if letter.subject.startswith(each.name)]
    for part in (*parts, *(part.partition(", ")[0] for part in parts), *heads):
        bare = " ".join(part.split()).strip(" *_-–—.,")
        longer = without_desk(bare.split()[:9], "")[0]
        rest = longer[len(name) + 1 :].split()
        begins = longer.replace("-", " ").startswith(f"{name.replace('-', ' ')} ")
        if longer == name or not begins or not bare.startswith(longer):
            continue
        if "," in longer or legal_forms().unspoken.sub("", longer) == name:
            continue  # "Dunbar Partners LLP, Edinburgh"
        whole = (
            "+" not in rest
            and not any(map(is_desk_word, rest))
            and not _trade_alone(rest)  # "Larkin County Human Resources, Testing"
            and len(rest) < 4
            and all(word[0].isupper() or word in JOINERS for word in rest)
        )
        if whole and not is_title(longer):
            return longer
    return name


def _trade_alone(rest: list[str]) -> bool:
    """Whether words end with a trade, and not with those who have it together: "Solicitors"."""
    return bool(rest) and trade(rest[-1].lower()) and not rest[-1].endswith("s")


def _display_part(letter: Letterhead) -> str:
    """The part of the display name that the domain is made of, without desks; else all of it."""
    bare = ADDRESS.sub("", letter.sender.name).strip(" \"'")
    parts = [without_desk(part.split(), letter.label)[0] for part in _PARTED.split(bare)]
    fitting = (part for part in parts if part and aligned(letter.label, tuple(part.split())))
    return next(fitting, without_desk(bare.split(), letter.label)[0])


def _by_name(letter: Letterhead, words: list[str]) -> bool:
    """Whether words of a display name are a person's: in the address, or under the letter."""
    local = squash(letter.sender.local)
    signer = signed(letter.signature)
    writer = squash(signer[0] if signer else last_name_in(letter.text) or "")
    return (
        any(squash(w) and (squash(w) in local or squash(w) in writer) for w in words) or not writer
    )


def _company(letter: Letterhead) -> str | None:
    """ "Pargeter & Co" of the domain pargeterco, where somebody of the name writes."""
    stem = letter.label
    for end in sender_words().company_ends:
        stem = stem.removesuffix(end)
    if stem == letter.label or len(stem) < 4:
        return None
    name = next((w for w in letter.sender.name.split() if squash(w) == stem), None)
    return f"{name} & Co" if name else None


def _whole(letter: Letterhead, name: str) -> str:
    """A name, with the word of business that the domain has more: "Elm Court" at elmcourthousing.

    Not where that word only says what they are, and is set apart by a hyphen ("larchfield-care")
    or the name stands without it under the letter ("Manager, Maple Court").
    """
    label = "".join(letter.label.split("-"))
    rest = label.removeprefix(squash(name))
    if rest == label or rest not in role_words().business:
        return name
    lines = f"{letter.text[-200:]}\n{letter.signature[:600]}".splitlines()
    apart = letter.label.endswith(f"-{rest}")
    under = any(line.rpartition(",")[2].strip(" *_-–—.") == name for line in lines)
    alone = not apart and " " not in name and name in _signed_lines(letter)
    alone = alone or (under and "&" in name)  # "Publishing Director, Stag & Quill"
    return name if alone or (rest in BESIDE and (apart or under)) else f"{name} {rest.capitalize()}"


def _covering(letter: Letterhead, lines: list[str]) -> str | None:
    """A line under the letter, or its part after a title, that the domain was made of.

    "Housing Authority of the City of Westmill" at westmillhousing, "Township High School District
    214" at sd214, "Ward Sister, St Oswin's" at stoswins-nhs.
    """
    own = {squash(word) for word in letter.sender.name.split()}
    for line in lines:
        bare = line.strip(" *_-–—|.")
        if initials(letter.label, bare.split()) and bare[:1].isupper() and not is_title(bare):
            return bare  # "Department of Human Services" at dhs-statewide
        head, comma, last = bare.rpartition(", ")
        part = last if comma and (is_title(head) or _CALLS.fullmatch(head)) else bare
        words = _named_words(part, letter.label)
        if not words or is_title(part) or anonymous(part) or is_title(words[0]):
            continue
        if any(squash(word) in own for word in words) and "&" not in words:
            continue  # a person's name
        if covers(letter.label, words) and (len(words) > 1 or part != bare):
            return " ".join(words)
    return None


def _named_words(line: str, label: str) -> list[str]:
    """The words of a line that can be a name as a whole, without the desk before it; else none."""
    words = line.split()
    plain = all(word[0].isupper() or word[0].isdigit() or word in JOINERS for word in words)
    if not 0 < len(words) < 9 or not plain or any(c in "@:,/|()#" for c in line):
        return []
    if words[-1] in sender_words().office and words[-2:-1] and words[-2].endswith(("'s", "’s")):
        return words  # "DeWitt County Sheriff's Office"
    kept = without_desk(words, label)[0]
    possessive = line[-2:] if line.endswith(("'s", "’s")) else ""
    return f"{kept}{possessive}".split()
