"""A debrief's reply: which words answer which of its five questions, and what they come to.

People answer under the questions or above them, with numbers or without, in five lines or in
one paragraph, with half of the questions deleted, with quote marks or without. `read_debrief`
finds the answers by the questions' own words; what stands nowhere is read sentence by
sentence, and then only what says clearly what it is goes on. Never raises.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache

from agent.domain.facts import Mattered, Person, PersonRole
from agent.mail.answers import (
    MOST,
    Present,
    decision_day,
    in_own_words,
    link_in,
    only_people,
    says_nothing,
    sentences_of,
    what_mattered,
    who_was_there,
    words_of,
)
from agent.mail.named import named_in
from agent.mail.reply import new_text

MAX_LINES = 2_000
MAX_SENTENCES = 40
_LEAST_HEAD = 10  # letters by which a line is taken for a question
_LEAST_OURS = 40  # letters of ours that nobody types by chance

_QUOTE = re.compile(r"^\s{0,3}(?:[>|]\s?){1,9}")
_NUMBER = re.compile(r"^\s{0,8}[*_]{0,2}([1-5])\s?[.):]\s?")
_NUMBERED = re.compile(r"(?:^|(?<=\s))([1-5])\s?[.):](?=\s)", re.MULTILINE)
_SEMICOLON = re.compile(r"\s*;\s+")
_BARE_NUMBER = re.compile(r"^\s{0,8}([1-5])\s{1,4}(?=\S)", re.MULTILINE)
_DELIMITER = re.compile(r"^\s{0,2}(?:--|—|___+)\s{0,3}$")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the memo asked, and whom it knew: its questions in order, its whole text, people."""

    questions: tuple[str, ...]
    text: str = ""
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """What days in an answer count from, and how they are read."""

    anchor: datetime
    zone: str
    country: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a reply comes to. `rest` is what was kept and goes into no mail; `files` is the
    answer about files, by which each finds its recipient."""

    present: Present = field(default_factory=Present)
    matters: tuple[Mattered, ...] = ()
    plan: str | None = None
    value: str | None = None
    steps: str | None = None
    decision_by: date | None = None
    files: str = ""
    rest: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was said at all."""
        return self == Answers()


def read_debrief(text: str, asked: Asked, when: When) -> Answers:
    """What a reply to a debrief says; `text` is the whole of it, quotes and all."""
    answers = _under_the_questions(text, asked)
    if not any(answers[1:]):
        above = _newly_above(text, asked)
        answers = _numbered(above) or _five_lines(above, asked) or ["", "", "", "", "", ""]
        if not any(answers[1:]):
            return read_freely(above, asked.people, when)
        return _understood(answers, asked, when)
    found = _understood(answers, asked, when)
    above = _newly_above(text, asked)
    return _joined(found, read_freely(above, asked.people, when))


def read_freely(text: str, people: Sequence[Person], when: When) -> Answers:
    """What a text of the user's own says, sentence by sentence; only what is clear counts."""
    found = Answers()
    if says_nothing(text):
        return found
    apart = [each for sentence in sentences_of(text) for each in _SEMICOLON.split(sentence)]
    sentences = [each for each in apart if not says_nothing(each)][:MAX_SENTENCES]
    # Who is named as having been there can be spoken of by first name anywhere else.
    met = [p for each in sentences for p in _present_in(each, tuple(people), when)]
    known = with_met(people, met)
    for sentence in sentences:
        found = _joined(found, _of_sentence(sentence, known, when))
    return found


# -- finding the answers -----------------------------------------------------------------


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _under_the_questions(text: str, asked: Asked) -> list[str]:
    """The words under each question (1 to 5), and those above the first (0)."""
    heads = [_letters(_head(question)) for question in asked.questions]
    ours = _Ours(asked)
    buckets: list[list[str]] = [[] for _ in range(len(heads) + 1)]
    current = 0
    for raw in text.splitlines()[:MAX_LINES]:
        line, quoted = _unquoted(raw)
        number = _question(line, heads)
        if number is not None:
            current = number + 1
            line = _after_question(line, asked.questions[number])
            quoted = False
        if quoted or ours.said(line) or (number is not None and _letters(line) in ours.all_):
            continue
        buckets[current].append(line)
    return ["", *(_without_signature(bucket) for bucket in buckets[1:])]


