"""The employer's name, from senders, signatures, subjects and prose."""

from dataclasses import replace

import pytest

from agent.mail.employer import employer, employer_of_list, employer_written_to
from agent.mail.labels import label_of
from agent.mail.message import Address, CalendarPart
from tests.mail.reading import message
from tests.mail.steps import steps


def named(text: str = "", signature: str = "", quoted: str = "", **fields: str) -> str | None:
    """The employer of a mail."""
    return employer(message(text, **fields), text, signature, quoted)


@pytest.mark.parametrize(
    ("sender", "subject", "company"),
    [
        (
            "Ann Lee <ann@carrickbayhotel.example>",
            "Carrick Bay Hotel - porter",
            "Carrick Bay Hotel",
        ),
        ("Acme Recruiting <no-reply@hire.lever.co>", "Hello", "Acme"),
        ("Acme via Greenhouse <no-reply@us.greenhouse-mail.io>", "Hello", "Acme"),
        ("Ann at Acme <ann.lee@gmail.com>", "Hello", "Acme"),
        ("Workday <aldermere@myworkday.com>", "Aldermere: next steps", "Aldermere"),
        (
            "LinkedIn <jobs-noreply@linkedin.com>",
            "Your application to Clerk at Marlin & Hobbs",
            "Marlin & Hobbs",
        ),
        ("Tom <tom@keelrecruit.example>", "Client meeting", None),
        ("Saltmarsh Health Careers <jobs@saltmarshhealth.example>", "Hello", "Saltmarsh Health"),
        ("Karriere bei Nordlicht <jobs@nordlicht.example>", "Hallo", "Nordlicht"),
        ("Gemeente Zandwijk <werving@zandwijk.example>", "Uw gesprek", "Gemeente Zandwijk"),
    ],
)
def test_the_employer_is_neither_platform_nor_agency(
    sender: str, subject: str, company: str | None
) -> None:
    """Who relays the mail is not who hires."""
    assert named("Hello Alex", sender=sender, subject=subject) == company


@pytest.mark.parametrize(
    ("sender", "signature", "company"),
    [
        ("Ida Moss <ida@bristolforge.example>", "Ida Moss\nBristol Forge", "Bristol Forge"),
        ("Ida Moss <ida@pellmoor.example>", "Ida\nPell & Moor", "Pell & Moor"),
        ("Ida Moss <ida@otterelm.example>", "Ida\nOtter & Elm", "Otter & Elm"),
        (
            "Ida Moss <ida@hazelwick.gov.uk>",
            "Ida Moss\nHazelwick Borough Council",
            "Hazelwick Borough Council",
        ),
        (
            "Ida Moss <ida@fenstreetcu.example>",
            "Ida Moss\nFen Street Credit Union",
            "Fen Street Credit Union",
        ),
        (
            "Ida Moss <ida@dept-harbours.example>",
            "Department of Harbours",
            "Department of Harbours",
        ),
        ("Ida Moss <ida@wold-nhs.example>", "Wold Community NHS Trust", "Wold Community NHS Trust"),
    ],
)
def test_a_domain_is_spelled_as_the_signature_spells_it(
    sender: str, signature: str, company: str
) -> None:
    """Capitals, spaces, words cut short and left out come from the mail."""
    assert named("Hello Alex, see you then.", signature, sender=sender) == company


def test_the_owners_surname_is_not_the_firms_name() -> None:
    """Where only the domain names the firm, its name is made of the whole of it."""
    sender = "Col Hartnell <col@hartnellfarms.example>"
    assert named("G'day", "Col Hartnell", sender=sender) == "Hartnell Farms"


def test_an_agency_names_its_client_or_nobody() -> None:
    """The agency's own name is never the employer's."""
    sender = "Tess <tess@rowanstaffing.example>"
    signed = "Tess\nRowan Staffing"
    assert named("Great news, Delmar Packaging want you in.", signed, sender=sender) == (
        "Delmar Packaging"
    )
    assert named("My client would like to see you.", signed, sender=sender) is None


def test_a_role_is_no_employer() -> None:
    """ "Apply for District Manager" names no firm called District."""
    sender = "Lever <no-reply@hire.lever.co>"
    text = "Thanks for applying for District Manager at Doughnut Square."
    assert named(text, sender=sender) == "Doughnut Square"


def test_the_person_a_scheduler_names_is_no_employer() -> None:
    """ "Chat with Talia Marsh" names somebody to talk to."""
    sender = "Calendly <notifications@calendly.com>"
    text = "Your chat with Talia Marsh is booked.\n\nInterviewer: Talia Marsh"
    assert named(text, sender=sender) is None


