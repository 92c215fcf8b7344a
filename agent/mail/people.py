"""Who is on the other side: the writer, those an invitation lists, those named as interviewers.

Never the user, a room, a group, a scheduler or an address that nobody reads. A name is
taken from what the mail shows and never made from an address.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from agent.domain.facts import Kind, Person, PersonRole
from agent.lexicon import platform_of
from agent.lexicon.people import writer_words
from agent.lexicon.who import people_words
from agent.mail.agency import is_agency
from agent.mail.cosigned import cosigned, two_in
from agent.mail.displayed import (
    before_own_firm,
    begins_given,
    is_called,
    is_desk_shown,
    local_of,
    names_firm,
    own_box,
    person_writing,
    told_by_address,
)
from agent.mail.machine import unattended
from agent.mail.mailboxes import is_desk
from agent.mail.message import Address, Identity, ParsedMail
from agent.mail.named import Named, labelled_in, named_in
from agent.mail.nobody import of_house
from agent.mail.one_person import same_name
from agent.mail.quotes import senders_below
from agent.mail.runs import runs
from agent.mail.signer import (
    before_firm,
    is_name,
    is_title_line,
    last_name_in,
    person_shown,
    signed,
    signed_below,
    title_after,
)
from agent.mail.spelling import squash

_TALKS = frozenset(
    {
        Kind.INTERVIEW_CONFIRMED,
        Kind.INTERVIEW_REQUEST,
        Kind.INTERVIEW_RESCHEDULED,
        Kind.INTERVIEW_CANCELLED,
    }
)
_PLANNED = frozenset({Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_REQUEST})
_QUIET = frozenset({Kind.AUTO_REPLY, Kind.APPLICATION_RECEIVED})
_SILENT = frozenset({Kind.JOB_ALERT, Kind.OTHER})
_AROUND = ".,:;!?()[]\"'’"
_SUBJECT = 200  # characters of a subject that are read
MOST = 50  # people of one mail; none of 11,600 labelled ones has more than five
_LINKS = 60  # links of a mail whose words are looked at
_READ = 6_000  # characters of the text and of the signature that are read


def people_in(
    mail: ParsedMail,
    kind: Kind,
    text: str,
    signature: str,
    listed: Iterable[Person],
    identity: Identity,
    company: str | None,
    language: str = "en",
    quoted: str = "",
) -> tuple[Person, ...]:
    """Everybody on the other side: the sender first, then those listed, then those named.

    `quoted` is the history below, which tells the full name of somebody called by the first.
    """
    text, signature = text[:_READ], signature[:_READ]
    company = None if _is_writers(company, mail.from_, signature) else company
    found: list[Person] = []
    writer = _writer(mail, kind, text, signature, company)
    if writer and two_in(writer.name or ""):
        writer = None  # both are told by `cosigned`
    named = [] if kind in _SILENT else [*named_in(text, freely=kind in _TALKS, language=language)]
    if kind in _PLANNED:
        named = [each for each in named if not _away(each.name, text)]
    if kind in _TALKS:  # "Interviewer: Lise Aubert", below what reads like a signature
        given = people_words().given
        named += [each for each in labelled_in(signature) if each.name.split()[0].lower() in given]
    if kind in _QUIET:  # "for interviews please write to Tom Ashgrove (t.ashgrove@...)"
        named = [each for each in named if each.email]
    role = PersonRole.INTERVIEWER if kind in _TALKS else PersonRole.UNKNOWN
    mentioned = (_mentioned(each, mail, role) for each in named)
    if kind in _TALKS:
        named += _in_subject(mail.subject, language)
    if kind not in _QUIET | _SILENT:
        named += _writers_below(text, quoted, mail.from_)
    listed = (person for person in listed if _is_listed(person))
    for person in (*([writer] if writer else ()), *listed, *mentioned):
        if len(found) >= MOST:
            break
        person = _without_firm(person, company)
        if not _excluded(person, identity, company):
            _add(found, _plain(person))
    for name in cosigned(mail.from_.name, signature, writer.name if writer else None):
        _add(found, Person(name))
    if any(map(_called_short, found)):
        above = f"{mail.subject}\n{signature}"
        known = [each.name for each in named_in(quoted, freely=True, language=language)]
        known += [each.name for each in named_in(above, freely=True, language=language)]
        known += [a.name for a in mail.cc]
        known += [run.text for run in runs(signature) if _in_whole(run.text)]
        shown = person_shown(mail.from_.name)
        known += [shown] if shown and not before_own_firm(shown, mail.from_) else []
        known = [before_firm(name) or name for name in known]
        known = [name for name in known if not (company and name.endswith(f" {company}"))]
        fuller = [_in_full(person, known) for person in found]
        found = []
        for person in fuller:
            _add(found, person)
    return tuple(found)


def _is_writers(company: str | None, sender: Address, signature: str) -> bool:
    """Whether what was taken for an employer is who writes: "Mr. Adrian Cole", "Bo Verhagen, Recruiter"."""
    sign = signed(signature) if company else None
    if not company or sign is None or sign[0] != company or " " not in company:
        return False
    addressed = people_words().civil.match(company) is not None
    titled = sign[1] is not None and own_box(company, sender)
    return addressed or titled


def _away(name: str, text: str) -> bool:
    """Whether somebody called by one name is said to be away, of a talk that stands: "Teo's away"."""
    if " " in people_words().honour.sub("", name):
        return False
    end = text.find(name) + len(name)
    return writer_words().away.match(text, end) is not None


def _without_firm(person: Person, company: str | None) -> Person:
    """Without the employer behind a name: "Fenna van Studio Wolk"."""
    name = person.name or ""
    if not company or not name.endswith(f" {company}"):
        return person
    rest = name.removesuffix(company).split()
    of_firm = len(rest) == 2 and rest[1].lower() in writer_words().of_names
    return replace(person, name=rest[0]) if of_firm and is_called(rest[0].lower()) else person


def _is_listed(person: Person) -> bool:
    """Whether somebody of an invitation is no desk: not "Coastal Water Resourcing"."""
    if not person.email:
        return is_name(person.name or "")
    return not is_desk_shown((person.name or "-").split(), Address("", person.email))


def _in_subject(subject: str, language: str) -> list[Named]:
    """Who is named in the subject of a mail about a talk: "Tomorrow's 2pm with Harvey"."""
    given, honour = people_words().given, people_words().honour
    words = (word.strip(_AROUND).removesuffix("'s").lower() for word in subject[:_SUBJECT].split())
    if not any(word in given for word in words) and not honour.search(subject[:_SUBJECT]):
        return []  # most subjects, before the dearer look
    return [
        each
        for each in named_in(subject[:_SUBJECT], freely=True, language=language)
        if each.name.split()[0].lower() in given or honour.match(each.name)
    ]


def _writers_below(text: str, quoted: str, sender: Address) -> Iterator[Named]:
    """Who wrote the mail below that is spoken of above it: "see below from Mick"."""
    for below in senders_below(quoted[:_READ]):
        if " " not in below.name or not is_name(below.name) or below.email == sender.email:
            continue
        if re.search(rf"(?<!\w){re.escape(below.name.split()[0])}(?!\w)", text):
            yield Named(below.name, below.email or None)


def people_written_to(mail: ParsedMail, text: str, identity: Identity) -> tuple[Person, ...]:
    """To whom the user's own mail goes: people by their addresses, a desk by who is greeted."""
    found: list[Person] = []
    greeted = writer_words().greets.match(text[:200].lstrip())
    called = greeted[1].strip() if greeted and is_name(greeted[1].strip()) else None
    for address in (*mail.to, *mail.cc):
        if identity.owns(address.email) or unattended(address):
            continue
        name = person_shown(address.name)
        if (name is None and called and not found) or (
            name is None and not is_desk(address) and local_of(called or "", address)
        ):
            name = called
        name = name if name and " " in name else _named_beside(address.email, mail.text) or name
        if name:
            _add(found, _plain(Person(name, address.email or None)))
    if not found and called and called.split()[0] not in identity.name.split():
        found.append(Person(called))
    return tuple(found)


