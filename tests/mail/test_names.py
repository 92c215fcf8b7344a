"""What people are called, and when nobody is called by anything."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.mail.names import full_name, greeting_name, list_names
from tests.mail.steps import steps


@pytest.mark.parametrize(
    ("shown", "greeted"),
    [
        ("Jane Doe", "Jane"),
        ("Doe, Jane", "Jane"),
        ("JANE DOE", "Jane"),
        ("jane doe", "Jane"),
        ("DUPONT Marie", "Marie"),
        ("Marie DUPONT", "Marie"),
        ("MCDONALD, RONALD", "Ronald"),
        ("Pat O'Brien", "Pat"),
        ("Ludwig van der Berg", "Ludwig"),
        ("van der Berg, Ludwig", "Ludwig"),
        ("Jean-Pierre Martin", "Jean-Pierre"),
        ("Jean Pierre Martin", "Jean Pierre"),
        ("José Luis Martínez", "José Luis"),
        ("María García López", "María"),
        ("Abdul Rahman Al-Farsi", "Abdul Rahman"),
        ("Mary J. Blige", "Mary"),
        ("JD Vance", "JD"),
        ('Robert "Bob" Smith', "Bob"),
        ("Robert (Bob) Smith", "Bob"),
        ("'Jane Doe'", "Jane"),
        ("'.Jane Doe", "Jane"),
        ("Sam", "Sam"),
        ("Don Draper", "Don"),
        ("Ben Smith", "Ben"),
        ("Kim Smith", "Kim"),
    ],
)
def test_people_are_greeted_by_the_given_name(shown: str, greeted: str) -> None:
    """However a mail program spells it, the given name is found."""
    assert greeting_name(shown) == greeted


@pytest.mark.parametrize(
    ("shown", "greeted"),
    [
        ("Nguyễn Thị Hoa", "Hoa"),
        ("Nguyen Thi Hoa", "Hoa"),
        ("Hoa Nguyễn", "Hoa"),
        ("Lê Minh Tuấn", "Tuấn"),
        ("Kim Nguyen", "Kim"),
        ("Dr. Nguyễn Thị Hoa", "Dr. Hoa"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Hoa"), "Hoa"),
        ("Mai Nguyễn", "Mai Nguyễn"),
    ],
)
def test_vietnamese_people_are_called_by_their_given_name_which_comes_last(
    shown: str, greeted: str
) -> None:
    """Family, middle, given; with a title too; and where both ends could be the family, all."""
    assert greeting_name(shown) == greeted


@pytest.mark.parametrize(
    "shown",
    [
        "Zhang Wei", "Wei Zhang", "Kim Min-jun", "Nagy Péter", "山田 太郎", "Иван Петров", "J. Doe",
        "J.R. Smith", "M. Dupont", "van der Berg", "von Trapp", "O'Brien",
    ],
)  # fmt: skip
def test_where_the_parts_are_not_certain_the_whole_name_stands(shown: str) -> None:
    """A stiff greeting is better than a wrong one."""
    assert greeting_name(shown) == shown


@pytest.mark.parametrize(
    ("shown", "en", "de", "fr", "es"),
    [
        ("Dr. Müller", "Dr. Müller", "Dr. Müller", "Dr Müller", "Dr. Müller"),
        ("Dr Müller", "Dr Müller", "Dr Müller", "Dr Müller", "Dr Müller"),
        ("Prof. Dr. Anna Schmidt", "Prof. Dr. Schmidt", "Prof. Dr. Schmidt", "Prof Dr Schmidt", "Prof. Dr. Schmidt"),
        ("Frau Dr. Müller", "Dr. Müller", "Frau Dr. Müller", "Madame Müller", "Dr. Müller"),
        ("Frau Müller", "Ms Müller", "Frau Müller", "Madame Müller", "Sra. Müller"),
        ("Herr Jörg Müller", "Jörg", "Herr Müller", "Monsieur Müller", "Jörg"),
        ("Ms. Jane Smith", "Jane", "Frau Smith", "Madame Smith", "Jane"),
        ("Sir Ian McKellen", "Ian", "Herr McKellen", "Monsieur McKellen", "Ian"),
        ("Jane Doe", "Jane", "Jane Doe", "Jane Doe", "Jane"),
        ("Dr. María García López", "Dr. María García López", "Dr. María García López", "Dr María García López", "Dr. María García López"),
    ],
)  # fmt: skip
def test_titles_and_forms_of_address_go_by_language(
    shown: str, en: str, de: str, fr: str, es: str
) -> None:
    """A doctor stays one; Frau and Madame are said where the mail said so, else the full name."""
    assert [greeting_name(shown, lang) for lang in ("en", "de", "fr", "es")] == [en, de, fr, es]


@pytest.mark.parametrize(
    "shown",
    [
        "Jane Doe, PhD", "Jane Doe, CIPD", "Jane Doe (she/her)", "Jane Doe she/her", "Jane Doe | Acme",
        "Jane Doe - Acme Recruiting", "Jane Doe at Acme", "Jane Doe via LinkedIn", "Jane 🌟 Doe",
        "Jane Doe (Acme)", "Jane Doe [Acme]", "Jane Doe 💼 | Hiring!", "  Jane   Doe  ", "Jane Doe\r\nBcc: x",
        "Jane Doe @ Acme", "Jane Doe, Jr.", "Jane Doe — Talent Partner",
    ],
)  # fmt: skip
def test_what_is_not_the_name_is_cut(shown: str) -> None:
    """Degrees, pronouns, employers, ornaments and a second line are no part of a name."""
    assert full_name(shown) == "Jane Doe"


@pytest.mark.parametrize(
    "shown",
    [
        None, "", " ", "x", "jane.doe", "jane.doe@acme.example", "jane_doe", "user123", "Talent Team",
        "Acme Recruiting", "HR", "no-reply", "noreply", "Anna & Bernd", "Jane and John Doe", "🌟", "---",
        "Calendly", "Personalabteilung", "A" * 5000,
    ],
)  # fmt: skip
def test_what_names_nobody_gives_a_neutral_greeting(shown: str | None) -> None:
    """An address, a team or a machine is not greeted by name."""
    assert greeting_name(shown) is None


def test_what_follows_a_comma_may_be_an_employer() -> None:
    """ "Jane Doe, Acme" is not somebody called Acme: the part before the comma stands whole."""
    assert greeting_name("Jane Doe, Acme") == "Jane Doe"


@pytest.mark.parametrize(
    ("names", "language", "listed"),
    [
        (["Ann Lee"], "en", "Ann Lee"),
        (["Ann Lee", "Bo Berg"], "en", "Ann Lee and Bo Berg"),
        (["Ann Lee", "Bo Berg", "Cy Dahl"], "de", "Ann Lee, Bo Berg und Cy Dahl"),
        (["Ann Lee", "Bo Berg"], "fr", "Ann Lee et Bo Berg"),
        (["Ann Lee", "Bo Berg"], "es", "Ann Lee y Bo Berg"),
        (["Ann Lee", "Inés Gil"], "es", "Ann Lee e Inés Gil"),
        (["Ann Lee", "Yago Gil"], "es", "Ann Lee y Yago Gil"),
        (["Ann Lee", "Talent Team", "Lee, Ann"], "en", "Ann Lee"),
        (["Frau Müller", "Dr. Jörg Weiß"], "de", "Frau Müller und Dr. Jörg Weiß"),
        ([], "en", ""),
    ],
)
def test_names_are_listed_as_people_list_them(names: list[str], language: str, listed: str) -> None:
    """Each person once, teams left out, with the language's own word for "and"."""
    assert list_names(names, language) == listed


