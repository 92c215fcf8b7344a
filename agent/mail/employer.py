"""Who the employer is, and which role it is about.

The employer is never the platform that relays the mail nor the agency that writes it.
Where a name can be read from several places, the one that the sender's own domain spells
out wins, because nothing but the domain cannot be misread; prose comes next.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from agent.lexicon import platform_names, platform_of, role_words
from agent.mail.context import FREE_MAIL
from agent.mail.machine import unattended
from agent.mail.message import Address, ParsedMail
from agent.mail.role import is_title

_WORD = r"(?:[A-ZÀ-ÖØ-Þ0-9][\w&'’+-]*(?:\.\w+)*|&)"
_JOIN = r"(?:of|de|du|la|the|and|for|von|van|der|und|y|e|i)"
NAME = rf"{_WORD}(?: (?:{_JOIN} ){{0,2}}{_WORD}){{0,5}}"

# Each names the employer in its one group. Order is trust.
_SAYS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:applying|application|applied|interview\w*|interest|candidacy|position|role|opening|opportunity|job|vacancy|post|career|work\w*|offer) (?i:to|with|at|in joining|in working at|in working for) (?:the )?({NAME})",
        rf"({NAME}) (?i:has|have) invited you",
        rf"\b(?i:here|team|recruiter|recruiting|hiring|talent|people|recruitment|engineering|work|working|role|position|employment|HR|join us) (?i:at|with|for) ({NAME})",
        rf"(?i:welcome to|joining|join|on behalf of|interest in|scheduling with|an update from) (?:the )?({NAME})",
        rf"(?i:your) ({NAME}) (?i:application|interview|assessment|offer|candidacy|general)",
        rf"({NAME}) (?i:wants?|would like) (?i:you|to)\b",
        rf"(?:^|\n)({NAME}) (?:-|–|·|\||•) ",
        rf"(?i:from|by|at) ({NAME})(?: (?i:through|via))",
        rf"(?i:call|chat|interview|meeting|intro|conversation|screen) (?:-|–|—|@|\|) ({NAME})",
        rf"(?:<>|<->|↔| x ) ({NAME})",
        rf"(?i:\b(?:at|for)) ({NAME})",
    )
)
_TAIL = re.compile(
    r"(?i)[\s,|–-]+(?:(?:global |early |the |uk |us )?(?:recruiting|recruitment|recruiters?|talent(?: acquisition| team| partner| scheduling)?|careers?|hiring(?: team| manager)?|hr|people(?: team| ops| services| operations)?|jobs?|job alerts|alerts|team|scheduling|notifications?|human resources|no-?reply|support|helpdesk|coordination|candidate experience|staffing|personnel|services|office|via .*|on behalf.*))+$"
)
_VIA = re.compile(r"(?i)\s+(?:via|through|\(via|at|@|from|\||-|–|,)\s+")
_AT = re.compile(rf"(?i:\b(?:at|@|from|\||,|with)) ({NAME})$")
_LEGAL = re.compile(
    r"(?i)(?<!&)(?<!and)[\s,]+(?:inc|ltd|llc|gmbh|plc|corp|co|ag|bv|sa|srl|pty|llp|limited)\.?$"
)
_NOT_NAMES = frozenset(
    "the a an our your this we i you hi hello dear re fwd position role team interview application thank thanks monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december zoom teams skype google meet invitation updated canceled cancelled reminder confirmed confirmation update regarding notice action required est edt utc gmt pst pdt cst cdt round phone video call chat office recruitment hr candidate id ref new next please if in on it job uk us usa am pm weds client details schedule".split()
)
_TITLES = re.compile(r"\b(?:I{1,3}|IV|V)$")


def squash(name: str) -> str:
    """Letters and digits alone, lower case: what a domain makes of a name."""
    plain = name.lower().replace("&", "and")
    return re.sub(r"[^a-z0-9]", "", _fold(plain))


def _fold(text: str) -> str:
    text = (
        text.replace("ö", "oe")
        .replace("ä", "ae")
        .replace("ü", "ue")
        .replace("ß", "ss")
        .replace("ø", "o")
    )
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def employer(
    mail: ParsedMail, text: str, signature: str, quoted: str, titles: Iterable[str] = ()
) -> str | None:
    """The employer's name as the mail spells it, or None where it names none.

    `titles` are the summaries of calendar events, which often name employer and user.
    """
    everything = "\n".join((mail.subject, *titles, mail.from_.name, text, signature, quoted[:4000]))
    platform = platform_of(mail.from_.email)
    if via := re.match(r"(.+?)\s+via\s+\S", mail.from_.name):
        return _clean(_TAIL.sub("", via[1]))
    if platform is not None:
        return _through_platform(
            mail, "\n".join((mail.subject, *titles, text, signature)), everything
        )
    domain = mail.from_.domain
    if is_agency(mail.from_, signature):
        return _from_prose(f"{mail.subject}\n{text}", strict=True, avoid=mail.from_)
    if domain in FREE_MAIL or not domain:
        return _from_display(mail.from_.name) or _from_prose(everything, avoid=mail.from_)
    if unattended(mail.from_) and spelled(label_of(domain), everything) in (None, mail.from_.name):
        return _from_prose(f"{mail.subject}\n{text}", avoid=mail.from_, strict=True) or _by_domain(
            domain, everything
        )
    return _by_domain(domain, everything)


def employer_written_to(mail: ParsedMail, quoted: str) -> str | None:
    """The employer that the user's own mail goes to, by the domain of its recipient."""
    for address in mail.to:
        if (
            address.domain
            and address.domain not in FREE_MAIL
            and platform_of(address.email) is None
        ):
            return (
                None
                if is_agency(address)
                else _by_domain(address.domain, f"{mail.subject}\n{mail.text}\n{quoted}")
            )
    return None