def _named_beside(email: str, text: str) -> str | None:
    """The name that stands before an address in a mail's history: "Gill Marsh <gill@...> wrote:"."""
    end = text[:_READ].lower().find(f"<{email}>") if email else -1
    words = text[max(0, end - 60) : end].rpartition("\n")[2].split()[-3:] if end > 0 else []
    for first in range(len(words)):
        name = " ".join(words[first:]).strip("\"'> ")
        if " " in name and is_called(words[first].lower()) and is_name(name):
            return name
    return None


def _called_short(person: Person) -> bool:
    """Whether somebody is called by one name alone, or by a family name: "Theo", "Dr. van Dam"."""
    bare = people_words().honour.sub("", person.name or "").split()
    return len(bare) == 1 or (len(bare) > 1 and bare[0].lower() in writer_words().small)


def _in_whole(name: str) -> bool:
    """Whether words of a signature are somebody's name: "Assistant to David Harte"."""
    return 1 < len(name.split()) < 4 and begins_given(name) and is_name(name)


def _in_full(person: Person, known: list[str]) -> Person:
    """Somebody called by a part of the name, with the full name where one person bears it."""
    name = person.name or ""
    if not name or not _called_short(person):
        return person
    bare = people_words().honour.sub("", name)
    fuller = {
        other
        for other in known
        if " " in other
        and (other.partition(" ")[0] == name or (" " in name and other.endswith(f" {bare}")))
    }
    return replace(person, name=fuller.pop()) if len(fuller) == 1 else person


