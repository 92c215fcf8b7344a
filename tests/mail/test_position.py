"""Which role a mail is about."""

from collections.abc import Iterable

import pytest

from agent.mail import position as positions
from agent.mail.position import Wording
from tests.mail.steps import steps


def position(
    subject: str,
    text: str,
    quoted: str = "",
    *,
    language: str = "en",
    never: Iterable[str] = (),
    events: Iterable[str] = (),
    notes: Iterable[str] = (),
) -> str | None:
    """The title of a mail with that wording."""
    told = {"never": tuple(never), "events": tuple(events), "notes": tuple(notes)}
    return positions.position(Wording(subject, text, quoted, language=language, **told))


@pytest.mark.parametrize(
    ("subject", "text", "role"),
    [
        ("Interview for Senior Technical Writer, Copper Transit", "", "Senior Technical Writer"),
        ("Re: Collections assistant conversation", "", "Collections assistant"),
        ("Invitation to interview - Teacher of Geography", "", "Teacher of Geography"),
        ("Planning Technician (ref WBC/1182)", "", "Planning Technician"),
        ("Guest Relations - Zoom", "", "Guest Relations"),
        (
            "Hello",
            "Thank you for your application for Payroll Specialist (JR-004512).",
            "Payroll Specialist",
        ),
        ("Hello", "We loved you for the Dock Lead role.", "Dock Lead"),
        ("Hello", "POSITION: Night Loader\nWHEN: Monday", "Night Loader"),
        ("Hello", "We want you to be our Night Porter at the inn.", "Night Porter"),
        ("Hello", "Your panel for Ward Clerk, Band 4, is on Monday.", "Ward Clerk"),
        ("Hello", "the interview on Friday (Night Receptionist) is off", "Night Receptionist"),
        ("Offer - Remote Data Entry Clerk", "", "Remote Data Entry Clerk"),
        ("Re: Data Scientist, Growth", "", "Data Scientist, Growth"),
        ("Hello", "They want you as their Estimating Assistant at 54k.", "Estimating Assistant"),
        ("Hello", "We would love you to join Acme as our Reporting Lead!", "Reporting Lead"),
        ("Hello", "Our stage manager is leaving us in January.", "stage manager"),
        ("Hello", "Her dispatcher just gave notice.", "dispatcher"),
        ("Hello", "I was sore, but my estimator's moving to Tulsa.", "estimator"),
        ("Hello", "Friday at 3 it is, for the line cook trial.", "line cook"),
        ("Re: PSW - Pinecrest", "", "PSW"),
        ("Warden post", "", "Warden"),
        ("Tour guide", "", "Tour guide"),
        ("Decision Support Analyst", "", "Decision Support Analyst"),
        ("Park Warden (seasonal), Zone 3", "", "Park Warden"),
    ],
)
def test_a_title_is_read_where_something_says_that_it_is_one(
    subject: str, text: str, role: str
) -> None:
    """From labels, the words around it, and the parts of a subject; without reference numbers."""
    assert position(subject, text) == role


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        ("de", "Ihre Bewerbung als Pflegefachkraft (m/w/d) ist da.", "Pflegefachkraft"),
        ("fr", "pour le poste de contrôleur de gestion, jeudi", "contrôleur de gestion"),
        ("es", "para el puesto de Analista de datos: lunes", "Analista de datos"),
        ("nl", "voor de functie van beleidsmedewerker jeugd.", "beleidsmedewerker jeugd"),
        ("it", "per la posizione di Operatore Sanitario, che", "Operatore Sanitario"),
        ("pt", "sobre a vaga de Fiscal de Loja: segunda", "Fiscal de Loja"),
        ("pl", "na stanowisko Kontroler jakości.", "Kontroler jakości"),
        ("pl", "na stanowisko sekretarki medycznej proponujemy rozmowę", "sekretarka medyczna"),
        ("nl", "een gesprek over de functie beleidsadviseur.", "beleidsadviseur"),
        ("es", "Con Ana. Puesto: analista de datos en Acme.", "analista de datos"),
        ("fr", "votre entretien vidéo pour le poste : Chef de rayon.", "Chef de rayon"),
        ("pt", "a sua candidatura à oferta Assistente técnica deu entrada", "Assistente técnica"),
        ("de", "zum Gespräch für die Stelle als Pflegefachkraft zu begrüßen.", "Pflegefachkraft"),
        ("fr", "nous vous proposons le poste de serveur à partir de lundi", "serveur"),
        ("es", "te ofrecemos el puesto de camarero a partir del lunes", "camarero"),
        ("it", "le offriamo il posto di commessa a partire da lunedì", "commessa"),
    ],
)
def test_other_languages_frame_titles_their_way(language: str, text: str, role: str) -> None:
    """Also where titles are written in small letters."""
    assert position("", text, language=language) == role


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Next steps", "Our hiring manager will call you about the same position."),
        ("Update", "I'll send the invite for Thursday at 3 pm."),
        ("Interview confirmed", "Doug Fielding, VP Operations, will meet you."),
        ("trial", "Come on Saturday."),
        ("Hello", "Our lease is leaving us no choice."),
    ],
)
def test_people_and_times_are_no_roles(subject: str, text: str) -> None:
    """A title that belongs to somebody in the mail is not the user's role."""
    assert position(subject, text) is None


