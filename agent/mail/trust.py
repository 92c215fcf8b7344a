"""How far a sender can be taken to be who they say they are.

The law: only the account's own server can vouch for a sender (RFC 8601, 5), and only by DMARC
in alignment (RFC 7489, 3.1). A sign of pretence, or a text that asks for what frauds ask for,
outweighs that. Where nothing speaks either way the answer is `unverified`.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from agent.domain.facts import Trust, TrustLevel
from agent.lexicon import platform_of
from agent.lexicon.caseless import Caseless
from agent.lexicon.shipped import shipped
from agent.mail.domains import (
    KnownDomains,
    is_free_mail,
    looks_like,
    main_label,
    mixes_alphabets,
    readable,
    registrable,
)
from agent.mail.message import Address, AuthResult, Identity, ParsedMail
from agent.mail.names import read_name

MAX_TEXT = 20_000  # characters in which somebody asks for money or papers; a fraud says it sooner
MAX_SENTENCE = 500
MAX_KNOWN = 2_000
_ABOUT = 8  # letters by which a look-alike may be longer: "xn--" and "rn" for "m"

_DMARC = re.compile(r"\s{0,20}dmarc\s{0,5}=\s{0,5}([a-z]{1,20})", re.I)
_HEADER_FROM = re.compile(
    r"header\.from\s{0,5}=\s{0,5}\"?(?:[^\s;\"@]{0,64}@)?([^\s;\"]{1,255})", re.I
)
_BY_HOST = re.compile(r"\bby\s{1,10}([\w.-]{1,255})")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,6})")
_SENTENCE_END = re.compile(r"[.!?]\s|\n\s{0,20}\n|\n\s{0,3}[-*•]")
_EMPLOYER_IN_NAME = re.compile(
    r"\b(?:hr|human resources|recruit\w{0,8}|careers?|talent|hiring|jobs|staffing|personal(?:abteilung)?"
    r"|recrutement|rrhh|inc|llc|ltd|gmbh|corp|corporation|group|company|university|hospital|bank)\b"
    r"|\s(?:at|@|from|bei|chez)\s\S",
    re.I,
)
_EMPLOYER_IN_TEXT = re.compile(
    r"\b(?:recruiter|recruiting|recruitment|talent|hiring manager|hr|human resources|people team|sourcer)\b"
    r"[^.\n]{0,40}?\b(?:at|from|of|with|for)\s+(?-i:[A-Z])[\w&.-]{1,40}"
    r"|\bon behalf of\s+(?-i:[A-Z])[\w&.-]{1,40}",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Group:
    """One thing that frauds ask for, as patterns that must all be in one sentence."""

    reason: str
    needed: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class _Scams:
    """The lexicon: what frauds ask for, and what takes it back."""

    groups: tuple[_Group, ...]
    things: Caseless
    unless: Caseless
    pieces: tuple[str, ...]  # of which one stands in every text that names any of the things


def _words(phrases: Iterable[str]) -> str:
    """Phrases as an alternation of whole words; "envoy*" stands for all that begin so."""
    forms = (
        r"\w*".join(re.escape(piece.strip()) for piece in phrase.split("*"))
        for phrase in sorted(phrases, key=len, reverse=True)
    )
    return rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)"


@cache
def _scams() -> _Scams:
    data = shipped("scams")
    groups = tuple(
        _Group(
            entry["reason"],
            tuple(
                re.compile(_words(entry[name]), re.I)
                for name in ("things", "asks", "and")
                if name in entry
            ),
        )
        for entry in data["group"]
    )
    things = {phrase for entry in data["group"] for phrase in entry["things"]}
    pieces = {max(phrase.split("*"), key=len).strip().lower() for phrase in things}
    return _Scams(
        groups,
        Caseless(_words(things)),
        Caseless(_words(data["unless"])),
        tuple(sorted(pieces)),
    )


# -- what the server says ----------------------------------------------------------------


def _without_comments(text: str) -> str:
    """An Authentication-Results value without its comments (RFC 8601, 2.2), in one pass."""
    kept: list[str] = []
    depth = 0
    for character in text[:20_000]:
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(character)
    return "".join(kept)


def _own_result(mail: ParsedMail, identity: Identity) -> AuthResult | None:
    """The field that the account's own server wrote; None where none can be told to be its.

    With `authserv_ids` configured it is the topmost of theirs: their server removes forged
    ones (RFC 8601, 5). Without, a field above the topmost Received was added at the last hop,
    which is the user's own, and must bear the name of the host that received.
    """
    if identity.authserv_ids:
        ids = {each.lower() for each in identity.authserv_ids}
        return next((each for each in mail.auth_results if each.authserv_id in ids), None)
    order = list(mail.headers)
    if not mail.auth_results or "received" not in order:
        return None
    if order.index("authentication-results") > order.index("received"):
        return None
    host = _BY_HOST.search(mail.header("received") or "")
    first = mail.auth_results[0]
    at_home = host is not None and registrable(host[1]) == registrable(first.authserv_id)
    return first if at_home else None


def _dmarc(result: AuthResult | None) -> tuple[str, str]:
    """The DMARC result and the From domain it is about; ("", "") where there is none."""
    if result is None:
        return "", ""
    for method in _without_comments(result.text).split(";"):
        found = _DMARC.match(method)
        if found:
            about = _HEADER_FROM.search(method)
            return found[1].lower(), about[1].lower() if about else ""
    return "", ""


def _server_says(mail: ParsedMail, identity: Identity) -> tuple[TrustLevel, str]:
    """What the account's own server says about the From address."""
    result = _own_result(mail, identity)
    verdict, about = _dmarc(result)
    server = result.authserv_id if result else ""
    if verdict == "fail":
        return (
            TrustLevel.SUSPICIOUS,
            f"DMARC failed: {server} says the mail is not from {mail.from_.domain}.",
        )
    aligned = bool(about) and registrable(about) == registrable(mail.from_.domain)
    if verdict == "pass" and aligned:
        return (
            TrustLevel.VERIFIED,
            f"DMARC passed: {server} says the mail is from {mail.from_.domain}.",
        )
    if verdict == "pass":
        return (
            TrustLevel.UNVERIFIED,
            f"DMARC passed, but for {about or 'no stated domain'}, not for the sender.",
        )
    if mail.auth_results and result is None and not identity.authserv_ids:
        return (
            TrustLevel.UNVERIFIED,
            "No server is configured (authserv_ids) whose word on the sender counts.",
        )
    if mail.auth_results and result is None:
        return TrustLevel.UNVERIFIED, "Only a server that is not yours vouches for the sender."
    return TrustLevel.UNVERIFIED, "No DMARC result of your own server vouches for the sender."