@dataclass(slots=True)
class _Ours:
    """The memo's own lines, by their letters: what a mail program copies without a mark."""

    asked: Asked
    all_: str = ""
    lines: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.all_ = _letters(self.asked.text)
        self.lines = frozenset(_letters(line) for line in self.asked.text.splitlines())

    def said(self, line: str) -> bool:
        """Whether a line is one of the memo's, or a piece too long to be typed by chance."""
        bare = _letters(line)
        return bool(bare) and (
            bare in self.lines or (len(bare) >= _LEAST_OURS and bare in self.all_)
        )


def _head(question: str) -> str:
    """A question up to its mark: what follows is a hint that people delete or answer over."""
    return question.partition("?")[0]


def _unquoted(line: str) -> tuple[str, bool]:
    mark = _QUOTE.match(line)
    return (line[mark.end() :], True) if mark else (line, False)


def _question(line: str, heads: Sequence[str]) -> int | None:
    bare = _letters(_NUMBER.sub("", line, count=1))
    for number, head in enumerate(heads):
        if len(head) >= _LEAST_HEAD and bare.startswith(head):
            return number
    return None


def _after_question(line: str, question: str) -> str:
    """What somebody typed behind a question, on its line; a hint of ours is none of it."""
    after = line.partition("?")[2]
    hint = question.partition("?")[2].strip()
    return after.replace(hint, " ").strip() if hint else after.strip()


def _without_signature(lines: Sequence[str]) -> str:
    """The lines up to a signature's mark or the line that a phone adds."""
    kept: list[str] = []
    for line in lines:
        if _DELIMITER.match(line) or words_of("device").match(line.strip()):
            break
        kept.append(line)
    return "\n".join(kept).strip()


def _newly_above(text: str, asked: Asked) -> str:
    """What the user wrote above the first question, without quotes and announcements."""
    ours = _Ours(asked)
    new = new_text(_above(text, asked)).text.splitlines()
    return "\n".join(line for line in new if not ours.said(_unquoted(line)[0])).strip()


def _above(text: str, asked: Asked) -> str:
    """The text up to the first question, with what announces the quote still in it."""
    heads = [_letters(_head(question)) for question in asked.questions]
    kept: list[str] = []
    for raw in text.splitlines()[:MAX_LINES]:
        if _question(_unquoted(raw)[0], heads) is not None:
            break
        kept.append(raw)
    return _without_signature(kept)


def _numbered(text: str) -> list[str] | None:
    """Answers by their numbers, "1. Ann 2. on-call": at least two, and rising."""
    marks: list[re.Match[str]] = []
    for mark in _NUMBERED.finditer(text[:MOST]):
        if not marks or int(mark[1]) > int(marks[-1][1]):
            marks.append(mark)
    if len(marks) < 2 or text[: marks[0].start()].strip():
        marks = list(_BARE_NUMBER.finditer(text[:MOST]))  # "1 Ann / 2 on-call / 3 runbooks"
        rising = [mark[1] for mark in marks] == list("12345"[: len(marks)])
        if len(marks) < 3 or not rising or text[: marks[0].start()].strip():
            return None
    answers = [""] * 6
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=True):
        answers[int(mark[1])] = text[mark.end() : end].strip()
    return answers


