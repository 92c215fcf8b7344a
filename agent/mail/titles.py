"""Titles of jobs as phrases: where one begins and ends in a text, and what is none.

`title_at` reads forward from words that announce a title, `title_ending` back from a noun that
follows one; `trimmed` takes reference numbers, quotes and framing words off; `titled` says
whether a phrase is built like a title at all, in eight languages.
"""

import re
from functools import lru_cache

from agent.lexicon import role_words
from agent.lexicon.who import people_words, trades, words_around_roles
from agent.mail.role import is_title

LONGEST = 8  # words of a title
_CHARACTERS = range(2, 81)
_TOKEN = re.compile(r"[ \t]*\n?[ \t]*(\S+)")
_LEAD = frozenset(
    "same other new next above following current open vacant right this that these any advertised said "
    "mentioned first second final full part permanent temporary contract current exact actual different "
    "more many such serie whole best perfect ideal dream great good job role position post".split()
)
_SMALL = frozenset("of de di da do des du del dos das della dei d' ds ds. à für & - – /".split())
_POLITE = frozenset("ihre ihr ihnen ihrer ihrem sie ihren lei le".split())
_PRONOUNS = frozenset("you your our we i my us me that this or".split())
_DASHES = frozenset("-–—")
_ARTICLES = frozenset("the a an our your this my for their that its".split())
_GENERIC = frozenset(
    "técnica técnico tecnica tecnico person persona personne persoon osoba osobę pessoa kraft jemanden manager director head chair vp coo ceo cfo cto lead leader officer recruiter supervisor president partner owner principal editor boss chief trustee governor heads".split()
)
_SURNAMES = frozenset(
    "koch schneider weber maurer schmied zimmerer schreiner wirt maler bäcker gärtner förster metzger fleischer "
    "maier bote sattler näher kaufmann jäger hofmann guardia guerrero herrero pastor ferrero barbier boucher "
    "boulanger berger mercier charpentier marchand kok bakker slager schilder kuiper".split()
)
_AND = frozenset("and und et e y".split())
_AFTER_COMMA = re.compile(
    r"(?i)\b(?:director|head|vp|vice president|manager|buyer|guide|president|officer)$"
)
_MARKS = re.compile(
    r"(?i)\s*[(\[]\s*(?:(?:[mwfdhvkxi]|gn|div|div\.|mnd|alle?|all genders?|all|jede\*r)(?:\s?[/|,*.:]\s?(?:[mwfdhvkxi]|gn|div\.?|alle?)){0,3}|all genders?|mwd|\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?%|remote|hybrid)\s*[)\]]"
    r"|\s+(?:[mwf]\s?/\s?[mwfd](?:\s?/\s?[dxmwf])?|[hf]/[fh](?:/x)?|[mvx]/[vmx](?:/[xmv])?|\d{2,3}\s?%)(?=\s|$|[,;)])"
)
_CODE = re.compile(
    r"(?i)\.(?:pdf|docx?)$|\s*[-–—|,#]*\s*[(\[]\s*(?:(?:req|ref|id|job|grade|remote|hybrid|work from home|wfh|posting|vacancy|eg|ksc|mps)\b[^()\[\]]{0,30}|[a-z]{0,4}[-/]?\d{3}[^()\[\]]{0,24}|\d\d-\d{3,6}|[a-z]{1,3}/\d[\w/]{0,10}|[a-z]{1,2}-\d[\w-]{2,14})\s*[)\]]"
    r"|\s*[-–—|,#]*\s*\b(?:req|ref|job id|requisition|posting|vacancy|kennziffer)\b[.:# ]{0,3}[\w/-]{0,12}\d[\w/-]{0,12}"
    r"|\s+[a-z]{1,4}[/-]\d{2,}[\w/-]{0,14}$|\s+#?\d{3,}[-\w]{0,12}$|\s*[-–—]\s*r?-?\d{4,}[-\d]{0,12}$"
)
_LEADING_CODE = re.compile(
    r"(?i)^(?:(?:vacancy|competition|posting|req|ref|job|requisition|selection process)\s+)?(?:[a-z]{0,4}-?\d[\w/.-]{1,16},?\s+)+(?=[a-z])"
)
_STEP = re.compile(r"(?i)\s+(?:(?:band|level|grade|step|tier|groep|ks) ?\w{1,2}|I{1,3}|IV)$")
# A line of a quoted header or of a form: "Betreff: Koch", "Subject: Re: rigger".
_HEADED = re.compile(
    r"(?i)^(?:subject|betreff|objet|asunto|onderwerp|oggetto|assunto|temat|functie|puesto|poste|stelle|vaga|posizione)\s?:\s?"
    r"(?:(?:re|aw|fw|fwd|wg|sv|antw|tr|rif|odp)\s?:\s?){0,3}"
)
_ASIDE = re.compile(
    r"(?i)\s\((?:attached|closing [^()]{2,20}|enclosed|see below|paid one|im anhang|turno [^()]{2,20})\)$"
)
# What brackets say of a job beside its title: pay, place, term: "(70-85k hybrid)".
_SPECIFIED = re.compile(
    r"\s\((?=[^()]{0,60}\d)(?:[^()\s]{1,30}(?:\s[^()\s]{1,30}){2,9}|[^()]{0,30}\dk\b[^()]{0,30})\)$"
)
_MONTH = re.compile(
    r"janv|févr|mars|avril|mai|juin|juil|août|sept|oct|nov|déc|ener|febr|marz|abril|mayo|juni|julio|agosto|dicie"
)
_DAY_OF = re.compile(
    r"(?:de |di )?(?:janv|févr|mars|avril|mai|juin|juil|août|sept|oct|nov|déc|ener|febr|marz|abril|mayo|juni|julio|agosto|dicie"
    r"|genn|febb|april|magg|giugn|lugl|sett|otto|dicem|janei|feve|març|maio|junho|julho|setem|outub|dezem"
    r"|januari|maart|mei|juli|augustus|okt|dec|stycz|lut|marc|kwie|maj|czerw|lip|sierp|wrze|paźdz|list|grud)"
)
_NUMBERED = frozenset("groep klas klasse caces classe niveau nivel station".split())
# Articles within a title, behind a small word and before a small one: "adjointe à la direction".
# Ends of Dutch trades that take a field in small letters behind them.
_DUTCH = (
    "medewerker", "medewerkster", "leerkracht", "docent", "docente", "adviseur", "planner", "begeleider",
    "behandelaar", "verpleegkundige", "verzorgende", "coördinator", "beheerder", "onderzoeker", "consulent",
)  # fmt: skip
_INNER_ARTICLES = frozenset("la le les las los el lo".split())
_TO_THE = frozenset("al alla alle allo ai agli".split())
_SERVED = re.compile(r"(?:client|públic|usuari|pacient|ciudadan|alumn|pubbl|utent)")
_WRAP = re.compile(r"[\"“”„«»*_]")
_DATE = re.compile(
    r"(?i)\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?s?\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|\d[:.]\d\d|\b\d{1,2} ?[ap]m\b"
)
_SERVING = frozenset("pa ea secretary assistant deputy clerk adviser advisor".split())
_ACADEMIC = frozenset(
    "lecturer lectureship professor professorship reader readership fellow fellowship tutor chair studentship".split()
)
_STOP = re.compile(r"[.,;:!?\"”»]$")
_SHORTENED = re.compile(r"(?:ds|[A-Z]|Sr|Jr|St|e|V)\.")
_LEADS = re.compile(
    r"(?i)^(?:d['’]|(?:de|als|como|comme|jako|come|per|para)\s+|[-–—]\s+)"
    r"|^(?:wegen|unsere?|un|una|uno|une|eine?n?|een|um|uma|der|die|das|den|el|la|il|lo|le|het)\s+(?=[a-zß-ÿ])"
    r"|^(?:the|an?|as(?: an?)?|paid|our|your|my|open|vacant|new|remote|urgent|role of|post of|position of)\s+"
)
_TRAILS = re.compile(
    r"(?i)\s+(?:role|position|post|job|vacancy|opening|posting)$|\s+-\s+(?:round|stage|part) \d.{0,40}$"
)
_HANGING = re.compile(
    r"(?i)(?:\s+(?:at|in|of|for|with|and|the|bei|als|und|de|en|et|y|e|na|w|(?-i:van|voor|da|do|dos|das|del|della|di|du|des)|\d{1,3}\s?%.*))+$"
)
_INNER = re.compile(r"(?:\S+ ){1,7}(?:een|eine?n?|une?|una|um|uma) ([a-zß-ÿ].{2,60})$")
_FRAMES_OF_JOBS = frozenset("role position interview application search".split())
# Words that frame a title elsewhere and belong to it here: "Process Associate", "Team Lead".
_DOUBTFUL = frozenset(
    "case interview application assessment process team talent recruitment recruiting scheduling documents "
    "news video part phone final virtual".split()
)


