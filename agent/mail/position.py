"""The title of the role that a mail about a job is about.

A title is read where something says that it is one: a label ("Position: Night Loader"), words
before it ("your application for", "Stelle als"), a noun after it ("the Dock Lead role"), or the
subject, cut into its parts. Each reading has a weight; what the mail says twice outweighs what
it says once, and quoted history counts half.
"""

import re
from collections.abc import Iterable, Iterator

from agent.lexicon.caseless import small
from agent.lexicon.shapes import Shape, Words, tables
from agent.lexicon.who import people_words, words_around_roles
from agent.mail import titles
from agent.mail.role import is_title
from agent.mail.runs import runs
from agent.mail.signer import is_name
from agent.mail.spelling import squash
from agent.mail.titles import titled

_READ = 6000  # characters of a portion that are looked at
_SUBJECT = 400  # characters of a subject that are looked at
_BLANKS = re.compile(r"[ \t\xa0]{2,}")
# The end of a line that only the width of the page made: a long line, and a sentence that goes on.
_WRAPPED = re.compile(r"(?<=[^\n]{45})(?<![.!?:;,])\n(?:>[> ]{0,6})?(?=[a-zß-ÿ(])")
_QUOTED = 3000
_SURE = 3.0  # what a title weighs that words for a job follow or announce
_NOTED = 0.9  # the share of what an event's description says
_LED_BY_VERB = 3  # words of a run that begins with a verb and an article
_LEAST = 1.0  # what a title must weigh in all
_CAPITALISING = frozenset({"en", "de"})  # languages that write titles with capitals in a sentence
_SUBJECT_PARTS = re.compile(r"\s+[-–—|·•/:]+\s+|:\s+|\s*[|•]\s*|,\s+|\s+@\s+|(?<=[a-z]{4})[.!?]\s+")


def _shape(source: str, *, caseless: bool = False) -> Shape:
    return Shape("title", source, caseless=caseless)