def _five_lines(text: str, asked: Asked) -> list[str] | None:
    """Five lines in the order of the questions, the first of which names people."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) != 5 or len(asked.questions) != 5:
        return None
    first = who_was_there(lines[0], asked.people)
    fits = first.met or first.nobody or says_nothing(lines[0])
    return ["", *lines] if fits and len(lines[0]) < 120 else None


# -- understanding them --------------------------------------------------------------------


def _understood(answers: Sequence[str], asked: Asked, when: When) -> Answers:
    _, who, mattered, plan, steps, files = (*answers, *[""] * 6)[:6]
    present = who_was_there(who, asked.people)
    people = with_met(asked.people, present.met)
    matters, rest = what_mattered(mattered, people)
    said = in_own_words(steps)
    return Answers(
        present=present,
        matters=matters,
        plan=in_own_words(plan),
        value=link_in(files) or link_in(plan),
        steps=said,
        decision_by=_day(said or "", when),
        files="" if says_nothing(files) else files,
        rest=rest,
    )


def with_met(people: Sequence[Person], met: Sequence[Person]) -> tuple[Person, ...]:
    """Everybody who can be meant by a name: who was there goes before who was announced."""
    names = {(p.name or "").casefold() for p in met} | {p.email for p in met if p.email}
    others = (p for p in people if (p.name or "").casefold() not in names and p.email not in names)
    return (*met, *others)


def _day(text: str, when: When) -> date | None:
    return decision_day(
        text, when.anchor, zone=when.zone, country=when.country, language=when.language
    )


def _of_sentence(sentence: str, people: Sequence[Person], when: When) -> Answers:
    """One sentence by what it clearly is; else it is kept as it stands, and goes nowhere."""
    if who_was_there(sentence, ()).nobody:
        return Answers(present=Present(nobody=True))
    if words_of("attached").search(sentence):
        return Answers(files=sentence)
    if words_of("steps").search(sentence) or words_of("round").search(sentence):
        return Answers(steps=sentence.rstrip("."), decision_by=_day(sentence, when))
    link = link_in(sentence)
    if link or words_of("useful").match(sentence):
        return Answers(value=_bare(sentence))
    if words_of("would").match(sentence):
        return Answers(plan=_bare(sentence))
    if alone := only_people(sentence, people):
        return Answers(present=Present(alone))
    matters, _ = what_mattered(sentence, people, asked=False)
    if matters:
        return Answers(matters=matters)
    met = _present_in(sentence, tuple(people), when)
    return Answers(present=Present(met)) if met else Answers(rest=(sentence,))


@lru_cache(maxsize=128)  # each sentence is asked twice: for who is known, and for what it says
def _present_in(sentence: str, people: tuple[Person, ...], when: When) -> tuple[Person, ...]:
    """The people whom a sentence says to have been there."""
    if not words_of("there").search(sentence):
        return only_people(sentence, people)
    return tuple(_people_in(sentence, people, when.language))


def _bare(sentence: str) -> str:
    """A sentence without the label before it: "idea: …", "article: …"."""
    label = re.match(r"[^\W\d_]{2,12}\s?:\s+", sentence)
    return sentence[label.end() if label else 0 :].rstrip(" .")


def _people_in(sentence: str, people: Sequence[Person], language: str) -> Iterator[Person]:
    listed = words_of("there").sub(", ", sentence)
    yield from who_was_there(listed, people).met
    for named in named_in(sentence, freely=True, language=language):
        if not who_was_there(named.name, people).met and len(named.name.split()) > 1:
            yield Person(named.name, named.email, named.title, PersonRole.INTERVIEWER)


def _joined(one: Answers, more: Answers) -> Answers:
    """Two parts of a reply together; of a plan or a day the first that is said stands."""
    met = (*one.present.met, *(p for p in more.present.met if p not in one.present.met))
    present = Present(met, one.present.only, one.present.nobody or more.present.nobody)
    plan = ". ".join(p for p in (one.plan, more.plan) if p) or None
    steps = ". ".join(p for p in (one.steps, more.steps) if p) or None
    return replace(
        one,
        present=present,
        matters=tuple(dict.fromkeys((*one.matters, *more.matters))),
        plan=plan,
        value=one.value or more.value,
        steps=steps,
        decision_by=one.decision_by or more.decision_by,
        files="\n".join(p for p in (one.files, more.files) if p),
        rest=(*one.rest, *more.rest),
    )