# Words of framing that begin titles of several words too: "Process Safety Engineer".
_OF_WORK = frozenset("process applied".split())
_TERMS = frozenset("permanent temporary contract".split())  # in small letters, of how long


@lru_cache(maxsize=2048)
def titled(phrase: str) -> bool:
    """Whether a phrase ends, or in other languages begins, as a title does."""
    bare = _STEP.sub("", phrase)
    if is_title(bare) or bare.lower() in words_around_roles().phrases:
        return True
    words = re.sub(r"\([^)]*\)|[^\w\s/-]", " ", bare).lower().split()
    if not words:
        return False
    if len(words) > 1 and words[0] in role_words().heads and words[1] in {"of", "in", "for"}:
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
        for part in re.split(r"[/-]", word)
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
        if is_title(beginning) and not generic(beginning):
            return beginning
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
    return title.lower().strip(".,()'’") in _GENERIC


def capitalised(title: str) -> bool:
    """Whether a phrase of an English or German sentence is a title: by capitals or by its noun."""
    if title[:1].isupper():
        return True
    head, of, _ = title.partition(" of ")
    return titled(title) and (not title.endswith("s") or (bool(of) and is_title(head)))


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
    while words and words[-1].lower().strip(",") in _SMALL | _LEAD | _AND:
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
        return not stop and lowered not in _LEAD
    if lowered in _POLITE:
        return False
    if core == "La" or (core.isdigit() and _DAY_OF.match(text[end : end + 12].lstrip().lower())):
        return False  # "Operatore di sportello La invitiamo", "asystent 20 stycznia"
    capital = words[0][0].isupper() or words[0][0].isdigit()
    if lowered in _INNER_ARTICLES | _TO_THE and core == lowered:
        return _article_within(words, lowered, text, end)
    if lowered.startswith(("l'", "l’")) and words[-1].lower() not in _SMALL:
        return False  # "addetta al confezionamento l'azienda vorrebbe"
    if lowered == "en" and core == lowered:
        following = _TOKEN.match(text, end)  # "conseiller en sécurité", not "camarero en Madrid"
        later = following[1] if following else ""
        return later[:1].islower() and not _MONTH.match(later) and _romance(words[0])
    if lowered == "in" and len(words) == 1 and words[0].lower() in _ACADEMIC and capital:
        following = _TOKEN.match(text, end)
        return following is not None and following[1][0].isupper()  # "Lecturer in Accounting"
    if lowered in {"to", "the"} and words[0].lower() in _SERVING:
        return True  # "PA to the Bishop"
    if lowered in _AND | _DASHES:
        following = _TOKEN.match(text, end)
        later = following[1] if following else ""
        plain = later.strip(".,:;")
        field = (
            plain.isupper() and len(plain) > 1
        ) or plain.lower() not in around.frames  # "Manager - MIS"
        return capital and later[:1].isupper() and field
    if lowered in _SMALL or lowered.startswith(("d'", "d’")):
        return True
    if capital and core[0].isupper() and lowered not in _FRAMES_OF_JOBS:
        return True
    if lowered in around.stops or around.followed.fullmatch(f" {lowered}"):
        return False
    small = core[0].islower() and capital
    return not (small and core[0] != "(" and _title_cased(words))


