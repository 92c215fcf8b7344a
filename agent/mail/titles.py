"""Titles of jobs as phrases: where one begins and ends in a text, and what is none.

`title_at` reads forward from words that announce a title, `title_ending` back from a noun that
follows one; `trimmed` takes reference numbers, quotes and framing words off; `titled` says
whether a phrase is built like a title at all, in eight languages.
"""

import re
from functools import lru_cache

from agent.lexicon import role_words
from agent.lexicon.shapes import Shape, Words
from agent.lexicon.who import people_words, trades, words_around_roles
from agent.mail.role import is_title

LONGEST = 8  # words of a title
_CHARACTERS = range(2, 81)
_TOKEN = re.compile(r"[ \t]*\n?[ \t]*(\S+)")
_DASHES = frozenset("-–—")
_SIGNS = frozenset("&-–/")  # small, and of no language


def _words(*names: str) -> Words:
    return Words("title", *names)


def _shape(source: str, *, caseless: bool = True) -> Shape:
    return Shape("title", source, caseless=caseless)


_LEAD, _AND = _words("lead"), _words("and")
_SMALL, _LEFT, _OPENS = _words("small"), _words("small", "lead", "and"), _words("small", "and")
_POLITE, _POLITE_CAPITAL = _words("polite"), _words("polite_capital")
_PRONOUNS, _BEGINS_BEHIND = _words("pronouns"), _words("begins_behind")
_STAFF, _SURNAMES = _words("staff"), _words("surnames")
_AFTER_COMMA = _shape(r"<after_comma>$")
# "(m/w/d)", "(alle)", "(60-80 %)": whom a job is for, how much of it.
_MARKS = _shape(
    r"\s*[(\[]\s*(?:(?:[mwfdhvkxi]|<everybody>\.?)(?:\s?[/|,*.:]\s?(?:[mwfdhvkxi]|<everybody>\.?)){0,3}|mwd"
    r"|\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?%|<from_home>)\s*[)\]]"
    r"|\s+(?:[mwf]\s?/\s?[mwfd](?:\s?/\s?[dxmwf])?|[hf]/[fh](?:/x)?|[mvx]/[vmx](?:/[xmv])?|\d{2,3}\s?%)(?=\s|$|[,;)])"
)
_CODE = _shape(
    r"\.(?:pdf|docx?)$|\s*[-–—|,#]*\s*[(\[]\s*(?:<code_brackets>[^()\[\]]{0,30}|[a-z]{0,4}[-/]?\d{3}[^()\[\]]{0,24}|\d\d-\d{3,6}|[a-z]{1,3}/\d[\w/]{0,10}|[a-z]{1,2}-\d[\w-]{2,14})\s*[)\]]"
    r"|\s*[-–—|,#]*\s*<code>[.:# ]{0,3}[\w/-]{0,12}\d[\w/-]{0,12}"
    r"|\s+[a-z]{1,4}[/-]\d{2,}[\w/-]{0,14}$|\s+#?\d{3,}[-\w]{0,12}$|\s*[-–—]\s*r?-?\d{4,}[-\d]{0,12}$"
)
_LEADING_CODE = _shape(r"^(?:<code_before>\s+)?(?:[a-z]{0,4}-?\d[\w/.-]{1,16},?\s+)+(?=[a-z])")
_STEP = _shape(r"\s+(?:<step> ?\w{1,2}|I{1,3}|IV)$")
# A line of a quoted header or of a form: "Betreff: Koch", "Subject: Re: rigger".
_HEADED = _shape(r"^<header>\s?:\s?(?:<reply>\s?:\s?){0,3}")
_ASIDE = _shape(r"\s\((?:<aside>|<aside_of> [^()]{2,20})\)$")
# What brackets say of a job beside its title: pay, place, term: "(70-85k hybrid)".
_SPECIFIED = re.compile(
    r"\s\((?=[^()]{0,60}\d)(?:[^()\s]{1,30}(?:\s[^()\s]{1,30}){2,9}|[^()]{0,30}\dk\b[^()]{0,30}|[^()]{0,20}[$€£] ?\d[^()]{0,20})\)$"
)
_MONTH = _shape(r"<month>")
_DAY_OF = _shape(r"(?:<day_of> )?<month>")
_NUMBERED = _words("numbered")
# Ends of trades that take a field in small letters behind them.
_GOES_ON = _words("goes_on")
# Articles within a title, behind a small word and before a small one: "adjointe à la direction".
_INNER, _INNER_OF, _TO_THE = _words("inner"), _words("inner_of"), _words("to_the")
_TO_THE_TRADES = _words("to_the_trades")
_SERVED = _shape(r"<to_the_served>", caseless=False)
_FIELD_IN = _words("field_in")
_ELIDED, _ELIDED_OF = _words("elided"), _words("elided_of")
_OF_IN_FOR, _OF = _words("of_in_for"), _shape(r" <of> ", caseless=False)
_WRAP = re.compile(r"[\"“”„«»*_]")
_DATE = _shape(r"<weekday>|<month_day>\.? \d|\d[:.]\d\d|\b\d{1,2} ?<half_day>")
_SERVING, _SERVING_TO = _words("serving"), _words("serving_to")
_ACADEMIC, _ACADEMIC_IN = _words("academic"), _words("academic_in")
_STOP = re.compile(r"[.,;:!?\"”»]$")
_SHORTENED = _shape(r"(?:<shortened>|[A-Z])\.", caseless=False)
_LEADS = _shape(
    r"^(?:<elided_of>|<as>\s+|[-–—]\s+)|^<a_small>\s+(?=[a-zß-ÿ])|^<leads>\s+|^(?-i:<leads_small>)\s+",
)
_TRAILS = _shape(r"\s+<trails>$|\s+-\s+<stage> \d.{0,40}$")
_HANGING = _shape(r"(?:\s+(?:<hanging>|(?-i:<hanging_small>)|\d{1,3}\s?%.*))+$")
_INNER_TITLE = _shape(r"(?:\S+ ){1,7}<a> ([a-zß-ÿ].{2,60})$", caseless=False)
_FRAMES_OF_JOBS = _words("frames_of_jobs")
# Words that frame a title elsewhere and belong to it here: "Process Associate", "Team Lead".
_DOUBTFUL = _words("doubtful")
# Words of framing that begin titles of several words too: "Process Safety Engineer".
_OF_WORK = _words("of_work")
_TERMS = _words("terms")  # in small letters, of how long
_ONE_MORE = _words("one_more")
_REGIONS = _words("regions")
_INITIALS, _NEVER_ON = _words("initials"), _words("ends")


