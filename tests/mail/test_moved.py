"""The new times of talks that are moved, and whether a mail moves them or only asks to.

The mails are sent on Friday 8 May 2026 at 09:00 in London.
"""

import pytest

from agent.domain.facts import Kind
from agent.mail.read import read
from tests.mail.reading import USER, message

QUOTED = "\n\nOn Wed, 6 May 2026 at 10:00, Alex Moreno wrote:\n> {}\n"


def moved(text: str, quoted: str = "", subject: str = "Re: our talk") -> list[str]:
    """The interviews of a mail that moves one: day of May, clock time and c or p."""
    mail = message(text + (QUOTED.format(quoted) if quoted else ""), subject=subject)
    talks = read(mail, USER, kind=Kind.INTERVIEW_RESCHEDULED).interviews
    return [f"{t.start.day} {t.start:%H:%M}{t.status[0]}" for t in talks if t.start]


@pytest.mark.parametrize(
    ("text", "quoted", "wanted"),
    [
        (
            "Hay's ready, so come Tuesday, same time.",
            "Can I come on Monday 11th at 2?",
            "12 14:00c",
        ),
        ("Could we do Tuesday, same time?", "Monday 11 May at 2 is fine.", "12 14:00p"),
        ("Can we push it an hour on Monday?", "Monday 11 May at 2 is fine.", "11 15:00p"),
        ("We start an hour later on Monday.", "Is Monday 11 May at 2 fine?", "11 15:00c"),
    ],
)
def test_who_moves_a_talk_asks_and_not_the_mail_it_answers(
    text: str, quoted: str, wanted: str
) -> None:
    """The hour is the old mail's; whether it is a question is the new mail's."""
    assert moved(text, quoted) == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("can we make it tuesday instead of monday? same time 10:30. manager is here", "12 10:30p"),
        ("Wednesday's gone. Tuesday the 12th, 6pm. Would that suit?", "12 18:00p"),
        ("Tuesday the 12th at 6pm instead. Is it possible for you?", "12 18:00p"),
        ("sorry, can we make it Tues 12th at 3pm", "12 15:00p"),
        ("Can you please come on Tuesday 12th at 3pm instead.", "12 15:00c"),
        ("We have moved you to Tuesday at 3pm. Do you need parking?", "12 15:00c"),
    ],
)
def test_what_asks_around_a_time(text: str, wanted: str) -> None:
    """The question before it, a short one behind it, or a clause without its sign."""
    assert moved(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Would you mind if we moved to Tuesday at 3pm? I'll take it that works unless I hear otherwise.",
        "Could we do Tuesday at 3pm? I've updated the invite.",
        "Könnten wir am Dienstag um 15 Uhr? Ich habe Sie schon eingetragen.",
        "Peut-on se voir mardi à 15h ? Sans retour de votre part, je note.",
        "¿Podemos quedar el martes a las 15 h? Ya he cambiado la invitación.",
        "Zullen we dinsdag om 15 uur doen? Ik zet het zo in mijn agenda.",
        "Pode ser na terça às 15h? Se não disser nada, fica marcado.",
        "Possiamo fare martedì alle 15? Ho già aggiornato l'invito.",
        "Czy może być wtorek o 15:00? Jeśli nie usłyszę inaczej, tak zostaje.",
    ],
)
def test_silence_or_a_deed_done_settles_it(text: str) -> None:
    """A question whose answer is not waited for moves the talk."""
    assert moved(text) == ["12 15:00c"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Could we slide our Tuesday call for Operations Lead from 3 to 4.30?", ["12 16:30p"]),
        ("We have to shift Tuesday's chat from 10 to 11.15.", ["12 11:15c"]),
        ("We have changed the room and it now runs on Tuesday from 3 to 4.", ["12 15:00c"]),
        ("Rescheduled: Tuesday 12 May, from 3 to 4pm.", ["12 15:00c"]),
    ],
)
def test_from_the_old_hour_to_the_new_one(text: str, wanted: list[str]) -> None:
    """A word of moving makes a range two times, unless a day of its own leads to it."""
    assert moved(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "We won't be able to keep Tuesday at 10. Could we put it off to next week?",
        "I can't do Tuesday at 10. Send me two or three times that suit you.",
        "Dienstag um 10 klappt nicht. Können wir auf nächste Woche ausweichen?",
        "Je ne peux plus mardi à 10h. Peut-on se voir la semaine prochaine ?",
        "El martes a las 10 no va a poder ser. ¿La semana que viene te iría bien?",
        "Dinsdag 10 uur gaat niet lukken. Kan het volgende week?",
        "Não vamos conseguir manter a entrevista de terça às 10h. Podemos adiar para a próxima semana?",
        "Martedì alle 10 non riusciamo. Possiamo rimandare alla prossima settimana?",
        "Wtorek o 10 odpada. Czy możemy przełożyć na przyszły tydzień? Proszę o dwa, trzy terminy.",
    ],
)
def test_a_move_to_any_time_of_a_week_names_none(text: str) -> None:
    """What is given up is no new time, and "two, three" are no hours."""
    assert moved(text) == []


def test_what_has_lasted_an_hour_moves_nothing() -> None:
    """The new time is the one that is named."""
    text = (
        "mein Zug steht seit einer Stunde kurz vor Uelzen, 10 Uhr schaffe ich nicht. Machen wir"
        " 15:30 draus?"
    )
    assert moved(text, subject="Re: Gespräch heute") == ["8 15:30p"]