@pytest.mark.parametrize(
    ("domain", "label"),
    [
        ("mail.acme.co.uk", "acme"),
        ("acme.or.ke", "acme"),
        ("riverton.nsw.gov.au", "riverton"),
        ("acme.example", "acme"),
    ],
)
def test_a_domains_label_is_what_somebody_chose(domain: str, label: str) -> None:
    """Second levels of countries and states are passed over."""
    assert label_of(domain) == label


def test_hostile_text_takes_no_time() -> None:
    """Only the beginning of each portion is read, in time linear in it."""

    def work(times: int) -> int:
        text = "Acme of the " * times
        return steps(lambda: named(text, text, text, sender="Ann <ann@acmeoftheacmeofthe.example>"))

    work(4_500)  # the words are read once
    assert work(9_000) < 1.2 * work(4_500)


def test_a_list_of_jobs_names_an_employer_only_of_its_own() -> None:
    """A board's digest names several; a board is known by what it is called."""
    own = message("New openings at Saltmarsh Health.", sender="News <news@saltmarshhealth.example>")
    board = message("Ward Clerk at Acme.", sender="JobNest <alerts@jobnest.example>")
    assert employer_of_list(own, own.text) == "Saltmarsh Health"
    assert employer_of_list(board, board.text) is None


def test_a_service_that_sends_for_many_is_no_employer() -> None:
    """The name it shows is the one it sends for, or the text's."""
    shown = "Calder Savings Talent <calder@hirevue-mail.example>"
    assert named("Please record your answers.", sender=shown) == "Calder Savings"
    desk = "NHS Recruitment <noreply@trac.jobs>"
    text = "an offer of employment with Eastmoor NHS Foundation Trust as Porter"
    assert named(text, sender=desk) == "Eastmoor NHS Foundation Trust"


def test_a_name_is_taken_with_the_word_for_what_it_is() -> None:
    """ "Union Pond" with "Ambulance", without "Careers"."""
    sender = "Kit <kit@unionpond.example>"
    assert named("Come to Union Pond Ambulance.", sender=sender) == "Union Pond Ambulance"
    assert named("Re: Union Pond Careers", sender=sender) == "Union Pond"


@pytest.mark.parametrize(
    ("sender", "text", "company"),
    [
        ("Dana @ Halo <dana@halohair.example>", "See you Monday.", "Halo"),
        ("People & Places Trust <jobs@peopleandplaces.example>", "Hello", "People & Places Trust"),
        ("Kim <personnel@oswey.example>", "Oswey County Personnel Office", "Oswey County"),
        (
            "Fia <fia@lanternsearch.example>",
            "I've been asked by Moss & Marrow to call.",
            "Moss & Marrow",
        ),
        ("HR Manager Linda Cole <linda.cole@gmail.com>", "Welcome.", None),
        ("Lucy Tre via Workable <noreply@workablemail.com>", "Thanks.\n\nLucy", None),
    ],
)
def test_traps_of_names(sender: str, text: str, company: str | None) -> None:
    """A short form, a name with a desk's word in it, a desk of the county, a client, a person."""
    assert named(text, sender=sender) == company


@pytest.mark.parametrize(
    ("sender", "company"),
    [
        ("Checkr on behalf of Otter Freight <no-reply@checkr.com>", "Otter Freight"),
        ("Codility for Otter Freight <noreply@codility.com>", "Otter Freight"),
        ("EasyRecrue pour Galerie Ombrine <notification@easyrecrue.com>", "Galerie Ombrine"),
        ("Teaching for Tomorrow <hello@teachingfortomorrow.example>", "Teaching for Tomorrow"),
        ("Museum für Uhren <info@museum-uhren.example>", "Museum für Uhren"),
    ],
)
def test_a_service_names_whom_it_sends_for(sender: str, company: str) -> None:
    """ "for" tells of a customer where a service stands before it, and belongs to other names."""
    assert named("Please finish the form.", sender=sender) == company


@pytest.mark.parametrize(
    ("sender", "company"),
    [
        ("Sekretariat Erna-Lotz-Schule <sekretariat@elschule.example>", "Erna-Lotz-Schule"),
        ("Ufficio Concorsi Opera Marescalchi <concorsi@opmar.example>", "Opera Marescalchi"),
        ("Supermercados El Faro <supermercados@elfaro.example>", "Supermercados El Faro"),
        ("Calder Motors Recruiting <calder@myworkday.com>", "Calder Motors"),
    ],
)
def test_a_desk_that_the_address_repeats_stands_before_the_employer(
    sender: str, company: str
) -> None:
    """A word of the employer's own in the address is no desk."""
    assert named("Guten Tag", sender=sender) == company


def test_a_platforms_slug_is_spelled_by_the_name_shown() -> None:
    """ "otter" of a platform's address is Otter Steel where the display name says so."""
    sender = "Otter Steel <otter@myworkday.com>"
    assert named("Your interview has been confirmed.", sender=sender) == "Otter Steel"


