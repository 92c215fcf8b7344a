"""The drafts' words: every template, in every language, with anything missing."""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.errors import ConfigError
from agent.mail.words import (
    MEMOS,
    Values,
    Words,
    language_for,
    problems_in,
    problems_in_sources,
    render,
)
from agent.resources import templates

LANGUAGES = ("en", "de", "fr", "es")
TEMPLATES = (
    "thank_you.recruiter",
    "thank_you.interviewer",
    "thank_you.panel",
    "thank_you.manager",
    "thank_you.pass_on",
    "check_in.first",
    "check_in.second",
    "check_in.after_date",
    "check_in.value",
    "check_in.thanks",
    "feedback",
    "offer_thanks",
    "no_show",
    "references",
)
#: Texts that are no mails: see tests/service/test_tasks.py.
TASKS = tuple(
    f"task.{channel}"
    for channel in (
        "linkedin",
        "card",
        "call",
        "references",
        "ask",
        "ask_outcome",
        "keep_searching",
    )
)
EVERY_MAIL = list(itertools.product(LANGUAGES, TEMPLATES))

NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
FULL = Values(
    user_name="Alex Kim",
    now=NOW,
    zone=ZoneInfo("Europe/London"),
    user_phone="+44 20 7946 0100",
    recipient="Jane Doe",
    company="Acme, Inc.",
    role="Senior Data Engineer (m/w/d)",
    day=date(2026, 11, 24),
    talk="interview",
    others=("Tom Okoro", "Dr. Jörg Müller"),
    decision_by=date(2026, 12, 4),
    matters="that the on-call rota stays calm.",
    plan="start with the slowest queries, measure first, and write down what I find",
    value="https://www.example.org/on-call",
    caller="Jane Doe",
    caller_phone="+44 20 7946 0999",
)
#: What a template can miss, by its family; everything else stays known.
CAN_MISS = {
    "thank_you": (
        "recipient",
        "role",
        "company",
        "day",
        "decision_by",
        "matters",
        "plan",
        "others",
    ),
    "check_in": ("recipient", "role", "company", "day", "decision_by", "value", "talk"),
    "references": ("recipient", "role", "company", "day", "caller", "caller_phone"),
}
ORDINARY = ("recipient", "role", "company", "day", "talk", "user_phone")


def shipped() -> Mapping[str, str]:
    root = templates()
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*.txt"))
    }


SOURCES = shipped()


def without(values: Values, names: tuple[str, ...]) -> Values:
    return replace(values, **{name: () if name == "others" else None for name in names})


def write(template: str, values: Values = FULL, language: str = "en", nth: int = 0) -> Words:
    return render(template, values, sources=SOURCES, seed="acme", language=language, nth=nth)


def known_for(template: str) -> Values:
    """The fullest values, on a day that suits the template: after the date it asks about."""
    late = template.startswith("check_in")
    return replace(FULL, now=datetime(2026, 12, 8, 10, tzinfo=UTC)) if late else FULL


def subsets(template: str) -> Iterator[tuple[int, Values]]:
    """Numbered values with every subset of what this template can miss left out."""
    can_miss = CAN_MISS.get(template.partition(".")[0], ORDINARY)
    number = 0
    for size in range(len(can_miss) + 1):
        for missing in itertools.combinations(can_miss, size):
            yield number, without(known_for(template), missing)
            number += 1


def sentences(body: str) -> set[str]:
    """The sentences of a body, greeting and sign-off apart."""
    paragraphs = body.strip().split("\n\n")[1:-1]
    return {
        each for text in paragraphs for each in re.split(r"(?<=[a-z0-9]{3}[.?!])\s", text) if each
    }


@pytest.mark.parametrize(("language", "template"), EVERY_MAIL)
def test_every_template_reads_on_whatever_is_missing(language: str, template: str) -> None:
    """No subset of missing values leaves a hole, a placeholder, or a mail of the wrong length."""
    for number, values in subsets(template):
        words = render(
            template,
            values,
            sources=SOURCES,
            seed=f"seed {number % 7}",
            language=language,
            nth=number % 5,
        )
        assert problems_in(words.body, template) == (), words.body
        assert words.subject == " ".join(words.subject.split())
        assert problems_in(f"Hi,\n\n{words.subject} {'word ' * 30}".strip()) == (), words.subject