_PREFIX = _shape(r"^(?:\s*<reply>\s*:\s*)+", caseless=True)
_OF_SOMEBODY = _shape(
    r"[^\W\d_a-z][\w.'’-]*(?:,|\s?\()$|[^\W\d_a-z][\w.'’-]+ [^\W\d_a-z][\w.'’-]+ ?[-–—|:]$|(?i:<of_somebody>)$"
)
_ASKS_FOR = _shape(r"<asks_for>\s{0,2}$", caseless=True)
_LEADS_TO = _shape(r"<leads_to>$", caseless=True)
_LED = _shape(r"^(?:<led>\s|<elided_of>\s?)", caseless=True)
# What stands between such words and the title, whatever the language: "candidatura per il ruolo di".
_JOINED = _shape(
    r"(?:<led>\s{1,2}|<elided_of>\s?){0,2}(?:(?:<article> )?<job>(?:\s{1,2}<led>|\s?:)?\s{1,2}|\s?<elided_of>)?"
    r"(?:(?:<a>(?:\(a\))?|<article>)\s{1,2})?(?=\S)"
)
_JOB_NOUN = _shape(r"<job_noun>", caseless=True)
# Whom a title in capitals serves.
_SERVED = _shape(r" <to> [A-Z]{3}\b| <to_the_one> [A-Z][a-z]{2,20}(?: [A-Z][a-z]{2,20})?")
_TERM = _shape(r"(?:, [\w&-]{2,20})?, <term>", caseless=True)
# What can be a title's field behind a comma, up to where the phrase ends.
_BEHIND = _shape(
    r"(?:, (?:(?i:<term>)|[A-Z]{2}-\d{2,5}(?:-\d{1,3})?|[A-Z][\w&-]{1,20}(?: (?:<and>|&|<of>|[A-Z][\w&-]{1,20}|\d{1,2}\b)){0,3})){1,2}"
    r"(?=\s*(?:$|[.;:(|)?!–—]|- | <after_field>))"
)
# A grade or a share of a full post behind a title: "(Band 6)", "GS-12", "Band 6", "(0.6)".
_GRADE = _shape(
    r" (?:\((?:(?i:<step>) [\dIVX]{1,4}|0\.\d{1,2}(?: FTE)?(?:, [a-z]{3,10})?|GS-\d{1,4}(?:-\d{1,2})?)\)"
    r"|(?:(?i:<step>) \d{1,2}|GS-\d{1,4}(?:-\d{1,2})?)(?![\w-]))"
)
# Fields, regions and grades that are no town and no firm: "Data Scientist, Growth".
_FIELDS = _shape(r"(?i:<fields>)|, (?:<regions>|(?i:<ward>) \d{1,2}|GS-\d{1,4}(?:-\d{1,3})?)$")
_SAYS_JOB = _shape(
    r"<says_job>\s?(?:(?:<says_job_of>|:)\s{1,2}|<elided_of>)[\"«“„]?\s?$|<says_job_bare> [\"„]?$|[\"«“„]\s?$",
    caseless=True,
)
# Fields of work by which German mails call a job: "Technische Redaktion", "die Qualitätssicherung ist vergeben".
_GERMAN_FIELD = (
    r"(?:[A-ZÄÖÜ][a-zäöüß]{3,20}(?:ische|isches) )?(?:[A-ZÄÖÜ][\w-]{0,30}<field_ends>|<field_words>)"
    r"(?: [A-ZÄÖÜ][\w-]{2,20})?"
)
_FIELD_ALONE = _shape(_GERMAN_FIELD)
_FIELD_FILLED = _shape(
    rf"<field_for> ({_GERMAN_FIELD})(?=[.,;:?!]| (?!<and>)[a-zäöü])"
    rf"|<field_article> ({_GERMAN_FIELD}) <filled>"
)
_FULLER = _shape(r" (?:\([^()]{2,30}\)|I{1,3}|IV|V|(?i:<step>) ?\w{1,2})")
_FIELD = _shape(r" <of>\.? [^\W\d_]")
_AT_FIRM = _shape(r" <at_firm> (?=[^\W\d_a-z]|<article> )")
_FOR, _FOR_WORDS = _shape(r".* <for> "), Words("title", "for")
_TALK, _SOUGHT = Words("title", "talk"), Words("title", "sought")
# These are looked for in small letters, which is quicker than without regard to case.
_ANNOUNCES = _shape(r"<announces>[\s:]{1,3}(?=\S)")
_LABEL_INSIDE = _shape(r"(?:(?<=[.;|·] )|^)<label_inside>\s?:\s{1,2}(?=\S)")
_GATHERED = _shape(r"<definite> ((?:[a-z][\w-]{1,20} ){0,2}[a-z][\w-]{1,20}) <gatherings>")
_VACATED = _shape(
    r"<owners> ((?:[\w-]{2,20} ){0,2}?[\w-]{3,20}?)(?:['’]s)? <leaves>",
    caseless=True,
)
_PLACED = re.compile(r" \([A-Z]{2,3}\)$")  # "Inside Sales (US)"
_INITIALS = re.compile(r" \([A-Z]\.? ?[A-Z]\.?\)$")  # who comes: "Fundraiser interview (GL)"
_BRACKETED = re.compile(r"\(([^\W\d_][^()\n]{2,50}(?:\([^()]{1,4}\)[^()\n]{0,30})?)\)")
_PERSON_BEFORE = _shape(
    r"(?:[^\W\d_a-z][\w.'’-]+ [^\W\d_a-z][\w.'’-]+|<person_before> ?\.? ?[^\W\d_a-z][\w.'’-]+)\s*$"
)

Reading = tuple[str, float]


