"""The words right beside a bare number: whether they leave it an hour, and where its clause ends.

"at 3", "can't make 3" and "3." may be hours; "3 companies", "3%" and "au 12, rue des Lilas" count
or number something. Nothing is looked at but the two or three atoms to either side.
"""

from agent.mail.when.page import Page
from agent.mail.when.phrases import Clock
from agent.mail.when.tokens import Atom

# After an hour these leave it an hour; another word makes it a count of things.
_AFTER_HOUR = (
    "follow", "or", "and", "on", "to", "weekday", "relative", "tonight", "part", "inside", "which",
    "ampm", "limit", "latest", "zone", "iana", "utc", "at", "dom", "rather", "nay",
)  # fmt: skip


def has_word_before(page: Page, clock: Clock) -> bool:
    """ "at 3", "@ 2", "around 10", "from 2"; "rather than 3" where those words lead to the other."""
    before = page.atoms[clock.first - 1].classes if clock.first else {}
    return "at" in before or "rather" in before


def has_firm_word(page: Page, clock: Clock) -> bool:
    """ "at 3", "um 3": a word that leads to nothing but an hour."""
    return clock.first > 0 and "firm" in page.atoms[clock.first - 1].classes


def has_hour_before(page: Page, clock: Clock) -> bool:
    """ "alle ore 17.15 per noi", "o godz. 18, ul. Długa 12": a word that names the hour, whatever follows."""
    return clock.first > 0 and "hourly" in page.atoms[clock.first - 1].classes


def is_labelled(page: Page, clock: Clock) -> bool:
    """ "Interview time: 1.30", "Orario: dalle 9"."""
    at = clock.first - 1
    if at > 1 and {"from", "at"} & page.atoms[at].classes.keys():
        at -= 1
    if at < 1 or page.atoms[at].low != ":" or page.atoms[at].line != page.line(clock):
        return False
    return page.setting.words.shows("hourlabel", page.atoms[at - 1].low)


def has_verb_before(page: Page, clock: Clock) -> bool:
    """ "can't make 3", "let's do 4", "come 11 not 10": words that lead to an hour."""
    return clock.first > 0 and "forhour" in page.atoms[clock.first - 1].classes


def is_dotted(clock: Clock) -> bool:
    """Whether the minutes stand there ("9.00")."""
    return clock.last - clock.first > 1


def is_article(page: Page, clock: Clock) -> bool:
    """ "one evening next week", French "un matin": not one o'clock."""
    words = page.atoms[clock.first : clock.last]
    alone = len(words) == 1 and words[0].text.isalpha() and clock.hour == 1
    return alone and not has_firm_word(page, clock)


def opens_line(page: Page, clock: Clock) -> bool:
    """Whether nothing but a bullet, a stroke or the number of an entry goes before on the line."""
    at = clock.first - 1
    line = page.atoms[clock.first].line
    while at >= 0 and page.atoms[at].low in _BULLETS and page.atoms[at].line == line:
        at -= 1
    if at >= 0 and page.atoms[at].low == "o" and page.atoms[at].line == line:
        at -= 1  # a bullet, as Word writes its second level
    if at < 0 or page.atoms[at].line < line:
        return True
    return _is_number_of_entry(page, at)


_BULLETS = "-*•·◦○▪■►✓|(>"


def _is_number_of_entry(page: Page, at: int) -> bool:
    """ "1. 9.30", "b) 9.30", "Slot 2: 9.30": whether a line has nothing more up to its atom `at`."""
    atoms, line = page.atoms, page.atoms[at].line
    if at < 1 or atoms[at].low not in (".", ")", ":") or atoms[at - 1].line != line:
        return False
    number = atoms[at - 1].text
    if not (number.isdigit() and len(number) < 3) and not (len(number) == 1 and number.isalpha()):
        return False
    at -= 2
    if at >= 0 and atoms[at].line == line and atoms[at].text.isalpha():
        at -= 1
    while at >= 0 and atoms[at].line == line and atoms[at].low in _BULLETS:
        at -= 1
    return at < 0 or atoms[at].line < line


def opens_sentence(page: Page, place: int) -> bool:
    """ "Sorted! 4 on Tuesday.": nothing goes before in the sentence."""
    first = page.phrases[place].first
    before = page.atoms[first - 1] if first else None
    if before is None or before.low in (".", "!", "?", ",", "\u00b6"):
        return True
    return before.sentence != page.atoms[first].sentence


