"""What a letter shows of who sends it: the sender's domain, the name shown, the names in the text.

Names come with what the words around them say (`firms`). A domain counts by its label, the part
that somebody chose; services that send for others, free mail and boards of jobs have none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agent.lexicon import platform_of, role_words
from agent.lexicon.firms import sender_words
from agent.lexicon.who import agency_words, common_words, employer_words, people_words
from agent.mail.addressee import beside_user
from agent.mail.domains import main_label
from agent.mail.firms import SIGNATURE, Firm, firms, spelled
from agent.mail.label_names import spelled_out
from agent.mail.labels import (
    inner_labels,
    label_of,
    own_label,
    relay_like,
    tenants,
    undisguised,
)
from agent.mail.machine import unattended
from agent.mail.mailboxes import is_desk
from agent.mail.message import Address, ParsedMail
from agent.mail.quotes import senders_below
from agent.mail.shown import (
    Shown,
    anonymous,
    employer_shown,
    institutional,
    is_desk_word,
    without_desk,
)
from agent.mail.spelling import aligned, spaced, squash

READ, SHOWN = 6_000, 160  # characters of a text and of a display name that are read
_SIGNED = 1_500  # ... and of a signature
_ADDRESS = re.compile(r"\S+@(\S+)")
_ADDRESSES = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_NO_PROSE = re.compile(r"https?://\S{1,300}|\S{1,64}@\S{1,100}")
_BARS = re.compile(r"\s[|·•]\s")
_FEWEST_IN_BOX = 7  # letters of a name that a strange mailbox is called by


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the employer is read from.

    `label` is that of the sender's domain, "" where it is nobody's own; `tenant` the slug by
    which a platform's address names the employer, `slugs` those of its links; `writers` are the
    labels of other addresses in a mail that a service sends, `passed` of those whose mail is
    passed on in it.
    """

    sender: Address
    label: str
    named: tuple[Firm, ...]
    shown: Shown | None
    subject: str
    text: str
    signature: str = ""
    quoted: str = ""
    tenant: str | None = None
    slugs: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    language: str = "en"

    def spelled_out(self, label: str) -> str | None:
        """A label as a name, with the spellings of this mail and its language."""
        writer = self.sender.name.split()
        text = f"{self.subject}\n{self.text}\n{self.signature}"
        return spelled_out(label, self._spellings(), text, self.language, writer)

    def _spellings(self) -> dict[str, str]:
        """The words of the mail by their letters, to spell a domain's parts with."""
        told = f"{self.sender.name}\n{self.signature[:500]}\n{self.text[:2500]}"
        told = _NO_PROSE.sub(" ", told)  # "boreal.zoom.us" has no accents
        return {squash(word): word for word in re.findall(r"[^\W\d_]{2,}", told)}

    @property
    def parts_below(self) -> list[str]:
        """The parts of those lines that bars set apart: "Verbeek Bouw | www.aannemer-vb.example"."""
        return [part.strip(" *_-–—.") for line in self.last_lines for part in _BARS.split(line)]

    @property
    def last_lines(self) -> list[str]:
        """The last eight lines under the letter, bare."""
        lines = f"{self.text[-200:]}\n{self.signature[:600]}".splitlines()
        return [bare for line in lines if (bare := line.strip(" *_-–—|."))][-8:]


def letterhead(
    mail: ParsedMail,
    sender: Address,
    text: str,
    signature: str,
    quoted: str,
    titles: Iterable[str] = (),
    language: str = "en",
) -> Letterhead:
    """What a mail shows of `sender`'s house, bounded; `titles` are those of calendar events.

    The sender of the user's own mail, by which its employer is read, is whom it is written to.
    """
    sender = Address(" ".join(sender.name[:SHOWN].split()), sender.email)
    text, signature, quoted = text[:READ], signature[:_SIGNED], quoted[:READ]
    heads = f"{mail.subject}\n\n" + "\n".join(titles)
    found = firms(((heads, 1.0), (text, 1.0), (signature, SIGNATURE), (quoted, 0.5)))
    named = tuple(kept for firm in found if (kept := beside_user(firm, mail)))
    label = _label_here(sender, named)
    shown = _shown(sender, label)
    if _sends_for_others(sender, label, shown, named):
        label = ""  # "Calder Savings Talent <calder@hirevue-mail.example>"
    return Letterhead(
        sender,
        label,
        named,
        shown,
        mail.subject[:SHOWN],
        text,
        signature,
        quoted,
        _tenant(sender),
        tuple(tenants(mail.links, mail.text[:READ])),
        tuple(_labels_told(mail)) if not label else (),
        tuple(_labels_passed(mail, sender)),
        language,
    )


# -- the domain -------------------------------------------------------------------------------


def _label_here(sender: Address, named: Iterable[Firm]) -> str:
    """The label of the sender's domain that the mail spells: the main one, else one before it."""
    label, named = own_label(sender), tuple(named)
    if not label or any(aligned(label, each.words) for each in named):
        return label
    plain = undisguised(label)
    if plain != label and any(aligned(plain, each.words) for each in named):
        return plain  # "1edgerlark" wants to be read as Ledgerlark
    for begin in sender_words().company_begins:
        rest = label.removeprefix(begin).lstrip("-")
        if rest == label or len(rest) < 4:
            continue
        word = rest in common_words()
        if any(aligned(rest, e.words) and (e.cue or not word) for e in named):
            return rest  # "getpelham", "wearefathom"
    head, hyphen, rest = label.partition("-")
    if hyphen and len(rest) > 4 and institutional(head):
        fits = ((e.words, aligned(rest, e.words)) for e in named if e.share >= SIGNATURE)
        if any(fit and "&" in words[: fit.end] for words, fit in fits):
            return rest  # "Stahl & Roth Rechtsanwälte" at kanzlei-stahl-roth
    for inner in inner_labels(sender.domain):
        if sum(aligned(inner, each.words) is not None for each in named) > 1:
            return inner  # "olivia@fryerhouse.some-service.example"
    return label