def test_quoted_history_names_the_role_where_the_new_text_does_not() -> None:
    """With half the weight."""
    assert position("Re: hello", "Monday it is.", "Subject: Ward Clerk interview") == "Ward Clerk"
    quoted = "Subject: Ward Clerk interview"
    assert position("Your application for Porter", "", quoted) == "Porter"


def test_the_employers_name_is_cut_from_a_title() -> None:
    """ "Acme Data Analyst" at Acme is a Data Analyst."""
    assert position("Acme Data Analyst", "", never=("Acme",)) == "Data Analyst"
    oferta = "tu inscripción en la oferta Jefe de turno de Grupo Vallés se ha realizado"
    assert position("", oferta, never=("Grupo Vallés",), language="es") == "Jefe de turno"


def test_the_users_name_is_cut_from_a_title() -> None:
    """Invitations name the candidate before the job."""
    subject = "Entrevista Lukas Brandt - Analista de siniestros"
    never = ("Lukas Brandt", "Lukas", "Brandt")
    assert position(subject, "", never=never, language="es") == "Analista de siniestros"


@pytest.mark.parametrize(
    ("subject", "text", "role"),
    [
        ("Snow", "We'll leave your visit about the housekeeper's post for now.", "housekeeper"),
        ("Your enquiry", "I'll write about the timetable clerk's job.", "timetable clerk"),
        (
            "Quick one",
            "A client is looking for a finance manager, 48k plus car.",
            "finance manager",
        ),
        ("Case manager candidates", "", "Case manager"),
        ("Medical scribe position: quick call", "", "Medical scribe"),
        ("Deputy clerk applicants", "", "Deputy clerk"),
        ("Case manager. This is not a joke", "", "Case manager"),
        ("Re: front of house", "Friday it is.", "front of house"),
        ("Menus", "I want a sous chef who thinks.", "sous chef"),
    ],
)
def test_people_write_titles_in_small_letters(subject: str, text: str, role: str) -> None:
    """In subjects as they type them, before "job" and "post" with an s, and with more behind."""
    assert position(subject, text) == role


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        (
            "de",
            "mehr über die Rolle Regulatory Affairs Manager zu erfahren",
            "Regulatory Affairs Manager",
        ),
        ("es", "Estoy buscando un responsable de compras para Bilbao.", "responsable de compras"),
        (
            "fr",
            "cherche un conseiller en sécurité financière et",
            "conseiller en sécurité financière",
        ),
        ("it", "La Sua domanda come Commissario di bordo è ora", "Commissario di bordo"),
        (
            "nl",
            "wij bieden je de functie van adviseur vergunningen aan, schaal 10",
            "adviseur vergunningen",
        ),
        ("nl", "zoek ik een Senior inkoper (70-85k, hybride).", "Senior inkoper"),
        ("pt", "o seu CV para técnico de contabilidade está aqui", "técnico de contabilidade"),
        ("pl", "na stanowisko Laborant bardzo nam się spodobało", "Laborant"),
    ],
)
def test_a_title_ends_with_the_verb_behind_it(language: str, text: str, role: str) -> None:
    """At a verb, a particle, or a bracket that tells pay and place."""
    assert position("", text, language=language) == role


def test_letters_of_a_title_are_no_words() -> None:
    """ "ta candidature" is nobody's TA, "pa vindt" no PA."""
    assert position("Des nouvelles de ta candidature", "", language="fr") is None
    assert position("pa vindt t goed", "", language="nl") is None
    assert position("TA", "") == "TA"


