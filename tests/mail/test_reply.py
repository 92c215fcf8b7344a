"""What a sender newly wrote, apart from everything that a mail carries besides."""

import pytest

from agent.mail.reply import new_text
from tests.mail.steps import steps


@pytest.mark.parametrize(
    "attribution",
    [
        "On Mon, May 4, 2026 at 9:00 AM Sam Beck <sam@beck.example> wrote:",
        "On Mon, May 4, 2026 at 9:00 AM Sam Beck <\nsam@beck.example> wrote:",
        "On 4 May 2026, at 09:00, Sam Beck\n<sam@beck.example>\nwrote:",
        "Am Mo., 4. Mai 2026 um 09:00 Uhr schrieb Sam Beck <sam@beck.example>:",
        "Am 04.05.2026 um 09:00 schrieb Sam Beck:",
        "Le lun. 4 mai 2026 à 09:00, Sam Beck <sam@beck.example> a écrit :",
        "El lun, 4 may 2026 a las 9:00, Sam Beck (<sam@beck.example>) escribió:",
        "Op ma 4 mei 2026 om 09:00 schreef Sam Beck <sam@beck.example>:",
        "Em seg., 4 de mai. de 2026 às 09:00, Sam Beck <sam@beck.example> escreveu:",
        "Il giorno lun 4 mag 2026 alle ore 09:00 Sam Beck <sam@beck.example> ha scritto:",
        "pon., 4 maj 2026 o 09:00 Sam Beck <sam@beck.example> napisał(a):",
        "W dniu 4.05.2026 o 09:00, Sam Beck pisze:",
        "2026年5月4日(月) 9:00 Sam Beck <sam@beck.example>:",
    ],
)
def test_attributions_begin_a_quote(attribution: str) -> None:
    """ "On … wrote:" in many languages, over one to three lines, with and without marks."""
    marked = new_text(f"Tuesday is fine.\n\n{attribution}\n\n> Which day?\n")
    unmarked = new_text(f"Tuesday is fine.\n\n{attribution}\n\nWhich day?\n")
    assert marked.text == unmarked.text == "Tuesday is fine."
    assert "Which day?" in marked.quoted
    assert "Which day?" in unmarked.quoted


@pytest.mark.parametrize(
    "block",
    [
        "From: Sam Beck <sam@beck.example>\nSent: Monday, May 4, 2026 9:00 AM\nTo: Jane\nSubject: Re: Talk",
        "*From:* Sam Beck\n*Sent:* Monday\n*To:* Jane\n*Subject:* Talk",
        "________________________________\nFrom: Sam\nDate: Monday\nSubject: Talk",
        "-----Original Message-----\nFrom: Sam Beck",
        "-----Ursprüngliche Nachricht-----\nVon: Sam Beck",
        "Von: Sam Beck\nGesendet: Montag, 4. Mai 2026 09:00\nAn: Jane\nBetreff: AW: Gespräch",
        "De : Sam Beck\nEnvoyé : lundi 4 mai 2026 09:00\nÀ : Jane\nObjet : RE: Entretien",
        "De: Sam Beck\nEnviado: lunes, 4 de mayo de 2026\nPara: Jane\nAsunto: RE: Entrevista",
        "Van: Sam Beck\nVerzonden: maandag 4 mei 2026\nAan: Jane\nOnderwerp: RE: Gesprek",
        "Da: Sam Beck\nInviato: lunedì 4 maggio 2026\nA: Jane\nOggetto: R: Colloquio",
        "Od: Sam Beck\nWysłano: poniedziałek, 4 maja 2026\nDo: Jane\nTemat: Rozmowa",
    ],
)
def test_copied_headers_begin_a_quote(block: str) -> None:
    """The fields that Outlook copies, in its languages."""
    found = new_text(f"Tuesday is fine.\n\n{block}\n\nWhich day?")
    assert found.text == "Tuesday is fine."
    assert found.quoted.endswith("Which day?")


def test_a_schedule_is_no_header() -> None:
    """From and To with times in them are part of what was written."""
    text = "The talk:\n\nFrom: 10:00\nTo: 11:00\nDate: 5 May\nSubject: algebra"
    assert new_text(text).text == text