@given(st.text(max_size=120), st.sampled_from(["en", "de", "fr", "es", "pl"]))
def test_no_text_makes_a_greeting_unsafe(shown: str, language: str) -> None:
    """Whatever a mail shows as a name, a greeting is one line without marks of markup."""
    name = greeting_name(shown, language)
    assert name is None or (
        name == " ".join(name.split())
        and 1 < len(name) <= 100
        and not set(name) & set("\r\n\x00@<>[]{}|,")
        and any(each.isalpha() for each in name)
    )


_WORD = st.from_regex(r"[BCDFGKLMNPRST][aeiou][bdfgklmnprst]{2}[aeiou]k", fullmatch=True)


@given(_WORD, _WORD)
def test_the_order_around_a_comma_does_not_matter(given_name: str, family: str) -> None:
    """ "Doe, Jane" is Jane Doe, in capitals too, and is greeted as she is."""
    for shown in (
        f"{given_name} {family}",
        f"{family}, {given_name}",
        f"{family.upper()} {given_name}",
    ):
        assert full_name(shown) == f"{given_name} {family}"
        assert greeting_name(shown) == given_name


@pytest.mark.parametrize(
    "hostile",
    ["(" * 100_000, "a," * 50_000, '"' * 100_000, "| " * 50_000, "A.B" * 30_000, " - " * 30_000],
)
def test_a_hostile_name_takes_no_time(hostile: str) -> None:
    """A hundred kilobytes of brackets are dismissed at once."""
    assert greeting_name(hostile) is greeting_name(hostile[:400]) is None
    assert steps(lambda: greeting_name(hostile)) < 50


def test_a_stop_before_a_name_is_no_part_of_it() -> None:
    """A stray full stop never opens the name that a greeting uses."""
    assert (greeting_name(".AA"), greeting_name(". Dana Fox")) == ("AA", "Dana")
