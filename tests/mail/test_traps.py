"""The known traps: what other trackers' issue lists say that they read wrongly, one test each."""

from email.message import EmailMessage

import pytest

from agent.domain.application import Application
from agent.domain.facts import Fact, Kind
from agent.mail.match import match
from agent.mail.message import Reading
from agent.mail.parse import parse
from agent.mail.read import read
from tests.mail.reading import USER, message, reading
from tests.making import ANN, fact, mail
from tests.making import reading as made

INTERVIEW = {
    Kind.INTERVIEW_REQUEST,
    Kind.INTERVIEW_CONFIRMED,
    Kind.INTERVIEW_RESCHEDULED,
    Kind.INTERVIEW_CANCELLED,
}


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for applying for the Planner position. We have received your application. "
        "If your profile matches, we will invite you to an interview.",
        "Your application has been received. Selected candidates will be contacted to schedule "
        "an interview within two weeks.",
        "Vielen Dank für Ihre Bewerbung als Planerin, die bei uns eingegangen ist. Wenn Ihr "
        "Profil zu uns passt, laden wir Sie zu einem Vorstellungsgespräch ein.",
        "Nous avons bien reçu votre candidature au poste de planificateur et vous en remercions. "
        "Si votre profil correspond, nous vous inviterons à un entretien.",
        "Hemos recibido tu candidatura para el puesto de planificador. Si tu perfil encaja, "
        "te invitaremos a una entrevista.",
    ],
)
def test_an_acknowledgement_is_no_invitation(text: str) -> None:
    """What will happen to those who are selected has not happened."""
    found = reading(text, subject="Harbour Foods", sender="Jobs <jobs@harbourfoods.example>")
    assert found.kind is Kind.APPLICATION_RECEIVED