_NO_WORDS = re.compile(r"\([^)]*\)|[^\w\s/-]")  # with what stands in brackets


@lru_cache(maxsize=2048)
def titled(phrase: str) -> bool:
    """Whether a phrase ends, or in other languages begins, as a title does."""
    bare = _STEP.sub("", phrase)
    if is_title(bare) or bare.lower() in words_around_roles().phrases or bare in _INITIALS:
        return True
    words = _NO_WORDS.sub(" ", bare).lower().split()
    if not words:
        return False
    if len(words) > 1 and words[0] in role_words().heads and words[1] in _OF_IN_FOR:
        return True  # "Teacher of Geography"
    heads = words_around_roles().heads
    ends = {word for word in (words[0], words[-1]) if _written_as_head(word, bare, words)}
    if (
        len(words) < 7
        and (_trade(words[0]) or _trade(words[-1], last=True))
        and not _surnamed(phrase)
    ):
        return True
    return any(word.endswith(_tails()) for word in ends) or any(
        part in heads or part in role_words().heads
        for word in ends
        for part in word.replace("-", "/").split("/")
        if word != part or part in heads
    )


@lru_cache(maxsize=1024)
def headed(phrase: str) -> str:
    """The longest beginning of a phrase that ends as a title does, the phrase where none does.

    "finance manager, 48k plus car", "bookkeeper two days a week". What has capitals is whole
    ("Secretary to the Foundation").
    """
    if phrase[:1].isupper():
        return phrase
    words = phrase.split()
    for end in range(len(words), 0, -1):
        beginning = " ".join(words[:end]).rstrip(",")
        second = end == 2 and words[0].isalpha() and words[1][:1].isupper()
        known = is_title(beginning) or (second and titled(beginning))
        if known and not generic(beginning):
            return beginning  # "stellvertretende Filialleiterin" of "... anzubieten"
    return phrase