def test_hostile_text_takes_no_time() -> None:
    """Every repeat is bounded."""
    text = "application for the role of (" * 4000
    position("application for the role of (", "", "")  # the words are read once
    assert steps(lambda: position(text[:500], text, text)) < 100_000


@pytest.mark.parametrize("text", [" " * 100_000, "x" + " " * 2_000 + "y", "Stelle als " * 9_000])
def test_long_lines_cost_no_more_than_short_ones(text: str) -> None:
    """Blanks and repeated cues, in subject and text alike, are read in no time."""
    position("Stelle als", "", "")  # the words are read once
    assert steps(lambda: position(text, text, text)) < 1_000_000


@pytest.mark.parametrize(
    ("subject", "text", "role"),
    [
        ("Interview rescheduled: Dispatcher at Copperline HVAC", "", "Dispatcher"),
        ("Interview on 27 May - Inside Sales (US)", "", "Inside Sales (US)"),
        ("Still Branch Operations Supervisor", "", "Branch Operations Supervisor"),
        ("Revised", "Everything in the Billing Analyst offer stands.", "Billing Analyst"),
        ("Update", "We have one more person to see.", None),
    ],
)
def test_subjects_frame_titles_with_firms_and_places(
    subject: str, text: str, role: str | None
) -> None:
    """The firm after "at" is none of the title, letters in brackets are; one more is nobody's."""
    assert position(subject, text) == role


@pytest.mark.parametrize(
    ("subject", "text", "role"),
    [
        (
            "Program Officer, Early Childhood",
            "You applied for the position of Program Officer, Early Childhood.",
            "Program Officer, Early Childhood",
        ),
        ("Interview Details // Teller, Part Time", "", "Teller, Part Time"),
        ("Line Cook, Boston", "", "Line Cook"),
        (
            "Executive Assistant to the Provost - search closed",
            "",
            "Executive Assistant to the Provost",
        ),
        ("Hello", "your application for Lecturer in Accounting.", "Lecturer in Accounting"),
        ("Hello", "your application for Process Safety Engineer", "Process Safety Engineer"),
        (
            "Hello",
            "Thank you for applying for Temporary Receptionist with us.",
            "Temporary Receptionist",
        ),
        ("contract welder", "", "welder"),
        ("Hello", "your application for Manager - MIS with us", "Manager - MIS"),
        ("Re: saturday girl at the salon", "", "saturday girl"),
    ],
)
def test_a_title_is_read_with_its_field(subject: str, text: str, role: str) -> None:
    """What follows a comma counts where the mail says it twice, or where it is a term of work."""
    assert position(subject, text) == role


def test_the_end_of_a_wrapped_line_parts_no_title() -> None:
    """A page's width is no end of a phrase."""
    text = "so would you be up for talking about the sales\ngeneralist thing on Monday or so?"
    assert position("Hello", text) == "sales generalist"


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        ("it", "la tua candidatura per Segretaria di studio: idonea", "Segretaria di studio"),
        ("fr", "Échange pour le poste de biostatisticienne", "biostatisticienne"),
        ("fr", "nous rejoindre en tant que Responsable boutique.", "Responsable boutique"),
        (
            "es",
            "queremos que seas nuestra nueva profesora de inglés a partir",
            "profesora de inglés",
        ),
        ("pl", "na stanowisko Doradca klienta nadal trwa", "Doradca klienta"),
    ],
)
def test_small_words_lead_to_titles_and_end_them(language: str, text: str, role: str) -> None:
    """Each language's prepositions before a title, and the verb after it."""
    assert position("Hello", text, language=language) == role


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        (
            "it",
            "La tua candidatura per Magazziniera notturna è stata letta.",
            "Magazziniera notturna",
        ),
        ("it", "per la posizione di addetta al banco l'azienda La aspetta", "addetta al banco"),
        ("it", "nella selezione come Operatore di cassa La invitiamo", "Operatore di cassa"),
        ("fr", "le poste de Chargée de projets aura bientôt preneur", "Chargée de projets"),
        (
            "fr",
            "votre candidature au poste d'assistante à la direction reste",
            "assistante à la direction",
        ),
        ("es", "el proceso de jefa de obra sigue abierto", "jefa de obra"),
        ("es", "la entrevista (puesto de conductora/or) se anula", "conductora/or"),
        (
            "es",
            "tu candidatura de Agente de atención al cliente en Faro",
            "Agente de atención al cliente",
        ),
        ("es", "la entrevista para el puesto de auditora del jueves 17", "auditora"),
        ("pt", "a entrevista (lugar de professora de Grego) foi antecipada", "professora de Grego"),
        ("nl", "Uw sollicitatie voor docent Latijn werd ontvangen", "docent Latijn"),
        ("pl", "na stanowisko Tester maszyn potrwają do piątku", "Tester maszyn"),
        ("pl", "kandydatów na stanowisko asystent 20 stycznia", "asystent"),
    ],
)
def test_a_title_in_another_language_ends_there_too(language: str, text: str, role: str) -> None:
    """At a verb, a day, a bracket, an article; what stands between the cue and it is left out."""
    assert position("", text, language=language) == role