def test_a_service_that_names_a_firm_twice_names_the_employer() -> None:
    """A platform's mail without words around the name repeats it in subject and signature."""
    found = named(
        "This position has been filled.",
        "Human Resources\nRavel Ridge School District\n\nDo not reply.",
        sender="Applitrack <no-reply@applitrack.example>",
        subject="Ravel Ridge School District: Application Status",
    )
    assert found == "Ravel Ridge School District"


def test_what_stands_beside_the_senders_own_address_spells_its_name() -> None:
    """A domain that is short for a name is spelled by the line that both stand on."""
    signature = "Hans\nVerbeek Bouw | www.aannemer-vb.example"
    assert named("Tot dan.", signature, sender="Hans <h@aannemer-vb.example>") == "Verbeek Bouw"


def test_the_writers_name_beside_an_address_is_no_employer() -> None:
    """ "Ida Moss | www.bristolforge.example" still names the writer alone."""
    signature = "Ida Moss | www.bristolforge.example"
    sender = "Ida Moss <ida@bristolforge.example>"
    assert named("See you at Bristol Forge.", signature, sender=sender) == "Bristol Forge"


def test_a_managers_office_is_no_employer() -> None:
    """ "Assistant Front Office Manager" is a role from end to end."""
    text = "We are looking for an Assistant Front Office Manager for the client."
    assert named(text, sender="Ida Moss <ida@mosssearch.example>") is None


@pytest.mark.parametrize(
    ("sender", "text", "company"),
    [
        ("Grupo Vallés a través de InfoJobs <no-responder@infojobs.net>", "Hola", "Grupo Vallés"),
        ("Altamarea tramite Teamtailor <no-reply@teamtailor-mail.com>", "Ciao", "Altamarea"),
        (
            "Schreinerei Obermoser <post@obermoser-holz.example>",
            "Bis dann",
            "Schreinerei Obermoser",
        ),
        ("SARL Pichon Frères <contact@pichon-plomberie.example>", "bonjour", "Pichon Frères"),
        ("Kita Pusteblume e.V. <leitung@kita-pusteblume.example>", "Hallo", "Kita Pusteblume"),
        ("Talleres Quiroga <talleres.quiroga@correo.example>", "vale", "Talleres Quiroga"),
        ("Lisa von Talberg Logistik <no-reply@softgarden.io>", "Hallo", "Talberg Logistik"),
        ("Suor Agnese Vitali <segreteria@istituto-agnese.example>", "Salve", "Istituto Agnese"),
    ],
)
def test_the_employer_of_a_desk_is_the_name_shown(sender: str, text: str, company: str) -> None:
    """Before "via" in any language, without legal forms, also where the domain says less."""
    assert employer(message(text, sender=sender), text, "", "", (), "de") == company


def test_an_own_desk_names_the_body_in_full() -> None:
    """ "CM" is a Câmara Municipal to who reads Portuguese."""
    mail = message("Fica notificado.", sender="CM Vale do Seixo <rh@cm-valedoseixo.example>")
    found = employer(mail, "Fica notificado.", "", "", (), "pt")
    assert found == "Câmara Municipal de Vale do Seixo"


def test_a_service_s_mail_is_headed_with_the_employer() -> None:
    """The name before a colon or " invites you" is a firm's, though it could be somebody's."""
    text = "Ivo Brandt from Hatchway has invited you to pick a time."
    sender = "Calendly <notifications@calendly.com>"
    subject = "Hatchway invites you to schedule: Intro call"
    assert named(text, sender=sender, subject=subject) == "Hatchway"
    lever = "Lever <no-reply@hire.lever.co>"
    assert (
        named("Hello", "Quillstone", sender=lever, subject="Quillstone: received") == "Quillstone"
    )


def test_the_line_under_the_letter_has_the_whole_name() -> None:
    """Where the domain has its first word alone."""
    sender = "Ingrid Solheim <ingrid.solheim@fjordline.example>"
    text = "It is no place for you on the boats.\nGreetings\nIngrid Solheim\nFjordline Tours"
    assert named(text, sender=sender) == "Fjordline Tours"


def test_an_employer_in_brackets_after_the_title() -> None:
    """As boards of jobs write it."""
    text = "A sua candidatura à oferta Gestor de Compras (Fundição Ribatejo) foi enviada."
    assert named(text, sender="Net-Empregos <noreply@net-empregos.com>") == "Fundição Ribatejo"