def _written_as_head(word: str, phrase: str, words: list[str]) -> bool:
    """Whether a word can be the head of a title here: "TA" and "PA" are letters, "ta" a word."""
    return len(word) > 2 or len(words) == 1 or word.upper() in phrase


@lru_cache(maxsize=4096)
def _trade(word: str, *, last: bool = False) -> bool:
    """Whether a word is a trade in one of the seven languages: "camarera", "Verkaufsberaterin".

    Romance and Polish titles begin with it: "prueba técnica" is none.
    """
    if len(word) < 3:
        return False
    germanic, others = trades()
    return germanic.fullmatch(word) is not None or (not last and others.fullmatch(word) is not None)


def trade(word: str) -> bool:
    """Whether one word is a title by itself: "Gerente", "Geselle"."""
    return titled(word) and " " not in word and word.lower() not in _SURNAMES


def _surnamed(phrase: str) -> bool:
    """ "Anna Schneider" is somebody, though Schneider is a trade."""
    words = phrase.split()
    named = len(words) == 2 and all(word[:1].isupper() for word in words)
    return named and words[-1].lower() in _SURNAMES


@lru_cache(maxsize=1)
def _tails() -> tuple[str, ...]:
    """Heads that end longer words too: Oberarzt*helferin*, Schade*behandelaar*."""
    return tuple(head for head in words_around_roles().heads if len(head) > 5)


def generic(title: str) -> bool:
    """Whether a title is one that mails use of their own people: "manager", "VP"."""
    return title.lower().strip(".,()'’") in _STAFF


def capitalised(title: str) -> bool:
    """Whether a phrase of an English or German sentence is a title: by capitals or by its noun."""
    if title[:1].isupper():
        return True
    of = _OF.search(title)
    head = title[: of.start()] if of else ""
    return titled(title) and (not title.endswith("s") or is_title(head))


def title_at(text: str, start: int) -> str | None:
    """The title that begins at a place: words up to punctuation, a stop word or a change of case."""
    words: list[str] = []
    at = start
    while len(words) < LONGEST and (token := _TOKEN.match(text, at)):
        if "\n" in token[0] and at - text.rfind("\n", 0, at) < 45:
            break
        word = token[1]
        core = word.strip('"“”„«»*_.,;:!?')
        inside = _open_bracket(words)
        if not inside and ")" in word and "(" not in word:  # "(lugar de professora de Inglês) foi"
            last = word.partition(")")[0]
            if last and _continues(words, last, text, token.end()):
                words.append(last)
            break
        if not core or "http" in word or "@" in word or (words and word[0] in '"“„«<['):
            break
        if not inside and not _continues(words, core, text, token.end()):
            break
        bracket = inside or (bool(words) and word[0] == "(") or ")" in word
        short = _SHORTENED.fullmatch(word) is not None
        words.append(word.strip(',.;:!?"”') if bracket else word if short else core)
        at = token.end()
        if _ends(word, words):
            break
        if word.endswith(",") and not inside:
            words[-1] += ","
    while words and _is_left(words[-1].lower().strip(",")):
        words.pop()
    return " ".join(words).rstrip(",") if words else None


