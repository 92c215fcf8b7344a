"""Who the employer is.

Never the platform that relays a mail, nor the agency that writes it. A name can be read from
several places, and each says so with a weight: the sender's own domain tells which of the names
in the mail is the employer's, because nothing but the domain cannot be misread; then the name
that the sender shows, the line of the signature, and the words around a name in the text.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from agent.lexicon import platform_of, role_words
from agent.lexicon.firms import firm_words, sender_words
from agent.lexicon.who import (
    agency_words,
    common_words,
    employer_words,
    people_words,
)
from agent.mail.addressee import beside_user
from agent.mail.agency import (
    client,
    consults,
    is_agency,
    on_behalf,
    passed_on,
    reported,
    subsidiary,
    third_party,
    unspelled,
)
from agent.mail.domains import main_label
from agent.mail.firms import SIGNATURE, Ballot, Firm, firms, spelled
from agent.mail.fullest import fullest
from agent.mail.label_names import in_full
from agent.mail.labels import (
    inner_labels,
    label_of,
    own_label,
    relay_like,
    tenants,
    undisguised,
)
from agent.mail.letterhead import ADDRESS, Letterhead, behind_desk, in_full_line, of_domain
from agent.mail.machine import unattended
from agent.mail.mailboxes import is_desk
from agent.mail.message import Address, ParsedMail
from agent.mail.proposals import for_another, sought_for, without_former
from agent.mail.shown import (
    Shown,
    anonymous,
    employer_shown,
    institutional,
    is_desk_word,
    without_desk,
)
from agent.mail.spelling import aligned, spaced, squash
from agent.mail.structured import structured
from agent.mail.told import employer_told

_ADDRESSES = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
# The place of a calendar's event, up to the end of its line (RFC 5545, 3.8.1.7).
_PLACE = re.compile(r"(?m)^LOCATION[^:\r\n]{0,80}:([^\r\n]{3,80})")
_FEWEST_IN_BOX = 7  # letters of a name that a strange mailbox is called by
_WORDS = 7  # words of a line that is a name
_READ, _SIGNED, _SHOWN = 6_000, 1_500, 160  # characters of text, signature and name that are read


def employer(
    mail: ParsedMail,
    text: str,
    signature: str,
    quoted: str,
    titles: Iterable[str] = (),
    language: str = "en",
    *,
    proposed: bool = False,
) -> str | None:
    """The employer's name as the mail spells it, or None where it names none.

    `titles` are the summaries of calendar events, which often name employer and user. `proposed`
    says that the mail proposes a job to somebody who has not applied.
    """
    if mail.json_ld and (marked := structured(mail).company):
        return in_full(marked, language)
    letter = _letter(mail, text, signature, quoted, titles, language, proposed=proposed)
    found = _elected(mail, letter, proposed=proposed)
    return in_full(fullest(found, _spellings(mail, letter)), language) if found else None


def _spellings(mail: ParsedMail, letter: Letterhead) -> Iterable[str]:
    """Every name of a mail that can be a fuller spelling of the employer's."""
    yield from (each.name for each in letter.named if each.share >= SIGNATURE)
    for line in f"{letter.text[-200:]}\n{letter.signature[:400]}".splitlines()[-4:]:
        name = line.partition(", ")[0].strip(" *_-–—|.")
        if name[:1].isupper() and name.count(" ") < _WORDS and name.replace(" ", "").isalpha():
            yield name  # "Clinique vétérinaire Les Quatre Pattes", "Camping De Oude Delta, Ouddorp"
    if letter.shown and len(letter.shown.name) < _SHOWN:
        yield letter.shown.name
    for part in mail.calendars[:1]:
        for place in _PLACE.findall(part.text[:_READ])[:2]:
            yield place.partition("\\,")[0].strip()


def _letter(
    mail: ParsedMail,
    text: str,
    signature: str,
    quoted: str,
    titles: Iterable[str],
    language: str,
    *,
    proposed: bool,
) -> Letterhead:
    """What is read of a mail, bounded, with the names in it."""
    sender = _bounded(mail.from_)
    text, signature, quoted = text[:_READ], signature[:_SIGNED], quoted[:_READ]
    named = firms(
        (
            (f"{mail.subject}\n\n" + "\n".join(titles), 1.0),
            (text, 1.0),
            (signature, SIGNATURE),
            (quoted, 0.5),
        )
    )
    named = [kept for firm in named if (kept := beside_user(firm, mail))]
    label = _label_here(sender, named)
    named = without_former(named, text, label) if proposed else named
    shown = _shown(sender, label)
    if _sends_for_others(sender, label, shown, named):
        label = ""  # "Calder Savings Talent <calder@hirevue-mail.example>"
    return Letterhead(
        sender,
        label,
        named,
        shown,
        text,
        signature,
        tuple(tenants(mail.links, mail.text[:_READ])),
        language,
        mail.subject[:_SHOWN],
        tuple(_labels_told(mail)) if not label else (),
    )


