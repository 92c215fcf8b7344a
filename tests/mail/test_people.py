"""Who is on the other side."""

import pytest

from agent.domain.facts import Kind, Person, PersonRole
from agent.mail.message import Identity
from agent.mail.parse import parse
from agent.mail.people import people_in, people_written_to
from tests.mail.reading import USER, message, reading


def people(
    text: str,
    signature: str = "",
    sender: str = "Ruth Okafor <ruth@harbour.example>",
    kind: Kind = Kind.INTERVIEW_CONFIRMED,
    **fields: str,
) -> tuple[Person, ...]:
    """The people of a mail."""
    mail = message(text, sender=sender, **fields)
    return people_in(mail, kind, text, signature, (), USER, "Harbour")


def names(text: str, signature: str = "", **fields: str) -> list[str | None]:
    """The names found in a mail that fixes an interview."""
    return [person.name for person in people(text, signature, **fields)]


def test_named_interviewers_are_found() -> None:
    """By the words that introduce them."""
    text = "You will meet Priya Nair (Engineering Manager).\nPanel: Tom Hale, Mia Wong"
    assert set(names(text)) == {"Ruth Okafor", "Priya Nair", "Tom Hale", "Mia Wong"}


def test_the_user_is_nobody_on_the_other_side() -> None:
    """Also by first name."""
    assert names("Alex will meet Alex Moreno.") == ["Ruth Okafor"]


def test_an_address_nobody_reads_is_no_person() -> None:
    """A platform's name is no name."""
    assert names("Hello", sender="Harbour Careers <no-reply@hire.lever.co>") == []


@pytest.mark.parametrize("title", ["Talent Partner", "Personalreferentin", "Personalleiter"])
def test_a_recruiters_signature_gives_title_and_role(title: str) -> None:
    """The line below the name."""
    (person,) = people("Hello", f"Ruth Okafor\n{title}\nHarbour", kind=Kind.STATUS_UPDATE)
    assert (person.title, person.role) == (title, PersonRole.RECRUITER)


def test_two_mentions_of_one_person_are_one() -> None:
    """ "Priya" after "Priya Nair" adds nobody."""
    assert names("You will meet Priya Nair. Ask for Priya at the desk.") == [
        "Ruth Okafor",
        "Priya Nair",
    ]


def test_somebody_copied_has_that_address() -> None:
    """Where the text names them."""
    found = people(
        "Jonah Reyes, our documentation lead, would like to interview you.",
        Cc="Jonah Reyes <jonah.reyes@harbour.example>",
    )
    assert [(p.name, p.email) for p in found] == [
        ("Ruth Okafor", "ruth@harbour.example"),
        ("Jonah Reyes", "jonah.reyes@harbour.example"),
    ]


def test_whoever_signs_for_a_desk_has_no_address() -> None:
    """The desk's address is several people's."""
    (person,) = people("See you.", "Gill Marsh\nHR Manager", sender="HR <hr@harbour.example>")
    assert (person.name, person.email, person.title) == ("Gill Marsh", None, "HR Manager")


def test_a_first_name_is_enough_where_the_address_bears_it() -> None:
    """ "Bev at Harbour" writes from bev@harbour."""
    (person,) = people("See you.", sender="Bev at Harbour <bev@harbour.example>")
    assert (person.name, person.email) == ("Bev", "bev@harbour.example")


def test_an_acknowledgement_names_nobody_but_its_writer() -> None:
    """It describes whom one may meet."""
    found = people("You may meet Tom Hale.", kind=Kind.APPLICATION_RECEIVED)
    assert [person.name for person in found] == ["Ruth Okafor"]


def test_a_first_name_is_joined_with_the_full_one_below() -> None:
    """The history tells who Jonah is."""
    mail = message("Jonah has moved our talk.", sender="Ruth Okafor <ruth@harbour.example>")
    found = people_in(
        mail,
        Kind.INTERVIEW_RESCHEDULED,
        mail.text,
        "",
        (),
        USER,
        "Harbour",
        quoted="You will meet Jonah Reyes on Monday.",
    )
    assert [person.name for person in found] == ["Ruth Okafor", "Jonah Reyes"]


@pytest.mark.parametrize(
    ("to", "text", "people"),
    [
        ("Dana Fox <dana@a.example>", "Hi Dana,\n\nyes please.", [("Dana Fox", "dana@a.example")]),
        (
            "office@b.example",
            "Dear Mr Ferreday,\n\nhere it is.",
            [("Mr Ferreday", "office@b.example")],
        ),
        ("no-reply@c.example", "Hello,\n\nthanks.", []),
    ],
)
def test_the_user_writes_to_people(to: str, text: str, people: list[tuple[str, str]]) -> None:
    """A name beside the address, else the one that is greeted; nobody where nobody is."""
    mail = parse(f"From: <priya@example.org>\r\nTo: {to}\r\n\r\n{text}".encode())
    user = Identity("Priya Raman", ("priya@example.org",), "Europe/London", "GB")
    assert [(p.name, p.email) for p in people_written_to(mail, text, user)] == people