@pytest.mark.parametrize(
    ("language", "subject", "text", "role"),
    [
        ("de", "Hallo", "Leider gibt es heuer keine zweite Gehilfin.", "Gehilfin"),
        ("de", "Disponentin - Terminabstimmung", "", "Disponentin"),
        ("fr", "Hallo", "vous rejoignez en tant que Responsable rayon.", "Responsable rayon"),
        ("fr", "Bonjour", "Le recrutement d'une adjointe attend le vote.", "adjointe"),
        ("es", "Solicitud", "Su solicitud para la bolsa de técnica de museos", "técnica de museos"),
        ("es", "Hola", "el viernes 14 a las 10 para lo de chapista.", "chapista"),
        ("es", "Entrevista técnica - jueves", "", None),
        ("nl", "Wijziging gespreksronde docent Duits", "", "docent Duits"),
        ("nl", "Hallo", "over de rol Planner thuiszorg!", "Planner thuiszorg"),
        ("nl", "Hallo", "Iedereen die koerier wil worden krijgt een puzzel.", "koerier"),
        ("it", "Colloquio lettrice di latino: anticipo", "", "lettrice di latino"),
        ("it", "Avviso", "con riferimento all'avviso pubblico per infermiere, si", "infermiere"),
        ("pt", "Olá", "obrigada pela candidatura a legendadora. Envio o texto", "legendadora"),
        ("pt", "Olá", "este ano não vamos contratar revisora: há quem faça", "revisora"),
        (
            "pl",
            "Nabór",
            "postępowaniu na stanowisko: lektor języka duńskiego.",
            "lektor języka duńskiego",
        ),
        ("pl", "Konkurs na specjalistę ds. wystaw", "", "specjalista ds. wystaw"),
    ],
)
def test_each_language_has_its_own_cues(
    language: str, subject: str, text: str, role: str | None
) -> None:
    """A list, a talk, a search and a field of work announce a title in seven languages."""
    assert position(subject, text, language=language) == role


@pytest.mark.parametrize(
    ("subject", "text", "role"),
    [
        ("Terminvorschläge - Kundenservice (Kennziffer 2031-7)", "", "Kundenservice"),
        ("Kennenlerngespräch / Technische Redaktion", "", "Technische Redaktion"),
        ("Guten Tag", "Damit ist die Wohnbereichsbetreuung vergeben.", "Wohnbereichsbetreuung"),
        (
            "Zusage",
            "Sie werden für die Sachbearbeitung Wohngeld eingestellt.",
            "Sachbearbeitung Wohngeld",
        ),
        ("Termin", "Unsere Kundenberatung hilft Ihnen bei Fragen gern.", None),
    ],
)
def test_a_german_field_of_work_calls_a_job(subject: str, text: str, role: str | None) -> None:
    """By itself in a subject, behind "für die", before "vergeben"; not a desk that helps."""
    assert position(subject, text, language="de") == role


@pytest.mark.parametrize(
    "text",
    [
        "We'll go through the Fraud Operations Analyst duties and pay band.",
        "Dale has asked me to extend the Fraud Operations Analyst appointment to you.",
        "The tests were thinner than we look for at the Fraud Operations Analyst level.",
    ],
)
def test_a_title_in_capitals_is_known_by_what_it_has(text: str) -> None:
    """Duties, an appointment and a level are those of a job."""
    assert position("", text, "") == "Fraud Operations Analyst"