@pytest.mark.parametrize(
    "text",
    [
        "Unfortunately I have to move our interview for the planner role to Tuesday 19 May at 11:00.",
        "Unfortunately a conflict has come up. Could we move your interview for the planner position "
        "from Monday to Tuesday 19 May at 11:00?",
        "Leider müssen wir Ihr Vorstellungsgespräch für die Stelle als Planer auf Dienstag, "
        "den 19. Mai um 11 Uhr verschieben.",
        "Malheureusement, nous devons reporter votre entretien pour le poste de planificateur "
        "au mardi 19 mai à 11h.",
        "Lamentablemente tenemos que aplazar tu entrevista para el puesto de planificador "
        "al martes 19 de mayo a las 11:00.",
    ],
)
def test_unfortunately_in_a_reschedule_is_no_refusal(text: str) -> None:
    """The word alone refuses nobody."""
    assert reading(text, subject="Planner").kind is Kind.INTERVIEW_RESCHEDULED


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("A special offer for you", "Special offer: 30% off every order until Sunday. Shop now."),
        ("Sonderangebot", "Nur heute: unser Sonderangebot für Sie, 20 % Rabatt auf jede Bestellung."),
        ("Offre spéciale", "Profitez de notre offre spéciale : -30 % sur votre prochaine commande."),
        ("Oferta especial", "Oferta especial solo hoy: 20 % de descuento en tu próximo pedido."),
    ],
)  # fmt: skip
def test_a_special_offer_is_no_job_offer(subject: str, text: str) -> None:
    """Shops offer things, not jobs."""
    assert reading(text, subject=subject, sender="Shop <news@shop.example>").kind is Kind.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "Your loan application has been received. We will let you know our decision by Friday.",
        "Unfortunately we are unable to approve your loan application at this time.",
        "Ihr Kreditantrag ist bei uns eingegangen. Wir melden uns bis Freitag mit einer Entscheidung.",
        "Votre demande de prêt a bien été reçue. Vous aurez une réponse avant vendredi.",
    ],
)
def test_a_loan_application_is_no_job_application(text: str) -> None:
    """Lenders receive, review and decline in the same words."""
    assert (
        reading(text, subject="Your application", sender="Bank <desk@bank.example>").kind
        is Kind.OTHER
    )


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for your application for home insurance. Your policy starts on 1 June.",
        "Vielen Dank für Ihren Antrag auf eine Hausratversicherung. Ihr Versicherungsschein folgt.",
        "Hemos recibido su solicitud de seguro de hogar. Su póliza entra en vigor el lunes.",
    ],
)
def test_an_insurance_application_is_no_job_application(text: str) -> None:
    """Insurers take applications too."""
    assert reading(text, sender="Service <service@insurer.example>").kind is Kind.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "Your application for the flat has been received. The viewing is on Tuesday 12 May at 17:00.",
        "Vielen Dank für Ihre Bewerbung um die Wohnung. Die Besichtigung ist am Dienstag um 17 Uhr.",
        "Votre candidature pour l'appartement a été retenue. Visite mardi 12 mai à 17h.",
        "We have decided to rent the apartment to another applicant.",
    ],
)
def test_an_application_for_a_flat_is_no_job_application(text: str) -> None:
    """Landlords have applicants, appointments and refusals."""
    found = reading(text, subject="Two rooms", sender="Letting <office@lettings.example>")
    assert found.kind is Kind.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "Your visa application has been received. Your visa interview at the consulate is scheduled "
        "for Tuesday 12 May at 10:00.",
        "Ihr Antrag auf ein Visum ist eingegangen. Ihr Termin im Konsulat ist am Dienstag um 10 Uhr.",
        "Votre entretien de demande de visa au consulat est fixé au mardi 12 mai à 10h.",
    ],
)
def test_a_visa_application_is_no_job_application(text: str) -> None:
    """Consulates hold interviews."""
    found = reading(text, subject="Appointment", sender="Visa <noreply@consulate.example>")
    assert found.kind is Kind.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for your application to the undergraduate program. Your admission interview is "
        "scheduled for Tuesday 12 May at 10:00.",
        "We regret that we can not offer you a place on the postgraduate course. Admissions Office",
        "Vielen Dank für Ihre Bewerbung um einen Studienplatz. Die Zulassung wird im Juli verschickt.",
        "Votre admission en master : entretien le mardi 12 mai à 10h, inscription avant le 20 mai.",
    ],
)
def test_a_university_application_is_no_job_application(text: str) -> None:
    """Universities admit students; that they also employ is another mail."""
    found = reading(text, subject="Admission", sender="Admissions <admissions@college.example>")
    assert found.kind is Kind.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "Your credit card application is under review. We will contact you within 5 business days.",
        "Ihr Antrag auf eine Kreditkarte wird geprüft. Sie hören in fünf Tagen von uns.",
        "Tu solicitud de tarjeta de crédito ha sido recibida y está en revisión.",
    ],
)
def test_a_credit_card_application_is_no_job_application(text: str) -> None:
    """Cards are applied for and reviewed."""
    found = reading(text, subject="Your application", sender="Cards <cards@bank.example>")
    assert found.kind is Kind.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "Could you interview a candidate for our team on Tuesday 12 May at 10:00? Her CV is attached.",
        "You are interviewing Dana Ruiz on 12 May at 10:00. Please submit your scorecard.",
        "Kannst du am Dienstag um 10 Uhr das Vorstellungsgespräch mit der Bewerberin führen?",
        "Peux-tu faire passer l'entretien à la candidate mardi à 10h ? Merci pour ton avis sur la candidate.",
    ],
)
def test_being_asked_to_interview_someone_is_no_interview_of_ones_own(text: str) -> None:
    """The user sits on the other side of the table."""
    assert reading(text, subject="Tuesday").kind is Kind.OTHER


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("Clinic <desk@clinic.example>", "Your dental appointment is confirmed for Tuesday 12 May at 10:00."),
        ("Praxis <praxis@zahnarzt.example>", "Ihr Zahnarzttermin ist am Dienstag, den 12. Mai um 10 Uhr."),
        ("Cabinet <cabinet@sante.example>", "Votre rendez-vous chez le dentiste est confirmé mardi 12 mai à 10h."),
        ("Clinic <desk@clinic.example>", "We have to reschedule your appointment with Dr. Feld to Friday at 9."),
    ],
)  # fmt: skip
def test_a_doctors_appointment_is_no_interview(sender: str, text: str) -> None:
    """Appointments are confirmed, moved and cancelled everywhere."""
    assert reading(text, subject="Appointment", sender=sender).kind is Kind.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "I am your landlord's agent. The boiler inspection is confirmed for Tuesday 12 May at 10:00.",
        "Ihr Vermieter kommt am Dienstag um 10 Uhr, der Termin zur Besichtigung der Wohnung steht.",
        "Le propriétaire passera mardi à 10h pour l'état des lieux de l'appartement.",
    ],
)
def test_a_landlords_appointment_is_no_interview(text: str) -> None:
    """A visit at home is a visit at home."""
    found = reading(text, subject="Tuesday", sender="Lettings <office@lettings.example>")
    assert found.kind is Kind.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "I am a journalist writing a piece about allotments for our readers. Are you free for an "
        "interview on Friday at 11?",
        "Für einen Artikel würde ich Sie gern interviewen. Passt Ihnen Freitag um 11 Uhr?",
        "Je suis journaliste et prépare un reportage. Seriez-vous libre vendredi à 11h pour une "
        "interview sur les jardins partagés ?",
    ],
)
def test_a_press_interview_is_no_job_interview(text: str) -> None:
    """Journalists interview people about things."""
    found = reading(text, subject="Interview", sender="Desk <desk@gazette.example>")
    assert found.kind is Kind.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "We would love to have you on our podcast. Are you free for an interview on Friday at 11?",
        "Hätten Sie am Freitag um 11 Uhr Zeit für ein Interview in unserem Podcast?",
        "¿Tienes tiempo el viernes a las 11 para una entrevista en nuestro podcast?",
    ],
)
def test_a_podcast_interview_is_no_job_interview(text: str) -> None:
    """Hosts ask for times too."""
    found = reading(text, subject="Podcast", sender="Show <hello@show.example>")
    assert found.kind is Kind.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "You qualify for a paid market research interview on Friday at 11. You get a gift card of $50.",
        "Für unsere Marktforschung suchen wir Teilnehmer für ein Interview am Freitag um 11 Uhr. "
        "Sie erhalten einen Gutschein.",
        "Dans le cadre d'une étude de marché, nous vous proposons un entretien vendredi à 11h, "
        "rémunéré par une carte cadeau.",
    ],
)
def test_a_market_research_interview_is_no_job_interview(text: str) -> None:
    """Researchers pay for interviews; employers do not."""
    found = reading(text, subject="Interview", sender="Panel <study@panel.example>")
    assert found.kind is Kind.OTHER