# -- signs of pretence ------------------------------------------------------------------


def _address_in_name(sender: Address) -> Iterator[str]:
    """A name that shows another address than the real one. Platforms do so openly."""
    shown = _ADDRESS.search(sender.name[:500])
    if shown is None or platform_of(sender.email) or sender.domain.endswith("google.com"):
        return
    if registrable(shown[1]) != registrable(sender.domain):
        yield f"The name shows the address {shown[0]}, but the mail is from {sender.email}."


def _reply_elsewhere(mail: ParsedMail) -> Iterator[str]:
    """A Reply-To that pretends: free mail for a firm, or a domain that is read as the sender's."""
    home = registrable(mail.from_.domain)
    if not home or is_free_mail(mail.from_.domain) or platform_of(mail.from_.email):
        return
    for address in mail.reply_to[:10]:
        if registrable(address.domain) == home or platform_of(address.email):
            continue
        if is_free_mail(address.domain):
            yield f"Answers would go to the free mailbox {address.email}, not to {home}."
        elif looks_like(address.domain, home) or main_label(home) in main_label(
            address.domain
        ).split("-"):
            yield f"Answers would go to {address.domain}, which pretends to be {home}."


def _look_alike(
    mail: ParsedMail, identity: Identity, known_domains: Collection[str]
) -> Iterator[str]:
    """A domain that is read as that of an employer the user deals with."""
    domain = registrable(mail.from_.domain)
    if not domain or domain in known_domains:
        return
    if mixes_alphabets(domain):
        yield f"The domain {readable(domain)} mixes alphabets that look alike."
    own = {registrable(address.rpartition("@")[2]) for address in identity.addresses}
    if domain in own or is_free_mail(domain):
        return
    if isinstance(known_domains, KnownDomains):
        known_domains = known_domains.near(domain)
    length = len(readable(domain))
    near = (k for k in {*known_domains, *own} if abs(len(k) - length) <= _ABOUT)
    for known in sorted(near)[:MAX_KNOWN]:
        if looks_like(domain, known):
            yield f"The domain {readable(domain)} looks like {known}, and is another."
            return


