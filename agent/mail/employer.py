"""Who the employer is.

Never the platform that relays a mail, nor the agency that writes it. A name can be read from
several places, and each says so with a weight: the sender's own domain tells which of the names
in the mail is the employer's, because nothing but the domain cannot be misread; then the name
that the sender shows, the line of the signature, and the words around a name in the text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from agent.lexicon import platform_names, platform_of, role_words
from agent.lexicon.who import agency_words, employer_words, relays
from agent.mail.domains import is_free_mail, main_label, registrable
from agent.mail.machine import unattended
from agent.mail.message import Address, ParsedMail
from agent.mail.named import named_in
from agent.mail.role import is_title
from agent.mail.runs import Run, runs
from agent.mail.shown import (
    Shown,
    desk_after,
    employer_shown,
    institutional,
    is_desk_word,
    without_desk,
    without_legal_form,
)
from agent.mail.signer import last_name_in
from agent.mail.spelling import aligned, spaced, squash

__all__ = ["employer", "employer_written_to", "is_agency", "label_of", "squash"]

_READ = 6000  # characters of the text in which names are looked for
_BEFORE, _AFTER = 48, 40  # characters around a name that say what it is
_GENERIC = frozenset("service gov mail email info jobs careers example work hr apply".split())
_DESK_IN_LABEL = re.compile(
    r"(?<=\w{4})-?(?:careers?|recruit(?:ing|ment)?|hiring)$|(?<=\w{4})-(?:jobs|hr|talent|team)$"
)
_STATES = frozenset("nsw vic qld wa sa tas act nt k12 state county city".split())
_NOT_NAMES = frozenset(
    "the a an our your this we i you hi hello dear re fwd position role team interview application thank thanks monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december zoom teams skype google meet invitation updated canceled cancelled reminder confirmed confirmation update regarding notice action required est edt utc gmt pst pdt cst cdt et pt ct round phone video call chat office recruitment hr candidate id ref new next please if in on it job uk us usa am pm weds client clients details schedule microsoft webex interviews assessment offer they he she intro mandant profil aufsichtsrat kunde fragen interesse diese dieses yes no so then what when where who how everyone all".split()
)


@dataclass(slots=True)
class _Ballot:
    """Names by weight; two spellings of one name are one entry, the better spelling is kept."""

    weights: dict[str, float] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, weight: float) -> None:
        key = squash(name)
        self.weights[key] = self.weights.get(key, 0.0) + weight
        if key not in self.names or _shape(name) > _shape(self.names[key]):
            self.names[key] = name

    def best(self, least: float = 0.0) -> str | None:
        if not self.weights:
            return None
        key = max(self.weights, key=lambda k: self.weights[k])
        return self.names[key] if self.weights[key] >= least else None

    def longer(self, name: str) -> str:
        """The name with the words of an institution after it, where the mail has it so too."""
        longer = [
            other
            for other in self.names.values()
            if other.startswith(f"{name} ") and institutional(other)
        ]
        return max(longer, key=lambda other: self.weights[squash(other)], default=name)


@dataclass(frozen=True, slots=True)
class _Named:
    """A name in one portion of the mail, with what the words around it say for it."""

    name: str
    words: tuple[str, ...]
    cue: float
    share: float


def employer(
    mail: ParsedMail, text: str, signature: str, quoted: str, titles: Iterable[str] = ()
) -> str | None:
    """The employer's name as the mail spells it, or None where it names none.

    `titles` are the summaries of calendar events, which often name employer and user.
    """
    sender = mail.from_
    label = _label(sender)
    shown = employer_shown(sender.name, label)
    if (
        shown
        and shown.certain
        and relay_like(label)
        and not _spelled(label, tuple(shown.name.split()))
    ):
        label = ""  # "Calder Savings Talent <calder@hirevue-mail.example>"
    portions = (
        (f"{mail.subject}\n" + "\n".join(titles), 1.0),
        (text, 1.0),
        (signature, 0.9),
        (quoted, 0.5),
    )
    named = [each for portion, share in portions for each in _named(portion[:_READ], share)]
    if not label:
        return _relayed(mail, text, named, shown)
    if is_agency(sender, f"{signature}\n{text}", shown):
        return _client(named, label, shown)
    return _of_domain(sender, label, named, shown)


def employer_of_list(
    mail: ParsedMail, text: str, signature: str = "", quoted: str = ""
) -> str | None:
    """The employer whose jobs a list advertises: it names itself, and is no board of jobs."""
    label = _label(mail.from_)
    if not label or agency_words().boards.search(f"{label} {mail.from_.name}"):
        return None
    name = employer(mail, text, signature, quoted)
    return name if name and squash(name) in squash(f"{mail.subject} {text}") else None


def employer_written_to(mail: ParsedMail, quoted: str) -> str | None:
    """The employer that the user's own mail goes to, by the domain of its recipient."""
    for address in mail.to:
        label = _label(address)
        if not label:
            continue
        portions = ((mail.subject, 1.0), (mail.text, 1.0), (quoted, 0.7))
        named = [each for portion, share in portions for each in _named(portion[:_READ], share)]
        shown = employer_shown(address.name, label)
        if is_agency(address, shown=shown):
            return _client(named, label, shown)
        return _of_domain(address, label, named, shown)
    return None


