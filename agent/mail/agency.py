"""Who writes for a firm of others: recruiting agencies, and the client that they name.

An agency is known by its name and by what its people say. Which of the names in its mail is the
client's, strong words tell alone; where they tell none, the employer is not known.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from agent.lexicon import platform_names, platform_of, role_words
from agent.lexicon.display import display_words
from agent.lexicon.firms import firm_words, proposal_words, sender_words
from agent.lexicon.who import (
    agency_words,
    common_words,
    employer_words,
    people_words,
    relays,
)
from agent.mail.firms import SIGNATURE, Ballot, Firm, firms
from agent.mail.labels import (
    label_of,
    own_label,
    relay_like,
)
from agent.mail.letterhead import Letterhead, of_domain
from agent.mail.machine import unattended
from agent.mail.mailboxes import is_desk
from agent.mail.message import Address, ParsedMail
from agent.mail.proposals import houses
from agent.mail.quotes import senders_below
from agent.mail.runs import JOINERS
from agent.mail.shown import (
    Shown,
    anonymous,
    institutional,
)
from agent.mail.spelling import aligned, squash
from agent.mail.titles import titled
from agent.mail.told import last_line, people_named

_SURELY = 2.0  # the cue of a name that only an employer's has
_READ = 6_000  # characters of a mail that is passed on, as far as it is read


def is_agency(sender: Address, signature: str = "", shown: Shown | None = None) -> bool:
    """Whether the sender is a recruiting agency, by its name and by what its people say.

    An employer's own talent team writes from the employer's domain, so titles say nothing here;
    and an address that nobody reads is a service's.
    """
    words = agency_words()
    own = platform_of(sender.email) is None  # "ziprecruiter" is a board of jobs
    if shown and shown.certain and institutional(shown.name) and is_desk(sender):
        relayed = relay_like(label_of(sender.domain))
        own = own and not (relayed and not words.names.search(shown.name))
    if own and not unattended(sender) and words.labels.search(label_of(sender.domain)):
        return True
    if words.desks.search(sender.name):
        return True
    if shown and shown.certain and words.names.search(shown.name):
        return True
    said = [each for each in words.says.finditer(signature) if not _of_a_title(each, signature)]
    return bool(said) and not _all_customers(said, signature)


def _all_customers(said: Iterable[re.Match[str]], text: str) -> bool:
    """Whether all clients that a text speaks of are the writer's customers: "we lost the client"."""
    customers = [found.span() for found in firm_words().customers.finditer(text)]
    return all(any(a < each.end() and each.start() < b for a, b in customers) for each in said)


def _of_a_title(found: re.Match[str], text: str) -> bool:
    """Whether the words of an agency are of something else: "the Client Services Associate"."""
    said, after = text[: found.end()], text[found.end() : found.end() + 2]
    return said.endswith(("Client", "Clients")) and after[:1] == " " and after[1:].isupper()


def consults(letter: Letterhead) -> bool:
    """Whether an agency's consultant signs, who is not "in the talent team at" the sender's firm."""
    if _agency_signs(letter):
        return True
    if not agency_words().titles.search(f"{letter.signature}\n{letter.text[-200:]}"):
        return False
    return not any(
        each.cue >= 2.0 and each.share == 1.0 and aligned(letter.label, each.words)
        for each in letter.named
    )


def _agency_signs(letter: Letterhead) -> bool:
    """Whether a consultant signs for what calls itself an agency: "Fenwick Marsh Recruitment"."""
    lines = f"{letter.text[-200:]}\n{letter.signature[:600]}"
    if not proposal_words().placers.search(lines):
        return False
    return any(
        agency_words().names.search(line) and aligned(letter.label, tuple(line.split()))
        for line in lines.splitlines()[-8:]
    )