def test_a_talk_that_was_meant_for_another_day() -> None:
    """ "das für den 11. Mai vorgesehene Gespräch" is the old one, also where it opens its line."""
    text = (
        "das für den 11. Mai, 14 Uhr, vorgesehene Gespräch (Wohngeld) muss verlegt werden.\n"
        "Neuer Termin ist\n\nDienstag, der 12. Mai 2026, 8:45 Uhr, Zimmer 312."
    )
    assert moved(text) == ["12 08:45c"]


@pytest.mark.parametrize(
    ("text", "quoted", "wanted"),
    [
        ("Could we do Tuesday or Wednesday, same time?", "Monday 11 May at 2.", ["12 14:00p", "13 14:00p"]),
        (
            "We can't see you on Monday at 3:45. Would Tuesday or Wednesday at the same time work?",
            "",
            ["12 15:45p", "13 15:45p"],
        ),
        (
            "Our 10:30 can't happen today. Would the same time on Tuesday 12 May be possible? If not"
            " I could also do Wednesday 13 May at 1:15.",
            "",
            ["12 10:30p", "13 13:15p"],
        ),
    ],
)  # fmt: skip
def test_the_same_time_on_one_of_two_days(text: str, quoted: str, wanted: list[str]) -> None:
    """Days that "or" joins are both offered, and so is what follows "if not"."""
    assert moved(text, quoted) == wanted


@pytest.mark.parametrize(
    ("text", "quoted", "wanted"),
    [
        ("Ginge es auch am Dienstag zur selben Zeit?", "Montag, 11. Mai, 10 Uhr passt.", "12 10:00p"),
        ("Zou dinsdag dezelfde tijd ook kunnen?", "Maandag 11 mei om 10 uur is prima.", "12 10:00p"),
        ("Dá para ser terça, à mesma hora?", "Segunda 11/05 às 10h está ótimo.", "12 10:00p"),
        ("Czy możemy zacząć w poniedziałek godzinę później?", "Do poniedziałku 11 maja, 10:00.", "11 11:00p"),
        ("Kan het maandag een uurtje later?", "Tot maandag 11 mei, 10 uur.", "11 11:00p"),
    ],
)  # fmt: skip
def test_the_old_hour_in_other_languages(text: str, quoted: str, wanted: str) -> None:
    """The words for the same time are those of the grammar of dates; one list for all."""
    assert moved(text, quoted) == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We bring Tuesday's interview forward by an hour (from 11 to 10).", "12 10:00c"),
        ("Aus 14 Uhr wird leider 15 Uhr, am Tag (Dienstag) ändert sich nichts.", "12 15:00c"),
        ("Il colloquio di martedì alle 10 è spostato alle 11.30.", "12 11:30c"),
        ("The room is taken at 10 on Tuesday, so it'll be 10.30.", "12 10:30c"),
        ("I was thinking Tuesday, late morning, maybe 11.30.", "12 11:30c"),
    ],
)
def test_words_that_lead_to_the_new_hour(text: str, wanted: str) -> None:
    """One time becomes the other, whichever is the later of the two."""
    assert moved(text) == [wanted]


def test_an_hour_alone_is_of_the_talk_that_the_answered_mail_names() -> None:
    """ "forward to 9" leads to an hour."""
    assert moved("Let's bring it forward to 9.", "Tuesday 12 May at 11 is fine.") == ["12 09:00c"]
    assert moved("Can I move us to 10.30? Same day.", "Tuesday 12 May at 9.30.") == ["12 10:30p"]
    assert moved("Let's swap to Monday, 10 as before.", "Tuesday 12 May at 10.") == ["11 10:00c"]


@pytest.mark.parametrize(
    "text",
    [
        "Your interview on Tuesday at 10 has been moved to Wednesday. Sorry about that.",
        "Das Gespräch am Dienstag, 10 Uhr, müssen wir leider auf Mittwoch verlegen.",
        "L'entretien de mardi 10h est reporté à mercredi, désolée.",
        "La entrevista del martes a las 10 se pasa al miércoles.",
        "Het gesprek van dinsdag 10 uur verschuift naar woensdag.",
        "A entrevista de terça às 10h passa para quarta.",
        "Il colloquio di martedì alle 10 è spostato a mercoledì.",
        "Rozmowa z wtorku, godz. 10, została przesunięta na środę.",
    ],
)
def test_a_talk_that_moves_to_another_day_keeps_its_hour(text: str) -> None:
    """Told as a fact, with no other hour."""
    assert moved(text)[0][:8] == "13 10:00"


def test_a_day_whose_hour_is_asked_for_is_no_new_time() -> None:
    """The old hour is not kept where the mail asks for one."""
    assert moved("Tuesday's 10am has to move to Wednesday. Which time would suit you?") == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Wir müssten Sie am Dienstag schon um 9 einplanen statt um 10.", "12 09:00"),
        ("Aus 10 Uhr am Dienstag wird leider 11 Uhr.", "12 11:00"),
        ("2pm on Tuesday becomes 3pm, apologies.", "12 15:00"),
        ("Mardi on glisse de 14h à 14h30, si ça vous va.", "12 14:30"),
        ("Terça empurramos das 14h para as 14h30.", "12 14:30"),
        ("Tendríamos que adelantar lo del martes a las 9, la sala está ocupada desde las 10.", "12 09:00"),
        ("Musimy przyspieszyć wtorek na 9, sala jest zajęta od 10.", "12 09:00"),
        ("Bitte kommen Sie statt Dienstag erst am Mittwoch, gleiche Uhrzeit (10 Uhr).", "13 10:00"),
    ],
)  # fmt: skip
def test_the_new_hour_and_not_the_old_one_nor_the_rooms(text: str, wanted: str) -> None:
    """What the room is taken for, and the hour that is given up, are no new time."""
    assert [each[:8] for each in moved(text)] == [wanted]