def position(
    subject: str,
    text: str,
    quoted: str = "",
    *,
    never: Iterable[str] = (),
    language: str = "en",
    events: Iterable[str] = (),
    notes: Iterable[str] = (),
) -> str | None:
    """The role's title as the mail writes it, without reference numbers; None where it has none.

    `never` are names that are no titles: the employer's, the user's, those of people. `events` are
    the summaries of a calendar's events, each like a subject, `notes` what they say further.
    """
    names = {squash(name) for name in never if name}
    polish = language == "pl"
    weights: dict[str, float] = {}
    spelled: dict[str, str] = {}
    loose = language not in _CAPITALISING
    readings = _readings(subject, text, quoted, loose=loose)
    fields = _fields(subject, text[:_READ]) if language == "de" else ()
    for found, weight in (*readings, *_of_events(subject, events, notes, loose), *fields):
        plain = titles.trimmed(_beside_names(_without_name(found, names), names))
        if plain and polish:
            plain = _nominative(plain)
        if plain is None or squash(plain) in names:
            continue
        if not titles.plausible(plain) and not (weight >= _SURE and plain.lower() in _SOUGHT):
            continue  # "the Editor position"; "our editor" is somebody
        key = squash(plain)
        weights[key] = weights.get(key, 0.0) + weight
        if key not in spelled or (plain[0].isupper() and not plain.isupper()):
            spelled[key] = plain
    elected = _elected(weights, spelled)
    return _with_field(elected, subject, text, names) if elected else None


def _ends_of(words: str, text: str) -> Iterator[int]:
    """Where each place ends at which words stand whole: a pattern of them would be compiled first."""
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        around = f"{text[at - 1 : at]}{text[end : end + 1]}"
        whole = not any(sign.isalnum() or sign == "_" for sign in around)
        if whole:
            yield end
        at = text.find(words, end if whole else at + 1)


def _with_field(title: str, subject: str, text: str, names: set[str]) -> str:
    """A title with what the mail says behind it: "Program Officer, Early Childhood".

    What follows a comma can be a town or a firm: it counts where it is said twice, or is a term of
    work ("Teller, Part Time"). "Executive Assistant to the Provost" is whole in any case.
    """
    portions = (
        _PREFIX.sub("", " ".join(subject[:_SUBJECT].split())),
        " ".join(text[:_READ].split()),
    )
    found: dict[str, int] = {}
    for portion in portions:
        for end in _ends_of(title, portion):
            if whole := _SERVED.match(portion, end):
                return f"{title}{whole[0]}"
            if grade := _GRADE.match(portion, end):
                return f"{title}{grade[0]}"
            if (after := _BEHIND.match(portion, end)) and _is_field(after[0], names):
                found[after[0]] = found.get(after[0], 0) + 1
    best = max(found, key=lambda each: found[each], default="")
    sure = found.get(best, 0) > 1 or _TERM.fullmatch(best) or _FIELDS.search(best)
    return f"{title}{best}" if sure else title


def _is_field(behind: str, names: set[str]) -> bool:
    """Whether what follows a title and a comma can be its field: no employer, no day, no person."""
    words = behind.strip(", ").split()
    given = words[0].lower() in people_words().given
    return (
        squash(behind) not in names
        and not given
        and not titles.dated(behind)
        and not titles.stepped(behind)
        and not any(squash(word) in names for word in words)
    )


def _elected(weights: dict[str, float], spelled: dict[str, str]) -> str | None:
    """The heaviest title, in its fullest spelling."""
    for key in sorted(weights, key=len):  # "Lead" said after "Radiology Team Lead" is the same
        longer = [k for k in weights if k != key and _says_more(spelled[k], spelled[key])]
        if longer and " " not in spelled[key]:
            weights[max(longer, key=lambda other: weights[other])] += weights.pop(key)
    best = max(weights, key=lambda key: weights[key], default=None)
    if best is None or weights[best] < _LEAST:
        return None
    fuller = [k for k in weights if _FULLER.fullmatch(spelled[k].removeprefix(spelled[best]))]
    return spelled[fuller[0] if fuller else best]


def _says_more(longer: str, title: str) -> bool:
    """Whether a title is another with words before it, or with its field after it: "Analista de datos"."""
    rest = longer.removeprefix(title)
    return squash(longer).endswith(squash(title)) or (rest != longer and bool(_FIELD.match(rest)))