def client(letter: Letterhead, *, headed: bool = True) -> str | None:
    """The client that an agency names, by strong words alone; None where it names none.

    `headed` says that a subject may begin or end with it.
    """
    ballot = Ballot()
    own = {squash(letter.shown.name)} if letter.shown else set()
    own |= {squash(letter.sender.name), squash(last_line(letter))}
    people = people_named(letter.text)
    behalf = list(on_behalf(letter.signature, letter.named))
    for named in letter.named:
        each = _behind_own(named, letter.label)
        key = squash(each.name)
        if key in own or (letter.label and aligned(letter.label, each.words)):
            continue
        if titled(each.name) and not institutional(each.name) and "&" not in each.words:
            continue  # "el Director Financiero quiere verte"
        if len(key) < 3 or each.name.lower() in platform_names() or _shouted(each.name):
            continue  # "Private client NQ", "found you on XING", "an URGENT need"
        if len(key) > 3 and squash(letter.label).startswith(key):
            continue  # "it's Abi from Sunrise", of sunrisestaffing
        least = 1.5 if " " in each.name or institutional(each.name) else 2.0
        if each.words[0].lower() in people_words().given and not institutional(each.name):
            continue  # "Interview - Priya R"
        heads = headed and institutional(each.name) and _heads(letter.subject, each.name)
        told = each.cue >= least or each.acts or (heads and not titled(each.name))
        strong = told and (each.share != SIGNATURE or each in behalf)
        if strong and (key not in people or institutional(each.name)):
            ballot.add(each.name, max(each.cue, 2.5 * each.acts, 0.1) * each.share)
    best = ballot.joined().best()
    if best and best.startswith("The ") and anonymous(best.removeprefix("The ")):
        best = _in_whole(best.removeprefix("The "), letter) or best
    return best or (_only_firm(letter, people) if headed else None)


def _in_whole(last: str, letter: Letterhead) -> str | None:
    """ "The Estuary Trust" of "the Trust", where the mail has it whole."""
    whole = (each.name for each in letter.named if each.name.endswith(f" {last}"))
    return next((name for name in whole if not anonymous(name.removeprefix("The "))), None)


def _behind_own(firm: Firm, label: str) -> Firm:
    """The client behind an agency's own name: "Apexbridge Staffing for Tillman Foods"."""
    fit = aligned(label, firm.words) if label else None
    joined = fit and not fit.start and firm.words[fit.end : fit.end + 1]
    if fit is None or not joined or joined[0] not in display_words().means_for:
        return firm
    words = firm.words[fit.end + 1 :]
    return replace(firm, name=" ".join(words), words=words, share=1.0) if words else firm


def _only_firm(letter: Letterhead, people: Collection[str]) -> str | None:
    """The one firm that an agency's mail names: "all sorted with Halden Medical"; None of several.

    Not where the mail says that it does not name the client, and no place that a client has.
    """
    if proposal_words().unnamed.search(" ".join(letter.text[:2_500].split())):
        return None
    found: dict[str, str] = {}
    for each in letter.named:
        name = _without_preposition(each.name)
        if each.share < 1.0 or not _can_be_client(replace(each, name=name), letter, people):
            continue
        if _reads_like_firm(name, each.cue) and not _of_sentence(name, letter.text):
            found.setdefault(squash(name.split()[-1]), name)
    return next(iter(found.values())) if len(found) == 1 else None


def _of_sentence(name: str, text: str) -> bool:
    """Whether a name greets, or is the beginning of a title: "Finance Systems Analyst"."""
    after = text[text.find(name) + len(name) :][:30].split() if name in text else []
    return text.lstrip().startswith(name) or bool(after and titled(f"{name} {after[0]}"))


def _reads_like_firm(name: str, cue: float) -> bool:
    """Whether a name has a word of business, or stands behind "with" and no word of every day."""
    first, *inner, last = words = [word.lower() for word in name.split()]
    two = len(inner) == 1 and inner[0] in firm_words().two_people - {"&"}
    if two or any(c.isdigit() for c in name) or first in {"the", "their"} or last in JOINERS:
        return False  # "Dublin and Leeds"
    if last in role_words().business or institutional(name) or "&" in words:
        return first not in common_words() or first in employer_words().institutions
    return cue > 0.0 and not common_words() & {first, last}