def test_the_name_of_a_desk_is_nobody() -> None:
    """ "Directie De Regenboogschool" writes from directie@."""
    sender = "Directie De Regenboogschool <directie@deregenboogschool.example>"
    assert names("Goedemorgen, tot dinsdag.", sender=sender) == []


def test_one_half_of_a_firm_is_nobody() -> None:
    """ "Dana Weiss at Marrow & Pine" names one person."""
    mail = message("with Dana Weiss at Marrow & Pine", sender="Calendly <no-reply@calendly.com>")
    found = people_in(
        mail, Kind.INTERVIEW_CONFIRMED, mail.text, "", (), USER, "Marrow & Pine", quoted=""
    )
    assert [person.name for person in found] == ["Dana Weiss"]


def test_a_service_may_give_somebody_an_address_of_their_own() -> None:
    """What is made of the whole name is read by who bears it; a desk's address is not."""
    mail = "Hi Jordan,\n\nSee you on Tuesday 12 May at 10:00.\n\nNoor Haddad"
    own = reading(mail, sender="Noor Haddad <noor.haddad@hire.lever.co>").people
    desk = reading(mail, sender="Noor Haddad <no-reply@hire.lever.co>").people
    assert [(p.name, p.email) for p in own] == [("Noor Haddad", "noor.haddad@hire.lever.co")]
    assert [(p.name, p.email) for p in desk] == [("Noor Haddad", None)]


def test_the_polish_vocative_of_the_user_is_the_user() -> None:
    """ "Pani Marto" calls Marta."""
    identity = Identity("Marta Nowak", ("marta@example.net",), "Europe/Warsaw", "PL", ())
    text = "Szanowna Pani Marto,\n\nrozmowę poprowadzi pani Iga Kos."
    mail = message(text, sender="dr Olgierd Ruta <o.ruta@harbour.example>")
    kind = Kind.INTERVIEW_CONFIRMED
    found = people_in(mail, kind, text, "", (), identity, "Harbour", "pl")
    assert [person.name for person in found] == ["Olgierd Ruta", "Iga Kos"]


def test_a_given_name_above_the_firm_signs() -> None:
    """Without closing words, where nothing but the firm stands below."""
    text = "Olá, seguimos sem ti nesta turma.\n\nRosana\nPadaria Campos"
    (person,) = people(text, sender="Padaria Campos <equipa@padariacampos.example>")
    assert person.name == "Rosana"


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("Dave is keen to meet you. You will meet David Renner on Friday.", "David Renner"),
        ("You will meet Walter Kopp. Bring a report, in Walt's words.", "Walter Kopp"),
    ],
)
def test_a_short_name_and_the_whole_one_are_one_person(text: str, met: str) -> None:
    """ "Dave" is David."""
    assert names(text) == ["Ruth Okafor", met]


def test_somebody_called_like_a_word_is_known_by_the_address() -> None:
    """Teller and Park are words, and family names."""
    sender = "Marvin Teller <marvin.teller@midstate.example>"
    assert names("See you then.", sender=sender) == ["Marvin Teller"]


def test_a_word_of_every_day_is_nobody_for_its_capital() -> None:
    """It only begins a sentence."""
    assert names("We meet on Friday. Rest is the same. Everything else stays.") == ["Ruth Okafor"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Herrn Thomas Wieck", "Thomas Wieck"),
        ("M. Yvon Kermarrec", "Yvon Kermarrec"),
        ("M. Le Guen", "M. Le Guen"),
        ("Frau Sommer", "Frau Sommer"),
        ("dott.ssa Marzia Fenoglio", "dott.ssa Marzia Fenoglio"),
        ("Ing. Raúl Treviño", "Ing. Raúl Treviño"),
        ("Rev. Ann Lee", "Ann Lee"),
    ],
)
def test_a_form_of_address_stays_with_a_family_name_alone(said: str, name: str) -> None:
    """A professional title stays with any name."""
    found = people(f"The talk is with {said} and me.")
    assert name in [person.name for person in found]