@pytest.mark.parametrize(
    ("event", "role"),
    [
        ("Callback - Alex Moreno - Docketing Specialist", "Docketing Specialist"),
        ("Second interview: Alex Moreno, Meter Analyst", "Meter Analyst"),
        ("Wayfield Labs onsite: Alex Moreno (Scientific Programmer)", "Scientific Programmer"),
        ("Alex - bookseller chat", "bookseller"),
        ("Fundraiser interview (GL)", "Fundraiser"),
        ("Alex and partners", None),
    ],
)
def test_what_an_event_is_called_is_read_like_a_subject(event: str, role: str | None) -> None:
    """An invitation's subject may say nothing where its event names the job."""
    never = ("Alex Moreno", "Alex", "Moreno")
    assert position("Updated invitation", "See you there.", never=never, events=[event]) == role


def test_what_an_event_tells_further_is_read_too() -> None:
    """The description of an event names the job as a text does."""
    notes = ["Walk round, then we sit down about the duty manager job with Flo."]
    assert position("Tour", "", events=["Tour of the site"], notes=notes) == "duty manager"


@pytest.mark.parametrize(
    ("subject", "role"),
    [
        ("Re: Cheesemonger ad", "Cheesemonger"),
        ("Re: producer gig", "producer"),
        ("Editor position", "Editor"),
        ("Re: your editor", None),
        ("Curriculum Editor - Nadia & Dana", "Curriculum Editor"),
        ("Shift Manager", "Shift Manager"),
    ],
)
def test_words_of_framing_around_a_title(subject: str, role: str | None) -> None:
    """An ad and a gig frame a title, a shift may begin one; an editor is one as a position."""
    assert position(subject, "Hello Alex, thanks for coming.") == role


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        ("de", "Sie haben sich als Notfallsanitäterin beworben.", "Notfallsanitäterin"),
        ("de", "die Stelle als Gerüstbauer ist noch frei", "Gerüstbauer"),
        ("fr", "votre candidature au poste de second de cuisine", "second de cuisine"),
        ("fr", "nous recherchons une illustratrice", "illustratrice"),
        ("es", "la entrevista para el puesto de reponedora", "reponedora"),
        ("nl", "je sollicitatie als werkplaatschef", "werkplaatschef"),
        ("it", "la Sua candidatura come fonico", "fonico"),
        ("pt", "a sua candidatura para confeiteira", "confeiteira"),
        ("pl", "rozmowa na stanowisko kosztorysantka", "kosztorysantka"),
    ],
)
def test_trades_of_many_languages_are_titles(language: str, text: str, role: str) -> None:
    """A trade is a title by itself wherever a job is spoken of."""
    assert position("", text, language=language) == role


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        ("en", "We need a reliable Sunday driver, and you sound perfect.", "Sunday driver"),
        ("en", "To help us choose our next copywriter, please write 300 words.", "copywriter"),
        ("en", "We reckon you would make a great barista.", "barista"),
        ("en", "Please ask for the duty manager on arrival.", None),
        (
            "de",
            "die Stelle als stellvertretende Filialleiterin anbieten",
            "stellvertretende Filialleiterin",
        ),
        ("fr", "Le recrutement de notre futur directeur de crèche avance.", "directeur de crèche"),
        ("fr", "on vous attend pour l'essai serveuse", "serveuse"),
        ("es", "¿Sigues interesada en lo de camarera de pisos?", "camarera de pisos"),
        ("it", "la prova orale per istruttore amministrativo", "istruttore amministrativo"),
    ],
)
def test_what_people_say_of_whom_they_seek(language: str, text: str, role: str | None) -> None:
    """Praise before a title is none of it, and whom one asks for at the door is no role."""
    assert position("", text, language=language) == role


def test_a_title_under_a_given_name_is_the_writers() -> None:
    """ "Jo / Head of People" signs the mail."""
    text = (
        "Can we push tomorrow's call to Thursday?\n\nAnn\nHead of People, Bramble\nbramble.example"
    )
    assert position("New time", text) is None


@pytest.mark.parametrize(
    ("language", "subject", "role"),
    [
        ("en", "Application: Payroll Administrator (Leeds)", "Payroll Administrator"),
        ("de", "Ihre Bewerbung als Einkäuferin (unbefristet)", "Einkäuferin"),
        ("es", "Puesto de auxiliar de biblioteca (interinidad)", "auxiliar de biblioteca"),
        ("en", "Interview - Paralegal (Litigation)", "Paralegal (Litigation)"),
        ("en", "Chat with Ann - UK", None),
    ],
)
def test_what_brackets_say_of_a_job(language: str, subject: str, role: str | None) -> None:
    """A city and a term of work are no part of a title, its field is; nor is a country one."""
    assert position(subject, "", language=language) == role