def _labels_told(mail: ParsedMail) -> Iterable[str]:
    """The labels of the addresses that a service's mail gives, and of its invitations' people."""
    told = [mail.text[:READ], *(part.text[:READ] for part in mail.calendars[:1])]
    own = {address.domain for address in mail.to}
    found = (Address("", each.lower()) for text in told for each in _ADDRESSES.findall(text)[:20])
    labels = {own_label(each): None for each in found if each.domain not in own}
    return [label for label in labels if len(label) > 3 and not relay_like(label)]


def _labels_passed(mail: ParsedMail, sender: Address) -> Iterator[str]:
    """The labels of those whose own mail is passed on: "From: Linda Marks <linda@brightside...>"."""
    known = {address.domain for address in (sender, *mail.to[:20])}
    writers = senders_below(mail.text[:READ])
    yield from filter(None, (own_label(each) for each in writers if each.domain not in known))


def _sends_for_others(
    sender: Address, label: str, shown: Shown | None, named: Iterable[Firm]
) -> bool:
    """Whether a domain is a service's: by its name, where nothing in the mail is called so."""
    named = tuple(named)
    if shown and shown.certain:
        own = spelled(label, tuple(shown.name.split())) is not None
        person = shown.name.split()[0].lower() in people_words().given
        tenant = len(sender.local) > 3 and squash(shown.name).startswith(squash(sender.local))
        tenant = tenant and (institutional(shown.name) or not person)
        tenant = tenant or _claims(label, shown, named)
        return not own and (relay_like(label) or tenant)
    called = any(aligned(label, each.words) for each in named)
    if relay_like(label) and sender_words().mails.search(label) and not called:
        return True
    service = relay_like(label) or agency_words().boards.search(label) is not None
    desk = unattended(sender) or is_desk(sender) or sender.local in sender_words().forms
    desk = desk or in_box(sender, named) is not None
    return service and desk and not called


def in_box(sender: Address, named: Iterable[Firm]) -> str | None:
    """The firm that a strange mailbox is called by: "careers.bluestonelogistics@freemail.example"."""
    local, own = squash(sender.local), squash(sender.name)
    for each in named:
        key = squash(each.name)
        told = each.cue > 0.0 or institutional(each.name)
        if told and len(key) > _FEWEST_IN_BOX and key in local and key not in own:
            return each.name if each.words[0].lower() not in people_words().given else None
    return None


def _claims(label: str, shown: Shown, named: Iterable[Firm]) -> bool:
    """Whether a mail shows and calls a firm that its domain has nothing of: a service's, or a fraud's."""
    key, named = squash(shown.name), tuple(named)
    told = any(squash(each.name) == key and each.cue >= 2.0 for each in named)
    strange = key[:3] != squash(label)[:3] and key not in squash(label)
    return told and strange and not any(aligned(label, each.words) for each in named)


def _tenant(sender: Address) -> str | None:
    """The slug by which a platform's address names the employer."""
    platform = platform_of(sender.email)
    if platform is None or platform.tenant is None:
        return None
    if platform.tenant == "local":
        slug = re.split(r"[+.]", sender.local)[0]
        bare = unattended(sender) and "+" not in sender.local and ".sender" not in sender.local
        given = sender.name.partition(" ")[0].lower() in people_words().given
        own = given and squash(sender.name) == squash(sender.local)  # "noor.haddad@hire.lever.co"
        return None if bare or own or is_desk_word(slug) else slug
    base = next(
        (d for d in sorted(platform.domains, key=len) if sender.domain.endswith(f".{d}")), None
    )
    if base is None:
        return None
    return sender.domain.removesuffix(f".{base}").rpartition(".")[2].removesuffix("-talent")


# -- the name shown ---------------------------------------------------------------------------


def _shown(sender: Address, label: str) -> Shown | None:
    """What the display name says of an employer, unless that is a desk's, however it is called."""
    shown = _display(sender, label)
    desk = (
        label
        and not relay_like(label)
        and squash(shown.name if shown else "") == squash(sender.local)
    )
    if desk and shown and not aligned(label, tuple(shown.name.split())):
        return None  # "Sekretariat Pflegedirektion <pflegedirektion@...>"
    if shown and anonymous(shown.name) and squash(shown.name) != squash(label):
        return None  # "Principal's Office", "County Recruitment", "Library HR"
    return shown


def _display(sender: Address, label: str) -> Shown | None:
    """What the display name says; one that is an address says that address's domain."""
    claimed = _ADDRESS.search(sender.name)
    bare = _ADDRESS.sub("", sender.name).strip(" <>()\"'")
    desk = not bare or not without_desk(bare.split(), "")[0]
    if claimed and desk and label_of(claimed[1]) != label:
        name = spaced(label_of(claimed[1]), role_words().endings)
        return Shown(name or claimed[1], certain=True)
    own = squash(bare) and not relay_like(label) and squash(bare) == squash(sender.local)
    if own and not aligned(label, tuple(bare.split())):
        return None  # "Faculty Search <facultysearch@...>" is a desk
    if not label and squash(bare) in {squash(sender.domain), squash(main_label(sender.domain))}:
        return None  # "Reed.co.uk <applications@reed.co.uk>"
    if rest := _behind_desk(bare.split(), sender):
        return Shown(rest, certain=True)
    return employer_shown(bare, label)


def _behind_desk(words: list[str], sender: Address) -> str | None:
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