def ends_clause(page: Page, clock: Clock) -> bool:
    """Whether a number ends its clause, or is set against another ("11 not 10")."""
    after, last = atom_at(page, clock.last), page.atoms[clock.last - 1]
    if after is None or after.sentence != last.sentence:
        return True
    if after.line != last.line:  # a word in small letters goes on with what the line has begun
        return not after.text[:1].islower() or "follow" in after.classes
    if not after.text[:1].isalnum():
        return after.low in ",.!?;)" and not _makes_more(after, atom_at(page, clock.last + 1))
    return "rather" in after.classes


def ends_here(beyond: Atom | None) -> bool:
    """ "don't come in at 9 Nadia, …": a name that ends the clause is no count."""
    return beyond is None or beyond.low in (",", ".", "!", "?", ";", "\u00b6")


def is_plain(page: Page, clock: Clock) -> bool:
    """Whether an hour in figures ends its clause or leads to where it is ("7 from the yard")."""
    after = atom_at(page, clock.last)
    place = after is not None and bool({"inside", "firm"} & after.classes.keys())
    leads = after is not None and page.setting.words.shows("leads", after.low)
    spelled = page.atoms[clock.first].text.isalpha() and clock.minute > 0  # "nine thirty"
    digits = (page.atoms[clock.first].text.isdigit() or spelled) and clock.hour in range(6, 20)
    return digits and (place or leads or ends_clause(page, clock))


def stays_hour(page: Page, clock: Clock) -> bool:
    """Whether what follows a bare number leaves it an hour, not a count of something."""
    after, last = atom_at(page, clock.last), page.atoms[clock.last - 1]
    if after is None or after.sentence != last.sentence:
        return True
    if after.line != last.line and not after.text[:1].islower():
        return True
    beyond = atom_at(page, clock.last + 1)
    if not after.text[:1].isalnum():
        housed = after.low == "," and beyond is not None and "street" in beyond.classes
        return not (housed or _makes_more(after, beyond))  # "au 12, rue des Lilas"
    if "unit" in after.classes or "street" in after.classes:
        return False
    if "month" in after.classes:  # "at 10 March 3rd", but not "at 5 March Street"
        return beyond is not None and "dom" in beyond.classes
    if "manyparts" in after.classes or _is_rate(after, beyond):
        return False
    if any(name in after.classes for name in _AFTER_HOUR):
        return True
    named = after.capital and len(after.text) > 1  # but "at 1150 W. Fulton Market"
    if not (named and has_firm_word(page, clock) and ends_here(beyond)):
        return False
    town = atom_at(page, clock.last + 2)  # "at 7 Quayside, Newcastle"
    return not (beyond and town and beyond.low == "," and town.capital and len(town.text) > 1)


def goes_on_list(page: Page, clock: Clock) -> bool:
    """Whether the next of a list of hours is one too; minutes need less company than an hour."""
    if not is_dotted(clock) or page.atoms[clock.first].text.isalpha():
        spare = is_article(page, clock) and not ends_clause(page, clock)  # "and one cannot refuse"
        return stays_hour(page, clock) and not spare
    after = atom_at(page, clock.last)
    return after is None or not ({"unit", "measure"} & after.classes.keys() or after.low in "%$€£")


def _is_rate(after: Atom, beyond: Atom | None) -> bool:
    """ "etwa vier im Monat", "two in a week": so many of them each time."""
    return "inside" in after.classes and beyond is not None and "unit" in beyond.classes


def _makes_more(sign: Atom, beyond: Atom | None) -> bool:
    """ "3%", "3/4", "3-day": the sign behind a number makes it something else."""
    if sign.low in "%$€£°":
        return True
    if beyond is None or not beyond.glued:
        return False
    if sign.low == "-":
        return beyond.text[:1].isalpha()
    return sign.glued and sign.low in "/+:" and beyond.text[:1].isdigit()


def is_military(atom: Atom) -> bool:
    """Four figures that are no year of our days."""
    return "hhmm" in atom.classes and "year" not in atom.classes


def atom_at(page: Page, at: int) -> Atom | None:
    return page.atoms[at] if at < len(page.atoms) else None