def test_a_person_of_a_service_is_no_firm() -> None:
    """ "Jolene Ferrante via SmartRecruiters" writes of the hotel that the subject names first."""
    sender = "Jolene Ferrante via SmartRecruiters <notification@smartrecruiters.com>"
    subject = "Ridgepole Hotels: your interview for Front Office Manager"
    text = "Jolene Ferrante has scheduled an interview with you."
    assert named(text, sender=sender, subject=subject) == "Ridgepole Hotels"
    sender = "Larkspur Bio via GoodTime <no-reply@goodtime.io>"
    subject = "Tomorrow: your conversation with Larkspur Bio"
    assert named("See you!", sender=sender, subject=subject) == "Larkspur Bio"


def test_a_line_with_bars_has_the_whole_name() -> None:
    """Before the firm's slogan."""
    sender = "Alana Pryce <alana.pryce@morningside.example>"
    signature = "Alana Pryce\nMorningside Senior Living | 42 communities, one family"
    assert named("Monday at 11.", signature, sender=sender) == "Morningside Senior Living"


@pytest.mark.parametrize(
    ("sender", "subject", "text", "company"),
    [
        (
            "Career System <system@successfactors.eu>",
            "Your application",
            "Thank you for your interest in the position Welder at Otter Chemie.",
            "Otter Chemie",
        ),
        (
            "Workable <noreply@workablemail.com>",
            "Interview with Plover on May 8",
            "Your video interview with Plover is booked.\nInterviewer: Ivy Lund, Head of People",
            "Plover",
        ),
        (
            "Reed.co.uk <applications@reed.co.uk>",
            "Application update",
            "Unfortunately Mossop & Tarn have let us know that you were not successful.",
            "Mossop & Tarn",
        ),
        (
            "Calendly <notifications@calendly.com>",
            "Canceled: Intro call with Dana Weiss",
            "Who: Dana Weiss, Barrow & Elm (dana@barrowandelm.example)",
            "Barrow & Elm",
        ),
        (
            "SmartRecruiters <notification@smartrecruiters.com>",
            "Interview cancelled - Otter Foods",
            "Hi Alex, the interview is off.",
            "Otter Foods",
        ),
        (
            "Indeed <no-reply@indeed.com>",
            "Your interview",
            "Your interview is confirmed\n\nTiny Otters Nursery\nNursery Assistant\n\nIndeed Operations, Ltd.",
            "Tiny Otters Nursery",
        ),
        (
            "Skilltests <noreply@skilltests.example>",
            "Otter Foods: typing test",
            "Otter Foods requests you to take a test.",
            "Otter Foods",
        ),
    ],
)
def test_a_service_says_in_its_text_whom_it_sends_for(
    sender: str, subject: str, text: str, company: str
) -> None:
    """Where the name shown is the service's own, its text, subject and addresses tell the employer."""
    assert named(text, sender=sender, subject=subject) == company


@pytest.mark.parametrize(
    ("sender", "company"),
    [
        ("Principal's Office <principal@ottonmiddle.example>", "Ottonmiddle"),
        ("County Recruitment <recruitment@ottercountyclerk.example>", "Ottercountyclerk"),
        ("Library HR <hr@otterbridgelibrary.example>", "Otterbridge Library"),
        ("Abbey Foods Careers <no-reply@hire.lever.co>", "Abbey Foods"),
    ],
)
def test_a_desk_is_nobodys_name(sender: str, company: str) -> None:
    """What is made of words of desks and institutions alone leaves it to the domain."""
    assert named("The post is filled.", sender=sender) == company


@pytest.mark.parametrize(
    ("sender", "signature", "company"),
    [
        (
            "Di Pell <di@ottermillhousing.example>",
            "Di Pell\nAssistant\nHousing Authority of the City of Ottermill",
            "Housing Authority of the City of Ottermill",
        ),
        (
            "Beth Orr <borr@sd317.example>",
            "Beth Orr\nTownship School District 317",
            "Township School District 317",
        ),
        ("Col Byrne <cb@stosric-nhs.example>", "Col Byrne\nWard Sister, St Osric's", "St Osric's"),
        ("Pat Kerr <pat@otterhouse-care.example>", "Pat Kerr\nManager, Otterhouse", "Otterhouse"),
        ("Len Court <len@ottercourthousing.example>", "Otter Court", "Otter Court Housing"),
        (
            "R. Voss <rv@nd-probation.example>",
            "R. Voss\nAnalyst\nNorth District Probation Department",
            "North District Probation Department",
        ),
    ],
)
def test_the_line_that_the_domain_was_made_of_is_the_whole_name(
    sender: str, signature: str, company: str
) -> None:
    """Its words and initials give the domain, in any order; a word beside the name is left out."""
    assert named("See you then.", signature, sender=sender) == company