def _open_bracket(words: list[str]) -> bool:
    return sum(word.count("(") - word.count(")") for word in words) > 0


def _ends(word: str, words: list[str]) -> bool:
    """Whether the punctuation after a word ends the title: not "Director, Financial Planning"."""
    if _open_bracket(words) or not _STOP.search(word) or _SHORTENED.fullmatch(word):
        return False
    return not (
        word.endswith(",") and len(words) < 3 and _AFTER_COMMA.search(" ".join(words)) is not None
    )


def _continues(words: list[str], core: str, text: str, end: int) -> bool:
    """Whether a word goes on with a title, or begins one where there are no words yet."""
    around, lowered = words_around_roles(), core.lower()
    if not words:
        stop = lowered in around.stops or re.split("['’]", lowered)[0] in around.stops
        opens = stop and core[0].isupper() and _titled_with(core, text, end)
        following = _TOKEN.match(text, end)  # "second de cuisine" is a rank
        ranked = following is not None and following[1] in _INNER_OF
        return (not stop or opens) and (lowered not in _LEAD or ranked)
    if lowered in _NEVER_ON:
        return False  # "sekretarki medycznej proponujemy rozmowę"
    if lowered in _POLITE:
        return False
    if core in _POLITE_CAPITAL or (
        core.isdigit() and _DAY_OF.match(text[end : end + 12].lstrip().lower())
    ):
        return False  # "Operatore di sportello La invitiamo", "asystent 20 stycznia"
    capital = words[0][0].isupper() or words[0][0].isdigit()
    if (lowered in _INNER or lowered in _TO_THE) and core == lowered:
        return _article_within(words, lowered, text, end)
    if _opens_with(lowered, _ELIDED) and not _is_small(words[-1].lower()):
        return False  # "addetta al confezionamento l'azienda vorrebbe"
    if lowered in _FIELD_IN and core == lowered:
        following = _TOKEN.match(text, end)  # "conseiller en sécurité", not "camarero en Madrid"
        later = following[1] if following else ""
        return later[:1].islower() and not _MONTH.match(later) and _romance(words[0])
    if lowered in _ACADEMIC_IN and len(words) == 1 and words[0].lower() in _ACADEMIC and capital:
        following = _TOKEN.match(text, end)
        return following is not None and following[1][0].isupper()  # "Lecturer in Accounting"
    if lowered in _SERVING_TO and words[0].lower() in _SERVING:
        return True  # "PA to the Bishop"
    if lowered in _AND or lowered in _DASHES:
        following = _TOKEN.match(text, end)
        later = following[1] if following else ""
        plain = later.strip(".,:;")
        field = (
            plain.isupper() and len(plain) > 1
        ) or plain.lower() not in around.frames  # "Manager - MIS"
        return capital and later[:1].isupper() and field
    if _is_small(lowered) or _opens_with(lowered, _ELIDED_OF):
        return True
    if capital and core[0].isupper() and lowered not in _FRAMES_OF_JOBS:
        return True
    if lowered in around.stops or around.followed.fullmatch(f" {lowered}"):
        return False
    small = core[0].islower() and capital
    return not (small and core[0] != "(" and _title_cased(words))


def _titled_with(word: str, text: str, end: int) -> bool:
    """Whether a word makes a title with the next, both with capitals: "Reporting Lead"."""
    following = _TOKEN.match(text, end)
    later = following[1].strip(".,:;!?") if following else ""
    return later[:1].isupper() and is_title(f"{word} {later}")


def _is_small(word: str) -> bool:
    return word in _SMALL or word in _SIGNS


def _is_left(word: str) -> bool:
    return word in _LEFT or word in _SIGNS


def _is_opening(word: str) -> bool:
    return word in _OPENS or word in _SIGNS


def _stops_backwards(word: str) -> bool:
    return word in _BEGINS_BEHIND or word in _DASHES