@pytest.mark.parametrize(
    "marker",
    [
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "-------- Weitergeleitete Nachricht --------",
        "---------- Message transféré ----------",
        "---------- Mensaje reenviado ----------",
    ],
)
def test_forwards_are_kept_apart(marker: str) -> None:
    """What is passed on is neither new nor quoted."""
    found = new_text(f"See below.\n\n{marker}\nFrom: Jane\n\nWe meet on Thursday.")
    assert found.text == "See below."
    assert found.forwarded.endswith("We meet on Thursday.")
    assert found.quoted == ""


def test_a_bare_outlook_forward_is_one() -> None:
    """Copied fields with nothing above them pass a mail on."""
    found = new_text("From: Jane\nSent: Monday\nTo: Sam\nSubject: Talk\n\nWe meet on Thursday.")
    assert found.text == ""
    assert found.forwarded.endswith("We meet on Thursday.")


def test_answers_between_quotes_are_all_kept() -> None:
    """Interleaved replies keep every new piece."""
    found = new_text("> Which day?\n\nTuesday.\n\n> Who comes?\n\nTom and I.\n\nBest,\nJane")
    assert found.text == "Tuesday.\n\nTom and I."
    assert found.signature == "Best,\nJane"


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nJane Roe\nAcme",
        "--\nJane Roe",
        "Best regards,\nJane Roe\nTalent Partner | Acme\n+49 30 1234567",
        "Best,\nJane",
        "Thanks,\n\nJane",
        "Thanks & regards\nJane",
        "Mit freundlichen Grüßen\n\ni. A. Petra Müller\nPersonalreferentin\n\nNorthwind GmbH",
        "Viele Grüße aus Berlin\nPetra",
        "Cordialement,\nMarie Dupont",
        "Un saludo,\nAna",
        "Met vriendelijke groet,\nJan",
        "Cordiali saluti\nPaolo",
        "Pozdrawiam\nAnna",
        "Jane Roe\nTalent Partner, Acme\njane@acme.example",
        "- Jane",
        "Jane",
        "Sent from my iPhone",
        "Get Outlook for iOS",
        "Von meinem iPhone gesendet",
        "This email and any attachments are confidential and intended for the addressee only.",
        "You received this message because you are subscribed to the list.\nUnsubscribe",
    ],
)
def test_signatures_are_taken_off(signature: str) -> None:
    """Marks, sign-offs with names, contact blocks, telephones and small print."""
    found = new_text(f"Hi Sam,\n\nwe meet on Tuesday at 10:00.\n\n{signature}\n")
    assert found.text == "Hi Sam,\n\nwe meet on Tuesday at 10:00."
    assert found.signature == "\n".join(line.rstrip() for line in signature.split("\n"))


def test_a_postscript_belongs_to_the_text() -> None:
    """What comes below the name and is still written for the reader."""
    found = new_text("We meet on Tuesday.\n\nBest,\nJane\n\nP.S. Ring twice.")
    assert found.text == "We meet on Tuesday.\n\nP.S. Ring twice."


def test_how_to_join_is_no_signature() -> None:
    """A short block with a link and numbers at the end is what the mail is about."""
    text = "We talk on Tuesday.\n\nGoogle Meet\nhttps://meet.google.com/abc-defg-hij\nPIN: 123 456"
    assert new_text(text).text == text


def test_thanks_in_a_sentence_close_nothing() -> None:
    """Only a whole line is a sign-off."""
    text = "Hi Sam,\n\nThanks for your time today. We will write by Friday."
    assert new_text(text).text == text


def test_a_mail_that_only_thanks_says_so() -> None:
    """A sign-off with nothing before it is what was written."""
    assert new_text("Thanks, Jane").text == "Thanks, Jane"
    assert new_text("Thank you!\nJane").text == "Thank you!"


def test_a_warning_banner_is_not_the_senders() -> None:
    """What a mail system puts on top was not written by them."""
    found = new_text("CAUTION: This email originated from outside.\n\nWe meet on Tuesday.")
    assert found.text == "We meet on Tuesday."


