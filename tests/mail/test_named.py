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
        ("Who: Antonia Reyes, Director of Rooms", {"Antonia Reyes"}),
        ("With: Carmen Silva, Director of Institutional Giving", {"Carmen Silva"}),
        ("Gesprek met: Jan de Vries of Anna Bakker", {"Jan de Vries", "Anna Bakker"}),
        ("Talia has moved your chat.", {"Talia"}),
        ("10:00 Raj Patel, Engineering", {"Raj Patel"}),
        (
            "Felix Brand and Noor Haddad would love to interview you together",
            {"Felix Brand", "Noor Haddad"},
        ),
        ("Jonah Reyes, our documentation lead, would like to interview you", {"Jonah Reyes"}),
        ("Slots will go fast. Results will follow on Monday.", set()),
        ("Martedì alle 10 incontrerai Marta Neri e Luca Sala.", {"Marta Neri", "Luca Sala"}),
        ("10:00 - 10:45\nWestern European Time - Lisbon", set()),
        ("Velm has good taste.", set()),
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


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Leila Haddad had a conflict come up.", {"Leila Haddad"}),
        ("en", "Emmett Cole, Box Office Treasurer, joins me.", {"Emmett Cole"}),
        ("de", "Sven Kuhlmann, der das Team leitet, ist mit dabei.", {"Sven Kuhlmann"}),
        ("nl", "Ruben Koster, je leidinggevende, heeft ruimte op dinsdag.", {"Ruben Koster"}),
        ("pl", "Ze strony zespołu dołączy Piotr Zych.", {"Piotr Zych"}),
        ("pt", "Será recebida por Anabela Frazão.", {"Anabela Frazão"}),
    ],
)
def test_a_full_name_is_somebody_one_meets_whatever_is_said(
    language: str, text: str, found: set[str]
) -> None:
    """In a mail about a talk, where it begins with a given name."""
    assert names(text, language=language) == found


@pytest.mark.parametrize(
    "text",
    [
        "The address is\n14 Marina Close, 3rd floor.",
        "It is at 2250 Kirk Rd, Batavia.",
        "Samir Haddad, please complete the following.",
        "IDA Business Park, Athlone",
    ],
)
def test_a_street_and_the_user_called_are_nobody(text: str) -> None:
    """Though a given name begins them."""
    assert names(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Prairie Gas said yes to Tuesday.",
        "Your talk with Dunmore Distribution is off.",
        "Your application for Guest Relations came back to my mind.",
        "The hiring manager at Sunny Mart would like to interview you.",
    ],
)
def test_a_firm_is_nobody_though_it_is_spoken_of_like_somebody(text: str) -> None:
    """Words of every day and of business make a firm or a post."""
    assert names(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Thursday's interview is off, and Tuesday's out too.",
        "Everyone's been told to stop.",
        "Please select any one slot:\nTue, 19 Jan, 1:00 PM to 1:45 PM",
        "Hi-vis will be given to you at the gate.",
        "The Judge has been taken ill.",
    ],
)
def test_days_months_and_words_of_every_day_are_nobody(text: str) -> None:
    """Also with a possessive, and where the month is a given name too."""
    assert names(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "You do two hours on the section with Jake so I see your hands.",
        "I'll have you on the counter with Jess for the first hour.",
        "You shadow Leroy till eight.",
        "We meet at Luca's on the corner.",
        "There is a plate of Fiona's shortbread.",
        "Alison in HR has asked me to find time for you.",
    ],
)
def test_who_is_only_mentioned_is_not_met(text: str) -> None:
    """Who works beside the user in a trial, whose the place is, who arranges."""
    assert names(text) == set()