def is_agency(sender: Address, signature: str = "") -> bool:
    """Whether the sender is a recruiting agency, by the name of its domain.

    An employer's own talent team writes from the employer's domain, so titles say nothing here.
    """
    label = label_of(sender.domain)
    return any(
        label.endswith(word)
        or label.startswith(word)
        or f"{word}ing" in label
        or f"{word}ment" in label
        for word in role_words().agency
    )


def _through_platform(mail: ParsedMail, text: str, everything: str) -> str | None:
    platform = platform_of(mail.from_.email)
    shown = _from_display(mail.from_.name)
    office = (
        shown != mail.from_.name or unattended(mail.from_) or not _looks_personal(mail.from_.name)
    )
    if shown and office and shown.lower() not in platform_names():
        return shown
    slug = _tenant(mail.from_)
    if slug:
        return spelled(slug, everything) or _spaced(slug)
    if platform is not None and platform.kind == "jobboard" and mail.from_.email in platform.alerts:
        return None
    for address in mail.reply_to:
        if platform_of(address.email) is None and address.domain not in FREE_MAIL:
            return _by_domain(address.domain, everything)
    return _from_prose(text, avoid=mail.from_)


def _tenant(sender: Address) -> str | None:
    """The slug by which a platform's address names the employer."""
    platform = platform_of(sender.email)
    if platform is None or platform.tenant is None:
        return None
    if platform.tenant == "local":
        slug = re.split(r"[+.]", sender.local)[0]
        return (
            None
            if unattended(sender) and "+" not in sender.local and ".sender" not in sender.local
            else slug
        )
    base = next(
        (d for d in sorted(platform.domains, key=len) if sender.domain.endswith(f".{d}")), None
    )
    return (
        sender.domain.removesuffix(f".{base}").rpartition(".")[2].removesuffix("-talent")
        if base
        else None
    )


def _by_domain(domain: str, everything: str) -> str | None:
    label = label_of(domain)
    return spelled(label, everything) or _spaced(label)


def label_of(domain: str) -> str:
    """The part of a domain that somebody chose: "mail.acme.co.uk" gives "acme"."""
    parts = [p for p in domain.lower().split(".") if p]
    if len(parts) < 2:
        return parts[0] if parts else ""
    second = {"co", "com", "org", "net", "gov", "ac", "edu", "nhs", "sch", "ltd"}
    return parts[-3] if len(parts) > 2 and parts[-2] in second else parts[-2]