@pytest.mark.parametrize(("language", "template"), EVERY_MAIL)
def test_every_template_says_enough_without_greeting_and_sign_off(
    language: str, template: str
) -> None:
    """The text alone is long enough when nothing is known, and short enough when all is."""
    least, most = (70, 160) if template.startswith("thank_you") else (40, 110)
    for nth in range(5):
        bare = write(
            template,
            without(
                FULL,
                (
                    *ORDINARY,
                    "others",
                    "decision_by",
                    "matters",
                    "plan",
                    "value",
                    "caller",
                    "caller_phone",
                ),
            ),
            language,
            nth,
        )
        text = " ".join(bare.body.strip().split("\n\n")[1:-1])
        assert len(text.split()) >= least, text
        assert len(write(template, known_for(template), language, nth).body.split()) <= most


@pytest.mark.parametrize(("language", "template"), EVERY_MAIL)
def test_every_way_to_say_a_paragraph_is_sound(language: str, template: str) -> None:
    """Over many seeds, so that each variant has its turn, nothing reads badly."""
    for seed, values in itertools.product(
        range(12),
        (
            known_for(template),
            without(known_for(template), ("matters", "plan", "value", "decision_by", "others")),
        ),
    ):
        words = render(template, values, sources=SOURCES, seed=str(seed), language=language)
        assert problems_in(words.body, template) == (), words.body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("template", "people"),
    [("thank_you.interviewer", 5), ("thank_you.panel", 5), ("thank_you.recruiter", 3),
     ("thank_you.manager", 3), ("thank_you.pass_on", 3)],
)  # fmt: skip
@pytest.mark.parametrize("known", [FULL, without(FULL, ("matters", "plan", "decision_by"))])
def test_people_at_one_employer_share_no_sentence(
    language: str, template: str, people: int, known: Values
) -> None:
    """Colleagues who compare their mails find different words."""
    seen = [sentences(write(template, known, language, nth).body) for nth in range(people)]
    for one, other in itertools.combinations(seen, 2):
        assert not one & other


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notes_of_one_round_share_no_sentence_across_templates(language: str) -> None:
    """The manager's, the recruiter's and the interviewers' notes are different mails."""
    notes = [name for name in TEMPLATES if name.startswith("thank_you")]
    for values in (FULL, without(FULL, ("matters", "plan", "decision_by"))):
        seen = {
            n: set[str]().union(
                *(sentences(write(n, values, language, nth).body) for nth in range(5))
            )
            for n in notes
        }
        for one, other in itertools.combinations(notes, 2):
            assert not seen[one] & seen[other]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_large_panel_gets_as_many_different_mails(language: str) -> None:
    """With more people than ways to say it, no two mails are the same."""
    bodies = {
        write("thank_you.panel", replace(FULL, recipient=None), language, nth).body
        for nth in range(12)
    }
    assert len(bodies) == 12


@pytest.mark.parametrize(("language", "template"), EVERY_MAIL)
def test_the_same_note_gets_the_same_words(language: str, template: str) -> None:
    """What was drafted once is drafted again word for word."""
    assert write(template, FULL, language, 2) == write(template, FULL, language, 2)


def test_what_is_known_is_said() -> None:
    """Role, employer, day, what mattered and how the user would do it are all in the note."""
    body = write("thank_you.interviewer").body
    for said in (
        "Dear Jane,",
        "Senior Data Engineer role at Acme",
        "today",
        "the on-call rota stays calm.",
        "start with the slowest queries",
        "Alex Kim",
        "+44 20 7946 0100",
    ):
        assert said in body


