"""What a sender's domain says of the employer: the part of it that somebody chose, its label.

Services that send for many, free mail and hosts of the state have none; `label_names` makes a
name of a label.
"""

import re
from collections.abc import Iterable

from agent.lexicon import platform_of
from agent.lexicon.who import agency_words, relays
from agent.mail.domains import is_free_mail, main_label, registrable
from agent.mail.message import Address

_GENERIC = frozenset("service gov mail email info jobs careers example work hr apply".split())
_STATES = frozenset(
    "nsw vic qld wa sa tas act nt k12 state county city nhs ac edu gov govt gouv gob gc sch police "
    "istruzione pecistruzione educa xtec schule schulen education".split()
)
_ACADEMY = re.compile(r"ac-[a-z-]{3,20}$")  # mailboxes of all schools of a French académie
_DESK_IN_LABEL = re.compile(
    r"(?<=\w{4})-?(?:careers?|recruit(?:ing|ment)?|hiring)$|(?<=\w{4})-(?:jobs|hr|talent|team)$"
)
# Digits that stand for letters in a domain that pretends to be another.
_DIGITS = str.maketrans("0134578", "oleastb")
# The legal form behind a firm's name: "oosterlingbv".
_FORM_IN_LABEL = re.compile(
    r"(?<=\w{5})-?(?:gmbh|ltd|llc|bv|srl|sarl)$|(?<=\w{4})-(?:inc|sl|ag|kg|nv)$"
)
_LINK = re.compile(r"https?://[^\s<>\"')]{4,300}")
_COMMON_HOSTS = frozenset(
    "www you app apply jobs job boards board careers career my hire go track links link email mail click us eu uk en de "
    "api help support login auth accounts account portal candidate candidates privacy unsubscribe events interview "
    "interviews schedule scheduling status view profile offers offer e c r s t u p wd1 wd2 wd3 wd5 "
    "availability calendar confirm confirmation book booking reschedule cancel respond survey form forms invite meeting "
    "meetings video test assessment assessments applicant applicants applications application "
    "embed recruiting ats jobsearch positions terms legal settings assets images static cdn".split()
)


def label_of(domain: str) -> str:
    """The part of a domain that somebody chose: "mail.acme.co.uk" gives "acme"."""
    parts = [part for part in domain.lower().split(".") if part]
    label = main_label(domain)
    if (label in _STATES or label in _GENERIC) and len(parts) > len(registrable(domain).split(".")):
        label = parts[-len(registrable(domain).split(".")) - 1]
    return label


def own_label(address: Address) -> str:
    """The label of an employer's own domain; "" for platforms, free mail and hosts of the state."""
    domain = address.domain
    if not domain or is_free_mail(domain) or platform_of(address.email) is not None:
        return ""
    label = _FORM_IN_LABEL.sub("", _DESK_IN_LABEL.sub("", label_of(domain)))
    if any(label.startswith(name) for name in relays()):
        return ""
    shared = _ACADEMY.match(label) and domain.endswith(".fr")
    return "" if label in _GENERIC or label in _STATES or shared else label


def inner_labels(domain: str) -> Iterable[str]:
    """Labels before the registered one, by which an unknown service may name its customer."""
    before = domain.lower().removesuffix(registrable(domain)).strip(".").split(".")
    return (label for label in before if len(label) > 3 and label not in _GENERIC | _STATES)


def tenants(links: Iterable[tuple[str, str]], text: str) -> Iterable[str]:
    """The slugs by which links to applicant systems name the employer, each once.

    Either the host's first label ("acme.wd3.myworkdayjobs.com") or the path's first part
    ("boards.greenhouse.io/acme/jobs/1").
    """
    shown = _LINK.findall(text[:20_000])[:40]
    found: dict[str, None] = {}
    for url in (*(href for _, href in list(links)[:40]), *shown):
        host, _, path = url.partition("//")[2].lower().partition("/")
        platform = platform_of(host)
        if platform is None or platform.kind != "ats":
            continue
        base = max((d for d in platform.domains if host.endswith(d)), key=len, default=host)
        first = host.removesuffix(base).strip(".").split(".")[0]
        slug = first if first and first not in _COMMON_HOSTS else path.split("/")[0]
        if re.fullmatch(r"[a-z][a-z0-9-]{2,40}", slug) and slug not in _COMMON_HOSTS:
            found.setdefault(slug)
    return found


def relay_like(label: str) -> bool:
    """Whether a domain is called like a service that sends for many, or where anybody has a mailbox."""
    return bool(agency_words().relays.search(label))


def undisguised(label: str) -> str:
    """A label with the letters that its digits stand for: "1edgerlark" gives "ledgerlark"."""
    return label.translate(_DIGITS)