@pytest.mark.parametrize(
    "text", ["Sono Talent Partner in Vetta.", "Ciao, sono la responsabile HR."]
)
def test_who_says_who_they_are_offers_no_role(text: str) -> None:
    """ "Sono Talent Partner" is the writer."""
    assert position("Ciao", text, language="it") is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Your application for Community Nurse (Band 6) is in.", "Community Nurse (Band 6)"),
        ("Your application for Staff Officer (Grade IV) is in.", "Staff Officer (Grade IV)"),
        ("Your application for Music Teacher (0.6) is in.", "Music Teacher (0.6)"),
        ("Your application for Program Analyst GS-12 is in.", "Program Analyst GS-12"),
        ("Your application for Ward Clerk (London) is in.", "Ward Clerk"),
    ],
)
def test_a_grade_and_a_share_of_a_post_belong_to_a_title(text: str, role: str) -> None:
    """A town in brackets does not."""
    assert position("Your application", text) == role


@pytest.mark.parametrize(
    ("language", "subject", "role"),
    [
        ("pt", "Vaga: Assistente Executiva (remoto)", "Assistente Executiva"),
        ("it", "Candidatura: Impiegato contabile (da remoto)", "Impiegato contabile"),
        ("de", "Auswahlgespräche Museumspädagoge", "Museumspädagoge"),
        ("de", "Gesprächstermin Veranstaltungstechniker", "Veranstaltungstechniker"),
    ],
)
def test_where_one_works_and_what_a_talk_is_called_are_no_part_of_a_title(
    language: str, subject: str, role: str
) -> None:
    """In other languages as in English."""
    assert position(subject, "", language=language) == role


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        ("es", "tu proceso como Encargada de tienda finaliza aquí", "Encargada de tienda"),
        ("pt", "a conversa para o lugar de jurista fique para a semana", "jurista"),
        ("fr", "L'entretien d'auxiliaire de puériculture dure une heure", "auxiliaire de puériculture"),
        ("it", "Per il ruolo di redattrice chiediamo una breve prova", "redattrice"),
        ("it", "per il posto di impiegata commerciale estero hanno scelto altri", "impiegata commerciale estero"),
        ("pl", "na stanowisko Kierowniczka magazynu pod Poznaniem", "Kierowniczka magazynu"),
        ("nl", "hierbij je contract als voorvrouw sortering.", "voorvrouw sortering"),
        ("nl", "over de plaats van notarieel medewerkster bij ons", "notarieel medewerkster"),
        ("it", "L'eventuale incarico di data analyst partirebbe a febbraio.", "data analyst"),
        ("de", "Wir suchen einen Hausmeister für unser Schulzentrum.", "Hausmeister"),
        ("pt", "o lugar de motorista já foi preenchido", "motorista"),
        ("pt", "Teste prático para pasteleira na sexta", "pasteleira"),
        ("en", "I saw you'd applied to be a youth worker with us.", "youth worker"),
        ("pt", "no processo seletivo para Especialista em Riscos e a conversa", "Especialista em Riscos"),
    ],
)  # fmt: skip
def test_a_title_ends_before_the_verb_of_its_sentence(language: str, text: str, role: str) -> None:
    """Whatever the language of the sentence."""
    assert position("", text, language=language) == role


@pytest.mark.parametrize(
    ("subject", "text", "role"),
    [
        ("Hello", "Expect the Finance Business Partner brief first.", "Finance Business Partner"),
        ("Hello", "when we talk about the Production Coordinator gig", "Production Coordinator"),
        ("Medical Secretary, Band 4 - pick a time", "For Medical Secretary, Band 4.", "Medical Secretary"),
        ("Sandwich?", "Noon, at the Hitching Post.", None),
        ("Cancelled: chat", "It is off.\n\nOrganizer\nCarla Ruiz\ncarla@mail.example\n\nGuests\nBen\nAnn", None),
        ("Zwischennachricht Volontariat", "", "Volontariat"),
    ],
)  # fmt: skip
def test_what_stands_around_a_title_is_no_part_of_it(
    subject: str, text: str, role: str | None
) -> None:
    """A verb before its article, a grade, who called an event."""
    assert position(subject, text, language="de" if "Volont" in subject else "en") == role
