"""Who is on the other side: the writer, those an invitation lists, those named as interviewers.

Never the user, a room, a group, a scheduler or an address that nobody reads. A name is
taken from what the mail shows and never made from an address.
"""

import re
from collections.abc import Iterable, Iterator

from agent.domain.facts import Kind, Person, PersonRole
from agent.lexicon import platform_names, platform_of, role_words
from agent.mail.employer import is_agency, label_of, squash
from agent.mail.machine import unattended
from agent.mail.message import Address, Identity, ParsedMail

_PART = r"(?:[A-ZÀ-ÖØ-Þ][\w'’-]*[a-zß-ÿ][\w'’-]*|[A-Z]\.)"
_HONOUR = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Principal|Chief|Captain|Herr|Frau|Sir|Rev|Sister)\.?"
)
_NAME = rf"(?:{_HONOUR} )*{_PART}(?: (?:de |van |von |der |al |bin |di )?{_PART}){{0,3}}"
_TITLED = rf"({_NAME})(?:,? (?:our|the) ([^,.\n;()]{{2,40}})|, ([A-Z][^,.\n;()]{{1,40}})| \(([^)\n]{{2,40}})\))?"

_NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\bmeet(?:ing)?(?: with)?|speak(?:ing)?(?: with| to)|talk(?:ing)?(?: with| to)|chat(?:ting)? with|interview(?:ed)? (?:with|by)|call with|discussion with|conversation with|session with|join(?:ed)? by|introduce you to|see) {_TITLED}",
        rf"(?m)^\s*(?i:with|interviewers?|panel|host|interviewing you|attendees|participants?|who)\s*:\s*{_TITLED}",
        rf"(?i:\bwith) {_TITLED}",
        rf"\b{_TITLED} (?:will|can|would|has|is going to|wants|asks|asked|got|liked|loved)\b",
        rf"(?i:\bask for|participate|it will be (?:myself|me) and|(?:my|our) colleagues?,?|and me and) {_TITLED}",
        rf"(?m)\d{{1,2}}[:.]\d\d\s*(?:[AaPp][Mm])?\s*[-–—:|]*[ \t]+(?:[^\n:]{{0,40}}? with )?(?=[\w.'’-]+ [A-Z]){_TITLED}",
        rf"\b(?i:in front of|let|told|tell|contact|email|ring|call|introduce you to|reply and|thanks to|colleague,?|passed (?:you )?(?:on )?to) {_TITLED}",
        rf"\b(?:{_PART}|I|me|myself|him|her) and {_TITLED}",
        rf"\b((?:{_HONOUR} ){_PART}(?: {_PART})?)",
    )
)
_LIST = re.compile(
    rf"(?im)^\s*(?:with|interviewers?|panel(?:lists)?|participants?)\s*:\s*(.+)$|(?:\bwith|\bmeet|\bpanel with|\bmyself,) ((?:{_NAME}(?: \([^)]*\))?(?:, | and |, and | & )){{1,6}}{_NAME}(?: \([^)]*\))?)"
)
_ITEM = re.compile(
    rf"\s*({_NAME})(?:\s*\(([^)]*)\)|,\s*((?:[A-Z][\w&/]*|of|and|the)(?: [\w&/]+){{0,4}}))?\s*"
)
_NOT_FIRST = frozenset(
    "year chair leadership possible everyone paperwork parking month week section grade band level stage part i've i'll i'm we'll you'll governors trustees board directors operations client clients us uk the a an we i you it he she they this that there our your my if in on at for from with please thanks thank hi hello dear hey good great best kind regards monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december zoom teams google microsoft skype meet webex link video call join phone interview interviews panel room building floor street road avenue suite hr team hiring human talent location date time when where eastern pacific central mountain christmas easter thanksgiving new office reception north south east west everyone someone nobody anyone all both no yes so then as and but or to not also only once until after before next last each every most park bring click dial passcode meeting id senior junior lead head chief vice staff product software data systems system technical technology".split()
)
_RECRUITER = re.compile(
    r"(?i)recruit|talent|human resources|\bhr\b|people (?:partner|operations|ops|services|team|adviser)|sourc|staffing|headhunt|personnel|resourcing|consultant.*(?:search|staff)|\bTA\b"
)
_COORDINATOR = re.compile(
    r"(?i)coordinat|schedul|assistant|secretary|office|adviser to|administrator|reception|candidate experience|business assistant"
)
_WORK_TITLE = re.compile(
    r"(?i)\b(?:director|manager|engineer|lead|head|chief|officer|vp|president|partner|owner|founder|principal|supervisor|professor|dr\.?|chef|editor|cto|ceo|coo|cfo|scientist|nurse|designer)\b"
)
_FIRST_PERSON = re.compile(
    r"(?i)\b(?:i will (?:call|ring|meet|see)|i'll (?:call|ring|phone|meet|see|be)|myself|with me\b|meet me|ask for me|our (?:call|chat|talk)|i have (?:mon|tue|wed|thu|fri)|speak(?:ing)? with you|see you|talk with you|our \d|i enjoyed|we speak|show you)"
)
_OFFICE = re.compile(
    r"(?i)\b(?:team|recruit\w*|careers?|talent|hiring|jobs?|hr|human resources|office|support|notifications?|no-?reply|services?|scheduling|admissions|reception|council|university|college|school|academy|bank|group|inc|ltd|llc|gmbh|system|subsystem|calendar|via|nurse recruitment|coordination|helpdesk|desk|department|personnel|people|staffing|onboarding|committee|cell|management|ambulance|agency|centre|center|clinic|hospital|library|board|club|county|city|police|fire|museum|hotel|studio|labs?|foundation|trust|society|association|mail|alerts?|news|digest|subs|substitute|mailer|delivery)\b"
)