def test_a_given_name_that_is_a_word_counts_where_one_meets_somebody() -> None:
    """ "Frank" after "ask for", "Mark" of a list; not where a sentence begins."""
    assert names("Ask for Frank at the gate.") == {"Frank"}
    assert names("Mark the date. Grace period ends.") == set()


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("it", "Parteciperà Corrado Meini,\nresponsabile sinistri.", {"Corrado Meini"}),
        ("es", "Estaremos Jorge Sanchís, responsable de datos, y yo.", {"Jorge Sanchís"}),
        ("de", "Hier siehst du alle freien Zeiten von Mira aus dem Recruiting:", {"Mira"}),
    ],
)
def test_a_verb_before_a_name_is_no_part_of_it(language: str, text: str, found: set[str]) -> None:
    """With a capital where its sentence begins."""
    assert names(text, language=language) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Who: Dean Horrocks, Depot Manager", {"Dean Horrocks"}),
        ("- Con: Rocío Valdés", {"Rocío Valdés"}),
        ("Prowadzi: Weronika Bąk", {"Weronika Bąk"}),
        ("Osoba prowadząca: Beata Lech", {"Beata Lech"}),
        ("Ihre Gesprächspartnerin: Julia Marquardt", {"Julia Marquardt"}),
        ("Pregunta por: Paco Rentero", {"Paco Rentero"}),
    ],
)
def test_a_label_names_whom_one_meets_in_every_language(text: str, found: set[str]) -> None:
    """In a list, and with whose they are."""
    assert names(text) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Your talk is with Lt. Garza and me.", {"Lt. Garza"}),
        ("de", "Herr Rechtsanwalt Vogt ist krank.", {"Herr Vogt"}),
        ("de", "Sie sprechen mit Frau Oberärztin Dr. Fellner.", {"Dr. Fellner"}),
        ("it", "La riceverà la dott.ssa Marzia Fenoglio.", {"dott.ssa Marzia Fenoglio"}),
        ("pl", "Rozmowę poprowadzi mgr Bożena Wilk.", {"mgr Bożena Wilk"}),
    ],
)
def test_ranks_belong_to_a_name_and_trades_do_not(
    language: str, text: str, found: set[str]
) -> None:
    """A rank cut short stands before the name; what somebody is between form of address and name falls away."""
    assert names(text, language=language) >= found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Beverly (our DOC) came back to me.", {"Beverly"}),
        ("en", "So our ED Simone heard about you.", {"Simone"}),
        ("en", "I'm so sorry, Hector has an audit tomorrow.", {"Hector"}),
        ("en", "Unfortunately Callum has been called to site.", {"Callum"}),
        ("es", "Te atiende Eustoquio, nuestro director de arte.", {"Eustoquio"}),
        ("nl", "U spreekt met beleidsadviseur Farida el Amrani.", {"Farida el Amrani"}),
        (
            "en",
            "Monday: Walter Kopp 1:00 - 2:00, then Nadia Haddad.",
            {"Walter Kopp", "Nadia Haddad"},
        ),
        ("en", "Thursday, 9:00am - 9:30am PDT\nEli Park, Support Lead", {"Eli Park"}),
        (
            "en",
            "A short call with Pavel Novak or Jitka Horova next week?",
            {"Pavel Novak", "Jitka Horova"},
        ),
    ],
)
def test_a_name_is_told_from_the_words_around_it(language: str, text: str, found: set[str]) -> None:
    """Adverbs, titles in letters, times and articles."""
    assert names(text, language=language) == found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Rendez-vous 12 rue Victor Hugo, métro Jean Jaurès, bâtiment Marie Curie."),
        ("es", "Estamos en calle Miguel Hernández 4."),
        ("nl", "Adres: Willem de Zwijgerlaan 10."),
        ("pl", "Biuro: ul. Jana Pawła II 5, Kraków."),
        ("en", "He has been summoned to Washington and I have to withdraw."),
        ("en", "Martin Luther King Day is a holiday."),
        ("en", "Location: Anna Lindh Room, Level 2"),
        ("en", "You hold the Tom Ray Scholarship, I see."),
        ("en", "A nudge ahead of tomorrow with Docklands Mutual."),
    ],
)
def test_places_called_after_people_are_nobody(language: str, text: str) -> None:
    """By the word before the name, or the one that ends it."""
    assert names(text, language=language) == set()


@pytest.mark.parametrize(
    ("text", "name", "email"),
    [
        (
            "Please direct all hiring questions to Brenda Oates at brenda.oates@crane.example.",
            "Brenda Oates",
            "brenda.oates@crane.example",
        ),
        ("Bitte an Frau Kessler, k.kessler@see.example.", "Frau Kessler", "k.kessler@see.example"),
    ],
)
def test_an_address_made_of_the_name_beside_it_names_somebody(
    text: str, name: str, email: str
) -> None:
    """In a mail of any kind."""
    (found,) = named_in(text, freely=False)
    assert (found.name, found.email) == (name, email)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Who you'll meet\n\nHank Dobbs\nCharge Nurse", {"Hank Dobbs"}),
        ("en", "First Naledi for 30 minutes, followed by Thabo for 45.", {"Naledi", "Thabo"}),
        ("en", "Your contact on the day is Fergus: 07700 900123.", {"Fergus"}),
        ("en", "We (me + Steph) will ring you at 4.", {"Steph"}),
        ("en", "I've asked Big Dave to show you round.", {"Dave"}),
        ("en", "We have had to move you to Amanda Frost.", {"Amanda Frost"}),
        ("it", "Chiedi di Tonino al banco.", {"Tonino"}),
        ("it", "Il signor Colombo ha avuto un contrattempo.", {"signor Colombo"}),
    ],
)
def test_who_is_met_is_named_in_many_ways(language: str, text: str, found: set[str]) -> None:
    """Above a title, behind another, as a contact, in letters of a shop."""
    assert names(text, language=language) == found