def _without_preposition(name: str) -> str:
    """ "Dla Grupy Smreko", which begins a sentence, without its first word."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in display_words().means_for else name


def _heads(subject: str, name: str) -> bool:
    """Whether a subject begins or ends with a name of several words, set apart: "... - Delmont Mills"."""
    ends = re.search(r"(?:[-–—|]|:) $", subject.removesuffix(name)) is not None
    begins = re.match(r"(?: [-–—|] |: )", subject.removeprefix(name)) is not None
    return " " in name and (ends or begins)


def _shouted(name: str) -> bool:
    """Whether a name is a common word in capitals throughout."""
    return name.isupper() and all(word.lower() in common_words() for word in name.split())


def on_behalf(text: str, named: list[Firm]) -> Iterable[Firm]:
    """The firms for whom a text says that it is sent: "Sent by Talos on behalf of Marrow & Pine"."""
    for said in sender_words().behalf.finditer(text):
        yield from (each for each in named if text.startswith(each.name, said.end()))


def passed_on(mail: ParsedMail, letter: Letterhead) -> str | None:
    """The client whose own mail an agency passes on: "From: Linda Marks <linda@brightside...>"."""
    known = {address.domain for address in (mail.from_, *mail.to[:20])}
    for writer in senders_below(mail.text[:_READ]):
        label = own_label(writer)
        if label and writer.domain not in known and not is_agency(writer):
            named = firms(((mail.text[:_READ], 1.0),))
            if any(aligned(label, each.words) for each in named):
                passed = replace(letter, sender=writer, label=label, named=named, shown=None)
                return of_domain(passed)
    return None


def third_party(letter: Letterhead) -> str | None:
    """The firm that decides where the writer belongs to another: "Bexhill have made an offer"."""
    acting = [each for each in letter.named if each.acts and not kin(each, letter)]
    if not acting:
        return None
    people = people_named(letter.text)
    units = employer_words().units
    acting = [
        each
        for each in acting
        if squash(each.name) not in people and each.words[0].lower() not in units
    ]
    if not acting:
        return None
    keys = tuple(squash(each.name) for each in acting)
    ballot = Ballot()
    for each in letter.named:
        if squash(each.name).endswith(keys):
            ballot.add(each.name, (1.0 + each.cue) * each.share)
    return ballot.joined().best()


def subsidiary(letter: Letterhead) -> str | None:
    """The firm of a group that hires: "Your application to Kestrel Lifts", by the Ashgrove Group."""
    return _only_told(letter) if sender_words().group.search(letter.label) else None


def unspelled(letter: Letterhead, found: str | None) -> str | None:
    """The one firm that a mail calls an employer, where nothing spells the domain: by a service."""
    own = {squash(found or ""), squash(letter.label)}
    if any(squash(each.name) in own or aligned(letter.label, each.words) for each in letter.named):
        return None
    if squash(found or "") != squash(letter.label):
        return None
    told = _only_told(letter)
    return told if told and houses(told) else None


def _only_told(letter: Letterhead) -> str | None:
    """The one name other than the sender's own that the text speaks of as an employer's."""
    people = people_named(letter.text)
    found = {
        squash(each.name): each.name
        for each in letter.named
        if each.cue >= _SURELY and each.share == 1.0 and _can_be_client(each, letter, people)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def reported(letter: Letterhead) -> str | None:
    """The firm of which somebody else brings word: "no news from Tarn Foods yet", by an agency.

    Not where the sender's domain is a house's own, nor in a mail about who knows the user.
    """
    words, text = sender_words(), f"{letter.subject}\n{letter.text}"
    ends = [found.end() for found in words.reports.finditer(text)]
    if not ends or words.referees.search(text) or any(_is_house(e, letter) for e in letter.named):
        return None
    people = people_named(letter.text)
    ballot = Ballot()
    for each in letter.named:
        behind = each.share == 1.0 and any(text.startswith(each.name, end) for end in ends)
        if behind and _can_be_client(each, letter, people):
            ballot.add(each.name, 1.0 + each.cue)
    return ballot.best()


def _is_house(firm: Firm, letter: Letterhead) -> bool:
    """Whether a name is the sender's own, and that of an employer by its words or what is said."""
    own = aligned(letter.label, firm.words) is not None
    return own and (firm.cue >= 1.5 or houses(firm.name))


def _can_be_client(firm: Firm, letter: Letterhead, people: Collection[str]) -> bool:
    """Whether a name of a text can be that of a firm other than the writer's."""
    key = squash(firm.name)
    several = firm.name[0].isalpha() and (" " in firm.name or institutional(firm.name))
    nobody = key in people or anonymous(firm.name) or key in relays()
    nobody = nobody or sender_words().honour.match(firm.words[0]) is not None
    person = firm.words[0].lower() in people_words().given and not institutional(firm.name)
    return (
        several
        and not (nobody or person or kin(firm, letter) or titled(firm.name))
        and firm.name.lower() not in platform_names()
    )


def kin(firm: Firm, letter: Letterhead) -> bool:
    """Whether a name is the sender's own, or a part of it."""
    own = squash(letter.label), squash(letter.shown.name if letter.shown else "")
    key = squash(firm.name)
    return aligned(letter.label, firm.words) is not None or any(
        key in o or (o and o in key) for o in own
    )