def test_an_agency_is_told_by_what_it_was_asked_to_do() -> None:
    """A board that "has asked us to pause" is the employer's own."""
    sender = "Eve Marsh <eve@otterconservancy.example>"
    text = "The board has asked us to pause all interviews."
    assert named(text, "Eve Marsh\nOtter Conservancy", sender=sender) == "Otter Conservancy"


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("C. Frayne <cf@fraynegroup.example>", "I have been asked by a charity to look for one."),
        ("R. Menon <rm@northwick.example>", "We are exclusively engaged by a logistics platform."),
        ("Liam Orr <liam@otterbridge-rec.example>", "Looking for a developer, six months."),
        ("S. Tully <st@tullyteach.example>", "I'd like to put your name in front of them."),
    ],
)
def test_who_was_asked_by_an_unnamed_firm_is_its_agency(sender: str, text: str) -> None:
    """An agency that names no client leaves the employer open."""
    assert named(text, sender=sender) is None


def test_an_agencys_list_of_jobs_names_no_employer() -> None:
    """None of the jobs is its own."""
    mail = message("Clerk, Otterton", sender="Otter Recruitment <updates@otterrec.example>")
    assert employer_of_list(mail, "Clerk, Otterton", "Otter Recruitment") is None


def test_nobody_is_their_own_employer() -> None:
    """Schedulers name both sides in a title; the user's own name there is no firm's."""
    title = "Fallowmead Bank candidate interview - Alex M. (Planner)"
    text = f"Grace Ostrander is inviting you to a scheduled Zoom meeting.\n\nTopic: {title}\n"
    found = named(text, sender="Zoom <no-reply@zoom.us>", subject=f"Invitation: {title}")
    assert found in {"Fallowmead Bank", None}
    both = "Updated: Hiring Manager Chat between Alex Moreno and Rob Delacroix"
    other = named(both, sender="Calendly <notifications@calendly.com>", subject=both)
    assert "Moreno" not in (other or "")


@pytest.mark.parametrize(
    ("sender", "text", "company"),
    [
        (
            "Istituto Comprensivo Manin <presidenza@icmanin.example>",
            "La aspettiamo.",
            "Istituto Comprensivo Manin",
        ),
        ("Lotnisko Modrzewie <noreply@erecruiter.pl>", "Dziękujemy.", "Lotnisko Modrzewie"),
        (
            "Padaria-Escola Pão Quente <equipa@paoquente.example>",
            "Olá.\n\nGil\nPadaria-Escola Pão Quente",
            "Padaria-Escola Pão Quente",
        ),
    ],
)
def test_words_of_institutions_in_other_languages_belong_to_the_name(
    sender: str, text: str, company: str
) -> None:
    """A school, an airport, a bakery that bakes and teaches."""
    assert named(text, sender=sender) == company


def test_a_post_is_no_employer() -> None:
    """ "Interesse an der Stelle X": what follows is the role."""
    text = "Vielen Dank für Ihr Interesse an der Stelle Medizinische Fachangestellte."
    assert named(text, sender="Bewerbung <noreply@greenhouse-mail.io>") is None


def test_a_title_that_names_both_sides_names_the_employer() -> None:
    """Without the user's name before it: "Alex Moreno and Otter & Moor"."""
    mail = message("Updated: portfolio talk", sender="Rowan Pike <rowan@ottermoor.example>")
    titles = ("Portfolio talk: Alex Moreno and Otter & Moor",)
    assert employer(mail, "Same place.", "Rowan", "", titles) == "Otter & Moor"


def test_what_an_agency_passes_on_names_its_client() -> None:
    """Who wrote the mail that a consultant forwards is the employer, where it spells its name."""
    text = "Hi Alex, it's a no from them I'm afraid.\n\nCraig\nRecruitment Consultant\nPeak People"
    passed = (
        "From: Linda Marks <linda@brightsidebearings.example>\nTo: Craig Denholm\n\n"
        "Good answers, but no.\n\nLinda Marks, Office Manager, Brightside Bearings"
    )
    mail = message(f"{text}\n\n{passed}", sender="Craig Denholm <craig@peakpeople.example>")
    assert employer(mail, text, "", passed, ()) == "Brightside Bearings"


def test_a_consultant_who_signs_for_an_agency_names_no_employer() -> None:
    """The line under the title has what the domain has not: that they recruit."""
    signature = "Lucy Tran\nAssociate Consultant\nFenwick Marsh Recruitment"
    sender = "Lucy Tran <lucy.tran@fenwickmarsh.example>"
    assert named("Could we move our chat to Friday at 12.30?", signature, sender=sender) is None