def _writer(
    mail: ParsedMail, kind: Kind, text: str, signature: str, company: str | None
) -> Person | None:
    """The person who writes: by the name shown, else by the name under the text."""
    address = mail.from_
    platform = platform_of(address.email)
    personal = platform is not None and address.email in platform.people
    relayed = (unattended(address) or platform is not None) and not personal
    name = None if relayed else person_writing(address, company)
    sign = signed(signature) or signed_below(text)
    if sign and of_house(sign[0], address):
        sign = None  # "Jobpunt Noord <selectie@jobpunt-noord...>"
    if sign and _machine_called(sign[0], text):
        sign = None
    if name and _machine_called(name, text):
        return None
    lone = name is not None and (" " not in name or not local_of(name, address))
    if name and sign and lone and not begins_given(name) and begins_given(sign[0]):
        name = name if same_name(sign[0], name) else None  # "Hofladen", signed "Michi"
    if name is not None:
        fuller = sign[0] if sign and same_name(sign[0], name) and len(sign[0]) > len(name) else name
        title = title_after(fuller, signature)
        email = None if personal else address.email
        return Person(fuller, email, title, _role(kind, title, text, address, signature))
    below = last_name_in(text)
    if (below and of_house(below, address)) or (below and _machine_called(below, text)):
        below = None
    if below and any(below == words.strip() for words, _ in mail.links[:_LINKS]):
        below = None  # "Join", a button's
    if sign and below and begins_given(below) and not begins_given(sign[0]):
        sign = None  # "Merche", above a desk that would pass for a name
    if relayed and sign is None:
        known = person_shown(address.name)
        through = (
            known is not None and begins_given(known) and squash(known) != squash(company or "")
        )
        through = through and known is not None and (" " in known or known != address.name)
        if known and ((below and same_name(known, below)) or through):
            # "Dana Fox via Greenhouse" ends with "Dana"; "Chidi Anozie via LinkedIn"
            return Person(known, address.email if own_box(known, address) else None)
        return _headed(text) or _introduced(text, address)
    signer, title = sign if sign else (below, None)
    known = person_shown(address.name) if relayed else None
    if signer and " " not in signer and (met := _introduced(text, address)):
        known = known or met.name  # "I'm Ruta Balciunaite", signed "Ruta"
    if known and signer and len(known) > len(signer) and same_name(known, signer):
        signer = known  # "Theo Marsh <theo.marsh@hire.lever.co>" signs as Theo
    if signer is None or (company and squash(signer) == squash(company)):
        own_name = None if relayed else told_by_address(address)
        return _introduced(text, address) or (Person(own_name, address.email) if own_name else None)
    own = local_of(signer, address) if not relayed else own_box(signer, address)
    email = address.email if own else None
    return Person(signer, email, title, _role(kind, title, text, address, signature))


def _machine_called(name: str, text: str) -> bool:
    """Whether who writes is a program by its own word: "Milo here, AI sourcer for Brightloom"."""
    said = text[:300]
    at = said.find(name.split()[0])
    return at >= 0 and writer_words().machines.search(said[at : at + 90]) is not None


def _headed(text: str) -> Person | None:
    """Who stands with a title above a service's letter: "Yasmin Kader / Talent Partner at Trellis"."""
    lines = [line.strip() for line in text[:300].splitlines() if line.strip()][:2]
    if len(lines) < 2 or not 1 < len(lines[0].split()) < 4:
        return None
    name, title = lines
    if not (begins_given(name) and is_name(name) and len(title) < 80 and title[-1] not in ".,!?"):
        return None
    return Person(name, None, title) if is_title_line(title) else None


def _introduced(text: str, address: Address) -> Person | None:
    """Who says in the first lines who writes: "It's Lucy", "Tom here", "aqui é a Dirce"."""
    found = writer_words().introduces.search(text[:400])
    name = (found[1] or found[2] or found[3]) if found else None
    if name is None or not is_name(name) or name.lower() in people_words().never:
        return None
    if _machine_called(name, text):
        return None
    return Person(name, address.email if local_of(name, address) else None)


def _mentioned(named: Named, mail: ParsedMail, role: PersonRole) -> Person:
    """Somebody named in the text, with the address that the text or a Cc gives."""
    email = named.email
    if email is None:
        for other in (*mail.cc, *mail.to, *mail.reply_to):
            if other.name and same_name(named.name, other.name):
                email = other.email
    if named.title and writer_words().recruits.search(named.title):
        role = PersonRole.RECRUITER
    return Person(named.name, email, named.title, role)


