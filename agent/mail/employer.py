"""Who the employer is.

Every name of a mail is a candidate: those in its text, signature and history, the one that the
sender shows, the sender's domain spelled out. Each is told by signs (`employer_signs`), whose
weights are learned; the heaviest is chosen, and none where that is likelier. It is never the
platform that relays a mail, nor the agency that writes it.
"""

import re
from collections.abc import Iterable, Iterator

from agent.lexicon import platform_of, role_words
from agent.lexicon.display import display_words
from agent.lexicon.firms import sender_words
from agent.lexicon.who import agency_words, common_words
from agent.mail.agency import is_agency
from agent.mail.choice import best, table
from agent.mail.employer_signs import employer_signs
from agent.mail.firms import SIGNATURE, firms, shape, spelled
from agent.mail.label_names import in_full
from agent.mail.labels import own_label
from agent.mail.letterhead import READ, Letterhead, letterhead
from agent.mail.message import ParsedMail
from agent.mail.runs import JOINERS
from agent.mail.shown import institutional, without_desk, without_legal_form
from agent.mail.spelling import aligned, squash
from agent.mail.structured import structured

# The place of a calendar's event, up to the end of its line (RFC 5545, 3.8.1.7).
_PLACE = re.compile(r"(?m)^LOCATION[^:\r\n]{0,80}:([^\r\n]{3,80})")
_WORDS = 7  # words of a line that is a name
_SLUGS = 4  # links to applicant systems that are read for the employer's slug
_MOST = 48  # names of a mail that are weighed: of 12,640 mails the most is 39


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
    letter = letterhead(mail, mail.from_, text, signature, quoted, titles, language)
    return _employer(mail, letter, proposed=proposed)


def employer_written_to(mail: ParsedMail, quoted: str, language: str = "en") -> str | None:
    """The employer that the user's own mail goes to, by the first recipient that tells one."""
    for address in mail.to[:20]:
        letter = letterhead(mail, address, mail.text, "", quoted, (), language)
        if letter.label or platform_of(address.email):
            return _chosen(mail, letter)
    return None


def _employer(mail: ParsedMail, letter: Letterhead, *, proposed: bool = False) -> str | None:
    """The employer as markup tells it, else as the likeliest name does."""
    if mail.json_ld and (marked := structured(mail).company):
        return in_full(marked, letter.language)
    return _chosen(mail, letter, proposed=proposed)


def _chosen(mail: ParsedMail, letter: Letterhead, *, proposed: bool = False) -> str | None:
    signs = employer_signs(letter, candidates(mail, letter), proposed=proposed)
    found = best(table("employers"), signs)
    return in_full(found, letter.language) if found else None


def candidates(mail: ParsedMail, letter: Letterhead) -> list[str]:
    """The names of a mail that can be the employer's, each in the best of its spellings."""
    found: dict[str, str] = {}
    for name in filter(None, _told(mail, letter)):
        key = squash(name)
        found[key] = max(found.get(key, name), name, key=shape)
    for name in filter(None, _spelled(letter, tuple(found.values()))):
        found.setdefault(squash(name), name)  # how the mail spells it goes before
    return [name for key, name in found.items() if key][:_MOST]


def _told(mail: ParsedMail, letter: Letterhead) -> Iterator[str]:
    """The names that the mail has: shown, in its text, signature and history, at its place."""
    if letter.shown:
        yield letter.shown.name
    yield from (each.name for each in letter.named if each.share >= SIGNATURE)
    yield from _lines(letter)
    for part in mail.calendars[:1]:
        for place in _PLACE.findall(part.text[:READ])[:2]:
            yield place.partition("\\,")[0].strip()
    for each in letter.named:
        yield each.name
        yield _bare(each.name)