@pytest.mark.parametrize(
    "text",
    [
        "Hi Alex, client has shared a test, 45 min. Complete it by tomorrow.",
        "La clinique pour laquelle je recrute souhaite vous recevoir.",
        "La candidatura è presso un'azienda nostra cliente di Varese.",
        "W załączeniu zaproszenie na rozmowę z naszym klientem w środę.",
        "Al cliente le ha gustado mucho tu perfil y el Director Financiero quiere verte.",
    ],
)
def test_whose_client_wants_the_user_is_not_the_employer(text: str) -> None:
    """A client without a name leaves the employer open; nor is a title its name."""
    assert named(text, sender="Jo Keir <jo@keirmarsh.example>") is None


def test_a_subject_and_the_title_of_an_event_are_not_one_name() -> None:
    """A long subject that ends with a date does not run on into what follows it."""
    mail = message(
        "Your interview is scheduled.",
        sender="Calendly <notifications@calendly.com>",
        subject="Confirmed: 30 Minute Meeting with Ishaan Mehta on Tuesday 23 February 2027",
    )
    text = "Your Plotwise interview with Ishaan Mehta is scheduled."
    assert employer(mail, text, "", "", ("Plotwise interview",)) == "Plotwise"


def test_a_part_of_a_hyphened_domain_is_the_name_that_is_said_twice() -> None:
    """What somebody calls the firm in subject and signature is its name."""
    found = named(
        "One more conversation with our CPO!",
        "Emilia Castro\nCandidate Experience, Aurelis",
        sender="Emilia Castro <emilia@aurelis-soft.example>",
        subject="Aurelis - meeting our CPO",
    )
    assert found == "Aurelis"


@pytest.mark.parametrize(
    ("sender", "place"),
    [
        ("Office <rose@town-office.example>", "Office Manager w Krakowie?"),
        ("Office <rose@town-office.example>", "Recepcionista en Zaragoza"),
    ],
)
def test_a_town_behind_a_role_is_not_the_employer(sender: str, place: str) -> None:
    """ "w Krakowie" says where a job is."""
    text = "Piszę, bo szukamy kogoś dla naszego klienta."
    assert employer(message(text, sender=sender, subject=place), text, "", "") is None


def test_the_users_mail_through_a_platform_names_the_employer() -> None:
    """A reply to a platform's address is about who its subject tells of."""
    mail = message(
        "Thank you, I'd be glad to talk.",
        sender="Alex Moreno <alex@moreno.example>",
        subject="Re: Interview with Foxglove Analytics",
    )
    mail = replace(mail, to=(Address("Anya Petrova", "anya.petrova@hire.lever.co"),))
    assert employer_written_to(mail, "") == "Foxglove Analytics"


@pytest.mark.parametrize(
    ("sender", "text", "signature", "company"),
    [
        ("Sara <sara@getpelham.example>", "We finish first rounds at Pelham.", "", "Pelham"),
        ("People <people@wearefathom.example>", "Soon more!", "Team Fathom", "Fathom"),
        ("Getty Reed <g.reed@getmore.example>", "More news soon.", "Getty", "Getmore"),
    ],
)
def test_what_a_domain_says_before_the_name_is_left_out(
    sender: str, text: str, signature: str, company: str
) -> None:
    """ "get" and "we are" are words of a domain where the mail spells the rest."""
    assert named(text, signature, sender=sender) == company


def test_a_firm_that_belongs_to_a_group_is_the_employer() -> None:
    """The line under the letter names whom the writer is with, and whose part that is."""
    signature = "Anna Peel\nHR Business Partner\nKestrel Books, part of PGL Group"
    sender = "Anna Peel <anna.peel@pgl-group.example>"
    assert named("We would like to meet you.", signature, sender=sender) == "Kestrel Books"


def test_who_opens_a_room_for_video_is_no_employer() -> None:
    """A service says of a person that they invite to a meeting of its own."""
    text = (
        "Hollis Grant is inviting you to a scheduled Zoom meeting.\n\n"
        "Topic: Peverell Press interview - Alex Moreno"
    )
    subject = "Hollis Grant has invited you to a scheduled Zoom meeting"
    assert named(text, sender="Zoom <no-reply@zoom.us>", subject=subject) == "Peverell Press"


def test_a_service_with_a_word_behind_its_name_is_no_employer() -> None:
    """ "DocuSign System" sends what a firm has written."""
    text = "Helen Marsh sent you a document.\n\nTarn Engineering: Offer Letter - Alex Moreno"
    found = named(text, sender="DocuSign System <dse@eumail.docusign.net>")
    assert found == "Tarn Engineering"


@pytest.mark.parametrize(
    ("sender", "text", "company"),
    [
        ("HR <hr@quistarkitekter.example>", "Quist Arkitekter AS", "Quist Arkitekter"),
        ("HR <no-reply@paradox.ai>", "Your interview with Cobalt Stores is off.", "Cobalt Stores"),
        ("Head <head@trewint.cornwall.sch.uk>", "Welcome to Trewint School.", "Trewint School"),
        ("Ivan <ivan@ipetrov-dental.example>", "Come to Petrov Dental.", "Petrov Dental"),
    ],
)
def test_names_are_whole_and_bare(sender: str, text: str, company: str) -> None:
    """Legal forms go, stores stay; a school is told by its own part of the domain."""
    assert named(f"Hello Alex.\n\n{text}", sender=sender) == company