def _opens_with(word: str, elided: Words) -> bool:
    """Whether a word begins with one of a list: "l'azienda"."""
    return word.replace("’", "'").startswith(tuple(elided.all))


@lru_cache(maxsize=1)
def _going_on() -> tuple[str, ...]:
    return tuple(_GOES_ON.all)


def _article_within(words: list[str], article: str, text: str, end: int) -> bool:
    """Whether an article belongs to a title: "addetta al confezionamento", "atención al cliente"."""
    following = _TOKEN.match(text, end)
    later = following[1] if following else ""
    if article in _TO_THE and not _opens_with(words[0].lower(), _TO_THE_TRADES):
        return _SERVED.match(later) is not None
    within = article in _TO_THE or words[-1].lower() in _INNER_OF
    return within and later[:1].islower() and _romance(words[0])


def _romance(word: str) -> bool:
    """Whether a title begins with a trade of French, Spanish, Italian, Portuguese or Polish."""
    return trades()[1].fullmatch(word.lower()) is not None


def _title_cased(words: list[str]) -> bool:
    """Whether a title is written with capitals throughout, so that a small word ends it."""
    if len(words) == 1 and (_romance(words[0]) or words[0].lower().endswith(_going_on())):
        return False  # "Tester maszyn", "Operator wózka", "Planner wijkzorg"
    if sum(word[0].isupper() for word in words) >= 2 or is_title(" ".join(words)):
        return True
    german, others = trades()  # "Projektassistentin dauert ..." ends, "Analista de datos" goes on
    last = words[-1].lower()
    return german.fullmatch(last) is not None and others.fullmatch(last) is None


def title_ending(clause: list[str]) -> str:
    """The title that ends a clause: its last words in capitals, or a few small ones."""
    if not clause:
        return ""
    last = clause[-1]
    capital = last[0].isupper() or last[0] == "(" or last[-1] == ")"
    if not capital:
        last = last.removesuffix("'s").removesuffix("’s")  # "about the porter's job"
        clause = [*clause[:-1], last]
    taken: list[str] = []
    for word in reversed(clause):
        if _stops_backwards(word.lower().strip(",")) or len(taken) == (LONGEST if capital else 4):
            break
        if not (_goes_before_capital(word) if capital else _goes_before_small(word)):
            break
        taken.insert(0, word)
    while taken and _is_opening(taken[0].lower()):
        taken = taken[1:]
    return " ".join(taken)


def _goes_before_capital(word: str) -> bool:
    return word[0].isupper() or word[0] in "(&" or _is_opening(word.lower())


def _goes_before_small(word: str) -> bool:
    lowered = word.lower().strip(",")
    return lowered not in words_around_roles().stops and "'" not in lowered and "’" not in lowered


@lru_cache(maxsize=2048)
def unframed(part: str) -> str:
    """A part of a subject without the words of framing around the title in it; "" without one."""
    words = _WRAP.sub("", part).split()
    phrases = words_around_roles().phrases
    if part.lower().strip(" .,!?") in phrases:
        return part.strip(" .,!?")
    while words and _frame(words[0]) and not _part_of_title(words):
        words = words[1:]
    while words and _frame(words[-1]) and not _numbers(words):
        words = words[:-1]
    line = " ".join(words)
    return "" if _DATE.search(line) else line


def _numbers(words: list[str]) -> bool:
    """Whether the last word is a number that belongs to the title: "Leerkracht groep 5"."""
    if len(words) < 2:
        return False
    return words[-1] == "I" or (words[-2].lower() in _NUMBERED and words[-1].isdigit())


def _frame(word: str) -> bool:
    plain = word.lower().strip(".,!?'’():#")
    return plain in words_around_roles().frames or not plain.strip("./0123456789")


