"""Sentences, their spelling, and what they do."""

import pytest

from agent.lexicon import lexicon
from agent.mail.acts import Act, read_acts, sentences, strength, words

EN = lexicon("en")


def acts(text: str) -> set[Act]:
    """What the sentences of a text state."""
    found = sentences(text, EN.spellings)
    return {doing.act for doing in read_acts(found, EN) if doing.states}


def test_contractions_are_spelt_out() -> None:
    """One pattern serves "won't", "will not" and "we'll not"."""
    assert words("We won't, we’ll not", dict(EN.spellings)) == (
        "we", "will", "not", "we", "will", "not",
    )  # fmt: skip


def test_a_line_broken_for_width_is_one_sentence() -> None:
    """Mail programs wrap at 72 columns in the middle of what is said."""
    text = "After careful consideration of all the applications that we received we\nhave decided to move forward with other candidates."
    assert len(sentences(text)) == 1


def test_abbreviations_end_no_sentence() -> None:
    """ "Dr. Feld" is one man."""
    assert len(sentences("You will meet Dr. Feld at 11 a.m. on Friday.")) == 1


def test_positions_are_those_of_the_text() -> None:
    """So that times found in the text can be told to belong to a sentence."""
    text = "First one. Second one!\nThird"
    assert [text[slice(*s.span)].strip() for s in sentences(text)] == [
        "First one.", "Second one!", "Third",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("We won't be moving forward with your application.", Act.DECLINES),
        ("We have gone with someone else.", Act.DECLINES),
        ("We would like to offer you the position.", Act.OFFERS),
        ("Your interview on Tuesday has been cancelled.", Act.CANCELS),
        ("Could we move our chat to Thursday?", Act.MOVES),
        ("When are you free next week?", Act.ASKS_TIMES),
        ("See you on Tuesday at 10.", Act.FIXES),
        ("Please complete the attached exercise by Friday.", Act.SETS_TASK),
        ("We have received your application.", Act.ACKNOWLEDGES),
        ("You will hear from us by Friday.", Act.PROMISES),
    ],
)
def test_what_a_sentence_does(text: str, act: Act) -> None:
    """Each act in a plain sentence."""
    assert act in acts(text)


@pytest.mark.parametrize(
    "text",
    [
        "If you are selected, we will invite you to an interview.",
        "Shortlisted candidates may be invited to an interview.",
        "Once we have reviewed your application we might schedule a call.",
    ],
)
def test_hypothetical_talk_states_nothing(text: str) -> None:
    """What may come has not come."""
    assert not acts(text) & {Act.ASKS_TIMES, Act.FIXES, Act.OFFERS}


def test_more_sentences_make_an_act_stronger_but_less_and_less() -> None:
    """Saying it thrice is not three times as sure."""
    once = read_acts(sentences("We went with someone else."), EN)
    thrice = read_acts(sentences("We went with someone else. " * 3), EN)
    assert (
        strength(once, Act.DECLINES)
        < strength(thrice, Act.DECLINES)
        < 2 * strength(once, Act.DECLINES)
    )


@pytest.mark.parametrize(
    ("language", "text", "act"),
    [
        ("de", "Leider haben wir uns für einen anderen Bewerber entschieden.", Act.DECLINES),
        ("de", "Wir möchten Ihnen die Stelle anbieten.", Act.OFFERS),
        ("de", "Ihr Vorstellungsgespräch am Montag muss leider entfallen.", Act.CANCELS),
        ("de", "Können wir das Gespräch auf Dienstag verschieben?", Act.MOVES),
        ("de", "Wann hätten Sie Zeit?", Act.ASKS_TIMES),
        ("de", "Bitte bearbeite die Aufgabe bis Freitag.", Act.SETS_TASK),
        ("fr", "Nous ne pouvons pas donner suite à votre candidature.", Act.DECLINES),
        ("fr", "Nous souhaitons vous proposer le poste.", Act.OFFERS),
        ("fr", "L'entretien de jeudi est annulé.", Act.CANCELS),
        ("fr", "Quelles sont tes disponibilités la semaine prochaine ?", Act.ASKS_TIMES),
        ("es", "Hemos decidido continuar con otro candidato.", Act.DECLINES),
        ("es", "Nos gustaría ofrecerte el puesto.", Act.OFFERS),
        ("es", "Tenemos que aplazar la entrevista al jueves.", Act.MOVES),
        ("es", "¿Cuándo podría usted venir?", Act.ASKS_TIMES),
        ("nl", "Helaas hebben we voor een andere kandidaat gekozen.", Act.DECLINES),
        ("nl", "We bieden je de baan aan.", Act.OFFERS),
        ("nl", "Het gesprek van donderdag gaat niet door.", Act.CANCELS),
        ("nl", "Wanneer schikt het u?", Act.ASKS_TIMES),
        ("pt", "Decidimos seguir com outro candidato.", Act.DECLINES),
        ("pt", "Gostaríamos de lhe oferecer a vaga.", Act.OFFERS),
        ("pt", "A entrevista de quinta foi cancelada.", Act.CANCELS),
        ("pt", "Podemos remarcar a entrevista para sexta?", Act.MOVES),
        ("it", "Abbiamo scelto un altro candidato.", Act.DECLINES),
        ("it", "Vorremmo offrirle il posto.", Act.OFFERS),
        ("it", "Dobbiamo spostare il colloquio a venerdì.", Act.MOVES),
        ("it", "Quando sarebbe disponibile?", Act.ASKS_TIMES),
        ("pl", "Wybraliśmy innego kandydata.", Act.DECLINES),
        ("pl", "Chcielibyśmy zaproponować Panu stanowisko.", Act.OFFERS),
        ("pl", "Czwartkowa rozmowa została odwołana.", Act.CANCELS),
        ("pl", "Kiedy pasuje Pani termin?", Act.ASKS_TIMES),
    ],
)
def test_what_a_sentence_does_in_other_languages(language: str, text: str, act: Act) -> None:
    """Each with the phrases of its own file, in formal and in familiar address."""
    words_of = lexicon(language)
    found = sentences(text, words_of.spellings)
    assert act in {doing.act for doing in read_acts(found, words_of) if doing.states}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Wir haben uns noch nicht für einen Bewerber entschieden."),
        ("fr", "Nous n'avons pas encore pris de décision."),
        ("es", "Todavía no hemos decidido nada sobre tu candidatura."),
        ("nl", "Wij hebben nog geen beslissing genomen."),
        ("pt", "Ainda não tomámos uma decisão."),
        ("it", "Non abbiamo ancora deciso."),
        ("pl", "Nie podjęliśmy jeszcze decyzji."),
    ],
)
def test_not_yet_decided_is_no_refusal(language: str, text: str) -> None:
    """A negation with "yet" refuses nobody."""
    words_of = lexicon(language)
    found = sentences(text, words_of.spellings)
    assert Act.DECLINES not in {doing.act for doing in read_acts(found, words_of)}


def test_accents_apostrophes_and_hyphens_do_not_matter() -> None:
    """People leave them out, and keyboards lack them."""
    assert words("Für l’entretien, rendez-vous", {}) == words("fuer l'entretien rendez vous", {})


def test_an_ordinal_before_a_month_ends_no_sentence() -> None:
    """ "Am 12. Mai" is one day, "um 10. Bitte" two sentences."""
    assert len(sentences("Wir sehen uns am 12. Mai um 14 Uhr.")) == 1
    assert len(sentences("Wir treffen uns um 10. Bitte klingeln.")) == 2