@pytest.mark.parametrize(
    "text",
    [
        "Cara Alex, a entrevista passa para terça.",
        "Sorry Alex, no interview tomorrow.",
        "Interview with Alex M. (Harbour)",
    ],
)
def test_the_user_greeted_or_with_an_initial_is_nobody(text: str) -> None:
    """However the greeting runs on."""
    assert names(text) == ["Ruth Okafor"]


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("Nurse Manager Denise Colter <dcolter@harbour.example>", "Denise Colter"),
        ("Dawn Two Rivers <dawn@harbour.example>", "Dawn Two Rivers"),
        ("Claire-Marie d'Aubenas <cm.daubenas@harbour.example>", "Claire-Marie d'Aubenas"),
        ("Gérard Vidalie <atelier@carrosserie-vidalie.example>", "Gérard Vidalie"),
        ("Anouk van Kinderopvang Bolderkar <personeel@bolderkar.example>", "Anouk"),
        ("Kat <kat@harbour.example>", "Kat"),
        ("Officina Rebora <officina@rebora-moto.example>", None),
        ("Coastal Water Resourcing <resourcing@coastalwater.example>", None),
    ],
)
def test_a_display_name_shows_who_writes(sender: str, name: str | None) -> None:
    """Behind a title, before a firm, with a name that is a word; a desk is nobody."""
    found = people("See you on Friday.", sender=sender)
    assert [person.name for person in found] == ([name] if name else [])


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("Hi Alex, thanks for applying.\n\nReply", "Chidi Anozie via LinkedIn <m@linkedin.com>"),
        ("Chidi Anozie\nHead of Data at Harbour\n\nHi Alex", "LinkedIn <m@linkedin.com>"),
    ],
)
def test_a_service_shows_for_whom_it_writes(text: str, sender: str) -> None:
    """Before "via", or with a title above the letter."""
    assert names(text, sender=sender) == ["Chidi Anozie"]


def test_a_subject_names_whom_one_meets() -> None:
    """Where the text only says "he"."""
    found = people("He got pulled away.", subject="Tomorrow's 2pm with Harvey")
    assert [person.name for person in found] == ["Ruth Okafor", "Harvey"]


def test_who_wrote_the_mail_below_is_somebody_where_the_text_speaks_of_them() -> None:
    """ "Feedback from Linda below": with the address of the mail below."""
    mail = message("Feedback from Linda below.", sender="Ruth Okafor <ruth@harbour.example>")
    below = "From: Linda Marks <linda@bearings.example>\nSent: today\n\nNo, I'm afraid."
    found = people_in(mail, Kind.REJECTION, mail.text, "", (), USER, None, quoted=below)
    assert [(p.name, p.email) for p in found] == [
        ("Ruth Okafor", "ruth@harbour.example"),
        ("Linda Marks", "linda@bearings.example"),
    ]


def test_the_employer_with_its_place_is_nobody() -> None:
    """ "greetings from Harbour Dubai"."""
    assert names("Warm greetings from Harbour Dubai! You are shortlisted.") == ["Ruth Okafor"]


@pytest.mark.parametrize(
    ("sender", "signature", "name"),
    [
        ("Talent Acquisition - Meera <meera@harbour.example>", "", "Meera"),
        ("Dr. med. Anja Wolff <wolff@praxis-wolff.example>", "", "Anja Wolff"),
        ("Secretaries <secs@harbour.example>", "Janine (medical secretary)", "Janine"),
        ("Harbour <hello@harbour.example>", "Meera & the Harbour team", "Meera"),
        ("team@harbour.example", "namens het team, Loes", "Loes"),
        ("Hofladen <hofladen@huberhof.example>", "Liebe Grüße\nMichi", "Michi"),
    ],
)
def test_somebody_writes_for_a_desk(sender: str, signature: str, name: str) -> None:
    """By the part of the name shown that is somebody's, or by the signature."""
    (person,) = people("See you.", signature, sender=sender)
    assert person.name in (name, f"Dr. med. {name}")


@pytest.mark.parametrize(
    ("sender", "signature", "names"),
    [
        ("Denis et Martine Cazalis <f@cazalis.example>", "", ["Denis Cazalis", "Martine Cazalis"]),
        ("Robert & Jean Aitken <aitken@farm.example>", "Jean", ["Jean Aitken"]),
        ("Adriaan Visser <adriaan@v.example>", "Adriaan en Marijke", ["Adriaan Visser", "Marijke"]),
        ("Felix Grant <felix@g.example>", "Grant & Grant CPA", ["Felix Grant"]),
    ],
)
def test_two_may_write_together(sender: str, signature: str, names: list[str]) -> None:
    """Of two in the name shown, the one who signs is meant; a firm of two of one name is nobody."""
    assert [person.name for person in people("See you.", signature, sender=sender)] == names


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("Sarah Jones [Harbour] <sjones@harbour.example>", "Sarah Jones"),
        ('"Müller, Dr. Eva" <e.mueller@harbour.example>', "Dr. Eva Müller"),
        ("Dr. Wolff <praxis@wolff.example>", "Dr. Wolff"),
        ("Priya Nair (Harbour) <no-reply@hire.lever.co>", "Priya Nair"),
        ("Priya from Harbour <n@teamtailor-mail.com>", "Priya"),
        ("Resourcing at Coast <resourcing@coast.example>", None),
    ],
)
def test_a_name_shown_is_read_whatever_stands_beside_it(sender: str, name: str | None) -> None:
    """A firm in brackets, a title behind the comma, a service."""
    found = people("See you on Friday.", sender=sender)
    assert [person.name for person in found] == ([name] if name else [])