EVENT = """BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VEVENT
UID:talk-1@harbourfoods.example
DTSTAMP:20260508T080000Z
SEQUENCE:{sequence}
DTSTART:20260512T130000Z
DTEND:20260512T140000Z
SUMMARY:Interview Alex Moreno - Production Planner
ORGANIZER;CN=Ruth Okafor:mailto:ruth@harbourfoods.example
ATTENDEE:mailto:alex@moreno.example
END:VEVENT
END:VCALENDAR
"""


def invited(subject: str, sequence: int) -> Reading:
    """What is read from an invitation as calendar programs send it."""
    letter = EmailMessage()
    letter["From"] = "Ruth Okafor <ruth@harbourfoods.example>"
    letter["To"] = "Alex Moreno <alex@moreno.example>"
    letter["Subject"] = subject
    letter["Date"] = "Fri, 08 May 2026 09:00:00 +0100"
    letter.set_content("Interview for the Production Planner position.")
    letter.add_alternative(EVENT.format(sequence=sequence), subtype="calendar")
    return read(parse(letter.as_bytes()), USER)


def test_an_updated_invitation_is_not_thrown_away() -> None:
    """ "Updated invitation:" is how Google says that a talk has moved."""
    found = invited("Updated invitation: Interview @ Tue 12 May 2026 2pm (Alex Moreno)", 1)
    assert found.kind is Kind.INTERVIEW_RESCHEDULED
    assert found.interviews


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Reminder: interview tomorrow", "Your interview for the planner position is on Tuesday 12 May at 14:00."),
        ("Erinnerung: Vorstellungsgespräch", "Ihr Vorstellungsgespräch für die Stelle als Planer ist am Dienstag, 12. Mai, um 14 Uhr."),
        ("Rappel : entretien", "Votre entretien pour le poste de planificateur aura lieu le mardi 12 mai à 14h."),
        ("Herinnering: sollicitatiegesprek", "Uw sollicitatiegesprek voor de functie van planner is op dinsdag 12 mei om 14 uur."),
        ("Recordatorio: entrevista", "Tu entrevista para el puesto de planificador es el martes 12 de mayo a las 14:00."),
        ("Promemoria: colloquio", "Il suo colloquio per la posizione di pianificatore è martedì 12 maggio alle 14:00."),
        ("Lembrete: entrevista", "A sua entrevista para a vaga de planejador é na terça-feira, 12 de maio, às 14h."),
        ("Przypomnienie: rozmowa", "Pana rozmowa kwalifikacyjna na stanowisko planisty odbędzie się we wtorek 12 maja o 14:00."),
    ],
)  # fmt: skip
def test_a_reminder_is_not_thrown_away(subject: str, text: str) -> None:
    """A reminder of an interview is the interview, confirmed."""
    assert reading(text, subject=subject).kind is Kind.INTERVIEW_CONFIRMED