@pytest.mark.parametrize(
    "text",
    [
        "No news from Tarn Foods yet, I've chased them twice.",
        "You are confirmed with Tarn Foods on Thursday at 10. Ask for Beth in HR.",
        "I've just spoken to Tarn Foods and they'd like to see you on Tuesday.",
        "Details below.\n\nCompany: Tarn Foods\nTime: 10am",
        "Tarn Foods really liked your application and would meet you.",
        "Leider habe ich noch keine Rückmeldung von Tarn Foods.",
        "Entrevista confirmada con Tarn Foods el jueves.",
    ],
)
def test_the_firm_of_which_an_agency_brings_word_is_the_employer(text: str) -> None:
    """Who arranges talks with another firm reports of it, whatever the own firm is called."""
    sender = "Oliver Stroud <ostroud@harperlyle.example>"
    assert named(f"Hi Alex, {text}", "Oliver\nHarper Lyle", sender=sender) == "Tarn Foods"


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("Jo <jo@harperlyle.example>", "We heard from Tarn Foods, your first referee."),
        ("Jo <jo@harperlyle.example>", "Your interview is with Herrn Wiechers at 10."),
    ],
)
def test_referees_and_people_are_no_employers(sender: str, text: str) -> None:
    """Earlier employers answer too, and who talks with the user has a name."""
    assert named(text, "Jo\nHarper Lyle", sender=sender) == "Harper Lyle"


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("Segreteria IC Manzoni <mbic8xx00@istruzione.it>", "IC Manzoni"),
        ("Collège Pagnol <0130001a@ac-aix-marseille.fr>", "Collège Pagnol"),
    ],
)
def test_the_mailboxes_of_all_schools_are_nobodys(sender: str, name: str) -> None:
    """A ministry's or an académie's domain says which country, not which school."""
    assert named("Bonjour, à jeudi.", name, sender=sender) == name


@pytest.mark.parametrize(
    ("signature", "company"),
    [
        ("Ben Fox | Talent Partner | Stoneacre\nT: 0113 496 0000 | stoneacre.example", "Stoneacre"),
        ("Ben Fox\nStone Acre | stoneacre.example", "Stone Acre"),
        ("Ben Fox\nLeeds | Stone Acre | www.stoneacre.example", "Stone Acre"),
    ],
)
def test_a_line_of_contacts_is_no_name(signature: str, company: str) -> None:
    """Before the address on the web stands the firm or a number, after bars."""
    assert named("See you then.", signature, sender="Ben <ben@stoneacre.example>") == company


def test_an_office_that_arranges_a_talk_is_not_who_hires() -> None:
    """The subject tells with whom the talk is."""
    found = named(
        "Ridge Bakery will see you on Thursday. Please confirm.",
        sender="Jobcentre Plus <work.coach@dwp.gov.uk>",
        subject="Interview with Ridge Bakery",
    )
    assert found == "Ridge Bakery"


@pytest.mark.parametrize(
    ("sender", "company"),
    [
        ("Foxglove Recruiting <jobs@foxglovegames.example>", "Foxglove Games"),
        ("Talent Team Nuvola <jobs@nuvola-software.example>", "Nuvola Software"),
        ("Danni @ Halo <danni@halohair.example>", "Halo"),
    ],
)
def test_a_desks_short_name_has_the_domains_word_of_business(sender: str, company: str) -> None:
    """A desk says the firm's name in short; a person says how the firm is called."""
    assert named("Thank you, we have it.", sender=sender) == company


def test_a_name_shown_in_full_is_kept_where_the_letter_shortens_it() -> None:
    """The sender's name has the institution's word that the team leaves out."""
    found = named(
        "Thank you for applying.\n\nThe Little Acorns team",
        sender="Little Acorns Nursery <hello@littleacorns-dunmore.example>",
    )
    assert found == "Little Acorns Nursery"


def test_an_institution_in_the_domain_alone_is_no_part_of_a_name() -> None:
    """The line under the letter says how the firm is called."""
    found = named(
        "Bis Freitag.",
        "Vera Stahl\nRechtsanwältin\nStahl & Roth Rechtsanwälte",
        sender="Vera Stahl <stahl@kanzlei-stahl-roth.example>",
    )
    assert found == "Stahl & Roth Rechtsanwälte"