def test_who_is_away_is_not_met_in_a_talk_that_stands() -> None:
    """Who is away when a talk is moved had been met; who is away when one is fixed is not."""
    text = "Teo's away, so just send me whatever you have."
    assert names(text) == ["Ruth Okafor"]
    moved = people(text, kind=Kind.INTERVIEW_RESCHEDULED)
    assert [person.name for person in moved] == ["Ruth Okafor", "Teo"]


def test_the_employer_behind_a_name_is_no_part_of_it() -> None:
    """ "Fenna van Harbour" where Harbour is the employer."""
    assert names("See you.", "Fenna van Harbour", sender="Harbour <hi@wolk.example>") == ["Fenna"]


def test_the_users_own_mail_takes_a_name_from_the_history() -> None:
    """Where the address that it goes to bears none."""
    text = "Yes please.\n\nOn Monday Gill Marsh <gill@b.example> wrote:\n> Hello"
    mail = parse(f"From: <priya@example.org>\r\nTo: gill@b.example\r\n\r\n{text}".encode())
    user = Identity("Priya Raman", ("priya@example.org",), "Europe/London", "GB")
    (person,) = people_written_to(mail, text, user)
    assert (person.name, person.email) == ("Gill Marsh", "gill@b.example")


def test_two_who_sign_on_one_line_are_two() -> None:
    """As German banks and offices sign."""
    sender = "Sparkasse Ried <bewerbung@spk-ried.example>"
    found = people("Wir melden uns.", "i. V. Volker Amann    i. A. Silke Dörr", sender=sender)
    assert [person.name for person in found] == ["Volker Amann", "Silke Dörr"]


@pytest.mark.parametrize(
    "text",
    [
        "Bronwyn Achebe sent you a document to review and sign.",
        "Bronwyn Achebe hat Ihnen ein Dokument gesendet.",
        "Bronwyn Achebe vous a envoyé un document.",
    ],
)
def test_who_sends_through_a_service_writes(text: str) -> None:
    """A service says it in its first line."""
    found = people(text, sender="Kestrel via DocuSign <dse@docusign.net>", kind=Kind.OFFER)
    assert [person.name for person in found] == ["Bronwyn Achebe"]


@pytest.mark.parametrize(
    "text",
    [
        "Ola and I very much enjoyed meeting you.",
        "Thanks again for meeting with Ola and the team today.",
        "Ola has one more person to see on Monday.",
    ],
)
def test_who_has_met_the_user_is_named_when_nothing_is_fixed(text: str) -> None:
    """Somebody who decides, in a mail that moves nothing."""
    found = people(text, kind=Kind.STATUS_UPDATE)
    assert "Ola" in [person.name for person in found]


def test_a_branch_of_the_employer_is_nobody() -> None:
    """ "Garnet Inn Rosemont" of Garnet Inn Hotels."""
    text = "Your interview at Garnet Inn Rosemont has been cancelled by the property."
    mail = message(text, sender="Garnet Inn Hotels <careers@garnetinn.example>")
    assert not people_in(mail, Kind.INTERVIEW_CANCELLED, text, "", (), USER, "Garnet Inn Hotels")


def test_somebody_told_by_the_family_name_is_named_whole_by_the_signature() -> None:
    """ "Mr. Harte would like to see you", signed by the assistant to David Harte."""
    signature = "Yours truly,\nRuth Okafor\nAssistant to David Harte"
    assert names("Mr. Harte would like to see you.", signature) == ["Ruth Okafor", "David Harte"]


def test_the_user_called_in_polish_is_nobody_else() -> None:
    """ "Pani Alexo" greets Alex, also where no comma follows."""
    assert names("Pani Alexo kochana, list ładny, zapraszam.") == ["Ruth Okafor"]


def test_somebody_whose_address_is_their_name_writes() -> None:
    """Also where the domain is called after the family, and the given name is seldom."""
    assert names("See you on Friday.", sender="Mo Salim <mo@salim.example>") == ["Mo Salim"]