def _bare(name: str) -> str:
    """A name without the words of every day that a sentence or an agency puts before it.

    "Für Stegmann Pumpen", "Welcome to Trewint School", "Apex Staffing for Tillman Foods".
    """
    words = name.split()
    ends = [at for at, word in enumerate(words) if word.lower() in display_words().means_for]
    at = ends[-1] + 1 if ends else 0
    while at < len(words) and (words[at].lower() in common_words() or words[at] in JOINERS):
        at += 1
    return " ".join(words[at:])


def _lines(letter: Letterhead) -> Iterator[str]:
    """The lines under a letter that are a name: "Clinique vétérinaire Les Quatre Pattes"."""
    for line in letter.parts_below:
        name = line.partition(", ")[0].strip()  # "Camping De Oude Delta, Ouddorp"
        if name[:1].isupper() and name.count(" ") < _WORDS and name.replace(" ", "").isalpha():
            yield without_legal_form(name)
            yield without_desk(name.split(), letter.label)[0]


def _spelled(letter: Letterhead, told: Iterable[str]) -> Iterator[str]:
    """The domain and the slugs as names: the words that they are made of, else spelled out."""
    for label in filter(None, (letter.label, letter.tenant, *letter.slugs[:_SLUGS])):
        yield from (spelled(label, each.words) or "" for each in letter.named)
        for name in told:
            rest = squash(label).removeprefix(squash(name))
            if rest in role_words().business and rest != squash(label):
                yield f"{name} {rest.capitalize()}"  # "Otter Court" at ottercourthousing
        yield letter.spelled_out(label) or ""


# -- lists of jobs ----------------------------------------------------------------------------


def employer_of_list(
    mail: ParsedMail, text: str, signature: str = "", quoted: str = "", language: str = "en"
) -> str | None:
    """The employer whose jobs a list advertises: it names itself, and is no board of jobs."""
    sender = mail.from_
    letter = letterhead(mail, sender, text, signature, quoted, (), language)
    label, tenant = own_label(sender), None if own_label(sender) else letter.tenant
    if not label and not tenant:
        return None
    name, desk = without_desk(sender.name.split(), label)
    if sender_words().alerts.search(sender.local) and not desk and not tenant:
        return None
    boards, display = agency_words().boards, letter.shown
    if boards.search(label or tenant or ""):
        return None
    if boards.search(sender_words().talent.sub("", sender.name)):
        return _of_no_board(letter, mail.text, label, name)
    named_so = agency_words().names.search(sender.name) and agency_words().labels.search(label)
    if named_so or is_agency(sender, shown=display):
        return None  # "Friday hotlist", of which no job is the agency's own
    found = _employer(mail, letter)
    own = desk or sender_words().hires.fullmatch(sender.local) is not None
    shown = (own and squash(name) == squash(found or "")) or bool(tenant)
    person_at = display is not None and display.certain and display.name != name
    shown = shown or (person_at and squash(display.name if display else "") == squash(found or ""))
    told = squash(f"{mail.subject} {text}")
    return found if found and (shown or squash(found) in told) else None


def _of_no_board(letter: Letterhead, whole: str, label: str, name: str) -> str | None:
    """The employer in a list by a sender that is called like a board of jobs, and is none.

    "Garnet Health Network" writes from its careers' address; "Westmoor Jobs Bulletin" lists what
    is free "at Westmoor Borough Council", as its own domain is called.
    """
    shown = letter.shown
    if shown and shown.certain and institutional(shown.name) and shown.name in whole:
        return shown.name  # "Jobs at Fairmile Borough Council"
    if sender_words().hires.fullmatch(letter.sender.local) and aligned(label, tuple(name.split())):
        return name
    named = firms(((letter.text, 1.0),))
    others = {each.name for each in named if institutional(each.name)}
    if len([other for other in others if not aligned(label, tuple(other.split()))]) > 1:
        return None  # it lists what others seek
    told = (
        each.name
        for each in named
        if each.cue >= 2.0 and institutional(each.name) and aligned(label, each.words)
    )
    return next(told, None)