def _elected(mail: ParsedMail, letter: Letterhead, *, proposed: bool) -> str | None:
    """The employer by the way that fits who sends the mail."""
    sender, text, signature, label = letter.sender, letter.text, letter.signature, letter.label
    if proposed and for_another(text, signature, letter.named, label):
        return client(replace(letter, named=sought_for(letter.named, text)), headed=False)
    if not label:
        return _relayed(mail, letter)
    if is_agency(sender, f"{signature}\n{text}", letter.shown) or consults(letter):
        return client(letter) or passed_on(mail, letter)
    if unattended(sender) and (customer := _customer(letter)):
        return customer
    if other := third_party(letter) or _of_group(letter) or subsidiary(letter) or reported(letter):
        return other
    found = of_domain(letter)
    return unspelled(letter, found) or found


def _of_group(letter: Letterhead) -> str | None:
    """The firm under the letter that says whose part it is: "Kestrel Books, part of PGL Group"."""
    lines = f"{letter.text[-200:]}\n{letter.signature[:600]}"
    for found in firm_words().part_of.finditer(lines):
        line = lines[: found.start()].rpartition("\n")[2]
        after = tuple(lines[found.end() :].partition("\n")[0].strip(" .)").split()[:6])
        own = [each for each in letter.named if line.endswith(each.name)]
        group = bool(after) and aligned(letter.label, after) is not None
        if group and own and own[0].words != after[: len(own[0].words)]:
            return max((each.name for each in own), key=len)
    return None


def _customer(letter: Letterhead) -> str | None:
    """For whom a service sends that shows its own name: "Kshitij Foods requests you", by Mettl."""
    shown = letter.shown
    for each in on_behalf(f"{letter.text}\n{letter.signature}", letter.named):
        return None if aligned(letter.label, each.words) else each.name
    if any(aligned(letter.label, each.words) for each in letter.named):
        return None
    if shown and spelled(letter.label, tuple(shown.name.split())) is None:
        return None
    found = employer_told(replace(letter, shown=None), behind=False, least=2.0)
    spoken = any(
        squash(each.name) == squash(found or "")
        and (each.cue >= 0.5 or each.name in letter.subject)
        for each in letter.named
    )
    return found if spoken else None


def _labels_told(mail: ParsedMail) -> Iterable[str]:
    """The labels of the addresses that a service's mail gives, and of its invitations' people."""
    told = [mail.text[:_READ], *(part.text[:_READ] for part in mail.calendars[:1])]
    own = {address.domain for address in mail.to}
    found = (Address("", each.lower()) for text in told for each in _ADDRESSES.findall(text)[:20])
    labels = {own_label(each): None for each in found if each.domain not in own}
    return [label for label in labels if len(label) > 3 and not relay_like(label)]


def _bounded(sender: Address) -> Address:
    """A sender whose name is no longer than names are, blanks closed up."""
    return Address(" ".join(sender.name[:_SHOWN].split()), sender.email)


def _label_here(sender: Address, named: list[Firm]) -> str:
    """The label of the sender's domain that the mail spells: the main one, else one before it."""
    label = own_label(sender)
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


def _sends_for_others(sender: Address, label: str, shown: Shown | None, named: list[Firm]) -> bool:
    """Whether a domain is a service's: by its name, where nothing in the mail is called so."""
    if shown and shown.certain:
        own = spelled(label, tuple(shown.name.split())) is not None
        person = shown.name.split()[0].lower() in people_words().given
        tenant = len(sender.local) > 3 and squash(shown.name).startswith(squash(sender.local))
        tenant = tenant and (institutional(shown.name) or not person)
        tenant = tenant or _claims(label, shown, named)
        return not own and (relay_like(label) or tenant)
    if (
        relay_like(label)
        and sender_words().mails.search(label)
        and not any(aligned(label, e.words) for e in named)
    ):
        return True
    service = relay_like(label) or agency_words().boards.search(label) is not None
    desk = unattended(sender) or is_desk(sender) or sender.local in sender_words().forms
    desk = desk or _in_box(sender, named) is not None
    return service and desk and not any(aligned(label, each.words) for each in named)


