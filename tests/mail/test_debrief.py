"""Replies to a debrief as people write them from a phone: found, and understood."""

from datetime import UTC, date, datetime

import pytest

from agent.bootstrap import template_sources
from agent.domain.facts import Mattered, Person, PersonRole
from agent.mail.debrief import Answers, Asked, When, read_debrief, read_freely
from agent.mail.memos import MemoText, MemoValues, render_memo
from tests.mail.steps import steps

SOURCES = template_sources()
INTERVIEWER = PersonRole.INTERVIEWER
ANN = Person("Ann Lee", "ann@acme.example", None, INTERVIEWER)
RAJ = Person("Raj Patel", None, None, INTERVIEWER)
NOW = datetime(2026, 12, 2, 15, 5, tzinfo=UTC)  # a Wednesday


def memo(language: str = "en") -> MemoText:
    values = MemoValues(
        now=NOW,
        zone="Europe/Berlin",
        start=NOW.replace(hour=14, minute=0),
        company="Acme",
        names="Ann Lee and Raj Patel",
        unaddressed="Raj Patel",
    )
    return render_memo("debrief", values, sources=SOURCES, language=language)


def asked(language: str = "en") -> Asked:
    note = memo(language)
    return Asked(note.questions, note.body, (ANN, RAJ))


def quoted(language: str = "en") -> str:
    return "\n".join(f"> {line}" for line in memo(language).body.splitlines())


def read(text: str, language: str = "en") -> Answers:
    when = When(NOW, "Europe/Berlin", "DE", language)
    return read_debrief(text, asked(language), when)


def interleaved(answers: dict[int, str], *, mark: str = "> ", language: str = "en") -> str:
    """The memo quoted, with answers typed under some of its questions."""
    lines = ["On Wed, 2 Dec 2026 at 16:05, Followthrough <me@home.example> wrote:", ""]
    for line in memo(language).body.splitlines():
        lines.append(f"{mark}{line}")
        number = line[:1]
        if number.isdigit() and line[1:3] == ". " and int(number) in answers:
            lines += ["", answers[int(number)], ""]
    return "\n".join(lines)


FULL = {
    1: "Ann and Raj Patel <raj@acme.example>, CTO",
    2: "Ann: quieter nights\nRaj: better tests",
    3: "I would start with the runbooks.",
    4: "They decide by 11 December",
    5: "the roadmap, for Ann",
}


def is_full(found: Answers) -> None:
    assert [(p.name, p.email) for p in found.present.met] == [
        ("Ann Lee", "ann@acme.example"),
        ("Raj Patel", "raj@acme.example"),
    ]
    assert found.present.only
    assert found.matters == (
        Mattered("quieter nights", "ann@acme.example"),
        Mattered("better tests", "raj@acme.example"),
    )
    assert found.plan == "I would start with the runbooks"
    assert found.decision_by == date(2026, 12, 11)
    assert found.files == "the roadmap, for Ann"
    assert found.rest == ()


@pytest.mark.parametrize("mark", ["> ", "", "| ", ">> "])
def test_answers_under_the_questions(mark: str) -> None:
    """Quoted by whatever sign, or by none at all."""
    is_full(read(interleaved(FULL, mark=mark)))


def test_answers_behind_the_questions_on_their_lines() -> None:
    """A hint of ours may be left there or typed over."""
    lines = [f"{n}. {q} {FULL[n]}" for n, q in enumerate(asked().questions, start=1)]
    is_full(read("\n\n".join(lines)))
    heads = [q.partition("?")[0] + "?" for q in asked().questions]
    is_full(read("\n".join(f"{n}) {h} {FULL[n]}" for n, h in enumerate(heads, start=1))))


@pytest.mark.parametrize("sign", [".", ")", ":"])
def test_answers_by_number_above_the_quote(sign: str) -> None:
    """As phones post: on top, the memo quoted below."""
    top = "\n".join(f"{n}{sign} {words}" for n, words in FULL.items())
    is_full(
        read(
            f"{top}\n\nSent from my phone\n\nOn Wed, 2 Dec 2026, Followthrough <me@home.example> wrote:\n{quoted()}"
        )
    )


def test_five_lines_in_their_order() -> None:
    """Without numbers or questions."""
    top = [FULL[1], "Ann: quieter nights; Raj: better tests", FULL[3], FULL[4], FULL[5]]
    is_full(read("\n".join(top) + f"\n\n{quoted()}"))