def _nominative(title: str) -> str:
    """ "specjalistki ds. eksportu", as it stands after "na stanowisko", in its own form."""
    first, space, rest = title.partition(" ")
    own = _own_form(first, "nominative")
    if own == first:
        return title
    second, blank, others = rest.partition(" ")
    return f"{own}{space}{_own_form(second, 'agreeing')}{blank}{others}"


def _own_form(word: str, table: str) -> str:
    """A word with the ending that it has by itself."""
    for ending, own in tables("title")[table].items():
        if word.endswith(ending):
            return f"{word.removesuffix(ending)}{own}"
    return word


def _without_name(title: str, names: set[str]) -> str:
    """A title without the employer's name in brackets after it: "Product Designer (Mindleap)"."""
    head, opened, rest = title.rpartition(" (")
    return head if opened and squash(rest) in names else title


def _beside_names(title: str, names: set[str]) -> str:
    """A title up to where the employer's or the user's name begins in it, or after it."""
    words = title.split()
    while words and (squash(words[0]) in names or not squash(words[0])):
        words = words[1:]  # "Lukas Brandt - Analista"
    for index in range(1, len(words)):
        rest = squash(" ".join(words[index:]))
        cut = len(words) > index + 1 and any(name.startswith(rest) for name in names)
        if squash(words[index]) in names or rest in names or cut:
            return " ".join(words[:index])  # "Jefe de turno de Grupo Vallés"
    for end in range(1, len(words)):
        if squash(" ".join(words[:end])) in names:
            return " ".join(words[end:])
    return " ".join(words)


def _readings(subject: str, text: str, quoted: str, *, loose: bool) -> Iterator[Reading]:
    plain = _PREFIX.sub("", " ".join(subject[:_SUBJECT].split()))
    text, quoted = (
        _BLANKS.sub(" ", _WRAPPED.sub(" ", portion)) for portion in (text[:_READ], quoted[:_QUOTED])
    )
    yield from _of_subject(plain)
    for portion, share in ((plain, 1.0), (text[:_READ], 1.0), (quoted[:_READ], 0.5)):
        for title, weight in _of_text(portion, loose=loose):
            yield title, weight * share


def _of_events(
    subject: str, events: Iterable[str], notes: Iterable[str], loose: bool
) -> Iterator[Reading]:
    """What a calendar's events are called, where the subject does not say it, and tell."""
    for event in events:
        plain = _INITIALS.sub("", " ".join(event[:_SUBJECT].split()))
        if plain and plain not in subject:
            yield from _of_subject(plain)
    for note in notes:
        for title, weight in _of_text(note, loose=loose):
            yield title, weight * _NOTED


def _of_subject(subject: str) -> Iterator[Reading]:
    """The parts of a subject that are titles, without what frames them."""
    fields = words_around_roles().fields
    head = subject.partition(" @ ")[0]
    if (ending := _BRACKETED.search(head)) and head.endswith(ending[0]) and titled(ending[1]):
        yield ending[1], 1.6  # "Interview with Bea (PR Assistant)"
    for part in _SUBJECT_PARTS.split(titles.without_codes(subject)):
        bare = titles.unframed(titles.without_codes(_AT_FIRM.split(part.strip())[0]))
        led = _FOR.match(bare)
        behind = bare[led.end() :] if led else ""
        bare = behind if behind and titled(behind) else bare  # "on-demand interview for Teller"
        if not bare:
            continue
        if titled(bare) and len(bare.split()) < titles.LONGEST:
            yield bare, 2.6 if bare[0].isupper() else 2.0
        elif 1 < len(words := _PLACED.sub("", bare).lower().split()) <= 3 and words[-1] in fields:
            yield bare, 1.2


def _fields(subject: str, text: str) -> Iterator[Reading]:
    """A field of work that a German mail calls a job by, which no other word says to be one."""
    plain = _PREFIX.sub("", " ".join(subject[:_SUBJECT].split()))
    for part in _SUBJECT_PARTS.split(titles.without_codes(plain)):
        bare = titles.unframed(part.strip())
        if _FIELD_ALONE.fullmatch(bare) and not titled(bare):
            yield bare, 1.2
    for match in _FIELD_FILLED.finditer(text):
        yield match[1] or match[2], 1.1