def _in_box(sender: Address, named: list[Firm]) -> str | None:
    """The firm that a strange mailbox is called by: "careers.bluestonelogistics@freemail.example"."""
    local, own = squash(sender.local), squash(sender.name)
    for each in named:
        key = squash(each.name)
        told = each.cue > 0.0 or institutional(each.name)
        if told and len(key) > _FEWEST_IN_BOX and key in local and key not in own:
            return each.name if each.words[0].lower() not in people_words().given else None
    return None


def _claims(label: str, shown: Shown, named: list[Firm]) -> bool:
    """Whether a mail shows and calls a firm that its domain has nothing of: a service's, or a fraud's."""
    key = squash(shown.name)
    told = any(squash(each.name) == key and each.cue >= 2.0 for each in named)
    strange = key[:3] != squash(label)[:3] and key not in squash(label)
    return told and strange and not any(aligned(label, each.words) for each in named)


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
    claimed = ADDRESS.search(sender.name)
    bare = ADDRESS.sub("", sender.name).strip(" <>()\"'")
    desk = not bare or not without_desk(bare.split(), "")[0]
    if claimed and desk and label_of(claimed[1]) != label:
        return Shown(
            spaced(label_of(claimed[1]), role_words().business) or claimed[1], certain=True
        )
    if (
        squash(bare)
        and not relay_like(label)
        and squash(bare) == squash(sender.local)
        and not aligned(label, tuple(bare.split()))
    ):
        return None  # "Faculty Search <facultysearch@...>" is a desk
    if not label and squash(bare) in {squash(sender.domain), squash(main_label(sender.domain))}:
        return None  # "Reed.co.uk <applications@reed.co.uk>"
    if rest := behind_desk(bare.split(), sender):
        return Shown(rest, certain=True)
    return employer_shown(bare, label)


def employer_of_list(
    mail: ParsedMail, text: str, signature: str = "", quoted: str = "", language: str = "en"
) -> str | None:
    """The employer whose jobs a list advertises: it names itself, and is no board of jobs."""
    sender = mail.from_
    label = own_label(sender)
    tenant = None if label else _tenant(sender)
    if not label and not tenant:
        return None
    name, desk = without_desk(sender.name.split(), label)
    if sender_words().alerts.search(sender.local) and not desk and not tenant:
        return None
    boards, display = agency_words().boards, _shown(sender, label)
    if boards.search(label or tenant or ""):
        return None
    if boards.search(sender_words().talent.sub("", sender.name)):
        return _of_no_board(mail, text, label, name)
    named_so = agency_words().names.search(sender.name) and agency_words().labels.search(label)
    if named_so or is_agency(sender, shown=display):
        return None  # "Friday hotlist", of which no job is the agency's own
    found = employer(mail, text, signature, quoted, (), language)
    own = desk or sender_words().hires.fullmatch(sender.local) is not None
    shown = (own and squash(name) == squash(found or "")) or bool(tenant)
    person_at = display is not None and display.certain and display.name != name
    shown = shown or (person_at and squash(display.name if display else "") == squash(found or ""))
    told = squash(f"{mail.subject} {text}")
    return found if found and (shown or squash(found) in told) else None


def _of_no_board(mail: ParsedMail, text: str, label: str, name: str) -> str | None:
    """The employer in a list by a sender that is called like a board of jobs, and is none.

    "Garnet Health Network" writes from its careers' address; "Westmoor Jobs Bulletin" lists what
    is free "at Westmoor Borough Council", as its own domain is called.
    """
    shown = _shown(mail.from_, label)
    if shown and shown.certain and institutional(shown.name) and shown.name in mail.text:
        return shown.name  # "Jobs at Fairmile Borough Council"
    if sender_words().hires.fullmatch(mail.from_.local) and aligned(label, tuple(name.split())):
        return name
    named = firms(((text[:_READ], 1.0),))
    others = {each.name for each in named if institutional(each.name)}
    if len([other for other in others if not aligned(label, tuple(other.split()))]) > 1:
        return None  # it lists what others seek
    return next(
        (
            each.name
            for each in named
            if each.cue >= 2.0 and institutional(each.name) and aligned(label, each.words)
        ),
        None,
    )