def test_one_paragraph_in_ones_own_words() -> None:
    """Each sentence by what it clearly is."""
    found = read(
        "I met Ann Lee and Raj Patel. Ann cares most about quieter nights. Raj wanted better "
        "tests. I would start with the runbooks. They decide by 11 December. The office was cold."
        f"\n\nOn Wed, 2 Dec 2026, Followthrough <me@home.example> wrote:\n\n{quoted()}"
    )
    assert found.present.met == (ANN, RAJ)
    assert not found.present.only, "a sentence is no list of all"
    assert [m.words for m in found.matters] == ["quieter nights", "better tests"]
    assert found.plan == "I would start with the runbooks"
    assert found.decision_by == date(2026, 12, 11)
    assert found.rest == ("The office was cold.",), "kept, and poured into no mail"


def test_only_some_lines_are_answered() -> None:
    """The rest stays as it was."""
    found = read(interleaved({4: "I hear from them next Friday"}))
    assert found.decision_by == date(2026, 12, 11)
    assert found.present.met == ()
    assert (found.matters, found.plan, found.files) == ((), None, "")


@pytest.mark.parametrize("no", ["no", "No.", "nothing", "nein", "Non !", "nada", "-", ""])
def test_a_plain_no_says_nothing(no: str) -> None:
    """As a whole, or under every question."""
    assert read(f"{no}\n\n{quoted()}").empty
    found = read(interleaved(dict.fromkeys(range(1, 6), no or "-")))
    assert found.empty


def test_nobody_came() -> None:
    """Said under the question, or alone."""
    assert read(interleaved({1: "nobody showed up"})).present.nobody
    assert read(f"Nobody came.\n\n{quoted()}").present.nobody


def test_a_signature_is_no_answer() -> None:
    """Neither what a phone adds, nor what stands below two dashes."""
    found = read(interleaved({5: "no\n\n-- \nMe Myself\nraj@evil.example"}))
    assert found.empty
    found = read(interleaved({3: "I would listen first", 5: "Sent from my iPhone"}))
    assert found.plan == "I would listen first"
    assert found.files == ""


def test_words_above_go_with_the_answers_below() -> None:
    """Some of it on top, some of it under the questions."""
    above = "They decide by 11 December.\n\n"
    found = read(above + interleaved({1: "Ann", 2: "Ann: fewer calls"}))
    assert found.decision_by == date(2026, 12, 11)
    assert found.matters == (Mattered("fewer calls", "ann@acme.example"),)


def test_a_known_name_alone_is_an_answer_though_the_memo_says_it_too() -> None:
    """ "I have Ann Lee and Raj Patel" is ours; the same names typed below are the user's."""
    found = read(interleaved({1: "Ann Lee and Raj Patel"}, mark=""))
    assert found.present.met == (ANN, RAJ)


@pytest.mark.parametrize(
    ("language", "answers"),
    [
        (
            "de",
            {
                1: "Ann und Raj",
                2: "Ann legt Wert auf weniger Anrufe. Raj: bessere Tests",
                3: "Ich würde mit den Handbüchern anfangen.",
                4: "Sie melden sich bis zum 11. Dezember",
                5: "nein",
            },
        ),
        (
            "fr",
            {
                1: "Ann et Raj",
                2: "Ann : moins d'appels\nRaj : de meilleurs tests",
                3: "Je commencerais par écouter.",
                4: "Décision d'ici le 11 décembre",
                5: "rien",
            },
        ),
        (
            "es",
            {
                1: "Ann y Raj",
                2: "Ann: menos llamadas\nRaj: mejores pruebas",
                3: "Empezaría por escuchar.",
                4: "Deciden antes del 12 de diciembre",
                5: "nada",
            },
        ),
    ],
)
def test_in_each_language_of_the_memos(language: str, answers: dict[int, str]) -> None:
    """Questions and answers in German, French and Spanish."""
    found = read(interleaved(answers, language=language), language)
    assert found.present.met == (ANN, RAJ)
    assert [m.to for m in found.matters] == ["ann@acme.example", "Raj Patel"]
    assert found.plan == answers[3].rstrip(".")
    assert found.decision_by == date(2026, 12, 11)
    assert found.files == ""


def test_another_talk_is_no_decision() -> None:
    """The day of a second round is not the day by which they decide."""
    assert read(interleaved({4: "Second round on Thursday next week"})).decision_by is None
    found = read(interleaved({4: "Second round next week, decision by 18 December"}))
    assert found.decision_by == date(2026, 12, 18)