def test_a_line_behind_a_desk_spells_a_shortened_domain() -> None:
    """A council's domain cuts its last words short."""
    found = named(
        "Birth cert received with thanks.\n\nNoeleen\nHuman Resources, Corrav County Council",
        sender="Recruitment Unit <recruitment@corravcoco.example>",
    )
    assert found == "Corrav County Council"


@pytest.mark.parametrize(
    "text", ["We have 10am or 11am; 12 and 1 have gone.", "2. Offers have gone out."]
)
def test_times_and_items_of_a_list_are_no_firms(text: str) -> None:
    """What begins with a figure and goes on in small letters, or numbers a line, names nobody."""
    found = named(text, "Tegan Rowse\nOakworks", sender="Jobs <jobs@oakworks.example>")
    assert found == "Oakworks"


def test_who_is_greeted_does_not_act() -> None:
    """ "Hi Maeve are you free" tells of no firm."""
    found = named("Hi Alex are you free from Monday?", sender="Jacinta <j@rapidcover.example>")
    assert found != "Alex"


def test_a_state_body_keeps_its_office() -> None:
    """ "Office of Weights" is whole."""
    found = named(
        "Your application for Executive Officer, Office of Weights was received.",
        sender="noreply@smartrecruiters.com",
    )
    assert found == "Office of Weights"


def test_the_place_of_an_event_spells_the_employer_in_full() -> None:
    """A domain has no spaces, and a person's mail may not say the firm's whole name."""
    place = "BEGIN:VEVENT\r\nLOCATION:Harbour Savings Bank\\, 210 Essex Street\r\nEND:VEVENT"
    mail = message("See you on Monday.", sender="Ida Moss <ida@harboursavings.example>")
    mail = replace(mail, calendars=(CalendarPart(place),))
    assert employer(mail, mail.text, "", "") == "Harbour Savings Bank"


@pytest.mark.parametrize(
    ("sender", "subject", "text", "signature", "company"),
    [
        (
            "Dr Aurore Peltier <veto@lesquatrepattes.example>",
            "Re: Candidature",
            "Bonjour, j'ai bien reçu votre lettre.",
            "Dr Aurore Peltier\nClinique vétérinaire Les Quatre Pattes",
            "Clinique vétérinaire Les Quatre Pattes",
        ),
        (
            "Henk <camping@deoudedelta.example>",
            "seizoen",
            "Kom je bij ons werken?",
            "Henk\nCamping De Oude Delta, Ouddorp",
            "Camping De Oude Delta",
        ),
        (
            "Moira Fenwick <moira.fenwick@stagandquillbooks.example>",
            "Re: Tues",
            "Tuesday at 10 it is.",
            "Moira Fenwick\nPublishing Director, Stag & Quill",
            "Stag & Quill",
        ),
        (
            "Hugo Farnham-Reeve <hugo@farnhamreeve.example>",
            "Our talk",
            "We have asked somebody else to begin with us.",
            "Hugo Farnham-Reeve\nDirector\nFarnham Reeve Auctioneers",
            "Farnham Reeve Auctioneers",
        ),
    ],
)
def test_the_line_under_a_letter_says_how_a_house_is_called(
    sender: str, subject: str, text: str, signature: str, company: str
) -> None:
    """With its trade before the name, without the town behind it, and without the domain's more."""
    assert named(text, signature, sender=sender, subject=subject) == company


@pytest.mark.parametrize(
    ("sender", "text", "company"),
    [
        (
            "Stellarmart Hiring Dept <hr.recruit88@mailfix.example>",
            "I am Linda, HR manager of Stellarmart. Add me on Whatsapp.",
            "Stellarmart",
        ),
        (
            "Human Resources <careers.bluestonelogistics@freemail.example>",
            "The board of Bluestone Logistics is happy to offer you the position.",
            "Bluestone Logistics",
        ),
    ],
)
def test_a_mailbox_that_is_not_the_firms_is_read_by_whom_it_claims_to_be(
    sender: str, text: str, company: str
) -> None:
    """A fraud writes from anywhere and names a firm: that is the employer it speaks of."""
    assert named(text, sender=sender, subject="Offer") == company


def test_an_office_of_something_is_a_body_with_its_article_and_without() -> None:
    """ "The Office of Civic Data confirms" names a body, no desk of it."""
    text = "The Office of Civic Data confirms that it has received your application."
    assert named(text, sender="jobs@civicdata.example", subject="Hello") == "Office of Civic Data"


def test_a_scheduler_asks_for_the_employers_interviews() -> None:
    """ "Your availability for Oakhaven interviews" names the employer of a service's mail."""
    subject = "Please share your availability for Oakhaven interviews"
    text = "Please submit your availability using the link below."
    sender = "Priyanka Desrosiers <scheduling@goodtime.io>"
    assert named(text, "Priyanka Desrosiers", sender=sender, subject=subject) == "Oakhaven"