def _role(kind: Kind, title: str | None, text: str, address: Address, signature: str) -> PersonRole:
    shown = f"{title or ''} {address.local}"
    if writer_words().recruits.search(shown) or is_agency(address):
        return PersonRole.RECRUITER
    if (
        title
        and writer_words().coordinates.search(title)
        and not writer_words().works.search(title)
    ):
        return PersonRole.COORDINATOR
    if kind in _TALKS and writer_words().first_person.search(text):
        return PersonRole.INTERVIEWER
    return PersonRole.RECRUITER if writer_words().recruits.search(signature) else PersonRole.UNKNOWN


def _plain(person: Person) -> Person:
    """Without an office or a form of address before a full name: "Herr Thomas Wieck", "Rev. Ann Lee".

    An academic or professional title stays ("dott.ssa Marzia Fenoglio"), and Mr and Ms.
    """
    name = person.name or ""
    bare = people_words().honour.sub("", name)
    family = len(bare.split()) < 2 or bare.split()[0].lower() in writer_words().small
    if family or name == bare or _initials_cut(name, bare):
        return person  # "Frau Sommer", "M. Le Guen"
    known = writer_words()
    titled = known.formal.sub("", name)
    if known.addresses.match(titled) or known.professional.match(titled):
        return replace(person, name=titled)
    return replace(person, name=bare)


def _initials_cut(name: str, bare: str) -> bool:
    """Whether what looks like a form of address is an initial: "D. R. Fenwick", "M. Oh"."""
    cut = name[: len(name) - len(bare)].strip()
    return len(cut.rstrip(".")) == 1 and len(bare.split()[0].rstrip(".")) == 1


def _excluded(person: Person, identity: Identity, company: str | None) -> bool:
    if person.email and identity.owns(person.email):
        return True
    name = squash(people_words().honour.sub("", person.name or ""))
    own = {squash(identity.name), *(squash(part) for part in identity.name.split())}
    if _vocative(person.name or "", identity):
        return True
    halves = {squash(word) for word in company.split()} if company and "&" in company else set()
    if _calls_user(person.name or "", identity):
        return True
    if squash(person.name or "") in halves:
        return person.email is None  # "Dana Weiss at Marrow & Pine" is one person
    if company and name != squash(company) and _of_firm(person, company):
        return True
    if company and name == squash(company) and person.email and name != squash(person.name or ""):
        return False  # "Dr. Wolff <praxis@wolff...>"
    if company and name == squash(company):
        address = Address(person.name or "", person.email or "")
        return not person.email or not names_firm(person.name or "", address)
    return not name or name in own


def _vocative(name: str, identity: Identity) -> bool:
    """Whether a Polish name is the user's as one is called: "Pani Marto", "Panie Alexie"."""
    pan, _, called = name.lower().partition(" ")
    if pan not in {"pani", "panie"} or not called or " " in called:
        return False
    stem = called[: max(3, len(called) - 2)]
    return identity.name.lower().startswith(stem)


def _calls_user(name: str, identity: Identity) -> bool:
    """Whether a name is the user's with a greeting or an initial: "Cara Marta", "Maja L."."""
    words, own = name.split(), identity.name.split()
    if len(words) != 2 or len(own) < 2:
        return False
    greeted = words[1] == own[0] and writer_words().calls.fullmatch(words[0]) is not None
    shortened = len(words[1].strip(".")) == 1 and own[-1].startswith(words[1].strip("."))
    return greeted or (words[0] == own[0] and shortened)


def _of_firm(person: Person, company: str) -> bool:
    """Whether a name without an address is the employer's, cut short or with its place.

    "Meritus" of Meritus Benefits, "Gulfmark Hotels Dubai" of Gulfmark Hotels, "Garnet Inn
    Rosemont" of Garnet Inn Hotels.
    """
    name = person.name or ""
    if not name or person.email or begins_given(name):
        return False
    first, whole = name.split()[0].lower(), company.split()[0].lower()
    branch = " " in name and len(first) > 3 and first == whole
    return branch or company.startswith(f"{name} ") or name.startswith(f"{company} ")


def _add(found: list[Person], person: Person) -> None:
    """Put somebody into the list, joining what two mentions of one person say."""
    for index, known in enumerate(found):
        if _same(known, person):
            role = known.role if known.role is not PersonRole.UNKNOWN else person.role
            one = same_name(known.name or "", person.name or "")
            name = max((known.name or "", person.name or ""), key=len) if one else known.name
            found[index] = replace(
                known,
                name=name or person.name or None,
                email=known.email or person.email,
                title=known.title or person.title,
                role=role,
            )
            return
    found.append(person)


def _same(one: Person, other: Person) -> bool:
    if one.email and other.email:
        return one.email == other.email
    return same_name(one.name or "", other.name or "")