def test_whose_leave_one_covers_is_not_met() -> None:
    """ "You'd cover Dee's maternity leave", "the Albert Heijn"."""
    assert names("You'd cover Dee's maternity leave.") == set()
    assert names("We zitten naast de Albert Heijn.", language="nl") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Interviewers: Anna Bell <anna@harbour.example>; Tom Ray <tom@harbour.example>",
        "| 10:00 | Anna Bell | Design |\n| 10:45 | Tom Ray | Code |",
        "Interviewer 1: Anna Bell\nInterviewer 2: Tom Ray",
        "1. Anna Bell (30 min)\n2. Tom Ray (45 min)",
        "Round 1 with Anna Bell at 10, Round 2 with Tom Ray at 11.",
        "Organizer: Anna Bell\nRequired: Tom Ray",
    ],
)
def test_a_panel_is_named_in_any_form(text: str) -> None:
    """Lists, tables, labels with numbers and running text."""
    assert names(text) == {"Anna Bell", "Tom Ray"}


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "When   Thursday\nWith   Barra Lindon\nJoin   https://x.example", {"Barra Lindon"}),
        ("it", "Con me ci sarà l'avvocato Pinna.", {"avvocato Pinna"}),
    ],
)
def test_a_table_and_a_trade_name_somebody(language: str, text: str, found: set[str]) -> None:
    """A column behind its label, a lawyer in small letters."""
    assert names(text, language=language) == found


def test_who_is_to_be_rung_is_not_called_ring() -> None:
    """A verb with a capital begins the sentence."""
    assert names("Ring Kelly and say which.") <= {"Kelly"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On Tuesday with Professor Angus Baird, Director of Research.", "Professor Angus Baird"),
        ("Battalion Chief Orr will chair the board.", "Battalion Chief Orr"),
        ("Sergeant Mills will meet you in the lobby.", "Sergeant Mills"),
        ("Pfarrer Kiehl kommt dazu.", "Pfarrer Kiehl"),
        ("la entrevista será con el ingeniero Castañeda.", "ingeniero Castañeda"),
        ("de commissie onder voorzitterschap van mr. A. Vos.", "mr. A. Vos"),
    ],
)
def test_a_rank_stays_with_the_name(text: str, found: str) -> None:
    """A rank that is a title as well makes a title of no name behind it."""
    assert names(text) == {found}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Principal Engineer is the title. Chief Engineer is another.", "en"),
        ("Park by St. George's.", "en"),
        ("NHS Glenorrin would like to interview you.", "en"),
        ("L'assenza sarà considerata rinuncia.", "it"),
        ("Li a sua carta com gosto.", "pt"),
        ("Vous pouvez vous garer devant chez Leroy Merlin.", "fr"),
        ("przy ulicy Jana Pawła II.", "pl"),
    ],
)
def test_words_with_a_capital_are_nobody(text: str, language: str) -> None:
    """Titles, saints of places, firms behind their letters and verbs are not named."""
    assert names(text, language=language) == set()


def test_two_of_a_list_with_a_plus_are_named() -> None:
    """ "me + Raj + Dee" is three of a house."""
    assert names("Tues 10, me + Raj + Dee.") == {"Raj", "Dee"}


def test_two_called_like_words_are_two_people() -> None:
    """ "Grace & Hal" is no firm, "Curl Up & Dye" is one."""
    assert names("Tuesday at 10 with Grace & Hal.") == {"Grace", "Hal"}
    assert names("Tuesday at 10 with Curl Up & Dye.") == set()


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Le recibirá el doctor Ordóñez.", "es", {"doctor Ordóñez"}),
        (
            "avec le docteur Mercier et la professeure Blin",
            "fr",
            {"docteur Mercier", "professeure Blin"},
        ),
        (
            "con l'avvocato Ferrero e la dottoressa Bassi",
            "it",
            {"avvocato Ferrero", "dottoressa Bassi"},
        ),
        ("às 11h com o doutor Pinheiro", "pt", {"doutor Pinheiro"}),
        ("met dokter Verhulst", "nl", {"dokter Verhulst"}),
        ("Doktor Sommerfeld ist dabei.", "de", {"Doktor Sommerfeld"}),
        ("Rozmowę poprowadzi doktor Kaczmarek.", "pl", {"doktor Kaczmarek"}),
        ("com a professora de Inglês", "pt", set()),
    ],
)
def test_a_trade_written_out_stands_before_a_name(
    text: str, language: str, found: set[str]
) -> None:
    """In small letters or capitals; a subject that somebody teaches is no name."""
    assert names(text, language=language) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("reçu à 10 h par Mme la Directrice Hélène Vasseur", {"Hélène Vasseur"}),
        ("Herr Dipl.-Ing. Karsten Oelze erwartet Sie.", {"Herr Dipl.-Ing. Karsten Oelze"}),
        ("HR specialist for this action: Lorna Whitehorse, until 3:30 PM", {"Lorna Whitehorse"}),
        ("Declan's mam is in hospital.", set()),
        ("Please don't mind Rosie, our dog.", set()),
        ("Viva,\n\nLi os seus textos.", set()),
    ],
)
def test_what_stands_beside_a_name_says_whether_one_meets_somebody(
    text: str, found: set[str]
) -> None:
    """Offices, degrees and labels before it, whose family or dog it is behind it."""
    language = "pt" if text.startswith("Viva") else "en"
    assert names(text, language=language) == found