def test_the_senders_name_is_known_as_such() -> None:
    """With the display name, a name on the last line is told from a word."""
    assert new_text("Which day suits you\nJane", "Jane Roe").text == "Which day suits you"


def test_a_mail_indented_as_a_whole_quotes_nobody() -> None:
    """Some programs put everything into a block quote for looks."""
    assert new_text("> We meet on Tuesday.\n> At ten.").text == "We meet on Tuesday.\nAt ten."


@pytest.mark.parametrize(
    "text",
    [
        ">" * 100_000,
        "a\n" * 50_000,
        "On 5 May 2026 10:00\n" * 5_000,
        "From: a@b\nTo: b\n" * 6_000,
        "Best\n" * 20_000,
        "-----\n\n\n\n\n" * 9_000,
        "-- \n" * 25_000,
        ":\n" * 50_000,
        "wrote 10:00\n" * 9_000,
        "unsubscribe\n" * 8_000,
    ],
)
def test_hostile_text_takes_no_time(text: str) -> None:
    """100 KB of anything is read in a moment."""
    new_text(text[:100])  # the words are read once
    assert steps(lambda: new_text(text)) < 1_000_000


@pytest.mark.parametrize(
    "signature",
    [
        "Jane Roe\nHead of Talent",
        "Jane Roe | Talent | Acme",
        "Jane, Talent @ Acme",
        "Faculty Search Committee\nAcme University",
        "The hiring team",
        "Jane\n\nJane Roe\nHR Adviser\nAcme LLP | 4 Castle Row",
        "J.R.",
        "J xx",
        "/Jane",
        "Best wishes\nJane Roe (she/her)\nPeople Services\n\nAcme, a registered charity. Think before you print.",
    ],
)
def test_names_and_titles_without_a_sign_off(signature: str) -> None:
    """A closing paragraph that only says who writes."""
    found = new_text(f"Hi Sam,\n\nwe meet on Tuesday at ten.\n\n{signature}", "Jane Roe")
    assert found.text == "Hi Sam,\n\nwe meet on Tuesday at ten."


@pytest.mark.parametrize(
    "ending",
    [
        "The address is:\n\nAcme Tower\nCastle Row\nKendal",
        "Please bring:\n\n- Passport\n- Laptop",
        "Join the meeting now",
        "Microsoft Teams meeting\nJoin the meeting now\n\nAsk for Sam at the gate, he will be there from nine.",
        "Good wishes to your family from all of us, and see you there.",
        "Yes",
        "When: Tuesday\nWhere: Acme Tower",
        "See the agenda below, and do tell us if anything in it does not suit you at all",
    ],
)
def test_what_only_looks_like_a_name_stays(ending: str) -> None:
    """Addresses, lists, joining details and answers are what the mail is about."""
    text = f"Hi Sam,\n\nwe meet on Tuesday at ten.\n\n{ending}"
    assert new_text(text, "Jane Roe").text == text


def test_a_rule_below_a_heading_divides_nothing_off() -> None:
    """What a program sets below its name and a rule is what the mail says."""
    text = (
        "Acme Careers\n____________\nWe are sorry to say that the role has gone to somebody else."
    )
    assert "gone to somebody else" in new_text(text, "Acme Careers").text


@pytest.mark.parametrize(
    ("sender", "signature"),
    [
        ("Lena Faber", "Ganz liebe Grüße\ndeine Lena"),
        ("Ilka Petrowsky", "LG Ilka Petrowsky\nWohnbereichsleitung 2\nSeniorenstift Lindenhof"),
        ("Tom Peeters", "Mvg Tom"),
        ("Hélène Roy", "Bienvenue (j'espère),\nHélène"),
        (
            "Mairie de Clairval",
            "Veuillez agréer, Madame, l'expression de nos salutations\ndistinguées.\n\nLe service des ressources humaines",
        ),
        ("Paulina Gajda", "Przepraszam za kłopot\nPaulina Gajda\nKawiarnie Zalewajka"),
        ("Yanis Delmotte", "Yanis Delmotte\nRédacteur en chef adjoint"),
        ("gus", "gus"),
        ("Acme Recruitment", "Yvonne Maes, recruiter\nAcme Scholengroep"),
        ("", "Pat\nOffice Manager"),
        ("Talleres Ochoa", "fermín ochoa"),
        ("Marina Costa", "Un abrazo muy fuerte,"),
        ("Acme Jobs", "Best,\nAnn\n\n________________\nSent by Acme Jobs, 1 Castle Row"),
        ("Jane Roe", "Microsoft Teams meeting\nJoin the meeting now\nMeeting ID: 222 333"),
    ],
)
def test_closings_in_no_list(sender: str, signature: str) -> None:
    """What stands between the last sentence and a name closes a letter in any words."""
    found = new_text(f"Hi Sam,\n\nwe meet on Tuesday at ten.\n\n{signature}", sender)
    assert found.text == "Hi Sam,\n\nwe meet on Tuesday at ten."