def _of_text(text: str, *, loose: bool) -> Iterator[Reading]:
    """Every reading of a portion; `loose` where its language writes titles in small letters."""
    yield from _labelled(text)
    yield from _announced(text, loose=loose)
    yield from _told(text, loose=loose)
    yield from _vacated(text)
    if not loose:
        yield from _before_noun(text)
    yield from _standing(text)
    yield from _bracketed(text)
    yield from _alone(text)


def _labelled(text: str) -> Iterator[Reading]:
    """ "Position: Night Loader"."""
    for match in words_around_roles().label.finditer(text):
        line = text[match.end() : match.end() + 120].partition("\n")[0].partition(" | ")[0]
        parts = [
            titles.unframed(titles.without_codes(_AT_FIRM.split(part)[0]))
            for part in (*_SUBJECT_PARTS.split(line), *_BRACKETED.findall(line))
        ]
        if known := [part for part in parts if part and titled(part)]:
            yield known[0], 4.0
        elif title := titles.title_at(titles.unframed(line), 0):
            yield title, 4.0 if titled(title) else 2.0


def _announced(text: str, *, loose: bool) -> Iterator[Reading]:
    """ "your application for X", "Stelle als X"; after looser words what ends like a title."""
    around = words_around_roles()
    strong: set[int] = set()  # where a title was announced: the looser words say it no second time
    for match in around.strong_before.finditer(text):
        strong.add(match.end())
        joined = _JOINED.match(text, match.end()) if loose else None
        start = joined.end() if joined else match.end()
        before = text[match.start() : start]
        title = _LED.sub("", titles.title_at(text, start) or "")
        title = title if titled(title) or loose else titles.headed(title)
        if not title or (" " not in title and not titled(title) and not _JOB_NOUN.search(before)):
            continue  # "waiting for Kenji"
        if titles.capitalised(title) or (
            loose and (titled(title) or _SAYS_JOB.search(before) is not None)
        ):
            yield title, _weight(title)
    for match in around.weak_before.finditer(text):
        if match.end() in strong or _ASKS_FOR.search(
            text[max(0, match.start() - 16) : match.start()]
        ):
            continue  # "ask for the duty manager"
        if phrase := _phrase_behind(text, match.end(), loose=loose):
            yield phrase, 1.5 if phrase[0].isupper() else 1.1


def _phrase_behind(text: str, start: int, *, loose: bool) -> str | None:
    """The title that begins at a position, behind words that join it; None where none does."""
    joined = _JOINED.match(text, start) if loose else None
    phrase = titles.title_at(text, joined.end() if joined else start) or ""
    if not titled(phrase) and not loose:
        phrase = titles.headed(phrase)
    return phrase if titled(phrase) and (loose or titles.capitalised(phrase)) else None


def _told(text: str, *, loose: bool) -> Iterator[Reading]:
    """What only words of the lexicon's own announce: "want you as their X", "the X trial"."""
    lowered = small(text)
    for shape, weight in ((_ANNOUNCES, 1.6), (_LABEL_INSIDE, 3.0)):
        for match in shape.finditer(lowered):
            if phrase := _phrase_behind(text, match.end(), loose=loose):
                yield phrase, weight
    for match in _GATHERED.finditer(text):
        if " " in match[1] and titled(match[1]):
            yield match[1], 1.3


def _vacated(text: str) -> Iterator[Reading]:
    """ "Our stage manager is leaving us": whose job is free."""
    for match in _VACATED.finditer(small(text)):
        title = text[match.start(1) : match.end(1)]
        if titled(title):
            yield title, 1.1


def _weight(title: str) -> float:
    """How much a phrase after strong words counts: most where it ends like a title."""
    if titled(title):
        return 3.0 if title[:1].isupper() else 2.5
    return 1.2 if title[:1].isupper() else 1.4