@pytest.mark.parametrize(
    ("language", "greeting", "role"),
    [
        ("de", "Guten Tag Jane Doe,", "Stelle als Senior Data Engineer bei Acme"),
        ("fr", "Bonjour Jane Doe,", "poste de Senior Data Engineer chez Acme"),
        ("es", "Hola, Jane:", "puesto de Senior Data Engineer en Acme"),
        ("de-AT", "Guten Tag Jane Doe,", "Stelle als Senior Data Engineer bei Acme"),
        ("pl", "Dear Jane,", "Senior Data Engineer role at Acme"),
    ],
)
def test_the_mail_is_in_the_language_of_theirs(language: str, greeting: str, role: str) -> None:
    """Greeting and role as that language writes them; English where there is no template."""
    body = write("thank_you.interviewer", language=language).body
    assert body.startswith(greeting + "\n")
    assert role in body


def test_a_mail_is_never_in_two_languages() -> None:
    """A template that a language lacks is taken from English whole, greeting and all."""
    partly = {path: text for path, text in SOURCES.items() if path != "de/no_show.txt"}
    assert language_for("no_show", "de", partly) == "en"
    assert render("no_show", FULL, sources=partly, seed="a", language="de").body.startswith(
        "Dear Jane,"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_greeted_neutrally_by_an_address(language: str) -> None:
    """Without a person's name the greeting stands alone."""
    for shown in (None, "jane.doe@acme.example", "Talent Team"):
        first = write("check_in.first", replace(FULL, recipient=shown), language).body.split("\n")[
            0
        ]
        assert re.fullmatch(r"(Hello|Guten Tag|Bonjour|Hola)[,:]", first)


def test_the_others_are_named() -> None:
    """The key contact is asked to thank each of the others by name."""
    for language, listed in (
        ("en", "Tom Okoro and Dr. Jörg Müller"),
        ("de", "Tom Okoro und Dr. Jörg Müller"),
        ("fr", "Tom Okoro et Dr. Jörg Müller"),
        ("es", "Tom Okoro y Dr. Jörg Müller"),
    ):
        assert listed in write("thank_you.pass_on", language=language).body


@pytest.mark.parametrize(
    ("now", "day", "said"),
    [
        ("2026-11-24T16:00", "2026-11-24", "today"),
        ("2026-11-24T19:00", "2026-11-24", "on Tuesday"),
        ("2026-11-25T08:00", "2026-11-24", "on Tuesday"),
        ("2026-11-30T08:00", "2026-11-24", "on Tuesday"),
        ("2026-12-01T08:00", "2026-11-24", "on 24 November"),
    ],
)
def test_a_day_is_called_what_it_still_is_when_the_draft_is_sent(
    now: str, day: str, said: str
) -> None:
    """ "Today" only while it will stay true, the weekday within the week, then the date."""
    at = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo("Europe/London"))
    values = replace(FULL, now=at, day=date.fromisoformat(day))
    assert (
        f"interview {said}"
        in write("thank_you.manager", values, nth=0).subject
        + write("thank_you.manager", values, nth=1).body
        + write("thank_you.manager", values, nth=2).body
        + write("thank_you.manager", values, nth=0).body
    )


def test_the_day_is_the_users_day() -> None:
    """Midnight in London is still the day before in New York."""
    values = replace(
        FULL, now=datetime(2026, 11, 25, 2, tzinfo=UTC), zone=ZoneInfo("America/New_York")
    )
    assert " today" not in write("thank_you.interviewer", values).body
    assert " on Tuesday" in write("thank_you.interviewer", values).body


def test_a_date_to_come_is_waited_for_and_a_past_one_asked_about() -> None:
    """A thank-you looks forward to their date; a check-in after it names it as passed."""
    assert (
        "by 4 December" in write("thank_you.recruiter").body
        or "4 December as the date" in write("thank_you.recruiter").body
    )
    late = replace(FULL, now=datetime(2026, 12, 8, 10, tzinfo=UTC))
    assert "4 December" in write("check_in.after_date", late).body
    assert "4 December" not in write("thank_you.recruiter", late).body


def test_the_first_of_the_month_is_an_ordinal_in_french() -> None:
    """1er décembre, and 2 décembre."""
    values = replace(FULL, decision_by=date(2026, 12, 1))
    assert "1er décembre" in write("thank_you.recruiter", values, "fr").body