def _article_within(words: list[str], article: str, text: str, end: int) -> bool:
    """Whether an article belongs to a title: "addetta al confezionamento", "atención al cliente"."""
    following = _TOKEN.match(text, end)
    later = following[1] if following else ""
    if article in _TO_THE and not words[0].lower().startswith("addett"):
        return article == "al" and _SERVED.match(later) is not None
    within = article in _TO_THE or words[-1].lower() in {"à", "de"}
    return within and later[:1].islower() and _romance(words[0])


def _romance(word: str) -> bool:
    """Whether a title begins with a trade of French, Spanish, Italian, Portuguese or Polish."""
    return trades()[1].fullmatch(word.lower()) is not None


def _title_cased(words: list[str]) -> bool:
    """Whether a title is written with capitals throughout, so that a small word ends it."""
    if len(words) == 1 and (_romance(words[0]) or words[0].lower().endswith(_DUTCH)):
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
        if word.lower().strip(",") in _ARTICLES | _DASHES or len(taken) == (
            LONGEST if capital else 4
        ):
            break
        if not (_goes_before_capital(word) if capital else _goes_before_small(word)):
            break
        taken.insert(0, word)
    while taken and taken[0].lower() in _SMALL | _AND:
        taken = taken[1:]
    return " ".join(taken)


def _goes_before_capital(word: str) -> bool:
    return word[0].isupper() or word[0] in "(&" or word.lower() in _SMALL | _AND


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
    if first in _OF_WORK and words[0][0].isupper() and is_title(" ".join(words)):
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
    line = _ASIDE.sub("", line)
    line = _LEADING_CODE.sub("", without_codes(line)).strip(" .,;:-–—|/'’")
    for _ in range(2):
        line = _TRAILS.sub("", _LEADS.sub("", line))
    line = _HANGING.sub("", line)
    inner = _INNER.match(line)
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
    if len(words) > LONGEST + 1 or all(word in around.frames | _LEAD for word in lowered):
        return False
    foreign = words[0][0].islower() and lowered[0] in around.stops and not is_title(title)
    called = words[0][0].isupper() and lowered[0] in _TERMS and len(words) > 1
    if (lowered[0] in _LEAD and not called) or lowered[0] == "x" or foreign:
        return False  # "Miguel Santos x CEO"
    if lowered[0] in {"one", "another"} or _of_somebody(title):
        return False  # "one more person", "Theo Grabowski, Director of Marketing"
    if len(words) == 1 and (generic(title) or lowered[0] in people_words().never):
        return False
    spoken = {word for word in words if not word.isupper()} | {w for w in words[:-1] if w == "I"}
    if _PRONOUNS & {word.lower() for word in spoken} or (
        lowered[0] in _GENERIC and not titled(title)
    ):
        return False  # "Thinking of you for our director search", "manager chat"
    return not _DATE.search(title) and not re.search(r"https?:|@|\d{4}", title)