def spelled(label: str, text: str) -> str | None:
    """The run of words in a text that a domain's label is made of, as the text spells it.

    "carrickbayhotel" finds "Carrick Bay Hotel"; a longer name that begins with the label is
    taken whole where it goes on with a word for a business ("Ashcombe Pryor LLP" without LLP).
    """
    wanted = squash(label)
    if len(wanted) < 3:
        return None
    words = list(re.finditer(r"[^\s,;:|()<>\"“”!?/@]+", text[:12_000]))
    best: str | None = None
    for start in range(len(words)):
        run = ""
        for end in range(start, min(start + 7, len(words))):
            run += squash(words[end][0])
            if not wanted.startswith(run):
                break
            if run == wanted:
                name = text[words[start].start() : words[end].end()].strip(" .,'’-–—&*_")
                if "\n" in name or "://" in name or "." in name.strip("."):
                    break
                name = _lengthened(name, text[words[end].end() : words[end].end() + 60])
                if best is None or _shape(name) > _shape(best):
                    best = " ".join(name.removesuffix("'s").removesuffix("’s").split())
                break
    return best


def _lengthened(name: str, after: str) -> str:
    """The name with the words of business that follow it: "Union Pond" with "Ambulance"."""
    following = re.match(r" ([A-Z]\w+)", after)
    if following and name[:1].isupper() and following[1].lower() in role_words().business:
        return f"{name} {following[1]}"
    return name


def _shape(name: str) -> tuple[bool, bool, int]:
    """How much a spelling looks like a name: capitals, then spaces between words."""
    return (name[:1].isupper(), not name.isupper(), name.count(" "))


@lru_cache(maxsize=4096)
def _spaced(label: str) -> str | None:
    """A label as a name, with a space before its last word where that is a known one."""
    if len(label) < 3:
        return None
    if "-" in label:
        return " ".join(part.capitalize() for part in label.split("-") if part)
    for word in role_words().business:
        if label.endswith(word) and len(label) - len(word) >= 3:
            return f"{label[: -len(word)].capitalize()} {word.capitalize()}"
    return label.capitalize()


def _from_display(name: str) -> str | None:
    """The employer in a display name: "Ann at Acme", "Acme Recruiting", "Acme via Greenhouse"."""
    if at := _AT.search(name):
        found = _clean(at[1])
        if found:
            return found
    head = _VIA.split(name)[0] if _VIA.search(name) else name
    return _clean(_TAIL.sub("", head))


def _looks_personal(name: str) -> bool:
    """Whether a display name with nothing of an office in it could be a person's."""
    return bool(re.fullmatch(r"[A-Z][a-zé'-]+ [A-Z][a-zé'-]+", name)) and not any(
        word.lower() in role_words().business for word in name.split()
    )


def _from_prose(text: str, *, avoid: Address, strict: bool = False) -> str | None:
    counts: dict[str, float] = {}
    own = {squash(label_of(avoid.domain)), squash(avoid.name)}
    for rank, pattern in enumerate(_SAYS):
        if strict and rank not in (0, 1, 5):
            continue
        for match in pattern.finditer(text[:6000]):
            name = _clean(match[1])
            if (
                name
                and not is_title(name)
                and squash(name) not in own
                and name.lower() not in platform_names()
            ):
                counts[name] = counts.get(name, 0) + 1 / (rank + 1)
    return max(counts, key=lambda n: counts[n]) if counts else None


def _clean(name: str) -> str | None:
    """A name without legal form and trailing words; None where nothing of a name is left."""
    name = _LEGAL.sub("", " ".join(name.split()).strip(" .,:;-–—'’\"“”|"))
    words = name.split(" ")
    while words and words[0].lower().strip(".,'") in _NOT_NAMES:
        words = words[1:]
    while words and words[-1].lower().strip(".,'’") in _NOT_NAMES:
        words = words[:-1]
    name = " ".join(words).strip(" .,'’&-–—")
    name = name.removesuffix("'s").removesuffix("’s")
    return name if len(name) > 1 and not name.isdigit() and any(c.isalpha() for c in name) else None