@pytest.mark.parametrize(
    "attribution",
    [
        "Am Montag, 4. Mai 2026, 09:00:00 MESZ hat Sam Beck <sam@beck.example> Folgendes geschrieben:",
        "Op 4 mei 2026 om 09:00 heeft Sam Beck <sam@beck.example> het volgende geschreven:",
        "No dia 4/05/2026, às 09:00, Sam Beck <sam@beck.example> escreveu:",
        "lunedì 4 maggio 2026 alle ore 09:00:00 CEST, Sam Beck <sam@beck.example> ha scritto:",
        "Wiadomość napisana przez Sam Beck <sam@beck.example> w dniu 04.05.2026, o godz. 09:00:",
        "Nadawca: Sam Beck\nData: poniedziałek\nAdresat: Jane\nTemat: Rozmowa",
    ],
)
def test_programs_of_other_languages_begin_a_quote(attribution: str) -> None:
    """Apple Mail, Outlook and webmail say it in more than one way."""
    assert new_text(f"Tuesday is fine.\n\n{attribution}\n\nWhich day?").text == "Tuesday is fine."


@pytest.mark.parametrize(
    "line",
    [
        "Von meinem Samsung Galaxy Smartphone gesendet.",
        "Envoyé depuis mon téléphone",
        "Enviado desde mi Samsung Mobile",
        "Verzonden vanaf Samsung-tablet",
        "Outlook voor Android downloaden",
        "Enviado via iPhone",
        "Inviato da Outlook per iOS",
        "Pobierz program Outlook dla systemu iOS",
    ],
)
def test_what_telephones_add_is_not_written(line: str) -> None:
    """In the languages of their owners."""
    assert new_text(f"Tuesday is fine.\n\n{line}").text == "Tuesday is fine."


@pytest.mark.parametrize(
    "line",
    [
        "Sollten Sie diese E-Mail irrtümlich erhalten haben, löschen Sie sie bitte.",
        "Si vous avez reçu ce message par erreur, merci de le détruire.",
        "Si ha recibido este mensaje por error, le rogamos que lo comunique.",
        "Aan dit bericht kunnen geen rechten worden ontleend.",
        "Caso tenha recebido esta mensagem por engano, elimine-a.",
        "Ai sensi del Regolamento UE 2016/679 le informazioni sono riservate.",
        "Jeśli otrzymali Państwo tę wiadomość omyłkowo, prosimy ją usunąć.",
    ],
)
def test_disclaimers_are_not_written(line: str) -> None:
    """Small print in seven more languages."""
    text = "We meet on Tuesday at ten in the office.\nPlease bring your papers."
    assert new_text(f"{text}\n\n{line}").text == text


def test_a_mail_is_not_small_print_throughout() -> None:
    """A reminder that opens like a footer and has nothing else is what its sender wrote."""
    said = "This is an automatic reminder of your interview with Parveen Shah.\n\nTuesday at 10"
    assert new_text(said).text == said


def test_a_signature_is_looked_for_below_the_last_pieces_alone() -> None:
    """Answers between thousands of quoted lines are new text, each as it stands."""
    text = "> asked?\nYes, I do.\n" * 2_000 + "-- \nAnn Lee"
    divided = new_text(text)
    assert divided.text.count("Yes, I do.") == 2_000
    assert divided.signature.endswith("Ann Lee")
    assert steps(lambda: new_text(text)) < 250_000