def test_a_note_of_ones_own_is_read_sentence_by_sentence() -> None:
    """At the terminal: only what says what it is goes into a mail."""
    when = When(NOW, "Europe/Berlin", "DE")
    found = read_freely(
        "Ann cares about fewer calls. Salary seems low. Idea: pair up early.", (ANN, RAJ), when
    )
    assert found.matters == (Mattered("fewer calls", "ann@acme.example"),)
    assert found.plan == "pair up early"
    assert found.rest == ("Salary seems low.",)
    found = read_freely("Article: https://www.example.org/on-call", (ANN,), when)
    assert found.value == "https://www.example.org/on-call"


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "1. " * 33_000,
        "> " * 50_000,
        "Ann: " * 20_000,
        ("Who was there? " * 7_000),
        "x@" * 50_000,
        "\n" * 100_000,
        "and, " * 20_000,
        "http://" * 14_000,
        "( " * 50_000,
        "They decide by Friday. " * 4_500,
        "I met Ann Lee. " * 6_500,
    ],
)
def test_hostile_text_costs_little(text: str) -> None:
    """100 KB of anything take at most twice the steps of half of it, and nothing raises."""
    read("warm up")
    half, whole = (steps(lambda n=n: read(text[:n])) for n in (len(text) // 2, len(text)))
    assert whole < 2.1 * half


def top(text: str, language: str = "en") -> Answers:
    """An answer above the whole memo, as a phone writes it."""
    head = "On Wed, 2 Dec 2026 at 16:05, Alex <me@home.example> wrote:"
    return read(f"{text}\n\nSent from my iPhone\n\n{head}\n{quoted(language)}", language)


def said_to(answers: Answers) -> set[tuple[str | None, str]]:
    return {(each.to, each.words) for each in answers.matters}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ann and Raj both care about fewer pages at night.", "fewer pages at night"),
        ("Ann & Raj: quality first", "quality first"),
        ("Ann und Raj legen Wert auf Tests.", "Tests"),
        ("Ann et Raj veulent moins d'astreintes.", "moins d'astreintes"),
        ("Ann y Raj quieren menos guardias.", "menos guardias"),
    ],
)
def test_what_is_said_of_several_is_said_of_each(text: str, words: str) -> None:
    """One line for two people."""
    assert said_to(top(text)) == {("ann@acme.example", words), ("Raj Patel", words)}


def test_one_line_with_everything_is_taken_apart() -> None:
    """Semicolons, as one who hurries writes them."""
    answers = top("Ann: tests, Raj: docs; I would clean up CI first; decision next Friday")
    assert said_to(answers) == {("ann@acme.example", "tests"), ("Raj Patel", "docs")}
    assert answers.plan == "I would clean up CI first"
    assert answers.decision_by == date(2026, 12, 11)


def test_two_wishes_of_one_sentence_go_to_two_people() -> None:
    """ "Ann wants x, Raj wants y", in German too."""
    wanted = {("ann@acme.example", "Tests"), ("Raj Patel", "weniger Bereitschaft")}
    assert said_to(top("Ann legt Wert auf Tests, Raj will weniger Bereitschaft.")) == wanted
    assert said_to(top("Ann wants Tests and Raj wants weniger Bereitschaft.")) == wanted


def test_a_list_of_names_alone_says_who_was_there() -> None:
    """Also one with somebody new, whose address and title stand in brackets."""
    answers = top("Ann, Raj and a new one, Mia Wong (mia@acme.example, VP Eng). Mia wants pairing.")
    assert [p.name for p in answers.present.met] == ["Ann Lee", "Raj Patel", "Mia Wong"]
    assert said_to(answers) == {("mia@acme.example", "pairing")}


def test_a_title_ends_no_sentence() -> None:
    """ "Frau Dr. Weber" is one person."""
    answers = top("Ann und Raj waren da, dazu Frau Dr. Weber (weber@acme.example).")
    assert answers.present.met[-1].email == "weber@acme.example"
    assert answers.present.met[-1].name == "Frau Dr. Weber"


def test_numbers_without_a_stop_are_numbers_too() -> None:
    """ "1 Ann Raj / 2 … / 3 …"."""
    answers = top("1 Ann Raj\n2 Ann: quiet nights\n3 runbooks\n4 by 11 December\n5 no")
    assert [p.name for p in answers.present.met] == ["Ann Lee", "Raj Patel"]
    assert (answers.plan, answers.decision_by) == ("runbooks", date(2026, 12, 11))


@pytest.mark.parametrize("text", ["ok thanks", "Thanks", "Great", "It was good.", "Call me later"])
def test_a_few_kind_words_name_nobody(text: str) -> None:
    """A capital alone is no name."""
    assert top(text).present.met == ()