def _free_mail_for_employer(
    mail: ParsedMail, text: str, known_domains: Collection[str]
) -> Iterator[str]:
    """A free mailbox that speaks for a firm, by its name, its address or its words."""
    sender = mail.from_
    if not is_free_mail(sender.domain):
        return
    if sender.name and read_name(sender.name) is None and _EMPLOYER_IN_NAME.search(sender.name):
        yield f"It is signed {sender.name!r}, but comes from a free mailbox ({sender.email})."
        return
    parts = set(re.split(r"[._+-]|\d+", sender.local)) | set(sender.name.lower().split())
    for known in sorted(k for k in known_domains if main_label(k) in parts)[:MAX_KNOWN]:
        if len(main_label(known)) > 3 and not is_free_mail(known):
            yield f"It speaks for {known}, but comes from a free mailbox ({sender.email})."
            return
    said = _EMPLOYER_IN_TEXT.search(f"{sender.name}\n{text[:4_000]}")
    if said:
        yield f"It says {_quoted(said[0])}, but comes from a free mailbox ({sender.email})."


# -- what the text asks for -------------------------------------------------------------


def _sentences(text: str) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(text[:MAX_TEXT]):
        line = _line(sentence[:MAX_SENTENCE])
        if line:
            yield line


def _line(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


def _asks(text: str) -> Iterator[str]:
    """What frauds ask for, with the words that ask for it; each thing once."""
    scams = _scams()
    whole = _line(text[:MAX_TEXT]).lower()
    pieces = [piece for piece in scams.pieces if piece in whole]
    if not pieces:
        return  # most mail: 30 µs instead of 300 for its sentences
    said: set[str] = set()
    for sentence in _sentences(text):
        if not any(map(sentence.lower().__contains__, pieces)):
            continue
        if not scams.things.search(sentence) or scams.unless.search(sentence):
            continue
        for group in scams.groups:
            if group.reason not in said and all(p.search(sentence) for p in group.needed):
                said.add(group.reason)
                yield f"The text {group.reason}: {_quoted(sentence)}."


def _quoted(words: str) -> str:
    line = " ".join(words.split())
    return f"“{line if len(line) <= 160 else line[:159] + '…'}”"


# -- together ------------------------------------------------------------------------------


def _own_mail(mail: ParsedMail, identity: Identity) -> Trust:
    """A mail From the user's own address: their sent copy, unless it came from outside.

    A mail that arrived (Received) at the user from the user is a favourite of frauds: then
    only their server's word makes it theirs.
    """
    level, reason = _server_says(mail, identity)
    if level is not TrustLevel.UNVERIFIED:
        return Trust(level, (reason,))
    arrived = mail.header("received") is not None
    to_user = any(identity.owns(a.email) for a in (*mail.to, *mail.cc)) or not mail.to
    if arrived and to_user:
        return Trust(level, ("It is from your own address, and arrived from outside.", reason))
    return Trust(TrustLevel.VERIFIED, ("It is your own sent mail.",))


def hangs_on_known(mail: ParsedMail, known_domains: Collection[str]) -> bool:
    """Whether `judge` can say otherwise of a mail than where only its own domain is known, or not.

    Only a look-alike of an employer and free mail that speaks for one are told by them.
    """
    domain = registrable(mail.from_.domain)
    free = is_free_mail(domain) or is_free_mail(mail.from_.domain)
    if free or not isinstance(known_domains, KnownDomains):
        return True
    return domain not in known_domains and bool(known_domains.near(domain))


def judge(
    mail: ParsedMail, text: str, identity: Identity, known_domains: Collection[str] = ()
) -> Trust:
    """The trust in a mail's sender.

    `text` is what the sender newly wrote; `known_domains` are the registrable domains of
    employers that the user deals with. The reasons are whole sentences for the user.
    """
    if identity.owns(mail.from_.email):
        return _own_mail(mail, identity)
    level, reason = _server_says(mail, identity)
    against = [
        *([reason] if level is TrustLevel.SUSPICIOUS else []),
        *_address_in_name(mail.from_),
        *_reply_elsewhere(mail),
        *_look_alike(mail, identity, known_domains),
        *_free_mail_for_employer(mail, text, known_domains),
        *_asks(text),
    ]
    if against:
        return Trust(TrustLevel.SUSPICIOUS, tuple(against))
    return Trust(level, (reason,))