def is_agency(sender: Address, signature: str = "", shown: Shown | None = None) -> bool:
    """Whether the sender is a recruiting agency, by its name and by what its people say.

    An employer's own talent team writes from the employer's domain, so titles say nothing here.
    """
    words = agency_words()
    if words.labels.search(label_of(sender.domain)):
        return True
    if words.desks.search(sender.name):
        return True
    if shown and shown.certain and words.names.search(shown.name):
        return True
    return bool(words.says.search(signature))


def label_of(domain: str) -> str:
    """The part of a domain that somebody chose: "mail.acme.co.uk" gives "acme"."""
    parts = [part for part in domain.lower().split(".") if part]
    label = main_label(domain)
    if (label in _STATES or label in _GENERIC) and len(parts) > len(registrable(domain).split(".")):
        label = parts[-len(registrable(domain).split(".")) - 1]
    return label


def relay_like(label: str) -> bool:
    """Whether a domain is called like a service that sends for many employers."""
    return bool(agency_words().relays.search(label))


def _label(address: Address) -> str:
    """The label of an employer's own domain; "" for platforms, free mail and hosts of the state."""
    domain = address.domain
    if not domain or is_free_mail(domain) or platform_of(address.email) is not None:
        return ""
    label = _DESK_IN_LABEL.sub("", label_of(domain))
    if any(label.startswith(name) for name in relays()):
        return ""
    return "" if label in _GENERIC or label in _STATES else label


# -- names in the text ------------------------------------------------------------------------


def _named(text: str, share: float) -> Iterator[_Named]:
    for run in runs(text):
        for piece in _pieces(run):
            if is_title(piece.text):
                continue  # "District Manager" is a role, not District's manager
            if name := _clean(piece.text):
                yield _Named(name, piece.words, _cue(text, piece, name), share)


def _pieces(run: Run) -> Iterator[Run]:
    """The run, and what stands before a possessive in it: "Orrin Tool's GM" is of Orrin Tool."""
    for index, word in enumerate(run.words[:-1]):
        if word.endswith(("'s", "’s")) and not institutional(run.text):
            yield Run((*run.words[:index], word[:-2]), run.starts[: index + 1])
            return
    yield run


def _cue(text: str, run: Run, name: str) -> float:
    """What the words around a name say for its being the employer's: 0, weak, or strong."""
    words = employer_words()
    before = text[max(0, run.start - _BEFORE) : run.start]
    after = text[run.end : run.end + _AFTER]
    shift = re.match(r"(?:The |A )", run.text)
    cue = 0.0
    if words.strong_before.search(before) and not (shift and not before.strip()):
        cue = 2.0
    elif words.strong_after.match(after):
        cue = 1.5
    elif words.weak_before.search(before) or words.weak_after.match(after):
        cue = 0.6
    if cue and is_title(name):
        return 0.0
    if run.text != name and desk_after(run.words):
        cue += 1.0
    return cue


def _clean(name: str) -> str | None:
    """A name without legal form, desk and framing words; None where nothing of a name is left."""
    words, _ = without_desk(name.split(), "")
    kept = words.split()
    while kept and kept[0].lower().strip(".,'") in _NOT_NAMES and kept[0] != "The":
        kept = kept[1:]
    while kept and kept[-1].lower().strip(".,'’") in _NOT_NAMES:
        kept = kept[:-1]
    plain = " ".join(kept).strip(" .,'’&-–—")
    plain = plain.removesuffix("'s").removesuffix("’s")
    if len(plain) < 2 or not any(letter.isalpha() for letter in plain) or plain in {"The", "I"}:
        return None
    return plain


def _shape(name: str) -> tuple[bool, bool, int]:
    """How much a spelling looks like a name: capitals, then spaces between words."""
    return (name[:1].isupper(), not name.isupper(), name.count(" "))


# -- the three kinds of sender ----------------------------------------------------------------


def _of_domain(sender: Address, label: str, named: list[_Named], shown: Shown | None) -> str | None:
    """The name that the sender's domain is made of, as the mail spells it."""
    ballot = _Ballot()
    certain = shown is not None and shown.certain
    own = set() if certain else {squash(word) for word in sender.name.split()}
    for each in named:
        if name := _spelled(label, each.words):
            if {squash(word) for word in name.split()} <= own and squash(name) != squash(label):
                continue
            ballot.add(name, (1.0 + each.cue + 0.3 * institutional(name)) * each.share)
    if not ballot.weights and unattended(sender) and (said := _said(named, label).best(least=2.0)):
        return said
    name = _spelled(label, tuple(shown.name.split())) if shown else None
    if shown and name and (certain or squash(name) == squash(label)):
        ballot.add(shown.name if certain else name, 8.0 if institutional(shown.name) else 4.0)
    if best := ballot.best():
        return _whole(ballot.longer(best), label)
    if shown and certain and squash(label).startswith(squash(shown.name)):
        return shown.name  # "Danni @ Halo" at halohair
    if shown and certain and (institutional(shown.name) or unattended(sender)):
        return shown.name
    lines = [each for each in named if each.share == 0.9 and institutional(each.name)]
    if lines and not is_title(lines[-1].name):
        return lines[-1].name
    return spaced(label, role_words().business)