def application(number: int, *facts: Fact) -> Application:
    return Application.of(number, "home", facts)


def applied(number: int, company: str, role: str) -> Application:
    """An application of which only the acknowledgement is known."""
    return application(
        number,
        fact(
            Kind.APPLICATION_RECEIVED,
            "2026-03-01T10:00",
            company=company,
            role=role,
            from_=ANN,
            message_id=f"first{number}@mail.example",
        ),
    )


def test_meta_is_not_in_metaverse() -> None:
    """A name is matched as a whole."""
    word = made(Kind.STATUS_UPDATE, company="Metaverse Labs", role="Data Engineer")
    found = match(mail("x@metaverse.example"), word, (applied(1, "Meta", "Data Engineer"),))
    assert found.application is None


def test_two_roles_at_one_employer_stay_two_applications() -> None:
    """The role decides; where it does not, the user is asked."""
    both = (applied(1, "Acme", "Data Engineer"), applied(2, "Acme", "Technical Writer"))
    writer = made(Kind.STATUS_UPDATE, company="Acme", role="Technical Writer")
    chosen = match(mail("jo@acme.example"), writer, both).application
    assert chosen is not None
    assert chosen.id == 2
    silent = match(mail("jo@acme.example"), made(Kind.STATUS_UPDATE, company="Acme"), both)
    assert silent.application is None
    assert silent.ties == (1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "My client, Harbour Foods, would like to invite you to an interview for the Production "
        "Planner role on Tuesday 12 May at 14:00.",
        "I am recruiting on behalf of my client Harbour Foods, who would like to meet you about "
        "the Production Planner position on Tuesday 12 May at 14:00.",
    ],
)
def test_an_agencys_client_is_the_employer_not_the_agency(text: str) -> None:
    """The agency's own name is never the employer's."""
    found = reading(
        text, subject="Interview", sender="Lena Park, Keystone Recruitment <lena@keystone-recruitment.example>"
    )  # fmt: skip
    assert found.company is None or "keystone" not in found.company.lower()
    assert found.company is not None
    assert "harbour foods" in found.company.lower()


@pytest.mark.parametrize(
    "text",
    [
        "Harbour Foods invites you to an interview on Tuesday 12 May at 14:00.",
        "Harbour Foods lädt Sie am Dienstag, den 12. Mai um 14 Uhr zum Vorstellungsgespräch ein.",
        "Harbour Foods vous invite à un entretien le mardi 12 mai à 14h.",
    ],
)
def test_an_invitation_that_names_only_the_company_is_one(text: str) -> None:
    """Neither role nor person has to be named, and the employer is found."""
    found = reading(text, subject="Harbour Foods", sender="Harbour Foods <jobs@harbourfoods.example>")  # fmt: skip
    assert found.kind in INTERVIEW
    assert found.company == "Harbour Foods"


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for the interview today. Tuesday 12 May at 14:00 works for me.",
        "Vielen Dank für das Vorstellungsgespräch. Dienstag um 14 Uhr passt mir gut.",
        "Merci pour l'entretien d'hier. Mardi à 14h me convient.",
    ],
)
def test_the_users_own_sent_copy_is_no_reply(text: str) -> None:
    """Whatever it says, nobody has answered."""
    found = read(message(text, sender="Alex Moreno <alex@moreno.example>"), USER)
    assert found.kind is Kind.OWN