def people_in(
    mail: ParsedMail,
    kind: Kind,
    text: str,
    signature: str,
    listed: Iterable[Person],
    identity: Identity,
    company: str | None,
) -> tuple[Person, ...]:
    """Everybody on the other side: the sender first, then those listed, then those named."""
    found: list[Person] = []
    sender = _sender(mail, kind, text, signature, company)
    for person in (*([sender] if sender else ()), *listed, *_named(text, kind)):
        if not _excluded(person, identity, company):
            _add(found, person)
    signed = _signed(signature, text) if sender is None else None
    if signed and not _excluded(signed, identity, company):
        _add(found, signed)
    return tuple(found)


def _sender(
    mail: ParsedMail, kind: Kind, text: str, signature: str, company: str | None
) -> Person | None:
    """The writer, where a person writes: a name that is no office's, at an address that is read."""
    address = mail.from_
    platform = platform_of(address.email)
    inmail = platform is not None and address.email in platform.people
    if (unattended(address) or platform is not None) and not inmail:
        return None
    name = _person_name(address.name)
    if name and squash(name).startswith(label_of(address.domain)):
        name = None  # the employer's own name: "Union Pond Ambulance" at unionpond
    title = _title_after(name, signature) if name else None
    if name is None:
        signed = _signed(signature, text)
        if signed is None or _OFFICE.search(address.local):
            return None
        name, title = signed.name, signed.title
    if name is None or (company and squash(name) == squash(company)):
        return None
    email = None if inmail else address.email
    return Person(name, email, title, _role(kind, title, text, address, signature))


def _role(kind: Kind, title: str | None, text: str, address: Address, signature: str) -> PersonRole:
    shown = f"{title or ''} {address.local}"
    if _RECRUITER.search(shown) or is_agency(address):
        return PersonRole.RECRUITER
    if title and _COORDINATOR.search(title) and not _WORK_TITLE.search(title):
        return PersonRole.COORDINATOR
    talks = kind in {
        Kind.INTERVIEW_CONFIRMED,
        Kind.INTERVIEW_REQUEST,
        Kind.INTERVIEW_RESCHEDULED,
        Kind.INTERVIEW_CANCELLED,
    }
    if talks and _FIRST_PERSON.search(text):
        return PersonRole.INTERVIEWER
    return PersonRole.RECRUITER if _RECRUITER.search(signature) else PersonRole.UNKNOWN


def _person_name(shown: str) -> str | None:
    """A display name that is a person's, without what follows "at", "via" or a comma's employer."""
    name = re.split(r"(?i)\s+(?:at|via|from|@|\||\(|-|–)\s*", shown.strip().strip('"'))[0]
    if "," in name:
        family, _, given = name.partition(",")
        name = (
            f"{given.strip()} {family.strip()}"
            if given.strip() and " " not in given.strip()
            else family
        )
    name = re.sub(rf"^(?:{_HONOUR}\s+)+", "", name.strip())
    words = name.split()
    if (
        not words
        or len(words) > 5
        or _OFFICE.search(name)
        or name.lower() in platform_names()
        or "@" in name
    ):
        return None
    if len(words) == 1 or not all(re.match(r"[^\W\d_]", w) for w in words):
        return None
    if words[-1].lower() in role_words().business:
        return None
    return name


def _title_after(name: str | None, signature: str) -> str | None:
    """The title in a signature: what stands after the name, or on the line below it."""
    lines = [line.strip(" *_-–|") for line in signature.splitlines() if line.strip(" *_-–|")]
    for index, line in enumerate(lines[:6]):
        if (
            name
            and squash(name.split()[0]) in squash(line)
            and squash(name.split()[-1]) in squash(line)
        ):
            rest = re.split(r"\s*[,|–·•]\s*|\s+-\s+", line, maxsplit=1)
            if len(rest) == 2 and _titular(rest[1]):
                return re.split(r"\s*[|·•]\s*|,\s+(?=[A-Z][\w]+ ?[A-Z]?[\w]*$)", rest[1])[0].strip()
            below = lines[index + 1] if index + 1 < len(lines) else ""
            head = re.split(r"\s*[|·•]\s*", below)[0]
            return head.split(", ")[0] if _titular(head) else None
    return None


