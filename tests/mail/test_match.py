"""Which application a message belongs to."""

import pytest

from agent.domain.application import Application
from agent.domain.facts import Fact, Kind, Person
from agent.mail.match import match, roles_fit
from tests.making import ANN, fact, mail, own, reading, talk


def app(id: int, *facts: Fact) -> Application:
    return Application.of(id, "home", facts)


def applied(id: int, company: str | None, role: str | None, *, by: Person = ANN) -> Application:
    first = fact(
        Kind.APPLICATION_RECEIVED,
        "2026-03-01T10:00",
        company=company,
        role=role,
        from_=by,
        message_id=f"first{id}@acme.example",
    )
    return app(id, first)


def found(*args: object) -> int | None:
    """The id of the application found."""
    application = match(*args).application  # type: ignore[arg-type]
    return application.id if application else None


ENGINEER = applied(1, "Acme", "Data Engineer")
WRITER = applied(2, "Acme", "Technical Writer")


def test_an_answer_belongs_to_its_thread_whatever_it_names() -> None:
    """The thread beats the employer and the role that were read."""
    word = reading(Kind.STATUS_UPDATE, company="Globex", role="Data Engineer")
    assert found(mail(answers="first2@acme.example"), word, (ENGINEER, WRITER)) == 2


def test_an_answer_to_the_users_own_mail_belongs_to_that_thread() -> None:
    """Their reply to a thank-you of which only the Sent copy is known."""
    thanked = app(3, *ENGINEER.facts, own("2026-03-05T10:00"))
    sent_id = thanked.facts[-1].thread.message_id
    word = reading(Kind.STATUS_UPDATE)
    assert found(mail("x@other.example", answers=sent_id), word, (thanked, WRITER)) == 3


def test_a_calendar_update_belongs_to_its_event() -> None:
    """By UID, where the update names nobody."""
    event = talk("2026-03-04T15:00", uid="u1", sequence=0)
    invited = app(4, fact(Kind.INTERVIEW_CONFIRMED, "2026-03-01T10:00", event, company=None))
    update = talk("2026-03-05T15:00", uid="u1", sequence=1)
    word = reading(Kind.INTERVIEW_RESCHEDULED, update)
    assert found(mail("cal@calendar.example"), word, (ENGINEER, invited)) == 4


def test_two_roles_at_one_employer_are_two_applications() -> None:
    """The role that the mail names decides."""
    word = reading(Kind.REJECTION, company="Acme, Inc.", role="Technical Writer")
    assert found(mail(), word, (ENGINEER, WRITER)) == 2


def test_a_third_role_at_the_same_employer_is_new() -> None:
    """It is neither of the two."""
    word = reading(Kind.APPLICATION_RECEIVED, company="Acme", role="Gardener")
    assert match(mail(), word, (ENGINEER, WRITER)).application is None
    assert match(mail(), word, (ENGINEER, WRITER)).ties == ()


def test_two_that_fit_equally_well_are_a_tie() -> None:
    """Nothing is guessed: the user is asked."""
    word = reading(Kind.REJECTION, company="Acme")
    tied = match(mail("hr@acme.example"), word, (ENGINEER, WRITER))
    assert tied.application is None
    assert tied.ties == (1, 2)


def test_of_two_that_fit_the_one_still_open_is_meant() -> None:
    """A no was said to the other already."""
    refused = app(5, *WRITER.facts, fact(Kind.REJECTION, "2026-03-03T10:00", role=None))
    word = reading(Kind.STATUS_UPDATE, company="Acme")
    assert found(mail("hr@acme.example"), word, (ENGINEER, refused)) == 1


@pytest.mark.parametrize(("known", "said"), [("Meta", "Metaverse"), ("Ace", "Acer"), ("IN", "ING")])
def test_part_of_a_word_is_no_match(known: str, said: str) -> None:
    """ "Meta" is not in "Metaverse"."""
    other = applied(6, known, "Engineer", by=Person("A", "a@one.example"))
    word = reading(Kind.REJECTION, company=said, role="Engineer")
    assert match(mail("b@two.example"), word, (other,)).application is None


@pytest.mark.parametrize("said", ["Acme Robotics", "ACME", "Acme, Inc.", "Acme Careers"])
def test_a_name_in_more_or_fewer_words_is_the_same_employer(said: str) -> None:
    """Whole words, and the role does not speak against it."""
    word = reading(Kind.STATUS_UPDATE, company=said, role="Data Engineer")
    assert found(mail("hr@mail.example"), word, (ENGINEER,)) == 1


def test_one_recruiter_with_two_clients_writes_about_the_client_named() -> None:
    """The same person does not make the two employers one."""
    agent = Person("Claire", "claire@agency.example")
    halden = applied(7, "Halden", "Engineer", by=agent)
    osprey = applied(8, "Osprey", "Engineer", by=agent)
    word = reading(Kind.REJECTION, company="Osprey", people=(agent,))
    assert found(mail("claire@agency.example"), word, (halden, osprey)) == 8


def test_a_client_named_for_the_first_time_is_a_new_application() -> None:
    """Also when the recruiter is known from another."""
    agent = Person("Claire", "claire@agency.example")
    halden = applied(7, "Halden", "Engineer", by=agent)
    word = reading(Kind.RECRUITER_OUTREACH, company="Osprey", role="Engineer", people=(agent,))
    assert match(mail("claire@agency.example"), word, (halden,)).application is None


def test_somebody_known_who_names_no_employer_is_matched_by_address() -> None:
    """ "Any news?" from the recruiter needs no employer's name."""
    word = reading(Kind.STATUS_UPDATE, people=(ANN,))
    assert found(mail(), word, (ENGINEER,)) == 1


def test_a_shared_no_reply_address_connects_nothing() -> None:
    """Two employers send by one platform's address."""
    robot = Person("Acme", "no-reply@platform.example")
    other = app(
        9,
        fact(
            Kind.APPLICATION_RECEIVED,
            "2026-03-01T10:00",
            from_=robot,
            company="Globex",
            machine_sent=True,
            people=(Person("Globex", None),),
        ),
    )
    word = reading(Kind.REJECTION, machine_sent=True)
    assert match(mail("no-reply@platform.example"), word, (other,)).application is None


def test_the_users_own_mail_is_matched_by_whom_it_goes_to() -> None:
    """A thank-you by hand that starts a new thread."""
    word = reading(Kind.OWN)
    assert found(mail("me@home.example", "ann@acme.example"), word, (ENGINEER,)) == 1


@pytest.mark.parametrize(
    ("one", "other", "fit"),
    [
        ("Data Engineer", "Senior Data Engineer", True),
        ("Data Engineer (m/f/d)", "data engineer", True),
        ("Software Engineer, Backend", "Backend Engineer", True),
        ("Data Engineer", "Technical Writer", False),
        ("Account Manager", "Product Manager", False),
        (None, "Technical Writer", True),
    ],
)
def test_roles_fit_by_their_words(one: str | None, other: str | None, fit: bool) -> None:
    """More words or fewer, in any order; an unnamed role fits any."""
    assert roles_fit(one, other) is fit
