"""People whom a text names."""

import pytest

from agent.mail.named import named_in


def names(text: str, *, freely: bool = True, language: str = "en") -> set[str]:
    """The names found in a text."""
    return {each.name for each in named_in(text, freely=freely, language=language)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You'll meet Priya Nair (Engineering Manager) and Tom.", {"Priya Nair", "Tom"}),
        ("with our CTO, Dana Fox", {"Dana Fox"}),
        (
            "The panel will consist of Alan Broom, Cllr Jean Fisk and Mr Tran.",
            {"Alan Broom", "Cllr Jean Fisk", "Mr Tran"},
        ),
        ("Interviewers: Ann Lee (CTO), Tom Hale", {"Ann Lee", "Tom Hale"}),
        ("Talia has moved your chat.", {"Talia"}),
        ("10:00 Raj Patel, Engineering", {"Raj Patel"}),
        (
            "Felix Brand and Noor Haddad would love to interview you together",
            {"Felix Brand", "Noor Haddad"},
        ),
        ("Jonah Reyes, our documentation lead, would like to interview you", {"Jonah Reyes"}),
        ("Slots will go fast. Results will follow on Monday.", set()),
        ("Tess has good taste.", set()),
        ("Dear Ms Avery, thank you.", set()),
        ("Park at Lyle Tower.", set()),
    ],
)
def test_people_one_meets_are_named(text: str, found: set[str]) -> None:
    """By the words around their names; greetings, days and places are nobody."""
    assert names(text) == found


def test_an_address_beside_a_name_or_below_it_is_that_persons() -> None:
    """Names of a list keep their own."""
    text = (
        "10:00 Nadia Rahm\nnadia@acme.example\n11:00 Tom Whit\ntom@acme.example\n12:00 Grace Oyel"
    )
    found = {each.name: each.email for each in named_in(text, freely=True)}
    assert found == {
        "Nadia Rahm": "nadia@acme.example",
        "Tom Whit": "tom@acme.example",
        "Grace Oyel": None,
    }


def test_the_address_of_the_next_of_a_list_is_not_ones_own() -> None:
    """ "Tom and Mia (mia@...)": the address is Mia's."""
    text = "Your talk is with Tom Hale (Staff Engineer) and Mia Wong (mia@acme.example)."
    found = {each.name: each.email for each in named_in(text, freely=True)}
    assert found == {"Tom Hale": None, "Mia Wong": "mia@acme.example"}


def test_a_title_and_an_address_in_one_bracket_are_both_read() -> None:
    """ "Tom Hale (Staff Engineer, tom@...)"."""
    (tom,) = named_in("You will meet Tom Hale (Staff Engineer, tom@acme.example).", freely=True)
    assert (tom.title, tom.email) == ("Staff Engineer", "tom@acme.example")


def test_a_title_in_capitals_right_before_the_name_hides_nobody() -> None:
    """ "our CEO Mia Wong", "Engineering Manager Tom Hale"."""
    text = (
        "You will talk with our CEO Mia Wong (mia@acme.example) and Engineering Manager Tom Hale."
    )
    found = {each.name: (each.email, each.title) for each in named_in(text, freely=True)}
    assert found["Mia Wong"] == ("mia@acme.example", "CEO")
    assert "Tom Hale" in found


def test_a_title_goes_with_the_name() -> None:
    """In brackets, after a comma, or before the name."""
    titles = {
        each.name: each.title
        for each in named_in(
            "You will meet Ann Lee (Head of Data). Then with our CTO, Dana Fox.", freely=True
        )
    }
    assert titles == {"Ann Lee": "Head of Data", "Dana Fox": "CTO"}


def test_other_languages_title_people_their_way() -> None:
    """Also in small letters; in German a noun alone is nobody."""
    assert names("u spreekt mevrouw Bakker en de heer Van Rijn", language="nl") == {
        "mevrouw Bakker",
        "de heer Van Rijn",
    }
    assert names("Bitte mit Lebenslauf, es sitzt Frau Sommer dabei", language="de") == {
        "Frau Sommer"
    }


def test_outside_talks_only_strong_words_name_people() -> None:
    """An answer to a question mentions people that nobody meets."""
    assert names("Bergen Moss from Finance is away.", freely=False) == set()


def test_a_product_on_the_line_is_nobody() -> None:
    """What follows a title after a comma belongs to the title."""
    text = "10:45 am - 11:25 am  Tom Whit, Product Manager, Patient Portal\n      tom@acme.example"
    found = [(each.name, each.email) for each in named_in(text, freely=True)]
    assert found == [("Tom Whit", "tom@acme.example")]


def test_a_clause_between_name_and_verb_is_passed_over() -> None:
    """ "Jonah Reyes, who runs our group, would like to …"."""
    text = "Jonah Reyes, who runs our\ndocumentation group, would like to interview you"
    assert names(text) == {"Jonah Reyes"}


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "Du sprichst mit Tanja aus unserem Recruiting.", {"Tanja"}),
        ("it", "Domani ti aspetta Ludovica in via dei Chiostri.", {"Ludovica"}),
        ("it", "La titolare si chiama Rosalba.", {"Rosalba"}),
        ("pl", "widzisz się z Kingą Zawadą z naszego HR", {"Kinga Zawada"}),
        ("en", "You'll be meeting: Keisha Lowe", {"Keisha Lowe"}),
        ("en", "Shauna from Hotplate would like to say hello.", {"Shauna"}),
        ("en", "Lakisha Dorn will still be calling you.", {"Lakisha Dorn"}),
        ("en", "Our director, Alastair Munro, would like a coffee.", {"Alastair Munro"}),
    ],
)
def test_people_are_introduced_in_every_language(language: str, text: str, found: set[str]) -> None:
    """By their firm or desk, by who waits and who is called; a Polish name in its own form."""
    assert names(text, language=language) == found


def test_who_decided_is_named_in_a_mail_of_the_outcome() -> None:
    """A given name alone, by what it did; other words say it of nobody."""
    assert names("Gregory meets the last person on Wednesday.", freely=False) == {"Gregory"}
    assert names("Gregory Street is closed.", freely=False) == set()


def test_somebody_who_decides_is_named_by_the_first_name_alone() -> None:
    """In a mail about an outcome a given name counts by what its bearer did."""
    said = "Dale has asked me to write. Jonah has promised us a name, and Oscar will ring you."
    assert [each.name for each in named_in(said, freely=False)] == ["Dale", "Jonah", "Oscar"]
    assert not named_in("Dale has a farm. Jonah rings the bell.", freely=False)


def test_a_firm_of_two_words_joined_is_nobody() -> None:
    """Where neither is a given name."""
    assert named_in("You will meet Curl Up & Dye on Friday.", freely=True) == ()