def _titular(line: str) -> bool:
    if not line or len(line) > 70 or re.search(r"\d{3}|@|https?:|www\.", line):
        return False
    words = {w.lower().strip(".,") for w in re.split(r"[\s/&,-]+", line)}
    return (
        bool(words & role_words().heads)
        or bool(_RECRUITER.search(line) or _COORDINATOR.search(line) or _WORK_TITLE.search(line))
        or bool(
            words
            & {
                "operations",
                "talent",
                "hr",
                "services",
                "education",
                "department",
                "experience",
                "centre",
                "office",
                "chair",
            }
        )
    )


def _signed(signature: str, text: str) -> Person | None:
    """Who signed, where the address is an office's: the first line of the signature that is a name."""
    lines = [line.strip(" *_-–,") for line in signature.splitlines() if line.strip(" *_-–,")]
    for line in lines[:3]:
        head = re.split(r"\s*[,|–·•]\s*|\s+-\s+", line)[0]
        if re.fullmatch(rf"{_PART}(?: {_PART}){{1,3}}", head) and (name := _person_name(head)):
            title = _title_after(name, signature)
            role = (
                PersonRole.RECRUITER if title and _RECRUITER.search(title) else PersonRole.UNKNOWN
            )
            if title and _COORDINATOR.search(title) and role is PersonRole.UNKNOWN:
                role = PersonRole.COORDINATOR
            return Person(name, None, title, role)
    return None


def recipients(mail: ParsedMail) -> tuple[Person, ...]:
    """Those the user's own mail is written to."""
    return tuple(
        Person(_person_name(address.name), address.email)
        for address in mail.to
        if address.email and not unattended(address) and platform_of(address.email) is None
    )


def _named(text: str, kind: Kind) -> Iterator[Person]:
    """Those the text names as people one meets; their role follows from what the mail does."""
    talks = kind in {
        Kind.INTERVIEW_CONFIRMED,
        Kind.INTERVIEW_REQUEST,
        Kind.INTERVIEW_RESCHEDULED,
        Kind.INTERVIEW_CANCELLED,
    }
    role = PersonRole.INTERVIEWER if talks else PersonRole.UNKNOWN
    for match in _LIST.finditer(text[:6000]):
        for item in re.split(r",? and |\s*&\s*|;\s*|,\s+(?=[A-Z])", match[1] or match[2] or ""):
            if (listed := _ITEM.fullmatch(item)) and _is_name(listed[1]):
                yield Person(_without_honour(listed[1]), None, listed[2] or listed[3], role)
    for pattern in _NAMED if talks else _NAMED[:3]:
        for match in pattern.finditer(text[:6000]):
            if _is_name(match[1]):
                title = next((g for g in match.groups()[1:] if g), None)
                yield Person(
                    _without_honour(match[1]),
                    None,
                    title if title and _titular(title) else None,
                    role,
                )


def _is_name(name: str) -> bool:
    words = re.sub(rf"^(?:{_HONOUR} )+", "", name).split()
    lowered = [w.lower().strip(".'’") for w in words]
    if not words or any(w in _NOT_FIRST for w in lowered) or name.lower() in platform_names():
        return False
    return not (
        _OFFICE.search(name)
        or lowered[-1] in role_words().business
        or lowered[-1] in role_words().heads
    )


def _without_honour(name: str) -> str:
    """The name without "Dr." or "Mr" where a first name is left; "Mrs Pettifer" stays whole."""
    plain = re.sub(rf"^(?:{_HONOUR} )+", "", name)
    plain = plain.removesuffix("'s").removesuffix("’s")
    return plain if " " in plain or plain == name else name


def _excluded(person: Person, identity: Identity, company: str | None) -> bool:
    if person.email and identity.owns(person.email):
        return True
    name = squash(re.sub(rf"^(?:{_HONOUR} )+", "", person.name or ""))
    own = {squash(identity.name), *(squash(part) for part in identity.name.split())}
    return not name or name in own or (company is not None and name == squash(company))


def _add(found: list[Person], person: Person) -> None:
    """Put somebody into the list, joining what two mentions of one person say."""
    for index, known in enumerate(found):
        if _same(known, person):
            role = known.role if known.role is not PersonRole.UNKNOWN else person.role
            name = max((known.name or "", person.name or ""), key=len)
            found[index] = Person(
                name or None, known.email or person.email, known.title or person.title, role
            )
            return
    found.append(person)


def _same(one: Person, other: Person) -> bool:
    if one.email and other.email:
        return one.email == other.email
    a = [squash(w) for w in re.sub(rf"(?:{_HONOUR} )", "", one.name or "").split()]
    b = [squash(w) for w in re.sub(rf"(?:{_HONOUR} )", "", other.name or "").split()]
    if not a or not b:
        return False
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    return (
        short == long
        or (len(short) == 1 and short[0] in (long[0], long[-1]))
        or (len(short) > 1 and short[0] == long[0] and short[-1] == long[-1])
    )