def employer_written_to(mail: ParsedMail, quoted: str, language: str = "en") -> str | None:
    """The employer that the user's own mail goes to, by the domain of its recipient."""
    for address in map(_bounded, mail.to[:20]):
        label = own_label(address)
        if not label:
            continue
        named = firms(((mail.subject, 1.0), (mail.text, 1.0), (quoted, 0.7)))
        shown = employer_shown(address.name, label)
        told = f"{mail.text[:_READ]}\n{quoted[:_READ]}"
        letter = Letterhead(address, label, named, shown, told, "", (), language)
        if is_agency(address, shown=shown):
            return client(letter)
        return third_party(letter) or of_domain(letter)
    return _of_platform(mail, quoted, language)


def _of_platform(mail: ParsedMail, quoted: str, language: str) -> str | None:
    """The employer of a mail that goes through a platform: "Re: Interview with Foxglove"."""
    address = next((each for each in mail.to[:20] if platform_of(each.email)), None)
    if address is None:
        return None
    portions = ((mail.subject, 1.0), (mail.text, 1.0), (quoted, 0.7))
    address = _bounded(address)
    letter = Letterhead(
        address,
        "",
        firms(portions),
        _shown(address, ""),
        mail.text[:_READ],
        "",
        (),
        language,
        mail.subject[:_SHOWN],
    )
    return _relayed(mail, letter)


# -- the kinds of sender ----------------------------------------------------------------------


def _relayed(mail: ParsedMail, letter: Letterhead) -> str | None:
    """Through a platform or a free mailbox: the name shown, the tenant's slug, or the text's word."""
    sender, named, shown = letter.sender, letter.named, letter.shown
    platform = platform_of(sender.email)
    behind = platform is not None and sender.email in platform.people
    if shown and shown.certain and not behind:
        if not _says(letter, shown.name) and (
            told := employer_told(letter, behind=behind, least=2.0)
        ):
            return told  # "Career System", of which the text says "at Rhenus Chemie"
        fuller = [each.name for each in named if _fuller(each.name, shown.name)]
        return fuller[0] if fuller else shown.name  # "NHS Recruitment" of "Eastmoor NHS Trust"
    if slug := _tenant(sender):
        return _of_slug(slug, letter)
    if platform is not None and platform.kind == "jobboard" and sender.email in platform.alerts:
        return None
    if (
        platform
        and not unattended(sender)
        and is_agency(sender, f"{letter.signature}\n{letter.text}")
    ):
        return client(letter)
    if platform is None and (boxed := _in_box(sender, named)):
        return boxed
    for address in mail.reply_to:
        if label := own_label(address):
            return of_domain(replace(letter, sender=address, label=label))
    return employer_told(letter, behind=behind)


def _says(letter: Letterhead, name: str) -> bool:
    """Whether subject, text or signature has a name, alone or within a longer one."""
    key = squash(name)
    told = (squash(each.name.removeprefix("The ")) for each in letter.named)
    return any(key in other or (len(other) > 3 and other in key) for other in told)


def _fuller(name: str, shown: str) -> bool:
    """Whether a name is the shown one with an institution's word more at one of its ends."""
    if f" {shown} " not in f" {name} " or name == shown:
        return False
    rest = name.split()
    known = employer_words().institutions
    return rest[-1].lower() in known or (rest[0].lower() in known and not name.startswith(shown))


def _of_slug(slug: str, letter: Letterhead) -> str | None:
    """The employer whose slug a platform's address has, as the mail spells it."""
    if letter.shown:
        fit = aligned(slug, tuple(letter.shown.name.split()))
        if fit is not None and fit.start == 0:
            return letter.shown.name  # "Harbison Steel <harbison@...>"
    ballot = Ballot()
    for each in letter.named:
        if name := spelled(slug, each.words):
            ballot.add(name, (1.0 + each.cue) * each.share)
    best = ballot.best()
    return in_full_line(letter, ballot.longer(best)) if best else letter.spelled_out(slug)


def _tenant(sender: Address) -> str | None:
    """The slug by which a platform's address names the employer."""
    platform = platform_of(sender.email)
    if platform is None or platform.tenant is None:
        return None
    if platform.tenant == "local":
        slug = re.split(r"[+.]", sender.local)[0]
        bare = unattended(sender) and "+" not in sender.local and ".sender" not in sender.local
        return None if bare or is_desk_word(slug) else slug
    base = next(
        (d for d in sorted(platform.domains, key=len) if sender.domain.endswith(f".{d}")), None
    )
    if base is None:
        return None
    return sender.domain.removesuffix(f".{base}").rpartition(".")[2].removesuffix("-talent")