def _part_of_title(words: list[str]) -> bool:
    """Whether a framing word belongs to the title after it."""
    first = words[0].lower()
    called = words[0].isupper() or (words[0][0].isupper() and len(first) > 2)  # "IT Manager"
    called = called and len(words) > 1 and words[1][0].isupper()
    if first in _OF_WORK and called and is_title(" ".join(words).split(" (")[0]):
        return True
    return first in _DOUBTFUL and len(words) > 1 and is_title(words[1].strip("(),"))


@lru_cache(maxsize=4096)
def without_codes(title: str) -> str:
    """A phrase without reference numbers, grades in brackets and the ending of a file."""
    return _CODE.sub("", _MARKS.sub("", title))


@lru_cache(maxsize=2048)
def trimmed(title: str) -> str | None:
    """A title without codes, quotes and what frames it; None where nothing of a title is left."""
    line = _HEADED.sub("", _WRAP.sub("", " ".join(title.split())))
    line = _ASIDE.sub("", line).replace(" ()", "")
    line = _LEADING_CODE.sub("", without_codes(line)).strip(" .,;:-–—|/'’")
    for _ in range(2):
        line = _TRAILS.sub("", _LEADS.sub("", line))
    line = _HANGING.sub("", line)
    inner = _INNER_TITLE.match(line)
    line = inner[1] if inner and titled(inner[1]) else line
    line = _SPECIFIED.sub("", line)
    if line.count("(") > line.count(")"):
        line = line.partition("(")[0].strip()
    if line.count(")") > line.count("("):
        return None
    words = line.split()
    if line.lower() in words_around_roles().phrases:
        return line  # "Saturday girl"
    while len(words) > 1 and words[0] in _TERMS:
        words = words[1:]  # "contract welder"; "Temporary Receptionist" is called so
    while len(words) > 1 and words[0].lower().rstrip(":") in words_around_roles().frames:
        if _part_of_title(words):
            break
        words = words[1:]
    line = " ".join(words).removesuffix("'s").removesuffix("’s").strip(" .,;:-–—|/")
    return line if len(line) in _CHARACTERS and any(c.isalpha() for c in line) else None


def dated(phrase: str) -> bool:
    """Whether a day or an hour stands in a phrase."""
    return _DATE.search(phrase) is not None


def stepped(phrase: str) -> bool:
    """Whether a phrase ends with a grade: "Medical Secretary, Band 4"."""
    return _STEP.search(phrase) is not None


def _of_somebody(title: str) -> bool:
    """Whether a title is said with whose it is."""
    name, comma, _ = title.partition(",")
    given = name.partition(" ")[0].lower() in people_words().given
    return bool(comma) and given and len(name.split()) == 2


@lru_cache(maxsize=2048)
def plausible(title: str) -> bool:
    """Whether a phrase can be a title at all."""
    words = title.split()
    lowered = [word.lower().strip(".,()'’") for word in words]
    around = words_around_roles()
    if title.lower() in around.phrases:
        return True
    if title in _REGIONS:
        return False  # "Data Analyst, UK"
    if len(words) > LONGEST + 1 or all(word in around.frames or word in _LEAD for word in lowered):
        return False
    foreign = words[0][0].islower() and lowered[0] in around.stops and not is_title(title)
    called = words[0][0].isupper() and lowered[0] in _TERMS and len(words) > 1
    if (lowered[0] in _LEAD and not called) or lowered[0] == "x" or foreign:
        return False  # "Miguel Santos x CEO"
    if lowered[0] in _ONE_MORE or _of_somebody(title):
        return False  # "one more person", "Theo Grabowski, Director of Marketing"
    nobody = lowered[0] in people_words().never and not titled(title)
    if len(words) == 1 and (generic(title) or nobody):
        return False
    spoken = {word for word in words if not word.isupper()} | {w for w in words[:-1] if w == "I"}
    if any(word.lower() in _PRONOUNS for word in spoken) or (
        lowered[0] in _STAFF and not titled(title)
    ):
        return False  # "Thinking of you for our director search", "manager chat"
    return not _DATE.search(title) and not re.search(r"https?:|@|\d{4}", title)