@pytest.mark.parametrize(
    ("role", "said"),
    [("ingénieur réseau", "poste d'ingénieur réseau"), ("comptable", "poste de comptable")],
)
def test_french_elides_before_a_vowel(role: str, said: str) -> None:
    """d'ingénieur, de comptable."""
    assert said in write("thank_you.interviewer", replace(FULL, role=role), "fr").body


def test_french_keeps_its_space_before_a_colon_on_the_line() -> None:
    """A no-break space stands before : ; ? and !."""
    assert "\u00a0:" in write("thank_you.interviewer", language="fr").body
    assert " :" not in write("thank_you.interviewer", language="fr").body


@pytest.mark.parametrize(
    "poison",
    [
        "{{ user_name }}",
        "{% for x in y %}",
        "[Company]",
        "<name>",
        "https://evil.example",
        "Acme\nBcc: x",
        "x" * 300,
        "None\x00",
    ],
)
def test_text_from_a_mail_is_only_ever_a_value(poison: str) -> None:
    """A template, a placeholder or a link in an employer's or role's name never comes through."""
    for values in (
        replace(FULL, company=poison),
        replace(FULL, role=poison),
        replace(FULL, recipient=poison),
    ):
        body = write("thank_you.interviewer", values).body
        assert "evil.example" not in body
        assert not set("{}[]<>\x00") & set(body)
        assert "Bcc" not in body.split("\n")[0]


_SHOWN = st.one_of(
    st.none(), st.text(max_size=80), st.text(alphabet="aB .,!?&-/'…\u00a0", max_size=30)
)


@settings(max_examples=150, deadline=None)
@given(
    company=_SHOWN, role=_SHOWN, recipient=_SHOWN, other=_SHOWN, caller=_SHOWN,
    mail=st.sampled_from(EVERY_MAIL),
)  # fmt: skip
def test_no_name_from_a_mail_spoils_the_words(
    company: str | None, role: str | None, recipient: str | None, other: str | None,
    caller: str | None, mail: tuple[str, str],
) -> None:  # fmt: skip
    """Whatever was read as a name, the mail that comes out of it is sound."""
    language, template = mail
    values = replace(
        FULL, company=company, role=role, recipient=recipient, others=(other or "",), caller=caller
    )
    assert problems_in(write(template, values, language).body) == ()


def test_the_users_own_words_come_as_they_are() -> None:
    """What the user wrote is said once, with one full stop and without its bullet."""
    body = write(
        "thank_you.interviewer", replace(FULL, matters="- I care about {tests}!!!  A lot...")
    ).body
    assert "I care about (tests)! A lot…" in body
    assert problems_in(body) == ()


def test_a_value_with_a_link_stands_alone_on_its_line() -> None:
    """A link is not followed by a full stop that would break it."""
    assert "https://www.example.org/on-call" in write("check_in.value").body.split("\n")


def test_shipped_templates_are_whole() -> None:
    """Every template is there in every language, and nothing is wrong in any."""
    names = (*TEMPLATES, *MEMOS, *TASKS, "phrases")
    assert {f"{lang}/{name}.txt" for lang in LANGUAGES for name in names} == set(SOURCES)
    assert problems_in_sources(SOURCES) == ()


@pytest.mark.parametrize(
    "path", sorted(p for p in SOURCES if "/check_in." in p or "/task.call" in p)
)
def test_no_check_in_claims_that_its_reader_was_there(path: str) -> None:
    """A recruiter who only arranged the interview reads of "the interview", not of "ours"."""
    said = re.search(
        r"(?:\bour\b|\bunser\w*|\bnotre\b|\bnuestr\w+) (?:\{\{ talk|entretien)", SOURCES[path], re.I
    )
    assert said is None, said