def _before_noun(text: str) -> Iterator[Reading]:
    """The words before "role", "position", "vacancy"; before "committee" a title in capitals."""
    around = words_around_roles()
    for pattern in (around.followed, around.gathered):
        for match in pattern.finditer(text):
            line = text[max(0, match.start() - 90) : match.start()]
            clause = re.split(r"[.!?;:\n\"“(]|,\s", line)[-1].split()
            title = titles.title_ending(clause)
            surely = pattern is around.followed
            if not title or not titles.capitalised(title):
                continue
            interview = match[0].strip().lower() in _TALK and len(clause) < 8
            if not titled(title) and not _all_capitals(title):
                continue  # "Finance froze every open headcount"
            noun = text[match.start() : match.end()].strip()
            if noun[:1].isupper() and not titled(title):
                continue  # "at the Hitching Post"
            if surely or (titled(title) and (title[0].isupper() or interview)):
                yield title, 3.0 if titled(title) else 1.2


def _all_capitals(title: str) -> bool:
    """Whether every word of a phrase has a capital, small joining words apart."""
    return all(
        word[:1].isupper() or len(word) < 4 or not word[0].isalpha() for word in title.split()
    )


def _standing(text: str) -> Iterator[Reading]:
    """Titles in capitals that stand in a sentence by themselves, not after somebody's name."""
    for run in runs(text):
        words, before = run.words, text[max(0, run.start - 40) : run.start].rstrip(' \n"“')
        if len(words) > _LED_BY_VERB and words[1] == "the" and not titled(words[0]):
            words = words[2:]  # "Expect the Finance Business Partner"
        at = next((i for i, word in enumerate(words) if word in _FOR_WORDS), None)
        if at is not None:
            words, before = words[at + 1 :], " ".join(words[at - 1 : at + 1])
        leads = _LEADS_TO.search(before) is not None
        title = _beginning(words)
        if not title and leads and titled(" ".join(words)):
            title = " ".join(words)
        if title and not _OF_SOMEBODY.search(before) and not _signs(text, run.start):
            yield title, 1.8 if leads else 1.3


def _signs(text: str, start: int) -> bool:
    """Whether a title stands on a line of its own under somebody's name."""
    above = text[max(0, start - 80) : start]
    if above.strip(" \t*_") == "" or above.rstrip(" \t*_")[-1:] != "\n":
        return False
    line = above.rstrip().rpartition("\n")[2].strip(" *_-–—,")
    return is_name(line) and (" " in line or line.lower() in people_words().given)


def _beginning(words: tuple[str, ...]) -> str:
    """The longest title of two words or more with which a run begins; "" where there is none."""
    for end in range(len(words), 1, -1):
        if is_title(" ".join(words[:end])):
            return " ".join(words[:end])
    return ""


def _bracketed(text: str) -> Iterator[Reading]:
    """ "your interview on Friday (Night Receptionist)"; not what stands after a person's name."""
    for match in _BRACKETED.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        head = match[1].split(",")[0]
        if (cue := words_around_roles().strong_before.match(head)) and cue.end() < len(head):
            head = _LED.sub("", head[cue.end() :])  # "(puesto de conductora)"
        if titled(head) and not titles.generic(head) and not _PERSON_BEFORE.search(before):
            yield head, 1.2


def _alone(text: str) -> Iterator[Reading]:
    """A title that is a whole line of an invitation or a notice, not under a name, not signed."""
    lines = text[:2500].split("\n")
    above = ""
    for line in lines[:-3]:
        bare = titles.without_codes(line.strip(" \t*•-–|"))
        headed = " " not in bare and people_words().label.match(f"{bare}: A") is not None
        short = (
            not headed
            and 3 < len(bare) <= 60
            and len(bare.split()) < 7
            and bare[-1] not in ".,;:!?"
        )
        if short and bare[0].isupper() and titled(bare) and not is_name(above):
            yield bare, 1.2
        above = line.strip(" *_-–—,") or above