def _whole(name: str, label: str) -> str:
    """A name, or what the domain makes of it where that has one word of business more."""
    rest = label.removeprefix(squash(name))
    return (
        spaced(label, (rest,)) or name if rest != label and rest in role_words().business else name
    )


def _spelled(label: str, words: tuple[str, ...]) -> str | None:
    """The part of a run that a label is made of, with the words of business after it."""
    fit = aligned(label, words)
    if fit is None or (len(label) < 5 and fit.quality < 1.0):
        return None
    start, end = fit.start, fit.end
    for index in range(end, len(words)):
        word = words[index].lower().strip(".,")
        business = index == end and word in role_words().business and not is_desk_word(word)
        known = word in employer_words().institutions
        if is_desk_word(word) and not (known and index == end == fit.end):
            break  # "Oswega County Personnel Office" is a desk of the county
        if business or known:
            end = index + 1
    if start and words[start - 1] == "The":
        start -= 1
    if (
        start
        and institutional(" ".join(words[:end]))
        and not institutional(" ".join(words[start:end]))
    ):
        start = 0
    return without_legal_form(" ".join(words[start:end]))


def _said(named: list[_Named], label: str = "") -> _Ballot:
    """The names that the text speaks of as an employer's."""
    ballot = _Ballot()
    for each in named:
        if each.name.lower() in platform_names() or is_title(each.name):
            continue
        if squash(each.name) in relays():
            continue
        if label and aligned(label, each.words):
            continue
        if each.cue >= 0.5:
            ballot.add(each.name, (each.cue + 0.7 * institutional(each.name)) * each.share)
    return ballot


def _relayed(mail: ParsedMail, text: str, named: list[_Named], shown: Shown | None) -> str | None:
    """Through a platform or a free mailbox: the name shown, the tenant's slug, or the text's word."""
    sender = mail.from_
    platform = platform_of(sender.email)
    if shown and shown.certain and not (platform and sender.email in platform.people):
        fuller = [
            each.name
            for each in named
            if f" {shown.name} " in f" {each.name} " and institutional(each.name)
        ]
        return fuller[0] if fuller else shown.name  # "NHS Recruitment" of "Eastmoor NHS Trust"
    if slug := _tenant(sender):
        ballot = _Ballot()
        for each in named:
            if name := _spelled(slug, each.words):
                ballot.add(name, (1.0 + each.cue) * each.share)
        return ballot.best() or spaced(slug, role_words().business)
    if platform is not None and platform.kind == "jobboard" and sender.email in platform.alerts:
        return None
    for address in mail.reply_to:
        if label := _label(address):
            return _of_domain(address, label, named, shown)
    met = [each.name for each in named_in(text, freely=True)]
    writer = last_name_in(text)
    if shown and writer and shown.name.startswith(f"{writer} "):
        met.append(shown.name)  # "Lucy Trelawney via Workable" signs as Lucy
    people = {squash(part) for name in met for part in (name, *name.split())}
    ballot = _said(
        [each for each in named if squash(each.name) not in people or institutional(each.name)]
    )
    if shown and platform is not None and squash(shown.name) not in people:
        ballot.add(shown.name, 1.0)
    return ballot.best(least=0.6)


def _tenant(sender: Address) -> str | None:
    """The slug by which a platform's address names the employer."""
    platform = platform_of(sender.email)
    if platform is None or platform.tenant is None:
        return None
    if platform.tenant == "local":
        slug = re.split(r"[+.]", sender.local)[0]
        bare = unattended(sender) and "+" not in sender.local and ".sender" not in sender.local
        return None if bare else slug
    base = next(
        (d for d in sorted(platform.domains, key=len) if sender.domain.endswith(f".{d}")), None
    )
    if base is None:
        return None
    return sender.domain.removesuffix(f".{base}").rpartition(".")[2].removesuffix("-talent")


def _client(named: list[_Named], label: str, shown: Shown | None) -> str | None:
    """The client that an agency names, by strong words alone; None where it names none."""
    ballot = _Ballot()
    own = {squash(shown.name)} if shown else set()
    for each in named:
        if squash(each.name) in own or (label and aligned(label, each.words)):
            continue
        if (
            each.cue >= 1.5
            and not is_title(each.name)
            and each.name.lower() not in platform_names()
        ):
            ballot.add(each.name, each.cue * each.share)
    return ballot.best()