def test_a_users_mistakes_are_all_told_at_once_by_line() -> None:
    """A wrong value, a wrong heading and broken Jinja are named with file, line and remedy."""
    own = "# mine\n== subject\nHi\n== Opening!\n== opening\nAt {{ compnay }}\n---\n{% if role %}x\n"
    with pytest.raises(ConfigError) as raised:
        render("feedback", FULL, sources={**SOURCES, "en/feedback.txt": own}, seed="a")
    problems = raised.value.problems
    assert raised.value.where == "templates/en/feedback.txt"
    assert any(p.startswith("line 4: a heading") for p in problems)
    assert "line 6: there is no value called compnay; did you mean company?" in problems
    assert any(p.startswith("line 8:") for p in problems)


def test_a_template_that_is_not_there_is_told_by_name() -> None:
    """A playbook that names a template of its own without a file gets one clear sentence."""
    with pytest.raises(ConfigError, match=r"en/lunch\.txt"):
        render("lunch", FULL, sources=SOURCES, seed="a")


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ user_name.__init__.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{{ 1 / 0 }}",
    ],
)
def test_a_template_can_do_nothing_but_write(attack: str) -> None:
    """A template that reaches beyond its values is refused, not run."""
    own = f"== subject\nHi\n== opening\n{attack}\n"
    with pytest.raises(ConfigError):
        render("feedback", FULL, sources={**SOURCES, "en/feedback.txt": own}, seed="a")


def test_a_users_template_may_bring_its_own_frame() -> None:
    """Greeting and sign-off in a file stand in for the shared ones."""
    own = "== subject\nHi\n== opening\nOne.\n\nTwo.\n== greeting\nHi {{ name }},\n== sign_off\nBest,\n{{ user_name }}\n"
    words = render("feedback", FULL, sources={**SOURCES, "en/feedback.txt": own}, seed="a")
    assert words == Words("Hi", "Hi Jane,\n\nOne.\n\nTwo.\n\nBest,\nAlex Kim\n")


def test_a_signature_stands_in_for_name_and_number() -> None:
    """The user's own lines end the mail, once, line by line."""
    values = replace(FULL, signature="Alex Kim\nTel. +44 20 7946 0100\n<alex@example.org>\n")
    body = write("thank_you.interviewer", values).body
    assert body.endswith("\nKind regards,\nAlex Kim\nTel. +44 20 7946 0100\n(alex@example.org)\n")
    assert body.count("Alex Kim") == 1


def test_templates_come_from_the_checkout_or_the_wheel() -> None:
    """The shipped folder is found wherever the program lies."""
    assert isinstance(templates(), Path)
    assert (templates() / "README.md").is_file()


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_one_person_to_be_thanked_is_not_spoken_of_as_several(language: str) -> None:
    """ "Remercier Tom Okoro … leurs coordonnées" is one person too many."""
    plural = r"leurs? |escribirles|sus datos de contacto de|Mir fehlen die Adressen"
    for nth in range(5):
        one = replace(FULL, others=("Tom Okoro",))
        body = write("thank_you.pass_on", one, language, nth).body
        assert not re.search(plural, body), body


def test_an_invitation_to_connect_tells_of_no_subject_that_may_not_have_come_up() -> None:
    """What was said of the team is not known; that the role was spoken of is."""
    for language in ("en", "de", "fr", "es"):
        for nth in range(5):
            body = write("task.linkedin", replace(FULL, matters=None), language, nth).body
            assert not re.search(r"équipe|ce qui compte|team\b|equipo", body), body


def test_no_french_or_spanish_adjective_tells_the_users_gender() -> None:
    """ "Pour être concret" would; a pronoun that takes one for a man would too."""
    told = r"Pour être concret|\b(?:conocerle|llamarles?|añadirle)\b"
    for path, text in SOURCES.items():
        assert path[:2] not in ("fr", "es") or not re.search(told, text), path


def test_a_german_question_after_a_colon_begins_with_a_capital() -> None:
    """ "Stelle als Konstrukteur: Gibt es Neuigkeiten?"."""
    for path, text in SOURCES.items():
        assert not path.startswith("de/check_in") or not re.search(r"\}: [a-zäöü].*\?$", text, re.M)
